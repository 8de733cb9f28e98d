"""Two wordings of the same thing, word by word: what went, what came, what stayed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

# A word with the space after it, so that a changed word takes its space along.
WORD = re.compile(r"\S+\s*|\s+")


class Fate(Enum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some words that share a fate. All but the added ones make the old wording, all but the removed ones the new."""

    fate: Fate
    text: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    old, new = WORD.findall(before), WORD.findall(after)
    pieces: list[Piece] = []
    # Without the guess at what is common, which would skip words that a long text repeats.
    # A word is the same with and without the space that ends it.
    matcher = SequenceMatcher(
        None, [word.rstrip() for word in old], [word.rstrip() for word in new], autojunk=False
    )
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece(Fate.KEPT, "".join(new[start:end])))
        else:
            pieces.append(Piece(Fate.REMOVED, "".join(old[first:last])))
            pieces.append(Piece(Fate.ADDED, "".join(new[start:end])))
    return tuple(piece for piece in pieces if piece.text)
