"""What is asked about one action: each rule with a plan that sets it off and one that does not."""

from datetime import date, timedelta

import pytest

from improvement.models import CountsAs
from recommendations.models import DueDateChange, DuePrecision, Evidence, Stage
from tests.factories import RatingFactory, UserFactory
from tests.recommendations.challenge.plans import ON, Quiet

YESTERDAY = date(2012, 11, 13)


def test_a_plan_that_contradicts_itself_nowhere_asks_nothing(quiet: Quiet) -> None:
    for number in ("1", "2", "3"):
        quiet.said(quiet.action(number), rating=quiet.green)
    finished = quiet.action("4")
    quiet.done(finished)
    quiet.shown(finished)

    assert quiet.asked() == []


# Rated as on track, but overdue


def test_green_but_overdue(quiet: Quiet) -> None:
    quiet.said(quiet.action(original_due_on=date(2012, 10, 1)), rating=quiet.green)

    assert quiet.asked() == ["Q1 (1) is rated Green and is 44 days overdue: what makes it Green?"]


def test_one_day_is_one_day(quiet: Quiet) -> None:
    quiet.said(quiet.action(original_due_on=YESTERDAY), rating=quiet.green)

    assert quiet.asked() == ["Q1 (1) is rated Green and is 1 day overdue: what makes it Green?"]


def test_done_by_its_rating_but_open_and_overdue(quiet: Quiet) -> None:
    blue = RatingFactory(scale=quiet.plan.rating_scale, word="Blue", counts_as=CountsAs.DONE)
    quiet.said(quiet.action(original_due_on=YESTERDAY), rating=blue)

    assert quiet.asked() == ["Q1 (1) is rated Blue and is 1 day overdue: what makes it Blue?"]


@pytest.mark.parametrize("due_on", [ON, date(2012, 11, 15)])
def test_green_and_not_overdue_yet(quiet: Quiet, due_on: date) -> None:
    quiet.said(quiet.action(original_due_on=due_on), rating=quiet.green)

    assert quiet.asked("on-track-overdue") == []


def test_red_and_overdue_is_said_already(quiet: Quiet) -> None:
    quiet.said(quiet.action(original_due_on=YESTERDAY), rating=quiet.red)

    assert quiet.asked() == []


def test_withdrawn_is_not_overdue(quiet: Quiet) -> None:
    quiet.said(quiet.action(original_due_on=YESTERDAY), rating=quiet.green, stage=Stage.WITHDRAWN)

    assert quiet.asked() == []


def test_longest_overdue_is_asked_first(quiet: Quiet) -> None:
    quiet.said(quiet.action("1", original_due_on=YESTERDAY), rating=quiet.green)
    quiet.said(quiet.action("2", original_due_on=date(2012, 10, 1)), rating=quiet.green)

    assert [question.subject.key for question in quiet.questions()] == ["Q1 (2)", "Q1 (1)"]


# Expected after its due date


def test_expected_after_its_due_date(quiet: Quiet) -> None:
    quiet.said(quiet.action(), forecast_on=date(2013, 2, 1))

    assert quiet.asked() == [
        "Q1 (1) is due on 1 January 2013 and expected on 1 February 2013, 31 days later: who has agreed to that?"
    ]


def test_expected_later_and_a_new_date_was_asked_for(quiet: Quiet) -> None:
    action = quiet.action()
    quiet.said(action, forecast_on=date(2013, 2, 1))
    DueDateChange.objects.create(
        action=action,
        old_on=date(2013, 1, 1),
        new_on=date(2013, 2, 1),
        reason="Staff are ill.",
        requested_on=date(2012, 11, 10),
        requested_by=quiet.somebody,
    )

    assert quiet.asked() == [
        (
            "Q1 (1) is due on 1 January 2013 and expected on 1 February 2013, 31 days later: "
            "who decides the new date that was asked for?"
        )
    ]


def test_expected_on_its_due_date(quiet: Quiet) -> None:
    quiet.said(quiet.action(), forecast_on=date(2013, 1, 1))

    assert quiet.asked() == []


