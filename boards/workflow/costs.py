"""What a plan costs: stating a sum, putting it right, and taking it back. What was said before stays for the days before."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from boards.models import Cost
from boards.workflow.risks import pounds
from improvement import ledger
from improvement.models import Plan, User
from improvement.permissions import Verb
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan, require_length, require_words

# "add" is an address of its own.
RESERVED = {"add"}


class AlreadyDropped(ValidationError):
    """Somebody else put the sum right or took it back since the page was opened."""


@transaction.atomic
def state_cost(
    *,
    plan: Plan,
    year: str,
    what: str,
    amount_text: str,
    funded_by: str,
    note: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Cost:
    """Say what something costs, in which year and who pays. The same sent twice on a day, as by a double click, is one."""
    require_in_plan(by, Verb.KEEP_RISKS, plan, on=on)
    said = _checked(year, what, amount_text, funded_by, note, kept_because)
    known = Cost.objects.for_plan(plan).stated_by(on=on)
    twin = known.filter(stated_on=on, **said).first()
    if twin:
        return twin
    place = Cost.objects.for_plan(plan).aggregate(last=Max("position"))["last"] or 0
    cost = _create(plan, place + 1, said, on)
    _record("state_cost", cost, by=by, on=on, before={}, after=said, reason=kept_because)
    return cost


@transaction.atomic
def correct_cost(
    *,
    cost: Cost,
    year: str,
    what: str,
    amount_text: str,
    funded_by: str,
    note: str,
    reason: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Cost:
    """Put another sum in the place of one, from this day on. Raises AlreadyDropped."""
    require_in_plan(by, Verb.KEEP_RISKS, cost.plan, on=on)
    require_words("reason", reason, "Say why it is changed.")
    said = _checked(year, what, amount_text, funded_by, note, kept_because, reason)
    before = _said(cost)
    if said == before:
        raise ValidationError("Nothing is different from what the plan says.")
    _drop(cost, reason, on)
    made = _create(cost.plan, cost.position, said, on)
    after = {**said, **careful.kept(kept_because)}
    _record("correct_cost", made, by=by, on=on, before=before, after=after, reason=reason)
    return made


@transaction.atomic
def drop_cost(*, cost: Cost, reason: str, by: User, on: date, kept_because: str = "") -> Cost:
    """Take a sum back from this day on: it is not spent, or no longer the plan's. Raises AlreadyDropped."""
    require_in_plan(by, Verb.KEEP_RISKS, cost.plan, on=on)
    require_words("reason", reason, "Say why it is taken back.")
    careful.check(reason, kept_because=kept_because)
    _drop(cost, reason, on)
    after = {"dropped_on": on, **careful.kept(kept_because)}
    _record("drop_cost", cost, by=by, on=on, before={"dropped_on": None}, after=after, reason=reason)
    return cost


def _checked(
    year: str, what: str, amount_text: str, funded_by: str, note: str, kept_because: str, reason: str = ""
) -> dict[str, str]:
    require_words("what", what, "Say what it pays for.")
    require_length("note", note)
    careful.check(year, what, amount_text, funded_by, note, reason, kept_because=kept_because)
    return {
        "year": year,
        "what": what,
        "amount_text": amount_text,
        "funded_by": funded_by,
        "note": note,
    }


def _said(cost: Cost) -> dict[str, str]:
    return {
        "year": cost.year,
        "what": cost.what,
        "amount_text": cost.amount_text,
        "funded_by": cost.funded_by,
        "note": cost.note,
    }


def _create(plan: Plan, position: int, said: dict[str, str], on: date) -> Cost:
    taken = {*Cost.objects.for_plan(plan).values_list("slug", flat=True), *RESERVED}
    start = slugify(f"{said['year']} {said['what']}")[:40].strip("-") or "cost"
    names = (start if n == 1 else f"{start}-{n}" for n in range(1, len(taken) + 2))
    slug = next(name for name in names if name not in taken)
    amount = pounds(said["amount_text"])
    return Cost.objects.create(plan=plan, slug=slug, position=position, amount=amount, stated_on=on, **said)


def _drop(cost: Cost, reason: str, on: date) -> None:
    dropped = Cost.objects.filter(pk=cost.pk, dropped_on=None).update(dropped_on=on, dropped_because=reason)
    if not dropped:
        raise AlreadyDropped("Somebody else has changed this sum meanwhile. Look at the list again.")
    cost.refresh_from_db()


def _record(verb: str, cost: Cost, *, by: User, on: date, reason: str, **changed: Any) -> None:
    ledger.record(by=by, on=on, council=cost.plan.council, verb=verb, subject=cost, reason=reason, **changed)
