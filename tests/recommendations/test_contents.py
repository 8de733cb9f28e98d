"""What a plan says on a day, and what a version keeps of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.models import LeadOfficer, Plan, PlanVersion
from recommendations import contents, versions, workflow
from recommendations.contents import ActionContent, Contents, RecommendationContent
from recommendations.models import Action, Stage
from recommendations.versions import PlanState
from tests.cast import Cast
from tests.conftest import unprotect
from tests.factories import ActionFactory, ProgressUpdateFactory

AGREED, ON = date(2012, 9, 10), date(2012, 11, 14)

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
recommendation_contents = st.builds(
    RecommendationContent,
    reference=text,
    theme=text,
    title=text,
    text=text,
    outcome=text,
    timescale=text,
    organisations=st.lists(text, max_size=2).map(tuple),
)
action_contents = st.builds(
    ActionContent,
    reference=text,
    number=text,
    phase=text,
    text=text,
    leads=st.lists(text, max_size=2).map(tuple),
    due_on=text,
    due_text=text,
    stage=text,
    rating=text,
)
any_contents = st.builds(
    Contents,
    recommendations=st.lists(recommendation_contents, max_size=3).map(tuple),
    actions=st.lists(action_contents, max_size=3).map(tuple),
)


@given(any_contents)
def test_what_is_kept_reads_back_as_it_was(said: Contents) -> None:
    kept = said.as_json()

    assert contents.from_json(kept) == said
    assert contents.digest_of(kept) == said.digest


@given(any_contents, any_contents)
def test_two_that_differ_have_two_digests(one: Contents, other: Contents) -> None:
    assert (one.digest == other.digest) == (one == other)


def test_harrows_version_is_what_the_plan_said_on_that_day(harrow: Plan) -> None:
    version = PlanVersion.objects.get(plan=harrow, label="2.01")

    said = contents.of(harrow, on=AGREED)

    assert (len(said.recommendations), len(said.actions)) == (22, 101)
    assert contents.of_version(version) == said
    assert version.digest == said.digest
    assert {action.stage for action in said.actions} == {Stage.NOT_STARTED}


def test_it_is_read_in_as_many_queries_whatever_its_size(
    harrow: Plan, northmoor: Plan, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(5):  # type: ignore[operator]
        contents.of(harrow, on=ON)
    with django_assert_num_queries(5):  # type: ignore[operator]
        contents.of(northmoor, on=date(2025, 7, 1))


def test_nothing_that_happens_later_changes_a_version(harrow: Plan, action: Action, cast: Cast) -> None:
    administrator, version = cast.plan_administrator, PlanVersion.objects.get(plan=harrow)
    before = (version.content, version.digest)

    workflow.reword_action(
        action=action, version=0, text="Other words.", reason="Clearer.", by=administrator, on=ON
    )
    workflow.withdraw(action=action, version=1, reason="No longer needed.", by=administrator, on=ON)
    workflow.sign_version_off(version=version, body="Council", signed_on=ON, by=administrator, on=ON)
    LeadOfficer.objects.filter(abbreviation="SM QA").update(abbreviation="SMQA")

    kept = PlanVersion.objects.get(plan=harrow)
    assert (kept.content, kept.digest) == before
    assert "Other words." not in str(kept.content)
    contents.of_version(kept)


@pytest.mark.parametrize(
    "alter",
    [
        lambda content: content["actions"][0].update(text="Other words."),
        lambda content: content["actions"].pop(),
        lambda content: content["recommendations"][0].update(outcome="None."),
        lambda content: content.clear(),
    ],
)
def test_altered_content_is_not_taken_for_what_was_agreed(harrow: Plan, alter: object) -> None:
    version = PlanVersion.objects.get(plan=harrow)
    alter(version.content)  # type: ignore[operator]

    with pytest.raises(contents.NotAsAgreed, match=r"Version 2\.01 no longer reads as it did"):
        contents.of_version(version)


# The plan's state


def test_how_it_goes_does_not_revise_a_plan(harrow: Plan) -> None:
    assert versions.of(harrow, on=ON).state == PlanState.AGREED


def test_before_a_version_was_agreed_it_is_a_draft(harrow: Plan) -> None:
    standing = versions.of(harrow, on=date(2012, 9, 9))

    assert (standing.state, standing.versions) == (PlanState.DRAFT, ())


def test_sign_offs_are_those_of_the_day(harrow: Plan) -> None:
    signed = [
        [str(one) for one in versions.of(harrow, on=on).versions[0].sign_offs]
        for on in (date(2012, 10, 10), date(2012, 10, 11))
    ]

    assert signed == [
        ["Improvement Board, 10 September 2012"],
        ["Improvement Board, 10 September 2012", "Cabinet, 11 October 2012"],
    ]


def test_new_words_revise_it_from_their_day_on(harrow: Plan, action: Action, cast: Cast) -> None:
    workflow.reword_action(
        action=action, version=0, text="Other words.", reason="Clearer.", by=cast.plan_administrator, on=ON
    )

    states = [versions.of(harrow, on=on).state for on in (date(2012, 11, 13), ON)]

    assert states == [PlanState.AGREED, PlanState.REVISED]


def test_agreed_and_reworded_on_one_day_it_is_revised(harrow: Plan, action: Action, cast: Cast) -> None:
    administrator = cast.plan_administrator
    workflow.agree_version(plan=harrow, label="3.0", signed_off_by=[("Board", ON)], by=administrator, on=ON)
    before = versions.of(harrow, on=ON).state

    workflow.reword_action(action=action, version=0, text="New.", reason="Clearer.", by=administrator, on=ON)

    assert (before, versions.of(harrow, on=ON).state) == (PlanState.AGREED, PlanState.REVISED)


def test_withdrawn_and_taken_up_again_it_says_what_was_agreed(
    harrow: Plan, action: Action, cast: Cast
) -> None:
    administrator = cast.plan_administrator
    workflow.withdraw(action=action, version=1, reason="Not needed.", by=administrator, on=ON)
    withdrawn = versions.of(harrow, on=ON).state

    workflow.reopen(
        action=action, version=2, rating=None, reason="Needed after all.", by=administrator, on=ON
    )

    assert (withdrawn, versions.of(harrow, on=ON).state) == (PlanState.REVISED, PlanState.AGREED)


def test_a_version_that_was_altered_is_not_what_the_plan_says(harrow: Plan) -> None:
    unprotect(PlanVersion)
    PlanVersion.objects.filter(plan=harrow).update(content={})

    assert versions.of(harrow, on=ON).state == PlanState.REVISED


def test_a_new_action_revises_it(harrow: Plan, action: Action) -> None:
    added = ActionFactory(recommendation=action.recommendation, number="99", position=99, added_on=ON)
    ProgressUpdateFactory(action=added, on=ON)

    assert versions.of(harrow, on=ON).state == PlanState.REVISED
