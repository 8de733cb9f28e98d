"""What is asked about several actions at once: each rule with a plan that sets it off and one that does not."""

from datetime import date
from decimal import Decimal

import pytest

from improvement.duties import after
from improvement.models import Unit
from recommendations.models import Better, Measure, MeasureKind, Reading, Recommendation, Stage, Timescale
from tests.conftest import unprotect
from tests.factories import LeadOfficerFactory, RecommendationFactory
from tests.recommendations.challenge.plans import ON, Quiet

# All done, but nothing has moved


def measured(quiet: Quiet, *values: int, better: str = Better.HIGHER) -> Measure:
    measure = Measure.objects.create(
        plan=quiet.plan,
        slug="assessments-in-time",
        name="Assessments in time",
        kind=MeasureKind.PERCENTAGE,
        better=better,
        recommendation=quiet.recommendation,
        added_on=date(2012, 7, 1),
        position=1,
    )
    for number, value in enumerate(values):
        Reading.objects.create(
            measure=measure, on=date(2012, 8 + number, 1), value=Decimal(value), source="Dashboard"
        )
    return measure


def finish(quiet: Quiet, *numbers: str) -> None:
    for number in numbers:
        action = quiet.action(number)
        quiet.done(action)
        quiet.shown(action)


@pytest.mark.parametrize(
    ("values", "better", "said"),
    [
        ((70, 70), "higher", "stands where it stood, on 1 August 2012"),
        ((70, 60), "higher", "has got worse since 1 August 2012"),
        ((60, 70), "lower", "has got worse since 1 August 2012"),
        ((70, 70), "neither", "stands where it stood, on 1 August 2012"),
        ((70,), "higher", "has been read only once"),
        ((), "higher", "has not been read yet"),
    ],
)
def test_all_done_but_the_measure_has_not_moved(
    quiet: Quiet, values: tuple[int, ...], better: str, said: str
) -> None:
    finish(quiet, "1", "2")
    measured(quiet, *values, better=better)

    assert quiet.asked() == [
        f"Q1: both actions are complete, and “Assessments in time” {said}: what has changed for children?"
    ]


@pytest.mark.parametrize(
    ("values", "better"), [((60, 70), "higher"), ((70, 60), "lower"), ((1, 2), "neither")]
)
def test_all_done_and_the_measure_has_moved(quiet: Quiet, values: tuple[int, ...], better: str) -> None:
    finish(quiet, "1")
    measured(quiet, *values, better=better)

    assert quiet.asked() == []


def test_not_all_are_done_yet(quiet: Quiet) -> None:
    finish(quiet, "1")
    quiet.said(quiet.action("2"))
    measured(quiet, 70, 70)

    assert quiet.asked() == []


def test_withdrawn_actions_need_not_be_done_but_do_not_count_as_done(quiet: Quiet) -> None:
    measured(quiet, 70, 70)
    quiet.said(quiet.action("1"), stage=Stage.WITHDRAWN)
    before = quiet.asked()
    finish(quiet, "2")

    assert before == []
    assert quiet.asked() == [
        (
            "Q1: the one action is complete, and “Assessments in time” stands where it stood, on 1 August 2012: "
            "what has changed for children?"
        )
    ]


def test_a_reading_that_came_later_is_not_known_yet(quiet: Quiet) -> None:
    finish(quiet, "1")
    measured(quiet, 70, 70, 70, 90)

    assert len(quiet.asked(on=date(2012, 10, 31))) == 0
    assert len(quiet.asked(on=date(2012, 11, 10))) == 0
    unprotect(Reading)
    Reading.objects.filter(on=date(2012, 11, 1)).update(on=date(2012, 12, 1))
    assert len(quiet.asked(on=date(2012, 11, 30))) == 1
    assert len(quiet.asked(on=date(2012, 12, 1))) == 0


# Dates beyond the inspectors' timescale


def within(quiet: Quiet, timescale: str) -> None:
    Recommendation.objects.filter(pk=quiet.recommendation.pk).update(timescale=timescale)


