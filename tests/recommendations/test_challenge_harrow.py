"""What a careful reader asks of Harrow's plan on 14 November 2012, worked out by hand from the paper's table."""

from datetime import date

import pytest

from improvement.models import Plan
from recommendations import challenge

ON = date(2012, 11, 14)
# By rule, in the order in which they are asked.
FOUND = {
    # The update begins with “On track”, and the date under “By when” has passed.
    "on-track-overdue": [
        *("LAC3 (6)", "S6 (1)", "LAC6 (3)", "LAC7 (1)", "LAC7 (2)", "LAC7 (3)", "S2 (3)", "S9 (1)", "S9 (7)"),
        *("LAC3 (9)", "LAC1 (1)", "LAC2 (1)", "LAC3 (4)", "LAC3 (3)", "LAC2 (2)"),
    ],
    # “Completed”, and then something that is not done, or not for good.
    "complete-work-to-come": [
        *("S2 (5)", "S2 (6)", "S3 (1)", "S3 (5)", "S4 (2)", "S4 (3)", "S5 (1)", "S6 (2)", "S7 (2)"),
        *("LAC1 (3)", "LAC3 (5)", "LAC4 (2)", "LAC4 (5)"),
    ],
    "same-words": ["S7, LAC4", "S1, LAC1", "S11, LAC10"],
    # The paper shows nothing for any of them.
    "complete-no-evidence": [
        *("S2 (2)", "S2 (4)", "S2 (5)", "S2 (6)", "S3 (1)", "S3 (5)", "S4 (2)", "S4 (3)", "S5 (1)", "S6 (2)"),
        *("S7 (2)", "S9 (2)", "S9 (3)", "S9 (5)", "LAC1 (3)", "LAC1 (4)", "LAC3 (2)", "LAC3 (5)"),
        *("LAC3 (10)", "LAC4 (2)", "LAC4 (5)", "LAC5 (1)"),
    ],
    # The update names a day between 14 September, when it was written, and the meeting.
    "promised-day-passed": [
        *(
            "S1 (11)",
            "S2 (3)",
            "S3 (2)",
            "S5 (2)",
            "S5 (3)",
            "S5 (4)",
            "S6 (1)",
            "S8 (3)",
            "S9 (4)",
            "S9 (6)",
        ),
        *("S10 (1)", "LAC1 (1)", "LAC2 (1)", "LAC2 (2)", "LAC3 (3)", "LAC3 (4)", "LAC3 (6)", "LAC3 (7)"),
        *("LAC5 (7)", "LAC7 (2)", "LAC11 (1)"),
    ],
    "sign-off-overdue": ["S8 (1)", "S2 (1)"],
    # Every update is 61 days old, so all 21 that begin with “On track”.
    "on-track-silent": [
        *("S2 (3)", "S3 (7)", "S6 (1)", "S7 (1)", "S9 (1)", "S9 (6)", "S9 (7)", "LAC1 (1)", "LAC2 (1)"),
        *("LAC2 (2)", "LAC3 (3)", "LAC3 (4)", "LAC3 (6)", "LAC3 (9)", "LAC4 (1)", "LAC5 (7)", "LAC6 (2)"),
        *("LAC6 (3)", "LAC7 (1)", "LAC7 (2)", "LAC7 (3)"),
    ],
    "never-updated": ["LAC7 (4)", "LAC7 (5)"],
    "no-date": ["S10 (4)", "LAC11 (1)"],
    # Published on 27 June 2012: only S8's open actions are all due by 27 September.
    "timescale": [
        *("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S9", "S10", "S11"),
        *("LAC1", "LAC2", "LAC3", "LAC4", "LAC5", "LAC6", "LAC7", "LAC8", "LAC9", "LAC10", "LAC11"),
    ],
    "one-post": ["SM QA", "DD TS", "QA Mgr.", "Des Nurse"],
    "one-day": ["31 December 2012", "27 September 2012"],
}


def sentence(plan: Plan, rule: str, subject: str) -> str:
    return next(
        question.sentence
        for question in challenge.of_plan(plan, on=ON).asked
        if (question.rule.slug, question.subject.key) == (rule, subject)
    )


