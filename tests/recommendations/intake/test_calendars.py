"""Columns for months: of a calendar in which work is marked, and of ratings from month to month."""

from datetime import date

import pytest

from recommendations.intake.calendars import month_of
from recommendations.intake.columns import Meaning, propose
from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Cell, Kind
from tests.recommendations.intake.sources import LEFT, figures, read, source, table

BAR = Cell(colour="#0070c0")
YEARS = ("", "", "", "2012", LEFT, "2013", LEFT)
MONTHS = ("Task", "Lead", "Position", "Nov", "Dec", "Jan", "Feb")


def test_an_action_is_due_by_the_last_month_in_which_it_is_marked():
    plan = read(
        table(
            YEARS,
            MONTHS,
            ("Map the offer", "EHM", "Done", BAR, "", "", ""),
            ("Publish the directory", "EHM", "Started", "", BAR, Cell("◆", colour="#0070c0"), ""),
            ("Train leaders", "L&D", "Not started", "", "x", "x", "x"),
            ("Meet", "L&D", "Not started", "", "", "", ""),
        ),
        kind=Kind.EXCEL,
    )

    assert [figure[4] for figure in figures(plan)] == [
        "2012-11-30 month",
        "2013-01-31 month",
        "2013-02-28 month",
        "to-be-confirmed",
    ]
    due = plan.recommendations[0].actions[1].due
    assert (due.how, due.sure) == ("Marked in the calendar up to January 2013", Sureness.LIKELY)
    assert len(due.places) == 2
    assert not [one for one in plan.notices if "by when" in one.what]


def test_a_day_of_its_own_says_more_than_the_calendar():
    head = ("Task", "Lead", "Due", "Nov 12", "Dec 12", "Jan 13")
    plan = read(table(head, ("Map the offer", "EHM", "1/3/2013", BAR, BAR, "")), kind=Kind.EXCEL)

    assert figures(plan)[0][4] == "2013-03-01 day"


@pytest.mark.parametrize(
    ("months", "latest"),
    [
        (("Jul-12", "Aug-12", "Sep-12"), "green"),
        (("November", "December", "January"), "green"),
        # Not in their order: nothing says which counts.
        (("Sep-12", "Aug-12", "Jul-12"), ""),
    ],
)
def test_of_ratings_from_month_to_month_the_last_counts(months, latest):
    plan = read(
        table(
            ("Action", "Owner", "Due", *months),
            ("Launch the toolkit", "PSW", "31.08.12", "R", "A", "G"),
            ("Return weak plans", "TM", "Ongoing", "A", "G", ""),
        )
    )

    said = [action.standings[-1].value.rating if action.standings else "" for action in plan.recommendations[0].actions]  # fmt: skip
    assert said == [latest, latest] if latest else "green" not in said[:1]


def test_a_rating_headed_so_counts_before_those_of_months():
    whole = source(
        table(
            ("Action", "Owner", "Due", "RAG", "Jul-12", "Aug-12"),
            ("Launch the toolkit", "PSW", "31.08.12", "G", "R", "A"),
        )
    )

    assert propose(whole)[0].columns[3:] == (Meaning.RATING, Meaning.KEPT, Meaning.KEPT)


@pytest.mark.parametrize(
    ("heading", "month"),
    [
        ("Jul 26", date(2026, 7, 31)),
        ("2026 Jul", date(2026, 7, 31)),
        ("February-2028", date(2028, 2, 29)),
        ("Jul", None),
        ("Update July 2026", None),
        ("May we", None),
    ],
)
def test_the_month_of_a_heading(heading, month):
    assert month_of(heading) == month
