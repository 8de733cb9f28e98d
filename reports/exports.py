"""A plan as rows: what was shown, in columns that a spreadsheet and the next import both understand."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from recommendations import assurance, progress
from recommendations.assurance import Proof, Tracked
from recommendations.evidence_forms import TrackerFilter
from recommendations.filters import ActionFilter
from recommendations.models import Step
from recommendations.progress import Standing
from recommendations.tables import ActionTable
from recommendations.views.actions import listed

COLUMNS = (
    "theme",
    "timescale",
    "ref",
    "recommendation",
    "outcome",
    "number",
    "phase",
    "leads",
    "action",
    "due_on",
    "due_text",
    "original_due_on",
    "times_moved",
    "days_slipped",
    "stage",
    "rating",
    "updated_on",
    "update",
)
EVIDENCE_COLUMNS = (
    "theme",
    "ref",
    "recommendation",
    "actions",
    "complete",
    *(proof.value for proof in Proof),
    *(f"{step.value}{what}" for step in Step for what in ("", "_on", "_evidence")),
    "gap",
)
UNKNOWN_FILTER = "One of the filters in this address is not known. Go back to the list and choose again."
# A spreadsheet would run a cell that begins so; with an apostrophe it is text.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows(standings: Iterable[Standing]) -> Iterator[list[str]]:
    """One row per action, in the order given; dates as 2012-11-14 or empty."""
    for standing in standings:
        action = standing.action
        recommendation = action.recommendation
        yield [
            recommendation.theme.name,
            recommendation.get_timescale_display(),
            recommendation.reference,
            recommendation.text,
            recommendation.outcome,
            action.number,
            "" if action.phase == "none" else action.get_phase_display(),
            "; ".join(lead.abbreviation for lead in standing.leads),
            standing.text,
            standing.due_on.isoformat() if standing.due_on else "",
            action.due_text,
            action.original_due_on.isoformat() if action.original_due_on else "",
            str(standing.moves),
            str(standing.days_slipped),
            standing.stage.label,
            standing.rating.word if standing.rating else "",
            standing.updated_on.isoformat() if standing.updated_on else "",
            standing.narrative,
        ]


def write_csv(standings: Iterable[Standing], file: Any) -> None:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in rows(standings):
        writer.writerow([as_text(cell) for cell in row])


def as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


@require_safe
def action_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The list of actions as CSV: the same filters, the same order, every page of it."""
    page = plan_page(request, council, plan)
    actions = ActionFilter(request.GET, queryset=listed(page), plan=page.plan, on=page.day.on)
    if not actions.form.is_valid():
        raise BadRequest(UNKNOWN_FILTER)
    response = _csv_response(f"{page.plan.slug}-{page.day.on.isoformat()}.csv")
    sorted_actions = ActionTable(actions.qs, order_by=request.GET.get("sort", "")).data.data
    write_csv(progress.standings(sorted_actions, on=page.day.on), response)
    return response


@require_safe
def evidence_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The evidence tracker as CSV: the same filters, the same order."""
    page = plan_page(request, council, plan)
    narrowed = TrackerFilter(request.GET, plan=page.plan)
    if not narrowed.is_valid():
        raise BadRequest(UNKNOWN_FILTER)
    tracker = assurance.track(page.plan, user=page.user, on=page.day.on, **narrowed.asked)
    response = _csv_response(f"{page.plan.slug}-evidence-{page.day.on.isoformat()}.csv")
    writer = csv.writer(response)
    writer.writerow(EVIDENCE_COLUMNS)
    for row in tracker.rows:
        writer.writerow([as_text(cell) for cell in _evidence_row(row)])
    return response


def _evidence_row(row: Tracked) -> list[str]:
    """One recommendation; a number or a day that there is none of is empty."""
    steps = [
        cell
        for standing in row.steps
        for cell in (
            standing.state.label,
            standing.review.on.isoformat() if standing.review else "",
            str(standing.evidence or ""),
        )
    ]
    return [
        row.recommendation.theme.name,
        row.recommendation.reference,
        row.recommendation.title,
        str(len(row.claims)),
        str(row.complete),
        *(str(row.count(proof)) for proof in Proof),
        *steps,
        " ".join(row.gap),
    ]


def _csv_response(name: str) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # The byte order mark lets Excel read £ and dashes.
    response.write("\ufeff")
    return response
