"""Which action of a file is which action of the plan: numbers move when something is put in between, words rarely do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from recommendations.intake.as_it_stands import ActionStands, plain, short
from recommendations.intake.plan_read import ActionRead


@dataclass(frozen=True)
class Pairs:
    """`same` are pairs of whom number or words agree; `added` stand only in the file, `gone` only in the plan."""

    same: tuple[tuple[ActionRead, ActionStands], ...]
    added: tuple[ActionRead, ...]
    gone: tuple[ActionStands, ...]


def pair(read: Sequence[ActionRead], stands: Sequence[ActionStands]) -> Pairs:
    """Pair the actions of one recommendation: by number and words, then by words that stand once, then by number."""
    left, right = dict(enumerate(read)), dict(enumerate(stands))
    found: dict[int, ActionStands] = {}

    def take(place: int, other: int) -> None:
        found[place] = right.pop(other)
        left.pop(place)

    by_number = {short(each.action.number): place for place, each in right.items()}
    for place, each in list(left.items()):
        other = by_number.get(short(each.number.value))
        if other in right and plain(each.text.value) in {plain(text) for text in right[other].texts.values}:
            take(place, other)
    for place, other in _by_words(left, right):
        take(place, other)
    for place, each in list(left.items()):
        other = by_number.get(short(each.number.value))
        if other in right:
            take(place, other)
    same = tuple((each, found[place]) for place, each in enumerate(read) if place in found)
    return Pairs(same, tuple(left.values()), tuple(right.values()))


def _by_words(left: dict[int, ActionRead], right: dict[int, ActionStands]) -> list[tuple[int, int]]:
    """Words that stand once on either side. The same wording twice is two actions and tells nothing."""
    in_file = Counter(plain(each.text.value) for each in left.values())
    in_plan = Counter(plain(each.text) for each in right.values())
    places = {plain(each.text): other for other, each in right.items()}
    return [
        (place, places[words])
        for place, each in left.items()
        if (words := plain(each.text.value)) in places and in_file[words] == in_plan[words] == 1
    ]
