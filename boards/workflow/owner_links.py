"""Links for owners from outside: making one, taking it back, and what is said by one."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from boards import secret_addresses
from boards.models import OwnerLink
from boards.models.guest_link import PURPOSE
from boards.outside import actions_of, posts_outside
from boards.workflow import chasing
from improvement import ledger
from improvement.models import LeadOfficer, User
from improvement.permissions import Verb, require
from recommendations.models import Action, ProgressUpdate, Stage
from recommendations.workflow import careful, updates
from recommendations.workflow.access import require_open

LONGEST = timedelta(days=366)
# What can be said by a link; everything else takes an account.
STAGES = (Stage.IN_PROGRESS.value, Stage.ON_HOLD.value)


class LinkEnded(PermissionDenied):
    """The link was taken back, or its last day has passed."""


@transaction.atomic
def make_link(*, post: LeadOfficer, email: str, expires_on: date, by: User, on: date) -> OwnerLink:
    """Send a post of another organisation the link to its actions. Asked twice is asked once.

    Whoever makes it never sees the address: only the mail has it.
    """
    require(by, Verb.LINK_OWNERS, post.council)
    email = email.strip().lower()
    if not posts_outside(post.council, on=on).filter(pk=post.pk).exists():
        raise ValidationError({"post": "Choose a post of another organisation that leads actions."})
    if not on <= expires_on <= on + LONGEST:
        raise ValidationError({"expires_on": "Choose a day from today on, at most a year away."})
    before = OwnerLink.objects.filter(post=post, email=email, revoked_on=None).first()
    if before and before.is_live(on):
        return before
    if before:
        # It had run out by itself; now it is on record that another takes its place.
        OwnerLink.objects.filter(pk=before.pk).update(revoked_on=on, revoked_by=by)
    seed = secret_addresses.new_seed()
    link = OwnerLink.objects.create(
        post=post,
        email=email,
        seed=seed,
        digest=secret_addresses.digest_of(secret_addresses.secret_of(PURPOSE, seed)),
        made_on=on,
        made_by=by,
        expires_on=expires_on,
    )
    _record(link, "make_owner_link", by=by, on=on, before={}, after={"expires_on": expires_on})
    chasing.make_digest(to=link, invites=True, on=on)
    return link


@transaction.atomic
def revoke_link(*, link: OwnerLink, by: User, on: date) -> OwnerLink:
    """Take a link back; from this moment it opens nothing."""
    require(by, Verb.LINK_OWNERS, link.post.council)
    taken = OwnerLink.objects.filter(pk=link.pk, revoked_on=None).update(revoked_on=on, revoked_by=by)
    if taken:
        before = {"expires_on": link.expires_on}
        _record(link, "revoke_owner_link", by=by, on=on, before=before, after={"revoked_on": on})
    link.refresh_from_db()
    return link


@transaction.atomic
def post_update_by_link(
    *,
    link: OwnerLink,
    action: Action,
    version: int,
    stage: str,
    narrative: str,
    forecast_on: date | None,
    on: date,
    kept_because: str = "",
) -> ProgressUpdate:
    """Say how an action of the link's post stands. Nobody is signed in, so it is recorded as said by the post.

    Raises LinkEnded; UpdatedMeanwhile, ValidationError and LooksLikeChildRecord as `post_update` does.
    """
    held = OwnerLink.objects.live(on=on).with_post().filter(pk=link.pk).first()
    if held is None:
        raise LinkEnded("This link does not open anything any more.")
    # Its own door: the open actions of the post, and no other.
    if not actions_of(held, on=on).filter(pk=action.pk).exists():
        raise PermissionDenied("This link is not for that action.")
    require_open(action.recommendation.plan, on=on)
    latest = ProgressUpdate.objects.last_of(action)
    if stage not in STAGES:
        raise ValidationError({"stage": "Say whether it is in progress or on hold."})
    if latest and latest.stage not in updates.SAID_FREELY:
        raise ValidationError("This action waits for somebody to sign it off, so it takes no update.")
    careful.check(narrative, kept_because=kept_because, before=latest.narrative if latest else "")
    scale = action.recommendation.plan.rating_scale_id
    # A link rates nothing: the rating stays what it was.
    rating = latest.rating if latest and latest.rating and latest.rating.scale_id == scale else None
    return updates.append(
        action,
        version,
        "post_update_by_link",
        by=None,
        source=held.source,
        on=on,
        stage=stage,
        rating=rating,
        narrative=narrative,
        forecast_on=forecast_on,
        kept_because=kept_because,
    )


def _record(
    link: OwnerLink,
    verb: str,
    *,
    by: User,
    on: date,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    """The ledger names the post and never the address of a person or of a page."""
    council = link.post.council
    post = {"post": link.post.abbreviation}
    ledger.record(
        by=by, on=on, council=council, verb=verb, subject=link, before={**before}, after={**post, **after}
    )
