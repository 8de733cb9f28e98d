"""What an update says between the lines: work that is still to come, what holds only for a time, days that it names.

The list was tuned on Harrow's updates, in the paper's own words and in ours: of its 22 completed actions a careful
reader asks about 13. “Ongoing”, “needs to be consulted” and “process agreed for all assessments to be checked” describe
how things are done from now on and are left alone; “will”, “is to”, “interim”, “a bid” and “one is still to be arranged”
are not yet done.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

# Each line is one way of saying that something is not done yet.
_TO_COME = re.compile(
    r"""
      \b(?:will|shall)\b(?!\ of\b)
    | (?<!aim\ )(?<!purpose\ )(?<!role\ )(?<!duty\ )\b(?:is|are|was|were|remains?|still|yet|going)\ (?:still\ )?to\b
    | \bto\ (?:be\ (?!$)|follow\b)
    | \bplans?\ to\b | (?<!as\ )(?<!than\ )\bplanned\b | \bscheduled\b
    | \b(?:a?waiting|awaits?|pending|not\ yet|has\ yet|have\ yet|until)\b
    | \b(?:in|under)\ (?:development|preparation|negotiation|review|discussion|hand|train|progress|draft)\b
    | \bunder\ ?way\b
    | \b(?:is|are|still|currently|now)\ being\ (?!used|met|followed|applied|kept|recorded|monitored|sustained)
    | (?<!the\ )\bnext\ (?:steps?|stage|phase|meeting|week|month|quarter|year)\b | \bnext\ steps?\b
    | (?<!at\ )\bonce\b(?!\ (?:an?|per|every|more|again)\b)(?=[^.;]*\b(?:is|are|has|have)\b)
    | (?<!no\ )\bfurther\ (?:work|steps?|action|meetings?|training)\b
    | \bdue\ (?:in|on|by|for)\b | \bin\ due\ course\b
    | \bdue\ to\ (?:be|begin|start|finish|complete|meet|report|take|go)\b
    | \b(?:expects?|expected|intends?|intended|hopes?|hoped|aims?|proposes?)\ to\ (?:be|have|begin|start|finish|complete)\b
    | \b(?:has|have)\ agreed\ to\b | \bbids?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Something is done, and will have to be done again.
_STOPGAP = re.compile(
    r"\b(?:interim|temporary|temporarily|for the time being|secondment|seconded|stopgap)\b", re.IGNORECASE
)
# “A process agreed for all assessments to be checked” says how it is done, not that it is not done.
_HOW_IT_IS_DONE = re.compile(
    r"\b(?:agreed|agreement|needs?|needed|requires?|required|requirement|how|must|told|allows?|enables?)\b[^.;]*\bto be\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|\n+")
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
_MONTHS["sept"] = 9
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FIGURE = re.compile(r"\d")
_DAY_IN_WORDS = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\ ({_NAMES})\b\.?(?:\ (\d{{4}}))?", re.IGNORECASE)
_DAY_IN_FIGURES = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})\b")
_MONTH = re.compile(rf"(?<!\d\ )(?<!th\ )\b({_NAMES})\ (\d{{4}})\b", re.IGNORECASE)
LONGEST_QUOTE = 180


@dataclass(frozen=True)
class Promise:
    """A sentence that names a day or a month, and that day, or the month's last one."""

    day: date
    span: str
    sentence: str


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_ENDS.split(text) if part.strip()]


def work_to_come(text: str) -> str:
    """The first sentence that speaks of work that is not done yet; empty where none does."""
    return next((quoted(sentence) for sentence in sentences(text) if _speaks_of_work_to_come(sentence)), "")


def stopgap(text: str) -> str:
    """The first sentence that speaks of something done only for a time; empty where none does."""
    return next((quoted(sentence) for sentence in sentences(text) if _STOPGAP.search(sentence)), "")


def promise_passed(text: str, *, said_on: date, on: date) -> Promise | None:
    """The last day that an update named as still to come and that has passed by another day.

    A month by itself counts where it had not begun when the update was written, or where the sentence says that
    something will be done in it.
    """
    found = [
        Promise(day, span, quoted(sentence))
        for sentence in sentences(text)
        for span, days in (("day", _days(sentence, said_on)), ("month", _months(sentence, said_on)))
        for day in days
        if day > said_on
    ]
    return max(
        (promise for promise in found if promise.day < on), key=lambda promise: promise.day, default=None
    )


def same_words(text: str) -> str:
    """A text without what does not make it another: capitals, spaces, a full stop at the end."""
    return " ".join(text.casefold().split()).rstrip(" .")


def quoted(sentence: str) -> str:
    """A sentence short enough to stand in a question."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    return sentence[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _speaks_of_work_to_come(sentence: str) -> bool:
    return bool(_TO_COME.search(_HOW_IT_IS_DONE.sub("", sentence)))


def _days(sentence: str, said_on: date) -> list[date]:
    # Most sentences name no day; looking closer is what costs.
    if not _FIGURE.search(sentence):
        return []
    days = [
        _day(int(year) if year else _nearest_year(number, said_on), number, int(day))
        for day, name, year in _DAY_IN_WORDS.findall(sentence)
        for number in [_MONTHS[name.casefold()]]
    ]
    days += [
        _day(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        for day, month, year in _DAY_IN_FIGURES.findall(sentence)
    ]
    return [day for day in days if day]


def _months(sentence: str, said_on: date) -> list[date]:
    """The last days of the months that a sentence names without a day, as far as it promises something for them."""
    if not _FIGURE.search(sentence):
        return []
    firsts = [_day(int(year), _MONTHS[name.casefold()], 1) for name, year in _MONTH.findall(sentence)]
    return [
        first.replace(day=calendar.monthrange(first.year, first.month)[1])
        for first in firsts
        if first and (first > said_on or _speaks_of_work_to_come(sentence))
    ]


def _day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; None for a 31 September."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest_year(month: int, said_on: date) -> int:
    """The year in which a month without one lies, nearest to the day on which it was named."""
    middle = timedelta(days=14)
    years = (said_on.year - 1, said_on.year, said_on.year + 1)
    return min(years, key=lambda year: abs(date(year, month, 1) + middle - said_on))
