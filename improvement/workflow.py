"""Every change to who belongs where."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement import ledger
from improvement.models import Council, Holding, LeadOfficer, Membership, Organisation, Role, User
from improvement.permissions import Verb, require


class AlreadyMember(Exception):
    """The person belongs to the council already."""


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
