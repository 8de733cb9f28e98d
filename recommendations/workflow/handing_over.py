"""Handing an action over to other lead officers, as when a council reorganises."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from improvement import ledger
from improvement.models import LeadOfficer, User
from improvement.permissions import Verb
from recommendations.models import Action, ActionLead, Handover, ProgressUpdate, Stage
from recommendations.models.action import ENDED
from recommendations.models.action_lead import FROM_THE_START
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan, require_words
from recommendations.workflow.plan import NothingChanged, check_leads, from_file


class HandedOverMeanwhile(Exception):
    """Somebody else handed the action over since the form was opened; carries their handover."""

    def __init__(self, theirs: Handover | None) -> None:
        super().__init__(
            "Somebody else handed this action over while you were writing. Nothing of yours was lost."
        )
        self.theirs = theirs
        self.version = theirs.sequence if theirs else FROM_THE_START


@transaction.atomic
def hand_over(
    *,
    action: Action,
    version: int,
    leads: Sequence[LeadOfficer],
    reason: str,
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> Handover:
    """Have other posts lead an action from this day on, the first of them accountable. Who led it stays in its history.

    `version` is the sequence of the last handover that the writer saw, 0 for who led from the start. Raises
    HandedOverMeanwhile when another came between. The same sent twice by the same person, as by a double click, makes
    one handover.
    """
    plan = action.recommendation.plan
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    check_leads(action.recommendation, leads)
    require_words("reason", reason, "Say why others lead it.")
    latest = Handover.objects.last_of(action)
    if version != (latest.sequence if latest else FROM_THE_START):
        if latest and (latest.by_id, latest.reason) == (by.pk, reason) and _led_since(latest) == list(leads):
            return latest
        raise HandedOverMeanwhile(latest)
    before = _led_before(action, latest)
    _check(action, latest, before, leads, on)
    careful.check(reason, kept_because=kept_because)
    try:
        with transaction.atomic():
            handover = Handover.objects.create(
                action=action, sequence=version + 1, on=on, reason=reason, by=by
            )
    except IntegrityError as error:
        # On PostgreSQL two may have read the same last handover; the database lets one of them have the next place.
        raise HandedOverMeanwhile(Handover.objects.last_of(action)) from error
    ActionLead.objects.bulk_create(
        ActionLead(action=action, lead_officer=lead, position=place, handover=handover)
        for place, lead in enumerate(leads, start=1)
    )
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="hand_over",
        subject=action,
        before={"leads": [lead.abbreviation for lead in before]},
        after={
            "leads": [lead.abbreviation for lead in leads],
            **careful.kept(kept_because),
            **from_file(file),
        },
        reason=reason,
    )
    return handover


def _led_since(handover: Handover) -> list[LeadOfficer]:
    return [lead.lead_officer for lead in handover.leads.select_related("lead_officer").order_by("position")]


def _led_before(action: Action, latest: Handover | None) -> list[LeadOfficer]:
    if latest:
        return _led_since(latest)
    first = ActionLead.objects.of_action(action).filter(handover=None).select_related("lead_officer")
    return [lead.lead_officer for lead in first.order_by("position")]


def _check(
    action: Action,
    latest: Handover | None,
    before: Sequence[LeadOfficer],
    leads: Sequence[LeadOfficer],
    on: date,
) -> None:
    said = ProgressUpdate.objects.last_of(action)
    if said and said.stage in ENDED:
        # Whoever led it then answers for how it ended.
        raise ValidationError(f"This action is {Stage(said.stage).label.lower()}. Reopen it to hand it over.")
    if list(leads) == list(before):
        raise NothingChanged({"leads": "These posts lead it already, in this order."})
    if on < action.added_on or (latest and on < latest.on):
        raise ValidationError("It was handed over already on a later day.")
