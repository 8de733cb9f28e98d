"""Many actions at once, and what a paper says of them: the rules and the ledger of one by one, in few statements.

A plan of thousands of rows goes through here. What is written is what `add_action` and `append` would write.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from improvement import ledger
from improvement.models import LeadOfficer, Plan, Rating, User
from improvement.permissions import Verb
from recommendations.models import Action, ActionLead, ProgressUpdate, Recommendation, Stage
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan
from recommendations.workflow.plan import added, check_action, check_due, check_leads, from_file
from recommendations.workflow.updates import NOTHING_SAID, UpdatedMeanwhile, check_words, said_of

AT_ONCE = 500
Row = TypeVar("Row")
# Told how many more were written.
Told = Callable[[int], None]


def nobody(count: int) -> None:
    """Told by those of whom nobody asks how far they are."""


@contextmanager
def naming(action: Action) -> Iterator[None]:
    """What is refused of one of many actions says of which."""
    try:
        yield
    except ValidationError as refused:
        raise ValidationError([f"{action}: {sentence}" for sentence in refused.messages]) from refused


@dataclass(frozen=True)
class NewAction:
    """An action that a plan takes in, the accountable post first. `added_on` is the day from which the plan had it."""

    recommendation: Recommendation
    number: str
    phase: str
    text: str
    leads: tuple[LeadOfficer, ...]
    due_on: date | None
    precision: str
    due_text: str
    added_on: date


@dataclass(frozen=True)
class SaidOnPaper:
    """What a paper says of an action. `version` is the sequence of the last update that was seen, 0 for none."""

    action: Action
    version: int
    stage: str
    rating: Rating | None
    narrative: str
    on: date
    forecast_on: date | None = None


@transaction.atomic
def add_actions(
    *,
    plan: Plan,
    actions: Sequence[NewAction],
    file: str,
    by: User,
    on: date,
    kept_because: str = "",
    told: Told = nobody,
) -> list[Action]:
    """Take actions into a plan, in their order, behind those that their recommendations have.

    `file` is the SHA-256 of the file that they come from. Raises ValidationError where one of them breaks a rule.
    """
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    for new in actions:
        check_action(new.recommendation, new.number, new.phase, new.text, new.added_on)
        check_due(new.due_on, new.precision, new.due_text)
        check_leads(new.recommendation, new.leads)
        if new.recommendation.plan_id != plan.pk or new.added_on > on:
            raise ValidationError(f"{new.recommendation} cannot have this action on that day.")
    careful.check(*(text for new in actions for text in (new.text, new.due_text)), kept_because=kept_because)
    made = _create(plan, actions, told)
    entries = [
        ledger.Entry("add_action", action, {}, added(action, new.leads, file), kept_because)
        for action, new in zip(made, actions, strict=True)
    ]
    ledger.record_all(entries, by=by, on=on, council=plan.council)
    return made


@transaction.atomic
def take_over(
    *,
    plan: Plan,
    said: Sequence[SaidOnPaper],
    source: str,
    file: str,
    by: User,
    on: date,
    kept_because: str = "",
    told: Told = nobody,
) -> list[ProgressUpdate]:
    """Add to actions of a plan what a paper says of them, in its order, as the paper's own words.

    Each stands under the paper's name and under nobody's: who brought the paper in is in the ledger. "Complete" is what
    the paper says and no sign-off. Raises UpdatedMeanwhile where an action was updated since it was looked at, and
    ValidationError, which names the action, where a rule is broken.
    """
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    last = _last_said(plan, said)
    updates, entries = [], []
    for each in said:
        before = last.get(each.action.pk)
        if each.version != (before.sequence if before else NOTHING_SAID):
            raise UpdatedMeanwhile(before)
        with naming(each.action):
            _check(each, before, plan, on)
        careful.check(each.narrative, kept_because=kept_because)
        update = ProgressUpdate(
            action=each.action,
            sequence=each.version + 1,
            on=each.on,
            stage=each.stage,
            rating=each.rating,
            narrative=each.narrative,
            forecast_on=each.forecast_on,
            source=source,
        )
        after = {**said_of(update), **from_file(file)}
        entries.append(ledger.Entry("take_over_update", each.action, said_of(before), after, kept_because))
        last[each.action.pk] = update
        updates.append(update)
    try:
        with transaction.atomic():
            made = []
            for batch in _batches(updates):
                made += ProgressUpdate.objects.bulk_create(batch)
                told(len(batch))
    except IntegrityError as error:
        raise UpdatedMeanwhile(None) from error
    ledger.record_all(entries, by=by, on=on, council=plan.council)
    return made


def says_something(stage: str, rating: str, narrative: str) -> bool:
    """Whether a paper says anything of an action: "not started", and no more, is how every action begins."""
    return bool(narrative.strip() or rating or stage != Stage.NOT_STARTED)


def words_for(narrative: str) -> str:
    """The narrative, or where a paper gives a stage or a rating without a word, that it does."""
    return narrative if narrative.strip() else "Given without words."


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def _create(plan: Plan, actions: Sequence[NewAction], told: Told) -> list[Action]:
    last = _last_positions(plan)
    rows = []
    for new in actions:
        last[new.recommendation.pk] += 1
        rows.append(
            Action(
                recommendation=new.recommendation,
                number=new.number,
                position=last[new.recommendation.pk],
                phase=new.phase,
                original_text=new.text,
                original_due_on=new.due_on,
                due_precision=new.precision,
                due_text=new.due_text or (f"{new.due_on:%-d %B %Y}" if new.due_on else ""),
                added_on=new.added_on,
            )
        )
    try:
        with transaction.atomic():
            made = []
            for batch in _batches(rows):
                made += Action.objects.bulk_create(batch)
                told(len(batch))
    except IntegrityError as error:
        raise ValidationError({"number": _taken(plan, rows)}) from error
    ActionLead.objects.bulk_create(
        (
            ActionLead(action=action, lead_officer=lead, position=place)
            for action, new in zip(made, actions, strict=True)
            for place, lead in enumerate(new.leads, start=1)
        ),
        batch_size=AT_ONCE,
    )
    return made


def _last_positions(plan: Plan) -> Counter[int]:
    found = Action.objects.for_plan(plan).order_by().values_list("recommendation")
    return Counter(dict(found.annotate(last=Max("position"))))


def _taken(plan: Plan, rows: Iterable[Action]) -> str:
    """Which number stands twice, in words."""
    found = Action.objects.for_plan(plan).order_by().values_list("recommendation", "number")
    seen = set(found)
    for row in rows:
        place = (row.recommendation_id, row.number)
        if place in seen:
            return f"{row.recommendation.reference} has an action {row.number} already."
        seen.add(place)
    return "An action of this number is there already."


def _last_said(plan: Plan, said: Sequence[SaidOnPaper]) -> dict[int, ProgressUpdate]:
    """Of each action the last update in sequence."""
    # Of actions that have just come in there is nothing, and asking for thousands by number would cost more.
    if not any(each.version for each in said):
        return {}
    updates = ProgressUpdate.objects.filter(action__recommendation__plan=plan).select_related("rating")
    return {update.action_id: update for update in updates.order_by("action", "sequence")}


def _check(each: SaidOnPaper, before: ProgressUpdate | None, plan: Plan, on: date) -> None:
    if each.action.recommendation.plan_id != plan.pk:
        raise ValidationError("The action is one of another plan.")
    if each.stage not in Stage.values:
        raise ValidationError({"stage": "Choose one of the stages."})
    if each.on > on:
        raise ValidationError("Nothing is said on a day that has not come.")
    check_words(each.action, each.rating, each.narrative, each.on, before)
