"""A plan as rows: what was shown, in columns that a spreadsheet and the next import both understand."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.spreadsheet import csv_file, file_name, write_rows
from recommendations import progress
from recommendations.filters import ActionFilter, DueDateChangeFilter
from recommendations.models import Decision
from recommendations.progress import Standing
from recommendations.tables import ActionTable
from recommendations.views.actions import listed
from recommendations.views.due_dates import listed as listed_changes

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
DUE_DATE_COLUMNS = (
    "ref",
    "number",
    "from",
    "to",
    "days",
    "reason",
    "asked_for_by",
    "asked_for_on",
    "decision",
    "decided_by",
    "decided_on",
    "decision_reason",
)


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
    write_rows(COLUMNS, rows(standings), file)


@require_safe
def action_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The list of actions as CSV: the same filters, the same order, every page of it."""
    page = plan_page(request, council, plan)
    actions = ActionFilter(request.GET, queryset=listed(page), plan=page.plan, on=page.day.on)
    if not actions.form.is_valid():
        raise BadRequest(
            "One of the filters in this address is not known. Go back to the list and choose again."
        )
    sorted_actions = ActionTable(actions.qs, order_by=request.GET.get("sort", "")).data.data
    return csv_file(file_name(page), COLUMNS, rows(progress.standings(sorted_actions, on=page.day.on)))


@require_safe
def due_date_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The requests to move a due date, narrowed as the list is, every page of it."""
    page = plan_page(request, council, plan)
    on = page.day.on
    changes = DueDateChangeFilter(request.GET, queryset=listed_changes(page), plan=page.plan, on=on)
    lines = []
    for change in changes.qs:
        decision = change.decision_on(on)
        decided = decision != Decision.WAITING
        lines.append(
            [
                change.action.recommendation.reference,
                change.action.number,
                change.old_on.isoformat() if change.old_on else "",
                change.new_on.isoformat(),
                str(change.days) if change.days is not None else "",
                change.reason,
                str(change.requested_by),
                change.requested_on.isoformat(),
                str(decision.label),
                str(change.decided_by) if decided else "",
                change.decided_on.isoformat() if decided and change.decided_on else "",
                change.decision_reason if decided else "",
            ]
        )
    return csv_file(file_name(page, "due-date-changes"), DUE_DATE_COLUMNS, lines)
