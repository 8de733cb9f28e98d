"""What one text says of how an action stands, and what a share, a tick, a cross or a yes says."""

import re
from dataclasses import dataclass
from enum import IntEnum

from recommendations.intake.plan_read import Sureness
from recommendations.intake.status_words import TICK, says_complete_and_more, share_done, status_of
from recommendations.models.progress_update import Stage

OF_STATUS = re.compile(r"%|per ?cent|complete|status", re.IGNORECASE)
COMPLETE = re.compile(r"\s*\d+\s?%\s*(?:complete|done)", re.IGNORECASE)
ASKED = re.compile(
    r"\b(?:completed?|achieved|done|closed|finished|delivered|implemented|signed off)\b", re.IGNORECASE
)
YES = re.compile(r"\W*(?:y|yes|true)\W*|\s*[✓✔☑✅]\ufe0f?\s*", re.IGNORECASE)
NO = re.compile(r"\W*(?:n|no|false)\W*|\s*[✗✘☐❌]\ufe0f?\s*", re.IGNORECASE)
# A cross is how some tick a box, and how others say no.
CROSS = re.compile(r"\s*[x×☒]\s*", re.IGNORECASE)


class Ground(IntEnum):
    """Why a stage is taken, the weakest first: nothing says otherwise; a rating usually means it; a column says that it is
    not complete; a key says what its rating means; somebody says so in words."""

    ASSUMED = 0
    USUAL = 1
    DENIED = 2
    KEYED = 3
    SAID = 4


@dataclass(frozen=True)
class Heard:
    """What one text says: a stage or none, a rating's slug or none, how that was understood and how sure it is."""

    stage: str = ""
    rating: str = ""
    how: str = ""
    sure: Sureness = Sureness.CERTAIN
    ground: Ground = Ground.SAID


NOTHING = Heard()
UNHEARD = "The status was not understood"
UNSAID = "No word says how far it is: in progress"
TAKEN_BACK = "It says that it is complete, and then something else: in progress"
NOT_HEARD = Heard("", "", UNHEARD, Sureness.UNSURE, Ground.ASSUMED)


def share_of(text: str, heading: str) -> Heard | None:
    if not (share := share_done(text)):
        return None
    stage, printed = share
    if OF_STATUS.search(heading) or COMPLETE.search(text):
        return Heard(stage, "", f"{printed} per cent", Sureness.LIKELY)
    how = f"{printed} per cent, and nothing says of what: in progress"
    return Heard(Stage.IN_PROGRESS.value, "", how, Sureness.UNSURE)


def taken_back(text: str) -> Heard | None:
    if not says_complete_and_more(text):
        return None
    return Heard(Stage.IN_PROGRESS.value, "", TAKEN_BACK, Sureness.UNSURE)


def marked(words: str, heading: str) -> Heard | None:
    """What a tick, a cross or a yes says below a heading that asks whether an action is complete, or for its status."""
    how = f"“{words}” under “{heading}”"
    if TICK.fullmatch(words) and (headed := status_of(heading.strip(" ?"))):
        # A column for each stage, and a tick in one of them.
        return Heard(headed[0], "", how, Sureness.LIKELY)
    if TICK.fullmatch(words):
        return Heard(Stage.COMPLETE.value, "", how, Sureness.LIKELY)
    if not ASKED.search(heading):
        return None
    if CROSS.fullmatch(words):
        how += " may be a tick or a cross"
        return Heard(Stage.IN_PROGRESS.value, "", how, Sureness.UNSURE, Ground.DENIED)
    if YES.fullmatch(words):
        return Heard(Stage.COMPLETE.value, "", how, Sureness.LIKELY)
    if NO.fullmatch(words):
        return Heard(Stage.IN_PROGRESS.value, "", how, Sureness.LIKELY, Ground.DENIED)
    return None
