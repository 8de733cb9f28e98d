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

from reports import data, live_figures, plan_blocks, text
from reports.models import (
    Appendices,
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
        """What gives each of its paragraphs a number; None where they bear none.

        Under a heading that has no number, 1.1 cannot be said: only one run through the paper goes on there.
        """
        if not section.numbers_paragraphs or self.how in (Numbering.NONE, Numbering.PARTS):
            return None
        return self._next_paragraph if self._section or self.how == Numbering.RUN else None

    def _next_paragraph(self) -> str:
        number = next(self._paragraphs)
        return f"{number}." if self.how == Numbering.RUN else f"{self._section}.{number}"


@dataclass(frozen=True)
class Pieces:
    """What a report is put together from."""

    rows: list[ReportRow]
    sections: list[ReportSection]
    enclosures: list[Enclosure]
    clearances: list[Clearance]


def of(report: Report, *, audience: Audience = Audience.OPEN) -> Paper:
    """The report as of its day, in a fixed number of queries. Take the report from `with_plan()`."""
    pieces = Pieces(
        rows=list(report.rows.all()),
        sections=list(report.sections.in_order()),
        enclosures=list(report.enclosures.in_order()),
        clearances=list(report.clearances.with_state().in_order()),
    )
    return _marked(put_together(report, pieces, audience=audience), report)


def put_together(report: Report, pieces: Pieces, *, audience: Audience = Audience.OPEN) -> Paper:
    """The paper of a report from its pieces, which need not be in the database: a sample's are not."""
    sections, enclosures = pieces.sections, pieces.enclosures
    kept_back = _kept_back(report, sections, enclosures)
    if audience == Audience.OPEN:
        sections = [section for section in sections if not section.is_exempt]
        enclosures = [enclosure for enclosure in enclosures if not enclosure.is_exempt]
    asked = Asked(report.plan, report.on, report.since, audience)
    known = Known(report, pieces.rows, enclosures, pieces.clearances, asked, kept_back)
    return Paper(
        title=report.title,
        council=report.council.name,
        colour=colour_of(report.council),
        occasion=known.occasion,
        plan_name=report.plan.name,
        on=report.on,
        audience=audience,
        exempt_paragraphs=kept_back if audience == Audience.EXEMPT else (),
        head=known.rows_in(Place.HEAD),
        head_heading=report.layout.head_heading,
        capitals=report.layout.capital_headings,
        cover=report.layout.has_cover,
        parts=(
            Part("report", report.title, tuple(_blocks(known, sections))),
            *_enclosed(known),
        ),
        ratings=ratings_of(report.plan),
        rating_note=report.plan.rating_scale.note,
    )


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


def name_of_appendix(layout: Layout, position: int) -> str:
    """What an enclosure is called by its place, from 0: Appendix A or Appendix 1."""
    return f"Appendix {position + 1 if layout.appendices == Appendices.NUMBERS else letter_of(position)}"


def _kept_back(report: Report, sections: list[ReportSection], enclosures: list[Enclosure]) -> tuple[str, ...]:
    """The paragraphs of Schedule 12A that its exempt matter falls under."""
    return tuple(sorted({each.exempt_paragraph for each in (report, *sections, *enclosures)} - {""}))


@dataclass(frozen=True)
class Known:
    """What is known of a report besides its sections."""

    report: Report
    rows: list[ReportRow]
    enclosures: list[Enclosure]
    clearances: list[Clearance]
    asked: Asked
    kept_back: tuple[str, ...]

    @property
    def occasion(self) -> str:
        """Whom it is for and when, with what must be said of the day unless a row says it."""
        report = self.report
        whole = f"Report for the {report.committee}, {day(report.meeting_on)}"
        said = any(row.filled_from == RowSource.MEETING_DAY for row in self.rows)
        return f"{whole}. {report.meeting_note}" if report.meeting_note and not said else whole

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
            RowSource.CLASSIFICATION.value: (self._classification,),
            RowSource.ENCLOSURES.value: self.names_of_enclosures,
        }
        typed = text.lines_of(live_figures.expand_plain(row.text, self.asked))
        lines = filled.get(row.filled_from, typed) or ("None",)
        return Row(row.label, lines, report.layout.capital_labels and row.place == Place.HEAD)

    @property
    def _classification(self) -> str:
        if self.asked.audience == Audience.OPEN:
            return "Open"
        return f"Exempt: paragraph{'s' if len(self.kept_back) > 1 else ''} {', '.join(self.kept_back)}"

    @property
    def names_of_enclosures(self) -> tuple[str, ...]:
        return tuple(
            f"{name_of_appendix(self.report.layout, at)}: {enclosure.title}"
            for at, enclosure in enumerate(self.enclosures)
        )


