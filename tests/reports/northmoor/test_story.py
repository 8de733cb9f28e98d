"""Northmoor's story hangs together on whatever day it is told; nothing here needs the database."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from improvement import working_days
from recommendations.models import Stage
from reports.northmoor.course import Do, Step
from reports.northmoor.days import FIRST_ROUND, HELD, NEXT, Days
from reports.northmoor.story import TELLING, Story

# An ordinary Saturday, a leap day, days about Christmas and Easter, the last of a month with five Mondays.
TODAY = [date(2026, 11, 21), date(2028, 2, 29), date(2026, 12, 24), date(2026, 4, 3), date(2026, 3, 30)]
LASTS = (Do.DECIDE_CLAIM, Do.WITHDRAW)


@pytest.fixture(params=TODAY, ids=str)
def story(request: pytest.FixtureRequest) -> Story:
    return Story.until(request.param)


def test_the_next_meeting_is_near_and_its_round_open_on_every_day_of_two_years() -> None:
    for number in range(0, 731, 3):
        today = date(2026, 1, 1) + timedelta(days=number)

        days = Days.until(today)

        assert 5 <= (days.meeting(NEXT) - today).days <= 16
        assert days.round_opens(NEXT) < today
        assert days.meeting(HELD) < days.round_opens(NEXT)
        assert 530 <= (today - days.meeting(1)).days <= 560
        assert [days.meeting(n) for n in range(1, NEXT + 1)] == sorted(
            {days.meeting(n) for n in range(1, NEXT + 1)}
        )


def test_the_inspection_was_nineteen_months_ago_and_came_before_its_report() -> None:
    days = Days.until(date(2026, 11, 21))

    assert days.inspected == (date(2025, 4, 7), date(2025, 4, 18))
    assert days.received == date(2025, 5, 12)
    assert days.published == date(2025, 5, 19)
    assert days.meeting(1) == date(2025, 5, 27)
    assert days.meeting(NEXT) == date(2026, 11, 30)


def test_the_same_day_and_seed_tell_the_same_story() -> None:
    told = Story.until(date(2026, 11, 21)).steps

    assert Story.until(date(2026, 11, 21)).steps == told
    assert Story.until(date(2026, 11, 21), seed=7).steps != told


def test_everything_happens_in_order_and_nothing_after_today(story: Story) -> None:
    for action, steps in story.steps.items():
        days = [step.on for step in steps]

        assert days == sorted(days), action.name
        assert all(day <= story.days.today for day in days), action.name


def test_people_answer_on_working_days_while_a_round_is_open(story: Story) -> None:
    said = {step.on for steps in story.steps.values() for step in steps if not step.number}

    answering = {day for number in range(FIRST_ROUND, NEXT + 1) for day in story.days.answering(number)}

    assert said <= answering
    assert [day for day in said if not working_days.is_working_day(day)] == []


def test_a_completion_is_claimed_with_evidence_and_decided_once(story: Story) -> None:
    for action, steps in story.steps.items():
        claimed = False
        for before, step in zip([None, *steps], steps, strict=False):
            if step.do == Do.CLAIM:
                assert before is not None, action.name
                assert (before.do, before.on) == (Do.SHOW, step.on), action.name
                assert not claimed, action.name
                claimed = True
            elif step.do == Do.DECIDE_CLAIM:
                assert claimed, action.name
                claimed = False


def test_what_ended_is_only_reopened(story: Story) -> None:
    for action, steps in story.steps.items():
        for before, step in pairwise(steps):
            if before.do in LASTS and before.stage in (Stage.COMPLETE, Stage.WITHDRAWN):
                assert step.do == Do.REOPEN, action.name


def test_a_date_is_asked_for_before_it_is_decided_and_moves_forward(story: Story) -> None:
    for action, steps in story.steps.items():
        waiting: Step | None = None
        for step in steps:
            if step.do == Do.ASK_DATE:
                assert waiting is None, action.name
                assert step.day is not None, action.name
                assert step.day > step.on, action.name
                waiting = step
            elif step.do == Do.DECIDE_DATE:
                assert waiting is not None, action.name
                assert waiting.on < step.on, action.name
                waiting = None


def test_it_has_some_of_everything(story: Story) -> None:
    counted = story.counted()
    stages = [story.stage(action, story.days.today) for action in story.steps]

    returned = [
        step
        for steps in story.steps.values()
        for step in steps
        if step.do == Do.DECIDE_CLAIM and not step.yes
    ]
    refused = [
        step for steps in story.steps.values() for step in steps if step.do == Do.DECIDE_DATE and not step.yes
    ]

    assert [do for do in Do if not counted[do]] == []
    assert 400 < counted[Do.UPDATE] < 700
    assert 10 < len(returned) < 40
    assert 2 < len(refused) < 25
    assert set(stages) == set(Stage)
    assert 80 < stages.count(Stage.COMPLETE) < 110


def test_no_update_is_posted_from_an_ended_or_claimed_stage(story: Story) -> None:
    for action, steps in story.steps.items():
        stage = Stage.NOT_STARTED.value
        for step in steps:
            if step.do == Do.UPDATE:
                assert stage not in (Stage.COMPLETE, Stage.WITHDRAWN, Stage.AWAITING_SIGN_OFF), action.name
            if step.do in TELLING:
                stage = str(step.stage)
