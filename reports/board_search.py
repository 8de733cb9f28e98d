"""Searching what boards keep: meetings by board, place, day and minutes; decisions; risks and measures."""

import re
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from boards.models import Decision, Meeting, Minutes, Risk
from improvement.forms import DAY_FORMATS
from improvement.models import Council, User
from recommendations.models import Measure
from reports.search_terms import Asked, Found, Kind, Source, all_words, of_plan, squeezed

MONTH_FORMATS = ("%B %Y", "%b %Y")
RISK_NUMBER = re.compile(r"r(\d{1,4})")
DECISION_NUMBER = re.compile(r"decision (\d{1,4})", re.IGNORECASE)


def _meetings(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Meeting.objects.visible_to(user).filter(board__council__in=councils).arranged_by(on=on)
    latest = Minutes.objects.filter(meeting=OuterRef("pk"), on__lte=on).order_by("-sequence")
    told = mine.annotate(minuted=Subquery(latest.values("text")[:1]))
    found = told.filter(_on_day(asked, "on") | all_words(asked, "board__name", "place", "minuted"))
    return found.select_related("board__council").order_by("board__council__name", "board__name", "-on", "pk")


def _decisions(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Decision.objects.visible_to(user).filter(meeting__board__council__in=councils).made_by(on=on)
    number = DECISION_NUMBER.fullmatch(asked.typed)
    named = Q(number=int(number[1])) if number else _on_day(asked, "meeting__on")
    found = mine.filter(named | all_words(asked, "words"))
    ordered = found.order_by("meeting__board__council__name", "-on", "-pk")
    return ordered.select_related("meeting__board__council")


def _on_day(asked: Asked, field: str) -> Q:
    """On the day that was typed, or in the month."""
    for form in DAY_FORMATS:
        if day := _read(asked.typed, form):
            return Q(**{field: day})
    for form in MONTH_FORMATS:
        if day := _read(asked.typed, form):
            return Q(**{f"{field}__year": day.year, f"{field}__month": day.month})
    return Q(pk=None)


def _read(typed: str, form: str) -> date | None:
    try:
        return datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _risks(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Risk.objects.visible_to(user).filter(plan__council__in=councils).raised_by(on=on)
    named = mine.annotate(squeezed=squeezed("reference"))
    number = RISK_NUMBER.fullmatch(asked.squeezed)
    # A risk that its paper gives no number is shown by its place.
    placed = Q(reference="", position=int(number[1])) if number else Q(pk=None)
    reference = Q(squeezed=asked.squeezed) & ~Q(squeezed="")
    found = named.filter(reference | placed | all_words(asked, "title", "description", "reference"))
    return found.select_related("plan__council").order_by("plan__council__name", "plan", "position", "pk")


def _measures(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Measure.objects.visible_to(user).filter(plan__council__in=councils).added_by(on=on)
    found = mine.filter(all_words(asked, "name", "unit", "asked"))
    return found.select_related("plan__council").order_by("plan__council__name", "plan", "position", "pk")


def _show_meeting(one: Any) -> Found:
    board = one.board
    url = reverse("meetings:meeting_page", args=[board.council.slug, board.slug, one.on.isoformat()])
    return Found(Kind.MEETING, str(one), one.minuted or one.place, str(board.council), url)


def _show_decision(one: Decision) -> Found:
    board = one.meeting.board
    page = reverse("meetings:meeting_page", args=[board.council.slug, board.slug, one.meeting.on.isoformat()])
    return Found(Kind.DECISION, str(one), one.words, str(board.council), f"{page}#decision-{one.pk}")


def _show_risk(one: Risk) -> Found:
    title = f"{one.reference or f'R{one.position}'} {one.title}"
    return Found(
        Kind.RISK,
        title,
        one.description,
        str(one.plan.council),
        of_plan(one.plan, "boards:risk_page", one.slug),
    )


def _show_measure(one: Measure) -> Found:
    return Found(
        Kind.MEASURE, one.name, one.asked, str(one.plan.council), of_plan(one.plan, "boards:scorecard")
    )


SOURCES = (
    Source(Kind.RISK, _risks, _show_risk),
    Source(Kind.MEASURE, _measures, _show_measure),
    Source(Kind.MEETING, _meetings, _show_meeting),
    Source(Kind.DECISION, _decisions, _show_decision),
)
