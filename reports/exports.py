"""A plan as rows: what was shown, in columns that a spreadsheet and the next import both understand."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.spreadsheet import as_text
from recommendations import progress
from recommendations.filters import ActionFilter
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


@require_safe
def action_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The list of actions as CSV: the same filters, the same order, every page of it."""
    page = plan_page(request, council, plan)
    actions = ActionFilter(request.GET, queryset=listed(page), plan=page.plan, on=page.day.on)
    if not actions.form.is_valid():
        raise BadRequest(
            "One of the filters in this address is not known. Go back to the list and choose again."
        )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{page.plan.slug}-{page.day.on.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # The byte order mark lets Excel read £ and dashes.
    response.write("\ufeff")
    sorted_actions = ActionTable(actions.qs, order_by=request.GET.get("sort", "")).data.data
    write_csv(progress.standings(sorted_actions, on=page.day.on), response)
    return response
