"""The plan in full, theme by theme."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from improvement.models import LeadOfficer, Plan, Theme
from recommendations import progress, versions
from recommendations.models import Action, Phase, Recommendation
from recommendations.progress import Figure, Standing
from reports import text
from reports.paper import Block, day
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.rows import ActionRow, is_short, row


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
        return is_short(self.text, self.outcome)


@dataclass(frozen=True)
class ThemeRows:
    name: str
    actions: int
    recommendations: tuple[RecommendationRows, ...]


@dataclass(frozen=True)
class WholePlan(Block):
    template: ClassVar[str] = "reports/blocks/_whole_plan.html"
    plan: str
    themes: tuple[ThemeRows, ...]
    lead_officers: tuple[LeadOfficer, ...]
    ratings: tuple[Figure, ...]
    notes: tuple[str, ...]

    def pieces(self) -> tuple[Block, ...]:
        """The keys, then each theme: a large plan is never in memory as a whole."""
        return (replace(self, themes=()), *(PlanTheme(theme) for theme in self.themes))


@dataclass(frozen=True)
class PlanTheme(Block):
    """One theme of the plan in full; it begins a page."""

    template: ClassVar[str] = "reports/blocks/_plan_theme.html"
    theme: ThemeRows


def of(asked: Asked) -> tuple[Block, ...]:
    plan, on = asked.plan, asked.on
    actions = Action.objects.for_plan(plan).as_of(on).in_plan_order().with_recommendation().with_leads()
    standings = list(progress.standings(actions, on=on))
    parts = progress.break_down(plan, on=on)
    counts = {part.key: part.figures.actions.count for part in parts.themes}
    return (
        WholePlan(
            plan=provenance(plan, on),
            themes=tuple(
                ThemeRows(theme.name, counts.get(theme.slug, 0), recommendations)
                for theme, recommendations in _themes(plan, on, standings)
            ),
            lead_officers=_officers(standings),
            ratings=parts.whole.ratings,
            notes=text.lines_of(plan.notes),
        ),
    )


def provenance(plan: Plan, on: date) -> str:
    """Which plan it is, in which version, and who signed that off when."""
    agreed = versions.agreed(plan, on=on)
    if not agreed:
        return f"{plan.name}, draft"
    said = [f"{plan.name}, version {agreed[0].version.label}"]
    said += [f"Signed off: {signed.body}, {day(signed.on)}" for signed in agreed[0].sign_offs]
    return ". ".join(said)


def _themes(
    plan: Plan, on: date, standings: Iterable[Standing]
) -> Iterable[tuple[Theme, tuple[RecommendationRows, ...]]]:
    rows: dict[int, dict[str, list[ActionRow]]] = defaultdict(lambda: defaultdict(list))
    for standing in standings:
        rows[standing.action.recommendation_id][standing.action.phase].append(row(standing))
    found = Recommendation.objects.for_plan(plan).raised_by(on=on).in_order()
    themes: dict[Theme, list[RecommendationRows]] = defaultdict(list)
    for recommendation in found.select_related("theme").prefetch_related("organisations"):
        themes[recommendation.theme].append(_recommendation(recommendation, rows[recommendation.pk]))
    return ((theme, tuple(recommendations)) for theme, recommendations in themes.items())


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


def _officers(standings: Iterable[Standing]) -> tuple[LeadOfficer, ...]:
    officers = {officer.abbreviation: officer for standing in standings for officer in standing.leads}
    return tuple(officers[abbreviation] for abbreviation in sorted(officers, key=str.casefold))
