"""Handing an action over: from its day on others lead it, and every day before shows who did."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from boards import owed
from improvement.clock import Day
from improvement.models import Change, LeadOfficer, Plan, User
from recommendations import contents, history, progress, versions, workflow
from recommendations.challenge import facts
from recommendations.models import Action, ActionLead, DueDateChange, Handover
from tests.cast import HARROW, Cast
from tests.factories import HoldingFactory, LeadOfficerFactory, ProgressUpdateFactory

ON = date(2012, 11, 14)
BEFORE = date(2012, 11, 13)


@pytest.fixture
def keeper(cast: Cast) -> User:
    return cast.plan_administrator


def post(abbreviation: str) -> LeadOfficer:
    return LeadOfficer.objects.get(council__slug="harrow", abbreviation=abbreviation)


def hand_over(action: Action, by: User, *posts: str, **other: Any) -> Handover:
    said = {"version": 0, "reason": "The council reorganised.", "on": ON, **other}
    return workflow.hand_over(action=action, leads=[post(each) for each in posts], by=by, **said)


def fresh() -> Action:
    """S2 (1) as a page loads it."""
    return Action.objects.with_recommendation().with_leads().get_by_natural_key(*HARROW, "S2", "1")


def led(on: date) -> list[str]:
    return [lead.lead_officer.abbreviation for lead in fresh().leads_on(on)]


# The days


def test_who_leads_is_as_of_the_day(action: Action, keeper: User) -> None:
    hand_over(action, keeper, "HR", on=date(2012, 10, 1))
    hand_over(action, keeper, "DCS", "HR", version=1, on=date(2012, 11, 1))
    hand_over(action, keeper, "HR", "SM QA", version=2, on=date(2012, 11, 1))

    days = (date(2012, 9, 30), date(2012, 10, 1), date(2012, 10, 31), date(2012, 11, 1), ON)
    first = ["LSCB SP", "Des Nurse"]
    assert [led(on) for on in days] == [first, ["HR"], ["HR"], ["HR", "SM QA"], ["HR", "SM QA"]]
    asked = [ActionLead.objects.of_action(action).leading(on=on).order_by("position") for on in days]
    assert [[str(lead) for lead in found] for found in asked] == [led(on) for on in days]


def test_its_history_says_who_led_it_from_when_to_when_and_why(action: Action, keeper: User) -> None:
    hand_over(action, keeper, "HR", on=date(2012, 10, 1))
    hand_over(action, keeper, "DCS", version=1, reason="HR is no more.")

    told = [
        [
            (one.on, one.until, [str(lead) for lead in one.leads], one.reason, one.by)
            for one in history.of_leads(fresh(), on=on)
        ]
        for on in (date(2012, 9, 30), BEFORE, ON)
    ]
    start, first = date(2012, 9, 10), ["LSCB SP", "Des Nurse"]
    second = (date(2012, 10, 1), ["HR"], "The council reorganised.", keeper)
    assert told == [
        [(start, None, first, "", None)],
        [(second[0], None, *second[1:]), (start, second[0], first, "", None)],
        [
            (ON, None, ["DCS"], "HR is no more.", keeper),
            (second[0], ON, *second[1:]),
            (start, second[0], first, "", None),
        ],
    ]


def test_figures_by_lead_and_by_organisation_are_those_of_both_days(
    harrow: Plan, action: Action, keeper: User
) -> None:
    def counted(on: date) -> dict[str, int]:
        parts = (*progress.by_lead_officer(harrow, on=on), *progress.by_organisation(harrow, on=on))
        return {part.key: part.figures.actions.count for part in parts}

    old, new = post("Des Nurse"), post("Imp. Board members")
    was = counted(ON)
    hand_over(action, keeper, "LSCB SP", "Imp. Board members")

    now = counted(ON)
    assert counted(BEFORE) == was
    changed = {key: now.get(key, 0) - count for key, count in was.items() if now.get(key, 0) != count}
    assert changed["Des Nurse"] == -1
    assert changed["Imp. Board members"] == 1
    for body in (old.organisation, new.organisation):
        for on in (BEFORE, ON):
            found = Action.objects.for_plan(harrow).for_organisation(body, on=on).count()
            again = {p.key: p.figures.actions.count for p in progress.by_organisation(harrow, on=on)}
            assert again.get(body.slug, 0) == found


def test_what_is_narrowed_by_lead_is_as_of_the_day(harrow: Plan, action: Action, keeper: User) -> None:
    moved = workflow.request_due_date(
        action=action, new_on=date(2013, 1, 31), reason="The trainer is ill.", by=keeper, on=BEFORE
    )
    hand_over(action, keeper, "HR")

    def found(abbreviation: str, on: date) -> tuple[bool, bool, bool]:
        posts = LeadOfficer.objects.filter(pk=post(abbreviation).pk)
        return (
            Action.objects.led_by(posts, on=on).filter(pk=action.pk).exists(),
            DueDateChange.objects.led_by(posts, on=on).filter(pk=moved.pk).exists(),
            Action.objects.as_of(on).with_sort_keys(on=on).get(pk=action.pk).first_lead == abbreviation,  # type: ignore[attr-defined]
        )

    assert [found("LSCB SP", BEFORE), found("LSCB SP", ON)] == [(True,) * 3, (False,) * 3]
    assert [found("HR", BEFORE), found("HR", ON)] == [(False,) * 3, (True,) * 3]


def test_what_the_plan_says_and_is_asked_names_the_leads_of_the_day(
    harrow: Plan, action: Action, keeper: User
) -> None:
    before = contents.of(harrow, on=BEFORE)
    hand_over(action, keeper, "HR")

    def said(on: date) -> tuple[str, ...]:
        return next(one.leads for one in contents.of(harrow, on=on).actions if one.place == ("S2", "1"))

    def asked(on: date) -> list[str]:
        found = facts.of_plan(harrow, on=on).actions
        (one,) = (one for one in found if (one.reference, one.number) == ("S2", "1"))
        return [post.abbreviation for post in one.posts]

    assert [said(BEFORE), said(ON)] == [("LSCB SP", "Des Nurse"), ("HR",)]
    assert [asked(BEFORE), asked(ON)] == [["LSCB SP", "Des Nurse"], ["HR"]]
    assert contents.of(harrow, on=BEFORE) == before
    assert versions.of(harrow, on=ON).state == versions.PlanState.REVISED


# Whose it is


def test_rights_follow_the_leads_of_today(action: Action, cast: Cast, keeper: User) -> None:
    HoldingFactory(user=cast.lead_officer, lead_officer=post("LSCB SP"))

    def may(on: date) -> tuple[bool, bool, bool]:
        whose = workflow.updatable_by(cast.lead_officer, post("HR").council, on=on)
        groups = owed.by(
            cast.lead_officer, post("HR").council, Day(on, ON, fixed=True, asked=on != ON)
        ).groups
        listed = {one.action.pk for group in groups for one in group.standings}
        return (
            whose.covers(fresh()),
            workflow.leads(cast.lead_officer, fresh(), on=on),
            action.pk in listed,
        )

    assert may(ON)[:2] == (True, True)
    hand_over(action, keeper, "HR")

    assert may(BEFORE)[:2] == (True, True)
    assert may(ON) == (False, False, False)
    with pytest.raises(PermissionDenied):
        workflow.post_update(
            action=fresh(),
            version=1,
            stage="in-progress",
            rating=None,
            narrative="Mine still.",
            forecast_on=None,
            by=cast.lead_officer,
            on=ON,
        )


def test_whoever_leads_it_now_may_update_it_and_not_sign_it_off(
    action: Action, cast: Cast, keeper: User
) -> None:
    hand_over(action, keeper, "SM QA")
    HoldingFactory(user=cast.board_member, lead_officer=post("SM QA"))

    update = workflow.post_update(
        action=fresh(),
        version=1,
        stage="in-progress",
        rating=None,
        narrative="Ours now.",
        forecast_on=None,
        by=cast.lead_officer,
        on=ON,
    )

    assert update.by == cast.lead_officer
    assert not workflow.may_sign_off(cast.board_member, fresh(), on=ON)


# The change


def test_the_ledger_has_both_and_the_reason(action: Action, keeper: User) -> None:
    hand_over(action, keeper, "HR", "DCS", file="f" * 64)

    row = Change.objects.get()
    assert (row.verb, row.before, row.after, row.reason) == (
        "hand_over",
        {"leads": ["LSCB SP", "Des Nurse"]},
        {"leads": ["HR", "DCS"], "file": "f" * 64},
        "The council reorganised.",
    )


def test_another_order_is_another_accountable_post(action: Action, keeper: User) -> None:
    hand_over(action, keeper, "Des Nurse", "LSCB SP")

    assert led(ON) == ["Des Nurse", "LSCB SP"]


def test_the_same_posts_are_no_handover(action: Action, keeper: User) -> None:
    with pytest.raises(workflow.NothingChanged):
        hand_over(action, keeper, "LSCB SP", "Des Nurse")


def test_it_may_be_handed_back(action: Action, keeper: User) -> None:
    hand_over(action, keeper, "HR")
    hand_over(action, keeper, "LSCB SP", "Des Nurse", version=1)

    assert led(ON) == ["LSCB SP", "Des Nurse"]


@pytest.mark.parametrize("posts", [(), ("HR", "HR")])
def test_each_post_once_and_at_least_one(action: Action, keeper: User, posts: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as refused:
        hand_over(action, keeper, *posts)

    assert list(refused.value.error_dict) == ["leads"]


def test_posts_of_another_council_lead_nothing_here(action: Action, keeper: User) -> None:
    with pytest.raises(ValidationError):
        workflow.hand_over(
            action=action, version=0, leads=[LeadOfficerFactory()], reason="Theirs.", by=keeper, on=ON
        )


def test_it_needs_a_reason(action: Action, keeper: User) -> None:
    with pytest.raises(ValidationError) as refused:
        hand_over(action, keeper, "HR", reason=" ")

    assert list(refused.value.error_dict) == ["reason"]


def test_a_reason_like_a_childs_record_asks_why(action: Action, keeper: User) -> None:
    risky = "Knows AB (DOB 12/03/2009)."
    with pytest.raises(workflow.LooksLikeChildRecord):
        hand_over(action, keeper, "HR", reason=risky)

    hand_over(action, keeper, "HR", reason=risky, kept_because="Invented.")

    assert Change.objects.get().after["kept_because"] == "Invented."


def test_the_second_of_two_writers_sees_the_first(action: Action, keeper: User) -> None:
    first = hand_over(action, keeper, "HR")

    with pytest.raises(workflow.HandedOverMeanwhile) as clash:
        hand_over(action, keeper, "DCS")

    assert (clash.value.theirs, clash.value.version) == (first, 1)
    assert Change.objects.count() == 1


def test_a_double_click_hands_over_once(action: Action, keeper: User) -> None:
    first = hand_over(action, keeper, "HR", "DCS")

    again = hand_over(action, keeper, "HR", "DCS")

    assert (again, Handover.objects.count(), Change.objects.count()) == (first, 1, 1)
    assert led(ON) == ["HR", "DCS"]


@pytest.mark.parametrize("stage", ["complete", "withdrawn"])
def test_what_has_ended_keeps_its_leads(action: Action, keeper: User, stage: str) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), stage=stage)

    with pytest.raises(ValidationError, match=f"This action is {stage}. Reopen it to hand it over."):
        hand_over(action, keeper, "HR")


def test_not_before_a_later_handover_or_the_action_itself(action: Action, keeper: User) -> None:
    hand_over(action, keeper, "HR")

    for version, on in ((1, BEFORE), (1, date(2012, 9, 1))):
        with pytest.raises(ValidationError, match="on a later day"):
            hand_over(action, keeper, "DCS", version=version, on=on)


# What the database keeps


def test_the_database_keeps_who_led(action: Action, keeper: User) -> None:
    handover = hand_over(action, keeper, "HR")

    for rows in (handover.leads.all(), Handover.objects.filter(pk=handover.pk)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(on=BEFORE)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ActionLead.objects.of_action(action).update(position=9)


@pytest.mark.parametrize("again", ["position", "post"])
def test_a_lead_twice_in_one_handover(action: Action, keeper: User, again: str) -> None:
    handover = hand_over(action, keeper, "HR")
    values = {"position": 1, "lead_officer": post("DCS")}
    if again == "post":
        values = {"position": 9, "lead_officer": post("HR")}

    with pytest.raises(IntegrityError), transaction.atomic():
        ActionLead.objects.create(action=action, handover=handover, **values)


@pytest.mark.django_db
def test_loading_the_plan_again_hands_nothing_back(action: Action, keeper: User) -> None:
    hand_over(action, keeper, "HR")

    call_command("loaddata", "harrow", verbosity=0)

    assert (led(BEFORE), led(ON)) == (["LSCB SP", "Des Nurse"], ["HR"])


def test_as_many_queries_as_before(harrow: Plan, keeper: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            actions = Action.objects.for_plan(harrow).as_of(ON).with_recommendation().with_leads()
            progress.standings(actions.in_plan_order(), on=ON)
            progress.by_lead_officer(harrow, on=ON)
            contents.of(harrow, on=ON)
        return len(captured)

    before = asked()
    for other in Action.objects.for_plan(harrow).as_of(ON).open().with_recommendation()[:3]:
        hand_over(other, keeper, "HR", "DCS")
        hand_over(other, keeper, "DCS", version=1)

    assert asked() == before
