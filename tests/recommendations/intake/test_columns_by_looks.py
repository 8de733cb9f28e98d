"""Columns whose headings say little: what their cells hold decides, and every guess is told."""

import pytest

from recommendations.intake.columns import Meaning, propose
from tests.recommendations.intake.sources import ABOVE, LEFT, figures, read, source, table


def meant(*rows):
    mapping = propose(source(table(*rows)))[0]
    return mapping.columns, mapping.guessed


@pytest.mark.parametrize(
    ("heads", "due"),
    [
        (("Start", "End"), 3),
        (("End date", "Start date"), 2),
        (("From", "To"), 3),
        (("Commencement", "Finish by"), 3),
    ],
)
def test_a_day_on_which_something_begins_is_never_when_it_is_due(heads, due):
    first, second = ("1/2/24", "29/2/24") if due == 3 else ("29/2/24", "1/2/24")
    columns, guessed = meant(
        ("Recommendation", "Action", *heads, "Lead"),
        ("Improve plans", "Train staff", first, second, "PSW"),
        ("Improve visits", "Write a rota", first, second, "PSW"),
    )

    assert (columns[due], columns[5 - due], guessed) == (Meaning.DUE, Meaning.KEPT, ())


def test_of_two_columns_of_days_that_nobody_heads_the_later_is_due():
    columns, guessed = meant(
        ("Recommendation", "Action", "One", "Other", "Lead"),
        ("Improve plans", "Train staff", "29/2/24", "1/2/24", "PSW"),
        ("Improve visits", "Write a rota", "31/3/24", "1/3/24", "PSW"),
    )

    assert (columns[2], columns[3], guessed) == (Meaning.DUE, Meaning.KEPT, (2,))


def test_below_one_heading_over_two_columns_the_second_line_says_which_is_due():
    plan = read(
        table(
            ("Recommendation", "Action", "Who", LEFT, "Timescales", LEFT),
            (ABOVE, ABOVE, "Accountable", "Doing it", "Start", "End"),
            ("Improve plans", "Train staff", "AD", "PSW", "1/2/24", "29/2/24"),
        )
    )

    assert figures(plan) == [("R1", "1", "none", "AD; PSW", "2024-02-29 day", "")]


def test_numbers_ratings_and_progress_under_unknown_headings_are_taken_and_told():
    plan = read(
        table(
            ("Recommendation", "Zig", "Action", "Lead", "By when", "Zag", "Zog"),
            ("Improve plans", "1.1", "Train staff", "PSW", "30/6/20", "Two sessions were held", "Amber"),
            ("", "1.2", "Audit plans", "PSW", "30/6/20", "The tool is being written", "Green"),
        )
    )

    assert figures(plan) == [
        ("1", "1.1", "none", "PSW", "2020-06-30 day", "in-progress amber"),
        ("1", "1.2", "none", "PSW", "2020-06-30 day", "in-progress green"),
    ]
    assert [(one.what, one.words) for one in plan.notices] == [
        ("Read as number by what it holds", "Zig"),
        ("Read as progress by what it holds", "Zag"),
        ("Read as rating by what it holds", "Zog"),
    ]


def test_a_strand_beside_each_action_is_what_it_answers_where_nothing_else_is():
    plan = read(
        table(
            ("Ref", "Action", "Lead", "By when", "Strand"),
            ("P1a", "Train staff", "PSW", "30/6/20", "Priority 1: Doors open in time"),
            ("P2a", "Audit plans", "PSW", "30/6/20", "Priority 2: Plans are good"),
            before=("The plan of a town",),
        )
    )

    assert [(one.reference.value, one.text.value) for one in plan.recommendations] == [
        ("1", "Doors open in time"),
        ("2", "Plans are good"),
    ]


def test_a_table_that_says_nowhere_by_when_is_told_of():
    plan = read(table(("Recommendation", "Action", "Lead"), ("Improve plans", "Train staff", "PSW")))

    assert [one.what for one in plan.notices] == [
        "No column was read as by when: every action is without a day"
    ]
