"""A report as of its day, ready to be shown: one set of frozen dataclasses for the web page and the PDF.

The narrative comes from the report's sections, every figure from `progress.py`. Nothing is worked out here.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from improvement.models import LeadOfficer, Plan, Rating, Theme
from recommendations import index_of_changes, progress, slippage, versions
from recommendations.models import Action, Phase, Recommendation
from recommendations.progress import Breakdown, Figures, Part, Standing
from recommendations.slippage import Slippage
from reports import charts, questions, text
from reports.models import Clearance, Report
from reports.questions import QuestionsForBoard

LONGEST = 5
SHORT, SHORT_LINES = 900, 12
# A colour that is not one is not used: it goes into a style sheet.
COLOUR = re.compile(r"^#[0-9a-f]{6}$")
PLAIN_COLOUR, UNRATED_COLOUR = "#1d4f76", "#ffffff"


@dataclass(frozen=True)
class Row:
    """A line of the block at the head of the report."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    heading: str
    body: SafeString


@dataclass(frozen=True)
class NumberedPart:
    """“Section 2 – Report” and what stands in it."""

    number: int
    heading: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class ActionRow:
    """An action as the appendix prints it."""

    standing: Standing
    leads: str
    due: str

    @property
    def is_short(self) -> bool:
        """Whether it fits on a page with certainty, so that no page needs to break inside it."""
        return _is_short(self.standing.text, self.standing.narrative)


@dataclass(frozen=True)
class PhaseRows:
    label: str
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True)
class RecommendationRows:
    reference: str
    title: str
    text: str
    outcome: str
    timescale: str
    organisations: str
    note: str
    phases: tuple[PhaseRows, ...]

    @property
    def is_short(self) -> bool:
        return _is_short(self.text, self.outcome)


@dataclass(frozen=True)
class ThemeRows:
    name: str
    actions: int
    recommendations: tuple[RecommendationRows, ...]


@dataclass(frozen=True)
class Progress:
    """How the plan stands, on one page."""

    figures: Figures
    themes: tuple[Part, ...]
    timescales: tuple[Part, ...]
    longest_overdue: tuple[ActionRow, ...]
    slippage: Slippage
    chart: charts.Chart


@dataclass(frozen=True)
class Appendix:
    plan_name: str
    plan: str
    themes: tuple[ThemeRows, ...]
    lead_officers: tuple[LeadOfficer, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class IndexRows:
    """A heading of the index of changes and the actions under it."""

    heading: str
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True)
class Document:
    """The whole report."""

    title: str
    council: str
    colour: str
    committee: str
    meeting_on: date
    on: date
    exempt: bool
    header: tuple[Row, ...]
    parts: tuple[NumberedPart, ...]
    clearances: tuple[Clearance, ...]
    contact: str
    background_papers: tuple[str, ...]
    progress: Progress
    questions: QuestionsForBoard
    ratings: tuple[Rating, ...]
    rating_note: str
    appendix: Appendix
    index: tuple[IndexRows, ...]

    @property
    def clearance_number(self) -> int:
        """Clearance and contact follow the narrative's last numbered section."""
        return max((part.number for part in self.parts), default=0) + 1

    @property
    def contact_number(self) -> int:
        return self.clearance_number + 1

    @property
    def name(self) -> str:
        """What a window, a file's title and a reader of the title alone need."""
        return f"{self.title}: {self.committee}, {_day(self.meeting_on)}"


def of(report: Report) -> Document:
    """The report as of its day, in a fixed number of queries. Take the report from `with_plan()`."""
    plan, on = report.plan, report.on
    ratings = progress.ratings_of(plan)
    parts = progress.break_down(plan, on=on)
    return Document(
        title=report.title,
        council=report.council.name,
        colour=report.council.colour if COLOUR.match(report.council.colour) else PLAIN_COLOUR,
        committee=report.committee,
        meeting_on=report.meeting_on,
        on=on,
        exempt=report.exempt,
        header=_header(report),
        parts=_parts(report),
        clearances=tuple(report.clearances.order_by("position", "pk")),
        contact=report.contact,
        background_papers=text.lines_of(report.background_papers),
        progress=_progress(report, parts),
        questions=questions.of(report),
        ratings=tuple(rating for rating in ratings if COLOUR.match(rating.colour)),
        rating_note=plan.rating_scale.note,
        appendix=_appendix(report, parts),
        index=_index(report),
    )


def _header(report: Report) -> tuple[Row, ...]:
    return (
        Row("Report for", (report.committee,)),
        Row("Date of meeting", (_day(report.meeting_on), *text.lines_of(report.meeting_note))),
        Row("Subject", (report.title,)),
        Row("Responsible officer", (report.responsible_officer,)),
        Row("Scrutiny lead member area", text.lines_of(report.scrutiny_lead_areas) or ("None",)),
        Row("Exempt", ("Yes" if report.exempt else "No",)),
        Row("Enclosures", text.lines_of(report.enclosures) or ("None",)),
    )


