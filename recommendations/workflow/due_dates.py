"""Moving a due date: somebody asks, with a reason; somebody else agrees or refuses."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from improvement import ledger
from improvement.models import User
from improvement.permissions import Verb
from recommendations.models import Action, Decision, DueDateChange
from recommendations.models.action import ENDED
from recommendations.workflow import careful
from recommendations.workflow.access import (
    OwnWork,
    one_at_a_time,
    require_in_plan,
    require_length,
    require_update,
    require_words,
)
from recommendations.workflow.plan import from_file


class RequestWaits(ValidationError):
    """A request to move the date is waiting already; one at a time."""


class AlreadyDecided(Exception):
    """The request was decided meanwhile; carries it as it stands."""

    def __init__(self, change: DueDateChange) -> None:
        super().__init__("This request was decided while you were looking at it. Nothing of yours was saved.")
        self.change = change


@transaction.atomic
def request_due_date(
    *,
    action: Action,
    new_on: date,
    reason: str,
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> DueDateChange:
    """Ask for another due date. The date moves only when somebody else agrees.

    Raises RequestWaits while another request waits; the same asked twice by one person, as by a double click, is one.
    """
    require_update(by, action, on=on)
    require_words("reason", reason, "Say why the date has to move.")
    asked = {"new_on": new_on, "reason": reason, "requested_by": by}
    if sent_before := DueDateChange.objects.of_action(action).undecided().filter(**asked).first():
        return sent_before
    old_on = _date_to_move(action, new_on, on=on)
    careful.check(reason, kept_because=kept_because)
    try:
        with transaction.atomic():
            change = DueDateChange.objects.create(action=action, old_on=old_on, requested_on=on, **asked)
    except IntegrityError as error:
        raise RequestWaits("A request to move this date is waiting for a decision already.") from error
    ledger.record(
        by=by,
        on=on,
        council=action.recommendation.plan.council,
        verb="request_due_date",
        subject=change,
        before={"due_on": old_on},
        after={"action": action.pk, "due_on": new_on, **careful.kept(kept_because), **from_file(file)},
        reason=reason,
    )
    return change


def agree_due_date(
    *, change: DueDateChange, reason: str = "", by: User, on: date, kept_because: str = ""
) -> DueDateChange:
    """Agree to the new date: from this day on it is the action's due date. Not once the action has ended."""
    return _decide(change, Decision.AGREED, reason, by=by, on=on, kept_because=kept_because)


def refuse_due_date(
    *, change: DueDateChange, reason: str, by: User, on: date, kept_because: str = ""
) -> DueDateChange:
    """Refuse the new date, and say why."""
    return _decide(change, Decision.REFUSED, reason, by=by, on=on, kept_because=kept_because)


@transaction.atomic
def _decide(
    change: DueDateChange, decision: Decision, reason: str, *, by: User, on: date, kept_because: str
) -> DueDateChange:
    """Raises OwnWork for whoever asked, AlreadyDecided where somebody was quicker; a double click is one decision."""
    plan = change.action.recommendation.plan
    require_in_plan(by, Verb.DECIDE_DUE_DATE, plan, on=on)
    if change.requested_by_id == by.pk:
        raise OwnWork("You asked for this date. Somebody else has to agree or refuse it.")
    if on < change.requested_on:
        raise ValidationError("A request cannot be decided before it was made.")
    if decision == Decision.REFUSED:
        require_words("reason", reason, "Say why the date stays.")
    require_length("reason", reason)
    said: dict[str, Any] = {"decision": decision, "decided_by": by, "decision_reason": reason}
    if DueDateChange.objects.filter(pk=change.pk, **said).exists():
        change.refresh_from_db()
        return change
    careful.check(reason, kept_because=kept_because)
    if decision == Decision.AGREED and DueDateChange.objects.filter(pk=change.pk).undecided().exists():
        _require_still_open(change.action, on=on)
    moved = DueDateChange.objects.filter(pk=change.pk).undecided().update(decided_on=on, **said)
    change.refresh_from_db()
    if not moved:
        raise AlreadyDecided(change)
    _record(change, by=by, on=on, kept_because=kept_because)
    return change


def _record(change: DueDateChange, *, by: User, on: date, kept_because: str) -> None:
    agreed = change.decision == Decision.AGREED
    ledger.record(
        by=by,
        on=on,
        council=change.action.recommendation.plan.council,
        verb="agree_due_date" if agreed else "refuse_due_date",
        subject=change,
        before={"decision": Decision.WAITING, "due_on": change.old_on},
        after={
            "decision": change.decision,
            "due_on": change.new_on if agreed else change.old_on,
            **careful.kept(kept_because),
        },
        reason=change.decision_reason,
    )


def _date_to_move(action: Action, new_on: date, *, on: date) -> date | None:
    """The due date that the action has on the day, if another may be asked for."""
    if on < action.added_on:
        raise ValidationError("The plan did not have this action on that day.")
    last_decided = DueDateChange.objects.of_action(action).decided().first()
    if last_decided and last_decided.decided_on and on < last_decided.decided_on:
        raise ValidationError(
            f"A request was decided already on a later day, {last_decided.decided_on:%-d %B %Y}."
        )
    standing: Any = Action.objects.as_of(on).get(pk=action.pk)
    if standing.stage in ENDED:
        raise ValidationError("This action has ended. Reopen it before asking for another date.")
    if new_on == standing.due_on:
        raise ValidationError({"new_on": "This is the date it has now. Choose another."})
    if new_on < on:
        raise ValidationError({"new_on": "Choose a day that has not passed."})
    due_on: date | None = standing.due_on
    return due_on


def _require_still_open(action: Action, *, on: date) -> None:
    """What has ended has ended in time or late; a date that moved afterwards would say otherwise."""
    one_at_a_time(action)
    standing: Any = Action.objects.as_of(on).get(pk=action.pk)
    if standing.stage in ENDED:
        raise ValidationError(
            "This action has ended since the date was asked for, so its date no longer moves. Refuse the request."
        )
