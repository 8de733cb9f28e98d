"""A plan as rows: what was shown, in columns that a spreadsheet and the next import both understand."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.pages import PlanPage, plan_page
from recommendations import progress
from recommendations.filters import ActionFilter, DueDateChangeFilter, Narrowing
from recommendations.models import Decision, DueDateChange
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
    write_rows(COLUMNS, rows(standings), file)


def write_rows(columns: Sequence[str], lines: Iterable[Sequence[str]], file: Any) -> None:
    writer = csv.writer(file)
    writer.writerow(columns)
    for line in lines:
        writer.writerow([as_text(cell) for cell in line])


def csv_file(
    page: PlanPage, what: str, columns: Sequence[str], lines: Iterable[Sequence[str]]
) -> HttpResponse:
    """A list of a plan as a file to download, named for the plan, what it lists and the day."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = "-".join(part for part in (page.plan.slug, what, page.day.on.isoformat()) if part)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # The byte order mark lets Excel read £ and dashes.
    response.write("\ufeff")
    write_rows(columns, lines, response)
    return response


def require_known(narrowed: Narrowing) -> None:
    if not narrowed.form.is_valid():
        raise BadRequest(
            "One of the filters in this address is not known. Go back to the list and choose again."
        )


def as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RISKY) else cell


@require_safe
def action_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The list of actions as CSV: the same filters, the same order, every page of it."""
    page = plan_page(request, council, plan)
    actions = ActionFilter(request.GET, queryset=listed(page), plan=page.plan, on=page.day.on)
    require_known(actions)
    sorted_actions = ActionTable(actions.qs, order_by=request.GET.get("sort", "")).data.data
    return csv_file(page, "", COLUMNS, rows(progress.standings(sorted_actions, on=page.day.on)))


@require_safe
def due_date_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The requests to move a due date, narrowed as the list is, every page of it."""
    page = plan_page(request, council, plan)
    on = page.day.on
    changes = DueDateChangeFilter(request.GET, queryset=listed_changes(page), plan=page.plan, on=on)
    require_known(changes)
    return csv_file(page, "due-date-changes", DUE_DATE_COLUMNS, due_date_rows(changes.qs, on))


def due_date_rows(changes: Iterable[DueDateChange], on: date) -> Iterator[list[str]]:
    """One row per request as it stood on a day; `days` is empty where there was no date before."""
    for change in changes:
        decision = change.decision_on(on)
        decided_on = change.decided_on if decision != Decision.WAITING else None
        yield [
            change.action.recommendation.reference,
            change.action.number,
            change.old_on.isoformat() if change.old_on else "",
            change.new_on.isoformat(),
            str(change.days) if change.days is not None else "",
            change.reason,
            str(change.requested_by),
            change.requested_on.isoformat(),
            str(decision.label),
            str(change.decided_by) if decided_on else "",
            decided_on.isoformat() if decided_on else "",
            change.decision_reason if decided_on else "",
        ]
