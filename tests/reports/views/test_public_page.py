"""What everybody gets of a plan: the page, the feed, the data, the reports; and nothing of one that is not open."""

import csv
import hashlib
import io
import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan, User
from recommendations.models import Action
from reports import pdf
from reports.models import Publication, PublicOpening, Report
from reports.workflow import opening as workflow
from reports.workflow import publication
from tests.cast import Cast
from tests.factories import ActionFactory, LeadOfficerFactory, ProgressUpdateFactory, RecommendationFactory
from tests.pages import apart_from_reference, links, text
from tests.reports.opening import DAY, PAGE, opened
from tests.reports.publishing import SECRETS, clear, hide_something, published

FORMS = ["", "data/", "changes.atom", "plan.json", "actions.csv", "colour.css"]


@pytest.fixture
def opening(harrow: Plan, cast: Cast) -> PublicOpening:
    return opened(harrow, cast.plan_administrator)


@pytest.fixture
def issued(report: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Publication:
    def render(source: object, on_step: object = None) -> pdf.Pdf:
        return pdf.Pdf(f"%PDF-1.7 {hashlib.sha256(repr(source).encode()).hexdigest()} %%EOF".encode(), 1)

    monkeypatch.setattr(pdf, "render", render)
    return published(clear(hide_something(report)), cast.scrutiny_officer)


def test_the_page_says_how_it_goes(opening: PublicOpening, signed_out: Client) -> None:
    words = text(signed_out.get(PAGE))

    assert "40 of 62 actions that should be finished are not." in words
    assert "As it stands on 14 November 2012" in words
    assert "Shown since version 2.01, agreed on 10 September 2012" in words


@pytest.mark.parametrize("form", FORMS)
def test_it_needs_no_sign_in_sets_no_cookie_and_is_the_same_for_all(
    opening: PublicOpening, signed_out: Client, as_reader: Client, form: str
) -> None:
    one, other = signed_out.get(f"{PAGE}{form}"), as_reader.get(f"{PAGE}{form}")

    assert (one.status_code, one.content, dict(one.cookies)) == (200, other.content, {})
    assert (one["Cache-Control"], "Vary" in one, "Vary" in other) == ("public, no-cache", False, False)
    assert re.fullmatch(r'"[0-9a-f]{64}"', one["ETag"])
    assert b"nonce" not in one.content


def test_actions_are_folded_until_they_are_asked_for(opening: PublicOpening, signed_out: Client) -> None:
    folded, whole = signed_out.get(PAGE), signed_out.get(f"{PAGE}?all=yes")
    other = signed_out.get(f"{PAGE}?all=perhaps")

    folds = '<details class="wm-fold wm-public__recommendation"'
    assert folded.content.decode().count(folds) == whole.content.decode().count(folds) == 22
    assert [" open>" in response.content.decode() for response in (folded, whole, other)] == [
        False,
        True,
        False,
    ]
    assert (folded["ETag"] == whole["ETag"], folded["ETag"] == other["ETag"]) == (False, True)
    assert 'href="?all=yes#theme-safeguarding"' in folded.content.decode()
    day = signed_out.get(f"{PAGE}?on=2012-10-01").content.decode()
    assert 'href="?all=yes&amp;on=2012-10-01#theme-safeguarding"' in day


@pytest.mark.parametrize("form", FORMS)
def test_who_has_it_already_is_told_so(opening: PublicOpening, signed_out: Client, form: str) -> None:
    etag = signed_out.get(f"{PAGE}{form}")["ETag"]

    again = signed_out.get(f"{PAGE}{form}", headers={"If-None-Match": etag})
    head = signed_out.head(f"{PAGE}{form}")

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", etag)


@pytest.mark.parametrize("form", FORMS)
def test_closing_holds_from_the_next_request(
    opening: PublicOpening, cast: Cast, signed_out: Client, form: str
) -> None:
    etag = signed_out.get(f"{PAGE}{form}")["ETag"]
    workflow.close_to_public(opening=opening, because="Enough.", by=cast.plan_administrator, on=DAY)

    answer = signed_out.get(f"{PAGE}{form}", headers={"If-None-Match": etag})

    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store, private")


def test_never_opened_closed_and_never_there_are_one(
    opening: PublicOpening, cast: Cast, signed_out: Client
) -> None:
    workflow.close_to_public(opening=opening, because="Enough.", by=cast.plan_administrator, on=DAY)
    asked = [PAGE, "/public/northmoor/improvement-2025/", "/public/never/was/", f"{PAGE}?on=nonsense"]

    answers = [apart_from_reference(signed_out.get(address)) for address in asked]

    assert answers == [answers[0]] * 4
    assert answers[0][0] == 404


def test_no_user_is_named(opening: PublicOpening, signed_out: Client) -> None:
    User.objects.update(name="Wilhelmina Quokka")

    for form in FORMS:
        content = signed_out.get(f"{PAGE}{form}").content.decode()
        assert [trace for trace in ("Quokka", "@cast.example") if trace in content] == [], form


def test_the_files_say_what_the_page_says(opening: PublicOpening, signed_out: Client) -> None:
    page = text(signed_out.get(PAGE))
    plan = json.loads(signed_out.get(f"{PAGE}plan.json").content)
    answer = signed_out.get(f"{PAGE}actions.csv?columns=all")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    actions = [(one["reference"], action) for one in plan["recommendations"] for action in one["actions"]]
    assert len(actions) == len(rows) == 101
    assert [(reference, action["number"], action["text"]) for reference, action in actions] == [
        (row["reference"], row["number"], row["action"].removeprefix("'")) for row in rows
    ]
    assert [action["text"] for _, action in actions if " ".join(action["text"].split()) not in page] == []
    assert [action["due_on"] or "" for _, action in actions] == [row["due_on"] for row in rows]


def test_the_file_has_the_columns_of_the_page_unless_asked_for_all(
    opening: PublicOpening, signed_out: Client
) -> None:
    shown, whole = (signed_out.get(f"{PAGE}actions.csv{query}") for query in ("", "?columns=all"))

    heads = [answer.content.decode("utf-8-sig").splitlines()[0].split(",") for answer in (shown, whole)]
    assert heads[1][: len(heads[0])] == heads[0]
    assert heads[1][len(heads[0]) :] == ["phase", "due_on", "updated_on"]
    assert shown["ETag"] != whole["ETag"]
    assert {f"{PAGE}actions.csv", f"{PAGE}actions.csv?columns=all"} <= set(links(signed_out.get(PAGE)))
    assert signed_out.get(f"{PAGE}actions.csv?columns=some").status_code == 400


def test_a_recommendation_without_an_action_has_a_row(
    opening: PublicOpening, signed_out: Client, harrow: Plan
) -> None:
    theme = harrow.themes.get(slug="safeguarding")
    RecommendationFactory(theme=theme, reference="S99", title="=1+1", raised_on=date(2012, 6, 27))

    answer = signed_out.get(f"{PAGE}actions.csv?columns=all")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (row,) = [row for row in rows if row["reference"] == "S99"]
    assert (row["recommendation"], row["number"], row["updated_on"]) == ("'=1+1", "", "")


def test_every_field_is_described(opening: PublicOpening, signed_out: Client) -> None:
    described = set(re.findall(r"<code>(\w+)</code>", signed_out.get(f"{PAGE}data/").content.decode()))
    plan = json.loads(signed_out.get(f"{PAGE}plan.json").content)
    header = (
        signed_out.get(f"{PAGE}actions.csv?columns=all")
        .content.decode("utf-8-sig")
        .splitlines()[0]
        .split(",")
    )
    first = plan["recommendations"][0]

    fields = {*plan, *plan["figures"], *plan["shown_since"], *plan["rating_key"][0], *plan["changes"][0]}
    assert {
        *fields,
        *header,
        *first,
        *first["actions"][0],
        *first["actions"][0]["leads"][0],
    } - described == set()


def test_the_feed_is_atom_with_an_entry_for_each_change(opening: PublicOpening, signed_out: Client) -> None:
    answer = signed_out.get(f"{PAGE}changes.atom")
    plan = json.loads(signed_out.get(f"{PAGE}plan.json").content)

    feed = ET.fromstring(answer.content)  # noqa: S314 - our own
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}summary") for entry in entries] == [
        one["change"] for one in plan["changes"]
    ]
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == len(entries)