@pytest.mark.parametrize(
    ("timescale", "last", "words"),
    [
        (
            Timescale.IMMEDIATE,
            date(2012, 7, 25),
            "immediately, which this plan takes as 28 days, by 25 July 2012",
        ),
        (Timescale.THREE_MONTHS, date(2012, 9, 27), "within 3 months, by 27 September 2012"),
        (Timescale.SIX_MONTHS, date(2012, 12, 27), "within 6 months, by 27 December 2012"),
        (Timescale.TWELVE_MONTHS, date(2013, 6, 27), "within 12 months, by 27 June 2013"),
    ],
)
def test_dates_beyond_the_timescale(quiet: Quiet, timescale: str, last: date, words: str) -> None:
    """Published on 27 June 2012."""
    within(quiet, timescale)
    quiet.said(quiet.action("1", original_due_on=last))
    on_time = quiet.asked("timescale")
    quiet.said(quiet.action("2", original_due_on=date.fromordinal(last.toordinal() + 1)))

    assert on_time == []
    assert quiet.asked("timescale") == [
        (
            f"Q1 is to be met {words}. 1 of its 2 open actions is due later, on "
            f"{date.fromordinal(last.toordinal() + 1):%-d %B %Y}: who has agreed to that?"
        )
    ]


def test_all_dates_are_beyond_it(quiet: Quiet) -> None:
    within(quiet, Timescale.SIX_MONTHS)
    for number in ("1", "2"):
        quiet.said(quiet.action(number))

    assert quiet.asked() == [
        (
            "Q1 is to be met within 6 months, by 27 December 2012. Both open actions are due later, "
            "the last on 2 January 2013: who has agreed to that?"
        )
    ]


def test_what_is_done_and_what_has_no_date_is_not_late_for_it(quiet: Quiet) -> None:
    within(quiet, Timescale.THREE_MONTHS)
    finish(quiet, "1")
    quiet.said(quiet.action("2", original_due_on=None))

    assert quiet.asked("timescale") == []


def test_no_timescale_no_question(quiet: Quiet) -> None:
    quiet.said(quiet.action(original_due_on=date(2020, 1, 1)))

    assert quiet.asked() == []


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2012, 6, 27), 3, date(2012, 9, 27)),
        (date(2012, 11, 30), 3, date(2013, 2, 28)),
        (date(2011, 8, 31), 6, date(2012, 2, 29)),
        (date(2012, 12, 31), 12, date(2013, 12, 31)),
    ],
)
def test_some_months_on(start: date, months: int, end: date) -> None:
    assert after(start, months, Unit.MONTHS) == end


# Everything due on one day


def due_together(quiet: Quiet, together: int, apart: int, due_on: date = date(2012, 12, 31)) -> None:
    for number in range(1, together + 1):
        quiet.said(quiet.action(f"{number}", original_due_on=due_on))
    for number in range(together + 1, together + apart + 1):
        quiet.said(quiet.action(f"{number}", original_due_on=date(2013, 2, number)))


def test_everything_due_on_one_day(quiet: Quiet) -> None:
    due_together(quiet, 8, 2)

    assert quiet.asked() == [
        "8 of the plan’s 10 actions are due on 31 December 2012: was that day worked out for each of them, or set for all?"
    ]


def test_a_day_that_has_passed(quiet: Quiet) -> None:
    due_together(quiet, 8, 0, date(2012, 11, 12))

    assert quiet.asked("one-day") == [
        (
            "8 of the plan’s 8 actions were due on 12 November 2012; 8 of them are still open: "
            "was that day worked out for each of them, or set for all?"
        )
    ]


def test_seven_on_one_day_are_few(quiet: Quiet) -> None:
    due_together(quiet, 7, 0)

    assert quiet.asked() == []


# More than one post can do


def test_one_post_with_more_than_it_can_do(quiet: Quiet) -> None:
    for number in range(1, 11):
        quiet.said(quiet.action(f"{number}"))
    ten = quiet.asked()
    quiet.said(quiet.action("11"))

    assert ten == []
    assert quiet.asked() == [
        "HQ (Head of Quality) answers for 11 open actions, none of them overdue: can one post do all this, and who helps?"
    ]


def test_only_what_a_post_is_accountable_for_counts(quiet: Quiet) -> None:
    other = LeadOfficerFactory(council=quiet.plan.council)
    for number in range(1, 12):
        quiet.said(quiet.action(f"{number}", leads=[other if number > 5 else quiet.post, quiet.post][:1]))

    assert quiet.asked() == []


