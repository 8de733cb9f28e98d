"""Plans whose recommendations stand above and between their rows, behind labels, or on a sheet of their own, all invented."""

from dataclasses import replace

import pytest

from recommendations.intake.label_rows import labelled
from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Kind
from recommendations.intake.understanding import MISSED
from tests.recommendations.intake.sources import ABOVE, LEFT, figures, read, table


def outcomes(plan):
    return [
        (one.reference.value, one.theme.value, one.text.value, one.outcome.value)
        for one in plan.recommendations
    ]


def test_a_table_for_each_recommendation_with_its_measure_above_the_headings():
    head = ("Ref", "What we will do", "Who", "Target", "Date completed", "Evidence and impact")
    plan = read(
        table(
            ("Success measure", "85% of assessments in time by March 2012", LEFT, LEFT, LEFT, LEFT),
            head,
            ("1.1", "Meet every day in the duty room", "HoS", "30 June 2012", "26/06/12", "Minutes."),
            ("1.2", "Recruit three social workers", "HoS", "September 2012", "", "Two in post."),
            before=("Doors", "Recommendation 1: Assess in time"),
        ),
        table(
            ("Success measure", "Every record is up to date", LEFT, LEFT, LEFT, LEFT),
            head,
            ("2.1", "Write a guide", "PSW", "29 May 2012", "05/06/12", "Guide in use."),
            before=("Recommendation 2: Keep records",),
        ),
    )

    assert outcomes(plan) == [
        ("1", "Doors", "Assess in time", "85% of assessments in time by March 2012"),
        ("2", "Doors", "Keep records", "Every record is up to date"),
    ]
    assert figures(plan) == [
        ("1", "1.1", "none", "HoS", "2012-06-30 day", "complete"),
        ("1", "1.2", "none", "HoS", "2012-09-30 month", "in-progress"),
        ("2", "2.1", "none", "PSW", "2012-05-29 day", "complete"),
    ]
    said = plan.recommendations[0].actions[0].standings[0]
    assert (said.how, said.sure) == ("Its column gives 26/06/12 as completed", Sureness.LIKELY)


def test_blocks_one_below_the_other_on_a_sheet():
    head = ("#", "Action", "Owner", "Date", "Status", "Comments")

    def block(reference, words, theme, *rows):
        return (
            ("Recommendation", f"{reference}  {words}", LEFT, LEFT, LEFT, LEFT),
            ("Outcome", f"{words} for good", LEFT, "Theme", theme, LEFT),
            ("Executive sponsor", "Director", "", "", "", ""),
            head,
            *rows,
            ("Overall assurance", "Seen by the Board on 1 October 2012", "", "", "", ""),
        )

    plan = read(
        table(
            ("Improvement plan", "", "", "", "", ""),
            *block("R1", "Practise well", "Quality", ("1", "Launch a framework", "PSW", "31/07/2012", "Complete", "")),
            *block("R2", "Keep records up to date", "Quality", ("1", "Protect time", "TM", "05/10/2012", "", "Begun")),
            *block("R3", "Find homes", "Care", ("1", "Recruit carers", "HoF", "31/03/2013", "Not started", "")),
        ),
        kind=Kind.EXCEL,
    )  # fmt: skip

    assert outcomes(plan) == [
        ("R1", "Quality", "Practise well", "Practise well for good"),
        ("R2", "Quality", "Keep records up to date", "Keep records up to date for good"),
        ("R3", "Care", "Find homes", "Find homes for good"),
    ]
    assert figures(plan) == [
        ("R1", "1", "none", "PSW", "2012-07-31 day", "complete"),
        ("R2", "1", "none", "TM", "2012-10-05 day", "in-progress"),
        ("R3", "1", "none", "HoF", "2013-03-31 day", "not-started"),
    ]
    kept = [one.text for one in plan.unplaced]
    assert kept.count("Executive sponsor") == kept.count("Overall assurance") == 3


