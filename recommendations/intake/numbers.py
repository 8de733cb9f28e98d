"""Numbers of actions and references of recommendations, and the many actions that one cell tells apart by them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from recommendations.intake.dates import days_in
from recommendations.intake.marks import LEADING_PHASE, phase_of

INNER = r"[A-Z]{0,4}\d{1,3}(?:\.\d{1,3})*[a-z]?(?:\s?[-–]\s?\d{1,3}[a-z]?)?|[a-z]|[ivx]{1,4}"
LEADING = re.compile(
    rf"\s*(?:(?:Action|Task|Step)\s+(?P<worded>\d{{1,3}}(?:\.\d+)*[a-z]?)\s*[:.)–-]\s*"
    rf"|[(\[](?P<both>{INNER})[)\]][.:]?\s*"
    rf"|(?P<closed>{INNER})[)]\s*"
    rf"|(?P<dotted>\d{{1,3}}[a-z]?)[.:](?=\s|[A-Za-z(]|$)\s*"
    rf"|(?P<tree>[A-Z]{{0,4}}\d{{1,3}}(?:\.\d{{1,3}})+[a-z]?)[.:)]?(?:\s+|$)"
    r"|(?P<lettered>\d{1,3}[a-z])\s+(?=[A-Z][a-z]))"
)
INLINE = re.compile(rf"(?<=[\w.;:!?)])\s+(?=\((?:{INNER})\)\s*[A-Z]|(?:\d{{1,2}}[.)]|[a-z]\))\s+[A-Z\d])")
NOT_AFTER = re.compile(
    r"\b(?:of|see|actions?|and|to|point|points|in|with|under|from|or|recommendations?)$|[&,/]$", re.IGNORECASE
)
BULLET = re.compile(r"\s*[•●▪◦·‣–*o-]\s+(?=\S)")
WRAPPING = re.compile(r"^(?:action|task|step|no|number|item|ref)?\.?\s*[(\[]?\s*|\s*[)\].:]*$", re.IGNORECASE)
NUMBER = re.compile(
    rf"(?:(?:Action|Task|Step|No\.?)\s*)?[(\[]?\s*(?:{INNER}|[A-Z]{{1,5}}[ -]?\d{{1,3}}(?:[./-]\d{{1,3}})*)\s*[)\]]?[.:]?"
)
REFERENCE = re.compile(
    r"\s*(?:[(\[](?P<both>[A-Z]{0,5}\s?\d{1,3}(?:\.\d+)*[a-z]?)[)\]][.:]?\s*"
    r"|(?P<letters>[A-Z]{1,5}\d{1,3}(?:\.\d+)*[a-z]?)\s*(?:[.:)–-]\s*|\s+)(?=\S)"
    r"|(?P<plain>\d{1,2}(?:\.\d{1,2})*)(?:[.):]\s+|\s+[–-]\s+|\s+(?=[A-Z]))(?=\S)"
    r"|(?i:recommendation|rec\.?|priority(?: (?:area|action))?|area for (?:improvement|development|action|priority action)"
    r"|area of (?:significant )?weakness|area|objective|requirement|standard|finding|outcome|key line of enquiry|judgement)\s*(?i:no\.?\s*)?"
    r"(?P<worded>[A-Z]{0,3}\d{1,3}(?:\.\d+)*[a-z]?|[A-Z])\s*(?:[:.)–-]+\s*|\n\s*)(?=\S))"
)
# “P1c (cont.)”, “Priority 2 continued”: what a page break has cut in two.
CONTINUED = re.compile(
    r"[\s(\[–—-]+con(?:t(?:['’/]?d)?|tinued|tinues|tinuation)\.?\s*[)\]]?\s*[:.]?\s*$", re.IGNORECASE
)
# What calls itself a recommendation is one.
NAMED = re.compile(
    r"\s*(?:recommendation|rec\b|priority|area for (?:improvement|development|action|priority action)"
    r"|area of (?:significant )?weakness|finding|objective|requirement)",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d+|[a-z]+", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A part of a cell: the number that it begins with, none for what stands before the first, and the phase above it."""

    number: str
    text: str
    phase: str | None = None


def without_continued(text: str) -> tuple[str, bool]:
    """A text without the mark that it goes on from above, and whether it has one."""
    match = CONTINUED.search(text) if len(text) < 400 else None
    return (text[: match.start()].rstrip(), True) if match else (text, False)


def clean_number(text: str) -> str:
    """A number without what is printed around it: `(1)`, `1.` and `Action 1` are 1."""
    stripped = WRAPPING.sub("", without_continued(text.strip())[0])
    return re.sub(r"\s*[-–]\s*", "-", stripped) if re.search(r"\d\s*[-–]\s*\d", stripped) else stripped


def is_number(text: str) -> bool:
    stripped = without_continued(text.strip())[0]
    return (
        bool(stripped) and len(stripped) <= 14 and bool(NUMBER.fullmatch(stripped)) and not days_in(stripped)
    )