def test_one_post_with_more_overdue_than_it_can_catch_up(quiet: Quiet) -> None:
    for number in range(1, 6):
        quiet.said(quiet.action(f"{number}", original_due_on=date(2012, 11, number)))
    five = quiet.asked()
    quiet.said(quiet.action("6", original_due_on=date(2012, 11, 6)))

    assert five == []
    assert quiet.asked() == [
        "HQ (Head of Quality) answers for 6 open actions, 6 of them overdue: can one post do all this, and who helps?"
    ]


# The same words twice


def twin(quiet: Quiet, text: str = "Text of R2.", number: int = 2) -> Recommendation:
    return RecommendationFactory(
        theme=quiet.recommendation.theme, reference=f"Q{number}", position=number, text=text
    )


def test_actions_in_the_same_words_with_different_stages(quiet: Quiet) -> None:
    quiet.said(quiet.action("1", original_text="Review the policy."))
    done = quiet.action("2", original_text="review  the policy", recommendation=twin(quiet))
    quiet.done(done)
    quiet.shown(done)

    assert quiet.asked() == [
        "Q1 and Q2 share one action word for word, yet Q1 (1) is in progress and Q2 (2) is complete: which is true?"
    ]


@pytest.mark.parametrize(
    ("fields", "said", "differ"),
    [
        ({}, {"rated": True}, "Q1 (1) is not rated and Q2 (1) is rated Green: which is true?"),
        (
            {"original_due_on": date(2013, 3, 1)},
            {},
            "Q1 (1) is due on 1 January 2013 and Q2 (1) is due on 1 March 2013: which is true?",
        ),
        (
            {},
            {"narrative": "Managers have it."},
            "Q1 (1) and Q2 (1) have different updates: which account holds?",
        ),
    ],
)
def test_actions_in_the_same_words_that_differ_otherwise(
    quiet: Quiet, fields: dict[str, object], said: dict[str, object], differ: str
) -> None:
    rating = quiet.green if said.pop("rated", False) else None
    quiet.said(quiet.action("1", original_text="Review the policy."))
    other = quiet.action("1", original_text="Review the policy.", recommendation=twin(quiet), **fields)
    quiet.said(other, rating=rating, **said)

    assert quiet.asked() == [f"Q1 and Q2 share one action word for word, yet {differ}"]


def test_recommendations_in_the_same_words_that_stand_the_same(quiet: Quiet) -> None:
    quiet.said(quiet.action("1", original_text="Review the policy."))
    other = twin(quiet, text=quiet.recommendation.text)
    quiet.said(quiet.action("1", original_text="Review the policy.", recommendation=other))

    assert quiet.asked() == [
        (
            "Q1 and Q2 ask for the same in the same words, with one action word for word, "
            "and they stand the same everywhere: is it one piece of work, counted twice?"
        )
    ]


def test_three_in_the_same_words_are_one_question(quiet: Quiet) -> None:
    quiet.said(quiet.action("1", original_text="Review the policy."))
    for number in (2, 3):
        other = twin(quiet, number=number, text=f"Text {number}.")
        quiet.said(quiet.action("1", original_text="Review the policy.", recommendation=other))

    assert quiet.asked() == [
        (
            "Q1, Q2 and Q3 share one action word for word, and they stand the same everywhere: "
            "is it one piece of work, counted twice?"
        )
    ]


def test_twice_in_one_recommendation(quiet: Quiet) -> None:
    for number in ("1", "2"):
        quiet.said(quiet.action(number, original_text="Review the policy.", original_due_on=date(2013, 1, 1)))

    assert quiet.asked() == [
        (
            "Q1 has an action more than once in the same words, and they stand the same everywhere: "
            "is it one piece of work, counted twice?"
        )
    ]


def test_a_rewording_parts_them(quiet: Quiet) -> None:
    quiet.said(quiet.action("1", original_text="Review the policy."))
    other = quiet.action("1", original_text="Review the policy.", recommendation=twin(quiet))
    quiet.said(other)
    other.rewordings.create(
        sequence=1, on=date(2012, 11, 12), text="Replace the policy.", reason="Agreed.", by=quiet.somebody
    )

    counts = [len(quiet.asked(on=day)) for day in (date(2012, 11, 11), date(2012, 11, 12), ON)]

    assert counts == [1, 0, 0]
