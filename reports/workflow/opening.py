"""Opening a plan to everybody, and closing it to them again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement import clock, ledger
from improvement.models import Plan, PlanVersion, User
from improvement.permissions import Verb, require
from recommendations.workflow import careful
from recommendations.workflow.access import require_words
from reports.models import PublicClosing, PublicOpening
from reports.public import data, seen


class NotAsPreviewed(ValidationError):
    """What would be opened is not what was looked at."""


def proposed(*, plan: Plan, version: PlanVersion, words: bool, by: User, on: date) -> PublicOpening:
    """The opening as it would be made now. It is not kept; a preview is drawn from it."""
    last = PublicOpening.objects.for_plan(plan).latest_first().first()
    return PublicOpening(
        plan=plan,
        number=last.number + 1 if last else 1,
        version=version,
        words=words,
        on=on,
        by=by,
        recorded_at=clock.now(),
    )


@transaction.atomic
def open_to_public(
    *, plan: Plan, version: PlanVersion, words: bool, previewed: str, by: User, on: date
) -> PublicOpening:
    """Open a plan from an agreed version on, exactly as it was previewed; `previewed` is the preview's fingerprint.

    Raises PermissionDenied, and NotAsPreviewed where the plan, its reports or its opening changed since.
    """
    require(by, Verb.OPEN_TO_PUBLIC, plan.council)
    # Two who open, or one who presses twice, wait for each other here.
    Plan.objects.select_for_update().get(pk=plan.pk)
    if version.plan_id != plan.pk or version.agreed_on > on:
        raise ValidationError({"version": "Choose a version that was agreed by this day."})
    opening = proposed(plan=plan, version=version, words=words, by=by, on=on)
    if mark(opening, on=on) != previewed:
        raise NotAsPreviewed(
            "Something changed since you looked at the preview. Look at it again, then open."
        )
    before = PublicOpening.objects.for_plan(plan).standing().first()
    opening.save(force_insert=True)
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="open_to_public",
        subject=opening,
        before={"opening": before.number if before else None},
        after={"plan": plan.slug, "opening": opening.number, "version": version.label, "words": words},
    )
    return opening


def mark(opening: PublicOpening, *, on: date) -> str:
    """What a preview was of: the number of the opening and everything that it shows."""
    return f"{opening.number}-{data.fingerprint(seen.of(opening, on=on))}"


@transaction.atomic
def close_to_public(
    *, opening: PublicOpening, because: str, by: User, on: date, kept_because: str = ""
) -> PublicClosing:
    """Close a plan to the public, from the next page that is asked for. Once is enough."""
    council = opening.plan.council
    require(by, Verb.OPEN_TO_PUBLIC, council)
    require_words("because", because, "Say why it is closed to the public.")
    careful.check(because, kept_because=kept_because)
    closing, made = PublicClosing.objects.get_or_create(
        opening=opening, defaults={"on": on, "by": by, "because": because}
    )
    if made:
        ledger.record(
            by=by,
            on=on,
            council=council,
            verb="close_to_public",
            subject=closing,
            before={"opening": opening.number},
            after={"plan": opening.plan.slug, "closed": opening.number},
            reason=because,
        )
    return closing
