"""What is recorded at a meeting: who was there, what was said, and what the board asks for in its own log."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from boards.models import (
    AgendaItem,
    Attendance,
    Board,
    BoardAction,
    BoardActionEnd,
    ItemNote,
    Meeting,
    Outcome,
    Presence,
    Seat,
)
from boards.workflow.meetings import NotedMeanwhile, record, require_arranging, require_not_held
from improvement.models import User
from improvement.permissions import Verb, require
from recommendations.workflow import careful
from recommendations.workflow.access import require_words


@transaction.atomic
def record_attendance(*, meeting: Meeting, presence: Mapping[Seat, Presence], by: User, on: date) -> int:
    """Record who was there, by seat. Returns how many seats were recorded otherwise than before."""
    require_arranging(by, meeting, on=on)
    if any(seat.board_id != meeting.board_id for seat in presence):
        raise ValidationError("Record only seats of this board.")
    known = {one.seat_id: one.presence for one in Attendance.objects.of_meeting(meeting, on=on)}
    changed = {seat: there for seat, there in presence.items() if known.get(seat.pk) != there}
    if not changed:
        return 0
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, presence=there, on=on, by=by)
        for seat, there in changed.items()
    )
    before = {seat.slug: known.get(seat.pk, "") for seat in changed}
    after = {seat.slug: there for seat, there in changed.items()}
    record(meeting, "record_attendance", meeting, by=by, on=on, before=before, after=after)
    return len(changed)


@transaction.atomic
def note_item(
    *, item: AgendaItem, text: str, version: int, by: User, on: date, kept_because: str = ""
) -> ItemNote:
    """Write down what was said under an item. `version` is the sequence that the writer saw, 0 before the first."""
    require_arranging(by, item.meeting, on=on)
    latest = item.notes.order_by("sequence").last()
    if latest and (latest.text, latest.by_id) == (text, by.pk):
        return latest
    careful.check(text, kept_because=kept_because, before=latest.text if latest else "")
    if version != (latest.sequence if latest else 0):
        raise NotedMeanwhile(latest.text if latest else "", latest.sequence if latest else 0)
    try:
        with transaction.atomic():
            note = ItemNote.objects.create(item=item, sequence=version + 1, text=text, on=on, by=by)
    except IntegrityError as clash:
        theirs = item.notes.order_by("sequence").last()
        raise NotedMeanwhile(theirs.text if theirs else "", version + 1) from clash
    record(
        item.meeting,
        "note_item",
        item,
        by=by,
        on=on,
        before={"note": latest.text if latest else ""},
        after={"note": text},
        reason=kept_because,
    )
    return note


@transaction.atomic
def raise_action(
    *, meeting: Meeting, what: str, who: str, due_on: date | None, by: User, on: date, kept_because: str = ""
) -> BoardAction:
    """Ask somebody for something in the board's own log. It carries over to every meeting until it has ended."""
    require(by, Verb.DECIDE_AT_MEETING, meeting.board.council)
    require_not_held(meeting, on=on)
    require_words("what", what, "Say what is to be done.")
    require_words("who", who, "Say which post does it.")
    careful.check(what, who, kept_because=kept_because)
    if due_on and due_on < on:
        raise ValidationError({"due_on": "Choose a day that has not passed."})
    Board.objects.select_for_update().get(pk=meeting.board_id)
    number = (BoardAction.objects.for_board(meeting.board).aggregate(last=Max("number"))["last"] or 0) + 1
    action = BoardAction.objects.create(
        board=meeting.board,
        meeting=meeting,
        number=number,
        what=what.strip(),
        who=who.strip(),
        due_on=due_on,
        raised_on=on,
    )
    after = {"number": number, "what": action.what, "who": action.who, "due_on": due_on}
    record(meeting, "raise_board_action", action, by=by, on=on, after=after, reason=kept_because)
    return action


@transaction.atomic
def end_action(
    *, action: BoardAction, outcome: Outcome, words: str, by: User, on: date, kept_because: str = ""
) -> BoardActionEnd:
    """Say that a board's action was done, or is no longer needed, and how."""
    require(by, Verb.DECIDE_AT_MEETING, action.board.council)
    require_words("words", words, "Say in a sentence how it ended.")
    careful.check(words, kept_because=kept_because)
    if on < action.raised_on:
        raise ValidationError("It cannot end before it was asked for.")
    try:
        with transaction.atomic():
            end = BoardActionEnd.objects.create(
                action=action, outcome=outcome, words=words.strip(), on=on, by=by
            )
    except IntegrityError as clash:
        raise ValidationError("Somebody else ended this action at the same moment.") from clash
    after = {"outcome": outcome, "words": end.words}
    record(action.meeting, "end_board_action", action, by=by, on=on, after=after, reason=kept_because)
    return end
