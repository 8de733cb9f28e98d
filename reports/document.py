"""A committee report as a paper: its head, its sections in its council's numbering, its enclosures.

The narrative comes from its sections, every figure from `progress.py` by way of `plan_blocks`. What is exempt is left
out here, before anything is shown: of the open paper's parts none knows of it.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import ClassVar

from django.utils.safestring import SafeString

from reports import data, plan_blocks, text
from reports.models import (
    Audience,
    Clearance,
    Enclosure,
    EnclosureKind,
    Happened,
    Layout,
    Numbering,
    Place,
    PublishedFile,
    Report,
    ReportRow,
    ReportSection,
    RowSource,
    SectionSource,
)
from reports.paper import Block, Facts, Heading, Paper, Part, Row, Uploaded, Words, colour_of, day, ratings_of
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.minute import Minute, Teaser

NOT_WRITTEN = SafeString("<p><em>Not written yet.</em></p>")


@dataclass(frozen=True)
class Clearances(Block):
    """Who cleared the paper on whose behalf, and when. Posts only: no person is named."""

    template: ClassVar[str] = "reports/blocks/_clearances.html"
    clearances: tuple[Clearance, ...]


class Counting:
    """The numbers of a layout, given out in the order of the sections."""

    def __init__(self, layout: Layout) -> None:
        self.how = layout.numbering
        self._sections = count(layout.first_number)
        self._section = ""
        self._paragraphs = count(1)

    def heading(self, section: ReportSection) -> str:
        """What stands before its heading. A main heading begins a new count of paragraphs."""
        if section.level != 1:
            return ""
        self._section = str(next(self._sections)) if section.numbered else ""
        if self.how != Numbering.RUN:
            self._paragraphs = count(1)
        if not self._section:
            return ""
        return {
            Numbering.PARTS.value: f"Section {self._section} –",
            Numbering.HEADINGS.value: f"{self._section}.",
        }.get(self.how, "")

    def paragraphs(self, section: ReportSection) -> text.Number | None:
        """What gives each of its paragraphs a number; None where they bear none."""
        if not section.numbers_paragraphs or self.how in (Numbering.NONE, Numbering.PARTS):
            return None
        return self._next_paragraph

    def _next_paragraph(self) -> str:
        number = next(self._paragraphs)
        return f"{number}." if self.how == Numbering.RUN or not self._section else f"{self._section}.{number}"


def of(report: Report, *, audience: Audience = Audience.OPEN) -> Paper:
    """The report as of its day, in a fixed number of queries. Take the report from `with_plan()`."""
    sections = list(report.sections.in_order())
    enclosures = list(report.enclosures.in_order())
    kept_back = _kept_back(report, sections, enclosures)
    if audience == Audience.OPEN:
        sections = [section for section in sections if not section.is_exempt]
        enclosures = [enclosure for enclosure in enclosures if not enclosure.is_exempt]
    asked = Asked(report.plan, report.on, report.since, audience)
    known = Known(report, list(report.rows.all()), enclosures, asked)
    paper = Paper(
        title=report.title,
        council=report.council.name,
        colour=colour_of(report.council),
        occasion=f"Report for the {report.committee}, {day(report.meeting_on)}",
        plan_name=report.plan.name,
        on=report.on,
        audience=audience,
        exempt_paragraphs=kept_back if audience == Audience.EXEMPT else (),
        head=known.rows_in(Place.HEAD),
        head_heading=report.layout.head_heading,
        cover=report.layout.has_cover,
        parts=(
            Part("report", report.title, tuple(_blocks(known, sections))),
            *_enclosed(enclosures, asked),
        ),
        ratings=ratings_of(report.plan),
        rating_note=report.plan.rating_scale.note,
    )
    return _marked(paper, report)


def _marked(paper: Paper, report: Report) -> Paper:
    """A draft, unless it says just what was published last and still stands."""
    published = PublishedFile.objects.last_of(report, paper.audience)
    if published is None or published.content != data.fingerprint(paper):
        return replace(paper, draft=True)
    return replace(paper, edition=published.publication.edition)


def audiences_of(report: Report) -> tuple[Audience, ...]:
    """Which documents a report makes: the open one unless the whole is exempt, the exempt one where anything is."""
    if report.is_exempt:
        return (Audience.EXEMPT,)
    exempt = report.sections.exempt().exists() or report.enclosures.exempt().exists()
    return (Audience.OPEN, Audience.EXEMPT) if exempt else (Audience.OPEN,)


def letter_of(position: int) -> str:
    """A, B, and after Z: AA."""
    letters = string.ascii_uppercase
    return letters[position] if position < 26 else letters[position // 26 - 1] + letters[position % 26]


def _kept_back(report: Report, sections: list[ReportSection], enclosures: list[Enclosure]) -> tuple[str, ...]:
    """The paragraphs of Schedule 12A that its exempt matter falls under."""
    return tuple(sorted({each.exempt_paragraph for each in (report, *sections, *enclosures)} - {""}))


@dataclass(frozen=True)
class Known:
    """What is known of a report besides its sections."""

    report: Report
    rows: list[ReportRow]
    enclosures: list[Enclosure]
    asked: Asked

    def rows_in(self, place: Place) -> tuple[Row, ...]:
        return tuple(self._row(row) for row in self.rows if row.place == place)

    def _row(self, row: ReportRow) -> Row:
        report = self.report
        filled = {
            RowSource.COMMITTEE.value: (report.committee,),
            RowSource.MEETING_DAY.value: (day(report.meeting_on), *text.lines_of(report.meeting_note)),
            RowSource.TITLE.value: (report.title,),
            # Of this document: the open one must not say that there is another.
            RowSource.EXEMPT.value: ("Yes" if self.asked.audience == Audience.EXEMPT else "No",),
            RowSource.ENCLOSURES.value: _enclosure_names(self.enclosures),
        }
        return Row(row.label, filled.get(row.filled_from, text.lines_of(row.text)) or ("None",))


def _enclosure_names(enclosures: list[Enclosure]) -> tuple[str, ...]:
    return tuple(f"Appendix {letter_of(at)}: {enclosure.title}" for at, enclosure in enumerate(enclosures))


def _blocks(known: Known, sections: list[ReportSection]) -> Iterator[Block]:
    counting = Counting(known.report.layout)
    shown = [section for section in sections if _is_shown(section, known.report.layout)]
    filled = {section.pk: _filled(known, section) for section in shown}
    minute = next(
        (block for blocks in filled.values() for block in blocks if isinstance(block, Minute)), None
    )
    mains = 0
    for section in shown:
        mains += section.level == 1
        if minute and mains == 2 and section.level == 1:
            yield Teaser(minute.figures.headline)
        if section.filled_from != SectionSource.MINUTE:  # that page bears its own heading
            yield Heading(section.heading, section.level + 1, counting.heading(section))
        yield from _words(section, counting)
        yield from filled[section.pk]


def _is_shown(section: ReportSection, layout: Layout) -> bool:
    """What does not apply is left out, and what nobody needs to write and nobody wrote."""
    if section.is_left_out:
        return False
    if section.filled_from == SectionSource.CLEARANCE:
        return layout.prints_clearance
    return (
        bool(section.body)
        or section.required
        or section.filled_from not in (SectionSource.TYPED, SectionSource.RECOMMENDATIONS)
    )


def _words(section: ReportSection, counting: Counting) -> Iterator[Block]:
    if section.body:
        kind = "asked" if section.filled_from == SectionSource.RECOMMENDATIONS else ""
        yield Words(text.as_html(section.body, counting.paragraphs(section)), kind)
    elif section.filled_from in (SectionSource.TYPED, SectionSource.RECOMMENDATIONS):
        yield Words(NOT_WRITTEN)


def _filled(known: Known, section: ReportSection) -> tuple[Block, ...]:
    """What is put into a section from the plan, or from what is known of the report."""
    if section.filled_from == SectionSource.CLEARANCE:
        return (Clearances(tuple(known.report.clearances.with_state().in_order())),)
    if section.filled_from == SectionSource.ENCLOSURES:
        names = _enclosure_names(known.enclosures) or ("None.",)
        return (Words(text.as_html("\n\n".join(names))),)
    if section.filled_from == SectionSource.HEADLINE:
        return (Facts(known.rows_in(Place.HEADLINE)),)
    source = plan_blocks.SECTIONS.get(section.filled_from)
    return source(known.asked) if source else ()


def _enclosed(enclosures: list[Enclosure], asked: Asked) -> Iterator[Part]:
    for at, enclosure in enumerate(enclosures):
        key, title = f"appendix-{letter_of(at).lower()}", f"Appendix {letter_of(at)}: {enclosure.title}"
        if enclosure.kind == EnclosureKind.FILE:
            yield Uploaded(
                key, title, (), key_of_file=enclosure.file, sha256=enclosure.sha256, pages=enclosure.pages
            )
        elif enclosure.kind == EnclosureKind.TERMS:
            yield Part(key, title, (Words(text.as_html(enclosure.body)),))
        else:
            yield Part(key, title, plan_blocks.ENCLOSURES[enclosure.kind](asked), landscape=True)


def is_cleared(clearance: Clearance) -> bool:
    """Whether it was given and still holds. Take the clearance from `with_state()`."""
    return bool(clearance.state == Happened.GIVEN)  # type: ignore[attr-defined]