def test_what_a_careful_reader_finds(harrow: Plan) -> None:
    found = challenge.of_plan(harrow, on=ON)

    assert {
        group.rule.slug: [question.subject.key for question in group.questions] for group in found.groups
    } == FOUND
    assert found.count == 128


def test_fifteen_on_track_whose_dates_have_passed(harrow: Plan) -> None:
    found = challenge.of_plan(harrow, on=ON)

    assert [len(group.questions) for group in found.groups if group.rule.slug == "on-track-overdue"] == [15]
    assert [len(FOUND[rule]) for rule in ("complete-work-to-come", "complete-no-evidence")] == [13, 22]


@pytest.mark.parametrize(
    ("rule", "subject", "words"),
    [
        (
            "same-words",
            "S7, LAC4",
            (
                "S7 and LAC4 ask for the same in the same words, with 5 actions word for word, yet S7 (4) is on hold "
                "and LAC4 (4) is in progress; S7 (5) is in progress and LAC4 (5) is complete: which is true?"
            ),
        ),
        (
            "same-words",
            "S11, LAC10",
            (
                "S11 and LAC10 share 2 actions word for word, yet S11 (3) and LAC10 (2) have different updates: "
                "which account holds?"
            ),
        ),
        (
            "same-words",
            "S1, LAC1",
            (
                "S1 and LAC1 share one action word for word, yet S1 (10) and LAC1 (5) have different updates: "
                "which account holds?"
            ),
        ),
        (
            "one-day",
            "31 December 2012",
            (
                "25 of the plan’s 101 actions are due on 31 December 2012: was that day worked out for each of them, "
                "or set for all?"
            ),
        ),
        (
            "one-day",
            "27 September 2012",
            (
                "19 of the plan’s 101 actions were due on 27 September 2012; 12 of them are still open: "
                "was that day worked out for each of them, or set for all?"
            ),
        ),
        (
            "one-post",
            "SM QA",
            (
                "SM QA (Service Manager, Quality Assurance) answers for 13 open actions, 4 of them overdue: "
                "can one post do all this, and who helps?"
            ),
        ),
        (
            "one-post",
            "QA Mgr.",
            (
                "QA Mgr. (Quality Assurance Manager) answers for 10 open actions, 7 of them overdue: "
                "can one post do all this, and who helps?"
            ),
        ),
        ("no-date", "LAC11 (1)", "LAC11 (1) is due “31.9.12”, which is no date: by when will it be done?"),
        (
            "timescale",
            "S10",
            (
                "S10 is to be met within 6 months, by 27 December 2012. 1 of its 4 open actions is due later, "
                "on 1 January 2013: who has agreed to that?"
            ),
        ),
        (
            "timescale",
            "LAC1",
            (
                "LAC1 is to be met immediately, which this plan takes as 28 days, by 25 July 2012. "
                "All 7 open actions are due later, the last on 1 April 2013: who has agreed to that?"
            ),
        ),
    ],
)
def test_as_a_chair_would_say_it(harrow: Plan, rule: str, subject: str, words: str) -> None:
    assert sentence(harrow, rule, subject) == words


# What stands in the plan itself, whatever is said of it.
PRINTED = {"same-words": 3, "no-date": 2, "timescale": 21, "one-day": 2}
SAID = {"complete-work-to-come": 13, "complete-no-evidence": 22}


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        # Nobody had said anything yet, so nothing was complete and Des Nurse answered for 11.
        (date(2012, 9, 13), {**PRINTED, "one-post": 3}),
        # The day after the updates; LAC3 (6) was due on this day.
        (date(2012, 9, 15), {**PRINTED, **SAID, "one-post": 2}),
        (date(2012, 9, 16), {**PRINTED, **SAID, "one-post": 2, "on-track-overdue": 1}),
    ],
)
def test_other_days(harrow: Plan, on: date, counts: dict[str, int]) -> None:
    found = challenge.of_plan(harrow, on=on)

    assert {group.rule.slug: len(group.questions) for group in found.groups} == counts
