"""Letting somebody in."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import ledger, workflow
from improvement.models import Change, Holding, LeadOfficer, Membership, Organisation, Plan, Role, User
from tests.cast import Cast

ON = date(2012, 11, 14)


def test_a_new_person_is_let_in_and_the_ledger_says_so(harrow: Plan, cast: Cast) -> None:
    council = harrow.council
    post = LeadOfficer.objects.get(council=council, abbreviation="Des Nurse")
    nhs = Organisation.objects.get(council=council, slug="nhs-harrow")

    membership = workflow.add_member(
        council=council,
        email="New.Person@NHS.example",
        name="New Person",
        role=Role.LEAD_OFFICER,
        organisation=nhs,
        posts=[post],
        by=cast.plan_administrator,
        on=ON,
    )

    user = User.objects.get(email="new.person@nhs.example")
    assert (membership.user, membership.council, membership.role, membership.organisation) == (
        user,
        council,
        "lead_officer",
        nhs,
    )
    assert [holding.lead_officer for holding in user.holdings.all()] == [post]
    assert (user.name, user.has_usable_password(), user.is_staff) == ("New Person", False, False)
    change = Change.objects.get()
    assert (change.by, change.verb, change.subject, change.subject_id) == (
        cast.plan_administrator,
        "add_member",
        "improvement.membership",
        membership.pk,
    )
    assert (change.before, change.after) == (
        {},
        {"user": user.pk, "role": "lead_officer", "posts": ["Des Nurse"]},
    )
    assert ledger.verify() is None


def test_somebody_of_another_council_keeps_their_account(harrow: Plan, cast: Cast) -> None:
    before = User.objects.count()

    workflow.add_member(
        council=harrow.council,
        email="NORTHMOOR.administrator@cast.example",
        role=Role.READER,
        password="another pass phrase",
        by=cast.plan_administrator,
        on=ON,
    )

    user = User.objects.get(pk=cast.northmoor_administrator.pk)
    assert User.objects.count() == before
    assert user.password == cast.northmoor_administrator.password
    assert sorted(m.council.slug for m in user.memberships.all()) == ["harrow", "northmoor"]


def test_a_member_is_not_let_in_twice(harrow: Plan, cast: Cast) -> None:
    with pytest.raises(workflow.AlreadyMember) as refused:
        workflow.add_member(
            council=harrow.council, email=cast.reader.email, role=Role.BOARD_MEMBER, by=None, on=ON
        )

    assert str(refused.value) == "reader@cast.example is a member of Harrow Council already."
    assert [m.role for m in Membership.objects.filter(user=cast.reader)] == ["reader"]
    assert Change.objects.count() == 0


@pytest.mark.parametrize(
    "who",
    [
        "lead_officer",
        "board_member",
        "scrutiny_officer",
        "reader",
        "northmoor_administrator",
        "staff",
        "stranger",
    ],
)
def test_only_a_plan_administrator_lets_people_in(harrow: Plan, cast: Cast, who: str) -> None:
    users, memberships = User.objects.count(), Membership.objects.count()

    with pytest.raises(PermissionDenied):
        workflow.add_member(
            council=harrow.council,
            email="new@cast.example",
            role=Role.PLAN_ADMINISTRATOR,
            by=getattr(cast, who),
            on=ON,
        )

    assert (User.objects.count(), Membership.objects.count()) == (users, memberships)
    assert (Holding.objects.count(), Change.objects.count()) == (1, 0)


@pytest.mark.parametrize("given", ["posts", "organisation"])
def test_a_post_or_an_organisation_of_another_council_is_refused(
    harrow: Plan, northmoor: Plan, cast: Cast, given: str
) -> None:
    """Case 25."""
    theirs = {
        "posts": [LeadOfficer.objects.get(council=northmoor.council, abbreviation="SM QA")],
        "organisation": Organisation.objects.get(council=northmoor.council),
    }

    with pytest.raises(ValidationError) as refused:
        workflow.add_member(
            council=harrow.council,
            email="new@cast.example",
            role=Role.LEAD_OFFICER,
            by=cast.plan_administrator,
            on=ON,
            **{given: theirs[given]},
        )

    assert refused.value.messages == ["Posts and organisations must be those of Harrow Council."]
    assert not User.objects.filter(email="new@cast.example").exists()
    assert Holding.objects.count() == 1
