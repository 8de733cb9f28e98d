"""The questions that a plan asks of itself, on a page and as CSV."""

import csv
import html
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import LeadOfficer, Plan
from recommendations import challenge, workflow
from recommendations.models import Recommendation
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.factories import ActionFactory, PlanFactory
from tests.pages import apart_from_reference, heading, links, text
from tests.recommendations.shown import load_action

PAGE = f"{HARROW_PAGES}questions/"
CSV = f"{HARROW_PAGES}questions.csv"
ON = date(2012, 11, 14)


def rows(client: Client, address: str) -> list[dict[str, str]]:
    content = client.get(address).content.decode()
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content[1:])))


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, harrow: Plan, who: str) -> None:
    response = request.getfixturevalue(who).get(PAGE)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Questions for the board")
    assert "128 questions that a good chair would ask of this plan on 14 November 2012" in words
    assert "Rated as on track, but overdue 15" in words
    assert "LAC3 (6) is rated Green and is 60 days overdue: what makes it Green?" in words
    assert "An action whose date has passed is not on track" in words


def test_each_question_links_what_it_is_about(as_reader: Client, harrow: Plan) -> None:
    found = links(as_reader.get(PAGE))

    places = {
        f"{HARROW_PAGES}actions/{action.reference}/{action.number}/"
        for question in challenge.of_plan(harrow, on=ON).asked
        for action in question.actions
    }
    assert len(places) > 90
    assert places - set(found) == set()
    assert f"{HARROW_PAGES}recommendations/S7/" in found


@pytest.mark.parametrize(
    ("who", "count"),
    [("as_board_member", 128), ("as_plan_administrator", 128), ("as_reader", 0), ("as_lead_officer", 0)],
)
def test_who_may_dismiss_has_a_form_at_each(request: pytest.FixtureRequest, who: str, count: int) -> None:
    source = request.getfixturevalue(who).get(PAGE).content.decode()

    assert source.count("/dismiss/") == count


@pytest.mark.parametrize(("who", "there"), [("as_plan_administrator", True), ("as_board_member", False)])
def test_who_may_set_the_thresholds_has_a_link(request: pytest.FixtureRequest, who: str, there: bool) -> None:
    assert (f"{PAGE}settings/" in links(request.getfixturevalue(who).get(PAGE))) is there


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("rule=on-track-overdue", 15),
        ("rule=same-words", 3),
        ("lead=Midwife", 6),
        ("recommendation=S8", 3),
        ("rule=on-track-overdue&theme=safeguarding", 4),
        ("rule=on-track-overdue&lead=SM QA", 1),
        ("rule=no-date&recommendation=S2", 0),
    ],
)
def test_filters(as_reader: Client, query: str, count: int) -> None:
    response = as_reader.get(f"{PAGE}?{query}")

    assert response.context["questions"].count == count
    assert len(rows(as_reader, f"{CSV}?{query}")) == count


def test_a_filter_in_use_can_be_taken_off(as_reader: Client) -> None:
    response = as_reader.get(f"{PAGE}?rule=no-date&theme=safeguarding")

    assert "Remove Kind of question: No date to be late by" in text(response)
    assert f"{PAGE}?theme=safeguarding" in links(response)


def test_nothing_fits(as_reader: Client) -> None:
    assert "No question fits" in text(as_reader.get(f"{PAGE}?rule=no-date&recommendation=S2"))


def test_bad_input(as_reader: Client) -> None:
    page = as_reader.get(f"{PAGE}?rule=x&lead=<b>")

    assert (page.status_code, page.context["questions"].count) == (200, 128)
    assert "There is a problem" in text(page)
    assert as_reader.get(f"{CSV}?rule=x").status_code == 400
    assert as_reader.get(f"{PAGE}?on=x").status_code == 400


def test_dismissed_ones_stand_at_the_end_with_their_reason(
    as_reader: Client, as_board_member: Client, harrow: Plan, cast: Cast
) -> None:
    question = challenge.of_plan(harrow, on=ON).asked[0]
    workflow.dismiss_question(
        plan=harrow, fingerprint=question.fingerprint, reason="It went live.", by=cast.board_member, on=ON
    )

    reader, member = as_reader.get(PAGE), as_board_member.get(PAGE)

    assert "127 questions" in text(reader)
    assert f"{question.sentence} It went live. Dismissed by Board member on 14 November 2012" in text(reader)
    assert f"{PAGE}{question.fingerprint}/take-back/" in links(member)
    assert f"{PAGE}{question.fingerprint}/take-back/" not in links(reader)


