"""What a rule finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from recommendations.challenge.facts import ActionFacts


class Kind(Enum):
    ACTION = "action"
    RECOMMENDATION = "recommendation"
    POST = "post"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about. Recommendations in the same words are one subject; then `key` names them all."""

    kind: Kind
    key: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A question before anybody is asked: `because` holds the facts that set it off, and no day that passes by itself."""

    subject: Subject
    sentence: str
    because: dict[str, Any]
    actions: tuple[ActionFacts, ...]
    references: tuple[str, ...]


def about_action(action: ActionFacts, sentence: str, /, **because: Any) -> Finding:
    return Finding(Subject(Kind.ACTION, action.name), sentence, because, (action,), (action.reference,))


def about_recommendations(
    references: Iterable[str], sentence: str, actions: Iterable[ActionFacts], /, **because: Any
) -> Finding:
    named = tuple(references)
    return Finding(Subject(Kind.RECOMMENDATION, ", ".join(named)), sentence, because, tuple(actions), named)


def about(kind: Kind, key: str, sentence: str, actions: Iterable[ActionFacts], /, **because: Any) -> Finding:
    named = tuple(actions)
    references = tuple(dict.fromkeys(action.reference for action in named))
    return Finding(Subject(kind, key), sentence, because, named, references)


def day(on: date) -> str:
    return f"{on:%-d %B %Y}"


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def listed(names: Iterable[str]) -> str:
    """S7, S8 and S9."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
