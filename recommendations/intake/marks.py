"""Rows and lines that say something of all that follows: a phase, or a band of time."""

import re

from recommendations.models.action import Phase
from recommendations.models.recommendation import Timescale

PHASES = {
    Phase.MUST_DO: "must do|must-do|must dos|must do actions|must be done|essential actions",
    Phase.EMBEDDING: "embedding|embed|embedding actions|embed and sustain|sustaining|embedding and sustaining",
    Phase.NONE: "no phase",
}
BANDS = {
    Timescale.IMMEDIATE: "immediate|immediately|with immediate effect|immediate actions?",
    Timescale.THREE_MONTHS: r"(?:with)?in (?:the next )?(?:3|three) months|(?:3|three) months",
    Timescale.SIX_MONTHS: r"(?:with)?in (?:the next )?(?:6|six) months|(?:6|six) months",
    Timescale.TWELVE_MONTHS: r"(?:with)?in (?:the next )?(?:12|twelve) months|(?:12|twelve) months|within (?:a|one) year",
    Timescale.NONE: "no timescale",
}
AROUND = r"[\s(\[*•]*(?:{})[\s)\]:*.]*"
PHASE_WORDS = tuple(
    (re.compile(AROUND.format(words), re.IGNORECASE), phase) for phase, words in PHASES.items()
)
BAND_WORDS = tuple((re.compile(AROUND.format(words), re.IGNORECASE), band) for band, words in BANDS.items())
LEADING_PHASE = re.compile(r"\s*(MUST DO|EMBEDDING|Must do|Embedding)\s*[:–-]\s+(?=\S)")


def phase_of(text: str) -> str | None:
    """The phase that a text names, where it names nothing else."""
    if len(text) > 40:
        return None
    return next((phase.value for words, phase in PHASE_WORDS if words.fullmatch(text)), None)


def band_of(text: str) -> str | None:
    """The band of time that a text names, where it names nothing else."""
    if len(text) > 40:
        return None
    return next((band.value for words, band in BAND_WORDS if words.fullmatch(text)), None)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def without_bands(text: str) -> tuple[str | None, str | None, str]:
    """The band and the phase that stand on lines of their own at the top or bottom of a cell, and the rest of it."""
    band: str | None = None
    phase: str | None = None
    kept: list[str] = []
    for line in lines_of(text):
        if (named := band_of(line)) is not None and band is None:
            band = named
        elif (named := phase_of(line)) is not None and phase is None:
            phase = named
        else:
            kept.append(line)
    return band, phase, "\n".join(kept)
