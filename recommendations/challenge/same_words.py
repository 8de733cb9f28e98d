"""Recommendations and actions that say the same in the same words: shown side by side, never merged."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from recommendations.challenge import words
from recommendations.challenge.facts import ActionFacts, PlanFacts, RecommendationFacts
from recommendations.challenge.finding import Finding, about_recommendations, day, listed

Group = tuple[ActionFacts, ...]


def in_the_same_words(plan: PlanFacts) -> Iterator[Finding]:
    """One question for each set of recommendations that share their own words, or those of some actions."""
    place = {found.reference: number for number, found in enumerate(plan.recommendations)}
    groups: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for twins in _same_texts(plan.actions):
        references = {action.reference for action in twins}
        groups[tuple(sorted(references, key=lambda name: place[name]))].append(twins)
    same = {tuple(found.reference for found in twins) for twins in _same_recommendations(plan)}
    shared = {*groups, *same}
    for named in sorted(shared, key=lambda names: tuple(place[name] for name in names)):
        yield _asked(named, groups.get(named, []), whole=named in same)


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


def _asked(references: tuple[str, ...], groups: list[Group], *, whole: bool) -> Finding:
    told = [difference for twins in groups if (difference := _difference(twins))]
    # How they stand comes before what is said of them.
    status = [sentence for sentence, of_status in told if of_status]
    updates = [sentence for sentence, of_status in told if not of_status]
    asked = "which is true?" if status else "which account holds?" if updates else "is it counted twice?"
    differences = "; ".join([*status, *updates]) or "they stand the same everywhere"
    return about_recommendations(
        references,
        f"{_what_is_the_same(references, groups, whole)}, yet {differences}: {asked}"
        if told
        else f"{_what_is_the_same(references, groups, whole)}, and {differences}: {asked}",
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
