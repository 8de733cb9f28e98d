"""Recommendations and actions that say the same in the same words: shown side by side, never merged."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recommendations.challenge import words
from recommendations.challenge.facts import ActionFacts, PlanFacts, RecommendationFacts
from recommendations.challenge.finding import Finding, about_recommendations, day, listed

Group = tuple[ActionFacts, ...]


@dataclass(frozen=True)
class _Differences:
    """In what the same actions differ, in words: in how they stand, or only in what is said of them."""

    status: tuple[str, ...]
    updates: tuple[str, ...]

    @classmethod
    def of(cls, groups: list[Group]) -> "_Differences":
        told = [difference for twins in groups if (difference := _difference(twins))]
        return cls(
            status=tuple(sentence for sentence, of_status in told if of_status),
            updates=tuple(sentence for sentence, of_status in told if not of_status),
        )

    @property
    def in_words(self) -> str:
        """As the end of a question."""
        if not self.status and not self.updates:
            return ", and they stand the same everywhere: is it one piece of work, counted twice?"
        asked = "which is true?" if self.status else "which account holds?"
        return f", yet {'; '.join([*self.status, *self.updates])}: {asked}"


def in_the_same_words(plan: PlanFacts) -> Iterator[Finding]:
    """One question for each set of recommendations that share their own words, or those of some actions."""
    place = {found.reference: number for number, found in enumerate(plan.recommendations)}
    groups: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for twins in _same_texts(plan.actions):
        references = {action.reference for action in twins}
        groups[tuple(sorted(references, key=lambda name: place[name]))].append(twins)
    same = {tuple(found.reference for found in twins) for twins in _same_recommendations(plan)}
    shared = {*groups, *same}
    asked = []
    for named in sorted(shared, key=lambda names: tuple(place[name] for name in names)):
        differences = _Differences.of(groups.get(named, []))
        asked.append((differences, _asked(named, groups.get(named, []), differences, whole=named in same)))
    # Two accounts that cannot both be true come first.
    yield from (finding for _, finding in sorted(asked, key=lambda pair: -len(pair[0].status)))


def _same_texts(actions: tuple[ActionFacts, ...]) -> list[Group]:
    by_words: dict[str, list[ActionFacts]] = defaultdict(list)
    for action in actions:
        by_words[words.same_words(action.text)].append(action)
    return [tuple(twins) for twins in by_words.values() if len(twins) > 1]


def _same_recommendations(plan: PlanFacts) -> list[tuple[RecommendationFacts, ...]]:
    by_words: dict[str, list[RecommendationFacts]] = defaultdict(list)
    for recommendation in plan.recommendations:
        by_words[words.same_words(recommendation.text)].append(recommendation)
    return [tuple(twins) for twins in by_words.values() if len(twins) > 1]


def _asked(
    references: tuple[str, ...], groups: list[Group], differences: _Differences, *, whole: bool
) -> Finding:
    return about_recommendations(
        references,
        f"{_what_is_the_same(references, groups, whole)}{differences.in_words}",
        [action for twins in groups for action in twins],
        whole=whole,
        groups=[[_state(action) for action in twins] for twins in groups],
    )


def _what_is_the_same(references: tuple[str, ...], groups: list[Group], whole: bool) -> str:
    names, count = listed(references), len(groups)
    if len(references) == 1:
        return f"{names} has {'an action' if count == 1 else f'{count} actions'} more than once in the same words"
    shared = "one action" if count == 1 else f"{count} actions"
    if not whole:
        return f"{names} share {shared} word for word"
    return f"{names} ask for the same in the same words" + (f", with {shared} word for word" if count else "")


def _difference(twins: Group) -> tuple[str, bool] | None:
    """The first thing in which they differ, in words, and whether it is how they stand."""
    if _differ([action.stage for action in twins]):
        return _in_words(twins, [str(action.stage.label).lower() for action in twins]), True
    if _differ([action.rating for action in twins]):
        rated = [f"rated {action.rating}" if action.rating else "not rated" for action in twins]
        return _in_words(twins, rated), True
    if _differ([action.due_on for action in twins]):
        return _in_words(twins, [f"due on {day(a.due_on)}" if a.due_on else "undated" for a in twins]), True
    if _differ([words.same_words(action.narrative) for action in twins]):
        return f"{listed(action.name for action in twins)} have different updates", False
    return None


def _differ(values: Sequence[object]) -> bool:
    return any(one != other for one, other in pairwise(values))


def _in_words(twins: Group, states: list[str]) -> str:
    return listed(f"{action.name} is {state}" for action, state in zip(twins, states, strict=True))


def _state(action: ActionFacts) -> list[str]:
    return [action.name, action.stage, action.rating, f"{action.due_on}", action.narrative]
