"""How an action stands, from words, letters and colours; nothing is guessed about completion."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from recommendations.intake.colours import hue_of
from recommendations.intake.dates import days_in
from recommendations.intake.due_dates import is_date
from recommendations.intake.heard import (
    NOT_HEARD,
    NOTHING,
    UNSAID,
    Ground,
    Heard,
    marked,
    share_of,
    taken_back,
)
from recommendations.intake.known import Known
from recommendations.intake.plan_read import Sureness
from recommendations.intake.status_keys import codes_in
from recommendations.intake.status_words import (
    CAPITALS,
    HELD_IN_COLUMN,
    TICK,
    WHOLE_HELD,
    held,
    is_plain,
    is_signed_off,
    status_first,
    status_in_key,
    status_of,
    status_sentences,
    uncoded,
)
from recommendations.models.progress_update import Stage

COMPLETED_ON = re.compile(
    r"\s*(?:complete(?=\s+\d)|completed|done|achieved|closed|delivered)\s+(?:(?:on|in)\s+)?(?:the\s+)?(?=[\dA-Z])",
    re.IGNORECASE,
)
EMPTY = re.compile(r"[-–—.\s]+|n/?a\.?", re.IGNORECASE)


# What a rating that counts so usually means for the stage, where nothing else says anything of it.
USUALLY = {"done": Stage.COMPLETE, "not-yet": Stage.NOT_STARTED}


@dataclass
class Key:
    """What the ratings of a council and the key of a document mean."""

    known: Known
    codes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Known, paragraphs: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> "Key":
        """The key of a document: lines such as `B = complete`, and what its tables explain."""
        key = cls(known)
        for code, words in (*(pair for line in paragraphs for pair in codes_in(line)), *pairs):
            key.codes.setdefault(_folded(code), words.strip())
        return key

    def rating(self, text: str) -> str:
        """The slug of the rating that a text names by its letter, its word or both; empty where it names none or two."""
        asked = (
            re.sub(r"\b(?:b?rag\w*|rating|status)\b|[():.\-–/\d%]", " ", text.casefold())
            if not text.strip().isdigit()
            else text.strip()
        )
        words = asked.split()
        named = {
            slug
            for slug, letter, word, _, _ in self.known.ratings
            if " ".join(words) in (letter.casefold(), word.casefold())
            or (words and len(words) <= 2 and set(words) <= {letter.casefold(), word.casefold()})
        }
        return named.pop() if len(named) == 1 else ""

    def counting_as(self, counts: str) -> str:
        """The first rating that counts as on-track and the like, the one whose word is green for on-track before others."""
        fitting = [slug for slug, _, _, _, meaning in self.known.ratings if counts and meaning == counts]
        return fitting[0] if fitting else ""

    def counts(self, rating: str) -> str:
        """What a rating counts as in the plan's own key; empty where there is none."""
        return next((counts for slug, _, _, _, counts in self.known.ratings if slug == rating), "")

    def by_colour(self, colour: str) -> str:
        """The rating whose colour a cell has; empty where the cell is white, or no rating is near."""
        asked = hue_of(colour)
        if not asked:
            return ""
        named = [
            slug
            for slug, _, word, _, _ in self.known.ratings
            if word.casefold().replace("gray", "grey") == asked
        ]
        alike = [slug for slug, _, _, its, _ in self.known.ratings if hue_of(its) == asked]
        warm = [
            slug
            for slug, _, word, _, _ in self.known.ratings
            if asked == "yellow" and word.casefold() == "amber"
        ]
        return next(iter(named or alike or warm), "")

    def of_colour(self, colour: str) -> Heard:
        """What the colour of a cell says: its rating, and its stage where the document's key gives the colour one."""
        hue, rating = hue_of(colour), self.by_colour(colour)
        if hue in self.codes and (keyed := self._keyed(hue, self.codes[hue])):
            return Heard(keyed.stage, rating or keyed.rating, keyed.how, Sureness.LIKELY, keyed.ground)
        return Heard("", rating, "By the colour of its cell", Sureness.LIKELY) if rating else NOTHING

    def meaning_of(self, rating: str) -> Heard:
        """What a rating says of the stage: by the document's key, else what one that counts so usually means."""
        for code, meant in self.codes.items():
            status = status_in_key(meant) if self.rating(code) == rating else None
            # “On track” says how it goes, which is what a rating is, and not which stage it has come to.
            if status and not status[1]:
                how = f"“{code.capitalize()}” is “{meant}” in the document's key"
                return Heard(status[0], rating, how, Sureness.LIKELY, Ground.KEYED)
        for slug, _, word, _, counts in self.known.ratings:
            if slug == rating and counts in USUALLY:
                stage = USUALLY[counts]
                how = f"{word} usually means {stage.label.lower()}; nothing else says so"
                return Heard(stage.value, rating, how, Sureness.UNSURE, Ground.USUAL)
        return NOTHING

    @cached_property
    def has_one_for_complete(self) -> bool:
        """Whether the document's key has a rating for what is complete."""
        return any(
            self.rating(code) and (status := status_in_key(meant)) and status[0] == Stage.COMPLETE
            for code, meant in self.codes.items()
        )

    def own(self, text: str, *, is_stage: bool) -> Heard:
        """What a cell of our own file says: a stage and a rating are words of ours, and only each other's column has them."""
        words = text.strip().casefold()
        if not words:
            return NOTHING
        if is_stage:
            stage = next((stage.value for stage in Stage if stage.label.casefold() == words), "")
            typed = NOTHING if stage else replace(self.column(text, "stage"), rating="", sure=Sureness.UNSURE)
            return Heard(stage) if stage else typed if typed.stage else NOT_HEARD
        for at in (2, 1):
            for rating in self.known.ratings:
                if rating[at].casefold() == words:
                    return Heard("", rating[0])
        return NOT_HEARD

    def column(self, text: str, heading: str) -> Heard:
        """What a cell of a status or rating column says. The heading may ask a question, or hold a key of its own."""
        words = text.strip()
        if not words or EMPTY.fullmatch(words):
            return NOTHING
        its = {_folded(code): meant for code, meant in codes_in(heading)}
        for codes, where in ((its, "by its heading"), (self.codes, "in the document's key")):
            if (meant := codes.get(_folded(words))) and (keyed := self._keyed(words, meant, where)):
                return keyed
        if mark := marked(words, heading):
            return mark
        if is_date(words):
            return self._on_its_day(words)
        rating = self.rating(words)
        if WHOLE_HELD.fullmatch(words):
            return Heard(Stage.ON_HOLD.value, "", HELD_IN_COLUMN, Sureness.UNSURE)
        if status := status_of(words):
            return Heard(status[0], rating or self.counting_as(status[1]))
        if rating:
            return Heard("", rating)
        return self._mixed(words)

    def _on_its_day(self, words: str) -> Heard:
        """A day in a column of statuses is the one on which it was completed, unless it is yet to come."""
        days = [one.on for one in days_in(words) if one.on]
        if not days:
            return NOT_HEARD
        if days[-1] > self.known.on:
            how = "A day in its column of completion is in the future"
            return Heard(Stage.IN_PROGRESS.value, "", how, Sureness.UNSURE)
        return Heard(Stage.COMPLETE.value, "", f"Its column gives {words} as completed", Sureness.LIKELY)

    def _keyed(self, code: str, meant: str, where: str = "in the document's key") -> Heard | None:
        """What a code stands for; a stage behind a rating's letter or colour weighs less than one that somebody wrote."""
        status, rating = status_in_key(meant), self.rating(code)
        ground = Ground.KEYED if rating else Ground.SAID
        rating = rating or self.rating(meant)
        if not status and not rating:
            return None
        stage, counts = status or ("", "")
        if ground == Ground.KEYED and counts:
            stage, ground = "", Ground.ASSUMED
        how = f"“{code.strip()}” is “{meant}” {where}"
        return Heard(stage, rating or self.counting_as(counts), how, Sureness.LIKELY, ground)

    def _mixed(self, words: str) -> Heard:
        """A cell such as `Green - on track`, or a status behind the code of a key: `4 - complete`."""
        first, *rest = re.split(r"\s*[-–—:/(\n]\s*", words, maxsplit=1)
        rating = self.rating(first)
        if rating and rest and self.rating(" ".join(rest)) not in ("", rating):
            return NOT_HEARD
        status = status_of(" ".join(rest)) if rest else None
        if rating and (status or rest):
            sure = Sureness.CERTAIN if status else Sureness.LIKELY
            return Heard(status[0] if status else "", rating, "", sure)
        heard = self.words(uncoded(words), "status")
        return heard if heard.how != UNSAID else NOT_HEARD

    def words(self, text: str, heading: str = "") -> Heard:
        """What a narrative says of the stage: by a status word that stands for itself, else it is in progress.

        A share is one of what is done only where the heading or the words say so: 100% of staff may have been told.
        """
        if not text.strip():
            return NOTHING
        if share := share_of(text, heading):
            return share
        for hear in (self._alone, self._first, self._rated, taken_back, self._completed_on, self._within):
            if heard := hear(text):
                return heard
        return Heard(Stage.IN_PROGRESS.value, "", UNSAID, Sureness.LIKELY, Ground.ASSUMED)

    def _alone(self, text: str) -> Heard | None:
        """A tick, “held”, and a status word behind the code of a key."""
        if TICK.fullmatch(text):
            return Heard(Stage.COMPLETE.value, "", "A tick is read as complete", Sureness.UNSURE)
        if found := held(text):
            sure = Sureness.UNSURE if found[1] else Sureness.CERTAIN
            return Heard(found[0], "", found[1], sure)
        if (meant := self.codes.get(_folded(text))) and (keyed := self._keyed(text, meant)):
            return keyed if keyed.stage else None
        if (bare := uncoded(text)) != text and (status := status_of(bare)):
            return Heard(status[0], self.counting_as(status[1]))
        return None

    def _first(self, text: str) -> Heard | None:
        """A status word at the start, or as a sentence of its own further on; two that differ are asked about."""
        said = status_sentences(text)
        if found := status_first(text):
            said = [("", *found), *said]
        if not said:
            return None
        stages = {stage for _, stage, _ in said}
        if Stage.COMPLETE.value in stages and len(stages) > 1:
            word, stage, counts = next(one for one in said if one[1] != Stage.COMPLETE)
            how = f"Its words say both complete and {Stage(stage).label.lower()}"
            return Heard(stage, self.counting_as(counts), how, Sureness.UNSURE)
        word, stage, counts = said[0] if found else said[-1]
        if not word or word.casefold() == text.strip(" .;!").casefold():
            return Heard(stage, self.counting_as(counts))
        return Heard(stage, self.counting_as(counts), f"“{word}” is a sentence of its own", Sureness.LIKELY)

    def _rated(self, text: str) -> Heard | None:
        first, *rest = re.split(r"\s*(?:[:,;.–—]|\s-\s|\n)\s*", text.strip(), maxsplit=1)
        if 2 < len(first) < 20 and (rating := self.rating(first)):
            behind = self.words(rest[0]) if rest and rest[0] else NOTHING
            stage = behind.stage or Stage.IN_PROGRESS.value
            ground = behind.ground if behind.stage else Ground.ASSUMED
            return Heard(stage, rating, f"“{first}” stands at its start", Sureness.LIKELY, ground)
        return None

    def _within(self, text: str) -> Heard | None:
        """“Signed off at the board”, and a status word in capitals within a sentence."""
        if is_signed_off(text) and not any(one.on and one.on > self.known.on for one in days_in(text)):
            how = f"“{' '.join(text.split()[:2])}” stands at its start"
            return Heard(Stage.COMPLETE.value, "", how, Sureness.LIKELY)
        for match in CAPITALS.finditer(text if text != text.upper() else ""):
            if is_plain(text, match.start(), match.end()):
                stage, counts = status_of(match[1]) or (Stage.IN_PROGRESS.value, "")
                how = f"“{match[1]}” stands in capitals"
                return Heard(stage, self.counting_as(counts), how, Sureness.LIKELY)
        return None

    def _completed_on(self, text: str) -> Heard | None:
        match = COMPLETED_ON.match(text)
        if not match:
            return None
        days = [one for one in days_in(text[:80]) if abs(one.start - match.end()) <= 1]
        if not days or days[0].on is None:
            return None
        if days[0].on > self.known.on:
            return Heard(
                Stage.IN_PROGRESS.value, "", "Its completion is dated in the future", Sureness.UNSURE
            )
        return Heard(Stage.COMPLETE.value, "", "Completed on a day that is given", Sureness.LIKELY)


def _folded(code: str) -> str:
    return code.strip(" .()[]").casefold().replace("gray", "grey")
