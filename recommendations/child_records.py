"""Text that looks like a child's record, for the warning before it is saved.

A plan speaks of services, never of one child. What is looked for has a shape: initials that stand for a person, the
number of a case, an NHS number, a date of birth, a count so small that somebody could tell who is meant. A name has no
shape, so nothing here finds one; the forms say that no child is to be named.

The patterns take time in proportion to the text: every repetition in them is bounded, and white space is reduced to
single spaces first.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from string import ascii_lowercase, ascii_uppercase

# So many places are named of each kind: the writer needs examples, not a list.
MOST_NAMED = 5
NHS_NUMBER_DIGITS = 10
# A number of so many digits after "case" is a reference even where nobody calls it one.
LONG_NUMBER = 5

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
UNPLAIN = re.compile(f"[！-～{DASHES}{INVISIBLE}]")
FULL_WIDTH = ord("！") - ord("!")
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DAY = rf"""(?:
    [0-9]{{1,2}}(?:st|nd|rd|th)?(?:\ of)?[ ./-](?:[0-9]{{1,2}}|{MONTH}),?[ ./-](?:[0-9]{{4}}|[0-9]{{2}})
    | [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}
    | {MONTH}\ [0-9]{{1,2}}(?:st|nd|rd|th)?,?\ [0-9]{{4}}
    )(?![0-9])"""

# Dotted letters that stand for something other than a person.
ABBREVIATIONS = words_of(
    """AD ADM AM AOB BA CAF CEO CIN CLA CP CPD CQC CSE CV CYP DC DCS DD DFE DI DOB DPH DS DV EH EHC EU GM GP HM HMI HOS
    HQ HR HV ICO IRO IT LA LAC LAS LEA LGA MA MAT MP NB NHS NI OK PA PC PE PEP PLO PM PO PS QA QC RE SEF SEN SLA SM SW TA
    TAC TAF TBC TM TV UK US USA VS WTE YOS YOT YP"""
)
# Two letters after "child" that are a word or a service: "CHILD IN NEED", "child CP plan".
NOT_INITIALS = words_of(
    """AM AN AS AT BE BY CP DA DD DO DV EH EI GO GP HE HV I IF IN IS IT ME MH MY NO OF ON OR PE PH QA SG SM SO SW TM TO UP
    WE"""
)
DOTTED = re.compile(
    r"(?<![a-z0-9_.])[a-z]\.(?:[a-z]\.?(?![\w.])|[a-z]\.[a-z]\.?(?![\w.])| [a-z]\.(?! ?[a-z]\.))"
)
LETTERED = re.compile(
    r"""\b(?:
      (?:child|baby|boy|girl|infant|toddler|teenager|sibling|twin|pupil|young\ person|yp|mother|father|parent|carer|family
        |client|patient)\ (?P<letters>[a-z]{1,2})(?![\w&] | /a\b | -\w)
      | children\ (?P<one>[b-hj-z])(?![\w&] | -\w)
      | (?:child|baby|boy|girl|sibling|twin|pupil|young\ person|family)\ (?P<numbered>[0-9]{1,2})
        (?![\w%] | [.,:/-]\w | \ (?:day|week|month|year|hour))
      | c?yp(?:[0-9]{1,2} | \ [0-9])(?![\w%] | \ (?:day|week|month|year))
    )""",
    re.VERBOSE,
)

REFERENCE = re.compile(
    r"""\b(?:
      (?:cases?|ref|reference|file|record|client|child|person|pupil|lcs|ics|mosaic|framework-?i|liquid\ ?logic|care\ ?first
        |care\ ?director|azeus|capita(?:\ one)?|tribal|rio|systm\ ?one|emis|ehm|e-?caf|charms|niche)[.:]?\ ?
        (?P<label>(?:id|no|number|num|ref|reference)\b[.:]?\ ?(?:is\ |was\ )?)?
        \#?\ ?[a-z]{0,4}[/-]?(?P<digits>[0-9]{3,12})
      | (?P<pupil>[a-z][0-9]{11}[0-9a-z])
    )\b""",
    re.VERBOSE,
)

NHS_NUMBER = re.compile(
    r"""\bnhs\ (?:no|num|number)\b\.?\ ?[:\#]?\ ?(?:is\ |was\ )?[0-9](?:[ .-]?[0-9]){2,14}
    | (?<![0-9])(?<![0-9][ .-])[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{4}(?![ .-]?[0-9])""",
    re.VERBOSE,
)

BIRTH = re.compile(
    rf"""\b(?:dob|d\.\ ?o\.\ ?b\.?|date\ of\ birth|birth\ ?date|birthday)\ ?[:=-]?\ ?(?:is\ |was\ |on\ |of\ )?(?:the\ )?
      (?:{DAY} | (?:19|20)[0-9]{{2}}(?![0-9]))
    | \bborn\ (?:on\ )?(?:the\ )?{DAY}""",
    re.VERBOSE,
)

# What may stand between a number and those whom it counts.
WHICH = """(?:(?:of|the|our|these|those|looked[ -]after|vulnerable|disabled|adopted|fostered|unborn|new-?born|missing|young
    |younger|older|little|small|new|open|other|more|further|additional|male|female|unaccompanied|asylum[ -]seeking
    |trafficked|white|black|asian|primary|secondary|teenage|[0-9]{1,2}(?=[ -]year))[ -])"""
MANY = """(?:children|babies|boys|girls|infants|toddlers|teenagers|siblings|twins|pupils|adolescents|young\\ people
    |young\\ persons|care\\ leavers|unaccompanied\\ minors|year[ -]olds)(?!['’](?:s\\b|\\ \\w))(?!\\ (?:services|homes?))"""
ONE = """(?:child|baby|boy|girl|infant|toddler|teenager|sibling|twin|pupil|adolescent|young\\ person|care\\ leaver
    |unaccompanied\\ minor|year[ -]old)(?!['’]s\\b)"""
# Officers write so of children, but of reviews and nurses as well.
LETTERS = (
    "(?:lac|cla|uasc)(?=[.,;)] | $ | \\ (?:was|were|is|are|has|have|had|went|who|in|aged|placed|missing)\\b)"
)
# One child before one of these is what a service is for, or a rate: "one child protection plan", "one child in ten".
SERVICE = re.compile(
    r"""\ (?:protection|deaths?|safety|safeguarding|care|health\w*|development|cent(?:red|ric)|focus\w*|abuse|impact
    |appreciation|exploitation|sexual|criminal|trafficking|poverty|practice|psycho\w+|psychiat\w+|social|services?|mind\w+
    |benefit|case|plan|place\w*|record\w*|view\w*|need|in\ need\ \w+|in\ (?:[0-9]|two|three|four|five|six|ten)\w*|and\ famil\w+
    |and\ adolescent\w*|at\ a\ time)\b""",
    re.VERBOSE,
)
# A number after one of these says which, or how many at most: "year 3 pupils", "up to four children", "one in 4 children".
WHICH_NUMBER = re.compile(
    r"""(?:^|\W)(?:stages?|years?|tiers?|levels?|bands?|phases?|priority|ages?|aged|under|over|steps?|recommendations?
    |actions?|sections?|parts?|groups?|grades?|appendix|annex|outcomes?|standards?|domains?|themes?|chapters?|pages?|tables?
    |figures?|items?|objectives?|questions?|paragraphs?|no\.?|numbers?|per|than|every|least|up\ to|maximum\ of|out\ of
    |(?:[0-9]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)\ in)\ $""",
    re.VERBOSE,
)
SMALL_COUNT = re.compile(
    rf"""(?<![\w.,/£%'’-])(?:[1-4]|one|two|three|four)
      \ (?:{WHICH}{{0,3}}(?:{MANY}|(?P<single>{ONE}))\b | {LETTERS})""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Suspicion:
    """What a text looks like, in plain words, and the words in it that do."""

    looks_like: str
    found: tuple[str, ...]


def suspicions(text: str) -> tuple[Suspicion, ...]:
    """What in a text looks like a child's record; nothing where it reads like a plan."""
    plain = _as_read(text)
    looks = ((kind, tuple(islice(_places(plain, shapes), MOST_NAMED))) for kind, shapes in SHAPES.items())
    return tuple(Suspicion(kind, found) for kind, found in looks if found)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (NHS Data Dictionary: modulus 11, weights 10 to 2)."""
    if len(digits) != NHS_NUMBER_DIGITS:
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - weighted % 11) % 11 == int(digits[-1])


def _as_read(text: str) -> str:
    """As it reads: full-width digits as digits, dashes as hyphens, nothing invisible, single spaces."""
    return " ".join(UNPLAIN.sub(_plain, text).split())


def _plain(match: re.Match[str]) -> str:
    character = match[0]
    if "！" <= character <= "～":
        return chr(ord(character) - FULL_WIDTH)
    return "-" if character in DASHES else ""


def _places(plain: str, shapes: Iterable["Shape"]) -> Iterator[str]:
    """The different words that have one of the shapes."""
    seen = set()
    # A pattern that ignores case takes several times as long as one over small letters.
    small = plain.lower()
    if len(small) != len(plain):
        small = plain.translate(SMALL)
    for pattern, holds in shapes:
        for match in pattern.finditer(small):
            words = plain[match.start() : match.end()]
            if words not in seen and holds(match, words):
                seen.add(words)
                yield words


def _are_initials(match: re.Match[str], words: str) -> bool:
    letters = re.sub(r"[. ]", "", words)
    return letters.isupper() and letters not in ABBREVIATIONS


def _names_by_letter(match: re.Match[str], words: str) -> bool:
    if match["numbered"]:
        return words[0].isupper()
    letters = match["letters"] or match["one"]
    return not letters or (words.endswith(letters.upper()) and letters.upper() not in NOT_INITIALS)


def _is_reference(match: re.Match[str], words: str) -> bool:
    return bool(match["pupil"] or match["label"]) or len(match["digits"]) >= LONG_NUMBER


def _is_nhs_number(match: re.Match[str], words: str) -> bool:
    return match[0].startswith("nhs") or is_nhs_number(re.sub(r"[^0-9]", "", match[0]))


def _counts_children(match: re.Match[str], words: str) -> bool:
    before, after = match.string[max(0, match.start() - 20) : match.start()], match.end()
    if WHICH_NUMBER.search(before):
        return False
    # Two child ... is never a count of children, and one child may be what a service is for.
    return not match["single"] or (match[0][0] in "1o" and not SERVICE.match(match.string, after, after + 30))


def _always(match: re.Match[str], words: str) -> bool:
    return True


# A pattern over small letters, and whether a match of it, with the words as they were written, is meant.
Shape = tuple[re.Pattern[str], Callable[[re.Match[str], str], bool]]
SHAPES: dict[str, tuple[Shape, ...]] = {
    "initials that stand for a person": ((DOTTED, _are_initials), (LETTERED, _names_by_letter)),
    "the number of a case or a record": ((REFERENCE, _is_reference),),
    "an NHS number": ((NHS_NUMBER, _is_nhs_number),),
    "a date of birth": ((BIRTH, _always),),
    "a count of children under five": ((SMALL_COUNT, _counts_children),),
}
