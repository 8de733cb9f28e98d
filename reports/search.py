"""Search across everything that somebody may see: by words, and by reference as people write one.

Each kind of thing is found by one query of its own that starts at what the user may see, so what is another council's or
exempt is neither listed nor counted. A council is searched as it stands on its own day.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, TextChoices, Value
from django.db.models.functions import Concat, Lower, Replace
from django.urls import reverse
from django.utils.http import urlencode

from boards.models import Risk
from improvement import clock
from improvement.models import Council, Inspection, LeadOfficer, Plan, User
from recommendations.models import Action, Evidence, Measure, Recommendation
from reports.models import Report

LONGEST, MOST_WORDS = 100, 8
LONGEST_SHOWN = 220
# How people part the letters and numbers of a reference: "LAC 3", "S2 (1)", "S2.1", "S2/1".
PARTING = (" ", "(", ")", ".", "/", "-")


class Kind(TextChoices):
    RECOMMENDATION = "recommendations", "Recommendations"
    ACTION = "actions", "Actions"
    REPORT = "reports", "Reports"
    EVIDENCE = "evidence", "Evidence"
    RISK = "risks", "Risks"
    MEASURE = "measures", "Measures"
    INSPECTION = "inspections", "Inspections"
    POST = "posts", "Lead officers"


@dataclass(frozen=True)
class Found:
    """One thing: what it is called, the words in which something was found, where it belongs and its address."""

    kind: Kind
    title: str
    text: str
    place: str
    url: str


@dataclass(frozen=True)
class Group:
    kind: Kind
    count: int


@dataclass(frozen=True)
class Asked:
    """What somebody typed: its words, and the same squeezed as a reference would be."""

    typed: str
    words: tuple[str, ...]
    squeezed: str

    @property
    def is_empty(self) -> bool:
        return not self.words


@dataclass(frozen=True)
class Results:
    """How many there are of each kind that has any, and one page of them."""

    groups: tuple[Group, ...]
    shown: tuple[Found, ...]
    first: int

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)


@dataclass(frozen=True)
class _Source:
    """Where one kind of thing is looked for on a council's day, and how one of it is shown."""

    kind: Kind
    look: Callable[[User, Asked, list[Council], date], QuerySet[Any]]
    show: Callable[[Any], Found]


def read(typed: str) -> Asked:
    """What was typed, cut to what a search can use. A word without a letter or number is none."""
    typed = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    words = [word for word in typed.split() if re.search(r"\w", word)]
    squeezed = typed.lower()
    for sign in PARTING:
        squeezed = squeezed.replace(sign, "")
    return Asked(typed, tuple(words[:MOST_WORDS]), squeezed)


def of(asked: Asked, *, user: User, kind: str = "", first: int = 0, at_most: int) -> Results:
    """How many there are of each kind, and `at_most` of them from the `first` on, in the order of the kinds.

    The number of queries depends on the number of different days at which the user's councils stand, never on rows.
    """
    if asked.is_empty:
        return Results((), (), 0)
    days = _days(user)
    looked = [(source, source.look(user, asked, councils, on)) for source in SOURCES for on, councils in days]
    counted = [(source, found, found.count()) for source, found in looked]
    groups = []
    for one in Kind:
        count = sum(count for source, _, count in counted if source.kind == one)
        if count:
            groups.append(Group(one, count))
    listed = [(source, found, count) for source, found, count in counted if not kind or source.kind == kind]
    return Results(tuple(groups), tuple(_page(listed, first, at_most)), first)


def _page(listed: Iterable[tuple[_Source, QuerySet[Any], int]], first: int, at_most: int) -> Iterable[Found]:
    """One page out of several lists laid end to end."""
    for source, found, count in listed:
        start, end = max(first, 0), min(first + at_most, count)
        if start < end:
            yield from (source.show(one) for one in found[start:end])
            at_most -= end - start
        first = max(first - count, 0)
        if at_most <= 0:
            return


def _days(user: User) -> list[tuple[date, list[Council]]]:
    days: dict[date, list[Council]] = {}
    for council in Council.objects.visible_to(user).order_by("name", "pk"):
        days.setdefault(clock.day_of(council), []).append(council)
    return sorted(days.items())


def _all_words(asked: Asked, *fields: str, reference: str = "") -> Q:
    """Every word in any of the fields, or the whole of the reference."""
    found = Q()
    for word in asked.words:
        anywhere = Q(**{f"{reference}__iexact": word}) if reference else Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        found &= anywhere
    return found


def _squeezed(*parts: str) -> Any:
    """A reference as it is compared: small letters without anything that parts them."""
    joined: Any = F(parts[0]) if len(parts) == 1 else Concat(*(F(part) for part in parts))
    for sign in PARTING:
        joined = Replace(joined, Value(sign), Value(""))
    return Lower(joined, output_field=CharField())


