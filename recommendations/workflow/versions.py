"""What a plan is held to: its agreed versions, who signed them off, and its end."""

import re
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from improvement import ledger
from improvement.models import Plan, PlanVersion, SignOff, User
from improvement.permissions import Verb
from recommendations import contents
from recommendations.workflow import careful
from recommendations.workflow.access import LONGEST_TEXT, PlanClosed, require_in_plan, require_words

# A label stands in addresses. It has a digit first, so that it is never taken for one of their words.
LABEL = re.compile(r"[0-9][0-9A-Za-z.\-]{0,19}")
LONGEST_BODY = 120


@transaction.atomic
def agree_version(
    *,
    plan: Plan,
    label: str,
    signed_off_by: Sequence[tuple[str, date]],
    note: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> PlanVersion:
    """Freeze the plan as it stands on the day, word for word, with who signed it off and when."""
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    _check_sign_offs(signed_off_by)
    _check_note(note)
    careful.check(note, kept_because=kept_because)
    latest = _check_label(plan, label, on)
    version = _freeze(plan, label, latest, note, on)
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
        reason=kept_because,
    )
    return version


@transaction.atomic
def sign_version_off(*, version: PlanVersion, body: str, signed_on: date, by: User, on: date) -> SignOff:
    """Record that another body, such as Cabinet, signed a version off."""
    require_in_plan(by, Verb.KEEP_PLAN, version.plan, on=on)
    if version.sign_offs.filter(body__iexact=body.strip()).exists():
        raise ValidationError({"body": f"{body.strip()} signed this version off already."})
    signed = _sign_off(version, body, signed_on, on)
    ledger.record(
        by=by,
        on=on,
        council=version.plan.council,
        verb="sign_version_off",
        subject=version,
        before={},
        after={"body": signed.body, "on": signed_on},
    )
    return signed


@transaction.atomic
def close_plan(*, plan: Plan, reason: str, by: User, on: date, kept_because: str = "") -> Plan:
    """Close a plan for good, with a reason: it can be read for ever and changed no more."""
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    require_words("reason", reason, "Say why the plan is closed.")
    careful.check(reason, kept_because=kept_because)
    closed = Plan.objects.filter(pk=plan.pk, closed_on=None).update(closed_on=on)
    plan.refresh_from_db()
    if not closed:
        raise PlanClosed("Somebody else closed this plan at the same moment.")
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="close_plan",
        subject=plan,
        before={"closed_on": None},
        after={"closed_on": on, **careful.kept(kept_because)},
        reason=reason,
    )
    return plan


def _freeze(plan: Plan, label: str, latest: PlanVersion | None, note: str, on: date) -> PlanVersion:
    content = contents.of(plan, on=on)
    if content.is_empty:
        raise ValidationError("There is nothing in this plan to agree yet.")
    try:
        with transaction.atomic():
            return PlanVersion.objects.create(
                plan=plan,
                label=label,
                position=latest.position + 1 if latest else 1,
                agreed_on=on,
                content=content.as_json(),
                digest=content.digest,
                note=note,
            )
    except IntegrityError as error:
        raise ValidationError(
            "Somebody else agreed a version at the same moment. Look at it first."
        ) from error


def _check_sign_offs(signed_off_by: Sequence[tuple[str, date]]) -> None:
    if not signed_off_by:
        raise ValidationError({"signed_off_by": "Say which body signed it off, and when."})
    bodies = [body.strip().casefold() for body, _ in signed_off_by]
    if len(set(bodies)) != len(bodies):
        raise ValidationError({"signed_off_by": "Name each body once."})


def _check_note(note: str) -> None:
    if len(note) > LONGEST_TEXT:
        raise ValidationError({"note": f"Keep it under {LONGEST_TEXT:,} characters."})


def _check_label(plan: Plan, label: str, on: date) -> PlanVersion | None:
    """The version before it, if there is one."""
    require_words("label", label, "Give the version a number, for example 3.0.")
    if not LABEL.fullmatch(label):
        raise ValidationError(
            {"label": "Begin with a digit, then digits, letters, dots and hyphens, for example 3.0."}
        )
    versions = PlanVersion.objects.for_plan(plan)
    if versions.filter(label__iexact=label).exists():
        raise ValidationError({"label": f"There is a version {label} already."})
    latest = versions.without_content().order_by("-position").first()
    if latest and on < latest.agreed_on:
        raise ValidationError("A later version was agreed already.")
    return latest


def _sign_off(version: PlanVersion, body: str, signed_on: date, on: date) -> SignOff:
    require_words("body", body, "Say which body signed it off.")
    if len(body.strip()) > LONGEST_BODY:
        raise ValidationError({"body": f"Keep the body's name under {LONGEST_BODY} characters."})
    if signed_on > on:
        raise ValidationError({"signed_on": "Choose a day that has come."})
    return SignOff.objects.create(version=version, body=body.strip(), on=signed_on)
