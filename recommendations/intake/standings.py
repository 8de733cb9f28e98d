"""How an action stands, from words, letters and colours; nothing is guessed about completion."""

import colorsys
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from recommendations.intake.dates import GLUED, days_in
from recommendations.intake.known import Known
from recommendations.intake.plan_read import Sureness
from recommendations.models.progress_update import Stage

# A status word, the stage that it names, and what a rating that says the same counts as.
WORDS: tuple[tuple[str, Stage, str], ...] = (
    (
        r"not (?:yet )?(?:fully |entirely )?(?:completed?|achieved|done|delivered|finished|met)|incomplete",
        Stage.IN_PROGRESS,
        "",
    ),
    (
        (
            r"(?:partly|partially|part|nearly|almost|mostly|largely|substantially|near) ?-?"
            r"(?:completed?|achieved|done|delivered|met|implemented)"
        ),
        Stage.IN_PROGRESS,
        "",
    ),
    (
        r"not (?:yet )?(?:started|begun|commenced|due)|yet to (?:start|begin|commence)|to be started|not due to start",
        Stage.NOT_STARTED,
        "",
    ),
    (
        (
            r"awaiting (?:final )?(?:sign[ -]?off|approval|ratification)|(?:ready|submitted) for (?:sign[ -]?off|approval)"
            r"|(?:pending|for) sign[ -]?off|to be signed off"
        ),
        Stage.AWAITING_SIGN_OFF,
        "",
    ),
    (r"on[ -]hold|held|paused|suspended|deferred|stalled", Stage.ON_HOLD, ""),
    (
        r"withdrawn|superseded|no longer required|no longer needed|cancelled|abandoned|removed",
        Stage.WITHDRAWN,
        "",
    ),
    (r"on[ -]track|on[ -]target|on[ -]schedule|on course", Stage.IN_PROGRESS, "on-track"),
    (r"at risk|slipping|some slippage|minor slippage", Stage.IN_PROGRESS, "at-risk"),
    (r"off[ -]track|off[ -]target|behind schedule", Stage.IN_PROGRESS, "off-track"),
    (
        (
            r"in[ -]progress|under ?-?way|on-?going|started|commenced|begun|delayed|slipped|overdue|progressing|work in progress|wip"
            r"|open|active|draft(?:ed)?"
        ),
        Stage.IN_PROGRESS,
        "",
    ),
    (
        (
            r"(?:100% |fully |now |all |action )?(?:completed?|achieved|done|delivered|finished|closed|implemented|actioned"
            r"|discharged)|100%"
        ),
        Stage.COMPLETE,
        "",
    ),
)
STARTS = tuple(
    (re.compile(rf"\s*[\[(]?(?:{words})[\])]?(?=\s*(?:[:.;,–—-]|\n|$))", re.IGNORECASE), stage, counts)
    for words, stage, counts in WORDS
)
WHOLE = tuple(
    (re.compile(rf"\W*(?:status\W+)?(?:{words})\W*", re.IGNORECASE), stage, counts)
    for words, stage, counts in WORDS
)
CAPITALS = re.compile(
    r"(?<![\w-])(COMPLETED?|DONE|ACHIEVED|CLOSED|ON[ -]TRACK|AT RISK|OFF[ -]TRACK|UNDERWAY|UNDER WAY|ONGOING|ON[ -]HOLD"
    r"|NOT (?:YET )?STARTED|WITHDRAWN|IN PROGRESS|AWAITING SIGN[ -]?OFF)(?![\w-])"
)
# What turns a word about completion into one about something else, before it and after it.
BEFORE = re.compile(
    r"\b(?:not|never|will|be|to|partly|partially|part|nearly|almost|mostly|when|once|until|if|un|yet|by|for|has not|of|%)\W*$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"[\s:.,;–—-]*(?:expected|by\b|when\b|once\b|date\b|due\b|no\b|not\b|n\b|\?|target|subject to|except|pending|tbc)",
    re.IGNORECASE,
)
COMPLETED_ON = re.compile(
    r"\s*(?:completed|done|achieved|closed|delivered)\s+(?:(?:on|in)\s+)?(?:the\s+)?(?=[\dA-Z])",
    re.IGNORECASE,
)
PER_CENT = re.compile(r"\s*(\d{1,3})\s?%(?:\s+complete)?\W*", re.IGNORECASE)
DATE_HEAD = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{GLUED.replace('?P<month>', '?:')}[\s'’-]*(?:\d{{4}}|\d\d)|Q[1-4]\s?\d{{2,4}}(?:[/-]\d\d)?)"
ENTRY = re.compile(
    rf"(?:(?<=\n)|^|(?<=[.;!?\n])\s*)[ \t•-]*(?:"
    rf"(?:progress |latest |further )?updated?(?: (?:on|at|for|as at|as of))?:?\s*[(\[]?\s*(?P<named>{DATE_HEAD})\s*[)\]]?\s*[:.–—-]*"
    rf"|[(\[]\s*(?P<bracketed>{DATE_HEAD})\s*[)\]](?:\s*update)?\s*[:.–—-]*"
    rf"|(?P<plain>{DATE_HEAD})(?:\s+update)?\s*(?::|\s[–—-]\s|\n))\s*",
    re.IGNORECASE,
)
HUES = (
    ("red", 345, 361),
    ("red", 0, 18),
    ("amber", 18, 49),
    ("yellow", 49, 68),
    ("green", 68, 170),
    ("blue", 170, 262),
    ("purple", 262, 345),
)
YES = re.compile(r"\W*(?:y|yes|✓|✔|☑|x)\W*", re.IGNORECASE)
NO = re.compile(r"\W*(?:n|no|✗|✘|☐)\W*", re.IGNORECASE)
CODE_LINE = re.compile(
    r"\s*(?P<code>[A-Z]{1,2}|\d|red|amber|yellow|green|blue|grey|gray|purple|white|black)\s*(?:[=:–—-]|\s-\s)\s*(?P<words>\S[^;\n]{2,120})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heard:
    """What one text says: a stage or none, a rating's slug or none, how that was understood and how sure it is."""

    stage: str = ""
    rating: str = ""
    how: str = ""
    sure: Sureness = Sureness.CERTAIN


NOTHING = Heard()


def is_status(text: str) -> bool:
    """Whether a text is a status word and nothing else."""
    return 0 < len(text) <= 40 and any(words.fullmatch(text) for words, _, _ in WHOLE)


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
                re.sub(r"^\s*(?:b?rag\S*|status|rating)?\s*key\s*:?\s*", "", paragraph, flags=re.IGNORECASE),
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

    def column(self, text: str, heading: str) -> Heard:
        """What a cell of a status or rating column says."""
        words = text.strip()
        if not words:
            return NOTHING
        if re.search(r"complete|achieved|done", heading, re.IGNORECASE) and (
            YES.fullmatch(words) or NO.fullmatch(words)
        ):
            yes = bool(YES.fullmatch(words))
            return Heard(
                Stage.COMPLETE.value if yes else Stage.IN_PROGRESS.value,
                "",
                f"“{words}” under “{heading}”",
                Sureness.LIKELY,
            )
        rating = self.rating(words)
        if words.casefold() in self.codes:
            meant = self.codes[words.casefold()]
            status = _whole(meant) or _start(meant)
            rating = rating or self.rating(meant)
            if status or rating:
                stage, counts = status or ("", "")
                rating = rating or self.counting_as(counts)
                return Heard(stage, rating, f"“{words}” is “{meant}” in the document's key", Sureness.LIKELY)
        if status := _whole(words):
            return Heard(status[0], rating or self.counting_as(status[1]))
        if rating:
            return Heard("", rating)
        return self._mixed(words)

    def _mixed(self, words: str) -> Heard:
        """A cell such as `Green - on track`."""
        first, *rest = re.split(r"\s*[-–—:/(\n]\s*", words, maxsplit=1)
        rating = self.rating(first)
        if rating and rest and self.rating(" ".join(rest)) not in ("", rating):
            return Heard("", "", UNHEARD, Sureness.UNSURE)
        status = _whole(" ".join(rest)) if rest else None
        if rating and (status or rest):
            return Heard(
                status[0] if status else "", rating, "", Sureness.CERTAIN if status else Sureness.LIKELY
            )
        heard = self.words(words)
        return heard if heard.how != UNSAID else Heard("", "", UNHEARD, Sureness.UNSURE)

    def words(self, text: str) -> Heard:
        """What a narrative says of the stage: by a status word at its start or in capitals, else it is in progress."""
        if not text.strip():
            return NOTHING
        if found := _start(text):
            return Heard(found[0], self.counting_as(found[1]))
        first, *rest = re.split(r"\s*(?:[:,;.–—]|\s-\s|\n)\s*", text.strip(), maxsplit=1)
        if 2 < len(first) < 20 and (rating := self.rating(first)):
            stage = self.words(rest[0]).stage if rest and rest[0] else Stage.IN_PROGRESS.value
            return Heard(
                stage or Stage.IN_PROGRESS.value, rating, f"“{first}” stands at its start", Sureness.LIKELY
            )
        if match := PER_CENT.match(text):
            share = {"0": Stage.NOT_STARTED, "100": Stage.COMPLETE}.get(match[1], Stage.IN_PROGRESS)
            return Heard(share.value, "", f"{match[1]} per cent", Sureness.LIKELY)
        if (dated := self._completed_on(text)) is not None:
            return dated
        for match in CAPITALS.finditer(text if text != text.upper() else ""):
            if _is_plain(text, match.start(), match.end()):
                stage, counts = _whole(match[1]) or (Stage.IN_PROGRESS.value, "")
                return Heard(
                    stage, self.counting_as(counts), f"“{match[1]}” stands in capitals", Sureness.LIKELY
                )
        return Heard(Stage.IN_PROGRESS.value, "", UNSAID, Sureness.LIKELY)

    def _completed_on(self, text: str) -> Heard | None:
        match = COMPLETED_ON.match(text)
        days = [one for one in days_in(text[:80]) if match and abs(one.start - match.end()) <= 1]
        if not match or not days or days[0].on is None:
            return None
        if days[0].on > self.known.on:
            return Heard(
                Stage.IN_PROGRESS.value, "", "Its completion is dated in the future", Sureness.UNSURE
            )
        return Heard(Stage.COMPLETE.value, "", "Completed on a day that is given", Sureness.LIKELY)


UNHEARD = "No status was recognised"
UNSAID = "It says no status: in progress"


def _whole(text: str) -> tuple[str, str] | None:
    return next(((stage.value, counts) for words, stage, counts in WHOLE if words.fullmatch(text)), None)


def _start(text: str) -> tuple[str, str] | None:
    for words, stage, counts in STARTS:
        if (match := words.match(text)) and (
            stage != Stage.COMPLETE or _is_plain(text, match.start(), match.end())
        ):
            return stage.value, counts
    return None


def _is_plain(text: str, start: int, end: int) -> bool:
    """Whether nothing around a status word says that it is not so yet."""
    return not BEFORE.search(text[:start]) and not AFTER.match(text[end:])


def hue_of(colour: str) -> str:
    """The name of a cell's colour; empty for white, black and what is hardly tinted."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    if full < 0.15 or light > 0.95 or light < 0.08:
        return "grey" if 0.4 < light < 0.88 and full < 0.15 else ""
    return next((name for name, low, high in HUES if low <= hue * 360 < high), "")


@dataclass(frozen=True)
class Entry:
    """One of the entries that were appended in a cell; `on` is empty for what stands before the first dated one."""

    on: date | None
    text: str
    how: str = ""


def entries_of(text: str, known_on: date, heading: str = "") -> list[Entry]:
    """The dated entries of an update cell, in the order of their days where every one is dated."""
    marks = [
        (match, on)
        for match in ENTRY.finditer(text)
        if (on := _day_of(next(value for value in match.groupdict().values() if value), known_on))
    ]
    under = _day_of(heading, known_on) if heading else None
    if not marks:
        return (
            [Entry(under, text.strip(), f"It stands under “{heading}”" if under else "")]
            if text.strip()
            else []
        )
    found = [Entry(under, text[: marks[0][0].start()].strip())] if text[: marks[0][0].start()].strip() else []
    for at, (match, on) in enumerate(marks):
        end = marks[at + 1][0].start() if at + 1 < len(marks) else len(text)
        found.append(Entry(on, text[match.end() : end].strip(), f"The entry headed “{match[0].strip()}”"))
    return sorted(found, key=lambda entry: entry.on or date.min)


def _day_of(text: str, known_on: date) -> date | None:
    """The day of an entry: a month's is its last, or the day of reading where that is earlier; none in the future."""
    found = [one for one in days_in(text) if one.on]
    if len(found) != 1 or found[0].on is None:
        return None
    on = found[0].on
    if on <= known_on:
        return on
    begun = on.replace(day=1) if found[0].precision != "day" else on
    return known_on if begun <= known_on else None
