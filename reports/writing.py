"""How far a report is written: what each section waits for, how long it is, what it still lacks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.utils.safestring import SafeString

from improvement.models import User
from recommendations import progress
from reports import gaps, live_figures, plan_blocks, text
from reports.document import Counting
from reports.models import (
    Audience,
    Clearance,
    Enclosure,
    Readiness,
    Report,
    ReportRow,
    ReportSection,
    SectionSource,
)
from reports.paper import Paper, Part, of_plan
from reports.plan_blocks.asked import Asked
from reports.workflow.details import typed_rows

# Words a minute: how fast adults read English prose to themselves (Brysbaert 2019 finds 238), rounded down for papers.
READING_SPEED = 200
# Somebody who saved within this time is taken to be still at it.
STILL_WRITING = timedelta(minutes=3)
OF_THE_REPORT = (SectionSource.HEADLINE.value, SectionSource.ENCLOSURES.value, SectionSource.CLEARANCE.value)
TYPED = (
    SectionSource.TYPED.value,
    SectionSource.HEADING.value,
    SectionSource.RECOMMENDATIONS.value,
)


@dataclass(frozen=True)
class Line:
    """A section in the list of what is to be written, and who else is writing it now."""

    section: ReportSection
    writer: User | None

    @property
    def filled(self) -> str:
        return filled(self.section)

    @property
    def is_heading(self) -> bool:
        """Only a heading over those below it, with nothing to write."""
        return self.section.filled_from == SectionSource.HEADING and not self.section.body

    @property
    def length(self) -> str:
        return in_words(self.section.words)


@dataclass(frozen=True)
class Missing:
    """What a report cannot be published without: a section, rows of its head, or a clearance."""

    words: str
    section: ReportSection | None = None
    row: ReportRow | None = None


@dataclass(frozen=True)
class Standing:
    """A report as its authors see it."""

    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    rows: tuple[ReportRow, ...]
    enclosures: tuple[Enclosure, ...]
    clearances: tuple[Clearance, ...]

    @property
    def words(self) -> int:
        return sum(line.section.words for line in self.lines if not line.section.is_left_out)

    @property
    def length(self) -> str:
        """How long it is and how long it takes to read, in words."""
        return in_words(self.words)

    @property
    def to_write(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_heading)

    @property
    def done(self) -> int:
        return sum(line.section.readiness != Readiness.NOT_READY for line in self.to_write)


def of(report: Report, *, reader: User, at: datetime) -> Standing:
    """As the report stands at this moment, in a fixed number of queries."""
    sections = list(report.sections.select_related("edited_by").in_order())
    clearances = tuple(report.clearances.with_state().in_order())
    rows = tuple(typed_rows(report))
    return Standing(
        lines=tuple(Line(section, writer_of(section, reader=reader, at=at)) for section in sections),
        missing=tuple(_missing(gaps.of(report))),
        rows=rows,
        enclosures=tuple(report.enclosures.in_order()),
        clearances=clearances,
    )


def filled(section: ReportSection) -> str:
    """What stands in a section besides what its authors type, and that it follows the plan; empty where nothing does."""
    if section.filled_from in TYPED:
        return ""
    label = section.get_filled_from_display()
    source = "report" if section.filled_from in OF_THE_REPORT else "plan"
    return f"Filled from the {source}: {label[0].lower()}{label[1:]}."


def in_words(words: int) -> str:
    """How long something is and, from half a minute on, how long somebody reads it."""
    minutes = ceil(words / READING_SPEED)
    length = f"{words:,} word{'' if words == 1 else 's'}"
    if words < READING_SPEED / 2:
        return length
    return f"{length}, about {minutes} minute{'' if minutes == 1 else 's'} to read"


def writer_of(section: ReportSection, *, reader: User, at: datetime) -> User | None:
    """Who else is writing this section now, as far as their last saving tells."""
    if section.edited_at is None or section.edited_by_id == reader.pk:
        return None
    return section.edited_by if at - section.edited_at <= STILL_WRITING else None


@dataclass(frozen=True)
class Printed:
    """A section as the paper will print it, and the names between double brackets that are no figure of the plan."""

    number: str
    words: SafeString
    unknown: tuple[str, ...]


def as_printed(section: ReportSection, body: str) -> Printed:
    """A section's words with the numbers that its layout counts and the figures that the plan has."""
    report = section.report
    expanded = live_figures.expand(body, Asked(report.plan, report.on, report.since))
    unknown = live_figures.unknown_in(body, progress.ratings_of(report.plan))
    counting = Counting(report.layout)
    for each in report.sections.in_order():
        number = "" if each.is_left_out else counting.heading(each)
        if each.pk == section.pk:
            return Printed(number, text.as_html(expanded, counting.paragraphs(each)), unknown)
        counts = counting.paragraphs(each)
        if counts and each.body and not each.is_left_out:
            text.as_html(each.body, counts)  # for its numbers alone
    return Printed("", text.as_html(expanded), unknown)


def neighbours(section: ReportSection) -> dict[str, ReportSection | None]:
    """The sections before and after it that somebody writes, for going from one to the next."""
    sections = [
        each
        for each in section.report.sections.in_order()
        if each.pk == section.pk or each.filled_from != SectionSource.HEADING
    ]
    place = next(at for at, each in enumerate(sections) if each.pk == section.pk)
    after = sections[place + 1] if place + 1 < len(sections) else None
    return {"previous": sections[place - 1] if place else None, "following": after}


def plan_says(section: ReportSection) -> Paper | None:
    """What the plan puts into a section, as a paper of its own; None where it puts nothing."""
    source = plan_blocks.SECTIONS.get(section.filled_from)
    if source is None:
        return None
    report = section.report
    audience = Audience.EXEMPT if section.is_exempt or report.is_exempt else Audience.OPEN
    blocks = source(Asked(report.plan, report.on, report.since, audience))
    part = Part("filled", section.heading, blocks)
    return of_plan(report.plan, on=report.on, title=section.heading, parts=(part,))


def _missing(found: gaps.Gaps) -> Iterator[Missing]:
    for row in found.rows:
        yield Missing(f"{row.label}, at the head of the report", row=row)
    for section in found.sections:
        state = "is not marked as ready" if section.body else "is not written"
        yield Missing(f"{section.heading} {state}", section=section)
    for clearance in found.clearances:
        yield Missing(f"Clearance on behalf of the {clearance.post}")
