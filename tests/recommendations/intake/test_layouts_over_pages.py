"""Plans that page breaks, sheets and repeated headings have cut up, all invented: each comes back whole."""

from recommendations.intake.columns import Meaning, propose
from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Cell, Kind
from tests.recommendations.intake.sources import ABOVE, LEFT, figures, read, source, table

HEAD = ("Priority", "Ref", "Action", "Lead", "Timescale", "Progress update", "RAG")


def test_a_number_and_a_priority_that_say_that_they_are_continued():
    plan = read(
        table(
            HEAD,
            ("Priority 1: Doors open in time", "P1a", "Write the rota", "AD", "29/02/24", "Complete", "G"),
            (ABOVE, "P1b", "Staff the desk, and where this is not", "AD", "30/04/24", "In progress", "A"),
            (ABOVE, "P1b (cont.)", "possible tell the manager.", "", "", "Two gaps in April.", ""),
            HEAD,
            ("Priority 1 (cont.)", "P1c", "Tell every school", "PSW", "30/06/24", "", "G"),
            ("Doors open in time (continued)", "P1d", "Tell every surgery", "PSW", "30/06/24", "", "G"),
        )
    )

    assert [(figure[0], figure[1]) for figure in figures(plan)] == [
        ("1", "P1a"),
        ("1", "P1b"),
        ("1", "P1c"),
        ("1", "P1d"),
    ]
    action = plan.recommendations[0].actions[1]
    assert action.text.value == "Staff the desk, and where this is not possible tell the manager."
    assert [one.value.narrative for one in action.standings] == ["In progress", "Two gaps in April."]


def test_sheets_under_the_same_headings_are_read_alike_and_named_by_the_row_above():
    head = ("#", "Action", "Owner", "Target date", "Progress", "RAG")
    plan = read(
        table(
            ("Recommendation 1 – Close the gap", LEFT, LEFT, LEFT, LEFT, LEFT),
            head,
            ("1", "Hold a meeting on every budget", "AD", "31/03/2024", "Closed", Cell(colour="#0070c0")),
            ("2", "Publish a policy for reserves", "AD", "30/06/2024", "Drafted", Cell(colour="#92d050")),
            ("3", "Read the programme line by line", "AD", "Q4 23/24", "", Cell(colour="#ff0000")),
            name="Money",
        ),
        table(
            ("Recommendation 2 – Ask better questions", LEFT, LEFT, LEFT, LEFT, LEFT),
            head,
            ("1", "Send the plan to the chairs", "MO", "", "", ""),
            ("2", "Train every new member", "MO", "", "", ""),
            name="Members",
        ),
        kind=Kind.EXCEL,
    )

    assert figures(plan) == [
        ("1", "1", "none", "AD", "2024-03-31 day", "complete blue"),
        ("1", "2", "none", "AD", "2024-06-30 day", "in-progress green"),
        ("1", "3", "none", "AD", "2024-03-31 quarter", "in-progress red"),
        ("2", "1", "none", "MO", "to-be-confirmed", ""),
        ("2", "2", "none", "MO", "to-be-confirmed", ""),
    ]
    assert [one.text.sure for one in plan.recommendations] == [Sureness.LIKELY, Sureness.LIKELY]
    # A colour that nobody says a word about is looked at.
    assert plan.recommendations[0].actions[2].standings[0].sure == Sureness.UNSURE


def test_a_number_beside_every_action_under_no_recommendation_is_the_number_of_the_action():
    given = table(
        ("#", "Action", "Owner", "Target date"),
        ("1", "Hold a meeting on every budget", "AD", "31/03/2024"),
        ("2", "Publish a policy for reserves", "AD", "30/06/2024"),
    )

    assert propose(source(given))[0].columns[0] == Meaning.NUMBER


def test_a_priority_above_the_headings_is_taken_before_a_label_that_stands_nearer():
    plan = read(
        table(
            ("Priority 2: Practice is good everywhere", LEFT, LEFT),
            ("Senior responsible officer: Director of Practice", LEFT, LEFT),
            ("Action", "Owner", "Target date"),
            ("Hold a meeting on every plan", "AD", "31/03/2024"),
            name="Two",
        ),
        kind=Kind.EXCEL,
    )

    assert [one.text.value for one in plan.recommendations] == ["Practice is good everywhere"]
    assert [one.text for one in plan.unplaced] == ["Senior responsible officer: Director of Practice"]


def test_a_row_with_more_cells_than_headings_is_looked_at():
    plan = read(
        table(
            ("Recommendation", "Action", "Lead", "By when"),
            ("Improve plans", "Train staff", "PSW", "30/6/20"),
            ("Improve plans", "Recruit workers", "two posts", "AD", "30/9/20"),
        ),
        kind=Kind.CSV,
    )

    assert [action.text.sure for action in plan.recommendations[0].actions] == [
        Sureness.CERTAIN,
        Sureness.UNSURE,
    ]


def test_leads_by_a_range_of_numbers_after_others():
    plan = read(
        table(
            ("Recommendation", "Action", "Lead", "By when"),
            (
                "Improve plans",
                "(1) Train\n(2) Audit\n(3) Report",
                "(1) PSW /\n(2) AD /\n(1-3) DCS",
                "30/6/20",
            ),
        )
    )

    assert [figure[3] for figure in figures(plan)] == ["PSW; DCS", "AD; DCS", "DCS"]
