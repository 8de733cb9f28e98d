"""An update round as rows: every action that was asked after, and what was answered."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards import rounds
from boards.models import Round
from boards.round_views import load_round
from boards.rounds import Answer, Kind, Tally
from improvement.pages import plan_page
from improvement.spreadsheet import Columns, day, file_name, list_file
from recommendations.due_cells import DUE, due

COLUMNS = Columns(
    shown=(
        "ref",
        "number",
        "action",
        "leads",
        "stage",
        "rating",
        "updated_on",
        "answer",
        "answered_on",
        "answered_by",
        "late",
        "reason",
        "no_change_since_last_update",
    ),
    more=("organisations", "update", *DUE),
)
ROUNDS = Columns(
    shown=("for", "meeting_on", "answered", "asked", "opened_on", "answers_by", "closed_on"),
    more=("round", "opened_by", "closed_by"),
)


@require_safe
def rounds_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per round that had been opened by the day, the latest first."""
    page = plan_page(request, council, plan)
    known = Round.objects.visible_to(page.user).for_plan(page.plan).opened_by(on=page.day.on)
    asked = list(known.with_people().select_related("plan"))
    tallies = rounds.tallies_of(asked, page.user, on=page.day.on)
    rows = (_round(one, tally, page.day.on) for one, tally in zip(asked, tallies, strict=True))
    return list_file(request, file_name(page, "rounds"), ROUNDS, rows)


def _round(asked: Round, tally: Tally, on: date) -> list[str]:
    closed = None if asked.is_open(on) else asked.closed_on
    return [
        asked.label,
        day(asked.for_meeting_on),
        str(tally.answered),
        str(tally.asked),
        day(asked.opened_on),
        day(asked.cut_off_on),
        day(closed),
        str(asked.number),
        str(asked.opened_by),
        str(asked.closed_by) if closed else "",
    ]


@require_safe
def round_csv(request: HttpRequest, council: str, plan: str, round_number: int) -> HttpResponse:
    """One row per action that was asked after, those not answered first, as the page groups them."""
    page = plan_page(request, council, plan)
    asked = load_round(page, round_number)
    found = rounds.answers(asked, rounds.asked_after(asked, page.user, on=page.day.on), on=page.day.on)
    groups = (answer for kind in Kind for answer in found if answer.kind == kind)
    return list_file(request, file_name(page, f"round-{asked.number}"), COLUMNS, map(_answer, groups))


def _answer(answer: Answer) -> list[str]:
    standing = answer.standing
    return [
        answer.action.recommendation.reference,
        answer.action.number,
        standing.text,
        "; ".join(lead.abbreviation for lead in standing.leads),
        standing.stage.label,
        standing.rating.word if standing.rating else "",
        day(standing.updated_on),
        str(answer.kind.label),
        day(answer.on),
        answer.by,
        "yes" if answer.late else "",
        answer.reason,
        str(answer.left_standing),
        "; ".join(dict.fromkeys(lead.organisation.name for lead in standing.leads)),
        standing.narrative,
        *due(standing),
    ]
