"""What a board watches, as rows: every reading of the scorecard, every risk and every cost."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards import scorecard
from boards.models import Cost, Risk
from boards.scorecard import Register
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
    "recommendation",
    "asked",
    "on",
    "precision",
    "value",
    "source",
    "reading_note",
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
    register = scorecard.register_of(page.plan, on=page.day.on, user=page.user)
    return csv_file(file_name(page, "risks"), REGISTER, list(_register(register)))


def _course(course: Course) -> list[list[str]]:
    return [_reading(course.measure, reading) for reading in course.readings or (None,)]


def _reading(measure: Measure, reading: Reading | None) -> list[str]:
    return [
        measure.name,
        measure.get_kind_display(),
        measure.unit,
        measure.get_better_display(),
        _number(measure.target),
        measure.recommendation.reference if measure.recommendation else "",
        measure.asked,
        reading.on.isoformat() if reading else "",
        reading.precision if reading else "",
        _number(reading.value) if reading else "",
        reading.source if reading else "",
        reading.note if reading else "",
        measure.note,
    ]


def _register(register: Register) -> Iterator[list[str]]:
    yield from (_risk(risk) for risk in register.risks)
    yield from (_cost(cost) for cost in register.costs)


def _risk(risk: Risk) -> list[str]:
    scores = (risk.likelihood_before, risk.impact_before, risk.likelihood_after, risk.impact_after)
    return [
        "risk",
        risk.reference,
        risk.title,
        risk.description,
        risk.response,
        risk.get_funded_display(),
        *("" if score is None else str(score) for score in scores),
        *("", "", ""),
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
        *("", "", "", ""),
        cost.year,
        cost.amount_text,
        "" if cost.amount is None else str(cost.amount),
        cost.stated_on.isoformat(),
        cost.note,
    ]


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
