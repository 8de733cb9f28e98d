"""Who has answered an update round, as of a day, from what was said: nothing of it is stored.

A round asks after every action that the plan had when it was opened and that was not over. An action is answered by an
update said since then, or by a “no change”; where there are both, the update counts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, TextChoices, Value
from django.urls import reverse

from boards import waiting
from boards.models import NoChange, Round
from boards.waiting import Item
from improvement import clock
from improvement.models import Council, LeadOfficer, User
from improvement.permissions import MAY, Verb, role_in
from recommendations import progress
from recommendations.models import Action, ProgressUpdate
from recommendations.models.action import ENDED, ActionQuerySet
from recommendations.progress import Standing


class Kind(TextChoices):
    """What was answered for an action."""

    MISSING = "missing", "Not answered"
    NO_CHANGE = "no-change", "No change"
    UPDATED = "updated", "Updated"


@dataclass(frozen=True)
class Answer:
    """One action of a round and what was answered for it. `on`, `by` and `reason` are empty without an answer.

    `left_standing` is how often, in this round and those before it, “no change” was said of the same last update.
    """

    standing: Standing
    kind: Kind
    on: date | None = None
    by: str = ""
    reason: str = ""
    late: bool = False
    left_standing: int = 0

    @property
    def action(self) -> Action:
        return self.standing.action

    @property
    def is_missing(self) -> bool:
        return self.kind == Kind.MISSING


@dataclass(frozen=True)
class Tally:
    """How many of the actions asked after were answered, and how."""

    asked: int
    updated: int
    no_change: int

    @property
    def answered(self) -> int:
        return self.updated + self.no_change

    @property
    def missing(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class Share:
    """What a post or an organisation owes of a round."""

    label: str
    hint: str
    tally: Tally


def asked_after(asked: Round, user: User, *, on: date) -> ActionQuerySet:
    """The actions of a round, of those that somebody may see."""
    return asked_among(Action.objects.visible_to(user), asked, on=on)


def asked_among(actions: ActionQuerySet, asked: Round, *, on: date) -> ActionQuerySet:
    """Those of the actions that a round asks after, as they stood on a day or at its end.

    `answer` is the first update said in it, `last` the last of all, `no_change` whether it was left standing.
    """
    until = asked.until(on)
    said = ProgressUpdate.objects.filter(action=OuterRef("pk")).said_by(on=until)
    first = said.said_since(asked.opened_at, day=asked.opened_on).order_by("on", "sequence")
    left = NoChange.objects.of_round(asked).filter(action=OuterRef("pk"), on__lte=until)
    there = actions.for_plan(asked.plan).filter(added_on__lte=asked.opened_on)
    shown = there.as_of(until).annotate(
        answer=Subquery(first.values("pk")[:1]), last=Subquery(said.values("pk")[:1]), no_change=Exists(left)
    )
    # What ended in the round was answered by the update that ended it, and stays among those asked after.
    return shown.filter(~Q(stage__in=ENDED) | Q(answer__isnull=False))


def missing_among(actions: ActionQuerySet) -> ActionQuerySet:
    """Those of `asked_among` that nobody has answered."""
    return actions.filter(Q(answer=None), Q(no_change=False))


def tally_of(actions: ActionQuerySet) -> Tally:
    """Counts of `asked_after`, in one query."""
    # Annotations that the model knows nothing of.
    kinds: list[Any] = list(actions.order_by().values_list(F("answer"), F("no_change")))
    return _tally(kinds)


def tallies_of(asked: Sequence[Round], user: User, *, on: date) -> list[Tally]:
    """The same of each of several rounds, in one query for all."""
    if not asked:
        return []
    first, *others = (
        asked_after(one, user, on=on).order_by().values_list(Value(one.pk), F("answer"), F("no_change"))
        for one in asked
    )
    kinds: dict[int, list[tuple[int | None, bool]]] = {one.pk: [] for one in asked}
    for pk, answer, left in first.union(*others, all=True):
        kinds[pk].append((answer, left))
    return [_tally(kinds[one.pk]) for one in asked]


def _tally(kinds: Sequence[tuple[int | None, bool]]) -> Tally:
    """Of each action the update that answered, and whether the last one was left standing."""
    updated = sum(answer is not None for answer, _ in kinds)
    no_change = sum(answer is None and left for answer, left in kinds)
    return Tally(len(kinds), updated, no_change)


def answers(asked: Round, actions: ActionQuerySet, *, on: date) -> tuple[Answer, ...]:
    """What was answered for each of the actions of `asked_after`, in plan order."""
    shown: list[Any] = list(actions.with_recommendation().with_leads().in_plan_order())
    updates = ProgressUpdate.objects.select_related("by").in_bulk(
        {action.answer for action in shown if action.answer}
    )
    left: dict[int, list[NoChange]] = {}
    for said in NoChange.objects.for_plan(asked.plan).said_by(on=asked.until(on)).with_people():
        left.setdefault(said.action_id, []).append(said)
    return tuple(
        _answer(asked, standing, updates.get(action.answer), left.get(action.pk, []))
        for action, standing in zip(shown, progress.standings(shown, on=asked.until(on)), strict=True)
    )


def _answer(asked: Round, standing: Standing, update: ProgressUpdate | None, left: list[NoChange]) -> Answer:
    same = sum(said.since_id == standing.action.last for said in left)  # type: ignore[attr-defined]
    if update:
        by = str(update.by) if update.by else update.source
        return Answer(standing, Kind.UPDATED, update.on, by, late=update.on > asked.cut_off_on)
    said = next((said for said in left if said.round_id == asked.pk), None)
    if said:
        late = said.on > asked.cut_off_on
        return Answer(standing, Kind.NO_CHANGE, said.on, str(said.by), said.reason, late, same)
    return Answer(standing, Kind.MISSING, left_standing=same)


def tally(found: Iterable[Answer]) -> Tally:
    kinds = [answer.kind for answer in found]
    return Tally(len(kinds), kinds.count(Kind.UPDATED), kinds.count(Kind.NO_CHANGE))


def by_post(found: Iterable[Answer]) -> tuple[Share, ...]:
    """An action counts for each post that leads it; most missing first."""
    return _shares(found, lambda post: (post.abbreviation, post.title))


def by_organisation(found: Iterable[Answer]) -> tuple[Share, ...]:
    """An action counts once for each organisation with a post that leads it; most missing first."""
    return _shares(found, lambda post: (post.organisation.name, ""))


def _shares(found: Iterable[Answer], name: Callable[[LeadOfficer], tuple[str, str]]) -> tuple[Share, ...]:
    grouped: dict[tuple[str, str], list[Answer]] = {}
    for answer in found:
        for key in dict.fromkeys(name(post) for post in answer.standing.leads):
            grouped.setdefault(key, []).append(answer)
    shares = [Share(label, hint, tally(theirs)) for (label, hint), theirs in grouped.items()]
    return tuple(sorted(shares, key=lambda share: (-share.tally.missing, share.label)))


# How many actions are listed beside the open one; the rest is folded away.
NEAR = 6


@dataclass(frozen=True)
class Sheet:
    """What somebody owes of a round: each action of their posts, and the one that is open to be answered."""

    asked: Round
    posts: tuple[LeadOfficer, ...]
    answers: tuple[Answer, ...]
    current: Answer | None

    @property
    def tally(self) -> Tally:
        return tally(self.answers)

    @property
    def place(self) -> int:
        """The place of the open one, from 1."""
        return self.answers.index(self.current) + 1 if self.current else 0

    @property
    def following(self) -> Answer | None:
        """The next that is not answered, after the open one and then from the start; never the open one itself."""
        around = (*self.answers[self.place :], *self.answers[: max(self.place - 1, 0)])
        return next((answer for answer in around if answer.is_missing), None)

    @property
    def near(self) -> tuple[Answer, ...]:
        """The open one, and the next that are not answered, in the order in which “save and next” takes them."""
        start = self.place - 1 if self.current else 0
        around = (*self.answers[start:], *self.answers[:start])
        return tuple(answer for answer in around if answer.is_missing or answer is self.current)[:NEAR]

    @property
    def folded(self) -> list[tuple[str, tuple[Answer, ...]]]:
        """What `near` leaves out, under its heading: what is still to answer, and what is answered."""
        rest = [answer for answer in self.answers if answer not in self.near]
        parts = [
            ("More to answer", tuple(answer for answer in rest if answer.is_missing)),
            ("Answered", tuple(answer for answer in rest if not answer.is_missing)),
        ]
        return [(title, answers) for title, answers in parts if answers]


def sheet_of(user: User, asked: Round, *, on: date, place: tuple[str, str] | None = None) -> Sheet | None:
    """With a place (reference and number) that action is open, else the first not answered; None if it is not theirs."""
    posts = posts_of(user, asked.plan.council, on=on)
    found = answers(asked, asked_after(asked, user, on=on).led_by(posts, on=asked.until(on)), on=on)
    if place is None:
        current = next((answer for answer in found if answer.is_missing), None)
        return Sheet(asked, tuple(posts), found, current)
    for answer in found:
        if (answer.action.recommendation.reference, answer.action.number) == place:
            return Sheet(asked, tuple(posts), found, answer)
    return None


def posts_of(user: User, council: Council, *, on: date) -> list[LeadOfficer]:
    return list(LeadOfficer.objects.visible_to(user).filter(council=council).held_by(user, on=on))


def rounds_waiting(user: User, council: Council) -> list[Item]:
    """Open rounds in which actions of the user's posts are not answered, and those that the user keeps."""
    on = clock.day_of(council)
    verbs = MAY.get(role_in(user, council) or "", frozenset())
    if Verb.UPDATE_OWN not in verbs:
        return []
    items: list[Item] = []
    for asked in Round.objects.visible_to(user).for_council(council).open(on=on).with_meeting():
        theirs = tally_of(asked_after(asked, user, on=on).led_by(posts_of(user, council, on=on), on=on))
        address = [council.slug, asked.plan.slug, asked.number]
        if theirs.missing:
            words = f"{theirs.missing} of your actions to answer for {asked}"
            how = f"by {asked.cut_off_on:%-d %B %Y}; {theirs.answered} of {theirs.asked} answered"
            items.append(Item(asked.plan, words, reverse("boards:round_answers", args=address), how))
        if Verb.KEEP_PLAN in verbs:
            whole = tally_of(asked_after(asked, user, on=on))
            how = f"{whole.answered} of {whole.asked} actions answered; open until you close it"
            if asked.is_called_off(on):
                how = "its meeting is called off: choose another, or close the round"
            words = f"Update round for {asked}"
            items.append(Item(asked.plan, words, reverse("boards:round_page", args=address), how))
    return items


waiting.also(rounds_waiting)
