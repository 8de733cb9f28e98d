"""A newer file laid beside its plan: what it says otherwise is shown, and nothing that people wrote is overwritten."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from improvement.models import Change, Plan, User
from recommendations import workflow
from recommendations.intake.difference import Difference
from recommendations.intake.difference import DifferenceKind as Kind
from recommendations.intake.plan_read import PlanRead, PostRead, Said, Standing
from recommendations.models import (
    Action,
    DueDateChange,
    Handover,
    Intake,
    ProgressUpdate,
    Recommendation,
    Rewording,
)
from recommendations.workflow.intake_known import ChangedMeanwhile, differences_of
from recommendations.workflow.intake_loading import load_intake
from tests.cast import Cast
from tests.factories import ProgressUpdateFactory
from tests.recommendations.intake.plans_read import (
    ON,
    action,
    as_read,
    changed,
    due,
    intake_of,
    plan,
    recommendation,
)

BEGUN = Standing("in-progress", "", "Begun.", date(2012, 9, 14))
NEXT = Standing("in-progress", "", "The second half is done.", date(2012, 10, 20))
DONE = Standing("complete", "", "All done.", date(2012, 10, 30))


@pytest.fixture
def keeper(cast: Cast) -> User:
    return cast.plan_administrator


@pytest.fixture
def first() -> PlanRead:
    """What the first file says: S1 (1) and (2), and S2 (1)."""
    return plan(
        recommendation("S1", action("1", "Write it.", standings=(BEGUN,)), action("2", "Train everyone.")),
        recommendation("S2", action("1", "Audit it."), theme="Care"),
    )


@pytest.fixture
def ours(harrow: Plan, keeper: User, first: PlanRead) -> Plan:
    """The plan that the first file became."""
    intake = intake_of(first, harrow.council, keeper, name="first.docx")
    return load_intake(intake=intake, version=1, chosen=None, by=keeper, on=ON)


def newer(read: PlanRead, ours: Plan, by: User) -> Intake:
    return intake_of(read, ours.council, by, plan=ours, name="second.docx", sha256="6" * 64)


def found(intake: Intake) -> list[tuple[str, str, str, str, bool]]:
    """Each difference: of what kind and of what, what both sides say, whether it is ticked."""
    return [
        (each.kind.value, each.subject, each.before, each.after, each.chosen)
        for each in differences_of(intake, on=ON)
    ]


def only(intake: Intake) -> Difference:
    (difference,) = differences_of(intake, on=ON)
    return difference


def load(intake: Intake, by: User, *chosen: Difference) -> Plan:
    keys = frozenset(each.key for each in chosen) if chosen else None
    return load_intake(intake=intake, version=1, chosen=keys, by=by, on=ON)


def of(ours: Plan, reference: str, number: str) -> Action:
    return Action.objects.with_recommendation().get_by_natural_key("harrow", ours.slug, reference, number)


def post(ours: Plan, by: User, **said: Any) -> ProgressUpdate:
    """Somebody says something about S1 (1)."""
    values = {
        "version": 1,
        "stage": "on-hold",
        "rating": None,
        "narrative": "We wait.",
        "forecast_on": None,
        **said,
    }
    return workflow.post_update(action=of(ours, "S1", "1"), by=by, on=ON, **values)


def test_the_same_file_again_changes_nothing(ours: Plan, keeper: User, first: PlanRead) -> None:
    intake = newer(first, ours, keeper)
    before = Change.objects.count()

    assert found(intake) == []
    load(intake, keeper)

    assert [change.verb for change in Change.objects.all()[before:]] == ["load_intake"]


def test_a_plan_as_it_stands_is_no_difference_without_a_base(harrow: Plan, keeper: User) -> None:
    assert found(newer(as_read(harrow), harrow, keeper)) == []


def test_each_kind_of_difference(ours: Plan, keeper: User, first: PlanRead) -> None:
    read = changed(first, "S1", "1", standings=(BEGUN, NEXT))
    read = changed(read, "S1", "2", due=due(date(2013, 6, 30)))
    read = changed(read, "S2", "1", text="Audit all of it.", leads=("DCS", "SM QA"))
    one, two = read.recommendations
    one = replace(one, actions=(*one.actions, action("3", "Tell families.")))
    third = recommendation("S3", action("1"), action("2"))

    intake = newer(replace(read, recommendations=(one, two, third)), ours, keeper)

    assert found(intake) == [
        ("update", "S1 (1)", "In progress: Begun.", "In progress: The second half is done.", True),
        ("due", "S1 (2)", "31 March 2013", "30 June 2013", True),
        ("added-action", "S1 (3)", "", "Tell families.", True),
        ("words", "S2 (1)", "Audit it.", "Audit all of it.", False),
        ("leads", "S2 (1)", "DCS", "DCS, SM QA", False),
        ("added-recommendation", "S3", "", "Improve S3. (2 actions)", True),
    ]


def test_what_is_ticked_is_applied_as_people_would(ours: Plan, keeper: User, first: PlanRead) -> None:
    read = changed(first, "S1", "1", standings=(BEGUN, NEXT, DONE))
    read = changed(read, "S1", "2", due=due(date(2013, 6, 30), "30/6/13"))
    one, two = read.recommendations
    one = replace(one, actions=(*one.actions, action("3", "Tell families.", standings=(BEGUN,))))
    before = Change.objects.count()

    load(newer(replace(read, recommendations=(one, two)), ours, keeper), keeper)

    said = ProgressUpdate.objects.filter(action=of(ours, "S1", "1")).order_by("sequence")
    assert [(each.on, each.stage, each.narrative, each.by, each.source) for each in said] == [
        (date(2012, 9, 14), "in-progress", "Begun.", None, "first.docx"),
        (date(2012, 10, 20), "in-progress", "The second half is done.", None, "second.docx"),
        (date(2012, 10, 30), "complete", "All done.", None, "second.docx"),
    ]
    asked = DueDateChange.objects.get(action=of(ours, "S1", "2"))
    assert (asked.old_on, asked.new_on, asked.decision, asked.requested_by) == (
        date(2013, 3, 31),
        date(2013, 6, 30),
        "waiting",
        keeper,
    )
    assert asked.reason == "As in second.docx. Printed there as “30/6/13”."
    assert [each.source for each in of(ours, "S1", "3").updates.all()] == ["second.docx"]
    changes = list(Change.objects.all()[before:])
    assert [change.verb for change in changes] == [
        "add_action",
        "take_over_update",
        "take_over_update",
        "take_over_update",
        "request_due_date",
        "load_intake",
    ]
    assert {change.after.get("file", change.after.get("sha256")) for change in changes} == {"6" * 64}


def test_other_words_are_taken_only_where_somebody_ticks_them(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    intake = newer(changed(first, "S2", "1", text="Audit all of it."), ours, keeper)

    load(intake, keeper, only(intake))

    assert Rewording.objects.get().text == "Audit all of it."
    assert of(ours, "S2", "1").original_text == "Audit it."


def led(ours: Plan, reference: str, number: str, on: date = ON) -> list[str]:
    action = Action.objects.with_leads().get(pk=of(ours, reference, number).pk)
    return [lead.lead_officer.abbreviation for lead in action.leads_on(on)]


def hand_over(ours: Plan, by: User, *posts: str) -> Handover:
    """Somebody hands S2 (1) over."""
    found = {post.abbreviation: post for post in ours.council.lead_officers.all()}
    leads = [found[post] for post in posts]
    return workflow.hand_over(
        action=of(ours, "S2", "1"), version=0, leads=leads, reason="Moved.", by=by, on=ON
    )


def test_other_leads_are_taken_only_where_somebody_ticks_them(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    read = changed(first, "S2", "1", leads=("New post", "dcs"))
    named = PostRead("New post", "Head of the new service", in_key=True, written=("New post",))
    intake = newer(replace(read, posts=(*read.posts, named)), ours, keeper)
    before = Change.objects.count()

    load(intake, keeper, only(intake))

    assert led(ours, "S2", "1") == ["New post", "DCS"]
    assert led(ours, "S2", "1", date(2012, 11, 13)) == ["DCS"]
    assert ours.council.lead_officers.get(abbreviation="New post").title == "Head of the new service"
    changes = list(Change.objects.all()[before:])
    assert [change.verb for change in changes] == ["add_lead_officer", "hand_over", "load_intake"]
    assert (changes[1].before, changes[1].after, changes[1].reason) == (
        {"leads": ["DCS"]},
        {"leads": ["New post", "DCS"], "file": "6" * 64},
        "As in second.docx.",
    )


def test_a_file_that_names_nobody_takes_nobody_off(ours: Plan, keeper: User, first: PlanRead) -> None:
    assert found(newer(changed(first, "S2", "1", leads=()), ours, keeper)) == []


def test_a_post_that_a_file_names_twice_or_otherwise_written_is_the_same(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    assert found(newer(changed(first, "S2", "1", leads=("dcs", "D CS")), ours, keeper)) == []


def test_leads_that_only_waymark_changed_since_are_left_alone(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    hand_over(ours, keeper, "SM QA")

    assert found(newer(first, ours, keeper)) == []


def test_leads_that_both_changed_are_a_clash_and_may_be_chosen(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    hand_over(ours, keeper, "SM QA")
    intake = newer(changed(first, "S2", "1", leads=("HR",)), ours, keeper)

    assert found(intake) == [("clash", "S2 (1)", "SM QA", "HR", False)]
    load(intake, keeper, only(intake))

    assert led(ours, "S2", "1") == ["HR"]


def test_an_action_that_has_ended_keeps_its_leads(ours: Plan, keeper: User, first: PlanRead) -> None:
    ProgressUpdateFactory(action=of(ours, "S2", "1"), on=ON, stage="withdrawn")
    difference = only(newer(changed(first, "S2", "1", leads=("HR",)), ours, keeper))

    assert (difference.kind, difference.may_be_chosen, difference.note) == (
        Kind.LEADS,
        False,
        "The action has ended in Waymark. Reopen it on its page first.",
    )


def test_handed_over_since_it_was_shown(ours: Plan, keeper: User, first: PlanRead) -> None:
    intake = newer(changed(first, "S2", "1", leads=("HR",)), ours, keeper)
    shown = only(intake)
    hand_over(ours, keeper, "SM QA")

    with pytest.raises(ChangedMeanwhile):
        load(intake, keeper, shown)

    assert led(ours, "S2", "1") == ["SM QA"]


def test_what_only_waymark_changed_since_is_left_alone(ours: Plan, keeper: User, first: PlanRead) -> None:
    post(ours, keeper)
    workflow.reword_action(
        action=of(ours, "S2", "1"), version=0, text="Audit twice.", reason="More.", by=keeper, on=ON
    )

    assert found(newer(first, ours, keeper)) == []


def test_what_both_changed_is_a_clash_and_waymarks_stays(ours: Plan, keeper: User, first: PlanRead) -> None:
    theirs = post(ours, keeper)
    intake = newer(changed(first, "S1", "1", standings=(BEGUN, NEXT)), ours, keeper)

    assert found(intake) == [
        ("clash", "S1 (1)", "On hold: We wait.", "In progress: The second half is done.", False)
    ]
    load(intake, keeper)

    assert ProgressUpdate.objects.last_of(of(ours, "S1", "1")) == theirs


def test_a_clash_that_is_chosen_comes_after_what_people_wrote(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    post(ours, keeper)
    intake = newer(changed(first, "S1", "1", standings=(BEGUN, NEXT)), ours, keeper)

    load(intake, keeper, only(intake))

    said = ProgressUpdate.objects.filter(action=of(ours, "S1", "1")).order_by("sequence")
    assert [(each.on, each.narrative, each.by, each.source) for each in said] == [
        (date(2012, 9, 14), "Begun.", None, "first.docx"),
        (ON, "We wait.", keeper, ""),
        (ON, "The second half is done.", keeper, "second.docx"),
    ]


def test_a_paper_does_not_complete_what_people_work_on(ours: Plan, keeper: User, first: PlanRead) -> None:
    post(ours, keeper)
    intake = newer(changed(first, "S1", "1", standings=(BEGUN, DONE)), ours, keeper)

    load(intake, keeper, only(intake))

    last = ProgressUpdate.objects.last_of(of(ours, "S1", "1"))
    assert last is not None
    assert (last.stage, last.narrative) == ("on-hold", "All done.")


def test_the_plan_changed_since_it_was_shown(ours: Plan, keeper: User, first: PlanRead) -> None:
    """Security case 63."""
    intake = newer(changed(first, "S1", "1", standings=(BEGUN, NEXT)), ours, keeper)
    shown = only(intake)
    post(ours, keeper)
    before = Change.objects.count()

    with pytest.raises(ChangedMeanwhile):
        load(intake, keeper, shown)

    assert Change.objects.count() == before


def test_what_the_file_no_longer_has_stays(ours: Plan, keeper: User, first: PlanRead) -> None:
    one, _ = first.recommendations
    read = replace(first, recommendations=(replace(one, actions=one.actions[:1]),))
    intake = newer(read, ours, keeper)

    assert found(intake) == [
        ("gone", "S1 (2)", "Train everyone.", "", False),
        ("gone", "S2", "Improve S2.", "", False),
    ]
    load(intake, keeper)

    assert Action.objects.for_plan(ours).count() == 3


def test_a_number_that_moved_is_the_same_action(ours: Plan, keeper: User, first: PlanRead) -> None:
    """Something was put in between, so that the second is now the third."""
    one, two = first.recommendations
    moved = action("3", "Train everyone.", standings=(NEXT,))
    one = replace(one, actions=(one.actions[0], action("2", "Print it."), moved))

    intake = newer(replace(first, recommendations=(one, two)), ours, keeper)

    assert found(intake) == [
        ("update", "S1 (2)", "", "In progress: The second half is done.", True),
        ("other", "S1 (2)", "2", "3", False),
        ("added-action", "S1 (2)", "", "Print it.", False),
    ]
    assert [each.may_be_chosen for each in differences_of(intake, on=ON)] == [True, False, False]


def test_new_words_without_a_day_stand_before_the_dated_ones_that_follow_them(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    older = Standing("in-progress", "", "Older words.")
    intake = newer(changed(first, "S1", "1", standings=(BEGUN, older, NEXT)), ours, keeper)

    load(intake, keeper)

    said = of(ours, "S1", "1").updates.order_by("sequence")
    assert [(each.on, each.narrative) for each in said] == [
        (date(2012, 9, 14), "Begun."),
        (date(2012, 10, 20), "Older words."),
        (date(2012, 10, 20), "The second half is done."),
    ]


def test_a_day_that_has_passed_cannot_be_asked_for(ours: Plan, keeper: User, first: PlanRead) -> None:
    difference = only(newer(changed(first, "S1", "2", due=due(date(2012, 1, 31))), ours, keeper))

    assert (difference.kind, difference.may_be_chosen, difference.note) == (
        Kind.DUE,
        False,
        "The day has passed already, so nobody can ask for it.",
    )


def test_a_recommendation_says_what_it_says(ours: Plan, keeper: User, first: PlanRead) -> None:
    one, two = first.recommendations
    other = replace(one, text=Said("Improve S1 at once."))
    intake = newer(replace(first, recommendations=(other, two)), ours, keeper)

    assert found(intake) == [("other", "S1", "Improve S1.", "Improve S1 at once.", False)]
    load(intake, keeper)

    assert Recommendation.objects.for_plan(ours).get(reference="S1").text == "Improve S1."


def returned(harrow: Plan, **standing: Any) -> PlanRead:
    """Harrow's plan as Waymark gives it out, with something else filled in for S2 (1)."""
    read = as_read(harrow)
    recommendations = tuple(
        replace(
            each,
            actions=tuple(
                replace(
                    one,
                    standings=tuple(
                        replace(said, value=replace(said.value, number="1")) for said in one.standings
                    ),
                )
                for one in each.actions
            ),
        )
        for each in read.recommendations
    )
    read = replace(read, recommendations=recommendations)
    said = next(
        one.standings[0].value
        for each in read.recommendations
        for one in each.actions
        if (each.reference.value, one.number.value) == ("S2", "1")
    )
    return changed(read, "S2", "1", standings=(replace(said, **standing),)) if standing else read


