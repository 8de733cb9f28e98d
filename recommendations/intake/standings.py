"""How an action stands, from words, letters and colours; nothing is guessed about completion."""

import colorsys
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from recommendations.intake.dates import days_in
from recommendations.intake.known import Known
from recommendations.intake.plan_read import Sureness
from recommendations.intake.status_words import (
    CAPITALS,
    TICK,
    is_plain,
    says_complete_and_more,
    share_done,
    status_begins,
    status_first,
    status_of,
)
from recommendations.models.progress_update import Stage

COMPLETED_ON = re.compile(
    r"\s*(?:complete(?=\s+\d)|completed|done|achieved|closed|delivered)\s+(?:(?:on|in)\s+)?(?:the\s+)?(?=[\dA-Z])",
    re.IGNORECASE,
)
KEY_BEGINS = re.compile(
    r"^\s*(?:b?rag\S*|status|rating)?\s*key\s*:?\s*|^[^=]*\b(?:b?rag\w*|key|rating|status)[^=:]{0,24}:\s*(?=\w+\s*[=–—-])",
    re.IGNORECASE,
)
OF_STATUS = re.compile(r"%|per ?cent|complete|status", re.IGNORECASE)
COMPLETE = re.compile(r"\s*\d+\s?%\s*(?:complete|done)", re.IGNORECASE)
LATER = re.compile(r"[.;!\n]\s+[A-Z]")
# “4 - complete”, “(2) started”: a digit that counts the statuses.
CODE = re.compile(r"\W*\d{1,2}\s?[)\].:=–—-]+\s*")
HUES = (
    ("red", 345, 361),
    ("red", 0, 18),
    ("amber", 18, 49),
    ("yellow", 49, 68),
    ("green", 68, 170),
    ("blue", 170, 262),
    ("purple", 262, 345),
)
YES = re.compile(r"\W*(?:y|yes)\W*|\s*[✓✔☑✅]\ufe0f?\s*", re.IGNORECASE)
NO = re.compile(r"\W*(?:n|no)\W*|\s*[✗✘☐❌]\ufe0f?\s*", re.IGNORECASE)
# A cross is how some tick a box, and how others say no.
CROSS = re.compile(r"\s*[x×☒]\s*", re.IGNORECASE)
CODE_LINE = re.compile(
    r"\s*(?P<code>[A-Z]{1,2}|\d|[✓✔☑✅✗✘×☒]|red|amber|yellow|green|blue|grey|gray|purple|white|black)\s*(?:[=:–—-]|\s-\s)\s*(?P<words>\S[^;\n]{2,120})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """What one text says: a stage or none, a rating's slug or none, how that was understood and how sure it is."""

    stage: str = ""
    rating: str = ""
    how: str = ""
    sure: Sureness = Sureness.CERTAIN
    # A word such as “at risk” is a rating first; a plain word about how far it is beats the stage that it stands for.
    weak: bool = False


NOTHING = Heard()


@dataclass
class Key:
    """What the ratings of a council and the key of a document mean."""

    known: Known
    codes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Known, paragraphs: Iterable[str], pairs: Iterable[tuple[str, str]] = ()) -> "Key":
        """The key of a document: lines such as `B = complete`, and the pairs of a small table."""
        key = cls(known)
        for paragraph in paragraphs:
            for part in re.split(
                r"[;\n]|,\s(?=\w{1,6}\s?=)",
                KEY_BEGINS.sub("", paragraph),
            ):
                if match := CODE_LINE.fullmatch(part.strip(" .")):
                    key.explain(match["code"], match["words"])
        for code, words in pairs:
            key.explain(code, words)
        return key

    def explain(self, code: str, words: str) -> None:
        self.codes.setdefault(code.strip().casefold(), words.strip())

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

    def counts(self, slug: str) -> str:
        """What a rating counts as: on-track, done and the like."""
        return next((meaning for its, _, _, _, meaning in self.known.ratings if its == slug), "")

    def coloured(self, colour: str) -> Heard:
        """What the colour of a cell says: a rating, and the stage that the document's key gives to that colour."""
        slug = self.by_colour(colour)
        word = next((word for its, _, word, _, _ in self.known.ratings if its == slug), "")
        meant = self.column(word, "") if word.casefold() in self.codes else NOTHING
        how = "; ".join(one for one in (BY_COLOUR, meant.how) if one)
        return Heard(meant.stage, slug, how, Sureness.LIKELY, weak=meant.weak) if slug else NOTHING

    def column(self, text: str, heading: str) -> Heard:
        """What a cell of a status or rating column says."""
        words = text.strip()
        if not words:
            return NOTHING
        rating = self.rating(words)
        if words.casefold() in self.codes:
            meant = self.codes[words.casefold()]
            status = status_of(meant) or status_first(meant) or status_begins(meant)
            rating = rating or self.rating(meant)
            if status or rating:
                stage, counts = status or ("", "")
                rating = rating or self.counting_as(counts)
                how = f"“{words}” is “{meant}” in the document's key"
                return Heard(stage, rating, how, Sureness.LIKELY, weak=bool(counts))
        if marked := _marked(words, heading):
            return marked
        if status := status_of(words):
            return Heard(status[0], rating or self.counting_as(status[1]), weak=bool(status[1]))
        if rating:
            return Heard("", rating)
        return self._mixed(words)

    def _mixed(self, words: str) -> Heard:
        """A cell such as `Green - on track`."""
        if (code := CODE.match(words)) and (status := status_of(words[code.end() :])):
            return Heard(status[0], self.counting_as(status[1]), "", Sureness.LIKELY, weak=bool(status[1]))
        first, *rest = re.split(r"\s*[-–—:/(\n]\s*", words, maxsplit=1)
        rating = self.rating(first)
        if rating and rest and self.rating(" ".join(rest)) not in ("", rating):
            return Heard("", "", UNHEARD, Sureness.UNSURE)
        status = status_of(" ".join(rest)) if rest else None
        if rating and (status or rest):
            return Heard(
                status[0] if status else "", rating, "", Sureness.CERTAIN if status else Sureness.LIKELY
            )
        heard = self.words(words, "%")
        return heard if heard.how != UNSAID else Heard("", "", UNHEARD, Sureness.UNSURE)

    def words(self, text: str, heading: str = "") -> Heard:
        """What a narrative says of the stage: by a status word at its start or in capitals, else it is in progress.

        A share is one of what is done only where the heading or the words say so: 100% of staff may have been told.
        """
        if not text.strip():
            return NOTHING
        if found := status_first(text):
            return Heard(found[0], self.counting_as(found[1]))
        first, *rest = re.split(r"\s*(?:[:,;.–—]|\s-\s|\n)\s*", text.strip(), maxsplit=1)
        if 2 < len(first) < 20 and (rating := self.rating(first)):
            stage = self.words(rest[0]).stage if rest and rest[0] else Stage.IN_PROGRESS.value
            return Heard(
                stage or Stage.IN_PROGRESS.value, rating, f"“{first}” stands at its start", Sureness.LIKELY
            )
        if doubtful := _doubtful(text, heading):
            return doubtful
        if (last := _last_sentence(text)) and (status := status_of(last)):
            return Heard(
                status[0], self.counting_as(status[1]), f"Its last sentence is “{last}”", Sureness.LIKELY
            )
        if (dated := self._completed_on(text)) is not None:
            return dated
        for match in CAPITALS.finditer(text if text != text.upper() else ""):
            if is_plain(text, match.start(), match.end()):
                stage, counts = status_of(match[1]) or (Stage.IN_PROGRESS.value, "")
                return Heard(
                    stage, self.counting_as(counts), f"“{match[1]}” stands in capitals", Sureness.LIKELY
                )
        return Heard(Stage.IN_PROGRESS.value, "", UNSAID, Sureness.LIKELY)

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


