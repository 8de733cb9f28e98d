"""Forms with a block for each action, all invented: each becomes a table of rows, and that the plan that it is."""

import pytest

from recommendations.intake.forms import turned
from recommendations.intake.rows import Kind
from tests.recommendations.intake.sources import LEFT, figures, plan_of, read, source, table

EXPECTED = [
    ("1", "1", "none", "Ward Manager", "2024-03-29 day", "complete"),
    ("1", "2", "none", "PSW", "ongoing", "in-progress"),
    ("2", "1", "none", "PSW; AD", "2024-06-30 month", "not-started"),
]
ACTIONS = [
    (
        "Requirement 1 – Visits are made in time",
        "Set a calendar",
        "Ward Manager",
        "29.03.2024",
        "In place",
        "Complete",
    ),
    ("", "Visit twice a year", "PSW", "Ongoing", "41 of 60", "In progress"),
    ("Requirement 2 – The panel is sound", "Recruit a chair", "PSW / AD", "End June 2024", "", "Not started"),
]
LABELS = ("Action:", "Owner:", "By when:", "Progress:", "Status:")


def pairs(action):
    return list(zip(LABELS, action[1:], strict=True))


def a_table_for_each_action():
    return source(*(table(*pairs(action), before=[action[0]] if action[0] else []) for action in ACTIONS))


def one_long_table():
    rows = []
    for action in ACTIONS:
        rows += [(action[0], LEFT)] if action[0] else []
        rows += pairs(action)
    return source(table(*rows))


def pairs_beside_each_other():
    rows = []
    for title, *values in ACTIONS:
        rows += [(title, LEFT, LEFT, LEFT)] if title else []
        rows += [
            ("Action", values[0], LEFT, LEFT),
            ("Owner", values[1], "By when", values[2]),
            ("Progress", values[3], "Status", values[4]),
        ]
    return source(table(*rows), kind=Kind.EXCEL)


def labels_within_the_cells():
    return source(
        table(
            *(
                row
                for action in ACTIONS
                for row in [*[[action[0]]] * bool(action[0]), ["\n".join(map(" ".join, pairs(action)))]]
            )
        )
    )


def paragraphs_in_lines():
    lines = []
    for action in ACTIONS:
        lines += [action[0]] if action[0] else []
        lines.append(" | ".join(map(" ".join, pairs(action))))
    return source(after=["The plan of a town", *lines])


def paragraphs_for_each_label():
    lines = []
    for action in ACTIONS:
        lines += [action[0]] if action[0] else []
        lines += map(" ".join, pairs(action))
    return source(table(("Version", "2"), before=lines))


@pytest.mark.parametrize(
    "form",
    [
        a_table_for_each_action,
        one_long_table,
        pairs_beside_each_other,
        labels_within_the_cells,
        paragraphs_in_lines,
        paragraphs_for_each_label,
    ],
)
def test_a_form_is_the_plan_that_it_is(form):
    plan = plan_of(form())

    assert figures(plan) == EXPECTED
    assert [one.text.value for one in plan.recommendations] == [
        "Visits are made in time",
        "The panel is sound",
    ]
    assert [one.what for one in turned(form()).notices] == [
        "A form with a block for each action, read as a row for each"
    ]


def test_blocks_that_are_numbered_and_say_what_they_answer():
    plan = read(
        table(
            ("ACTION 1", ""),
            ("What we will do", "Write a charter"),
            ("Which weakness does it answer?", "Nobody is heard"),
            ("Who", "Lead for parents"),
            ("By", "31 May 2024"),
            ("Position now", "Finished"),
            ("Cost centre", "X1"),
            ("ACTION 2", ""),
            ("What we will do", "Sit on panels"),
            ("Which weakness does it answer?", "Nobody is heard"),
            ("Who", "AD"),
            ("By", "30 June 2024"),
            ("Position now", ""),
            ("Cost centre", "X2"),
            before=("Forms of a partnership",),
        )
    )

    assert figures(plan) == [
        ("R1", "1", "none", "Lead for parents", "2024-05-31 day", "complete"),
        ("R1", "2", "none", "AD", "2024-06-30 day", ""),
    ]
    assert [one.text for one in plan.unplaced] == ["X1", "X2"]


def test_other_tables_of_two_columns_stay_as_they_are():
    whole = source(
        table(("Action", "Lead"), ("Write a charter", "AD"), ("Sit on panels", "Lead for parents")),
        table(("Abbreviation", "Post"), ("AD", "Assistant Director")),
        table(("Plan owner", "AD"), ("Version", "2"), ("Status", "Draft")),
        after=("Note: see the action log.",),
    )

    assert turned(whole) is whole


def test_a_statement_without_tables_in_parts_with_numbered_areas():
    def action(number, what, who, when):
        return (f"Action {number}: {what}", f"Lead: {who}", f"Complete by: {when}", "Status: In progress")

    plan = plan_of(
        source(
            after=[
                "Joint area inspection: written statement of action",
                "Agreed by the partners in May.",
                "Part 1. The front door",
                "Area for improvement 1",
                "Health is not asked",
                "What will be different: Everybody is asked",
                *action("1.1", "Post a nurse", "Designated Nurse", "29 March 2012"),
                "Area for improvement 2",
                "Police tell of some children only",
                "What will be different: No child is missed",
                *action("2.1", "Rewrite the process", "Superintendent", "31 May 2012"),
                "Part 2. Reviews",
                "Area for improvement 3",
                "Minutes come late",
                "What will be different: All hold the plan",
                *action("3.1", "Pay a minute-taker", "Business Manager", "30 June 2012"),
                "Part 3. Governance",
                "The partners hear of it each quarter.",
            ]
        )
    )

    assert [
        (one.reference.value, one.theme.value, one.text.value, one.outcome.value)
        for one in plan.recommendations
    ] == [
        ("1", "Part 1. The front door", "Health is not asked", "Everybody is asked"),
        ("2", "Part 1. The front door", "Police tell of some children only", "No child is missed"),
        ("3", "Part 2. Reviews", "Minutes come late", "All hold the plan"),
    ]
    assert [figure[:2] for figure in figures(plan)] == [("1", "1.1"), ("2", "2.1"), ("3", "3.1")]