def test_rows_over_the_whole_width_name_the_recommendation_and_its_outcome():
    def whole(text):
        return (text, LEFT, LEFT, LEFT, LEFT)

    plan = read(
        table(
            ("Ref", "Action / milestone", "Owner", "Due", "Status"),
            whole("Recommendation 1 – Hear children"),
            whole("Outcome: Children are heard"),
            ("1.1", "Commission a service", "CM", "31 Jan 2013", "In progress"),
            ("", "(a) Ask what is needed", "", "31 Aug 2012", "Done"),
            ("1.2", "Train everybody", "WL", "Mar 2013", "In progress"),
            whole("Recommendation 2 – Support carers"),
            whole("Outcome: Carers stay"),
            ("2.1", "Open a line", "FM", "31 Oct 2012", "Complete"),
        )
    )

    assert [(one[0], one[2], one[3]) for one in outcomes(plan)] == [
        ("1", "Hear children", "Children are heard"),
        ("2", "Support carers", "Carers stay"),
    ]
    assert [figure[:2] for figure in figures(plan)] == [("1", "1.1"), ("1", "a"), ("1", "1.2"), ("2", "2.1")]


@pytest.mark.parametrize(
    "row",
    [
        ("Recommendation", "Action", "", ""),
        ("Outcome", "Lead", "", ""),
        ("Begin", "Something", "", ""),
        ("1.1", "Write the policy", "", ""),
        ("Outcome", "", "", ""),
    ],
)
def test_headings_and_actions_are_no_labels(row):
    assert labelled(table(row).rows[0]) == ()


def test_a_banner_on_every_page_names_no_part_of_the_plan():
    banner = ("WHAT INSPECTORS ASKED FOR", LEFT, LEFT, LEFT)
    head = ("Recommendation", "Action", "By when", "Progress")
    plan = read(
        table(
            banner,
            head,
            ("SAFEGUARDING", LEFT, LEFT, LEFT),
            ("(S1) Plan before birth", "(1) Write the protocol", "30.9.12", "(1) Completed"),
        ),
        table(
            banner,
            head,
            ("", "(2) Review the protocol", "31.3.13", ""),
            ("CHILDREN IN CARE", LEFT, LEFT, LEFT),
            ("(C1) See a doctor in time", "(1) Agree the pathway", "9.8.12", "(1) Underway"),
        ),
    )

    assert [(figure[0], figure[1]) for figure in figures(plan)] == [("S1", "1"), ("S1", "2"), ("C1", "1")]
    assert plan.themes == ("SAFEGUARDING", "CHILDREN IN CARE")


def test_partners_sheets_answer_the_recommendations_of_the_cover():
    partner = ("Ref", "Our action", "Responsible officer", "By", "Ofsted recommendation")
    plan = read(
        table(
            ("Rec", "Recommendation", "Intended outcome"),
            ("1", "Share what is known", "Children are safe"),
            ("2", "Look after health", "Needs are met"),
            name="Cover",
        ),
        table(
            ("Rec", "Action no", "Action", "Lead", "Timescale", "Status"),
            ("1", "C1.1", "Sign the agreement", "DCS", "30 Sep 2012", "Completed"),
            ("2", "C2.1", "Ask for consent", "HoS", "31 Aug 2012", "Completed"),
            name="Council",
        ),
        table(
            ("Police", "", "", "", ""),
            partner,
            ("P1.1", "Send notifications in a day", "DCI", "31/10/2012", "1. Share what is known"),
            name="Police",
        ),
        table(("Rec", "Indicator", "Owner", "Target", "Q1"), ("1", "In a day", "DCI", "90%", "55%"), name="Measures"),
        kind=Kind.EXCEL,
    )  # fmt: skip

    assert outcomes(plan) == [
        ("1", "All recommendations", "Share what is known", "Children are safe"),
        ("2", "All recommendations", "Look after health", "Needs are met"),
    ]
    assert [figure[:2] for figure in figures(plan)] == [("1", "C1.1"), ("1", "P1.1"), ("2", "C2.1")]
    assert [notice.place for notice in plan.notices if notice.what in MISSED.values()] == []


