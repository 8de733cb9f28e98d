"""What a board decides at a meeting. A decision and what it changes are saved together, or not at all."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from boards.models import AgendaItem, Decided, Decision, Risk, RiskAssessment
from boards.workflow import risks
from boards.workflow.meetings import require_not_held
from improvement import ledger
from improvement.models import Plan, PlanVersion, Rating, User
from improvement.permissions import Verb, require
from recommendations import workflow as plan_workflow
from recommendations.models import Action, DueDateChange
from recommendations.workflow import careful
from recommendations.workflow.access import require_length, require_words


class DecidedMeanwhile(ValidationError):
    """What the board was to decide has been decided by another way since."""


@transaction.atomic
def decide_due_date(
    *,
    item: AgendaItem,
    change: DueDateChange,
    agree: bool,
    words: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> Decision:
    """Agree or refuse another due date. Exceptions are those of `agree_due_date` and `refuse_due_date`."""
    _require(item, change.action.recommendation.plan, by, on)
    if sent_before := Decision.objects.filter(meeting=item.meeting_id, due_date_change=change).first():
        return sent_before
    if not DueDateChange.objects.filter(pk=change.pk).undecided().exists():
        raise DecidedMeanwhile("This request was decided away from the meeting since you opened the page.")
    if not agree:
        require_words("words", words, "Say why the date stays.")
    settle = plan_workflow.agree_due_date if agree else plan_workflow.refuse_due_date
    settled = settle(change=change, reason=words, by=by, on=on, kept_because=kept_because)
    moved = f"{change.action}: the due date moves to {change.new_on:%-d %B %Y}."
    kept = (
        f"{change.action}: the due date stays{f' {change.old_on:%-d %B %Y}' if change.old_on else ' open'}."
    )
    return _append(
        item,
        Decided.DATE_AGREED if agree else Decided.DATE_REFUSED,
        _joined(moved if agree else kept, words),
        by=by,
        on=on,
        due_date_change=settled,
    )


@transaction.atomic
def decide_claim(
    *,
    item: AgendaItem,
    action: Action,
    version: int,
    rating: Rating | None,
    sign_off: bool,
    words: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Decision:
    """Sign a completion off, or return it. Exceptions are those of `sign_off` and `return_claim`."""
    _require(item, action.recommendation.plan, by, on)
    said: dict[str, Any] = {"action": action, "version": version, "rating": rating, "by": by, "on": on}
    if sign_off:
        # The words of the action's history; the board need not say more than that it is content.
        narrative = words.strip() or f"Signed off by {item.meeting.board} on {item.meeting.on:%-d %B %Y}."
        update = plan_workflow.sign_off(**said, narrative=narrative, kept_because=kept_because)
    else:
        require_words("words", words, "Say what is missing, so that the lead officer knows what to do.")
        update = plan_workflow.return_claim(**said, reason=words, kept_because=kept_because)
    if sent_before := Decision.objects.filter(meeting=item.meeting_id, progress_update=update).first():
        return sent_before
    sentence = f"{action}: {'signed off as complete' if sign_off else 'returned to the lead officer'}."
    decided = Decided.SIGNED_OFF if sign_off else Decided.RETURNED
    return _append(item, decided, _joined(sentence, words), by=by, on=on, progress_update=update)


@transaction.atomic
def decide_version(
    *, item: AgendaItem, plan: Plan, label: str, note: str = "", by: User, on: date, kept_because: str = ""
) -> Decision:
    """Agree the plan as it stands on the day. Exceptions are those of `agree_version`."""
    _require(item, plan, by, on)
    version: PlanVersion = plan_workflow.agree_version(
        plan=plan,
        label=label,
        signed_off_by=[(item.meeting.board.name, on)],
        note=note,
        by=by,
        on=on,
        kept_because=kept_because,
    )
    sentence = f"{plan}: version {version.label} is agreed as the plan stands on {on:%-d %B %Y}."
    return _append(item, Decided.VERSION_AGREED, _joined(sentence, note), by=by, on=on, plan_version=version)


@transaction.atomic
def decide_risk(
    *,
    item: AgendaItem,
    risk: Risk,
    version: int,
    likelihood_before: int,
    impact_before: int,
    likelihood_after: int | None,
    impact_after: int | None,
    note: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Decision:
    """Score a risk at the meeting; `note` says why. Exceptions are those of `assess_risk`."""
    _require(item, risk.plan, by, on)
    assessed = risks.assess_risk(
        risk=risk,
        version=version,
        likelihood_before=likelihood_before,
        impact_before=impact_before,
        likelihood_after=likelihood_after,
        impact_after=impact_after,
        note=note,
        by=by,
        on=on,
        kept_because=kept_because,
    )
    if sent_before := Decision.objects.filter(risk_assessment=assessed).first():
        return sent_before
    sentence = f"Risk “{risk.title}”: {_scored(assessed)}."
    return _append(
        item,
        Decided.RISK_SET,
        _joined(sentence, note),
        by=by,
        on=on,
        risk=risk,
        risk_assessment=assessed,
    )


@transaction.atomic
def decide_risk_closed(
    *, item: AgendaItem, risk: Risk, reason: str, by: User, on: date, kept_because: str = ""
) -> Decision:
    """Take a risk off the register at the meeting, and why. Exceptions are those of `close_risk`."""
    _require(item, risk.plan, by, on)
    closed = risks.close_risk(risk=risk, reason=reason, by=by, on=on, kept_because=kept_because)
    if sent_before := Decision.objects.filter(
        meeting=item.meeting_id, risk=closed, decided=Decided.RISK_CLOSED
    ).first():
        return sent_before
    words = _joined(f"Risk “{risk.title}” is closed.", reason)
    return _append(item, Decided.RISK_CLOSED, words, by=by, on=on, risk=closed)


@transaction.atomic
def decide_in_words(
    *, item: AgendaItem, words: str, risk: Risk | None = None, by: User, on: date, kept_because: str = ""
) -> Decision:
    """Record a decision that nothing but words follows from; about a risk, where it concerns one."""
    _require(item, risk.plan if risk else None, by, on)
    require_words("words", words, "Say what the board decided.")
    careful.check(words, kept_because=kept_because)
    if sent_before := Decision.objects.filter(
        item=item, words=words.strip(), risk=risk, by=by, on=on
    ).first():
        return sent_before
    decided = Decided.RISK if risk else Decided.WORDS
    return _append(item, decided, words.strip(), by=by, on=on, risk=risk, kept_because=kept_because)


def _require(item: AgendaItem, plan: Plan | None, by: User, on: date) -> None:
    board = item.meeting.board
    require(by, Verb.DECIDE_AT_MEETING, board.council)
    require_not_held(item.meeting, on=on)
    if on < item.meeting.on:
        raise ValidationError("The board decides on the day of its meeting, or after it, not before.")
    if plan and not board.plans.filter(pk=plan.pk).exists():
        raise ValidationError("This board decides about its own plans only.")


def _joined(sentence: str, words: str) -> str:
    return f"{sentence} {words.strip()}".strip()


def _scored(assessed: RiskAssessment) -> str:
    before = f"likelihood {assessed.likelihood_before}, impact {assessed.impact_before}"
    if assessed.likelihood_after is None:
        return before
    return (
        f"{before}; after the response likelihood {assessed.likelihood_after}, impact {assessed.impact_after}"
    )


def _append(
    item: AgendaItem,
    decided: Decided,
    words: str,
    *,
    by: User,
    on: date,
    kept_because: str = "",
    **changed: Any,
) -> Decision:
    require_length("words", words)
    last = Decision.objects.of_meeting(item.meeting).aggregate(last=Max("number"))["last"] or 0
    decision = Decision.objects.create(
        meeting=item.meeting,
        item=item,
        number=last + 1,
        decided=decided,
        words=words,
        on=on,
        by=by,
        **changed,
    )
    ledger.record(
        by=by,
        on=on,
        council=item.meeting.board.council,
        verb="decide",
        subject=decision,
        before={},
        after={
            "meeting": item.meeting.on,
            "decided": decided,
            "words": words,
            **{name: row.pk for name, row in changed.items() if row is not None},
        },
        reason=kept_because,
    )
    return decision
