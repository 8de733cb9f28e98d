"""The cast itself, so that other tests may rely on it."""

from improvement.models import Change, Council, Plan
from recommendations.models import Action
from tests.cast import Cast


def test_both_councils_are_there(harrow: Plan, northmoor: Plan) -> None:
    counts = [Action.objects.for_plan(plan).count() for plan in (harrow, northmoor)]

    assert counts == [101, 4]
    assert Council.objects.count() == 2


def test_the_ledger_begins_empty(councils: None) -> None:
    assert Change.objects.count() == 0


def test_everybody_has_one_role_at_most(cast: Cast) -> None:
    roles = {
        user.email.partition("@")[0]: [str(membership) for membership in user.memberships.all()]
        for user in vars(cast).values()
    }

    assert roles == {
        "lead.officer": ["Lead officer of Harrow Council"],
        "board.member": ["Board member of Harrow Council"],
        "scrutiny.officer": ["Scrutiny officer of Harrow Council"],
        "plan.administrator": ["Plan administrator of Harrow Council"],
        "reader": ["Reader of Harrow Council"],
        "northmoor.administrator": ["Plan administrator of Northmoor Council"],
        "staff": [],
        "stranger": [],
    }
