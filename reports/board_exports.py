"""What a board watches, as rows: the readings of the scorecard, the risks with their scores, and the costs."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from boards import register as registers
from boards import scorecard as scorecards
from boards.models import Cost, Risk
from boards.register import Assessed, RiskStanding, Score
from boards.scorecard import Scorecard
from improvement.pages import plan_page
from improvement.spreadsheet import Columns, day, file_name, list_file, number
from recommendations.models import Measure, Reading

SCORECARD = Columns(
    shown=(
        "measure",
        "unit",
        "better",
        "target",
        "tolerance",
        "recommendation",
        "asked",
        "measure_note",
        "whose",
        "on",
        "precision",
        "value",
        "source",
        "reading_note",
        "corrected_because",
    ),
    more=("kind", "outcome"),
)
SCORES = ("likelihood_before", "impact_before", "likelihood_after", "impact_after")
RISKS = Columns(
    shown=(
        "reference",
        "title",
        "description",
        "response",
        "funded",
        "cost",
        "owner",
        *SCORES,
        "known_on",
        "actions",
        "note",
        "closed_on",
        "closed_because",
    ),
    more=("cost_in_pounds", "owner_title", "assessed_on", "why_scored_so"),
)
RISK_SCORES = Columns(
    shown=("on", *SCORES, "likelihood_times_impact", "why", "decided_at"), more=("risk", "risk_title")
)
COSTS = Columns(
    shown=("year", "what", "as_printed", "paid_from", "note"), more=("amount_in_pounds", "known_on")
)


@require_safe
def scorecard_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per reading, in the order of the page; a measure without any has one row, without a day."""
    page = plan_page(request, council, plan)
    found = scorecards.of_plan(page.plan, on=page.day.on)
    return list_file(request, file_name(page, "scorecard"), SCORECARD, _measures(found))


def _measures(scorecard: Scorecard) -> Iterator[list[str]]:
    """What children say, the latest first; then what is counted, the earliest first."""
    for course in scorecard.statements:
        for said in (course.latest, *course.earlier):
            yield _reading(course.measure, said)
    for counted in scorecard.numbers:
        for line in counted.lines or (None,):
            yield _reading(counted.course.measure, line.reading if line else None)


def _reading(measure: Measure, reading: Reading | None) -> list[str]:
    asks = measure.recommendation
    said = [""] * 7
    if reading:
        said = [
            str(reading.get_whose_display()),
            day(reading.on),
            reading.precision,
            number(reading.value),
            reading.source,
            reading.note,
            reading.reason,
        ]
    return [
        measure.name,
        measure.unit,
        measure.get_better_display(),
        number(measure.target),
        number(measure.tolerance),
        asks.reference if asks else "",
        measure.asked,
        measure.note,
        *said,
        measure.get_kind_display(),
        asks.outcome if asks else "",
    ]


@require_safe
def risks_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per risk as it stood on the day, those that were closed by then last."""
    page = plan_page(request, council, plan)
    register = registers.of_plan(page.plan, on=page.day.on, user=page.user)
    rows = map(_risk, (*register.risks, *register.closed))
    return list_file(request, file_name(page, "risks"), RISKS, rows)


def _risk(standing: RiskStanding) -> list[str]:
    risk, latest = standing.risk, standing.history[0]
    closed = standing.is_closed
    return [
        standing.name,
        risk.title,
        risk.description,
        risk.response,
        risk.get_funded_display(),
        risk.cost_text,
        risk.owner.abbreviation if risk.owner else "",
        *_scores(standing.before, standing.after),
        day(risk.raised_on),
        "; ".join(str(action) for action in standing.actions),
        risk.note,
        day(risk.closed_on if closed else None),
        risk.closed_because if closed else "",
        number(risk.cost),
        risk.owner.title if risk.owner else "",
        day(latest.on if standing.is_scored else None),
        latest.note,
    ]


@require_safe
def risk_scores_csv(request: HttpRequest, council: str, plan: str, risk: str) -> HttpResponse:
    """How one risk was scored, the latest first."""
    page = plan_page(request, council, plan)
    found = Risk.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=page.day.on)
    shown = get_object_or_404(found, slug=risk)
    (standing,) = registers.standings(found.filter(pk=shown.pk), on=page.day.on)
    rows = _history(standing) if standing.is_scored else ()
    return list_file(request, file_name(page, f"risk-{shown.slug}"), RISK_SCORES, rows)


def _history(standing: RiskStanding) -> Iterable[list[str]]:
    for line in standing.history:
        yield [
            day(line.on),
            *_scores(line.before, line.after),
            number(line.counts.size),
            line.note or "As it was raised",
            _decided_at(line),
            standing.name,
            standing.risk.title,
        ]


def _decided_at(line: Assessed) -> str:
    return str(line.decision.meeting) if line.decision else ""


def _scores(before: Score, after: Score) -> list[str]:
    return [number(one) for one in (before.likelihood, before.impact, after.likelihood, after.impact)]


@require_safe
def costs_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per cost or budget, by year; pounds only where the printed figure can be read in one way."""
    page = plan_page(request, council, plan)
    register = registers.of_plan(page.plan, on=page.day.on, user=page.user)
    rows = (_cost(cost) for year in register.years for cost in year.costs)
    return list_file(request, file_name(page, "costs"), COSTS, rows)


def _cost(cost: Cost) -> list[str]:
    return [
        cost.year,
        cost.what,
        cost.amount_text,
        cost.funded_by,
        cost.note,
        number(cost.amount),
        day(cost.stated_on),
    ]
