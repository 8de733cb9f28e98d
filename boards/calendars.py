"""Due dates and statutory deadlines as a calendar reads them. The same facts make the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from improvement import clock, duties
from improvement.models import Council, Inspection, LeadOfficer, Plan, User
from recommendations.models import Action
from recommendations.models.action import ActionQuerySet


@dataclass(frozen=True)
class Entry:
    """A whole day in a calendar. `stated_on` is the day from which it is known, or was last moved."""

    uid: str
    on: date
    title: str
    text: str
    url: str
    stated_on: date


def of_user(user: User) -> list[Entry]:
    """Open actions that one leads, and what is asked by statute of one's councils."""
    found: list[Entry] = []
    for council in Council.objects.visible_to(user):
        on = clock.day_of(council)
        posts = list(LeadOfficer.objects.visible_to(user).filter(council=council).held_by(user, on=on))
        actions = Action.objects.visible_to(user).filter(recommendation__plan__council=council)
        found += _due(actions.led_by(posts), on)
        inspections = Inspection.objects.visible_to(user).filter(council=council)
        found += _statutory(inspections.begun(on=on), council, on)
    return found


def of_plan(user: User, plan: Plan) -> list[Entry]:
    """Every open action of a plan, and the deadlines of the inspections that it answers."""
    on = clock.day_of(plan.council)
    actions = Action.objects.visible_to(user).for_plan(plan)
    return [*_due(actions, on), *_statutory(plan.inspections.begun(on=on), plan.council, on)]


def written(name: str, entries: Iterable[Entry]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Waymark//Improvement plans//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT6H")
    for entry in sorted(entries, key=lambda each: (each.on, each.uid)):
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", datetime.combine(entry.stated_on, time(), UTC))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", f"{entry.text}\n\n{entry.url}")
    event.add("url", entry.url)
    # A day to keep in mind, which makes nobody busy.
    event.add("transp", "TRANSPARENT")
    return event


def _due(actions: ActionQuerySet, on: date) -> Iterable[Entry]:
    shown: Any = actions.as_of(on).open().dated().with_recommendation().in_plan_order()
    for action in shown:
        plan = action.recommendation.plan
        places = [plan.council.slug, plan.slug, action.recommendation.reference, action.number]
        yield Entry(
            uid=f"action-{action.pk}@{_host()}",
            on=action.due_on,
            title=f"{action} due: {_short(action.text)}",
            text=f"{plan.name}, {plan.council.name}. {action.text}",
            url=settings.PUBLIC_URL + reverse("recommendations:action_page", args=places),
            stated_on=action.updated_on or action.added_on,
        )


def _statutory(inspections: Iterable[Inspection], council: Council, on: date) -> Iterable[Entry]:
    for each in duties.clocks(inspections, on=on):
        for standing in each.standings:
            if standing.open and standing.due_on:
                yield Entry(
                    uid=f"duty-{each.inspection.pk}-{standing.key}@{_host()}",
                    on=standing.due_on,
                    title=f"Statutory: {_short(str(standing.duty))}",
                    text=f"{each.inspection.name}, {council.name}. {standing.duty}, {standing.within}.",
                    url=settings.PUBLIC_URL
                    + reverse("inspection_page", args=[council.slug, each.inspection.slug]),
                    stated_on=standing.start or standing.due_on,
                )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79].rstrip()}…"


def _host() -> str:
    return settings.PUBLIC_URL.partition("://")[2].partition(":")[0]
