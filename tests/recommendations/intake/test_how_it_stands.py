"""What columns, colours, keys and words say together of how an action stands; nothing is guessed about completion."""

import pytest

from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Cell, Kind
from tests.recommendations.intake.sources import read, table

HEAD = ("Recommendation", "Action", "Lead", "By when", "Progress", "BRAG")
KEY = "This plan is read by a board. BRAG: B = complete and embedded, A = at risk, G = on track."


def stands(progress, rating, before=()):
    plan = read(
        table(HEAD, ("Improve plans", "Train staff", "PSW", "30/6/20", progress, rating), before=before)
    )
    (said,) = plan.recommendations[0].actions[0].standings
    return said.value.stage, said.value.rating, said.sure


@pytest.mark.parametrize(
    ("progress", "rating", "stood"),
    [
        ("Signed off on 12 March", "B", ("complete", "blue", Sureness.LIKELY)),
        # At risk is a rating; the words say how far it is.
        ("Not started", "A", ("not-started", "amber", Sureness.LIKELY)),
        ("Complete", "A", ("complete", "amber", Sureness.UNSURE)),
        ("Two teams are trained", "G", ("in-progress", "green", Sureness.LIKELY)),
    ],
)
def test_by_the_key_of_the_document(progress, rating, stood):
    assert stands(progress, rating, (KEY,)) == stood


@pytest.mark.parametrize(
    ("progress", "rating", "stood"),
    [
        ("Agreed on 12/01/12. Closed.", "B", ("complete", "blue", Sureness.LIKELY)),
        ("Signed off on 12 March", "B", ("complete", "blue", Sureness.LIKELY)),
        ("Sent to all", "B", ("complete", "blue", Sureness.UNSURE)),
        ("", "R", ("in-progress", "red", Sureness.UNSURE)),
        ("", Cell(colour="#ff0000"), ("in-progress", "red", Sureness.UNSURE)),
    ],
)
def test_without_a_key(progress, rating, stood):
    assert stands(progress, rating) == stood


def test_a_colour_that_the_key_explains():
    whole = [
        table(("Blue", "Completed"), ("Amber", "Some slippage"), ("Red", "Off track"), name="Key"),
        table(
            HEAD, ("Improve plans", "Train staff", "PSW", "30/6/20", "Sent to all", Cell(colour="#0070c0"))
        ),
    ]

    plan = read(*whole, kind=Kind.EXCEL)

    assert plan.recommendations[0].actions[0].standings[0].value.stage == "complete"


def test_the_key_in_the_heading_of_the_status():
    head = ("Recommendation", "Task", "Lead", "Deadline", "Status (1 – not started, 2 – started, 3 – done)")
    plan = read(
        table(
            head,
            ("Improve plans", "Train staff", "PSW", "30/6/20", "1"),
            ("", "Audit plans", "PSW", "30/6/20", "2"),
            ("", "Buy forms", "PSW", "30/6/20", "3"),
            ("", "Sell forms", "PSW", "30/6/20", "7"),
            ("Signed off by the board:", "", "", "", ""),
        )
    )

    said = [action.standings[0] for action in plan.recommendations[0].actions]
    assert [one.value.stage for one in said] == ["not-started", "in-progress", "complete", "not-started"]
    assert said[3].sure == Sureness.UNSURE
    assert (len(plan.recommendations), [one.text for one in plan.unplaced]) == (
        1,
        ["7", "Signed off by the board:"],
    )


def test_headings_of_a_database_and_a_column_that_asks_whether_it_is_closed():
    plan = read(
        table(
            (
                "ActionID",
                "CQC theme",
                "Recommendation",
                "Action",
                "LeadOfficer",
                "DueDate",
                "RAGStatus",
                "Closed?",
            ),
            ("A001", "Safety", "Improve plans", "Train staff", "PSW", "30/6/20", "G", "No"),
            ("A002", "Safety", "Improve plans", "Audit plans", "PSW", "30/6/20", "B", "Yes"),
        )
    )

    actions = plan.recommendations[0].actions
    assert plan.themes == ("Safety",)
    assert [action.number.value for action in actions] == ["A001", "A002"]
    assert [(one.standings[0].value.stage, one.standings[0].value.rating) for one in actions] == [
        ("in-progress", "green"),
        ("complete", "blue"),
    ]
