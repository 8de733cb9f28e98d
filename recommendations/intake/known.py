"""What a council has already, as far as it helps to understand a file of theirs."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Known:
    """`posts` are (abbreviation, title), `ratings` are (slug, letter, word, colour, counts as); `on` is the day of reading.

    A council without a rating key of its own is read by the red, amber, green and blue that most of them use.
    """

    posts: tuple[tuple[str, str], ...] = ()
    ratings: tuple[tuple[str, str, str, str, str], ...] = (
        ("red", "R", "Red", "#b3261e", "off-track"),
        ("amber", "A", "Amber", "#f0a202", "at-risk"),
        ("green", "G", "Green", "#1a7a43", "on-track"),
        ("blue", "B", "Blue", "#1f4e8c", "done"),
        ("grey", "Gy", "Grey", "#a7adb0", "not-yet"),
    )
    on: date = date.max
