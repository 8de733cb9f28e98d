"""What a plan has no place for, told whole before it is told cell by cell."""

from recommendations.intake import left_out
from recommendations.intake.columns import propose
from recommendations.intake.left_out import LeftOut
from recommendations.intake.plan_read import NO_SUCH_COLUMN, NO_SUCH_TABLE
from recommendations.intake.rows import Kind
from recommendations.intake.seen import Beside
from tests.recommendations.intake.sources import plan_of, source, table

PLAN = table(
    ("Harrow", None, None, None),
    ("Recommendation", "Action", "Lead", "Cost code"),
    ("See children sooner", "Hold a meeting each week", "DCS", "X100"),
    ("See children sooner", "Write to every school", "DCS", "X200"),
    name="Plan",
)
SUMMARY = table(("Done", "Left"), ("1", "2"), name="Summary")


def test_a_column_and_a_table_are_told_once():
    whole = source(PLAN, SUMMARY, kind=Kind.EXCEL)
    read, beside = plan_of(whole), Beside(whole, propose(whole))

    told, alone = left_out.whole(read.unplaced, beside), left_out.alone(read.unplaced)

    assert told == (
        LeftOut("Summary", 4, NO_SUCH_TABLE),
        LeftOut("Plan, column D “Cost code”", 2, NO_SUCH_COLUMN),
    )
    assert [each.text for each in alone] == []


def test_a_csv_has_one_table_and_counts_its_columns():
    whole = source(PLAN, kind=Kind.CSV)

    told = left_out.whole(plan_of(whole).unplaced, Beside(whole, propose(whole)))

    assert told == (LeftOut("column 4 “Cost code”", 2, NO_SUCH_COLUMN),)
