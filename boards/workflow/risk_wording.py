"""What is said of a risk is said otherwise: its words, owner, money and actions. The scores have their own history."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards.models import Risk, RiskWording
from boards.models.risk import SAID
from boards.workflow.risks import check_links, pounds, require_open
from improvement import ledger
from improvement.models import LeadOfficer, User
from improvement.permissions import Verb
from recommendations.models import Action
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan, require_length, require_words

# Nobody has changed the words yet.
AS_RAISED = 0


class ChangedMeanwhile(Exception):
    """Somebody else changed the words since the form was opened; carries the number of their change."""

    def __init__(self, version: int) -> None:
        super().__init__("Somebody else changed this risk while you were writing.")
        self.version = version


@transaction.atomic
def change_risk(
    *,
    risk: Risk,
    version: int,
    title: str,
    description: str,
    response: str,
    owner: LeadOfficer | None,
    cost_text: str,
    funded: str,
    actions: Sequence[Action],
    reason: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Risk:
    """Say it otherwise from this day on; what was said before is kept. `version` is the change that the person saw last.

    Raises ChangedMeanwhile when another came between. The same sent twice, as by a double click, is one change.
    """
    require_in_plan(by, Verb.KEEP_RISKS, risk.plan, on=on)
    require_open(risk)
    require_words("title", title, "Say in a few words what may happen.")
    require_words("description", description, "Say what may happen, why, and with what effect.")
    require_words("reason", reason, "Say why it is changed.")
    require_length("response", response)
    check_links(risk.plan, owner, actions, funded)
    careful.check(title, description, response, cost_text, reason, kept_because=kept_because)
    others = Risk.objects.for_plan(risk.plan).exclude(pk=risk.pk)
    if others.filter(title__iexact=title, closed_on=None).exists():
        raise ValidationError({"title": "The register has another open risk of this title."})
    was = Risk.objects.select_related("owner").get(pk=risk.pk)
    said: dict[str, Any] = {
        "title": title,
        "description": description,
        "response": response,
        "owner": owner,
        "cost_text": cost_text,
        "cost": pounds(cost_text),
        "funded": funded,
    }
    before, after = _in_words(_said(was), was.actions.all()), _in_words(said, actions)
    last = RiskWording.objects.last_of(was)
    if before == after:
        if last and version == last.sequence - 1 and (last.by_id, last.reason) == (by.pk, reason):
            return was
        raise ValidationError("Nothing is different from what the register says.")
    if version != (last.sequence if last else AS_RAISED):
        raise ChangedMeanwhile(last.sequence if last else AS_RAISED)
    _keep(was, version + 1, reason, by=by, on=on)
    Risk.objects.filter(pk=was.pk).update(**said)
    was.actions.set(actions)
    ledger.record(
        by=by,
        on=on,
        council=was.plan.council,
        verb="change_risk",
        subject=was,
        before=before,
        after={**after, **careful.kept(kept_because)},
        reason=reason,
    )
    was.refresh_from_db()
    return was


def _keep(was: Risk, sequence: int, reason: str, *, by: User, on: date) -> None:
    """What the register said until now."""
    last = RiskWording.objects.last_of(was)
    if on < (last.until if last else was.raised_on):
        raise ValidationError("It was changed already on a later day.")
    try:
        with transaction.atomic():
            kept = RiskWording.objects.create(
                risk=was, sequence=sequence, until=on, reason=reason, by=by, **_said(was)
            )
    except IntegrityError as error:
        # On PostgreSQL two may have read the same last one; the database lets one of them have the next place.
        raise ChangedMeanwhile(sequence) from error
    kept.actions.set(was.actions.all())


def _said(risk: Risk) -> dict[str, Any]:
    return {name: getattr(risk, name) for name in SAID}


def _in_words(said: dict[str, Any], actions: Any) -> dict[str, Any]:
    """For the ledger: posts by their abbreviation, actions by their number in the database."""
    owner = said["owner"]
    return {
        **said,
        "owner": owner.abbreviation if owner else "",
        "actions": sorted(action.pk for action in actions),
    }
