"""Northmoor as it is made on this database, once: its rows, its ledger and its pages on a literal day."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client

from boards.models import BoardAction, Decision, Meeting, Minutes, OwnerLink, Risk, Round
from boards.rounds import asked_after, tally_of
from improvement import duties, ledger
from improvement.duties import State
from improvement.models import Change, Council, Inspection, Plan, PlanVersion, User
from recommendations import progress
from recommendations.models import (
    Action,
    Dismissal,
    DueDateChange,
    Evidence,
    ProgressUpdate,
    Reading,
    Review,
    Stage,
)
from reports.models import PublicOpening
from reports.northmoor.course import Do
from reports.northmoor.story import TELLING, Story

pytestmark = [pytest.mark.once, pytest.mark.django_db]
TODAY = date(2026, 11, 21)


def test_it_is_made_as_its_story_tells(councils: None, client: Client) -> None:
    call_command("make_northmoor", on="2026-11-21", verbosity=0)

    council = Council.objects.get(slug="northmoor-borough")
    plan = Plan.objects.select_related("council", "rating_scale").get(council=council)
    chair = User.objects.get(email="chair@northmoor.example")
    assert council.stands_at is None
    _the_plan(plan)
    _the_board(council, chair)
    _the_open_round(plan, chair)
    _what_it_is_watched_by(plan)
    _the_clock(council)
    _the_public(plan, client)
    assert ledger.verify() is None
    assert not Change.objects.filter(council=council, on__gt=TODAY).exists()
    with pytest.raises(CommandError):
        call_command("make_northmoor", on="2027-01-01", verbosity=0)


def _the_plan(plan: Plan) -> None:
    """Every action stands as its course left it, and says what its stage says."""
    story = Story.until(TODAY)
    shown = {
        str(action): action for action in Action.objects.for_plan(plan).as_of(TODAY).with_recommendation()
    }
    for course in story.courses:
        action = shown[course.action.name]
        told = (story.stage(course.action, TODAY), course.due_on)
        assert (action.stage, action.due_on) == told, course.action.name
    counted, updates = story.counted(), ProgressUpdate.objects.filter(action__recommendation__plan=plan)
    assert updates.count() == sum(counted[do] for do in TELLING)
    assert Evidence.objects.for_plan(plan).count() == counted[Do.SHOW]
    assert DueDateChange.objects.for_plan(plan).count() == counted[Do.ASK_DATE]
    assert progress.break_down(plan, on=TODAY).whole.actions.count == 150
    assert list(PlanVersion.objects.for_plan(plan).values_list("label", flat=True)) == ["1.0", "2.0", "3.0"]
    assert not updates.filter(stage=Stage.COMPLETE).exclude(rating__slug="blue").exists()


def _the_board(council: Council, chair: User) -> None:
    """Eighteen meetings were held, each with agreed minutes but the last; what they decided points to what it changed."""
    held = Meeting.objects.visible_to(chair).held(on=TODAY)
    assert held.count() == 18
    assert Minutes.objects.filter(meeting__in=held, agreed=True).count() == 17
    to_come = Meeting.objects.to_come(on=TODAY).filter(board__council=council)
    assert [meeting.on for meeting in to_come] == [date(2026, 11, 30), date(2026, 12, 29), date(2027, 1, 25)]
    decisions = Decision.objects.filter(meeting__in=held)
    assert (
        decisions.filter(progress_update__isnull=False).count()
        == Story.until(TODAY).counted()[Do.DECIDE_CLAIM]
    )
    assert not decisions.exclude(meeting__held_on=TODAY).filter(on__gt=TODAY).exists()
    log = BoardAction.objects.filter(board__council=council)
    assert (log.count(), log.open(on=TODAY).count()) == (26, 5)


def _the_open_round(plan: Plan, chair: User) -> None:
    """The round for the next meeting is open and partly answered."""
    (asked,) = Round.objects.for_plan(plan).open(on=TODAY)
    found = tally_of(asked_after(asked, chair, on=TODAY))
    assert asked.for_meeting_on == date(2026, 11, 30)
    assert 0 < found.answered < found.asked
    assert OwnerLink.objects.for_council(plan.council).live(on=TODAY).count() == 1


def _what_it_is_watched_by(plan: Plan) -> None:
    readings = Reading.objects.filter(measure__plan=plan)
    by_measure = readings.filter(whose="council").values("measure").annotate(count=Count("pk"))
    assert sorted({row["count"] for row in by_measure}) == [2, 19, 20]
    assert (Risk.objects.for_plan(plan).count(), Risk.objects.for_plan(plan).open(on=TODAY).count()) == (8, 7)
    assert Review.objects.for_plan(plan).filter(holds=False).count() < Review.objects.for_plan(plan).count()
    assert Dismissal.objects.filter(plan=plan).count() > 1


def _the_clock(council: Council) -> None:
    inspection = Inspection.objects.get(council=council, framework__slug__startswith="ilacs")
    standings = duties.clock_of(inspection, on=TODAY).standings
    assert [one.state for one in standings if one.state in (State.OVERDUE, State.WAITING)] == []
    assert [one.state for one in standings].count(State.LATE) == 1


def _the_public(plan: Plan, client: Client) -> None:
    assert PublicOpening.objects.for_plan(plan).count() == 3
    page = client.get("/public/northmoor-borough/improvement-plan/")
    assert page.status_code == 200
    assert "northmoor.example" not in page.content.decode().replace("evidence.northmoor.example", "")
