"""Who may do what: the whole matrix, spelled out."""

import pytest
from django.core.exceptions import PermissionDenied

from improvement.models import Plan, Role
from improvement.permissions import MAY, Verb, may, require, role_in
from tests.cast import Cast
from tests.factories import MembershipFactory

READING = {Verb.READ, Verb.MAKE_FILE}
OWN = {Verb.UPDATE_OWN}
ACCOUNT = {
    *(Verb.UPDATE_OWN, Verb.UPDATE_ANY, Verb.SIGN_OFF, Verb.DECIDE_DUE_DATE, Verb.REVIEW, Verb.CHALLENGE),
    Verb.DECIDE_AT_MEETING,
    Verb.KEEP_RISKS,
}
AUTHORING = {Verb.WRITE_REPORT, Verb.PUBLISH_REPORT}
KEEPING = {
    Verb.KEEP_PLAN,
    Verb.KEEP_KEYS,
    Verb.KEEP_CLOCK,
    Verb.ADD_INSPECTION,
    Verb.KEEP_MEMBERS,
    Verb.LINK_OWNERS,
    Verb.KEEP_LAYOUTS,
    Verb.KEEP_BOARD,
    Verb.KEEP_MEASURES,
    Verb.OPEN_TO_PUBLIC,
}
MATRIX = {
    "reader": READING,
    "lead_officer": READING | OWN,
    "board_member": READING | ACCOUNT,
    "scrutiny_officer": READING | AUTHORING,
    "plan_administrator": READING | ACCOUNT | AUTHORING | KEEPING,
    "northmoor_administrator": set(),
    "staff": set(),
    "stranger": set(),
}


def test_every_role_and_every_verb_is_in_the_matrix() -> None:
    assert set(MAY) == set(Role.values)
    assert set.union(*MATRIX.values()) == set(Verb)


@pytest.mark.parametrize("who", MATRIX)
def test_each_may_do_in_harrow_exactly_what_the_matrix_says(harrow: Plan, cast: Cast, who: str) -> None:
    """Case 22."""
    user = getattr(cast, who)

    allowed = {verb for verb in Verb if may(user, verb, harrow.council)}

    assert allowed == MATRIX[who]


@pytest.mark.parametrize("who", [*MATRIX, "northmoor_administrator"])
def test_what_one_may_do_in_one_council_is_nothing_in_another(northmoor: Plan, cast: Cast, who: str) -> None:
    user = getattr(cast, who)

    allowed = {verb for verb in Verb if may(user, verb, northmoor.council)}

    assert allowed == (set(Verb) if who == "northmoor_administrator" else set())


def test_two_councils_two_roles(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    MembershipFactory(user=cast.plan_administrator, council=northmoor.council, role=Role.READER)

    roles = [role_in(cast.plan_administrator, plan.council) for plan in (harrow, northmoor)]

    assert roles == ["plan_administrator", "reader"]
    assert not may(cast.plan_administrator, Verb.UPDATE_ANY, northmoor.council)


def test_an_account_that_is_off_may_nothing(harrow: Plan, cast: Cast) -> None:
    cast.plan_administrator.is_active = False

    allowed = [verb for verb in Verb if may(cast.plan_administrator, verb, harrow.council)]

    assert allowed == []


def test_a_superuser_has_no_more_than_the_role(harrow: Plan, cast: Cast) -> None:
    cast.stranger.is_superuser = cast.stranger.is_staff = True
    cast.stranger.save()

    assert [verb for verb in Verb if may(cast.stranger, verb, harrow.council)] == []


def test_what_one_may_not_do_is_refused_in_words(harrow: Plan, cast: Cast) -> None:
    with pytest.raises(PermissionDenied) as refused:
        require(cast.reader, Verb.KEEP_MEMBERS, harrow.council)

    assert str(refused.value) == "Your role does not allow you to decide who may see what."


def test_what_one_may_do_is_not_refused(harrow: Plan, cast: Cast) -> None:
    require(cast.reader, Verb.READ, harrow.council)
