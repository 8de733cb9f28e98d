"""Where each role starts."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Holding, LeadOfficer, Plan, Role
from recommendations.models import Action
from tests.cast import HARROW_PAGES, Cast
from tests.factories import (
    ActionFactory,
    HoldingFactory,
    MembershipFactory,
    PlanFactory,
    ProgressUpdateFactory,
)
from tests.pages import heading, links, text


@pytest.mark.parametrize(
    ("who", "start"),
    [
        ("as_board_member", HARROW_PAGES),
        ("as_plan_administrator", HARROW_PAGES),
        ("as_reader", HARROW_PAGES),
        ("as_scrutiny_officer", f"{HARROW_PAGES}reports/"),
        ("as_northmoor_administrator", "/northmoor/improvement-2025/"),
    ],
)
def test_each_role_is_led_to_its_start(request: pytest.FixtureRequest, who: str, start: str) -> None:
    response = request.getfixturevalue(who).get("/")

    assert (response.status_code, response["Location"]) == (302, start)


def test_a_lead_officer_sees_what_they_owe(as_lead_officer: Client, harrow: Plan) -> None:
    response = as_lead_officer.get("/")

    owed = response.context["owed"]
    on = date(2012, 11, 14)
    led = (
        Action.objects.for_plan(harrow)
        .led_by(LeadOfficer.objects.filter(abbreviation="SM QA"), on=on)
        .as_of(on)
    )
    assert (response.status_code, heading(response)) == (200, "What I owe")
    assert owed.overdue.count == led.overdue(on=on).count() > 0
    assert sum(group.count for group in owed.groups) == led.open().count()
    assert "SM QA (Service Manager, Quality Assurance)" in text(response)


def test_each_owed_action_is_one_click_from_its_form(as_lead_officer: Client) -> None:
    response = as_lead_officer.get("/")

    owed = response.context["owed"]
    forms = [path for path in links(response) if path.endswith("/update/?back=owe")]
    assert len(forms) == sum(group.count for group in owed.groups)
    assert as_lead_officer.get(forms[0]).status_code == 200


def test_overdue_come_first_the_latest_at_the_top(as_lead_officer: Client) -> None:
    owed = as_lead_officer.get("/").context["owed"]

    days = [standing.days_overdue for standing in owed.overdue.standings]
    assert owed.groups[0].title == "Overdue"
    assert days == sorted(days, reverse=True)


def test_each_action_stands_in_one_group(as_lead_officer: Client) -> None:
    owed = as_lead_officer.get("/").context["owed"]

    actions = [standing.action.pk for group in owed.groups for standing in group.standings]
    assert len(actions) == len(set(actions))


def test_groups_fill_in_their_order(cast: Cast, as_lead_officer: Client, harrow: Plan) -> None:
    """Overdue, then due soon, then silent, then the rest, as of 14 November 2012."""
    Holding.objects.all().delete()
    post = LeadOfficer.objects.get(council=harrow.council, abbreviation="Perf. Mgr")
    HoldingFactory(lead_officer=post, user=cast.lead_officer)
    recommendation = harrow.recommendations.get(reference="S11")

    def add(number: str, due_on: date | None, said_on: date | None, stage: str = "in-progress") -> None:
        made = ActionFactory(
            recommendation=recommendation,
            number=number,
            position=int(number),
            original_due_on=due_on,
            leads=[post],
        )
        if said_on:
            ProgressUpdateFactory(action=made, on=said_on, stage=stage)

    add("91", date(2012, 11, 13), date(2012, 11, 10))
    add("92", date(2012, 11, 14), date(2012, 11, 10))
    add("93", date(2012, 12, 14), date(2012, 11, 10))
    add("94", date(2012, 12, 15), date(2012, 10, 14))
    add("95", date(2012, 12, 15), date(2012, 10, 15))
    add("96", None, None)
    add("97", date(2012, 11, 1), date(2012, 11, 10), "complete")
    add("98", date(2012, 11, 1), date(2012, 11, 10), "withdrawn")

    groups = as_lead_officer.get("/").context["owed"].groups

    assert [(group.title, [s.action.number for s in group.standings]) for group in groups] == [
        ("Overdue", ["91"]),
        ("Due in the next 30 days", ["92", "93"]),
        ("Not updated for 30 days", ["94", "96"]),
        ("Nothing owed at present", ["95"]),
    ]


def test_a_lead_officer_without_a_post_is_told(as_lead_officer: Client) -> None:
    Holding.objects.all().delete()

    assert "You hold no post in this council's plans" in text(as_lead_officer.get("/"))


def test_a_post_that_owes_nothing(as_lead_officer: Client, cast: Cast, harrow: Plan) -> None:
    Holding.objects.all().delete()
    HoldingFactory(
        user=cast.lead_officer,
        lead_officer=LeadOfficer.objects.get(council=harrow.council, abbreviation="Law."),
    )

    assert "You owe nothing" in text(as_lead_officer.get("/"))


def test_the_past_offers_no_change(as_lead_officer: Client) -> None:
    response = as_lead_officer.get("/?on=2012-10-01")

    assert heading(response) == "What I owe"
    assert [path for path in links(response) if "update" in path] == []


def test_a_bad_day_is_refused(as_lead_officer: Client) -> None:
    assert as_lead_officer.get("/?on=x").status_code == 400


@pytest.mark.parametrize("who", ["as_stranger", "as_staff"])
def test_whoever_belongs_nowhere_is_told(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get("/")

    assert (response.status_code, heading(response)) == (200, "Your councils")
    assert "You do not belong to a council yet" in text(response)
    assert [word for word in ("Harrow", "Northmoor") if word in text(response)] == []


def test_a_member_of_two_councils_chooses(as_reader: Client, cast: Cast, northmoor: Plan) -> None:
    MembershipFactory(user=cast.reader, council=northmoor.council, role=Role.BOARD_MEMBER)

    response = as_reader.get("/")

    assert heading(response) == "Your councils"
    assert {"/harrow/", "/northmoor/"} <= set(links(response))


def test_a_council_of_two_plans_shows_both(as_reader: Client, harrow: Plan) -> None:
    PlanFactory(council=harrow.council)

    response = as_reader.get("/")

    assert (response.status_code, response["Location"]) == (302, "/harrow/")


def test_a_council_without_a_plan_is_shown(as_reader: Client, cast: Cast) -> None:
    cast.reader.memberships.all().delete()
    MembershipFactory(user=cast.reader)

    assert "No plan yet" in text(as_reader.get("/", follow=True))


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get("/")

    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_lead_officer: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_lead_officer, method)("/").status_code == 405


def test_ten_more_actions_cost_no_more_queries(as_lead_officer: Client, harrow: Plan) -> None:
    """Case 95."""
    with CaptureQueriesContext(connection) as before:
        as_lead_officer.get("/")
    post = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")
    for _ in range(10):
        ActionFactory(
            recommendation=harrow.recommendations.get(reference="S11"),
            original_due_on=date(2012, 10, 1),
            leads=[post],
        )
    with CaptureQueriesContext(connection) as after:
        as_lead_officer.get("/")

    assert len(after) == len(before)


def test_more_than_a_page_can_bear_is_cut_and_said(as_lead_officer: Client, harrow: Plan) -> None:
    post = LeadOfficer.objects.get(council=harrow.council, abbreviation="SM QA")
    before = as_lead_officer.get("/").context["owed"].overdue.count
    for _ in range(101):
        ActionFactory(
            recommendation=harrow.recommendations.get(reference="S11"),
            original_due_on=date(2012, 10, 1),
            leads=[post],
        )

    response = as_lead_officer.get("/")

    overdue = response.context["owed"].overdue
    assert (overdue.count, len(overdue.standings)) == (before + 101, 100)
    assert f"The first 100 of {before + 101} are shown." in text(response)
