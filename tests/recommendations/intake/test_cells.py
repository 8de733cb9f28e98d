"""Single cells: dates, numbers and dated entries as plans print them."""

from datetime import date

import pytest

from recommendations.intake.due_dates import read_due
from recommendations.intake.entries import entries_of
from recommendations.intake.numbers import clean_number, pieces_of, reference_first
from recommendations.intake.plan_read import Due, Sureness

CERTAIN, LIKELY, UNSURE = Sureness.CERTAIN, Sureness.LIKELY, Sureness.UNSURE
ON = date(2012, 11, 14)


@pytest.mark.parametrize(
    ("printed", "on", "precision", "sure"),
    [
        ("30.9.12", date(2012, 9, 30), "day", CERTAIN),
        ("27.9.12.", date(2012, 9, 27), "day", CERTAIN),
        ("31/10/12", date(2012, 10, 31), "day", CERTAIN),
        ("01/02/2027", date(2027, 2, 1), "day", CERTAIN),
        ("2027-02-01", date(2027, 2, 1), "day", CERTAIN),
        ("20270201", date(2027, 2, 1), "day", CERTAIN),
        ("Monthly from Jan 2024", None, "ongoing", LIKELY),
        ("Jan 2024 onwards", None, "ongoing", UNSURE),
        ("30 Sept 24 (was 30 June 24)", date(2024, 9, 30), "day", LIKELY),
        ("1st February 2027", date(2027, 2, 1), "day", CERTAIN),
        ("Friday 30 Sept 2012", date(2012, 9, 30), "day", CERTAIN),
        ("Sept 2012", date(2012, 9, 30), "month", CERTAIN),
        ("Sep-12", date(2012, 9, 30), "month", CERTAIN),
        ("By end of February 2024", date(2024, 2, 29), "month", CERTAIN),
        ("End Oct 03", date(2003, 10, 31), "month", CERTAIN),
        ("March2013", date(2013, 3, 31), "month", CERTAIN),
        ("09/2012", date(2012, 9, 30), "month", CERTAIN),
        ("Q2 2012/13", date(2012, 9, 30), "quarter", CERTAIN),
        ("Q4 2012-13", date(2013, 3, 31), "quarter", CERTAIN),
        ("2012/13 Q1", date(2012, 6, 30), "quarter", CERTAIN),
        ("Q2 2012", date(2012, 6, 30), "quarter", UNSURE),
        ("March 13", date(2013, 3, 31), "month", UNSURE),
        ("30/9/12 (revised from 31/7/12)", date(2012, 7, 31), "day", UNSURE),
        ("Report to board on 30/9/12", date(2012, 9, 30), "day", LIKELY),
        ("Ongoing", None, "ongoing", CERTAIN),
        ("On-going", None, "ongoing", CERTAIN),
        ("Ongoing to May 2013", None, "ongoing", CERTAIN),
        ("Monthly", None, "ongoing", LIKELY),
        ("TBC", None, "to-be-confirmed", CERTAIN),
        ("31.9.12", None, "to-be-confirmed", UNSURE),
        ("30 February 2013", None, "to-be-confirmed", UNSURE),
        ("12/31/12", None, "to-be-confirmed", UNSURE),
        ("From April 2024 and then monthly", None, "ongoing", LIKELY),
        ("From April 2024", None, "ongoing", UNSURE),
        ("From April 2024 to June 2024", date(2024, 6, 30), "month", UNSURE),
        ("Qtrly", None, "ongoing", LIKELY),
        ("Q4 23/24", date(2024, 3, 31), "quarter", CERTAIN),
        ("Mar-24", date(2024, 3, 31), "month", CERTAIN),
        ("Sept 23 - Mar 24", date(2024, 3, 31), "month", UNSURE),
        ("w/c 3 June 2024", date(2024, 6, 3), "day", UNSURE),
        ("Autumn 2023", date(2023, 11, 30), "month", UNSURE),
        ("Summer 24", date(2024, 8, 31), "month", UNSURE),
        ("Winter 2023/24", date(2024, 2, 29), "month", UNSURE),
        ("By end of Spring Term 2024", date(2024, 3, 31), "month", UNSURE),
        ("autumn term 2023/24", date(2023, 12, 31), "month", UNSURE),
        ("before Christmas 2023", date(2023, 12, 31), "month", UNSURE),
        ("end of financial year 2023/24", date(2024, 3, 31), "month", UNSURE),
        ("FY24/25", date(2025, 3, 31), "month", UNSURE),
        ("End of academic year 2023-24", date(2024, 7, 31), "month", UNSURE),
        ("2024", date(2024, 12, 31), "month", UNSURE),
        ("2023/24", date(2024, 3, 31), "month", UNSURE),
        ("2023/26", None, "to-be-confirmed", UNSURE),
        ("Once Year 11 have left", None, "to-be-confirmed", UNSURE),
        ("By 31 March", None, "to-be-confirmed", UNSURE),
        ("Spring term", None, "to-be-confirmed", UNSURE),
        ("As soon as possible", None, "to-be-confirmed", UNSURE),
        ("", None, "to-be-confirmed", LIKELY),
    ],
)
def test_due_dates(printed, on, precision, sure):
    due = read_due(printed)

    assert (due.value, due.sure) == (Due(on, precision, printed), sure)