def test_another_day(as_board_member: Client) -> None:
    before = as_board_member.get(f"{PAGE}?on=2012-09-09")
    past = as_board_member.get(f"{PAGE}?on=2012-09-16")

    assert "The plan has nothing to ask of itself on this day" in text(before)
    assert "LAC3 (6) is rated Green and is 1 day overdue" in text(past)
    assert "/dismiss/" not in past.content.decode()
    assert f"{HARROW_PAGES}actions/LAC3/6/?on=2012-09-16" in links(past)


def test_a_plan_of_no_actions(as_reader: Client, harrow: Plan) -> None:
    PlanFactory(council=harrow.council, rating_scale=harrow.rating_scale, slug="empty")

    assert "The plan has nothing to ask of itself on this day" in text(
        as_reader.get("/harrow/empty/questions/")
    )


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
@pytest.mark.parametrize("address", [PAGE, CSV])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, who: str, address: str
) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(address)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/questions/"))


@pytest.mark.parametrize("address", [PAGE, CSV])
def test_signed_out(signed_out: Client, address: str) -> None:
    response = signed_out.get(address)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={address}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_plan_administrator, method)(PAGE).status_code == 405


def test_csv(as_reader: Client) -> None:
    response = as_reader.get(CSV)
    made = rows(as_reader, CSV)

    assert response["Content-Disposition"] == (
        'attachment; filename="children-and-families-2012-questions-2012-11-14.csv"'
    )
    assert len(made) == 128
    assert made[0] == {
        "kind": "Rated as on track, but overdue",
        "question": "LAC3 (6) is rated Green and is 60 days overdue: what makes it Green?",
        "why": "An action whose date has passed is not on track: either the rating or the date is wrong.",
        "recommendations": "LAC3",
        "actions": "LAC3 (6)",
        "action_text": load_action("LAC3", "6").original_text,
        "lead_officers": "ICO G. Mgr; LAC Nurse",
        "dismissed_because": "",
        "dismissed_by": "",
        "dismissed_on": "",
    }


@pytest.mark.parametrize("query", ["", "rule=on-track-overdue", "theme=safeguarding", "lead=SM+QA"])
def test_csv_has_the_questions_of_the_page_in_their_order(as_reader: Client, cast: Cast, query: str) -> None:
    asked = challenge.of_plan(load_action("LAC3", "6").recommendation.plan, on=ON).asked
    workflow.dismiss_question(
        plan=load_action("LAC3", "6").recommendation.plan,
        fingerprint=asked[0].fingerprint,
        reason="=1+1",
        by=cast.board_member,
        on=ON,
    )
    page = as_reader.get(f"{PAGE}?{query}")

    made = rows(as_reader, f"{CSV}?{query}")

    shown = re.findall(r'wm-question__asked">([^<]*)<', page.content.decode())
    assert [row["question"] for row in made] == [html.unescape(sentence) for sentence in shown]
    assert [row["dismissed_because"] for row in made if row["dismissed_on"]] == [
        "'=1+1"
    ] * page.content.count(b"wm-question--dismissed")


def test_its_queries_do_not_grow_with_its_questions(
    as_northmoor_administrator: Client, northmoor: Plan
) -> None:
    """Case 95."""
    address = f"{NORTHMOOR_PAGES}questions/?on=2025-12-01"
    with CaptureQueriesContext(connection) as few:
        before = as_northmoor_administrator.get(address).context["questions"].count
    only = Recommendation.objects.get(plan=northmoor)
    post = LeadOfficer.objects.get(council=northmoor.council)
    for _ in range(5):
        ActionFactory(recommendation=only, leads=[post], added_on=date(2025, 2, 1))
    with CaptureQueriesContext(connection) as more:
        after = as_northmoor_administrator.get(address).context["questions"].count

    assert after > before > 0
    assert len(more) == len(few)
