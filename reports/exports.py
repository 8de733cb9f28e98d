"""A plan's own lists as CSV: what was shown, in the order in which it was shown."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.narrowing import Narrowing
from improvement.pages import plan_page
from improvement.spreadsheet import Columns, day, file_name, list_file, number
from recommendations import assurance, progress
from recommendations.assurance import CLAIMED, Proof, Tracked
from recommendations.due_cells import DUE, due
from recommendations.evidence_forms import TrackerFilter
from recommendations.filters import ActionFilter, DueDateChangeFilter
from recommendations.models import Decision, DueDateChange, Step
from recommendations.progress import Standing
from recommendations.tables import ActionTable
from recommendations.views.actions import listed
from recommendations.views.due_dates import listed as listed_changes

COLUMNS = Columns(
    shown=("ref", "number", "action", "update", "leads", *DUE, "stage", "rating", "updated_on"),
    more=(
        "theme",
        "timescale",
        "recommendation",
        "outcome",
        "phase",
        "due_text",
        "original_due_on",
        "times_moved",
        "days_slipped",
        "expected_on",
        "completed_on",
    ),
)
DUE_DATES = Columns(
    shown=(
        "ref",
        "number",
        "recommendation",
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
    ),
    more=("decided_at", "recommendation_text", "first_due_on", "due_text"),
)
EVIDENCE = Columns(
    shown=(
        "theme",
        "ref",
        "recommendation",
        "evidence",
        "actions",
        "complete",
        *(proof.value for proof in Proof),
        *(f"{proof.value}_actions" for proof in CLAIMED),
        *(f"{step.value}{what}" for step in Step for what in ("", "_on", "_evidence")),
        "gap",
    ),
    more=("timescale", "text", "outcome", "raised_on", "not-complete_actions"),
)
UNKNOWN_FILTER = "One of the filters in this address is not known. Go back to the list and choose again."


def rows(standings: Iterable[Standing]) -> Iterator[list[str]]:
    """One row per action, in the order given; dates as 2012-11-14 or empty."""
    for standing in standings:
        action = standing.action
        recommendation = action.recommendation
        yield [
            recommendation.reference,
            action.number,
            standing.text,
            standing.narrative,
            "; ".join(lead.abbreviation for lead in standing.leads),
            *due(standing),
            standing.stage.label,
            standing.rating.word if standing.rating else "",
            day(standing.updated_on),
            recommendation.theme.name,
            recommendation.get_timescale_display(),
            recommendation.text,
            recommendation.outcome,
            "" if action.phase == "none" else action.get_phase_display(),
            action.due_text,
            day(action.original_due_on),
            str(standing.moves),
            str(standing.days_slipped),
            day(standing.forecast_on),
            day(standing.completed_on),
        ]


def require_known(narrowed: Narrowing) -> None:
    if not narrowed.form.is_valid():
        raise BadRequest(UNKNOWN_FILTER)


@require_safe
def action_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The list of actions as CSV: the same filters, the same order, every page of it; `columns=all` says more of each."""
    page = plan_page(request, council, plan)
    actions = ActionFilter(request.GET, queryset=listed(page), plan=page.plan, on=page.day.on)
    require_known(actions)
    sorted_actions = ActionTable(actions.qs, order_by=request.GET.get("sort", "")).data.data
    found = rows(progress.standings(sorted_actions, on=page.day.on))
    return list_file(request, file_name(page), COLUMNS, found)


@require_safe
def due_date_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The requests to move a due date, narrowed as the list is, every page of it."""
    page = plan_page(request, council, plan)
    on = page.day.on
    changes = DueDateChangeFilter(request.GET, queryset=listed_changes(page), plan=page.plan, on=on)
    require_known(changes)
    found = due_date_rows(changes.qs, on)
    return list_file(request, file_name(page, "due-date-changes"), DUE_DATES, found)


def due_date_rows(changes: Iterable[DueDateChange], on: date) -> Iterator[list[str]]:
    """One row per request as it stood on a day; `days` is empty where there was no date before."""
    for change in changes:
        action, decision = change.action, change.decision_on(on)
        decided_on = change.decided_on if decision != Decision.WAITING else None
        board = getattr(change, "board_decision", None) if decided_on else None
        yield [
            action.recommendation.reference,
            action.number,
            action.recommendation.title,
            day(change.old_on),
            day(change.new_on),
            number(change.days),
            change.reason,
            str(change.requested_by),
            day(change.requested_on),
            str(decision.label),
            str(change.decided_by) if decided_on else "",
            day(decided_on),
            change.decision_reason if decided_on else "",
            str(board.meeting) if board else "",
            action.recommendation.text,
            day(action.original_due_on),
            action.due_text,
        ]


@require_safe
def evidence_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The evidence tracker as CSV: the same filters, the same order."""
    page = plan_page(request, council, plan)
    narrowed = TrackerFilter(request.GET, plan=page.plan)
    if not narrowed.is_valid():
        raise BadRequest(UNKNOWN_FILTER)
    tracker = assurance.track(page.plan, user=page.user, on=page.day.on, **narrowed.asked)
    return list_file(request, file_name(page, "evidence"), EVIDENCE, map(_evidence_row, tracker.rows))


def _evidence_row(row: Tracked) -> list[str]:
    """One recommendation; a number or a day that there is none of is empty."""
    recommendation = row.recommendation
    numbers = {
        proof: "; ".join(claim.action.number for claim in row.claims if claim.proof == proof)
        for proof in Proof
    }
    steps = [
        cell
        for standing in row.steps
        for cell in (
            str(standing.state.label),
            day(standing.review.on if standing.review else None),
            str(standing.evidence or ""),
        )
    ]
    return [
        recommendation.theme.name,
        recommendation.reference,
        recommendation.title,
        str(row.evidence),
        str(len(row.claims)),
        str(row.complete),
        *(str(row.count(proof)) for proof in Proof),
        *(numbers[proof] for proof in CLAIMED),
        *steps,
        " ".join(row.gap),
        recommendation.get_timescale_display(),
        recommendation.text,
        recommendation.outcome,
        day(recommendation.raised_on),
        numbers[Proof.NOT_COMPLETE],
    ]