def test_letters_number_recommendations_and_updates_name_several_actions():
    plan = read(
        table(
            ("Area for improvement", "Ref", "Action", "Lead", "By when", "Update"),
            ("A. Assess in time", "1", "Use one form", "SM", "30/09/12", "Completed"),
            (ABOVE, "2", "Train everybody", "SM", "41274", "(2-3) Half are trained."),
            (ABOVE, "3", "Audit each month", "QA", "31/12/12", ""),
            ("B. Supervise", "1", "Revise the policy", "PSW", "30/11/12", ""),
        )
    )

    assert [one.reference.value for one in plan.recommendations] == ["A", "B"]
    told = [[one.value.narrative for one in action.standings] for action in plan.recommendations[0].actions]
    assert told == [["Completed"], ["Half are trained."], ["Half are trained."]]
    due = plan.recommendations[0].actions[1].due
    assert (str(due.value.on), due.sure) == ("2012-12-31", Sureness.UNSURE)


def test_below_words_that_say_whose_they_are_each_column_has_its_own_heading():
    plan = read(
        table(
            ("What Ofsted said", LEFT, "What we will do", LEFT, LEFT, "How are we doing?"),
            ("Recommendation", "Outcome for children", "Ref", "Action", "By when", "Progress"),
            ("1.1 Audit closed cases", "I am safe", "1.1.1", "Find an auditor", "12.11.12", "Begun"),
        )
    )

    assert outcomes(plan)[0][2:] == ("Audit closed cases", "I am safe")


def test_a_table_of_labels_says_what_the_table_below_it_answers():
    head = ("No.", "What will we do?", "Who is responsible?", "By when?", "Status")
    plan = read(
        table(
            ("Area for priority action", "Leaders must reduce delays"),
            ("Intended outcome", "Nine of ten plans are in time"),
            name="Table 1",
            before=("Our plan", "Area for priority action APA1"),
        ),
        table(head, ("1.1", "Recruit coordinators", "HoS", "September 2012", "Completed"), name="Table 2"),
        table(
            ("Area for priority action", "Plans must be better"),
            ("Intended outcome", "Most plans are good"),
            name="Table 3",
            before=("Area for priority action APA2",),
        ),
        table(head, ("2.1", "Set a panel up", "QA", "July 2012", "Completed"), name="Table 4"),
    )

    assert [(one[0], one[2], one[3]) for one in outcomes(plan)] == [
        ("APA1", "Leaders must reduce delays", "Nine of ten plans are in time"),
        ("APA2", "Plans must be better", "Most plans are good"),
    ]
    assert [figure[:2] for figure in figures(plan)] == [("APA1", "1.1"), ("APA2", "2.1")]


def test_priority_and_outcome_in_paragraphs_above_each_table():
    head = ("Action", "Timescale", "Lead", "Progress")
    plan = read(
        table(
            head,
            ("1a. Extend the offer", "31 March 2013", "PTM", ""),
            before=("Youth plan", "Priority 1: Prevent harm", "Outcome: Fewer entrants"),
        ),
        table(
            head,
            ("2a. Publish a plan", "30 November 2012", "HoS", ""),
            before=("Priority 2: Be fair", "Outcome: The gap narrows"),
        ),
    )

    assert [(one[0], one[2], one[3]) for one in outcomes(plan)] == [
        ("1", "Prevent harm", "Fewer entrants"),
        ("2", "Be fair", "The gap narrows"),
    ]


def test_paragraphs_above_tables_whose_rows_name_recommendations_are_themes():
    head = ("Ref", "Action", "Lead", "End date")
    plan = read(
        *(
            table(
                head,
                (f"Area for improvement {at}: Be better at {words}", LEFT, LEFT, LEFT),
                (f"{at}.1", f"Train staff in {words}", "HoS", "31/12/2012"),
                name=f"Table {at}",
                before=(words.capitalize(),),
            )
            for at, words in enumerate(("helping", "caring"), start=1)
        )
    )

    assert [one[:3] for one in outcomes(plan)] == [
        ("1", "Helping", "Be better at helping"),
        ("2", "Caring", "Be better at caring"),
    ]