def _blocks(known: Known, sections: list[ReportSection]) -> Iterator[Block]:
    layout = known.report.layout
    counting = Counting(layout)
    shown = [section for section in sections if _is_shown(section, layout)]
    filled = {section.position: _filled(known, section) for section in shown}
    minute = next(
        (block for blocks in filled.values() for block in blocks if isinstance(block, Minute)), None
    )
    mains = depth = 0
    for section in shown:
        mains += section.level == 1
        # Where the heading above was left out, the one below it moves up: no level is skipped.
        depth = min(section.level, depth + 1)
        if minute and mains == 2 and section.level == 1:
            yield Teaser(minute.figures.headline)
        if section.filled_from != SectionSource.MINUTE:  # that page bears its own heading
            number, capitals = counting.heading(section), layout.capital_headings and section.level == 1
            yield Heading(section.heading, depth + 1, number, capitals=capitals)
        yield from _words(known, section, counting)
        yield from filled[section.position]


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


def _words(known: Known, section: ReportSection, counting: Counting) -> Iterator[Block]:
    """What its author typed, then the list of enclosures: all that bears the numbers of its paragraphs."""
    number = counting.paragraphs(section)
    if section.body:
        kind = "asked" if section.filled_from == SectionSource.RECOMMENDATIONS else ""
        body = live_figures.expand(section.body, known.asked)
        yield Words(text.as_html(body, number), kind)
    elif section.filled_from in (SectionSource.TYPED, SectionSource.RECOMMENDATIONS):
        yield Words(NOT_WRITTEN)
    if section.filled_from == SectionSource.ENCLOSURES:
        yield Words(text.lines_as_html(known.names_of_enclosures or ("None.",), number))


def _filled(known: Known, section: ReportSection) -> tuple[Block, ...]:
    """What is put into a section from the plan, or from what is known of the report."""
    if section.filled_from == SectionSource.CLEARANCE:
        return (Clearances(tuple(known.clearances)),)
    if section.filled_from == SectionSource.HEADLINE:
        return (Facts(known.rows_in(Place.HEADLINE)),)
    source = plan_blocks.SECTIONS.get(section.filled_from)
    return source(known.asked) if source else ()


def _enclosed(known: Known) -> Iterator[Part]:
    for at, (enclosure, title) in enumerate(zip(known.enclosures, known.names_of_enclosures, strict=True)):
        key = f"appendix-{letter_of(at).lower()}"
        if enclosure.kind == EnclosureKind.FILE:
            yield Uploaded(
                key, title, (), key_of_file=enclosure.file, sha256=enclosure.sha256, pages=enclosure.pages
            )
        elif enclosure.kind == EnclosureKind.TERMS:
            body = live_figures.expand(enclosure.body, known.asked)
            yield Part(key, title, (Words(text.as_html(body)),))
        else:
            yield Part(key, title, plan_blocks.ENCLOSURES[enclosure.kind](known.asked), landscape=True)


def is_cleared(clearance: Clearance) -> bool:
    """Whether it was given and still holds. Take the clearance from `with_state()`."""
    return bool(clearance.state == Happened.GIVEN)  # type: ignore[attr-defined]