UNHEARD = "The status was not understood"
BY_COLOUR = "By the colour of its cell"
TAKEN_BACK = "It says that it is complete, and then something else: in progress"
UNSAID = "No word says how far it is: in progress"


def _doubtful(text: str, heading: str) -> Heard | None:
    """A share, a tick, or a word for complete with more behind it: what may mean complete."""
    if share := share_done(text):
        stage, printed = share
        told = OF_STATUS.search(heading) or COMPLETE.search(text)
        how = f"{printed} per cent" if told else f"{printed} per cent, and nothing says of what: in progress"
        sure = Sureness.LIKELY if told else Sureness.UNSURE
        return Heard(stage if told else Stage.IN_PROGRESS.value, "", how, sure)
    if TICK.fullmatch(text):
        how = f"“{text.strip()}” may say that it is complete: in progress"
        return Heard(Stage.IN_PROGRESS.value, "", how, Sureness.UNSURE)
    if says_complete_and_more(text):
        return Heard(Stage.IN_PROGRESS.value, "", TAKEN_BACK, Sureness.UNSURE)
    return None


def codes_in(heading: str) -> list[tuple[str, str]]:
    """The key that a heading carries in its brackets: “Status (1 – not started, 2 – started, 3 – done)”."""
    inside = " ".join(re.findall(r"[(\[]([^)\]]*)[)\]]", heading)) or heading
    found = [CODE_LINE.fullmatch(part.strip(" .")) for part in re.split(r"[,;/\n]", inside)]
    pairs = [(match["code"], match["words"]) for match in found if match]
    return pairs if len(pairs) > 1 else []


def _last_sentence(text: str) -> str:
    """The last of several sentences, where it is short."""
    before, last = (
        re.split(r"(?<=[.;!\n])\s+(?=[A-Z])", text.strip())[-2:] if LATER.search(text) else ("", "")
    )
    return last.strip(" .") if before and len(last) <= 30 else ""


def _marked(words: str, heading: str) -> Heard | None:
    """What a tick, a cross or a yes says below a heading that asks whether an action is complete, or for its status."""
    asked = re.search(r"complete|achieved|done|delivered|finished|closed", heading, re.IGNORECASE)
    yes, no, cross = YES.fullmatch(words), NO.fullmatch(words), CROSS.fullmatch(words)
    how = f"“{words}” under “{heading}”"
    if asked and (yes or no):
        return Heard(Stage.COMPLETE.value if yes else Stage.IN_PROGRESS.value, "", how, Sureness.LIKELY)
    if asked and cross:
        return Heard(Stage.IN_PROGRESS.value, "", f"{how} may be a tick or a cross", Sureness.UNSURE)
    if TICK.fullmatch(words) and re.search(r"status|stage", heading, re.IGNORECASE):
        return Heard(Stage.COMPLETE.value, "", f"{how} was taken for complete", Sureness.UNSURE)
    return None


def hue_of(colour: str) -> str:
    """The name of a cell's colour; empty for white, black and what is hardly tinted."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    if full < 0.15 or light > 0.95 or light < 0.08:
        return "grey" if 0.4 < light < 0.88 and full < 0.15 else ""
    return next((name for name, low, high in HUES if low <= hue * 360 < high), "")
