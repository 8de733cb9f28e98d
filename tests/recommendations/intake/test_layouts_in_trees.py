"""Plans whose rows stand under each other, and rows that are no part of a plan, all invented."""

from recommendations.intake.rows import Kind
from tests.recommendations.intake.sources import figures, read, table


def test_numbers_that_make_a_tree_in_one_column():
    plan = read(
        table(
            ("Plan of a town, version 12", "", "", "", ""),
            ("Ref", "What we will do", "Who", "By", "Commentary"),
            ("1", "LEADERSHIP", "", "", ""),
            ("1.1", "Leaders know their services", "", "", ""),
            ("1.1.1", "Hold a clinic each month", "DCS", "31/1/12", "Complete"),
            ("1.1.2", "Visit every team", "AD", "31/5/12", ""),
            ("2", "HELP", "", "", ""),
            ("2.1", "Children are seen alone", "", "", ""),
            ("2.1.1", "Build a list of visits", "AD", "30/4/12", "Underway"),
        ),
        kind=Kind.EXCEL,
    )

    assert figures(plan) == [
        ("1.1", "1.1.1", "none", "DCS", "2012-01-31 day", "complete"),
        ("1.1", "1.1.2", "none", "AD", "2012-05-31 day", ""),
        ("2.1", "2.1.1", "none", "AD", "2012-04-30 day", "in-progress"),
    ]
    assert [(one.theme.value, one.text.value) for one in plan.recommendations] == [
        ("LEADERSHIP", "Leaders know their services"),
        ("HELP", "Children are seen alone"),
    ]


def test_an_action_with_a_lead_of_its_own_is_one_though_others_stand_under_it():
    plan = read(
        table(
            ("No", "Action", "Who", "By"),
            ("1", "Hold a clinic", "DCS", "31/1/12"),
            ("1.1", "Write its terms", "AD", "31/1/12"),
            before=("Recommendation 1: Know the services",),
        )
    )

    assert [figure[:2] for figure in figures(plan)] == [("1", "1"), ("1", "1.1")]


def test_totals_keys_and_notes_in_rows_of_their_own_are_kept_and_are_no_recommendations():
    plan = read(
        table(
            ("Objective", "Action", "Lead", "By when", "Status"),
            ("Plans are good", "Train staff", "PSW", "30/6/20", "C"),
            ("Total actions: 1", "", "", "", ""),
            ("Visits are made", "Write a rota", "AD", "30/6/20", "N"),
            ("C = complete; N = not started", "", "", "", ""),
            ("", "", "Seen by the board", "", ""),
        )
    )

    assert [(figure[0], figure[5]) for figure in figures(plan)] == [("R1", "complete"), ("R2", "not-started")]
    assert [one.text for one in plan.unplaced] == [
        "Total actions: 1",
        "C = complete; N = not started",
        "Seen by the board",
    ]


def test_words_alone_at_the_end_below_the_references_are_no_recommendation():
    plan = read(
        table(
            ("", "Ref", "Finding", "Action", "Lead", "By when"),
            ("", "F1", "Too many boards", "Map them", "PSW", "30/6/20"),
            ("", "", "", "", "", ""),
            ("", "Cabinet agreed on 6 December (minute 77)", "", "", "", ""),
        )
    )

    assert [one.reference.value for one in plan.recommendations] == ["F1"]
    assert [one.text for one in plan.unplaced] == ["Cabinet agreed on 6 December (minute 77)"]


def test_a_band_above_each_table():
    head = ("Recommendation", "Action", "Lead", "By when")
    plan = read(
        table(head, ("Plans are good", "Train staff", "PSW", "30/6/20"), before=("Immediate",)),
        table(head, ("Visits are made", "Write a rota", "AD", "30/6/20"), before=("Within three months",)),
    )

    assert [one.timescale.value for one in plan.recommendations] == ["immediate", "three-months"]


def test_a_rating_for_each_month_is_the_last_that_is_filled():
    plan = read(
        table(
            ("Recommendation", "Action", "Lead", "By when", "RAG Apr", "RAG May", "RAG Jun"),
            ("Plans are good", "Train staff", "PSW", "30/6/20", "R", "A", "G"),
            ("", "Audit plans", "PSW", "30/6/20", "", "", "R"),
            ("", "Buy forms", "PSW", "30/6/20", "A", "", ""),
        )
    )

    assert [figure[5] for figure in figures(plan)] == [
        "in-progress green",
        "in-progress red",
        "in-progress amber",
    ]
