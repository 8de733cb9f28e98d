"""What of a plan as understood would be refused when it is loaded: every place of it at once, with the reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from improvement.models import Theme
from recommendations.child_records import Suspicion, suspicions
from recommendations.intake.plan_read import ActionRead, Due, PlanRead, RecommendationRead, Said, Sureness
from recommendations.intake.rows import Place
from recommendations.models import DuePrecision, Phase, Stage, Timescale
from recommendations.workflow.access import LONGEST_TEXT
from recommendations.workflow.beginning import LONGEST_NAME, LONGEST_OF_POST
from recommendations.workflow.plan import LONGEST_DUE_TEXT, NUMBER, UNDATED
from recommendations.workflow.recommending import REFERENCE

LONGEST_SHOWN = 80
# Asked of each of thousands of values, an enumeration takes longer to list its own.
STAGES, PHASES, TIMESCALES, PRECISIONS = (
    frozenset(choices.values) for choices in (Stage, Phase, Timescale, DuePrecision)
)
# A plan is looked through again after each value that is put right, and nearly all of its words are the same.
_suspicions = lru_cache(maxsize=20_000)(suspicions)


@dataclass(frozen=True)
class Fault:
    """One value that cannot be loaded: of what, which, as it stands, why, and its cells. `key` is where it is mended."""

    subject: str
    part: str
    value: str
    reason: str
    places: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.subject}/{self.part}"


@dataclass(frozen=True)
class Looked:
    """Words that look like a child's record, and where they stand."""

    subject: str
    part: str
    suspicion: Suspicion
    places: tuple[Place, ...]


def faults(read: PlanRead, ratings: frozenset[str]) -> tuple[Fault, ...]:
    """Everything that a rule refuses, in the order of the file. `ratings` are the slugs of the plan's key."""
    return tuple(_faults(read, ratings))


def looks_like_children(read: PlanRead) -> tuple[Looked, ...]:
    """Where the words look like a child's record; they are loaded only with a reason."""
    return tuple(
        Looked(subject, part, suspicion, said.places)
        for subject, part, text, said in _texts(read)
        for suspicion in _suspicions(text)
    )


def unsure(read: PlanRead) -> tuple[tuple[str, str, Said[Any]], ...]:
    """What somebody has to look at before it is loaded: of what, which value, and the value."""
    return tuple(
        (subject, part, said) for subject, part, said in values(read) if said.sure == Sureness.UNSURE
    )


def values(read: PlanRead) -> Iterator[tuple[str, str, Said[Any]]]:
    """Every value of the plan by what it belongs to, as the preview and `mend` call it."""
    for each in read.recommendations:
        reference = each.reference.value
        for part in ("reference", "theme", "timescale", "text", "outcome"):
            yield reference, part, getattr(each, part)
        for action in each.actions:
            subject = f"{reference} ({action.number.value})"
            for part in ("number", "text", "phase", "leads", "due"):
                yield subject, part, getattr(action, part)
            for place, standing in enumerate(action.standings, start=1):
                last = place == len(action.standings)
                yield subject, "standing" if last else f"standing/{place}", standing


def _texts(read: PlanRead) -> Iterator[tuple[str, str, str, Said[Any]]]:
    for subject, part, said in values(read):
        if part.startswith("standing"):
            yield subject, part, said.value.narrative, said
        elif part == "due":
            yield subject, part, said.value.text, said
        elif part in ("theme", "text", "outcome"):
            yield subject, part, said.value, said


def _faults(read: PlanRead, ratings: frozenset[str]) -> Iterator[Fault]:
    if not any(each.actions for each in read.recommendations):
        yield Fault("The file", "rows", "", "No action was found in it.")
    references = Counter(each.reference.value for each in read.recommendations)
    for each in read.recommendations:
        yield from _of_recommendation(each, references)
        numbers = Counter(action.number.value for action in each.actions)
        for action in each.actions:
            subject = f"{each.reference.value} ({action.number.value})"
            yield from _of_action(subject, action, numbers, ratings)
    for post in read.posts:
        for part, longest in LONGEST_OF_POST.items():
            if len(getattr(post, part)) > longest:
                reason = f"Longer than {longest} characters."
                places = _first_led_by(read, post.abbreviation)
                yield Fault("Lead officers", part, _cut(getattr(post, part)), reason, places)


def _first_led_by(read: PlanRead, abbreviation: str) -> tuple[Place, ...]:
    actions = (action for each in read.recommendations for action in each.actions)
    return next((action.leads.places for action in actions if abbreviation in action.leads.value), ())


def _of_recommendation(read: RecommendationRead, references: Counter[str]) -> Iterator[Fault]:
    subject = read.reference.value
    if not REFERENCE.fullmatch(read.reference.value):
        yield _fault(subject, "reference", read.reference, "Not a short reference such as S2 or LAC 4.")
    elif references[read.reference.value] > 1:
        yield _fault(subject, "reference", read.reference, "Another recommendation has this reference.")
    if len(read.theme.value.strip()) > LONGEST_NAME[Theme]:
        yield _fault(subject, "theme", read.theme, f"Longer than {LONGEST_NAME[Theme]} characters.")
    if read.timescale.value not in TIMESCALES:
        yield _fault(subject, "timescale", read.timescale, "Not one of the timescales.")
    yield from _words(subject, "text", read.text, "It has no words.")
    yield from _words(subject, "outcome", read.outcome, "")


def _of_action(
    subject: str, read: ActionRead, numbers: Counter[str], ratings: frozenset[str]
) -> Iterator[Fault]:
    if not NUMBER.fullmatch(read.number.value):
        yield _fault(subject, "number", read.number, "Not a short number of digits and letters, such as 12a.")
    elif numbers[read.number.value] > 1:
        yield _fault(subject, "number", read.number, "Another action of this recommendation has this number.")
    if read.phase.value not in PHASES:
        yield _fault(subject, "phase", read.phase, "Not one of the phases.")
    yield from _words(subject, "text", read.text, "It has no words.")
    yield from _due(subject, read.due)
    for place, said in enumerate(read.standings, start=1):
        part = "standing" if place == len(read.standings) else f"standing/{place}"
        if said.value.stage not in STAGES:
            yield _fault(subject, part, said, "Not one of the stages.")
        if said.value.rating and said.value.rating not in ratings:
            yield _fault(subject, part, said, "Not in the plan's rating key.")
        if len(said.value.narrative) > LONGEST_TEXT:
            yield _fault(subject, part, said, f"Longer than {LONGEST_TEXT:,} characters.")


def _due(subject: str, said: Said[Due]) -> Iterator[Fault]:
    due = said.value
    if due.precision not in PRECISIONS or (due.on is None) != (due.precision in UNDATED):
        yield _fault(subject, "due", said, "Neither a day nor said to be ongoing or to be confirmed.")
    if len(due.text) > LONGEST_DUE_TEXT:
        yield _fault(subject, "due", said, f"Longer than {LONGEST_DUE_TEXT} characters.")


def _words(subject: str, part: str, said: Said[str], missing: str) -> Iterator[Fault]:
    if missing and not said.value.strip():
        yield _fault(subject, part, said, missing)
    if len(said.value) > LONGEST_TEXT:
        yield _fault(subject, part, said, f"Longer than {LONGEST_TEXT:,} characters.")


def _fault(subject: str, part: str, said: Said[Any], reason: str) -> Fault:
    value = said.value
    text = value.text if isinstance(value, Due) else getattr(value, "narrative", value)
    return Fault(subject, part, _cut(str(text)), reason, said.places)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"
