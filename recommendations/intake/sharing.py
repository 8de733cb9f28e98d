"""One cell beside several actions: which part of it belongs to which of them."""

from collections.abc import Callable, Sequence

from recommendations.intake.drafts import Bit
from recommendations.intake.due_dates import is_date
from recommendations.intake.evidence import is_rating
from recommendations.intake.headings import Meaning
from recommendations.intake.marks import lines_of
from recommendations.intake.numbers import bullets_of, covered_by, pieces_of
from recommendations.intake.plan_read import Sureness
from recommendations.intake.posts import HANGING
from recommendations.intake.rows import Cell, Place
from recommendations.intake.status_words import is_status

# What a cell beside several actions may say of all of them at once.
OF_ALL = {
    Meaning.LEADS,
    Meaning.DUE,
    Meaning.DUE_AS_PRINTED,
    Meaning.MONTH,
    Meaning.STAGE,
    Meaning.RATING,
    Meaning.FORECAST,
    Meaning.UPDATED_ON,
    Meaning.PROGRESS,
}


def share(meaning: Meaning, place: Place, cell: Cell, numbers: Sequence[str]) -> list[Bit | None] | None:
    """The part of a cell for each of several actions; none at all where it cannot be told."""
    many = len(numbers)
    pieces = pieces_of(cell.text)
    if any(piece.number for piece in pieces):
        if any(not piece.number and piece.text for piece in pieces):
            return None
        return _by_number(place, cell, numbers)
    blocks = _blocks(cell.text, meaning)
    if len(blocks) == many:
        how = "Its lines stand beside the actions in their order"
        return [Bit(place, block, cell, how, Sureness.LIKELY) for block in blocks]
    coloured = not blocks and bool(cell.colour)
    if (len(blocks) == 1 or coloured) and meaning in OF_ALL:
        sure = Sureness.UNSURE if meaning == Meaning.PROGRESS else Sureness.LIKELY
        return [
            Bit(place, cell.text.strip(), cell, "Said once beside all these actions", sure) for _ in numbers
        ]
    return None


def _blocks(text: str, meaning: Meaning) -> list[str]:
    """The lines of a cell, those that hang together joined."""
    if points := bullets_of(text):
        return points
    blocks: list[str] = []
    for line in lines_of(text):
        hangs = blocks and meaning == Meaning.LEADS and (HANGING.search(blocks[-1]) or line[0] in "/,&")
        if hangs:
            blocks[-1] = f"{blocks[-1]} {line}"
        else:
            blocks.append(line)
    return blocks


def _by_number(place: Place, cell: Cell, numbers: Sequence[str]) -> list[Bit | None] | None:
    found: dict[str, list[str]] = {}
    for piece in pieces_of(cell.text):
        for number in (piece.number, *covered_by(piece.number)) if piece.number else ():
            found.setdefault(number, [])
            if piece.text not in found[number]:
                found[number].append(piece.text)
    covered = {one for number in numbers for one in (number, *covered_by(number))}
    if not set(found) <= covered | {piece.number for piece in pieces_of(cell.text) if "-" in piece.number}:
        return None
    return [
        Bit(place, "\n".join(found[number]), cell, f"Matched by its number, {number}")
        if number in found
        else None
        for number in numbers
    ]


TYPED: dict[Meaning, Callable[[str], bool]] = {
    Meaning.DUE: is_date,
    Meaning.FORECAST: is_date,
    Meaning.STAGE: is_status,
    Meaning.RATING: is_rating,
}


def lines_as_actions(text: str, beside: Sequence[tuple[Meaning, Cell]]) -> list[str]:
    """The actions of a cell without numbers, where bullets or lines part them and cells beside have as many parts.

    Days, statuses and ratings say so; posts alone do where the actions have bullets, since one action has several leads too.
    """
    points = bullets_of(text)
    parts = points or _whole_lines(text)
    if len(parts) < 2:
        return []
    blocks = [(meaning, _blocks(cell.text, meaning)) for meaning, cell in beside]
    typed = [
        len(found) == len(parts)
        for meaning, found in blocks
        if meaning in TYPED and len(found) > 1 and all(TYPED[meaning](one) for one in found)
    ]
    led = any(meaning == Meaning.LEADS and len(found) == len(parts) for meaning, found in blocks)
    return parts if (typed and all(typed)) or (led and not typed and bool(points)) else []


def _whole_lines(text: str) -> list[str]:
    """The lines of a cell, one that goes on in the middle of a sentence joined to the one above it."""
    whole: list[str] = []
    for line in lines_of(text):
        if whole and line[0].islower():
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(line)
    return whole