# Rated as on track, but silent


@pytest.mark.parametrize(("days", "asked"), [(41, 0), (42, 1), (43, 1)])
def test_on_track_and_nothing_said_for_six_weeks(quiet: Quiet, days: int, asked: int) -> None:
    quiet.said(quiet.action(), rating=quiet.green, on=ON - timedelta(days=days))

    assert len(quiet.asked("on-track-silent")) == asked


def test_on_track_and_silent_in_words(quiet: Quiet) -> None:
    quiet.said(quiet.action(), rating=quiet.green, on=date(2012, 9, 14))

    assert quiet.asked() == [
        "Q1 (1) was rated Green on 14 September 2012, and nothing has been said in the 61 days since: is it still so?"
    ]


def test_silent_but_never_said_to_be_on_track(quiet: Quiet) -> None:
    quiet.said(quiet.action("1"), rating=quiet.red, on=date(2012, 9, 14))
    quiet.said(quiet.action("2"), on=date(2012, 9, 14))

    assert quiet.asked() == []


# Complete, without evidence


def test_complete_without_evidence(quiet: Quiet) -> None:
    quiet.done(quiet.action())

    assert quiet.asked() == [
        "Q1 (1) is reported complete and nothing has been shown for it: what is the evidence?"
    ]


def test_evidence_that_came_later_was_not_there_then(quiet: Quiet) -> None:
    action = quiet.action()
    quiet.done(action)
    quiet.shown(action, added_on=date(2012, 11, 12))

    counts = [len(quiet.asked("complete-no-evidence", on=date(2012, 11, day))) for day in (8, 9, 11, 12)]

    assert counts == [0, 1, 1, 0]


def test_evidence_that_was_withdrawn_is_none(quiet: Quiet) -> None:
    action = quiet.action()
    quiet.done(action)
    quiet.shown(
        action, withdrawn_on=date(2012, 11, 13), withdrawn_by=UserFactory(), withdrawn_because="Wrong file."
    )

    counts = [len(quiet.asked("complete-no-evidence", on=date(2012, 11, day))) for day in (12, 13)]

    assert counts == [0, 1]


def test_exempt_evidence_is_evidence(quiet: Quiet) -> None:
    action = quiet.action()
    quiet.done(action)
    quiet.shown(action, exempt=True)

    assert quiet.asked() == []


def test_evidence_of_another_action_or_of_the_whole_is_not_its_own(quiet: Quiet) -> None:
    quiet.done(quiet.action("1"))
    quiet.shown(quiet.action("2"))
    Evidence.objects.filter(pk=quiet.shown(quiet.action("3")).pk).update(action=None)

    assert [question.subject.key for question in quiet.questions("complete-no-evidence")] == ["Q1 (1)"]


# Complete, but work is to come


def test_complete_but_its_update_speaks_of_work_to_come(quiet: Quiet) -> None:
    quiet.done(quiet.action(), "The form is out. Training will follow in spring.")

    assert quiet.asked("complete-work-to-come") == [
        "Q1 (1) is complete, yet its update says: “Training will follow in spring.” What is left to do?"
    ]


def test_complete_but_only_for_a_time(quiet: Quiet) -> None:
    quiet.done(quiet.action(), "An interim manager is in post.")

    assert quiet.asked("complete-work-to-come") == [
        "Q1 (1) is complete, yet its update says: “An interim manager is in post.” What comes after it?"
    ]


def test_complete_and_said_so(quiet: Quiet) -> None:
    quiet.done(quiet.action(), "The form went to all teams on 1 November 2012.")

    assert quiet.asked("complete-work-to-come") == []


def test_open_actions_may_speak_of_work_to_come(quiet: Quiet) -> None:
    quiet.said(quiet.action(), narrative="Training will follow.")

    assert quiet.asked() == []


# No date to be late by


