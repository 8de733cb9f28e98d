"""Search: by words, by reference, only what one may see, the same number of queries however much is found."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards.workflow import minutes
from improvement.models import Plan
from recommendations.models import Action, Evidence, Method, Recommendation, Step
from reports import search, search_terms
from tests.boards.meetings import HELD, MEETING, TODAY, arranged
from tests.cast import HARROW_PAGES, Cast
from tests.factories import ProgressUpdateFactory, RiskFactory
from tests.pages import links, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out

PAGE = "/search/"


def titles(client: Client, typed: str, **more: str) -> list[str]:
    response = client.get(PAGE, {"q": typed, **more})
    assert response.status_code == 200
    return [one.title for one in response.context["found"].shown]


@pytest.mark.parametrize("typed", ["LAC3", "lac3", "lac 3", " LAC-3 "])
def test_a_reference_however_it_is_written(as_reader: Client, harrow: Plan, typed: str) -> None:
    expected = Recommendation.objects.get(plan=harrow, reference="LAC3")

    found = titles(as_reader, typed)

    assert found[0] == f"LAC3 {expected.title}"
    assert [title for title in found[1:] if not title.startswith("LAC3 (")] == []
    assert len(found) == 1 + expected.actions.count()


@pytest.mark.parametrize("typed", ["S2 (1)", "s2.1", "s2/1", "S2 1"])
def test_the_reference_of_an_action(as_reader: Client, typed: str) -> None:
    assert titles(as_reader, typed, kind="actions")[0].startswith("S2 (1): ")


def test_every_word_must_occur_whatever_its_letters(as_reader: Client, action: Action) -> None:
    ProgressUpdateFactory(
        action=action, sequence=90, on=date(2012, 11, 14), narrative="A Kingfisher landed. Marmoset."
    )

    assert [titles(as_reader, typed)[:1] for typed in ("kingFISHER marmoset", "kingfisher walrus")] == [
        [titles(as_reader, "S2 (1)", kind="actions")[0]],
        [],
    ]


def test_signs_that_databases_read_as_any_letter_are_letters(as_reader: Client) -> None:
    assert [titles(as_reader, typed) for typed in ("%", "_", "a%b", "' OR 1=1 --")] == [[], [], [], []]


def test_another_council_is_neither_found_nor_counted(
    as_reader: Client, as_northmoor_administrator: Client, northmoor: Plan
) -> None:
    assert titles(as_northmoor_administrator, "thresholds") == ["N1 (4): Print the thresholds on one page."]
    assert "N1" not in str(titles(as_reader, "thresholds"))
    assert titles(as_reader, "N1") == []
    assert [group.kind for group in as_reader.get(PAGE, {"q": "weekends"}).context["found"].groups] == []


def test_a_stranger_finds_nothing(as_stranger: Client, as_staff: Client) -> None:
    assert (titles(as_stranger, "S2"), titles(as_staff, "S2")) == ([], [])


def test_exempt_evidence_is_found_only_in_the_closed_part(
    as_reader: Client, as_board_member: Client, action: Action, cast: Cast
) -> None:
    Evidence.objects.create(
        plan=action.recommendation.plan,
        recommendation=action.recommendation,
        action=action,
        shows="A quokka audit",
        method=Method.AUDIT,
        supports=Step.DELIVERED,
        gathered_on=date(2012, 11, 1),
        added_on=date(2012, 11, 1),
        added_by=cast.board_member,
        exempt=True,
        link="https://example.org/audit",
    )

    assert titles(as_board_member, "quokka") == ["example.org/audit"]
    assert "0 results for “quokka”" in text(as_reader.get(PAGE, {"q": "quokka"}))


def test_an_exempt_report_is_found_only_in_the_closed_part(
    as_reader: Client, as_scrutiny_officer: Client, report: object
) -> None:
    report.title, report.exempt_paragraph, report.public_interest = "Quokka", "3", "It would suffer."  # type: ignore[attr-defined]
    report.save()  # type: ignore[attr-defined]

    assert (titles(as_scrutiny_officer, "quokka"), titles(as_reader, "quokka")) == (["Quokka"], [])


@pytest.mark.parametrize(
    ("kind", "typed"), [("posts", "sm qa"), ("inspections", "safeguarding"), ("reports", "improvement")]
)
def test_the_other_kinds(as_reader: Client, kind: str, typed: str) -> None:
    found = titles(as_reader, typed, kind=kind)

    assert found
    assert typed in found[0].lower()


def test_a_post_leads_to_the_actions_that_it_leads(as_reader: Client) -> None:
    response = as_reader.get(PAGE, {"q": "sm qa", "kind": "posts"})

    assert f"{HARROW_PAGES}actions/?lead=SM+QA" in links(response)


def test_pages(as_reader: Client) -> None:
    first, second = titles(as_reader, "the"), titles(as_reader, "the", page="2")

    assert (len(first), len(second), set(first) & set(second)) == (20, 20, set())
    assert [as_reader.get(PAGE, {"q": "the", "page": page}).status_code for page in ("0", "x", "99")] == [
        404
    ] * 3
    assert as_reader.get(PAGE, {"q": "the", "kind": "people"}).status_code == 404


def test_pages_laid_end_to_end_are_everything_once(cast: Cast) -> None:
    asked = search_terms.read("plan")
    whole = search.of(asked, user=cast.reader, at_most=1000)

    pages = [
        one
        for first in range(0, whole.count, 7)
        for one in search.of(asked, user=cast.reader, first=first, at_most=7).shown
    ]

    assert tuple(pages) == whole.shown
    assert len(pages) == whole.count > 7


def test_risks_by_the_number_that_they_bear_or_are_shown_with(as_reader: Client, harrow: Plan) -> None:
    RiskFactory(plan=harrow, title="A quokka", description="It hides.", reference="CR 12", position=90)
    RiskFactory(plan=harrow, title="A walrus", description="It dives.", position=91)

    found = [titles(as_reader, typed, kind="risks") for typed in ("cr12", "R91", "r 90")]

    assert found == [["CR 12 A quokka"], ["R91 A walrus"], []]


def test_meetings_by_day_month_board_and_minutes(as_reader: Client, cast: Cast) -> None:
    meeting = arranged(cast)
    minutes.save_minutes(
        meeting=meeting, version=0, text="A quokka was heard.", by=cast.plan_administrator, on=TODAY
    )
    name = "Children and Families Improvement Board, 14 November 2012"

    found = [
        titles(as_reader, typed, kind="meetings")
        for typed in (
            "14 November 2012",
            "14/11/2012",
            "2012-11-14",
            "November 2012",
            "quokka",
            "committee room",
        )
    ]

    assert found == [[name]] * 6
    assert len(titles(as_reader, "improvement board", kind="meetings")) == 2


def test_decisions_by_words_and_number(as_reader: Client, as_northmoor_administrator: Client) -> None:
    response = as_reader.get(PAGE, {"q": "signed off as version", "kind": "decisions"})

    name = "Children and Families Improvement Board, 10 September 2012, decision 1"
    assert [one.title for one in response.context["found"].shown] == [name]
    assert titles(as_reader, "Decision 1", kind="decisions") == [name]
    assert titles(as_reader, "10 September 2012", kind="decisions") == [name]
    assert titles(as_northmoor_administrator, "decision 1") == []


def test_a_day_that_was_asked_for_is_kept(as_reader: Client, cast: Cast) -> None:
    arranged(cast)

    before = as_reader.get(PAGE, {"q": "improvement board", "kind": "meetings", "on": "2012-10-01"})
    quick = as_reader.get("/search/quick/", {"q": "decision 1", "on": "2012-10-01"})

    assert "As everything stood on 1 October 2012." in text(before)
    assert f"{HELD}?on=2012-10-01" in links(before)
    assert MEETING not in str(links(before))
    assert [link for link in links(quick) if link.startswith(f"{HELD}?on=2012-10-01#decision-")] != []
    assert 'name="on" value="2012-10-01"' in as_reader.get(f"{HARROW_PAGES}?on=2012-10-01").content.decode()
    assert as_reader.get(PAGE, {"q": "x", "on": "yesterday"}).status_code == 400


def test_as_one_types(as_reader: Client) -> None:
    response = as_reader.get("/search/quick/", {"q": "lac 3"})

    assert f"{HARROW_PAGES}recommendations/LAC3/" in links(response)
    assert "<html" not in response.content.decode()


def test_nothing_typed_says_what_can_be_found(as_reader: Client) -> None:
    assert "Type words, or a reference such as LAC3" in text(as_reader.get(PAGE))
    assert "result" not in text(as_reader.get("/search/quick/", {"q": " "}))


def test_the_number_of_queries_does_not_grow(as_reader: Client, harrow: Plan) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            RiskFactory(plan=harrow, title="A quokka")
        with CaptureQueriesContext(connection) as asked:
            found = titles(as_reader, "quokka")
        counts.append((len(found), len(asked)))

    assert counts == [(1, counts[0][1]), (3, counts[0][1])]


def test_what_is_typed_comes_back_as_text(as_reader: Client) -> None:
    assert b"<script>alert" not in as_reader.get(PAGE, {"q": "<script>alert(1)</script>"}).content


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_reader: Client) -> None:
    assert_methods(as_reader, PAGE, "GET, HEAD")