def test_any_day_since_the_version_can_be_asked_for(opening: PublicOpening, signed_out: Client) -> None:
    days = ["2012-09-10", "2012-09-09", "2012-11-14", "2012-11-15"]

    assert [signed_out.get(f"{PAGE}?on={day}").status_code for day in days] == [200, 404, 200, 404]
    assert "As it stands on 20 September 2012" in text(signed_out.get(f"{PAGE}?on=2012-09-20"))
    assert signed_out.get(f"{PAGE}?on=nonsense").status_code == 400


def test_published_reports_are_handed_out(
    opening: PublicOpening, issued: Publication, signed_out: Client
) -> None:
    shown = json.loads(signed_out.get(f"{PAGE}plan.json").content)["reports"]

    assert [one["title"] for one in shown] == ["How the plan goes"]
    assert [file["form"] for file in shown[0]["files"]] == ["Web page", "PDF", "Word", "Data"]
    for file in issued.files.filter(audience="open"):
        answer = signed_out.get(f"{PAGE}reports/{file.sha256}.{file.format}")
        assert (answer.status_code, answer.content) == (200, publication.content_of(file))
        assert (answer["ETag"], answer["Cache-Control"]) == (f'"{file.sha256}"', "public, no-cache")
        assert ("Vary" in answer, dict(answer.cookies)) == (False, {})


