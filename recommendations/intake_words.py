"""Two wordings beside each other where many have to be looked through: what changed in them, or both, cut short."""

from dataclasses import dataclass, replace

from recommendations.wording import Fate, Piece, difference

# A side that is longer is cut at a word, and can be unfolded.
SHORT = 240
# Of what both say, so many words stay about each change.
AROUND = 8
# Wordings that share less than this are two texts, and one in the other could not be read.
LIKE = 0.65
# Comparing word by word costs the square of them.
MOST_WORDS = 600


@dataclass(frozen=True)
class Wordings:
    """`pieces` where one is a change of the other; else `before` and `after`, each cut. `is_cut` where words are left out."""

    pieces: tuple[Piece, ...]
    before: str
    after: str
    is_cut: bool


def wordings(before: str, after: str) -> Wordings:
    pieces = _changed(before, after)
    shown = tuple(_shortened(pieces))
    return Wordings(
        pieces=shown,
        before=_cut(before),
        after=_cut(after),
        is_cut=shown != pieces if pieces else len(before) > SHORT or len(after) > SHORT,
    )


def _changed(before: str, after: str) -> tuple[Piece, ...]:
    """What went and what came, where the two are alike enough and short enough to be compared."""
    if not before or not after or max(len(before.split()), len(after.split())) > MOST_WORDS:
        return ()
    pieces = difference(before, after)
    kept = sum(len(piece.text) for piece in pieces if piece.fate == Fate.KEPT)
    return pieces if 2 * kept >= LIKE * (len(before) + len(after)) else ()


def _shortened(pieces: tuple[Piece, ...]) -> list[Piece]:
    """The same with only some words of what stayed about each change."""
    last = len(pieces) - 1
    return [
        replace(piece, text=_about(piece.text, first=place == 0, last=place == last))
        if piece.fate == Fate.KEPT
        else piece
        for place, piece in enumerate(pieces)
    ]


def _about(text: str, *, first: bool, last: bool) -> str:
    words = text.split()
    if len(words) <= AROUND * 2 + 2:
        return text
    begins = "" if first else " ".join(words[:AROUND])
    ends = "" if last else f"{' '.join(words[-AROUND:])} "
    return f"{begins} … {ends}".lstrip()


def _cut(text: str) -> str:
    if len(text) <= SHORT:
        return text
    return f"{text[:SHORT].rsplit(maxsplit=1)[0]} …"
