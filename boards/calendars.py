"""Due dates, meetings, rounds and statutory deadlines as a calendar reads them. The same facts make the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from icalendar import Calendar, Event

from boards import rounds
from boards.models import Meeting, MeetingMove, Round
from boards.models.meeting import MeetingQuerySet
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
    """Open actions that one leads, rounds that ask after them, and of one's councils the meetings and statutory days."""
    found: list[Entry] = []
    for council in Council.objects.visible_to(user):
        on = clock.day_of(council)
        posts = list(LeadOfficer.objects.visible_to(user).filter(council=council).held_by(user, on=on))
        actions = Action.objects.visible_to(user).filter(recommendation__plan__council=council)
        found += _due(actions.led_by(posts, on=on), on)
        asked = Round.objects.visible_to(user).for_council(council).open(on=on).with_meeting()
        found += _rounds(
            [one for one in asked if rounds.asked_after(one, user, on=on).led_by(posts, on=on).exists()], on
        )
        found += _meetings(Meeting.objects.visible_to(user).filter(board__council=council), on)
        inspections = Inspection.objects.visible_to(user).filter(council=council)
        found += _statutory(inspections.begun(on=on), council, on)
    return found


def of_plan(user: User, plan: Plan) -> list[Entry]:
    """Every open action of a plan, its round and its boards' meetings, and the deadlines of the inspections it answers."""
    on = clock.day_of(plan.council)
    actions = Action.objects.visible_to(user).for_plan(plan)
    asked = Round.objects.visible_to(user).filter(plan=plan).select_related("plan__council").open(on=on)
    return [
        *_due(actions, on),
        *_rounds(asked.with_meeting(), on),
        *_meetings(Meeting.objects.visible_to(user).of_plan(plan), on),
        *_statutory(plan.inspections.begun(on=on), plan.council, on),
    ]


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


def _meetings(meetings: MeetingQuerySet, on: date) -> Iterable[Entry]:
    """Those that were arranged and not called off. One that moves keeps its entry, so that a calendar moves it too."""
    known = meetings.arranged_by(on=on).exclude(called_off_on__lte=on)
    last_move = (
        MeetingMove.objects.filter(meeting=OuterRef("pk"), on__lte=on).order_by("-pk").values("on")[:1]
    )
    shown: Any = known.select_related("board__council").annotate(moved_on=Subquery(last_move))
    for meeting in shown.order_by("on", "pk"):
        board = meeting.board
        facts = [
            f"Starts at {meeting.starts_at:%H:%M}." if meeting.starts_at else "",
            meeting.place and f"{meeting.place}.",
        ]
        if meeting.cut_off_on:
            facts.append(f"Papers are in by {meeting.cut_off_on:%-d %B %Y}.")
        places = [board.council.slug, board.slug, meeting.on.isoformat()]
        yield Entry(
            uid=f"meeting-{meeting.pk}@{_host()}",
            on=meeting.on,
            title=f"{_short(board.name)} meets",
            text=" ".join(part for part in (f"{board.council.name}.", *facts) if part),
            url=settings.PUBLIC_URL + reverse("meetings:meeting_page", args=places),
            stated_on=meeting.moved_on or meeting.arranged_on,
        )


def _rounds(asked: Iterable[Round], on: date) -> Iterable[Entry]:
    """The last day for answers of rounds that ask still."""
    for one in asked:
        if one.is_called_off(on):
            continue
        plan = one.plan
        yield Entry(
            uid=f"round-{one.pk}@{_host()}",
            on=one.cut_off_on,
            title=f"Last day for updates: {_short(str(one))}",
            text=f"{plan.name}, {plan.council.name}. Updates are needed for {one}.",
            url=settings.PUBLIC_URL
            + reverse("boards:round_answers", args=[plan.council.slug, plan.slug, one.number]),
            stated_on=one.opened_on,
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
