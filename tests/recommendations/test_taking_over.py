"""Many actions at once are the same as one by one: the same rules, the same rows, the same ledger."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import ledger
from improvement.models import Change, LeadOfficer, Plan, Rating, User
from recommendations import workflow
from recommendations.models import Action, ProgressUpdate
from recommendations.workflow import taking_over
from recommendations.workflow.taking_over import NewAction, SaidOnPaper
from tests.cast import Cast

ON = date(2012, 11, 14)
SHA = "5" * 64


@pytest.fixture
def keeper(cast: Cast) -> User:
    return cast.plan_administrator


@pytest.fixture
def new(action: Action) -> NewAction:
    return NewAction(
        recommendation=action.recommendation,
        number="7",
        phase="embedding",
        text="Ask every ward.",
        leads=(LeadOfficer.objects.get(council__slug="harrow", abbreviation="DCS"),),
        due_on=date(2013, 3, 31),
        precision="month",
        due_text="March2013",
        added_on=ON,
    )


@pytest.fixture
def said(action: Action) -> SaidOnPaper:
    return SaidOnPaper(action, 1, "complete", None, "Done.", ON)


def add(harrow: Plan, by: User, *actions: NewAction) -> list[Action]:
    return taking_over.add_actions(plan=harrow, actions=actions, file=SHA, by=by, on=ON)


def take(harrow: Plan, by: User, *said: SaidOnPaper, **other: Any) -> list[ProgressUpdate]:
    return taking_over.take_over(plan=harrow, said=said, source="plan.docx", file=SHA, by=by, on=ON, **other)


def test_several_are_written_as_one_by_one(harrow: Plan, keeper: User, new: NewAction) -> None:
    by_hand = workflow.add_action(
        recommendation=new.recommendation,
        number="7",
        phase=new.phase,
        text=new.text,
        leads=new.leads,
        due_on=new.due_on,
        due_text=new.due_text,
        precision="month",
        file=SHA,
        by=keeper,
        on=ON,
    )

    first, second = add(harrow, keeper, replace(new, number="8"), replace(new, number="9"))

    fields = ("phase", "original_text", "original_due_on", "due_precision", "due_text", "added_on")
    assert [[getattr(each, name) for name in fields] for each in (first, second)] == [
        [getattr(by_hand, name) for name in fields]
    ] * 2
    assert [each.position for each in (by_hand, first, second)] == [
        by_hand.position + place for place in range(3)
    ]
    assert [each.lead_officer for each in second.leads.all()] == list(new.leads)
    one, two, three = Change.objects.all()
    assert [(each.verb, each.subject_id) for each in (one, two, three)] == [
        ("add_action", each.pk) for each in (by_hand, first, second)
    ]
    assert three.after == {**one.after, "number": "9"}
    assert ledger.verify() is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": "1"},
        {"number": "seven and more"},
        {"phase": "later"},
        {"text": " "},
        {"leads": ()},
        {"due_on": None},
        {"precision": "fortnight"},
        {"precision": "ongoing"},
        {"due_text": "x" * 61},
        {"added_on": date(2012, 11, 15)},
        {"added_on": date(2012, 6, 26)},
    ],
)
def test_one_that_breaks_a_rule_and_none_is_added(
    harrow: Plan, keeper: User, new: NewAction, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        add(harrow, keeper, replace(new, number="8"), replace(new, **wrong))

    assert Action.objects.for_plan(harrow).count() == 101
    assert not Change.objects.exists()


def test_a_number_that_stands_twice_is_named(harrow: Plan, keeper: User, new: NewAction) -> None:
    with pytest.raises(ValidationError) as refused:
        add(harrow, keeper, new, new)

    assert refused.value.messages == ["S2 has an action 7 already."]


def test_the_papers_word_is_nobodys(harrow: Plan, keeper: User, said: SaidOnPaper) -> None:
    later = replace(said, version=2, stage="in-progress", narrative="Taken up again.")

    take(harrow, keeper, said, later)

    updates = ProgressUpdate.objects.filter(action=said.action).order_by("sequence")
    assert [(each.sequence, each.stage, each.by, each.source) for each in updates] == [
        (1, "awaiting-sign-off", None, "Improvement plan, version 2.01"),
        (2, "complete", None, "plan.docx"),
        (3, "in-progress", None, "plan.docx"),
    ]
    changes = list(Change.objects.all())
    assert [(each.verb, each.by, each.after["file"]) for each in changes] == [
        ("take_over_update", keeper, SHA)
    ] * 2
    assert changes[1].before == {name: changes[0].after[name] for name in changes[1].before}


def test_what_was_said_since_is_not_passed_over(
    harrow: Plan, action: Action, keeper: User, said: SaidOnPaper
) -> None:
    theirs = workflow.post_update(
        action=action,
        version=1,
        stage="on-hold",
        rating=None,
        narrative="We wait.",
        forecast_on=None,
        by=keeper,
        on=ON,
    )

    with pytest.raises(workflow.UpdatedMeanwhile):
        take(harrow, keeper, said)

    assert ProgressUpdate.objects.last_of(action) == theirs


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "finished"},
        {"narrative": " "},
        {"narrative": "x" * 5001},
        {"on": date(2012, 11, 15)},
        {"on": date(2012, 9, 13)},
    ],
)
def test_what_a_paper_cannot_say(
    harrow: Plan, keeper: User, said: SaidOnPaper, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        take(harrow, keeper, replace(said, **wrong))

    assert not Change.objects.exists()


def test_a_rating_is_one_of_the_plans_own_key(
    harrow: Plan, northmoor: Plan, keeper: User, said: SaidOnPaper
) -> None:
    theirs = Rating.objects.get(scale=northmoor.rating_scale, slug="blue")

    with pytest.raises(ValidationError):
        take(harrow, keeper, replace(said, rating=theirs))


@pytest.mark.parametrize("role", ["reader", "lead_officer", "board_member", "scrutiny_officer"])
def test_only_those_who_keep_the_plan_take_over(
    harrow: Plan, cast: Cast, new: NewAction, said: SaidOnPaper, role: str
) -> None:
    with pytest.raises(PermissionDenied):
        add(harrow, getattr(cast, role), new)
    with pytest.raises(PermissionDenied):
        take(harrow, getattr(cast, role), said)
