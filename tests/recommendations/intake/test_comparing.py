"""A newer file laid beside its plan: what it says otherwise is shown, and nothing that people wrote is overwritten."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from improvement.models import Change, Plan, User
from recommendations import workflow
from recommendations.intake.difference import Difference, Say
from recommendations.intake.difference import DifferenceKind as Kind
from recommendations.intake.plan_read import PlanRead, PostRead, Said, Standing, Sureness
from recommendations.models import (
    Action,
    DueDateChange,
    Handover,
    Intake,
    ProgressUpdate,
    Recommendation,
    Rewording,
)
from recommendations.workflow.applying import apply
from recommendations.workflow.intake_known import BadRows, ChangedMeanwhile, differences_of
from recommendations.workflow.intake_loading import load_intake
from recommendations.workflow.loading import Origin
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


def say(action: Action, by: User, **said: Any) -> ProgressUpdate:
    values = {
        "version": 1,
        "stage": "on-hold",
        "rating": None,
        "narrative": "We wait.",
        "forecast_on": None,
        **said,
    }
    return workflow.post_update(action=action, by=by, on=ON, **values)


def post(ours: Plan, by: User, **said: Any) -> ProgressUpdate:
    """Somebody says something about S1 (1)."""
    return say(of(ours, "S1", "1"), by, **said)


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
    say(action, keeper)

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
    say(action, keeper)

    assert [each.kind for each in differences_of(newer(read, harrow, keeper), on=ON)] == [Kind.CLASH]


def test_our_own_file_with_the_leads_of_before_hands_nothing_back(
    harrow: Plan, action: Action, keeper: User
) -> None:
    read = returned(harrow)
    hr = harrow.council.lead_officers.get(abbreviation="HR")
    workflow.hand_over(action=action, version=0, leads=[hr], reason="Moved.", by=keeper, on=ON)

    assert found(newer(read, harrow, keeper)) == []


OCTOBER = date(2012, 10, 1)


@pytest.fixture
def changed_in_october(harrow: Plan, action: Action, keeper: User, cast: Cast) -> PlanRead:
    """A file of ours in which S2 (1) has the words, the leads and the date that it had until October."""
    read = returned(harrow)
    hr = harrow.council.lead_officers.get(abbreviation="HR")
    workflow.reword_action(
        action=action, version=0, text="Say more.", reason="Clearer.", by=keeper, on=OCTOBER
    )
    workflow.hand_over(action=action, version=0, leads=[hr], reason="Moved.", by=keeper, on=OCTOBER)
    move = workflow.request_due_date(
        action=action, new_on=date(2013, 6, 30), reason="Later.", by=keeper, on=OCTOBER
    )
    workflow.agree_due_date(change=move, by=cast.board_member, on=OCTOBER)
    return read


@pytest.mark.parametrize(
    ("as_of", "kinds"),
    [
        (None, []),
        (date(2012, 9, 30), []),
        (OCTOBER, []),
        (date(2012, 10, 2), [Kind.WORDS, Kind.LEADS, Kind.DUE]),
    ],
)
def test_what_was_changed_back_in_our_own_file_shows_by_its_day(
    harrow: Plan, keeper: User, changed_in_october: PlanRead, as_of: date | None, kinds: list[Kind]
) -> None:
    back = differences_of(newer(replace(changed_in_october, as_of=as_of), harrow, keeper), on=ON)

    assert [each.kind for each in back] == kinds


@pytest.mark.parametrize(
    ("as_of", "kind"),
    [(None, Kind.CLASH), (OCTOBER, Kind.CLASH), (date(2012, 10, 2), Kind.WORDS)],
)
def test_other_words_in_our_own_file_clash_with_what_came_after_it(
    harrow: Plan, keeper: User, changed_in_october: PlanRead, as_of: date | None, kind: Kind
) -> None:
    read = changed(replace(changed_in_october, as_of=as_of), "S2", "1", text="Say it differently.")

    assert about(newer(read, harrow, keeper), "S2 (1)")[0].kind == kind


def test_our_own_file_completes_nothing(harrow: Plan, action: Action, keeper: User) -> None:
    difference = only(newer(returned(harrow, stage="complete"), harrow, keeper))

    assert (difference.kind, difference.may_be_chosen) == (Kind.UPDATE, False)


JUNE, JULY = date(2013, 6, 30), date(2013, 7, 31)


def expected(plan: Plan, action: Action, by: User, version: int = 1) -> ProgressUpdate:
    """Somebody says that an action is moving, is rated red and is expected by the end of June 2013."""
    red = plan.rating_scale.ratings.get(slug="red")
    return say(
        action, by, version=version, stage="in-progress", rating=red, narrative="Moving.", forecast_on=JUNE
    )


def came_back(harrow: Plan, **other: Any) -> PlanRead:
    """Our own file after `expected`, with something else filled in for S2 (1)."""
    said = {
        "stage": "in-progress",
        "rating": "red",
        "narrative": "Moving.",
        "forecast_on": JUNE,
        "number": "2",
    }
    return returned(harrow, **{**said, **other})


def about(intake: Intake, subject: str) -> list[Difference]:
    return [each for each in differences_of(intake, on=ON) if each.subject == subject]


def test_what_is_shown_of_an_update_is_what_is_written(ours: Plan, keeper: User, first: PlanRead) -> None:
    """With the rating and the date that stay since the paper says nothing of them."""
    expected(ours, of(ours, "S1", "1"), keeper)
    intake = newer(changed(first, "S1", "1", standings=(BEGUN, NEXT)), ours, keeper)

    shown = only(intake)
    load(intake, keeper, shown)

    last = ProgressUpdate.objects.last_of(of(ours, "S1", "1"))
    assert last is not None
    assert last.rating is not None
    assert (shown.before, shown.after) == (
        "In progress, Red, expected by 30 June 2013: Moving.",
        "In progress, Red, expected by 30 June 2013: The second half is done.",
    )
    assert (last.rating.word, last.forecast_on, last.narrative) == ("Red", JUNE, NEXT.narrative)


def test_another_date_alone_is_shown_on_both_sides(harrow: Plan, action: Action, keeper: User) -> None:
    expected(harrow, action, keeper)
    june = only(newer(came_back(harrow, forecast_on=JULY), harrow, keeper))

    assert (june.before, june.after, june.chosen) == (
        "In progress, Red, expected by 30 June 2013: Moving.",
        "In progress, Red, expected by 31 July 2013: Moving.",
        True,
    )


def test_a_date_that_is_emptied_in_our_own_file_goes(harrow: Plan, action: Action, keeper: User) -> None:
    expected(harrow, action, keeper)
    other = Standing("in-progress", "", "Moving too.", None, JULY, number="1")
    read = changed(came_back(harrow, forecast_on=None), "S2", "2", standings=(other,))
    intake = newer(read, harrow, keeper)

    (emptied,) = about(intake, "S2 (1)")
    load(intake, keeper, emptied)

    last = ProgressUpdate.objects.last_of(action)
    assert last is not None
    assert (emptied.after, emptied.chosen, last.forecast_on) == ("In progress, Red: Moving.", True, None)


def test_dates_are_not_ticked_away_by_a_column_that_was_taken_out(
    harrow: Plan, action: Action, keeper: User
) -> None:
    expected(harrow, action, keeper)

    gone = only(newer(came_back(harrow, forecast_on=None), harrow, keeper))

    assert (gone.may_be_chosen, gone.chosen) == (True, False)
    assert gone.note.endswith("look whether that column was taken out.")


def test_a_number_that_the_action_never_had_is_a_clash(harrow: Plan, action: Action, keeper: User) -> None:
    """Dragged down in Excel, or from another installation."""
    expected(harrow, action, keeper)
    difference = only(newer(came_back(harrow, narrative="New words.", number="30"), harrow, keeper))

    assert (difference.kind, difference.chosen) == (Kind.CLASH, False)
    assert difference.note.startswith("Its row names an update that the action never had")


def test_a_number_of_thousands_of_digits_is_none(harrow: Plan, action: Action, keeper: User) -> None:
    intake = newer(returned(harrow, narrative="New words.", number="9" * 5000), harrow, keeper)

    assert only(intake).kind == Kind.CLASH


def test_a_file_of_which_nothing_was_taken_over_is_offered_again(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    second = changed(first, "S1", "1", standings=(BEGUN, NEXT))
    intake = newer(second, ours, keeper)
    load_intake(intake=intake, version=1, chosen=frozenset(), by=keeper, on=ON)

    assert only(newer(second, ours, keeper)).chosen


def test_what_was_left_unticked_is_shown_again_and_not_ticked(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    second = changed(first, "S1", "1", standings=(BEGUN, NEXT))
    second = changed(second, "S1", "2", due=due(date(2014, 1, 1)), standings=(NEXT,))
    second = changed(second, "S2", "1", text="Audit all of it.", leads=("HR",))
    intake = newer(second, ours, keeper)
    load(intake, keeper, about(intake, "S1 (1)")[0])

    again = differences_of(newer(second, ours, keeper), on=ON)

    assert [(each.kind, each.subject, each.may_be_chosen, each.chosen) for each in again] == [
        (Kind.DUE, "S1 (2)", True, False),
        (Kind.UPDATE, "S1 (2)", True, False),
        (Kind.WORDS, "S2 (1)", True, False),
        (Kind.LEADS, "S2 (1)", True, False),
    ]
    assert {each.note for each in again} == {"It was in the last file as well and was left out then."}


def test_a_date_that_was_refused_is_not_asked_for_again(
    ours: Plan, keeper: User, first: PlanRead, cast: Cast
) -> None:
    second = changed(first, "S1", "2", due=due(date(2014, 1, 1)))
    load(newer(second, ours, keeper), keeper)
    DueDateChange.objects.update(decision="refused", decided_by=cast.board_member, decided_on=ON)

    assert found(newer(second, ours, keeper)) == []


def test_words_that_came_in_under_another_stage_are_not_offered_again(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    post(ours, keeper)
    second = changed(first, "S1", "1", standings=(BEGUN, DONE))
    intake = newer(second, ours, keeper)
    load(intake, keeper, only(intake))

    assert found(newer(second, ours, keeper)) == []


def test_our_own_file_is_not_what_a_paper_started_from(
    ours: Plan, keeper: User, first: PlanRead, cast: Cast
) -> None:
    """The date moved in Waymark after the paper, then our own file with the new date came in."""
    asked = workflow.request_due_date(
        action=of(ours, "S1", "2"), new_on=date(2014, 1, 1), reason="Later.", by=keeper, on=ON
    )
    workflow.agree_due_date(change=asked, by=cast.board_member, on=ON)
    said = Standing("in-progress", "", "From a partner.", number="1")
    own = changed(changed(first, "S1", "2", due=due(date(2014, 1, 1))), "S1", "1", standings=(said,))
    load(newer(own, ours, keeper), keeper)

    assert found(newer(first, ours, keeper)) == []


def test_what_is_unsure_is_not_ticked(ours: Plan, keeper: User, first: PlanRead) -> None:
    """A rating that the key does not have, and a row that stands twice."""
    one, two = first.recommendations
    write, train = one.actions
    purple = Said(NEXT, how="The rating “Purple” was not understood", sure=Sureness.UNSURE)
    twice = replace(
        train, number=Said("2.2", how="2 is printed for another action too", sure=Sureness.UNSURE)
    )
    one = replace(one, actions=(replace(write, standings=(purple,)), train, twice))

    unsure = differences_of(newer(replace(first, recommendations=(one, two)), ours, keeper), on=ON)

    assert [(each.kind, each.may_be_chosen, each.chosen, each.note) for each in unsure] == [
        (
            Kind.UPDATE,
            True,
            False,
            "Look whether it was understood rightly. The rating “Purple” was not understood.",
        ),
        (
            Kind.ADDED_ACTION,
            True,
            False,
            "Look whether it was understood rightly. 2 is printed for another action too.",
        ),
    ]


def test_a_fault_of_another_action_refuses_nothing(ours: Plan, keeper: User, first: PlanRead) -> None:
    """What is now S1 (2) in the file is too long; the plan's S1 (2) is the file's S1 (3)."""
    one, two = first.recommendations
    one = replace(
        one,
        actions=(
            one.actions[0],
            action("2", "x" * 5001),
            action("3", "Train everyone.", standings=(NEXT,)),
        ),
    )
    intake = newer(replace(first, recommendations=(one, two)), ours, keeper)
    update = next(each for each in about(intake, "S1 (2)") if each.kind == Kind.UPDATE)

    load(intake, keeper, update)

    assert [each.narrative for each in of(ours, "S1", "2").updates.all()] == [NEXT.narrative]


def test_a_fault_counts_however_the_file_spells_the_reference(
    ours: Plan, keeper: User, first: PlanRead
) -> None:
    one, two = changed(first, "S1", "1", standings=(replace(NEXT, narrative="x" * 5001),)).recommendations
    one = replace(one, reference=Said("S 1"))
    intake = newer(replace(first, recommendations=(one, two)), ours, keeper)

    with pytest.raises(BadRows, match=r"S 1 \(1\), standing: Longer than 5,000 characters"):
        load(intake, keeper)


def test_what_is_refused_names_its_action(ours: Plan, keeper: User, first: PlanRead) -> None:
    intake = newer(changed(first, "S1", "1", standings=(BEGUN, NEXT)), ours, keeper)
    shown = only(intake)
    assert isinstance(shown.step, Say)
    early = replace(shown, step=replace(shown.step, on=date(2012, 9, 13)))

    with pytest.raises(ValidationError, match=r"S1 \(1\): "):
        apply(read=first, plan=ours, chosen=[early], origin=Origin("second.docx", "6" * 64, keeper, ON))
