"""Arranging meetings: their days, agenda and pack; closing them and calling them off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from boards.models import (
    AgendaItem,
    Board,
    ItemKind,
    Meeting,
    MeetingMove,
    PackPaper,
)
from boards.models.pack import HIGHLIGHTS, LOG, MINUTES
from boards.workflow import rounds
from improvement import ledger
from improvement.models import Plan, User
from improvement.permissions import Verb, require
from recommendations.workflow import careful
from recommendations.workflow.access import require_words

# What every pack begins with; more are added by title.
STANDING_PAPERS = {
    HIGHLIGHTS: "Highlight and exception report",
    MINUTES: "Minutes of the last meeting",
    LOG: "The board's action log",
}
# Above every place that an agenda uses: an item steps aside here while two change places.
ASIDE = 10_000
LONGEST_TITLE = 160


class MeetingHeld(ValidationError):
    """The meeting was closed, so nothing is added to it."""


class NotedMeanwhile(Exception):
    """Somebody else saved these words since the page was opened; carries how they stand, and their sequence."""

    def __init__(self, theirs: str, version: int) -> None:
        super().__init__(
            "Somebody else saved these words while you were writing. Nothing of yours was lost, and nothing was "
            "saved. Read theirs, then save yours again if it still holds."
        )
        self.theirs, self.version = theirs, version


@dataclass(frozen=True)
class When:
    """The day and hour of a meeting to be arranged, where, and by when papers are in."""

    on: date
    cut_off_on: date | None = None
    starts_at: time | None = None
    place: str = ""


@transaction.atomic
def arrange_meetings(*, board: Board, when: Sequence[When], by: User, on: date) -> list[Meeting]:
    """Put meetings into the diary, each with a first agenda and the papers that every pack has.

    Raises ValidationError where the board meets on one of the days already.
    """
    require(by, Verb.KEEP_BOARD, board.council)
    if not when:
        raise ValidationError("Choose at least one day.")
    return [_arrange(board, one, by=by, on=on) for one in when]


def _arrange(board: Board, when: When, *, by: User, on: date) -> Meeting:
    if when.on < on:
        raise ValidationError({"on": "Choose a day that has not passed."})
    if when.cut_off_on and when.cut_off_on > when.on:
        raise ValidationError({"cut_off_on": "Papers are in before the meeting, or on its day."})
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(
                board=board,
                on=when.on,
                starts_at=when.starts_at,
                place=when.place,
                cut_off_on=when.cut_off_on,
                arranged_on=on,
            )
    except IntegrityError as clash:
        raise ValidationError(
            {"on": f"The board meets on {when.on:%-d %B %Y} already, or called a meeting off that day."}
        ) from clash
    _lay_out(meeting, on)
    ledger.record(
        by=by,
        on=on,
        council=board.council,
        verb="arrange_meeting",
        subject=meeting,
        before={},
        after={"board": board.slug, "on": when.on, "cut_off_on": when.cut_off_on, "place": when.place},
    )
    return meeting


def _lay_out(meeting: Meeting, on: date) -> None:
    """The agenda that a meeting starts from: the board's log, each of its plans, any other business."""
    plans = list(meeting.board.plans.order_by("name", "pk"))
    items = [(ItemKind.LOG, "Actions from the last meeting", None)]
    items += [(ItemKind.PLAN, plan.name, plan) for plan in plans]  # type: ignore[misc]
    items.append((ItemKind.OTHER, "Any other business", None))
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=place, kind=kind, title=title, plan=plan, added_on=on)
        for place, (kind, title, plan) in enumerate(items, start=1)
    )
    PackPaper.objects.bulk_create(
        PackPaper(meeting=meeting, position=place, title=title, source=source, plan=plan, added_on=on)
        for place, (source, title, plan) in enumerate(_standing_papers(plans), start=1)
    )


