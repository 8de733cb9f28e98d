"""A plan is begun by hand: what it is called, its themes and recommendations, and the posts that its work falls to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import ledger
from improvement.models import Change, Council, Organisation, Plan, RatingScale, User
from recommendations import workflow
from recommendations.workflow import beginning, recommending
from recommendations.workflow.careful import LooksLikeChildRecord
from recommendations.workflow.recommending import NewRecommendation
from tests.cast import Cast

ON = date(2012, 11, 14)
CHILD = "Speak to AB (DOB 12/03/2009) about the plan."
VERBS = ("add_plan", "add_theme", "add_recommendation", "add_organisation", "add_lead_officer")


@pytest.fixture
def keeper(cast: Cast) -> User:
    return cast.plan_administrator


@pytest.fixture
def council(harrow: Plan) -> Council:
    return harrow.council


@pytest.fixture
def changes(harrow: Plan) -> dict[str, Callable[..., Any]]:
    """Each beginning, once, by whoever is named; what is given else replaces what it says."""
    theme, themselves = harrow.themes.get(position=1), Organisation.objects.get(slug="harrow-council")

    def recommend(**said: Any) -> Any:
        new = {"theme": theme, "reference": "S20", "text": "Ask children.", "raised_on": ON}
        who = {name: said.pop(name) for name in ("by", "on", "kept_because") if name in said}
        return recommending.add_recommendation(plan=harrow, new=NewRecommendation(**{**new, **said}), **who)

    def begun(change: Callable[..., Any], **usual: Any) -> Callable[..., Any]:
        return lambda **said: change(**{**usual, **said})

    return {
        "add_plan": begun(beginning.add_plan, council=harrow.council, name="The next plan"),
        "add_theme": begun(beginning.add_theme, plan=harrow, name="The front door"),
        "add_recommendation": recommend,
        "add_organisation": begun(beginning.add_organisation, council=harrow.council, name="The police"),
        "add_lead_officer": begun(
            beginning.add_lead_officer,
            organisation=themselves,
            abbreviation="HoS FD",
            title="Head of Service",
        ),
    }


@pytest.mark.parametrize("verb", VERBS)
def test_each_writes_one_row_in_the_ledger(
    changes: dict[str, Callable[..., Any]], keeper: User, council: Council, verb: str
) -> None:
    made = changes[verb](by=keeper, on=ON)

    change = Change.objects.get()
    assert (change.verb, change.by, change.council, change.on) == (verb, keeper, council, ON)
    assert (change.subject, change.subject_id) == (made._meta.label_lower, made.pk)
    assert ledger.verify() is None


@pytest.mark.parametrize("role", ["reader", "lead_officer", "board_member", "scrutiny_officer"])
@pytest.mark.parametrize("verb", VERBS)
def test_only_those_who_keep_the_plan_begin_anything(
    changes: dict[str, Callable[..., Any]], cast: Cast, verb: str, role: str
) -> None:
    with pytest.raises(PermissionDenied):
        changes[verb](by=getattr(cast, role), on=ON)

    assert not Change.objects.exists()


def test_a_plan_begins_with_the_key_of_a_new_plan_and_an_address_of_its_own(
    changes: dict[str, Callable[..., Any]], keeper: User
) -> None:
    first = changes["add_plan"](by=keeper, on=ON)
    second = changes["add_plan"](by=keeper, on=ON)
    third = changes["add_plan"](name="Intake", by=keeper, on=ON)

    assert [each.slug for each in (first, second, third)] == ["the-next-plan", "the-next-plan-2", "intake-2"]
    assert first.rating_scale == RatingScale.objects.default()


@pytest.mark.parametrize(
    ("verb", "wrong"),
    [
        ("add_plan", {"name": " "}),
        ("add_plan", {"name": "x" * 161}),
        ("add_plan", {"slug": "intake"}),
        ("add_plan", {"slug": "Not an address"}),
        ("add_plan", {"slug": "children-and-families-2012"}),
        ("add_theme", {"name": ""}),
        ("add_theme", {"name": "x" * 121}),
        ("add_recommendation", {"reference": "S1"}),
        ("add_recommendation", {"reference": "S/1"}),
        ("add_recommendation", {"reference": "x" * 21}),
        ("add_recommendation", {"text": " "}),
        ("add_recommendation", {"timescale": "soon"}),
        ("add_recommendation", {"raised_on": date(2012, 11, 15)}),
        ("add_organisation", {"name": ""}),
        ("add_lead_officer", {"abbreviation": "DCS"}),
        ("add_lead_officer", {"abbreviation": "x" * 41}),
        ("add_lead_officer", {"abbreviation": "HR; OD"}),
        ("add_lead_officer", {"title": " "}),
    ],
)
def test_what_breaks_a_rule_is_refused(
    changes: dict[str, Callable[..., Any]], keeper: User, verb: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        changes[verb](by=keeper, on=ON, **wrong)

    assert not Change.objects.exists()


def test_another_councils_key_is_refused(
    changes: dict[str, Callable[..., Any]], keeper: User, northmoor: Plan
) -> None:
    with pytest.raises(ValidationError):
        changes["add_plan"](rating_scale=northmoor.rating_scale, by=keeper, on=ON)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("add_plan", {"name": CHILD}),
        ("add_theme", {"name": CHILD}),
        ("add_recommendation", {"outcome": CHILD}),
        ("add_lead_officer", {"title": CHILD}),
    ],
)
def test_words_about_a_child_want_a_reason(
    changes: dict[str, Callable[..., Any]], keeper: User, verb: str, words: dict[str, str]
) -> None:
    with pytest.raises(LooksLikeChildRecord):
        changes[verb](by=keeper, on=ON, **words)
    changes[verb](by=keeper, on=ON, kept_because="Invented.", **words)

    assert Change.objects.get().reason == "Invented."


def test_a_recommendation_is_headed_by_its_first_words_and_raised_by_the_plans_inspection(
    changes: dict[str, Callable[..., Any]], keeper: User, harrow: Plan
) -> None:
    text = "Make sure of it. " * 20

    made = changes["add_recommendation"](text=text, by=keeper, on=ON)

    assert made.title == "Make sure of it. " * 9 + "Make…"
    assert (made.raised_by, made.inspection) == (
        "Ofsted, with the Care Quality Commission",
        harrow.inspections.get(),
    )
    assert made.position == 1 + max(
        made.theme.recommendations.exclude(pk=made.pk).values_list("position", flat=True)
    )


def test_nothing_is_added_to_a_closed_plan(
    changes: dict[str, Callable[..., Any]], keeper: User, harrow: Plan
) -> None:
    workflow.close_plan(plan=harrow, reason="Everything is done.", by=keeper, on=ON)

    for verb in ("add_theme", "add_recommendation"):
        with pytest.raises(workflow.PlanClosed):
            changes[verb](by=keeper, on=ON)
