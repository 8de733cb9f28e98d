"""Inspections, what they asked for and what the law asks for after them, as CSV, each as its page shows it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from improvement import clock, duties, grade_chart
from improvement.duties import Standing
from improvement.models import Duty, Framework, Inspection, Intervention
from improvement.pages import CouncilPage, council_page
from improvement.spreadsheet import Columns, day, list_file
from recommendations.models import Recommendation
from reports.council_exports import name_of

INSPECTIONS = Columns(
    shown=("inspection", "inspectorates", "started_on", "ended_on", "published_on"),
    more=("framework", "received_on", "received_note", "grades", "note"),
)
INTERVENTIONS = Columns(
    shown=("kind", "by", "issued_on", "issued", "after_inspection", "ended_on"),
    more=("expected", "expected_months", "report_every", "report_unit", "note"),
)
RECOMMENDED = Columns(
    shown=("reference", "recommendation", "raised_by", "addressed_to"),
    more=("plan", "theme", "timescale", "text", "outcome", "raised_on"),
)
CLOCK = Columns(
    shown=(
        "duty",
        "who",
        "within",
        "condition",
        "state",
        "counted_from",
        "counted_due_on",
        "due_on",
        "overridden_because",
        "met_on",
        "met_how",
        "source",
    ),
    more=("intervention", "round", "days_left", "days_late", "override_by", "met_by"),
)
FRAMEWORKS = Columns(
    shown=("framework", "kind", "inspectorates", "from_on", "until_on", "areas", "duties"),
    more=("address", "note"),
)
DUTIES = Columns(shown=("duty", "condition", "who", "by_when", "source"), more=("address", "counted_from"))


@require_safe
def inspections_csv(request: HttpRequest, council: str) -> HttpResponse:
    """One row per inspection that had begun by the day; grades and days that were not known then are empty."""
    page = council_page(request, council)
    begun = Inspection.objects.visible_to(page.user).filter(council=page.council).begun(on=page.day.on)
    inspections = list(begun.with_judgements())
    known = {inspection.pk for inspection in grade_chart.reported(inspections, on=page.day.on)}
    rows = (_inspection(one, page, grades=one.pk in known) for one in inspections)
    return list_file(request, name_of(page, "inspections"), INSPECTIONS, rows)


def _inspection(one: Inspection, page: CouncilPage, *, grades: bool) -> list[str]:
    by_then = [on if on and on <= page.day.on else None for on in (one.published_on, one.received_on)]
    judged = one.judgements.all() if grades else ()
    return [
        one.name,
        one.inspectorates,
        day(one.started_on),
        day(one.ended_on),
        day(by_then[0]),
        one.framework.name,
        day(by_then[1]),
        one.received_note if by_then[1] else "",
        "; ".join(f"{judgement.area}: {judgement.grade}" for judgement in judged),
        one.note,
    ]


@require_safe
def interventions_csv(request: HttpRequest, council: str) -> HttpResponse:
    page = council_page(request, council)
    on = page.day.on
    known = Intervention.objects.visible_to(page.user).filter(council=page.council).known(on=on)
    rows = (
        [
            one.get_kind_display(),
            one.by_whom,
            day(one.issued_on),
            one.issued_text,
            one.inspection.name if one.inspection else "",
            day(one.ended_on if one.ended_on and one.ended_on <= on else None),
            one.expected,
            str(one.expected_months or ""),
            str(one.report_every or ""),
            one.get_report_unit_display() if one.report_every else "",
            one.note,
        ]
        for one in known.select_related("inspection")
    )
    return list_file(request, name_of(page, "interventions"), INTERVENTIONS, rows)


@require_safe
def inspection_recommendations_csv(request: HttpRequest, council: str, inspection: str) -> HttpResponse:
    """One row per recommendation of an inspection that had been made by the day, whichever plan answers it."""
    page = council_page(request, council)
    shown = _load(page, inspection)
    raised = shown.recommendations.visible_to(page.user).raised_by(on=page.day.on).in_order()
    found = raised.select_related("plan", "theme").prefetch_related("organisations")
    return list_file(
        request, name_of(page, f"{shown.slug}-recommendations"), RECOMMENDED, map(_recommended, found)
    )


def _recommended(one: Recommendation) -> list[str]:
    return [
        one.reference,
        one.title,
        one.raised_by,
        "; ".join(organisation.name for organisation in one.organisations.all()),
        one.plan.name,
        one.theme.name,
        one.get_timescale_display(),
        one.text,
        one.outcome,
        day(one.raised_on),
    ]


def _load(page: CouncilPage, slug: str) -> Inspection:
    found = Inspection.objects.visible_to(page.user).filter(council=page.council)
    return get_object_or_404(found.begun(on=page.day.on).select_related("council", "framework"), slug=slug)


@require_safe
def clock_csv(request: HttpRequest, council: str, inspection: str) -> HttpResponse:
    """One row per duty after an inspection, as it stood on the day."""
    page = council_page(request, council)
    shown = _load(page, inspection)
    found = duties.clock_of(shown, on=page.day.on).standings
    return list_file(request, name_of(page, f"{shown.slug}-clock"), CLOCK, map(_standing, found))


def _standing(one: Standing) -> list[str]:
    duty, override, met = one.duty, one.override, one.met
    return [
        duty.name,
        duty.who,
        one.within,
        duty.condition,
        one.state.value,
        day(one.start),
        day(one.counted_due),
        day(one.due_on),
        override.reason if override else "",
        day(one.met_on),
        met.what if met else "",
        duty.source,
        one.intervention.get_kind_display() if one.intervention else "",
        str(one.occurrence) if one.intervention else "",
        str(one.days_left),
        str(one.days_late),
        str(override.by or override.source) if override else "",
        str(met.by or met.source) if met else "",
    ]


@require_safe
def frameworks_csv(request: HttpRequest) -> HttpResponse:
    """One row per framework, the newest first; they belong to no council."""
    shown: Iterable[Any] = Framework.objects.with_counts().order_by("-from_on", "slug")
    rows = (
        [
            one.name,
            one.get_kind_display(),
            one.inspectorates,
            day(one.from_on),
            day(one.until_on),
            str(one.area_count),
            str(one.duty_count),
            one.slug,
            one.note,
        ]
        for one in shown
    )
    return list_file(request, f"frameworks-{clock.today().isoformat()}", FRAMEWORKS, rows)


@require_safe
def duties_csv(request: HttpRequest, framework: str) -> HttpResponse:
    """One row per duty that a framework sets, in its order."""
    shown = get_object_or_404(Framework.objects.with_everything(), slug=framework)
    name = f"{shown.slug}-duties-{clock.today().isoformat()}"
    return list_file(request, name, DUTIES, map(_duty, shown.duties.all()))


def _duty(duty: Duty) -> list[str]:
    within = f"Within {duty.amount} {duty.get_unit_display()} of {duty.get_counted_from_display()}"
    return [
        duty.name,
        duty.condition,
        duty.who,
        "At the interval that the intervention sets" if duty.repeats else within,
        duty.source,
        duty.slug,
        duty.get_counted_from_display(),
    ]