def test_what_is_exempt_leaves_no_trace(
    opening: PublicOpening, issued: Publication, signed_out: Client
) -> None:
    exempt = issued.files.filter(audience="exempt")
    assert exempt.count() == 4

    for file in exempt:
        assert signed_out.get(f"{PAGE}reports/{file.sha256}.{file.format}").status_code == 404
    everything = b"".join(signed_out.get(f"{PAGE}{form}").content for form in FORMS).decode()
    assert [word for word in (*SECRETS, "exempt") if word in everything] == []


def test_a_report_that_became_exempt_or_was_withdrawn_is_gone(
    opening: PublicOpening, issued: Publication, cast: Cast, signed_out: Client
) -> None:
    file = issued.files.filter(audience="open")[0]
    address = f"{PAGE}reports/{file.sha256}.{file.format}"
    Report.objects.filter(pk=issued.report_id).update(
        exempt_paragraph="3", public_interest="It would suffer."
    )
    assert signed_out.get(address).status_code == 404
    Report.objects.filter(pk=issued.report_id).update(exempt_paragraph="", public_interest="")
    assert signed_out.get(address).status_code == 200

    publication.withdraw(publication=issued, because="Wrong.", by=cast.scrutiny_officer, on=DAY)

    assert signed_out.get(address).status_code == 404
    assert json.loads(signed_out.get(f"{PAGE}plan.json").content)["reports"] == []


def test_files_of_a_plan_that_is_not_open_are_not_found(issued: Publication, signed_out: Client) -> None:
    file = issued.files.filter(audience="open")[0]

    assert signed_out.get(f"{PAGE}reports/{file.sha256}.{file.format}").status_code == 404


def test_the_number_of_queries_does_not_grow(
    opening: PublicOpening, action: Action, signed_out: Client
) -> None:
    counts = []
    for more in (0, 1, 3):
        for _ in range(more):
            added = ActionFactory(
                recommendation=action.recommendation, added_on=DAY, leads=[LeadOfficerFactory()]
            )
            ProgressUpdateFactory(action=added, on=DAY)
        with CaptureQueriesContext(connection) as asked:
            assert signed_out.get(PAGE).status_code == 200
        counts.append(len(asked))

    assert counts == [counts[0]] * 3
    assert counts[0] <= 20


def test_wrong_method(opening: PublicOpening, signed_out: Client) -> None:
    for form in FORMS:
        assert signed_out.post(f"{PAGE}{form}").status_code == 405, form
