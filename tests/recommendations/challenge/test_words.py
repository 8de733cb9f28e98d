"""What a careful reader hears in an update."""

import csv
from datetime import date
from pathlib import Path

import pytest

from recommendations.challenge import words

TO_COME = [
    "The safeguarding midwife chairs the meeting and will monitor who attends.",
    "A further meeting is planned for October.",
    "The board plans to meet again.",
    "The specification is currently being completed.",
    "Audits follow in due course.",
    "The electronic database is in development.",
    "A policy on this is under review.",
    "One drop-in is still to be arranged.",
    "Drop-in to be arranged with the early help worker.",
    "We are awaiting the board's decision.",
    "Sign-off is due on 20 September.",
    "Next steps: train all teams.",
    "It goes live once the licence has been bought.",
    "The bid has been sent.",
    "Further work with schools.",
    "The school has agreed to host it.",
    "Reviews in all teams are in hand.",
    "The strategy has yet to be written.",
]
DONE = [
    "",
    "Completed.",
    "Several agencies attend the meetings, review all women identified and aim to support them.",
    "Drafted and sent following discussion with the chair.",
    "The subgroup now receives updates on an ongoing basis.",
    "They met on 9 August 2012 to finish the pathways.",
    "It is agreed that the Designated Professionals quality assure every health assessment.",
    "Process agreed for all health assessments to be quality assured by Designated Professionals.",
    "Staff were told of the need for parents to be consulted.",
    "The protocol is being used in every team.",
    "All was delivered as planned.",
    "The role is to chair the panel.",
    "Teams meet once a week.",
    "No further work is needed.",
    "It went to all staff on the next day.",
    "The late start was due to illness.",
]


@pytest.mark.parametrize("text", TO_COME)
def test_work_to_come(text: str) -> None:
    assert words.work_to_come(text) == text


@pytest.mark.parametrize("text", DONE)
def test_no_work_to_come(text: str) -> None:
    assert words.work_to_come(text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An interim manager is in post. All know.", "An interim manager is in post."),
        ("All know. A secondment is in place.", "A secondment is in place."),
        ("The team works in the interior of the county.", ""),
    ],
)
def test_a_stopgap(text: str, found: str) -> None:
    assert words.stopgap(text) == found


def test_a_long_sentence_is_quoted_in_part() -> None:
    quoted = words.work_to_come(f"It will {'be long and ' * 40}end.")

    assert quoted.endswith(" …")
    assert len(quoted) <= words.LONGEST_QUOTE + 2


SAID = date(2012, 9, 14)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They are to meet on 3 October 2012.", date(2012, 10, 3)),
        ("Training session on 16th Oct.", date(2012, 10, 16)),
        ("Update at the meeting on 29/10/12.", date(2012, 10, 29)),
        ("Signed off by 20.09.2012.", date(2012, 9, 20)),
        ("Roll-out from October 2012.", date(2012, 10, 31)),
        ("It is to be covered in September 2012.", date(2012, 9, 30)),
        ("First on 20 September 2012, then on 27 October 2012.", date(2012, 10, 27)),
        ("On 20 September 2012. The rest by December 2012.", date(2012, 9, 20)),
        ("They meet on 2nd January.", None),
    ],
)
def test_a_day_that_was_still_to_come(text: str, day: date | None) -> None:
    promise = words.promise_passed(text, said_on=SAID, on=date(2012, 11, 14))

    assert (promise.day if promise else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They met on 11 September 2012.",
        "They met on 14 September 2012.",
        "They are to meet on 14 November 2012.",
        "Two managers were trained in September 2012.",
        "It was sent at the end of 2011.",
        "The plan prints 31.9.12 and 31 September 2012.",
        "Children aged 10 to 17 may come.",
    ],
)
def test_no_day_that_has_passed(text: str) -> None:
    assert words.promise_passed(text, said_on=SAID, on=date(2012, 11, 14)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Review the policy.", "review  the\npolicy", True),
        ("Review the policy", "Review the policies", False),
    ],
)
def test_the_same_words(one: str, other: str, same: bool) -> None:
    assert (words.same_words(one) == words.same_words(other)) is same


@pytest.mark.shared
def test_harrows_own_words_give_the_same_actions_as_ours(shared: Path) -> None:
    """The paper's completed updates, as printed; the fixtures hold them in words of ours."""
    with (shared / "data" / "harrow-plan.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["Progress Update"].startswith("Completed")]

    asked = [
        f"{row['Ref']} ({row['Action no.']})"
        for row in rows
        for said in [row["Progress Update"].removeprefix("Completed")]
        if words.work_to_come(said) or words.stopgap(said)
    ]

    assert len(rows) == 22
    assert asked == [
        *("S2 (5)", "S2 (6)", "S3 (1)", "S3 (5)", "S4 (2)", "S4 (3)", "S5 (1)", "S6 (2)", "S7 (2)"),
        *("LAC1 (3)", "LAC3 (5)", "LAC4 (2)", "LAC4 (5)"),
    ]