def test_a_real_date_is_a_day_unless_it_is_shown_as_a_month():
    assert read_due("30/09/2012", date(2012, 9, 30)).value == Due(date(2012, 9, 30), "day", "30/09/2012")
    assert read_due("Sep-12", date(2012, 9, 1)).value == Due(date(2012, 9, 30), "month", "Sep-12")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("(1)", "1"),
        ("1.", "1"),
        ("1.1", "1.1"),
        ("(1a)", "1a"),
        ("a)", "a"),
        ("i)", "i"),
        ("(2 – 3)", "2-3"),
        ("Action 4:", "4"),
    ],
)
def test_numbers(printed, number):
    assert clean_number(printed) == number


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("(1) One\n(2) Two", [("1", "One"), ("2", "Two")]),
        ("(1) One (2) Two", [("1", "One"), ("2", "Two")]),
        ("1. One\n1.1 Within one\n2. Two", [("1", "One\n1.1 Within one"), ("2", "Two")]),
        ("1.1 One\n1.2 Two", [("1.1", "One"), ("1.2", "Two")]),
        ("a) One\nb) Two", [("a", "One"), ("b", "Two")]),
        (
            "a) 41 of 58. b) Agreed. c) Not started.",
            [("a", "41 of 58."), ("b", "Agreed."), ("c", "Not started.")],
        ),
        ("(1) One /\n(2) Two /\n(1-3) All", [("1", "One /"), ("2", "Two /"), ("1-3", "All")]),
        ("i) One\nii) Two\niii) Three", [("i", "One"), ("ii", "Two"), ("iii", "Three")]),
        ("(1) One\n(1a) More\n(2-3) Both", [("1", "One"), ("1a", "More"), ("2-3", "Both")]),
        ("(4) Follows completion of (1) and\n(2) above", [("4", "Follows completion of (1) and\n(2) above")]),
        ("2 chairs were in post. 30.9.12 was the day", [("", "2 chairs were in post. 30.9.12 was the day")]),
        ("30.9.12 A meeting", [("", "30.9.12 A meeting")]),
        ("(9) Being drafted", [("9", "Being drafted")]),
        ("1a Train staff\n1b Ask families", [("1a", "Train staff"), ("1b", "Ask families")]),
        ("2 Teams train", [("", "2 Teams train")]),
    ],
)
def test_pieces(cell, pieces):
    assert [(piece.number, piece.text) for piece in pieces_of(cell)] == pieces


def test_a_phase_marks_the_pieces_below_it():
    cell = "MUST DO\n(1) One\n(2) Two\nEMBEDDING\n(3) Three"

    assert [(piece.number, piece.phase) for piece in pieces_of(cell)] == [
        ("1", "must-do"),
        ("2", "must-do"),
        ("3", "embedding"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(S1) Ensure plans", ("S1", "Ensure plans")),
        ("LAC10: Reduce changes", ("LAC10", "Reduce changes")),
        ("3. Improve plans", ("3", "Improve plans")),
        ("AREA FOR PRIORITY ACTION 2: Reviews", ("2", "Reviews")),
        ("Requirement 1 – Visits", ("1", "Visits")),
        ("Recommendation 4: Improve plans", ("4", "Improve plans")),
        ("2 weeks after a visit", ("", "2 weeks after a visit")),
        ("Improve plans", ("", "Improve plans")),
    ],
)
def test_references(text, found):
    assert reference_first(text) == found


def test_entries_are_in_the_order_of_their_days():
    cell = "Update (July 2012): Second.\n12/06/12: First.\nUpdate (December 2012): still to come"

    assert [(entry.on, entry.text) for entry in entries_of(cell, ON)] == [
        (date(2012, 6, 12), "First.\nUpdate (December 2012): still to come"),
        (date(2012, 7, 31), "Second."),
    ]


@pytest.mark.parametrize("between", [" ", "\n"])
def test_days_that_end_their_entries(between):
    cell = f"Drafted. (17.04.12){between}COMPLETE: signed by all. (05.06.12)"

    assert [(entry.on, entry.text) for entry in entries_of(cell, ON)] == [
        (date(2012, 4, 17), "Drafted."),
        (date(2012, 6, 5), "COMPLETE: signed by all."),
    ]


def test_a_day_within_a_sentence_begins_no_entry():
    assert [(entry.on, entry.text) for entry in entries_of("The board met on 12/06/12 and agreed.", ON)] == [
        (None, "The board met on 12/06/12 and agreed.")
    ]
