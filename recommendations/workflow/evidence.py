"""Showing what became of an action or a recommendation, and taking back what should not have been shown."""

import re
import uuid
from datetime import date
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import IntegrityError, transaction
from django_tasks import task

from improvement import ledger
from improvement.models import User
from improvement.permissions import Verb, may, require
from improvement.stored_files import FileRefused
from recommendations import evidence_files
from recommendations.evidence_files import Checked
from recommendations.models import Action, Evidence, Method, Recommendation, Step
from recommendations.workflow import careful
from recommendations.workflow.access import (
    require_in_plan,
    require_open,
    require_update,
    require_words,
    updatable_by,
)

LONGEST_LINK = 500


class AlreadyWithdrawn(ValidationError):
    """The evidence was withdrawn before."""


def add_evidence(
    *,
    recommendation: Recommendation,
    action: Action | None,
    shows: str,
    method: str,
    gathered_on: date,
    supports: str,
    exempt: bool,
    link: str,
    file: File[Any] | None = None,
    key: uuid.UUID | None = None,
    by: User,
    on: date,
    kept_because: str = "",
) -> Evidence:
    """Show what became of an action, or of a recommendation as a whole, by a file or by a link to where it can be seen.

    `key` is new for each form that is opened: the same form sent twice, as by a double click, adds one piece. Raises
    ValidationError where a rule is broken or the file is refused, LooksLikeChildRecord where the words want a reason.
    """
    _check(recommendation, action, by=by, on=on)
    _check_words(shows, method, gathered_on, supports, on=on)
    checked = _check_file_or_link(file, link)
    careful.check(shows, _in_words(checked.name if checked else link), kept_because=kept_because)
    stored = evidence_files.keep(checked) if checked else None
    evidence = Evidence(
        key=key or uuid.uuid4(),
        plan=recommendation.plan,
        recommendation=recommendation,
        action=action,
        shows=shows,
        method=method,
        gathered_on=gathered_on,
        supports=supports,
        exempt=exempt,
        link=link,
        added_on=on,
        added_by=by,
    )
    if checked and stored:
        evidence.filename, evidence.content_type = checked.name, checked.kind.content_type
        evidence.stored_as, evidence.size, evidence.sha256 = stored.name, stored.size, stored.sha256
    kept = None
    try:
        kept = _keep(evidence, kept_because)
    finally:
        # Without its row a file is nobody's: another form with this key was quicker, or nothing was saved.
        if stored and kept is not evidence:
            default_storage.delete(stored.name)
    return kept


@transaction.atomic
def _keep(evidence: Evidence, kept_because: str) -> Evidence:
    """The row and its change; where the same form was sent before, the row that it made then."""
    try:
        with transaction.atomic():
            evidence.save(force_insert=True)
    except IntegrityError:
        sent_before = Evidence.objects.filter(key=evidence.key).first()
        if sent_before and sent_before.says_what(evidence):
            return sent_before
        # Somebody went back and wrote something else into the same form.
        evidence.key = uuid.uuid4()
        evidence.save(force_insert=True)
    ledger.record(
        by=evidence.added_by,
        on=evidence.added_on,
        council=evidence.plan.council,
        verb="add_evidence",
        subject=evidence,
        before={},
        after={
            "recommendation": evidence.recommendation_id,
            "action": evidence.action_id,
            "supports": evidence.supports,
            "method": evidence.method,
            "exempt": evidence.exempt,
            "sha256": evidence.sha256,
        },
        reason=kept_because,
    )
    return evidence


@transaction.atomic
def withdraw_evidence(
    *, evidence: Evidence, reason: str, by: User, on: date, kept_because: str = ""
) -> Evidence:
    """Take evidence back for a reason. Its file is destroyed with its name; that it was there, and why it went, stays."""
    plan = evidence.plan
    require(by, Verb.UPDATE_OWN if evidence.added_by_id == by.pk else Verb.KEEP_PLAN, plan.council)
    require_open(plan, on=on)
    require_words("reason", reason, "Say why it is withdrawn.")
    careful.check(reason, kept_because=kept_because)
    withdrawn = Evidence.objects.filter(pk=evidence.pk, withdrawn_on=None).update(
        withdrawn_on=on, withdrawn_by=by, withdrawn_because=reason, filename=""
    )
    if not withdrawn:
        raise AlreadyWithdrawn("This evidence was withdrawn already.")
    evidence.refresh_from_db()
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="withdraw_evidence",
        subject=evidence,
        before={"withdrawn": False},
        after={"withdrawn": True, "kept_because": kept_because},
        reason=reason,
    )
    if evidence.stored_as:
        # A job in the same transaction: a file that has to go goes, even if this process dies on the next line.
        destroy_file.enqueue(evidence.stored_as)
    return evidence


@task()
def destroy_file(name: str) -> None:
    """Destroy the bytes of evidence that was withdrawn. Doing it twice does no harm."""
    default_storage.delete(name)


def may_add_evidence(user: User, recommendation: Recommendation, action: Action | None, *, on: date) -> bool:
    plan = recommendation.plan
    if plan.is_closed(on):
        return False
    if action is None:
        return may(user, Verb.REVIEW, plan.council)
    return updatable_by(user, plan.council, on=on).covers(action)


def may_withdraw(user: User, evidence: Evidence, *, on: date) -> bool:
    verb = Verb.UPDATE_OWN if evidence.added_by_id == user.pk else Verb.KEEP_PLAN
    open_still = not evidence.is_withdrawn and not evidence.plan.is_closed(on)
    return open_still and may(user, verb, evidence.plan.council)


def _check(recommendation: Recommendation, action: Action | None, *, by: User, on: date) -> None:
    if action is None:
        require_in_plan(by, Verb.REVIEW, recommendation.plan, on=on)
        return
    require_update(by, action, on=on)
    if action.recommendation_id != recommendation.pk:
        raise ValidationError("The action answers another recommendation.")


def _check_words(shows: str, method: str, gathered_on: date, supports: str, *, on: date) -> None:
    require_words("shows", shows, "Say in a sentence what it shows.")
    if method not in Method.values:
        raise ValidationError({"method": "Choose how it was got."})
    if supports not in Step.values:
        raise ValidationError({"supports": "Choose what it supports."})
    if gathered_on > on:
        raise ValidationError({"gathered_on": "Choose a day that has come."})


def _check_file_or_link(file: File[Any] | None, link: str) -> Checked | None:
    if (file is None) == (not link):
        words = "Give a file or a link, not both." if link else "Choose a file, or give a link."
        raise ValidationError({"file": words})
    if file is None:
        try:
            URLValidator(schemes=["https"])(link)
            MaxLengthValidator(LONGEST_LINK)(link)
        except ValidationError as error:
            raise ValidationError({"link": "Give a whole address that starts with https://."}) from error
        return None
    try:
        return evidence_files.check(file)
    except FileRefused as refused:
        raise ValidationError({"file": str(refused)}) from refused


def _in_words(name: str) -> str:
    """A file's name or an address as words: case_123456.pdf names a case as much as "case 123456" does."""
    return re.sub(r"[\W_]+", " ", unquote(name))
