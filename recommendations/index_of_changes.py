"""The index of changes: which actions change a policy, guidance, how quality is assured, or the workforce."""

from dataclasses import dataclass
from datetime import date

from improvement.models import Plan
from recommendations import progress
from recommendations.models import Action, ChangeKind, IndexEntry
from recommendations.models.action import ActionQuerySet
from recommendations.progress import Standing


@dataclass(frozen=True)
class Heading:
    """One of the four headings and the actions under it, in plan order."""

    kind: ChangeKind
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class Index:
    """All four headings, empty ones too. An action may stand under several."""

    headings: tuple[Heading, ...]

    @property
    def entries(self) -> int:
        return sum(len(heading.standings) for heading in self.headings)

    @property
    def actions(self) -> int:
        return len({standing.action.pk for heading in self.headings for standing in heading.standings})

    def only(self, kind: str) -> "Index":
        return Index(tuple(heading for heading in self.headings if not kind or heading.kind == kind))


def of(plan: Plan, *, on: date, actions: ActionQuerySet | None = None) -> Index:
    """The index as of a day, of all the plan's actions or of some."""
    entries = IndexEntry.objects.for_plan(plan).current(on=on).values_list("action_id", "kind")
    kinds: dict[int, set[str]] = {}
    for action_id, kind in entries:
        kinds.setdefault(action_id, set()).add(kind)
    found = Action.objects.for_plan(plan) if actions is None else actions
    listed = found.filter(pk__in=kinds).as_of(on).in_plan_order().with_recommendation().with_leads()
    standings = progress.standings(listed, on=on)
    return Index(
        tuple(
            Heading(kind, tuple(one for one in standings if kind in kinds[one.action.pk]))
            for kind in ChangeKind
        )
    )


def kinds_of(action: Action, *, on: date) -> list[ChangeKind]:
    """The headings under which an action stood on a day, in their order."""
    standing = set(IndexEntry.objects.of_action(action).current(on=on).values_list("kind", flat=True))
    return [kind for kind in ChangeKind if kind in standing]