def test_a_letter_stands_above_the_actions_that_begin_with_it():
    plan = read(
        table(
            ("Ref", "What do we need to do?", "Lead", "Target date", "BRAG"),
            ("Strategic priority: Neglect", LEFT, LEFT, LEFT, LEFT),
            ("A", "Recognise neglect early", LEFT, LEFT, LEFT),
            ("A1", "Launch the toolkit", "BM", "30.09.12", "B"),
            ("A2", "Audit thirty cases", "QA", "30.10.12", "A"),
            ("B", "Give schools confidence", LEFT, LEFT, LEFT),
            ("B1", "Train every lead", "BM", "31.12.12", "G"),
        )
    )

    assert [one[:3] for one in outcomes(plan)] == [
        ("A", "Strategic priority: Neglect", "Recognise neglect early"),
        ("B", "Strategic priority: Neglect", "Give schools confidence"),
    ]
    assert [figure[:2] for figure in figures(plan)] == [("A", "A1"), ("A", "A2"), ("B", "B1")]


def test_one_column_of_recommendations_and_actions_and_another_of_next_steps():
    head = (
        "Ref",
        "Area for improvement / action",
        "Lead officer",
        "Supporting officer",
        "Deadline",
        "Progress",
    )
    plan = read(
        table(
            (*head, "Current status", "Next steps"),
            ("1", "Meet needs in time", "", "", "", "", "", ""),
            ("1.1", "Agree a framework", "ICB", "AD", "31/01/2013", "Considered", "Open - in progress", ""),
            ("1.2", "Recruit therapists", "SLT", "", "31/10/2012", "Two came", "Closed - complete", "Wait"),
        ),
        kind=Kind.EXCEL,
    )  # fmt: skip

    assert [(one[0], one[2]) for one in outcomes(plan)] == [("1", "Meet needs in time")]
    assert figures(plan) == [
        ("1", "1.1", "none", "ICB; AD", "2013-01-31 day", "in-progress"),
        ("1", "1.2", "none", "SLT", "2012-10-31 day", "complete"),
    ]
    assert "Wait" in [one.text for one in plan.unplaced]


def test_one_heading_over_a_recommendation_and_its_number():
    head = ("What was said?", LEFT, "What will we do?", "Who?", "When?")
    plan = read(
        table(
            head,
            ("4", "Plans are weak", "4a Review each plan", "HoS", "31 May 2012"),
            (ABOVE, ABOVE, "4b Coach the writers", "PSW", "30 June 2012"),
            ("5", "Few are asked", "5a Ask them all", "HoS", "31 July 2012"),
        )
    )

    assert [figure[:2] for figure in figures(plan)] == [("4", "4a"), ("4", "4b"), ("5", "5a")]
    assert [one.text.value for one in plan.recommendations] == ["Plans are weak", "Few are asked"]


def test_labels_above_a_row_that_is_empty_head_no_columns():
    sheet = table(
        ("Ofsted recommendation", "Keep social workers", "", "", "", ""),
        ("Outcome we want", "Fewer leave", "", "", "", ""),
        ("Senior officer", "Director", "", "", "", ""),
        ("", "", "", "", "", ""),
        ("Ref", "Action", "Lead officer", "Support", "Deadline", "Updated on"),
        ("1.1", "Offer a career", "HoW", "HR", "30/6/12", "3/7/12"),
        name="P1",
    )
    filled = tuple(row for row in sheet.rows if any(cell.text for cell in row.cells))

    plan = read(replace(sheet, rows=filled), kind=Kind.EXCEL)

    assert [(one.text.value, one.outcome.value) for one in plan.recommendations] == [
        ("Keep social workers", "Fewer leave")
    ]
    assert figures(plan) == [("1", "1.1", "none", "HoW; HR", "2012-06-30 day", "")]
