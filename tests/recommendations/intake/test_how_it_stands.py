"""Columns that say how an action stands: keys in their headings, letters, and whether it is closed."""

from recommendations.intake.plan_read import Sureness
from tests.recommendations.intake.sources import read, table


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
    assert [one.value.stage for one in said[:3]] == ["not-started", "in-progress", "complete"]
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
