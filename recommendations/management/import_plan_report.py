"""What `import_plan` says of a file: what was understood first, then what somebody should look at, then the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from recommendations.intake import left_out
from recommendations.intake.comparing import Compared
from recommendations.intake.difference import Difference
from recommendations.intake.plan_read import PlanRead, Said
from recommendations.intake.rows import Place
from recommendations.intake.seen import Beside
from recommendations.models import Intake

# So many cells that have no place in a plan are named unless all are asked for.
LISTED = 20


@dataclass(frozen=True)
class Found:
    """What a file was understood as, where its values stand, and what it says otherwise than the plan."""

    read: PlanRead
    beside: Beside
    compared: Compared
    intake: Intake

    @property
    def differences(self) -> tuple[Difference, ...]:
        return self.compared.differences

    def named(self, places: Sequence[Place], words: str) -> str:
        """Words about a value, behind the cell that it stands in."""
        return f"  {self.beside.where(places[0])}: {words}" if places else f"  {words}"


def report(found: Found, unsure: Sequence[tuple[str, str, Said[Any]]], *, at_length: bool) -> Iterator[str]:
    yield _understood(found.read)
    yield from _whole(found)
    if unsure:
        yield f"To look at: {counted(len(unsure), 'value')}."
    for subject, part, said in unsure:
        yield found.named(said.places, f"{subject}, {part}: {said.how or 'unsure'}")
    yield from _cell_by_cell(found, at_length=at_length)
    for notice in found.read.notices:
        where = f" ({notice.place})" if notice.place else ""
        words = f": “{notice.words if at_length else _short(notice.words)}”" if notice.words else ""
        yield f"  In the file: {notice.what}{where}{words}"
    if found.compared.part:
        yield f"  {found.compared.part}"
    for difference in found.differences:
        mark = "+" if difference.chosen else " "
        words = _short(difference.after or difference.before)
        yield f"  {mark} {difference.subject}: {difference.kind.label}: {words}"
        if difference.note:
            yield f"      {difference.note}"


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _understood(read: PlanRead) -> str:
    actions = [action for each in read.recommendations for action in each.actions]
    dated = sum(action.due.value.on is not None for action in actions)
    told = sum(bool(action.standings) for action in actions)
    return (
        f"Understood {counted(len(read.recommendations), 'recommendation')} with {counted(len(actions), 'action')} and "
        f"{counted(len(read.posts), 'lead officer')}. {dated:,} of the actions have a day, {told:,} an update."
    )


def _whole(found: Found) -> Iterator[str]:
    for each in left_out.whole(found.read.unplaced, found.beside):
        yield f"  Not in the plan: {each.name}, {counted(each.cells, 'cell')}. {each.why}"


def _cell_by_cell(found: Found, *, at_length: bool) -> Iterator[str]:
    alone = found.read.unplaced if at_length else left_out.alone(found.read.unplaced)
    listed = alone if at_length else alone[:LISTED]
    for unplaced in listed:
        words = f"“{_short(unplaced.text)}”. {unplaced.why}"
        yield f"  Not in the plan: {found.beside.where(unplaced.place)}: {words}"
    if more := len(alone) - len(listed):
        yield f"  Not in the plan: {more} more cells, listed with --verbosity 2"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:99]}…"
