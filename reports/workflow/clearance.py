"""Every change to a report's clearances: asking for one, giving it, returning the report, taking clearances back."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from improvement import ledger
from improvement.models import Membership, User
from improvement.permissions import CLOSED_PART, Verb, require, role_in
from recommendations.workflow import careful
from recommendations.workflow.access import OwnWork, require_words
from reports import data, document
from reports.models import Audience, Clearance, ClearanceStep, Happened, Report
from reports.workflow import clearance_mail


class ClearanceMoved(Exception):
    """Somebody else was quicker, or the report was changed since it was read. Nothing was saved."""


def candidates(report: Report, *, by: User) -> list[Membership]:
    """Members of the council who may be asked: not whoever asks, and only those who may read all of the report."""
    members = Membership.objects.filter(council=report.council, user__is_active=True).exclude(user=by)
    if has_exempt_matter(report):
        members = members.filter(role__in=CLOSED_PART)
    return list(members.select_related("user").order_by("user__name", "user__email", "pk"))


def reads_all(user: User, report: Report) -> bool:
    """Whether somebody may read the report with what is exempt in it."""
    role = role_in(user, report.council)
    return user.is_active and role is not None and (role in CLOSED_PART or not has_exempt_matter(report))


def has_exempt_matter(report: Report) -> bool:
    return Audience.EXEMPT in document.audiences_of(report)


def as_read(report: Report) -> str:
    """Fingerprint of all that a clearance is about. Who else has cleared it is no part of that."""
    paper = document.of(report, audience=document.audiences_of(report)[-1])
    return data.fingerprint(paper, without=(document.Clearances,))


@transaction.atomic
def ask(*, clearance: Clearance, of: User, by: User, on: date) -> ClearanceStep:
    """Ask somebody to clear the report on behalf of the post; another may be asked instead. Asked twice is asked once.

    Raises PermissionDenied; ValidationError where it holds already or the person cannot be asked; ClearanceMoved.
    """
    report = clearance.report
    require(by, Verb.WRITE_REPORT, report.council)
    last = clearance.steps.last()
    if last and (last.happened, last.asked_of_id) == (Happened.ASKED, of.pk):
        return last
    if last and last.happened == Happened.GIVEN:
        raise ValidationError("It has been cleared on behalf of this post already.")
    if of == by:
        raise ValidationError({"of": "Nobody clears what they ask for. Choose somebody else."})
    if not reads_all(of, report):
        raise ValidationError({"of": "Choose somebody of the council who may read all of the report."})
    step = _step(clearance, last, Happened.ASKED, by=by, on=on, asked_of=of)
    _record(step, last, verb="ask_clearance", after={"asked_of": of.pk})
    clearance_mail.queue(step, to=of)
    return step


@transaction.atomic
def give(*, clearance: Clearance, seen: str, by: User, on: date) -> ClearanceStep:
    """Clear the report on behalf of the post; only by the person asked. `seen` is `as_read()` of what they read."""
    last = _asked(clearance, by)
    if last.happened == Happened.GIVEN:
        return last
    if as_read(clearance.report) != seen:
        raise ClearanceMoved(
            "The report was changed while you were reading it. Nothing was saved; read it again."
        )
    step = _step(clearance, last, Happened.GIVEN, by=by, on=on, asked_of=by)
    _record(step, last, verb="give_clearance", after={"seen": seen})
    return step


@transaction.atomic
def return_with_comments(
    *, clearance: Clearance, comments: str, by: User, on: date, kept_because: str = ""
) -> ClearanceStep:
    """Return the report to its authors, who must be told why; only by the person asked."""
    last = _asked(clearance, by, answer=Happened.RETURNED)
    if last.happened == Happened.RETURNED:
        return last
    require_words("comments", comments, "Say what has to be changed before you can clear it.")
    careful.check(comments, kept_because=kept_because)
    step = _step(clearance, last, Happened.RETURNED, by=by, on=on, asked_of=by, comments=comments)
    _record(step, last, verb="return_report", after=careful.kept(kept_because), reason=comments)
    if last.by:
        clearance_mail.queue(step, to=last.by)
    return step


def void(*, report: Report, by: User, on: date, what: str) -> tuple[Clearance, ...]:
    """Take back every clearance that was given, because the report was changed since; return those it took back.

    Call it inside the transaction of the change. `what` says what was changed, for those who cleared it.
    """
    voided = tuple(report.clearances.given().in_order())
    for clearance in voided:
        given = clearance.steps.last()
        step = _step(clearance, given, Happened.VOIDED, by=by, on=on, comments=what)
        _record(step, given, verb="void_clearance", reason=what)
        if given and given.by and given.by != by:
            clearance_mail.queue(step, to=given.by)
    return voided


def _asked(clearance: Clearance, by: User, answer: Happened = Happened.GIVEN) -> ClearanceStep:
    """The step by which this person was asked, or the answer that they have given already."""
    last = clearance.steps.last()
    if last and (last.happened, last.by_id) == (answer, by.pk):
        return last
    if last is None or last.happened != Happened.ASKED or last.asked_of_id != by.pk:
        raise ClearanceMoved("This clearance is not asked of you any more. How it stands is shown below.")
    if last.by_id == by.pk:
        raise OwnWork("You asked for this clearance. Somebody else has to give it.")
    if not reads_all(by, clearance.report):
        raise PermissionDenied("Your role does not allow you to read all of this report.")
    return last


def _step(
    clearance: Clearance, last: ClearanceStep | None, happened: Happened, **fields: object
) -> ClearanceStep:
    """The next step after the last one seen. Its place in the sequence goes to one writer alone."""
    sequence = clearance.steps.aggregate(last=Max("sequence"))["last"] or 0
    if sequence != (last.sequence if last else 0):
        raise ClearanceMoved("Somebody else was quicker. How the clearance stands now is shown below.")
    try:
        with transaction.atomic():
            return ClearanceStep.objects.create(
                clearance=clearance, sequence=sequence + 1, happened=happened, **fields
            )
    except IntegrityError as error:
        raise ClearanceMoved(
            "Somebody else was quicker. How the clearance stands now is shown below."
        ) from error


def _record(
    step: ClearanceStep,
    last: ClearanceStep | None,
    *,
    verb: str,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    report = step.clearance.report
    ledger.record(
        by=step.by,
        on=step.on,
        council=report.council,
        verb=verb,
        subject=step,
        before={"state": last.happened} if last else {},
        after={
            "state": step.happened,
            "report": report.slug,
            "post": step.clearance.post,
            **(after or {}),
        },
        reason=reason,
    )
