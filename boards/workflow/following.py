"""What somebody wants to be told, and the address at which their calendar reads."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from boards import secret_addresses
from boards.models import CalendarAddress, Follow, Often
from boards.models.calendar_address import PURPOSE
from improvement import ledger
from improvement.models import Plan, User
from improvement.permissions import Verb, require
from recommendations.models import Action, Recommendation


@transaction.atomic
def follow(
    *,
    plan: Plan,
    recommendation: Recommendation | None = None,
    action: Action | None = None,
    often: Often,
    updates: bool,
    endings: bool,
    dates: bool,
    by: User,
    on: date,
) -> Follow:
    """Choose what to be told of a plan, a recommendation or an action, and how often; again, to choose otherwise."""
    require(by, Verb.READ, plan.council)
    chosen = {"often": often.value, "updates": updates, "endings": endings, "dates": dates}
    begun = {**chosen, "told_until": on - timedelta(days=1)}
    mine, new = Follow.objects.get_or_create(
        user=by, plan=plan, recommendation=recommendation, action=action, defaults=begun
    )
    before = {} if new else {name: getattr(mine, name) for name in chosen}
    if before == chosen:
        return mine
    # After a time of silence, what happened in it is not told.
    restart = {"told_until": on - timedelta(days=1)} if before.get("often") == Often.NEVER else {}
    Follow.objects.filter(pk=mine.pk).update(**chosen, **restart)
    mine.refresh_from_db()
    ledger.record(
        by=by, on=on, council=plan.council, verb="follow", subject=mine, before=before, after=chosen
    )
    return mine


@transaction.atomic
def renew_calendar_address(*, by: User, on: date) -> CalendarAddress:
    """Give somebody a calendar address, or another one; the one before it opens nothing any more."""
    if not by.is_active:
        raise PermissionDenied("This account is closed.")
    seed = secret_addresses.new_seed()
    digest = secret_addresses.digest_of(secret_addresses.secret_of(PURPOSE, seed))
    address, new = CalendarAddress.objects.update_or_create(
        user=by, defaults={"seed": seed, "digest": digest}
    )
    # The ledger says that it was done, and nothing by which the address could be guessed.
    ledger.record(
        by=by,
        on=on,
        council=None,
        verb="make_calendar_address" if new else "renew_calendar_address",
        subject=address,
        before={},
        after={},
    )
    return address
