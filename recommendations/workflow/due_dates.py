"""Moving a due date: somebody asks, with a reason; somebody else agrees or refuses."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from improvement import ledger
from improvement.models import User
from improvement.permissions import Verb
from recommendations.models import Action, Decision, DueDateChange
from recommendations.models.action import ENDED
from recommendations.workflow import careful
from recommendations.workflow.access import OwnWork, require_in_plan, require_update, require_words


class RequestWaits(ValidationError):
    """A request to move the date is waiting already; one at a time."""


class AlreadyDecided(Exception):
    """Somebody else decided the request meanwhile; carries it as it stands."""

    def __init__(self, change: DueDateChange) -> None:
        super().__init__("Somebody else has decided this request meanwhile. Your decision was not saved.")
        self.change = change


@transaction.atomic
def request_due_date(
    *, action: Action, new_on: date, reason: str, by: User, on: date, kept_because: str = ""
) -> DueDateChange:
    """Ask for another due date. The date moves only when somebody else agrees."""
    require_update(by, action, on=on)
    require_words("reason", reason, "Say why the date has to move.")
    standing = Action.objects.as_of(on).get(pk=action.pk)
    old_on: date | None = standing.due_on  # type: ignore[attr-defined]  # annotated by as_of
    if standing.stage in ENDED:  # type: ignore[attr-defined]  # annotated by as_of
        raise ValidationError("This action has ended. Reopen it before asking for another date.")
    if new_on == old_on:
        raise ValidationError({"new_on": "This is the date it has now. Choose another."})
    if new_on < on:
        raise ValidationError({"new_on": "Choose a day that has not passed."})
    careful.check(reason, kept_because=kept_because)
    try:
        with transaction.atomic():
            change = DueDateChange.objects.create(
                action=action, old_on=old_on, new_on=new_on, reason=reason, requested_on=on, requested_by=by
            )
    except IntegrityError as error:
        raise RequestWaits("A request to move this date is waiting for a decision already.") from error
    ledger.record(
        by=by,
        on=on,
        council=action.recommendation.plan.council,
        verb="request_due_date",
        subject=change,
        before={"due_on": old_on},
        after={"action": action.pk, "due_on": new_on},
        reason=reason,
    )
    return change


def agree_due_date(
    *, change: DueDateChange, reason: str = "", by: User, on: date, kept_because: str = ""
) -> DueDateChange:
    """Agree to the new date: from this day on it is the action's due date."""
    careful.check(reason, kept_because=kept_because)
    return _decide(change, Decision.AGREED, reason, by=by, on=on)


def refuse_due_date(
    *, change: DueDateChange, reason: str, by: User, on: date, kept_because: str = ""
) -> DueDateChange:
    """Refuse the new date, and say why."""
    require_words("reason", reason, "Say why the date stays.")
    careful.check(reason, kept_because=kept_because)
    return _decide(change, Decision.REFUSED, reason, by=by, on=on)


@transaction.atomic
def _decide(change: DueDateChange, decision: Decision, reason: str, *, by: User, on: date) -> DueDateChange:
    plan = change.action.recommendation.plan
    require_in_plan(by, Verb.DECIDE_DUE_DATE, plan, on=on)
    if change.requested_by_id == by.pk:
        raise OwnWork("You asked for this date. Somebody else has to agree or refuse it.")
    if on < change.requested_on:
        raise ValidationError("A request cannot be decided before it was made.")
    moved = DueDateChange.objects.filter(pk=change.pk, decision=Decision.WAITING).update(
        decision=decision, decided_on=on, decided_by=by, decision_reason=reason
    )
    change.refresh_from_db()
    if not moved:
        if (change.decision, change.decided_by_id) == (decision, by.pk):
            # A double click: it stands as this person decided it.
            return change
        raise AlreadyDecided(change)
    agreed = decision == Decision.AGREED
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="agree_due_date" if agreed else "refuse_due_date",
        subject=change,
        before={"decision": Decision.WAITING, "due_on": change.old_on},
        after={"decision": decision, "due_on": change.new_on if agreed else change.old_on},
        reason=reason,
    )
    return change