def covered_by(number: str) -> tuple[str, ...]:
    """The numbers that `2-4` or `1a-1c` stands for; any other stands for itself."""
    match = re.fullmatch(r"(\d+)-(\d+)", number)
    if match and 0 < int(match[2]) - int(match[1]) < 50:
        return tuple(str(one) for one in range(int(match[1]), int(match[2]) + 1))
    return (number,)


@lru_cache(maxsize=16384)
def _leading(line: str) -> tuple[str, str, str] | None:
    """The number at the head of a line, the way it is printed, and the rest."""
    match = LEADING.match(line)
    if not match:
        return None
    style, number = next((name, value) for name, value in match.groupdict().items() if value)
    if style != "both" and any(
        found.start <= match.start(style) < found.end for found in days_in(line[: match.end() + 12])
    ):
        return None
    kind = "i" if re.fullmatch(r"[ivx]+", number) else "a" if number.isalpha() else str(number.count("."))
    return clean_number(number), f"{style} {kind}", line[match.end() :].strip()


def number_first(text: str) -> tuple[str, str]:
    """The number that a text begins with, or none, and the rest."""
    found = _leading(text)
    return (found[0], found[2]) if found else ("", text.strip())


def order(number: str) -> tuple[tuple[int, int, str], ...]:
    """By what numbers are put in order: 2 before 10, 1a before 1b."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part.lower()) for part in DIGITS.findall(number)
    )


def _one_line_each(text: str) -> list[str]:
    """The lines of a cell; numbers that follow each other within a line begin lines too."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if sum(_leading(line) is not None for line in lines) > 1 or not lines or _leading(lines[0]) is None:
        return lines
    parts = [""]
    at = 0
    line = "\n".join(lines)
    for match in INLINE.finditer(line):
        before, after = _leading(line[at : match.start()]), _leading(line[match.end() :])
        if before and after and _follows(before[0], after[0]) and not NOT_AFTER.search(line[: match.start()]):
            parts[-1] = line[at : match.start()]
            parts.append("")
            at = match.end()
    parts[-1] = line[at:]
    return [one.strip() for part in parts for one in part.splitlines() if one.strip()]


def _follows(before: str, after: str) -> bool:
    if before.isdigit() and after.isdigit():
        return int(after) == int(before) + 1
    return len(before) == len(after) and before[:-1] == after[:-1] and ord(after[-1]) == ord(before[-1]) + 1


def pieces_of(text: str, *, ordered: bool = True) -> list[Piece]:
    """A cell as the numbered pieces that it consists of, or as one without a number; updates need not be in order.

    The first number sets the way of printing; other ways and smaller numbers within are lists of the piece itself.
    """
    found: list[tuple[str, list[str], str | None]] = []
    style, phase = "", None
    for whole in _one_line_each(text):
        line = whole
        if (named := phase_of(line)) is not None:
            phase = named
            continue
        if mark := LEADING_PHASE.match(line):
            phase, line = phase_of(mark[1]), line[mark.end() :]
        leading = _leading(line)
        # Roman one and the ninth letter look alike; what came before tells them apart.
        alike = leading is not None and style and _same_style(style, leading[1])
        if leading and (not style or alike) and (not ordered or _goes_on(found, leading[0])):
            style = style or leading[1]
            found.append((leading[0], [leading[2]], phase))
        elif found:
            found[-1][1].append(line)
        else:
            found.append(("", [line], phase))
    return [Piece(number, "\n".join(lines), marked) for number, lines, marked in found]


def _same_style(one: str, other: str) -> bool:
    return one == other or ({one[-1], other[-1]} == {"i", "a"} and one[:-1] == other[:-1])


def _goes_on(found: list[tuple[str, list[str], str | None]], number: str) -> bool:
    last = next((one[0] for one in reversed(found) if one[0]), "")
    return not last or "-" in number or (number.isalpha() and last.isalpha()) or order(number) >= order(last)


def bullets_of(text: str) -> list[str]:
    """The points of a cell of which every point begins with a bullet; none otherwise."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not BULLET.match(lines[0]):
        return []
    found: list[str] = []
    for line in lines:
        if match := BULLET.match(line):
            found.append(line[match.end() :].strip())
        else:
            found[-1] += "\n" + line.strip()
    return found if len(found) > 1 else []


def reference_alone(text: str) -> str:
    """The reference of which a text consists: 2 of “Priority 2”; empty where it holds more, or none."""
    reference, rest = reference_first(f"{text.strip()}: x")
    return reference if rest == "x" else ""


def reference_first(text: str) -> tuple[str, str]:
    """The reference that a recommendation's words begin with, or none, and the rest of them."""
    match = REFERENCE.match(text)
    if not match:
        return "", text.strip()
    reference = next(value for value in match.groupdict().values() if value)
    if any(found.start < match.end() for found in days_in(text[: match.end() + 12])):
        return "", text.strip()
    return reference.replace(" ", ""), text[match.end() :].strip()
