"""What somebody searches for, and what a search finds: the words that every kind of thing is looked for with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Concat, Lower, Replace
from django.urls import reverse

from improvement.models import Council, User

LONGEST, MOST_WORDS = 100, 8
LONGEST_SHOWN = 220
# How people part the letters and numbers of a reference: "LAC 3", "S2 (1)", "S2.1", "S2/1".
PARTING = (" ", "(", ")", ".", "/", "-")


class Kind(TextChoices):
    RECOMMENDATION = "recommendations", "Recommendations"
    ACTION = "actions", "Actions"
    REPORT = "reports", "Reports"
    EVIDENCE = "evidence", "Evidence"
    RISK = "risks", "Risks"
    MEASURE = "measures", "Measures"
    INSPECTION = "inspections", "Inspections"
    POST = "posts", "Lead officers"
    MEETING = "meetings", "Meetings"
    DECISION = "decisions", "Decisions"


@dataclass(frozen=True)
class Found:
    """One thing: what it is called, the words in which something was found, where it belongs and its address."""

    kind: Kind
    title: str
    text: str
    place: str
    url: str


@dataclass(frozen=True)
class Asked:
    """What somebody typed: its words, and the same squeezed as a reference would be."""

    typed: str
    words: tuple[str, ...]
    squeezed: str

    @property
    def is_empty(self) -> bool:
        return not self.words


@dataclass(frozen=True)
class Source:
    """Where one kind of thing is looked for on a council's day, and how one of it is shown."""

    kind: Kind
    look: Callable[[User, Asked, list[Council], date], QuerySet[Any]]
    show: Callable[[Any], Found]


def read(typed: str) -> Asked:
    """What was typed, cut to what a search can use. A word without a letter or number is none."""
    typed = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    words = [word for word in typed.split() if re.search(r"\w", word)]
    squeezed = typed.lower()
    for sign in PARTING:
        squeezed = squeezed.replace(sign, "")
    return Asked(typed, tuple(words[:MOST_WORDS]), squeezed)


def all_words(asked: Asked, *fields: str, reference: str = "") -> Q:
    """Every word in any of the fields, or the whole of the reference."""
    found = Q()
    for word in asked.words:
        anywhere = Q(**{f"{reference}__iexact": word}) if reference else Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        found &= anywhere
    return found


def squeezed(*parts: str) -> Any:
    """A reference as it is compared: small letters without anything that parts them."""
    joined: Any = F(parts[0]) if len(parts) == 1 else Concat(*(F(part) for part in parts))
    for sign in PARTING:
        joined = Replace(joined, Value(sign), Value(""))
    return Lower(joined, output_field=CharField())


def of_plan(plan: Any, name: str, *more: str) -> str:
    return reverse(name, args=[plan.council.slug, plan.slug, *more])


def short(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN].rsplit(' ', 1)[0]} …"
