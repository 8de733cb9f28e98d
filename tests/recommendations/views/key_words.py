"""What somebody types who words a rating key."""

from typing import Any

TYPED = {
    "name": "Our key",
    "note": "The board decides.",
    "version": "1",
    "rating-1-letter": "L",
    "rating-1-word": "Late",
    "rating-1-colour": "#b3261e",
    "rating-1-meaning": "It has missed its date.",
    "rating-1-counts_as": "off-track",
    "rating-2-letter": "G",
    "rating-2-word": "Going",
    "rating-2-colour": "#1a7a43",
    "rating-2-meaning": "It goes as planned.",
    "rating-2-counts_as": "on-track",
}


def typed(changed: dict[str, Any] | None = None) -> dict[str, Any]:
    """The form as sent, with some fields changed or, by None, left out."""
    values = {**TYPED, **(changed or {})}
    return {name: value for name, value in values.items() if value is not None}