@pytest.mark.parametrize(
    ("precision", "due_text", "sentence"),
    [
        (DuePrecision.TO_BE_CONFIRMED, "", "Q1 (1) has no due date: by when will it be done?"),
        (
            DuePrecision.TO_BE_CONFIRMED,
            "31.9.12",
            "Q1 (1) is due “31.9.12”, which is no date: by when will it be done?",
        ),
        (
            DuePrecision.ONGOING,
            "Ongoing to May 2013",
            "Q1 (1) is due “Ongoing to May 2013”: on what day will the board know that it is done?",
        ),
    ],
)
def test_no_date(quiet: Quiet, precision: str, due_text: str, sentence: str) -> None:
    quiet.said(quiet.action(original_due_on=None, due_precision=precision, due_text=due_text))

    assert quiet.asked() == [sentence]


def test_what_is_done_needs_no_date(quiet: Quiet) -> None:
    action = quiet.action(original_due_on=None)
    quiet.done(action)
    quiet.shown(action)

    assert quiet.asked() == []


# Moved again and again


def move(quiet: Quiet, times: int) -> None:
    action = quiet.action()
    quiet.said(action)
    for number in range(times):
        DueDateChange.objects.create(
            action=action,
            old_on=date(2013, 1 + number, 1),
            new_on=date(2013, 2 + number, 1),
            reason="Staff are ill.",
            requested_on=date(2012, 11, 8 + number),
            requested_by=quiet.somebody,
            decision="agreed",
            decided_on=date(2012, 11, 8 + number),
            decided_by=UserFactory(),
        )


@pytest.mark.parametrize(("times", "asked"), [(2, 0), (3, 1)])
def test_moved_three_times(quiet: Quiet, times: int, asked: int) -> None:
    move(quiet, times)

    assert len(quiet.asked()) == asked


def test_moved_in_words_and_on_the_day_of_the_third(quiet: Quiet) -> None:
    move(quiet, 3)

    assert quiet.asked(on=date(2012, 11, 9)) == []
    assert quiet.asked(on=date(2012, 11, 10)) == [
        "The date of Q1 (1) has moved 3 times since 1 January 2013 and is now 1 April 2013: why will this one hold?"
    ]


# A day that was named has passed


def test_a_day_that_was_named_has_passed(quiet: Quiet) -> None:
    quiet.said(quiet.action(), narrative="The form is drafted. The board is to agree it on 12 November 2012.")

    assert quiet.asked(on=date(2012, 11, 12)) == []
    assert quiet.asked(on=date(2012, 11, 13)) == [
        (
            "The update of Q1 (1) on 9 November 2012 says: “The board is to agree it on 12 November 2012.” "
            "That day has passed: did it happen?"
        )
    ]


def test_a_later_update_settles_it(quiet: Quiet) -> None:
    action = quiet.action()
    quiet.said(action, narrative="The board is to agree it on 12 November 2012.")
    quiet.said(action, narrative="The board agreed it on 12 November 2012.", on=YESTERDAY)

    assert quiet.asked() == []


# Waiting for sign-off, overdue


def test_waiting_for_sign_off_after_its_date(quiet: Quiet) -> None:
    action = quiet.action(original_due_on=date(2012, 11, 10))
    quiet.said(action, stage=Stage.AWAITING_SIGN_OFF, narrative="Sign-off is set for 12 November 2012.")

    assert quiet.asked() == [
        "Q1 (1) still waits for sign-off, 4 days after it was due: who signs it off, and when?"
    ]


def test_waiting_for_sign_off_in_time(quiet: Quiet) -> None:
    quiet.said(quiet.action(), stage=Stage.AWAITING_SIGN_OFF)

    assert quiet.asked() == []


# Never updated


@pytest.mark.parametrize(("days", "asked"), [(41, 0), (42, 1)])
def test_never_updated(quiet: Quiet, days: int, asked: int) -> None:
    quiet.action(added_on=ON - timedelta(days=days))

    assert len(quiet.asked()) == asked


def test_never_updated_in_words(quiet: Quiet) -> None:
    quiet.action(added_on=date(2012, 9, 10))

    assert quiet.asked() == [
        "Q1 (1) has been in the plan for 65 days and nobody has said a word about it: has it begun?"
    ]
