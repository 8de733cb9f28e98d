"""An update round as rows: every action that was asked after, and what was answered."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards import rounds
from boards.models import Round
from boards.round_views import load_round
from boards.rounds import Answer
from improvement.pages import plan_page
from improvement.spreadsheet import csv_file, file_name

COLUMNS = (
    "ref",
    "number",
    "action",
    "leads",
    "organisations",
    "stage",
    "rating",
    "updated_on",
    "answer",
    "answered_on",
    "answered_by",
    "late",
    "reason",
    "no_change_since_last_update",
)


LIST = ("round", "for", "meeting_on", "opened_on", "opened_by", "answers_by", "closed_on", "closed_by")


@require_safe
def rounds_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per round that had been opened by the day, the latest first."""
    page = plan_page(request, council, plan)
    asked = Round.objects.visible_to(page.user).for_plan(page.plan).opened_by(on=page.day.on).with_people()
    return csv_file(file_name(page, "rounds"), LIST, [_round(one, page.day.on) for one in asked])


def _round(asked: Round, on: date) -> list[str]:
    closed = asked.closed_on if not asked.is_open(on) else None
    return [
        str(asked.number),
        asked.label,
        asked.for_meeting_on.isoformat(),
        asked.opened_on.isoformat(),
        str(asked.opened_by),
        asked.cut_off_on.isoformat(),
        closed.isoformat() if closed else "",
        str(asked.closed_by) if closed else "",
    ]


@require_safe
def round_csv(request: HttpRequest, council: str, plan: str, round_number: int) -> HttpResponse:
    page = plan_page(request, council, plan)
    asked = load_round(page, round_number)
    found = rounds.answers(asked, rounds.asked_after(asked, page.user, on=page.day.on), on=page.day.on)
    return csv_file(file_name(page, f"round-{asked.number}"), COLUMNS, rows(found))


def rows(found: Iterable[Answer]) -> Iterator[list[str]]:
    """One row per action in plan order; the last column counts how often “no change” was said of the same update."""
    for answer in found:
        standing = answer.standing
        yield [
            answer.action.recommendation.reference,
            answer.action.number,
            standing.text,
            "; ".join(lead.abbreviation for lead in standing.leads),
            "; ".join(dict.fromkeys(lead.organisation.name for lead in standing.leads)),
            standing.stage.label,
            standing.rating.word if standing.rating else "",
            standing.updated_on.isoformat() if standing.updated_on else "",
            answer.kind.label,
            answer.on.isoformat() if answer.on else "",
            answer.by,
            "yes" if answer.late else "",
            answer.reason,
            str(answer.left_standing),
        ]
