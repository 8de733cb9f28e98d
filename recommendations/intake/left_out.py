"""What of a file has no place in a plan, told once for a whole column or table before it is told cell by cell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from recommendations.intake.plan_read import NO_SUCH_COLUMN, NO_SUCH_TABLE, OF_THE_POST, Unplaced
from recommendations.intake.rows import Kind
from recommendations.intake.seen import Beside

WHOLE_TABLE = -1
OF_COLUMNS = (NO_SUCH_COLUMN, OF_THE_POST)


@dataclass(frozen=True)
class LeftOut:
    """A column or a table of which nothing is in the plan: what it is called, its filled cells, and why."""

    name: str
    cells: int
    why: str


def whole(unplaced: Sequence[Unplaced], beside: Beside) -> tuple[LeftOut, ...]:
    """The columns and tables that are left out whole, those of most cells first: these may be left out by mistake."""
    counted = Counter((_whole(each), each.why) for each in unplaced if _whole(each))
    return tuple(
        LeftOut(_name(*where, beside), cells, why) for (where, why), cells in counted.most_common() if where
    )


def alone(unplaced: Sequence[Unplaced]) -> list[Unplaced]:
    """What is left out cell by cell."""
    return [each for each in unplaced if not _whole(each)]


def alone_first(unplaced: Sequence[Unplaced]) -> list[Unplaced]:
    """All that is left out; what goes with a whole column or table, and says nothing more, comes last."""
    return sorted(unplaced, key=lambda each: _whole(each) is not None)


def _whole(each: Unplaced) -> tuple[int, int] | None:
    """The table and the column that a cell is left out with."""
    if each.why == NO_SUCH_TABLE:
        return each.place.table, WHOLE_TABLE
    return (each.place.table, each.place.column) if each.why in OF_COLUMNS else None


def _name(table: int, column: int, beside: Beside) -> str:
    name = beside.source.tables[table].name
    if column == WHOLE_TABLE:
        return name
    several = len(beside.source.tables) > 1
    letter = get_column_letter(column + 1) if beside.source.kind == Kind.EXCEL else str(column + 1)
    heading = beside.heading(table, column)
    return (f"{name}, " if several else "") + f"column {letter}" + (f" “{heading}”" if heading else "")