def _recommendations(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Recommendation.objects.visible_to(user).filter(plan__council__in=councils).raised_by(on=on)
    named = mine.annotate(squeezed=_squeezed("reference"))
    found = named.filter(
        Q(squeezed=asked.squeezed) | _all_words(asked, "title", "text", "outcome", reference="reference")
    )
    ordered = found.order_by("plan__council__name", "plan", "theme__position", "position", "pk")
    return ordered.select_related("plan__council")


def _actions(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    """By their words as of the day, what was last said of them, or their reference or that of their recommendation."""
    mine = Action.objects.visible_to(user).filter(recommendation__plan__council__in=councils).as_of(on)
    named = mine.annotate(
        squeezed=_squeezed("recommendation__reference", "number"),
        squeezed_parent=_squeezed("recommendation__reference"),
    )
    reference = Q(squeezed=asked.squeezed) | Q(squeezed_parent=asked.squeezed)
    found = named.filter(
        reference | _all_words(asked, "text", "narrative", reference="recommendation__reference")
    )
    council = "recommendation__plan__council__name"
    place = ("recommendation__theme__position", "recommendation__position", "position", "pk")
    return found.order_by(council, "recommendation__plan", *place).with_recommendation()


def _evidence(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Evidence.objects.visible_to(user).filter(plan__council__in=councils).standing(on=on)
    return mine.filter(_all_words(asked, "shows", "filename", "link")).with_subject().latest_first()


def _reports(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Report.objects.visible_to(user).filter(council__in=councils)
    return mine.filter(_all_words(asked, "title", "committee")).with_plan().latest_meeting_first()


def _risks(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Risk.objects.visible_to(user).filter(plan__council__in=councils).raised_by(on=on)
    found = mine.filter(_all_words(asked, "title", "description", "reference"))
    return found.select_related("plan__council").order_by("plan__council__name", "plan", "position", "pk")


def _measures(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Measure.objects.visible_to(user).filter(plan__council__in=councils).added_by(on=on)
    found = mine.filter(_all_words(asked, "name", "unit", "asked"))
    return found.select_related("plan__council").order_by("plan__council__name", "plan", "position", "pk")


def _inspections(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = Inspection.objects.visible_to(user).filter(council__in=councils).begun(on=on)
    return mine.filter(_all_words(asked, "name", "inspectorates")).select_related("council")


def _posts(user: User, asked: Asked, councils: list[Council], on: date) -> QuerySet[Any]:
    mine = LeadOfficer.objects.visible_to(user).filter(council__in=councils)
    led = Plan.objects.filter(recommendations__actions__leads__lead_officer=OuterRef("pk")).order_by("pk")
    named = mine.annotate(squeezed=_squeezed("abbreviation"), plan_led=Subquery(led.values("slug")[:1]))
    found = named.filter(Q(squeezed=asked.squeezed) | _all_words(asked, "title", "abbreviation"))
    return found.select_related("council", "organisation").order_by("council__name", "abbreviation", "pk")


def _of_plan(plan: Any, name: str, *more: str) -> str:
    return reverse(name, args=[plan.council.slug, plan.slug, *more])


def _show_recommendation(one: Recommendation) -> Found:
    url = _of_plan(one.plan, "recommendations:recommendation_page", one.reference)
    return Found(Kind.RECOMMENDATION, f"{one.reference} {one.title}", one.text, str(one.plan.council), url)


def _show_action(one: Any) -> Found:
    parent = one.recommendation
    url = _of_plan(parent.plan, "recommendations:action_page", parent.reference, one.number)
    return Found(Kind.ACTION, f"{one}: {_short(one.text)}", one.narrative, str(parent.plan.council), url)


def _show_evidence(one: Evidence) -> Found:
    url = _of_plan(one.plan, "recommendations:evidence_page", str(one.key))
    place = f"{one.plan.council}, {one.action or one.recommendation.reference}"
    return Found(Kind.EVIDENCE, str(one), one.shows, place, url)


def _show_report(one: Report) -> Found:
    url = _of_plan(one.plan, "reports:report_page", one.slug)
    return Found(
        Kind.REPORT, one.title, f"{one.committee}, {one.meeting_on:%-d %B %Y}", str(one.council), url
    )


def _show_risk(one: Risk) -> Found:
    title = " ".join(part for part in (one.reference, one.title) if part)
    return Found(Kind.RISK, title, one.description, str(one.plan.council), _of_plan(one.plan, "boards:risks"))


def _show_measure(one: Measure) -> Found:
    return Found(
        Kind.MEASURE, one.name, one.asked, str(one.plan.council), _of_plan(one.plan, "boards:scorecard")
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


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN].rsplit(' ', 1)[0]} …"


SOURCES = (
    _Source(Kind.RECOMMENDATION, _recommendations, _show_recommendation),
    _Source(Kind.ACTION, _actions, _show_action),
    _Source(Kind.REPORT, _reports, _show_report),
    _Source(Kind.EVIDENCE, _evidence, _show_evidence),
    _Source(Kind.RISK, _risks, _show_risk),
    _Source(Kind.MEASURE, _measures, _show_measure),
    _Source(Kind.INSPECTION, _inspections, _show_inspection),
    _Source(Kind.POST, _posts, _show_post),
)
