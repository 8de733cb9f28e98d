"""What the plan says: its actions and their words, its index of changes, its versions and its end."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from improvement import ledger
from improvement.models import LeadOfficer, Plan, PlanVersion, SignOff, User
from improvement.permissions import Verb
from recommendations import contents
from recommendations.models import (
    Action,
    ActionLead,
    ChangeKind,
    DuePrecision,
    IndexEntry,
    Phase,
    Recommendation,
    Rewording,
)
from recommendations.workflow import careful
from recommendations.workflow.access import require_in_plan, require_words


class NothingChanged(ValidationError):
    """It would say what it says already."""


@transaction.atomic
def add_action(
    *,
    recommendation: Recommendation,
    number: str,
    phase: str,
    text: str,
    leads: Sequence[LeadOfficer],
    due_on: date | None,
    due_text: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> Action:
    """Take an action into the plan. The first of `leads` is accountable."""
    plan = recommendation.plan
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    require_words("text", text, "Say what is to be done.")
    if phase not in Phase.values:
        raise ValidationError({"phase": "Choose one of the phases."})
    if not leads or any(lead.council_id != plan.council_id for lead in leads):
        raise ValidationError({"leads": "Choose at least one lead officer of this council."})
    if Action.objects.for_recommendation(recommendation).filter(number=number).exists():
        raise ValidationError({"number": f"{recommendation.reference} has an action {number} already."})
    careful.check(text, kept_because=kept_because)
    last = Action.objects.for_recommendation(recommendation).aggregate(last=Max("position"))["last"]
    action = Action.objects.create(
        recommendation=recommendation,
        number=number,
        position=(last or 0) + 1,
        phase=phase,
        original_text=text,
        original_due_on=due_on,
        due_precision=DuePrecision.DAY if due_on else DuePrecision.TO_BE_CONFIRMED,
        due_text=due_text or (f"{due_on:%-d %B %Y}" if due_on else ""),
        added_on=on,
    )
    for position, lead in enumerate(leads, start=1):
        ActionLead.objects.create(action=action, lead_officer=lead, position=position)
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="add_action",
        subject=action,
        before={},
        after={
            "reference": recommendation.reference,
            "number": number,
            "text": text,
            "due_on": due_on,
            "leads": [lead.abbreviation for lead in leads],
        },
        reason=kept_because,
    )
    return action


@transaction.atomic
def reword_action(
    *, action: Action, text: str, reason: str, by: User, on: date, kept_because: str = ""
) -> Rewording:
    """Give an action other words from this day on. The earlier words stay in its history."""
    plan = action.recommendation.plan
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    require_words("text", text, "Say what is to be done.")
    require_words("reason", reason, "Say why it is worded otherwise.")
    latest = action.rewordings.order_by("-sequence").first()
    before = latest.text if latest else action.original_text
    if text == before:
        raise NothingChanged({"text": "These are the words that it has already."})
    if on < action.added_on or (latest and on < latest.on):
        raise ValidationError("It was worded already on a later day.")
    careful.check(text, reason, kept_because=kept_because, before=before)
    rewording = Rewording.objects.create(
        action=action, sequence=latest.sequence + 1 if latest else 1, on=on, text=text, reason=reason, by=by
    )
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="reword_action",
        subject=action,
        before={"text": before},
        after={"text": text, **careful.kept(kept_because)},
        reason=reason,
    )
    return rewording


@transaction.atomic
def index_action(*, action: Action, kinds: Sequence[str], by: User, on: date) -> None:
    """Put an action under these headings of the index of changes, and under no others."""
    plan = action.recommendation.plan
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    if set(kinds) - set(ChangeKind.values):
        raise ValidationError({"kinds": "Choose from the headings of the index."})
    standing = IndexEntry.objects.of_action(action).filter(until_on=None)
    before = sorted(standing.values_list("kind", flat=True))
    if before == sorted(set(kinds)):
        return
    leaving = standing.exclude(kind__in=kinds)
    # What came in and went on one day never stood.
    leaving.filter(from_on=on).delete()
    leaving.update(until_on=on)
    for kind in sorted(set(kinds) - set(before)):
        entry, made = IndexEntry.objects.get_or_create(action=action, kind=kind, from_on=on)
        if not made:
            IndexEntry.objects.filter(pk=entry.pk).update(until_on=None)
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="index_action",
        subject=action,
        before={"kinds": before},
        after={"kinds": sorted(set(kinds))},
    )


@transaction.atomic
def agree_version(
    *,
    plan: Plan,
    label: str,
    signed_off_by: Sequence[tuple[str, date]],
    note: str = "",
    by: User,
    on: date,
) -> PlanVersion:
    """Freeze the plan as it stands on the day, word for word, with who signed it off and when."""
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    require_words("label", label, "Give the version a label, for example 3.0.")
    if not signed_off_by:
        raise ValidationError({"signed_off_by": "Say which body signed it off, and when."})
    versions = PlanVersion.objects.for_plan(plan)
    if versions.filter(label=label).exists():
        raise ValidationError({"label": f"There is a version {label} already."})
    latest = versions.order_by("-position").first()
    if latest and on < latest.agreed_on:
        raise ValidationError("A later version was agreed already.")
    content = contents.of(plan, on=on)
    version = PlanVersion.objects.create(
        plan=plan,
        label=label,
        position=latest.position + 1 if latest else 1,
        agreed_on=on,
        content=content.as_json(),
        digest=content.digest,
        note=note,
    )
    for body, day in signed_off_by:
        _sign_off(version, body, day, on)
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="agree_version",
        subject=version,
        before={"version": latest.label if latest else None},
        after={"version": label, "digest": version.digest, "signed_off_by": [list(s) for s in signed_off_by]},
    )
    return version


@transaction.atomic
def sign_version_off(*, version: PlanVersion, body: str, signed_on: date, by: User, on: date) -> SignOff:
    """Record that another body, such as Cabinet, signed a version off."""
    require_in_plan(by, Verb.KEEP_PLAN, version.plan, on=on)
    if version.sign_offs.filter(body=body).exists():
        raise ValidationError({"body": f"{body} signed this version off already."})
    signed = _sign_off(version, body, signed_on, on)
    ledger.record(
        by=by,
        on=on,
        council=version.plan.council,
        verb="sign_version_off",
        subject=version,
        before={},
        after={"body": body, "on": signed_on},
    )
    return signed


@transaction.atomic
def close_plan(*, plan: Plan, reason: str, by: User, on: date) -> Plan:
    """Close a plan for good, with a reason: it can be read for ever and changed no more."""
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    require_words("reason", reason, "Say why the plan is closed.")
    Plan.objects.filter(pk=plan.pk).update(closed_on=on)
    plan.refresh_from_db()
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="close_plan",
        subject=plan,
        before={"closed_on": None},
        after={"closed_on": on},
        reason=reason,
    )
    return plan


def _sign_off(version: PlanVersion, body: str, signed_on: date, on: date) -> SignOff:
    require_words("body", body, "Say which body signed it off.")
    if signed_on > on:
        raise ValidationError({"signed_on": "Choose a day that has come."})
    return SignOff.objects.create(version=version, body=body, on=signed_on)