def _parts(report: Report) -> tuple[NumberedPart, ...]:
    sections: dict[tuple[int, str], list[Section]] = {}
    for section in report.sections.order_by("part", "position", "pk"):
        shown = Section(section.heading, text.as_html(section.body))
        sections.setdefault((section.part, section.part_heading), []).append(shown)
    return tuple(NumberedPart(number, heading, tuple(shown)) for (number, heading), shown in sections.items())


def _progress(report: Report, standing: Breakdown) -> Progress:
    longest = progress.longest_overdue(report.plan, on=report.on, at_most=LONGEST)
    return Progress(
        figures=standing.whole,
        themes=standing.themes,
        timescales=standing.timescales,
        longest_overdue=tuple(_row(action) for action in longest),
        slippage=slippage.of_plan(report.plan, on=report.on),
        chart=charts.of(standing.whole, standing.themes),
    )


def _appendix(report: Report, standing: Breakdown) -> Appendix:
    plan, on = report.plan, report.on
    rows: dict[int, dict[str, list[ActionRow]]] = defaultdict(lambda: defaultdict(list))
    officers: dict[str, LeadOfficer] = {}
    actions = Action.objects.for_plan(plan).as_of(on).in_plan_order().with_recommendation().with_leads()
    for row in progress.standings(actions, on=on):
        officers.update((officer.abbreviation, officer) for officer in row.leads)
        rows[row.action.recommendation_id][row.action.phase].append(_row(row))
    found = Recommendation.objects.for_plan(plan).raised_by(on=on).in_order()
    themes: dict[Theme, list[RecommendationRows]] = defaultdict(list)
    for recommendation in found.select_related("theme").prefetch_related("organisations"):
        themes[recommendation.theme].append(_recommendation(recommendation, rows[recommendation.pk]))
    counts = {part.key: part.figures.actions.count for part in standing.themes}
    return Appendix(
        plan_name=plan.name,
        plan=_provenance(plan, on),
        themes=tuple(
            ThemeRows(theme.name, counts.get(theme.slug, 0), tuple(recommendations))
            for theme, recommendations in themes.items()
        ),
        lead_officers=tuple(officers[abbreviation] for abbreviation in sorted(officers, key=str.casefold)),
        notes=text.lines_of(plan.notes),
    )


def _index(report: Report) -> tuple[IndexRows, ...]:
    """The headings that an action stands under; none where the plan has no index."""
    index = index_of_changes.of(report.plan, on=report.on)
    return tuple(
        IndexRows(str(heading.kind.label), tuple(_row(standing) for standing in heading.standings))
        for heading in index.headings
        if heading.standings
    )


def _recommendation(recommendation: Recommendation, rows: dict[str, list[ActionRow]]) -> RecommendationRows:
    phases = [Phase(phase) for phase in Phase.values if phase in rows]
    return RecommendationRows(
        reference=recommendation.reference,
        title=recommendation.title,
        text=recommendation.text,
        outcome=recommendation.outcome,
        timescale=recommendation.get_timescale_display(),
        organisations=", ".join(organisation.name for organisation in recommendation.organisations.all()),
        note=recommendation.note,
        phases=tuple(
            PhaseRows("" if phase == Phase.NONE else str(phase.label), tuple(rows[phase.value]))
            for phase in phases
        ),
    )


def _row(standing: Standing) -> ActionRow:
    return ActionRow(
        standing=standing,
        leads=" / ".join(officer.abbreviation for officer in standing.leads),
        due=_due(standing),
    )


def _due(standing: Standing) -> str:
    """When it is due: as the plan prints it, until the date is moved."""
    day = _day(standing.due_on) if standing.due_on else ""
    if standing.moves:
        return day
    return standing.action.due_text or day or standing.action.get_due_precision_display()


def _is_short(*texts: str) -> bool:
    return all(len(text) <= SHORT and text.count("\n") <= SHORT_LINES for text in texts)


def _provenance(plan: Plan, on: date) -> str:
    """Which plan it is, in which version, and who signed that off when."""
    agreed = versions.agreed(plan, on=on)
    if not agreed:
        return f"{plan.name}, draft"
    said = [f"{plan.name}, version {agreed[0].version.label}"]
    said += [f"Signed off: {signed.body}, {_day(signed.on)}" for signed in agreed[0].sign_offs]
    return ". ".join(said)


def _day(day: date) -> str:
    return date_format(day, "j F Y")
