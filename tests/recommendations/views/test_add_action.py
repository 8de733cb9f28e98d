"""Adding an action to a recommendation."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import LeadOfficer, Plan
from recommendations.models import Action
from tests.cast import HARROW, HARROW_PAGES
from tests.pages import links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}recommendations/S2/add-action/"


@pytest.fixture
def said(harrow: Plan) -> dict[str, str]:
    first, second = (
        LeadOfficer.objects.get(council=harrow.council, abbreviation=name) for name in ("SM QA", "DCS")
    )
    return {
        "number": "7",
        "text": "Ask every ward how planning went.",
        "phase": "embedding",
        "lead_1": str(first.pk),
        "lead_3": str(second.pk),
        "due_on": "2013-03-31",
    }


def test_it_proposes_the_next_number(as_plan_administrator: Client) -> None:
    assert 'value="7"' in as_plan_administrator.get(PAGE).content.decode()


def test_added_it_is_in_the_plan(as_plan_administrator: Client, said: dict[str, str]) -> None:
    response = as_plan_administrator.post(PAGE, said)

    action = Action.objects.get_by_natural_key(*HARROW, "S2", "7")
    assert (response.status_code, response["Location"]) == (302, f"{HARROW_PAGES}actions/S2/7/")
    assert (action.original_text, action.original_due_on) == (said["text"], date(2013, 3, 31))
    assert (action.phase, action.added_on) == ("embedding", date(2012, 11, 14))
    # An empty place is closed up.
    leads = [(lead.position, lead.lead_officer.abbreviation) for lead in action.leads.all()]
    assert leads == [(1, "SM QA"), (2, "DCS")]
    assert "S2 (7) is in the plan." in text(as_plan_administrator.get(response["Location"]))


def test_without_a_day_it_prints_what_was_written(
    as_plan_administrator: Client, said: dict[str, str]
) -> None:
    as_plan_administrator.post(PAGE, {**said, "due_on": "", "due_text": "Ongoing to May 2013"})

    words = text(as_plan_administrator.get(f"{HARROW_PAGES}actions/S2/7/"))
    assert "Due “Ongoing to May 2013” (no date)" in words


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": "1"}, "S2 has an action 1 already."),
        ({"number": "a/b"}, "Write a short number of digits and letters"),
        ({"lead_1": ""}, "Choose who is accountable."),
        ({"lead_1": "0"}, "Select a valid choice"),
        ({"phase": "later"}, "Select a valid choice"),
        ({"due_on": "31/9/2013"}, "Write the day as day, month and year"),
        ({"due_text": "x" * 61}, "at most 60 characters"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, harrow: Plan, said: dict[str, str], wrong: dict[str, str], words: str
) -> None:
    response = as_plan_administrator.post(PAGE, {**said, **wrong})

    assert response.status_code == 422
    assert words in text(response)
    assert f"{said['text']}</textarea>" in response.content.decode()
    assert Action.objects.for_plan(harrow).count() == 101


def test_one_lead_officer_in_two_places_is_refused(
    as_plan_administrator: Client, said: dict[str, str]
) -> None:
    response = as_plan_administrator.post(PAGE, {**said, "lead_3": said["lead_1"]})

    assert response.status_code == 422
    assert "Choose each lead officer once." in text(response)


def test_text_like_a_childs_record_asks_why(as_plan_administrator: Client, said: dict[str, str]) -> None:
    risky = {**said, "text": "Visit AB (DOB 12/03/2009)."}

    warned = as_plan_administrator.post(PAGE, risky)
    kept = as_plan_administrator.post(PAGE, {**risky, "kept_because": "An invented example."})

    assert (warned.status_code, kept.status_code) == (422, 302)
    assert "Why these words may be kept" in text(warned)


def test_the_recommendation_offers_it_to_plan_administrators_alone(
    as_plan_administrator: Client, as_board_member: Client
) -> None:
    page = f"{HARROW_PAGES}recommendations/S2/"

    offered = [PAGE in links(client.get(page)) for client in (as_plan_administrator, as_board_member)]
    assert offered == [True, False]


def test_a_recommendation_that_never_was_is_a_404(as_plan_administrator: Client) -> None:
    page = f"{HARROW_PAGES}recommendations/S99/add-action/"

    assert [as_plan_administrator.get(page).status_code, as_plan_administrator.post(page).status_code] == [
        404
    ] * 2


def test_not_on_a_day_in_the_past(as_plan_administrator: Client, said: dict[str, str]) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-10-01", said).status_code == 403


def test_who_may(request: pytest.FixtureRequest) -> None:
    assert_only_for_keepers(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
