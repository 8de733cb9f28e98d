"""A board and its meetings as they stood on a day, ready to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from boards.models import (
    AgendaItem,
    Attendance,
    Board,
    BoardAction,
    BoardActionEnd,
    Decision,
    ItemNote,
    Meeting,
    PackPaper,
    PaperStep,
    Presence,
    Readiness,
    Seat,
    SeatRole,
)
from improvement.models import User


@dataclass(frozen=True)
class Line:
    """An item of the agenda, what was noted under it, decided and asked for."""

    item: AgendaItem
    note: ItemNote | None
    decisions: tuple[Decision, ...]

    @property
    def version(self) -> int:
        return self.note.sequence if self.note else 0


@dataclass(frozen=True)
class Chair:
    """A seat at a meeting and whether it was filled; None while nobody has recorded it."""

    seat: Seat
    presence: Presence | None


@dataclass(frozen=True)
class Paper:
    paper: PackPaper
    step: PaperStep | None

    @property
    def readiness(self) -> Readiness:
        if self.step:
            return Readiness(self.step.readiness)
        return Readiness.READY if self.paper.is_ready_by_itself else Readiness.NOT_READY


@dataclass(frozen=True)
class Logged:
    """An action of the board's own log as it stood on a day."""

    action: BoardAction
    end: BoardActionEnd | None
    late: bool
    carried: bool


def agenda(meeting: Meeting, *, on: date) -> tuple[Line, ...]:
    notes = {note.item_id: note for note in ItemNote.objects.of_meeting(meeting, on=on)}
    decisions = list(
        Decision.objects.of_meeting(meeting)
        .made_by(on=on)
        .in_order()
        .with_what_changed()
        .select_related("by")
    )
    return tuple(
        Line(item, notes.get(item.pk), tuple(one for one in decisions if one.item_id == item.pk))
        for item in AgendaItem.objects.of_meeting(meeting, on=on)
    )


def without_item(meeting: Meeting, *, on: date) -> tuple[Decision, ...]:
    """Decisions of a meeting whose agenda is not known."""
    decisions = Decision.objects.of_meeting(meeting).made_by(on=on).in_order().with_what_changed()
    return tuple(decisions.filter(item=None))


def chairs(meeting: Meeting, *, on: date) -> tuple[Chair, ...]:
    """The seats that are taken on the day of the meeting, with who was there."""
    known = {one.seat_id: Presence(one.presence) for one in Attendance.objects.of_meeting(meeting, on=on)}
    seats = Seat.objects.for_board(meeting.board).sitting(on=meeting.on).in_order()
    return tuple(Chair(seat, known.get(seat.pk)) for seat in seats)


def pack(meeting: Meeting, *, on: date) -> tuple[Paper, ...]:
    papers = list(PackPaper.objects.of_meeting(meeting, on=on))
    steps = PaperStep.objects.filter(paper__in=papers, on__lte=on).order_by("pk")
    latest = {step.paper_id: step for step in steps}
    return tuple(Paper(paper, latest.get(paper.pk)) for paper in papers)


def log(board: Board, *, on: date, meeting: Meeting | None = None, user: User) -> tuple[Logged, ...]:
    """What the board asked for by a day. For a meeting: what was open when it began, and what it raised."""
    actions = BoardAction.objects.visible_to(user).for_board(board).raised_by(on=on).in_order()
    found = [
        Logged(
            action,
            action.ended(on),
            action.is_late(on),
            carried=meeting is not None and action.meeting_id != meeting.pk,
        )
        for action in actions
    ]
    if meeting is None:
        return tuple(found)
    return tuple(
        one
        for one in found
        if one.action.meeting.on <= meeting.on and (one.end is None or one.end.on >= meeting.on)
    )


def last_held(meeting: Meeting, *, on: date) -> Meeting | None:
    """The meeting before this one, if any was held."""
    return Meeting.objects.before(meeting).held(on=on).first()


def by_role(seats: Iterable[Seat]) -> list[tuple[str, list[Seat]]]:
    """Seats under the name of their role, chairs first."""
    found: dict[str, list[Seat]] = {}
    for seat in seats:
        found.setdefault(str(SeatRole(seat.role).label), []).append(seat)
    return list(found.items())


def lines(text: str) -> list[str]:
    """What stands one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
