"""Every change to who belongs where and to the statutory clock; inspections have `inspection_workflow.py`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from improvement import duties, ledger
from improvement.models import (
    Council,
    DutyMet,
    DutyOverride,
    Holding,
    Inspection,
    LeadOfficer,
    Membership,
    Organisation,
    Role,
    User,
)
from improvement.permissions import Verb, require

LONGEST_REASON = 2000
Record = TypeVar("Record", DutyMet, DutyOverride)


class AlreadyMember(Exception):
    """The person belongs to the council already."""


class RecordedMeanwhile(Exception):
    """Somebody else recorded something about the same inspection since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else recorded something about this inspection while you were writing. "
            "Nothing of yours was lost: look at what changed, and save again if yours still stands."
        )


@transaction.atomic
def add_member(
    *,
    council: Council,
    email: str,
    name: str = "",
    role: Role,
    organisation: Organisation | None = None,
    posts: Sequence[LeadOfficer] = (),
    password: str | None = None,
    by: User | None,
    on: date,
) -> Membership:
    """Let somebody in. Without a password they set one by “Forgot your password?”. `by` is None on the command line."""
    if by is not None:
        require(by, Verb.ADD_MEMBER, council)
    owners = [post.council_id for post in posts] + ([organisation.council_id] if organisation else [])
    if any(owner != council.pk for owner in owners):
        raise ValidationError(f"Posts and organisations must be those of {council}.")
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    if Membership.objects.filter(user=user, council=council).exists():
        raise AlreadyMember(f"{email} is a member of {council} already.")
    membership = Membership.objects.create(user=user, council=council, role=role, organisation=organisation)
    for post in posts:
        Holding.objects.create(lead_officer=post, user=user)
    ledger.record(
        by=by,
        on=on,
        council=council,
        verb="add_member",
        subject=membership,
        before={},
        after={"user": user.pk, "role": role, "posts": [post.abbreviation for post in posts]},
    )
    return membership


@transaction.atomic
def record_duty_met(
    *, inspection: Inspection, duty: str, met_on: date | None, what: str, version: int, by: User, on: date
) -> DutyMet:
    """Say when a duty was met and how; without a day, that an earlier record was wrong.

    `duty` is the key of a standing (`duties.Standing.key`), `version` the clock's that the writer saw. Raises
    RecordedMeanwhile when another record came between, ValidationError when a rule is broken.
    """
    require(by, Verb.KEEP_CLOCK, inspection.council)
    clock = duties.clock_of(inspection, on=on)
    standing = _standing(clock, duty)
    what = _reason(what, "what", "Say what was done.")
    previous = standing.met
    if previous and previous.by == by and (previous.met_on, previous.what) == (met_on, what):
        return previous
    if met_on is None and not standing.met_on:
        raise ValidationError({"met_on": "Say on which day it was met."})
    if met_on and not inspection.started_on <= met_on <= on:
        raise ValidationError({"met_on": "It was met after the inspection began, and not in the future."})
    place = _place(inspection.dutymet_records, clock, version)
    record = _append(DutyMet(met_on=met_on, what=what, sequence=place, on=on, by=by), inspection, standing)
    ledger.record(
        by=by,
        on=on,
        council=inspection.council,
        verb="record_duty_met",
        subject=record,
        before={"met_on": previous.met_on if previous else None},
        after={"inspection": inspection.slug, "duty": duty, "met_on": met_on, "what": what},
    )
    return record


@transaction.atomic
def override_duty(
    *, inspection: Inspection, duty: str, due_on: date | None, reason: str, version: int, by: User, on: date
) -> DutyOverride:
    """Set another due day than the one counted, and why; without a day, that the duty does not apply here.

    Arguments and exceptions are those of `record_duty_met`.
    """
    require(by, Verb.KEEP_CLOCK, inspection.council)
    clock = duties.clock_of(inspection, on=on)
    standing = _standing(clock, duty)
    reason = _reason(reason, "reason", "Say why the due day is another than the one counted.")
    previous = standing.override
    if previous and previous.by == by and (previous.due_on, previous.reason) == (due_on, reason):
        return previous
    if due_on and due_on < inspection.started_on:
        raise ValidationError({"due_on": "It cannot be due before the inspection began."})
    place = _place(inspection.dutyoverride_records, clock, version)
    record = _append(
        DutyOverride(due_on=due_on, reason=reason, sequence=place, on=on, by=by), inspection, standing
    )
    ledger.record(
        by=by,
        on=on,
        council=inspection.council,
        verb="override_duty",
        subject=record,
        before={"due_on": standing.due_on},
        after={"inspection": inspection.slug, "duty": duty, "due_on": due_on},
        reason=reason,
    )
    return record


def _standing(clock: duties.Clock, duty: str) -> duties.Standing:
    standing = clock.find(duty)
    if standing is None:
        raise ValidationError("This inspection has no such duty.")
    return standing


def _place(records: Any, clock: duties.Clock, version: int) -> int:
    """The next place in the sequence, for a writer who has seen everything that was recorded."""
    if clock.version != version:
        raise RecordedMeanwhile
    return int(records.count()) + 1


def _append(record: Record, inspection: Inspection, standing: duties.Standing) -> Record:
    record.inspection, record.duty = inspection, standing.duty
    record.intervention, record.occurrence = standing.intervention, standing.occurrence
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as clash:
        # Two may have read the same last record; the database lets one of them have the next place.
        raise RecordedMeanwhile from clash
    return record


def _reason(text: str, field: str, sentence: str) -> str:
    if not text.strip():
        raise ValidationError({field: sentence})
    if len(text) > LONGEST_REASON:
        raise ValidationError({field: f"Keep it under {LONGEST_REASON:,} characters."})
    return text.strip()
