"""Minutes as plain words: written from what was recorded, and read back as headings, lists and paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from boards import meeting_room
from boards.meeting_room import Chair, Line, Logged
from boards.models import Decision, ItemKind, Meeting, Presence
from improvement.models import User
from recommendations import progress

HEADING, BULLET = "## ", "- "


@dataclass(frozen=True)
class Block:
    """A piece of the minutes: a heading, a list, or a paragraph."""

    kind: str
    lines: tuple[str, ...]


def draft(meeting: Meeting, *, on: date, user: User) -> str:
    """The minutes as the record of the meeting has them by a day."""
    agenda = meeting_room.agenda(meeting, on=on)
    logged = meeting_room.log(meeting.board, on=on, meeting=meeting, user=user)
    parts = [f"{meeting.board.name}, {_day(meeting.on)}" + (f", {meeting.place}" if meeting.place else "")]
    parts += _people(meeting_room.chairs(meeting, on=on))
    parts += _decided(meeting_room.without_item(meeting, on=on))
    for place, line in enumerate(agenda, start=1):
        parts += _item(place, line, logged, on)
    new = [one for one in logged if not one.carried]
    if new:
        parts += [f"{HEADING}New actions", _bullets(_action(one) for one in new)]
    return "\n\n".join(part for part in parts if part)


def blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs stand apart by an empty line; “## ” begins a heading, “- ” a point of a list."""
    found: list[Block] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        for line in filter(None, (line.strip() for line in part.split("\n"))):
            kind = "heading" if line.startswith(HEADING) else "list" if line.startswith(BULLET) else "words"
            words = line.removeprefix(HEADING) if kind == "heading" else line
            words = words.removeprefix(BULLET) if kind == "list" else words
            if found and kind == "list" and found[-1].kind == "list":
                found[-1] = Block(kind, (*found[-1].lines, words))
            else:
                found.append(Block(kind, (words,)))
    return tuple(found)


def _people(chairs: tuple[Chair, ...]) -> list[str]:
    parts = []
    for presence in Presence:
        seats = [chair.seat for chair in chairs if chair.presence == presence]
        if seats:
            told = (
                f"{seat.title}{f', {seat.organisation}' if seat.organisation else ''}"
                f"{f' ({seat.get_role_display().lower()})' if seat.role != 'member' else ''}"
                for seat in seats
            )
            parts += [f"{HEADING}{presence.label}", _bullets(told)]
    return parts


def _item(place: int, line: Line, logged: tuple[Logged, ...], on: date) -> list[str]:
    item = line.item
    parts = [f"{HEADING}{place}. {item.title}"]
    if item.lead:
        parts.append(f"Led by: {item.lead}")
    if item.kind == ItemKind.PLAN and item.plan:
        parts.append(f"{progress.break_down(item.plan, on=on).whole.headline}.")
    if item.kind == ItemKind.LOG:
        carried = [one for one in logged if one.carried]
        parts.append(_bullets(_action(one) for one in carried) or "No action was open from earlier meetings.")
    if line.note:
        parts.append(line.note.text)
    return parts + _decided(line.decisions)


def _decided(decisions: Iterable[Decision]) -> list[str]:
    return [_bullets(f"Decision {one.number}: {one.words}" for one in decisions)]


def _action(one: Logged) -> str:
    due = f", by {_day(one.action.due_on)}" if one.action.due_on else ""
    told = f"Action {one.action.number}: {one.action.what} ({one.action.who}{due})"
    if one.end:
        return f"{told}. {one.end.get_outcome_display()}: {one.end.words}"
    return f"{told}. Carried over." if one.carried else told


def _bullets(told: Iterable[str]) -> str:
    return "\n".join(f"{BULLET}{' '.join(words.split())}" for words in told)


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