def _standing_papers(plans: Sequence[Plan]) -> Iterator[tuple[str, str, Plan | None]]:
    """What every pack begins with: a highlight report of each plan, the last minutes and the log."""
    for plan in plans:
        title = STANDING_PAPERS[HIGHLIGHTS]
        yield HIGHLIGHTS, title if len(plans) == 1 else f"{title}: {plan.name}"[:LONGEST_TITLE], plan
    for source in (MINUTES, LOG):
        yield source, STANDING_PAPERS[source], None


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    kind: ItemKind,
    title: str,
    lead: str = "",
    plan: Plan | None = None,
    by: User,
    on: date,
) -> AgendaItem:
    """Put something on the agenda, after everything that is on it."""
    require_arranging(by, meeting, on=on)
    require_words("title", title, "Say what the item is about.")
    if (kind == ItemKind.PLAN) != (plan is not None):
        raise ValidationError({"plan": "Choose a plan for an item about a plan, and for no other."})
    if plan and not meeting.board.plans.filter(pk=plan.pk).exists():
        raise ValidationError({"plan": "Choose one of the board's plans."})
    place = next_place(meeting.items)
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=place,
        kind=kind,
        title=title.strip(),
        lead=lead.strip(),
        plan=plan,
        added_on=on,
    )
    record(meeting, "add_item", item, by=by, on=on, after={"title": item.title, "kind": kind})
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User, on: date) -> AgendaItem:
    """Have an item change places with the one before it, or after it. The first and the last stay where they are."""
    require_arranging(by, item.meeting, on=on)
    rows = AgendaItem.objects.filter(meeting=item.meeting_id)
    mine = rows.get(pk=item.pk)
    around = rows.filter(position__lt=mine.position) if up else rows.filter(position__gt=mine.position)
    other = around.order_by("-position" if up else "position").first()
    if other is None:
        return mine
    for row, place in ((mine, ASIDE), (other, mine.position), (mine, other.position)):
        rows.filter(pk=row.pk).update(position=place)
    before, after = {"place": mine.position}, {"place": other.position, "title": mine.title}
    mine.position = other.position
    record(item.meeting, "move_item", mine, by=by, on=on, before=before, after=after)
    return mine


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, on: date) -> Meeting:
    """The chair closes the meeting: it has been held, and nothing more is decided at it."""
    require_arranging(by, meeting, on=on)
    if on < meeting.on:
        raise ValidationError("A meeting cannot be closed before its day.")
    closed = Meeting.objects.filter(pk=meeting.pk, held_on=None).update(held_on=on)
    if not closed:
        raise MeetingHeld("Somebody else closed the meeting at the same moment.")
    meeting.refresh_from_db()
    record(meeting, "close_meeting", meeting, by=by, on=on, before={"held_on": None}, after={"held_on": on})
    return meeting


@transaction.atomic
def call_off(*, meeting: Meeting, reason: str, by: User, on: date, kept_because: str = "") -> Meeting:
    """Say that a meeting will not be held, and why. It stays in the diary as called off."""
    require_arranging(by, meeting, on=on)
    require_words("reason", reason, "Say why the meeting is called off.")
    careful.check(reason, kept_because=kept_because)
    if meeting.decisions.exists():
        raise ValidationError("The board has decided something at this meeting. Close it instead.")
    called_off = Meeting.objects.filter(pk=meeting.pk, called_off_on=None, held_on=None)
    if not called_off.update(called_off_on=on, called_off_because=reason.strip()):
        raise MeetingHeld("Somebody else closed the meeting or called it off at the same moment.")
    meeting.refresh_from_db()
    after = {"called_off_on": on, **careful.kept(kept_because)}
    record(meeting, "call_off_meeting", meeting, by=by, on=on, after=after, reason=reason)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    to_on: date,
    cut_off_on: date | None,
    reason: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Meeting:
    """Put a meeting off, or bring it forward, to another day, and why. Its update rounds go with it."""
    require_arranging(by, meeting, on=on)
    require_words("reason", reason, "Say why the meeting moves.")
    careful.check(reason, kept_because=kept_because)
    from_on = meeting.on
    if to_on == from_on:
        raise ValidationError({"to_on": "Choose another day than the one on which it is."})
    if to_on < on:
        raise ValidationError({"to_on": "Choose a day that has not passed."})
    if cut_off_on and cut_off_on > to_on:
        raise ValidationError({"cut_off_on": "Papers are in before the meeting, or on its day."})
    if meeting.decisions.exists():
        raise ValidationError("The board has decided something at this meeting. Close it instead.")
    before = {"on": from_on, "cut_off_on": meeting.cut_off_on}
    try:
        with transaction.atomic():
            moved = Meeting.objects.filter(pk=meeting.pk, on=from_on)
            if not moved.update(on=to_on, cut_off_on=cut_off_on):
                raise ValidationError("Somebody else moved this meeting at the same moment.")
    except IntegrityError as clash:
        raise ValidationError(
            {"to_on": f"The board meets on {to_on:%-d %B %Y} already, or called a meeting off that day."}
        ) from clash
    meeting.refresh_from_db()
    MeetingMove.objects.create(
        meeting=meeting, from_on=from_on, to_on=to_on, reason=reason.strip(), on=on, by=by
    )
    after = {"on": to_on, "cut_off_on": cut_off_on, **careful.kept(kept_because)}
    record(meeting, "move_meeting", meeting, by=by, on=on, before=before, after=after, reason=reason)
    rounds.follow_meeting(meeting, by=by, on=on)
    return meeting


def require_arranging(by: User, meeting: Meeting, *, on: date) -> None:
    require(by, Verb.KEEP_BOARD, meeting.board.council)
    require_not_held(meeting, on=on)


def require_not_held(meeting: Meeting, *, on: date) -> None:
    # Locked, where the database locks rows: what is numbered within a meeting is numbered one at a time.
    kept = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if kept.is_held(on):
        raise MeetingHeld("This meeting is closed. Its minutes can still be written, nothing else.")
    if kept.is_called_off(on):
        raise MeetingHeld("This meeting was called off. Nothing is added to it.")


def next_place(rows: Any) -> int:
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def record(
    meeting: Meeting,
    verb: str,
    subject: Any,
    *,
    by: User,
    on: date,
    before: dict[str, Any] | None = None,
    after: dict[str, Any],
    reason: str = "",
) -> None:
    ledger.record(
        by=by,
        on=on,
        council=meeting.board.council,
        verb=verb,
        subject=subject,
        before=before or {},
        after={"meeting": meeting.on, **after},
        reason=reason,
    )
