"""What speaks of how an action stands: its words, its status, its rating; and which of them is heard where they differ."""

import re
from dataclasses import dataclass

from recommendations.intake.drafts import Bit
from recommendations.intake.entries import Entry
from recommendations.intake.heard import UNSAID, Ground, Heard
from recommendations.intake.plan_read import Sureness, worse
from recommendations.intake.rows import Place
from recommendations.models.progress_update import Stage


@dataclass(frozen=True)
class Told:
    """One entry of what was told of an action, and what its words say. `tinted` is one rated by the colour of its cell."""

    entry: Entry
    bit: Bit
    heard: Heard
    tinted: bool = False

    @property
    def how(self) -> str:
        return "; ".join(one for one in (self.heard.how, self.entry.how, self.bit.how) if one)

    @property
    def sure(self) -> Sureness:
        return worse(self.heard.sure, self.bit.sure)


@dataclass(frozen=True)
class Columns:
    """What the status and rating columns say together. `doubts` are sentences on what in them was not understood;
    `unheard` are its cells, and `long` those that say more than a status."""

    heard: tuple[Heard, ...]
    places: tuple[Place, ...]
    doubts: tuple[str, ...]
    unheard: tuple[Bit, ...]
    long: tuple[Bit, ...]

    @property
    def stage(self) -> str:
        return next((one.stage for one in self.heard if one.stage), "")

    @property
    def rating(self) -> str:
        """The column of ratings comes last, and has the last word on it."""
        return next((one.rating for one in reversed(self.heard) if one.rating), "")

    @property
    def say_anything(self) -> bool:
        return bool(self.stage or self.rating or self.doubts)

    @property
    def words(self) -> tuple[Bit, ...]:
        """The cells that say more than a status or a code: the update, where none is told elsewhere."""
        return (*self.long, *(bit for bit in self.unheard if re.search(r"[^\W\d]{3}", bit.text)))

    @property
    def narrative(self) -> str:
        return "\n".join(bit.text for bit in self.words)


@dataclass(frozen=True)
class Choice:
    stage: str
    how: str
    sure: Sureness


def decided(
    columns: Columns,
    last: Told | None,
    rating: str,
    usual: Heard,
    *,
    careful: bool,
    slipping: bool = False,
    another: bool = False,
) -> Choice:
    """The stage that is taken: that of whoever says it most plainly; unsure where another says otherwise.

    `slipping` is a rating that counts as at risk or off track, `another` one where the document's key has another for what
    is complete. Not `careful` is for files of our own, which say each thing where it belongs.
    """
    voices = [("the column says", one) for one in columns.heard if one.stage]
    if last and last.heard.stage:
        voices.append(("the words say", last.heard))
    keyed = any(one.ground == Ground.KEYED for _, one in voices)
    if usual.stage and not keyed and not (usual.stage == Stage.NOT_STARTED and last):
        voices.append(("its rating says", usual))
    if not voices:
        return _without(columns, last, rating)
    name, loudest = max(voices, key=lambda voice: voice[1].ground)
    against = next((voice for voice in voices if careful and _contradicts(loudest, voice[1])), None)
    hows = [loudest.how, *(one.how for one in columns.heard)]
    sure = worse(loudest.sure, *(one.sure for one in columns.heard))
    if last and not any(one.stage for one in columns.heard):
        # What made the words unsure, as one cell beside several actions, holds for the update all the same.
        sure = worse(sure, last.bit.sure)
        hows += [last.entry.how, last.bit.how]
    if against:
        hows, sure = [f"{name.capitalize()} {_label(loudest)}, {_against(*against)}"], Sureness.UNSURE
    elif careful and loudest.stage == Stage.COMPLETE and slipping:
        hows, sure = [*hows, "Its rating says that it is slipping"], Sureness.UNSURE
    elif careful and loudest.stage == Stage.COMPLETE and another and sure != Sureness.CERTAIN:
        hows, sure = [*hows, "The key has another rating for what is complete"], Sureness.UNSURE
    if columns.doubts:
        taken = f"taken as {_label(loudest)}" + ", by its words" * (name == "the words say")
        hows, sure = [*columns.doubts, taken, *(how for how in hows if how != UNSAID)], Sureness.UNSURE
    return Choice(loudest.stage, _joined(hows), sure)


def _without(columns: Columns, last: Told | None, rating: str) -> Choice:
    """Nobody says a stage: in progress where there is a rating or a word, and somebody has to look."""
    if rating or last or columns.narrative:
        stage, why = Stage.IN_PROGRESS, "" if columns.doubts else "It has a rating and no status"
    else:
        stage, why = Stage.NOT_STARTED, "nothing else is said"
    taken = f"taken as {stage.label.lower()}"
    hows = [*columns.doubts, why, taken, *(one.how for one in columns.heard)]
    return Choice(stage.value, _joined(hows), Sureness.UNSURE)


def _joined(hows: list[str]) -> str:
    return "; ".join(dict.fromkeys(how for how in hows if how))


def _contradicts(one: Heard, other: Heard) -> bool:
    if other.stage == one.stage or other.ground == Ground.ASSUMED:
        return False
    if Stage.COMPLETE in (one.stage, other.stage):
        return True
    return one.ground == other.ground == Ground.SAID and other.sure == Sureness.CERTAIN


def _label(heard: Heard) -> str:
    return Stage(heard.stage).label.lower()


def _against(name: str, heard: Heard) -> str:
    if heard.ground == Ground.USUAL:
        return f"and {heard.how.partition(' usually')[0].lower()} usually means {_label(heard)}"
    return f"{name} {_label(heard)}"
