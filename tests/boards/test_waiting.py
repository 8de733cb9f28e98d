"""What waits for whoever decides, on the dashboard."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards import waiting
from boards.waiting import Waiting
from boards.workflow.rounds import open_round
from improvement.clock import Day
from improvement.models import LeadOfficer, Plan
from recommendations import workflow
from recommendations.models import Action
from tests.cast import HARROW_PAGES, Cast
from tests.factories import HoldingFactory, PlanFactory
from tests.pages import links, text
from tests.recommendations.steps import ON, OWN, agree, ask, claimed, load, refuse, show, sign_off

DAY = Day(ON, ON, fixed=True, asked=False)
CLAIMS = f"{HARROW_PAGES}actions/?stage=awaiting-sign-off"
REQUESTS = f"{HARROW_PAGES}due-dates/?decision=waiting"


@pytest.fixture
def some(harrow: Plan, cast: Cast) -> None:
    """Claims: two of the paper's, the lead officer's and the board member's; requests: one of each of the two."""
    claimed(load(*OWN), cast.lead_officer)
    claimed(load("S7", "1"), cast.board_member)
    ask(load("LAC9", "1"), cast.lead_officer)
    ask(load("LAC9", "2"), cast.board_member)


def test_what_waits_and_what_of_it_is_ones_own(some: None, harrow: Plan, cast: Cast) -> None:
    assert waiting.for_decision_by(cast.board_member, harrow, DAY) == Waiting(4, 1, 2, 1)
    assert waiting.for_decision_by(cast.plan_administrator, harrow, DAY) == Waiting(4, 0, 2, 0)


def test_what_one_leads_is_ones_own(some: None, harrow: Plan, cast: Cast) -> None:
    HoldingFactory(
        user=cast.plan_administrator,
        lead_officer=LeadOfficer.objects.get(council=harrow.council, abbreviation="Des Nurse"),
    )

    assert waiting.for_decision_by(cast.plan_administrator, harrow, DAY).own_claims == 1


@pytest.mark.parametrize(
    "who",
    ["lead_officer", "reader", "scrutiny_officer", "northmoor_administrator", "staff", "stranger"],
)
def test_nothing_waits_for_those_who_decide_nothing(some: None, harrow: Plan, cast: Cast, who: str) -> None:
    assert waiting.for_decision_by(getattr(cast, who), harrow, DAY) == waiting.NOTHING


def test_nothing_waits_on_another_day_or_in_a_closed_plan(some: None, harrow: Plan, cast: Cast) -> None:
    past = Day(date(2012, 11, 1), ON, fixed=True, asked=True)
    another_day = waiting.for_decision_by(cast.board_member, harrow, past)
    workflow.close_plan(plan=harrow, reason="Over.", by=cast.plan_administrator, on=ON)

    assert another_day == waiting.NOTHING
    assert waiting.for_decision_by(cast.board_member, harrow, DAY) == waiting.NOTHING


def test_the_dashboard_tells_those_who_decide(as_board_member: Client, some: None) -> None:
    response = as_board_member.get(HARROW_PAGES)

    words = text(response)
    assert "Waiting for you" in words
    assert (
        "4 claims that an action is complete to sign off or return; 1 of them is yours, for somebody else"
        in words
    )
    assert (
        "2 requests for another due date to agree or refuse; 1 of them is yours, for somebody else" in words
    )
    assert {CLAIMS, REQUESTS} <= set(links(response))


def test_the_lists_behind_have_as_many(as_board_member: Client, some: None) -> None:
    assert as_board_member.get(CLAIMS).context["table"].paginator.count == 4
    assert len(as_board_member.get(REQUESTS).context["rows"]) == 2


def test_one_that_is_ones_own(as_board_member: Client, harrow: Plan, cast: Cast) -> None:
    ask(load("LAC9", "2"), cast.board_member)

    assert "1 request for another due date to agree or refuse; it is yours, so for somebody else" in text(
        as_board_member.get(HARROW_PAGES)
    )


@pytest.mark.parametrize("who", ["as_lead_officer", "as_reader", "as_scrutiny_officer"])
def test_others_are_not_told(request: pytest.FixtureRequest, some: None, who: str) -> None:
    assert "Waiting for you" not in text(request.getfixturevalue(who).get(HARROW_PAGES))


def test_a_day_in_the_past_tells_nobody(as_board_member: Client, some: None) -> None:
    assert "Waiting for you" not in text(as_board_member.get(f"{HARROW_PAGES}?on=2012-11-13"))


def test_when_all_is_decided_nothing_is_told(as_board_member: Client, harrow: Plan, cast: Cast) -> None:
    """The paper's claims are signed off by somebody else."""
    on_paper = Action.objects.for_plan(harrow).as_of(ON).in_stage("awaiting-sign-off").with_recommendation()
    for action in list(on_paper):
        show(action, cast.board_member)
        sign_off(action, cast.plan_administrator)

    assert "Waiting for you" not in text(as_board_member.get(HARROW_PAGES))


def test_the_dashboard_tells_everybody_how_far_dates_have_moved(
    as_reader: Client, harrow: Plan, cast: Cast
) -> None:
    before = text(as_reader.get(HARROW_PAGES))
    agree(ask(load(*OWN), cast.lead_officer), cast.board_member)
    refuse(ask(load("LAC9", "1"), cast.lead_officer), cast.board_member)
    ask(load("LAC9", "2"), cast.lead_officer)

    response = as_reader.get(HARROW_PAGES)

    assert "Due dates have moved" not in before
    assert "Due-date changes A date moves only when somebody else agrees" in before
    assert "Due-date changes 1 waiting for a decision." in text(response)
    assert (
        "Due dates have moved once, for 1 action; 1 action stands later than at first, by 153 days in all."
        in text(response)
    )
    assert f"{HARROW_PAGES}due-dates/" in links(response)


def test_where_a_council_has_two_plans_what_waits_names_its_own(
    as_lead_officer: Client, harrow: Plan, cast: Cast
) -> None:
    open_round(
        plan=harrow,
        label="Improvement Board",
        for_meeting_on=date(2012, 12, 12),
        cut_off_on=date(2012, 12, 5),
        by=cast.plan_administrator,
        on=ON,
    )
    alone = text(as_lead_officer.get("/"))
    PlanFactory(council=harrow.council)

    beside_another = text(as_lead_officer.get("/"))

    assert "Children and Families Improvement Plan" not in alone
    assert "actions to answer for Improvement Board, 12 December 2012 by 5 December 2012" in alone
    assert (
        "actions to answer for Improvement Board, 12 December 2012 (Children and Families Improvement Plan)"
        " by 5 December 2012" in beside_another
    )
    assert "S5 (4), Children and Families Improvement Plan" in beside_another


def test_more_that_waits_costs_no_more_queries(as_board_member: Client, harrow: Plan, cast: Cast) -> None:
    """Case 95."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            as_board_member.get(HARROW_PAGES)
        return len(captured)

    claimed(load(*OWN), cast.lead_officer)
    ask(load("LAC9", "1"), cast.lead_officer)
    few = queries()
    claimed(load("S7", "1"), cast.board_member)
    ask(load("LAC9", "2"), cast.board_member)
    agree(ask(load("S4", "4"), cast.lead_officer, new_on=date(2013, 2, 1)), cast.board_member)

    assert queries() <= few
