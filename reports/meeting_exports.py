"""The lists of a board and of its meetings as CSV, each as its page shows it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards import meeting_room
from boards.board_pages import BoardPage, board_page, meeting_page
from boards.meeting_room import Logged
from boards.models import Decision, Meeting, Seat
from improvement.spreadsheet import Columns, day, list_file

MEETINGS = Columns(
    shown=("meeting_on", "state", "starts_at", "place", "papers_by", "called_off_because"),
    more=("arranged_on", "called_off_on", "note"),
)
SEATS = Columns(shown=("role", "post", "organisation", "from_on", "until_on"))
LOG = Columns(
    shown=("number", "what", "raised_on", "who", "due_on", "state", "ended_on", "how"),
    more=("asked_for_at", "ended_by"),
)
DECISIONS = Columns(
    shown=("meeting_on", "number", "decided", "words", "changed"), more=("item", "recorded_by")
)
ATTENDANCE = Columns(shown=("post", "organisation", "role", "attendance"))


def _name(room: BoardPage, what: str) -> str:
    return f"{room.board.slug}-{what}-{room.day.on.isoformat()}"


@require_safe
def meetings_csv(request: HttpRequest, council: str, board: str) -> HttpResponse:
    """One row per meeting that had been arranged by the day: those to come, those held, those called off."""
    room = board_page(request, council, board)
    on = room.day.on
    known = Meeting.objects.visible_to(room.user).for_board(room.board).arranged_by(on=on)
    parts = (
        ("To come", known.to_come(on=on)),
        ("Held", known.held(on=on)),
        ("Called off", known.called_off(on=on)),
    )
    rows = (_meeting(meeting, state) for state, meetings in parts for meeting in meetings)
    return list_file(request, _name(room, "meetings"), MEETINGS, rows)


def _meeting(meeting: Meeting, state: str) -> list[str]:
    called_off = state == "Called off"
    return [
        day(meeting.on),
        state,
        f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "",
        meeting.place,
        day(meeting.cut_off_on),
        meeting.called_off_because if called_off else "",
        day(meeting.arranged_on),
        day(meeting.called_off_on if called_off else None),
        meeting.note,
    ]


@require_safe
def seats_csv(request: HttpRequest, council: str, board: str) -> HttpResponse:
    """One row per seat of the day, the post that has it and never a person."""
    room = board_page(request, council, board)
    seats = Seat.objects.visible_to(room.user).for_board(room.board).sitting(on=room.day.on).in_order()
    rows = (
        [
            seat.get_role_display(),
            seat.title,
            seat.organisation.name if seat.organisation else "",
            day(seat.from_on),
            day(seat.until_on),
        ]
        for seat in seats.select_related("organisation")
    )
    return list_file(request, _name(room, "seats"), SEATS, rows)


@require_safe
def log_csv(request: HttpRequest, council: str, board: str) -> HttpResponse:
    """One row per action of the board's own: those that are open, then those that were done or dropped by the day."""
    room = board_page(request, council, board)
    log = meeting_room.log(room.board, on=room.day.on, user=room.user)
    rows = map(_logged, sorted(log, key=lambda one: one.end is not None))
    return list_file(request, _name(room, "actions"), LOG, rows)


def _logged(one: Logged) -> list[str]:
    action, end = one.action, one.end
    return [
        str(action.number),
        action.what,
        day(action.raised_on),
        action.who,
        day(action.due_on),
        str(end.get_outcome_display()) if end else "Late" if one.late else "Open",
        day(end.on if end else None),
        end.words if end else "",
        day(action.meeting.on),
        str(end.by) if end else "",
    ]


@require_safe
def decisions_csv(request: HttpRequest, council: str, board: str) -> HttpResponse:
    """One row per decision that was made by the day, the latest first."""
    room = board_page(request, council, board)
    made = Decision.objects.visible_to(room.user).for_board(room.board).made_by(on=room.day.on)
    rows = map(_decision, made.latest_first().with_what_changed().select_related("by"))
    return list_file(request, _name(room, "decisions"), DECISIONS, rows)


def _decision(one: Decision) -> list[str]:
    return [
        day(one.meeting.on),
        str(one.number),
        str(one.get_decided_display()),
        one.words,
        str(one.changed or ""),
        one.item.title if one.item else "",
        str(one.by or ""),
    ]


@require_safe
def attendance_csv(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    """One row per seat on the day of the meeting, by post and never by person."""
    room = meeting_page(request, council, board, held_on)
    rows = (
        [
            chair.seat.title,
            chair.seat.organisation.name if chair.seat.organisation else "",
            chair.seat.get_role_display(),
            str(chair.presence.label) if chair.presence else "Not recorded",
        ]
        for chair in meeting_room.chairs(room.meeting, on=room.day.on)
    )
    return list_file(request, _name(room, f"attendance-{held_on}"), ATTENDANCE, rows)