def test_our_own_file_unchanged_is_no_difference_whatever_happened_since(
    harrow: Plan, action: Action, keeper: User
) -> None:
    read = returned(harrow)
    workflow.post_update(
        action=action,
        version=1,
        stage="on-hold",
        rating=None,
        narrative="We wait.",
        forecast_on=None,
        by=keeper,
        on=ON,
    )

    assert found(newer(read, harrow, keeper)) == []


def test_our_own_file_comes_back_as_updates_of_what_was_changed(
    harrow: Plan, action: Action, keeper: User
) -> None:
    intake = newer(returned(harrow, narrative="Seen by the board.", on=None), harrow, keeper)

    load(intake, keeper)

    last = ProgressUpdate.objects.last_of(action)
    assert last is not None
    assert (last.sequence, last.narrative, last.by, last.source, last.on) == (
        2,
        "Seen by the board.",
        keeper,
        "second.docx",
        ON,
    )
    assert [change.verb for change in Change.objects.all()] == ["post_update", "load_intake"]


def test_our_own_file_after_another_update_is_a_clash(harrow: Plan, action: Action, keeper: User) -> None:
    read = returned(harrow, narrative="Seen by the board.")
    workflow.post_update(
        action=action,
        version=1,
        stage="on-hold",
        rating=None,
        narrative="We wait.",
        forecast_on=None,
        by=keeper,
        on=ON,
    )

    assert [each.kind for each in differences_of(newer(read, harrow, keeper), on=ON)] == [Kind.CLASH]


def test_our_own_file_with_the_leads_of_before_hands_nothing_back(
    harrow: Plan, action: Action, keeper: User
) -> None:
    read = returned(harrow)
    hr = harrow.council.lead_officers.get(abbreviation="HR")
    workflow.hand_over(action=action, version=0, leads=[hr], reason="Moved.", by=keeper, on=ON)

    assert found(newer(read, harrow, keeper)) == []


def test_our_own_file_completes_nothing(harrow: Plan, action: Action, keeper: User) -> None:
    difference = only(newer(returned(harrow, stage="complete"), harrow, keeper))

    assert (difference.kind, difference.may_be_chosen) == (Kind.UPDATE, False)
