"""What a board watches, as rows: every reading of the scorecard, every risk and every cost."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards import register as registers
from boards.models import Cost
from boards.register import Register, RiskStanding
from improvement.pages import plan_page
from improvement.spreadsheet import csv_file, file_name
from recommendations import measures
from recommendations.measures import Course
from recommendations.models import Measure, Reading

SCORECARD = (
    "measure",
    "kind",
    "unit",
    "better",
    "target",
    "tolerance",
    "recommendation",
    "asked",
    "whose",
    "on",
    "precision",
    "value",
    "source",
    "reading_note",
    "corrected_because",
    "measure_note",
)
REGISTER = (
    "what",
    "reference",
    "title",
    "description",
    "response",
    "funded",
    "likelihood_before",
    "impact_before",
    "likelihood_after",
    "impact_after",
    "assessed_on",
    "owner",
    "actions",
    "closed_on",
    "year",
    "amount_as_printed",
    "amount_in_pounds",
    "known_on",
    "note",
)


@require_safe
def scorecard_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per reading; a measure without any has one row, without a day."""
    page = plan_page(request, council, plan)
    courses = measures.of_plan(page.plan, on=page.day.on)
    rows = [row for course in courses for row in _course(course)]
    return csv_file(file_name(page, "scorecard"), SCORECARD, rows)


@require_safe
def risks_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per risk, then one per cost; the first column tells them apart."""
    page = plan_page(request, council, plan)
    register = registers.of_plan(page.plan, on=page.day.on, user=page.user)
    return csv_file(file_name(page, "risks"), REGISTER, list(_register(register)))


def _course(course: Course) -> list[list[str]]:
    """Its own readings, then what the same showed elsewhere; those that were corrected are left out."""
    return [_reading(course.measure, reading) for reading in (*course.readings, *course.elsewhere) or (None,)]


def _reading(measure: Measure, reading: Reading | None) -> list[str]:
    return [
        measure.name,
        measure.get_kind_display(),
        measure.unit,
        measure.get_better_display(),
        _number(measure.target),
        _number(measure.tolerance),
        measure.recommendation.reference if measure.recommendation else "",
        measure.asked,
        reading.get_whose_display() if reading else "",
        reading.on.isoformat() if reading else "",
        reading.precision if reading else "",
        _number(reading.value) if reading else "",
        reading.source if reading else "",
        reading.note if reading else "",
        reading.reason if reading else "",
        measure.note,
    ]


def _register(register: Register) -> Iterator[list[str]]:
    yield from (_risk(risk) for risk in (*register.risks, *register.closed))
    yield from (_cost(cost) for cost in register.costs)


def _risk(standing: RiskStanding) -> list[str]:
    risk, before, after = standing.risk, standing.before, standing.after
    scores = (before.likelihood, before.impact, after.likelihood, after.impact)
    return [
        "risk",
        risk.reference,
        risk.title,
        risk.description,
        risk.response,
        risk.get_funded_display(),
        *("" if score is None else str(score) for score in scores),
        standing.history[0].on.isoformat() if standing.is_scored else "",
        risk.owner.abbreviation if risk.owner else "",
        "; ".join(str(action) for action in standing.actions),
        risk.closed_on.isoformat() if standing.is_closed and risk.closed_on else "",
        "",
        risk.cost_text,
        "" if risk.cost is None else str(risk.cost),
        risk.raised_on.isoformat(),
        risk.note,
    ]


def _cost(cost: Cost) -> list[str]:
    return [
        "cost",
        "",
        cost.what,
        "",
        "",
        cost.funded_by,
        *[""] * 8,
        cost.year,
        cost.amount_text,
        "" if cost.amount is None else str(cost.amount),
        cost.stated_on.isoformat(),
        cost.note,
    ]


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
