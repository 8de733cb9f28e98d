"""Northmoor's words, read from `texts/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent / "texts"
FIRST_VERSION = "1.0"


@dataclass(frozen=True)
class ActionText:
    """An action as the plan words it. `what` is what its updates call it; `version` the first that it stands in."""

    reference: str
    number: str
    timescale: str
    text: str
    what: str
    kind: str
    leads: tuple[str, ...]
    version: str

    @property
    def name(self) -> str:
        return f"{self.reference} ({self.number})"


@cache
def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())


def actions() -> tuple[ActionText, ...]:
    """The plan's actions in order."""
    return tuple(
        _action(recommendation, number, *row)
        for theme in read("plan")["theme"]
        for recommendation in theme["recommendation"]
        for number, row in enumerate(recommendation["actions"], start=1)
    )


def _action(
    recommendation: dict[str, Any],
    number: int,
    text: str,
    what: str,
    kind: str,
    leads: str,
    version: str = FIRST_VERSION,
) -> ActionText:
    return ActionText(
        reference=recommendation["reference"],
        number=str(number),
        timescale=recommendation["timescale"],
        text=text,
        what=what,
        kind=kind,
        leads=tuple(lead.strip() for lead in leads.split(",")),
        version=version,
    )


class Speaker:
    """What is said of one action: phrases of its kind of work, none twice while there are others."""

    def __init__(self, action: ActionText, rng: Random) -> None:
        self.action, self.rng = action, rng
        self.said: set[str] = set()

    def say(self, occasion: str, **more: str) -> str:
        """A phrase for an occasion, by the kind of work or, where that has none, common to all."""
        found = read("phrases")[self.action.kind].get(occasion) or read("phrases")["common"][occasion]
        offered = [found] if isinstance(found, str) else found
        fresh = [phrase for phrase in offered if phrase not in self.said] or offered
        phrase = self.rng.choice(fresh)
        self.said.add(phrase)
        return self.filled(phrase, **more)

    def go_on(self) -> str:
        """What is told from the middle of the work, in the order in which things happen."""
        offered = read("phrases")[self.action.kind]["middle"]
        phrase = next((phrase for phrase in offered if phrase not in self.said), "")
        if not phrase:
            return self.say("further")
        self.said.add(phrase)
        return self.filled(phrase)

    def evidence(self) -> tuple[str, str]:
        """How it was got, and what it shows."""
        method, shows = self.rng.choice(read("phrases")[self.action.kind]["evidence"])
        return method, self.filled(shows)

    def filled(self, phrase: str, **more: str) -> str:
        what = self.action.what
        return phrase.format(what=what, What=what[0].upper() + what[1:], **more)
