"""What people type into a report, before it is kept."""

import hashlib
import json
import re

# What shows nothing and no document may hold: control characters but tab and line, halves of a pair, non-characters.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


def text(words: str) -> str:
    """Several lines, as typed, without characters that show nothing; no white space at the end."""
    return UNFIT.sub("", LINE_ENDS.sub("\n", words)).rstrip()


def line(words: str) -> str:
    """One line, with single spaces."""
    return " ".join(UNFIT.sub("", LINE_ENDS.sub(" ", words)).split())


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def seen(*values: object) -> str:
    """What somebody saw when they opened a form, in one word, to notice that it was changed meanwhile."""
    return digest(json.dumps([str(value) for value in values]))[:16]
