"""What a report still lacks before it can be published."""

from dataclasses import dataclass

from reports.models import Clearance, Report, ReportRow, ReportSection, RowSource


@dataclass(frozen=True)
class Gaps:
    """Sections that are not ready, rows at the head that are empty, clearances that were not given or do not hold."""

    sections: tuple[ReportSection, ...]
    rows: tuple[ReportRow, ...]
    clearances: tuple[Clearance, ...]

    def __bool__(self) -> bool:
        return bool(self.sections or self.rows or self.clearances)

    @property
    def count(self) -> int:
        return len(self.sections) + len(self.rows) + len(self.clearances)


def of(report: Report) -> Gaps:
    return Gaps(
        sections=tuple(report.sections.missing().in_order()),
        rows=tuple(row for row in report.rows.all() if _is_empty(row)),
        clearances=tuple(report.clearances.missing().in_order()),
    )


def _is_empty(row: ReportRow) -> bool:
    return row.required and row.filled_from == RowSource.TYPED and not row.text.strip()
