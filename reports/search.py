"""Search across everything that somebody may see: by words, and by reference as people write one.

Each kind of thing is found by one query of its own that starts at what the user may see, so what is another council's or
exempt is neither listed nor counted. A council is searched as it stands on its own day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.http import urlencode

from improvement import clock
from improvement.models import Council, Inspection, LeadOfficer, Plan, User
from recommendations.models import Action, Evidence, Recommendation
from reports import board_search
from reports.models import Report
from reports.search_terms import Asked, Found, Kind, Source, all_words, of_plan, short, squeezed


@dataclass(frozen=True)
class Group:
    kind: Kind
    count: int


@dataclass(frozen=True)
class Results:
    """How many there are of each kind that has any, and one page of them."""

    groups: tuple[Group, ...]
    shown: tuple[Found, ...]
    first: int

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


def of(
    asked: Asked, *, user: User, on: date | None = None, kind: str = "", first: int = 0, at_most: int
) -> Results:
    """How many there are of each kind, and `at_most` of them from the `first` on, in the order of the kinds.

    With a day, everything is looked for as it stood then, and what was found leads to pages of that day.
    The number of queries depends on the number of different days at which the user's councils stand, never on rows.
    """
    if asked.is_empty:
        return Results((), (), 0)
    days = _days(user, on)
    looked = [(source, source.look(user, asked, councils, at)) for source in SOURCES for at, councils in days]
    counted = [(source, found, found.count()) for source, found in looked]
    groups = []
    for one in Kind:
        count = sum(count for source, _, count in counted if source.kind == one)
        if count:
            groups.append(Group(one, count))
    listed = [(source, found, count) for source, found, count in counted if not kind or source.kind == kind]
    shown = [_carried(one, on) for one in _page(listed, first, at_most)]
    return Results(tuple(groups), tuple(shown), first)


def _carried(one: Found, on: date | None) -> Found:
    """Leading to its page as of the day that was asked for."""
    if on is None:
        return one
    page, _, place = one.url.partition("#")
    day = f"{'&' if '?' in page else '?'}on={on.isoformat()}"
    return replace(one, url=f"{page}{day}{f'#{place}' if place else ''}")


def _page(listed: Iterable[tuple[Source, QuerySet[Any], int]], first: int, at_most: int) -> Iterable[Found]:
    """One page out of several lists laid end to end."""
    for source, found, count in listed:
        start, end = max(first, 0), min(first + at_most, count)
        if start < end:
            yield from (source.show(one) for one in found[start:end])
            at_most -= end - start
        first = max(first - count, 0)
        if at_most <= 0:
            return


def _days(user: User, on: date | None) -> list[tuple[date, list[Council]]]:
    days: dict[date, list[Council]] = {}
    for council in Council.objects.visible_to(user).order_by("name", "pk"):
        days.setdefault(on or clock.day_of(council), []).append(council)
    return sorted(days.items())


def _recommendations(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Recommendation.objects.visible_to(user).filter(plan__council__in=councils).raised_by(on=on)
    named = mine.annotate(squeezed=squeezed("reference"))
    found = named.filter(
        Q(squeezed=asked.squeezed) | all_words(asked, "title", "text", "outcome", reference="reference")
    )
    ordered = found.order_by("plan__council__name", "plan", "theme__position", "position", "pk")
    return ordered.select_related("plan__council")


def _actions(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    """By their words as of the day, what was last said of them, or their reference or that of their recommendation."""
    mine = Action.objects.visible_to(user).filter(recommendation__plan__council__in=councils).as_of(on)
    named = mine.annotate(
        squeezed=squeezed("recommendation__reference", "number"),
        squeezed_parent=squeezed("recommendation__reference"),
    )
    reference = Q(squeezed=asked.squeezed) | Q(squeezed_parent=asked.squeezed)
    found = named.filter(
        reference | all_words(asked, "text", "narrative", reference="recommendation__reference")
    )
    council = "recommendation__plan__council__name"
    place = ("recommendation__theme__position", "recommendation__position", "position", "pk")
    return found.order_by(council, "recommendation__plan", *place).with_recommendation()


def _evidence(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Evidence.objects.visible_to(user).filter(plan__council__in=councils).standing(on=on)
    return mine.filter(all_words(asked, "shows", "filename", "link")).with_subject().latest_first()


def _reports(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Report.objects.visible_to(user).filter(council__in=councils)
    return mine.filter(all_words(asked, "title", "committee")).with_plan().latest_meeting_first()


def _inspections(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Inspection.objects.visible_to(user).filter(council__in=councils).begun(on=on)
    return mine.filter(all_words(asked, "name", "inspectorates")).select_related("council")


def _posts(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = LeadOfficer.objects.visible_to(user).filter(council__in=councils)
    led = Plan.objects.filter(recommendations__actions__leads__lead_officer=OuterRef("pk")).order_by("pk")
    named = mine.annotate(squeezed=squeezed("abbreviation"), plan_led=Subquery(led.values("slug")[:1]))
    found = named.filter(Q(squeezed=asked.squeezed) | all_words(asked, "title", "abbreviation"))
    return found.select_related("council", "organisation").order_by("council__name", "abbreviation", "pk")


def _show_recommendation(one: Recommendation) -> Found:
    url = of_plan(one.plan, "recommendations:recommendation_page", one.reference)
    return Found(Kind.RECOMMENDATION, f"{one.reference} {one.title}", one.text, str(one.plan.council), url)


def _show_action(one: Any) -> Found:
    parent = one.recommendation
    url = of_plan(parent.plan, "recommendations:action_page", parent.reference, one.number)
    return Found(Kind.ACTION, f"{one}: {short(one.text)}", one.narrative, str(parent.plan.council), url)


def _show_evidence(one: Evidence) -> Found:
    url = of_plan(one.plan, "recommendations:evidence_page", str(one.key))
    place = f"{one.plan.council}, {one.action or one.recommendation.reference}"
    return Found(Kind.EVIDENCE, str(one), one.shows, place, url)


def _show_report(one: Report) -> Found:
    url = of_plan(one.plan, "reports:report_page", one.slug)
    return Found(
        Kind.REPORT, one.title, f"{one.committee}, {one.meeting_on:%-d %B %Y}", str(one.council), url
    )


def _show_inspection(one: Inspection) -> Found:
    when = f"{one.inspectorates}, {one.started_on:%-d %B %Y} to {one.ended_on:%-d %B %Y}"
    url = reverse("inspection_page", args=[one.council.slug, one.slug])
    return Found(Kind.INSPECTION, one.name, when, str(one.council), url)


def _show_post(one: Any) -> Found:
    """A post has no page of its own: it leads to the actions that it leads, or to its council where there are none."""
    url = reverse("council", args=[one.council.slug])
    if one.plan_led:
        listed = reverse("recommendations:action_list", args=[one.council.slug, one.plan_led])
        url = f"{listed}?{urlencode({'lead': one.abbreviation})}"
    return Found(Kind.POST, f"{one.abbreviation}: {one.title}", one.organisation.name, str(one.council), url)


_ORDER = list(Kind)
SOURCES = sorted(
    (
        Source(Kind.RECOMMENDATION, _recommendations, _show_recommendation),
        Source(Kind.ACTION, _actions, _show_action),
        Source(Kind.REPORT, _reports, _show_report),
        Source(Kind.EVIDENCE, _evidence, _show_evidence),
        Source(Kind.INSPECTION, _inspections, _show_inspection),
        Source(Kind.POST, _posts, _show_post),
        *board_search.SOURCES,
    ),
    key=lambda source: _ORDER.index(source.kind),
)
