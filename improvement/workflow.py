"""Every change to who belongs where and to the statutory clock; inspections have `inspection_workflow.py`."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from improvement import duties, ledger
from improvement.models import (
    Change,
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


class LastAdministrator(ValidationError):
    """Without a plan administrator nobody could let anybody in."""

    def __init__(self) -> None:
        super().__init__("This is the council’s last plan administrator. Make somebody else one first.")


class MemberChangedMeanwhile(Exception):
    """Somebody else changed the same membership since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this membership while you were looking. "
            "Look at what changed, and save again if yours still stands."
        )


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
        require(by, Verb.KEEP_MEMBERS, council)
    _one_at_a_time(council)
    _check_places(council, [*posts, *([organisation] if organisation else [])])
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    if Membership.objects.filter(user=user, council=council).exists():
        raise AlreadyMember(f"{email} is a member of {council} already.")
    membership = Membership.objects.create(user=user, council=council, role=role, organisation=organisation)
    for post in posts:
        # One who held it before has an end there.
        Holding.objects.update_or_create(lead_officer=post, user=user, defaults={"until_on": None})
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
def change_member(
    *, membership: Membership, role: str, posts: Sequence[LeadOfficer], version: int, by: User, on: date
) -> Membership:
    """Give a member another role or other posts. `version` is how often the ledger spoke of it when the writer looked.

    Raises MemberChangedMeanwhile, and LastAdministrator where nobody would be left to let others in.
    """
    council = membership.council
    require(by, Verb.KEEP_MEMBERS, council)
    _one_at_a_time(council)
    _check_places(council, posts)
    kept = Membership.objects.for_council(council).filter(pk=membership.pk).first()
    if kept is None or version_of(kept) != version:
        raise MemberChangedMeanwhile
    before = _standing_of(kept, on=on)
    after = {"role": Role(role).value, "posts": sorted(post.abbreviation for post in posts)}
    if before == after:
        return kept
    if after["role"] != Role.PLAN_ADMINISTRATOR:
        _require_another_administrator(kept)
    kept.role = Role(role)
    kept.save(update_fields=["role"])
    _hold(kept, posts, on=on)
    ledger.record(
        by=by, on=on, council=council, verb="change_member", subject=kept, before=before, after=after
    )
    return kept


@transaction.atomic
def end_member(*, membership: Membership, by: User, on: date) -> None:
    """Let somebody out at once, and end the posts that they hold. Their account and what they wrote stay."""
    council = membership.council
    require(by, Verb.KEEP_MEMBERS, council)
    _one_at_a_time(council)
    kept = Membership.objects.for_council(council).filter(pk=membership.pk).first()
    if kept is None:
        return
    _require_another_administrator(kept)
    before = {"user": kept.user_id, **_standing_of(kept, on=on)}
    _hold(kept, (), on=on)
    ledger.record(by=by, on=on, council=council, verb="end_member", subject=kept, before=before, after={})
    kept.delete()


def version_of(membership: Membership) -> int:
    """How often the ledger speaks of a membership: what a writer has seen."""
    return Change.objects.about(membership).count()


def _one_at_a_time(council: Council) -> None:
    """Two who let each other out at once would leave nobody who lets people in."""
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)


def _check_places(council: Council, places: Sequence[LeadOfficer | Organisation]) -> None:
    if any(place.council_id != council.pk for place in places):
        raise ValidationError(f"Posts and organisations must be those of {council}.")


def _require_another_administrator(membership: Membership) -> None:
    everybody = Membership.objects.for_council(membership.council).administrators()
    if list(everybody.values_list("pk", flat=True)) == [membership.pk]:
        raise LastAdministrator


def _held(membership: Membership, *, on: date) -> list[Holding]:
    held = Holding.objects.current(on=on).of_council(membership.council).filter(user=membership.user_id)
    return list(held.select_related("lead_officer").order_by("lead_officer__abbreviation"))


def _standing_of(membership: Membership, *, on: date) -> dict[str, Any]:
    held = _held(membership, on=on)
    return {"role": membership.role, "posts": sorted(one.lead_officer.abbreviation for one in held)}


def _hold(membership: Membership, posts: Sequence[LeadOfficer], *, on: date) -> None:
    """From the day on they hold these posts of the council and no others."""
    held = {one.lead_officer_id: one for one in _held(membership, on=on)}
    for post in posts:
        if post.pk not in held:
            days = {"from_on": on, "until_on": None}
            Holding.objects.update_or_create(lead_officer=post, user_id=membership.user_id, defaults=days)
    yesterday, kept = on - timedelta(days=1), {post.pk for post in posts}
    for pk, holding in held.items():
        if pk not in kept and holding.from_on == on:
            holding.delete()
        elif pk not in kept:
            holding.until_on = yesterday
            holding.save(update_fields=["until_on"])


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
