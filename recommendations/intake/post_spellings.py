"""Two spellings of a post: whether they can mean the same one."""

import re

from recommendations.intake.post_keys import ACRONYM, fold

INITIALS = re.compile(r"(?:[A-Z][A-Za-z&.]{0,7}\.?)(?:[ -](?:[A-Z&][A-Za-z&.]{0,5}|\([A-Z]{2,6}\)))*")


def is_initials(text: str) -> bool:
    """Whether a text is the initials of a post, such as DD TS, HoS CIN or SM Perf., and not a name such as NHS Harrow."""
    words = text.split()
    long = any(
        len(word) > 4 and not word.endswith((".", ")")) and not ACRONYM.fullmatch(word) for word in words
    )
    return (
        len(text) <= 24
        and not long
        and sum(letter.isupper() for letter in text) > 1
        and bool(INITIALS.fullmatch(text))
    )


def ends(text: str) -> tuple[tuple[int, bool, str], ...]:
    words = fold(text).split()
    return ((len(words), True, words[0]), (len(words), False, words[-1])) if words else ()


def shortened(written: str, abbreviation: str) -> bool:
    """Whether one spells the words of the other shorter: Per for Perf., Chair for Chr., never NHS for NHSH."""
    mine, theirs = written.split(), abbreviation.split()
    if len(mine) != len(theirs) or len(mine) < 2 or fold(written) == fold(abbreviation):
        return False
    differing = 0
    for one, other in zip(mine, theirs, strict=True):
        if fold(one) == fold(other):
            continue
        short, long = sorted((fold(one), fold(other)), key=len)
        capitals = ACRONYM.fullmatch(other.strip(".()")) or "(" in other or "(" in one
        if capitals or len(short) < 3 or len(short) > 5 or not _letters_in_order(short, long):
            return False
        differing += 1
    return differing == 1


def _letters_in_order(short: str, long: str) -> bool:
    if short[0] != long[0]:
        return False
    rest = iter(long)
    inside = all(letter in rest for letter in short)
    return inside and (long.startswith(short) or short[-1] == long[-1])


def near(written: str, abbreviation: str) -> bool:
    """Whether two spellings differ by one letter, so that one may be a slip for the other."""
    one, other = fold(written), fold(abbreviation)
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def may_mean(one: str, other: str) -> bool:
    """Whether two titles can be one: every word of the shorter stands in the longer, or is made of its letters in order."""
    short, long = sorted((fold(one).replace(",", " "), fold(other).replace(",", " ")), key=len)
    words = set(long.split())
    for word in short.split():
        rest = iter(long)
        if word not in words and not all(letter in rest for letter in word if letter.isalnum()):
            return False
    return True
