"""What changed between two days: everything, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.models import LeadOfficer, Plan, Rating
from recommendations import comparison, contents, wording, workflow
from recommendations.comparison import Kind
from recommendations.contents import ActionContent, Contents, RecommendationContent
from recommendations.models import Action, Phase, Stage
from recommendations.wording import Fate
from tests.cast import HARROW, Cast
from tests.factories import RecommendationFactory

BEFORE, ON = date(2012, 11, 13), date(2012, 11, 14)

places = st.tuples(st.sampled_from(["S1", "S2", "LAC1"]), st.sampled_from(["1", "2", "3"]))
states = st.tuples(
    st.sampled_from(["Do this.", "Do that.", ""]),
    st.sampled_from(["2012-09-27", "2012-12-31", ""]),
    st.sampled_from(Stage.values),
    st.sampled_from(["", "Red", "Green"]),
    st.sampled_from([("SM QA",), ("DCS", "SM QA")]),
)


def _contents(actions: dict[tuple[str, str], tuple[str, str, str, str, tuple[str, ...]]]) -> Contents:
    references = sorted({reference for reference, _ in actions})
    return Contents(
        tuple(
            RecommendationContent(one, "Safeguarding", f"Title of {one}", "", "", "immediate", ())
            for one in references
        ),
        tuple(
            ActionContent(reference, number, Phase.NONE, text, leads, due_on, "soon", stage, rating)
            for (reference, number), (text, due_on, stage, rating, leads) in actions.items()
        ),
    )


any_contents = st.dictionaries(places, states, max_size=6).map(_contents)


@given(any_contents)
def test_with_itself_nothing_changed(said: Contents) -> None:
    found = comparison.of(said, said)

    assert (found.is_empty, found.headline, found.changed) == (True, "Nothing changed", 0)
    assert found.unchanged == len(said.actions)


@given(any_contents, any_contents)
def test_backwards_it_is_the_mirror(one: Contents, other: Contents) -> None:
    there, back = comparison.of(one, other), comparison.of(other, one)

    known = {action.place for action in one.actions} & {action.place for action in other.actions}
    assert sorted(
        (each.action.place, each.before, each.after, each.days or 0)
        for each in there.differences
        if each.action.place in known
    ) == sorted(
        (each.action.place, each.after, each.before, -(each.days or 0))
        for each in back.differences
        if each.action.place in known
    )
    assert _places(there, Kind.ADDED) == _gone(back)
    assert _gone(there) == _places(back, Kind.ADDED)
    assert there.new_recommendations == back.former_recommendations
    assert (there.changed, there.unchanged) == (back.changed, back.unchanged)


@given(any_contents, any_contents)
def test_an_action_counts_as_changed_exactly_when_it_differs(one: Contents, other: Contents) -> None:
    found = comparison.of(one, other)

    earlier = {action.place: action for action in one.actions}
    later = {action.place: action for action in other.actions}
    differing = {place for place in {*earlier, *later} if earlier.get(place) != later.get(place)}
    assert {each.action.place for each in found.differences} == differing
    assert found.changed == len(differing)


def _places(found: comparison.Comparison, kind: Kind) -> set[tuple[str, str]]:
    return {each.action.place for each in found.differences if each.kind is kind}


def _gone(found: comparison.Comparison) -> set[tuple[str, str]]:
    return {each.action.place for each in found.differences if each.after == comparison.NOT_IN_PLAN}


@given(st.text(max_size=80), st.text(max_size=80))
def test_pieces_hold_both_wordings(before: str, after: str) -> None:
    pieces = wording.difference(before, after)

    old = "".join(piece.text for piece in pieces if piece.fate is not Fate.ADDED)
    new = "".join(piece.text for piece in pieces if piece.fate is not Fate.REMOVED)
    assert (old.split(), new.split()) == (before.split(), after.split())


def test_pieces_are_words() -> None:
    pieces = wording.difference("Train all managers soon.", "Train every manager soon.")

    assert [(piece.fate.value, piece.text) for piece in pieces] == [
        ("kept", "Train "),
        ("removed", "all managers "),
        ("added", "every manager "),
        ("kept", "soon."),
    ]


# What the workflow does shows, and nothing else


def _changes(plan: Plan) -> list[tuple[str, str, str, str, str, int | None]]:
    found = comparison.of(contents.of(plan, on=BEFORE), contents.of(plan, on=ON))
    return [
        (str(each.kind.label), *each.action.place, each.before, each.after, each.days)
        for each in found.differences
    ]


def _action(reference: str, number: str) -> Action:
    return Action.objects.with_recommendation().get_by_natural_key(*HARROW, reference, number)


def test_everything_done_between_two_days_appears_and_nothing_else(harrow: Plan, cast: Cast) -> None:
    administrator, member = cast.plan_administrator, cast.board_member
    amber = Rating.objects.get_by_natural_key("rag", "amber")
    post = LeadOfficer.objects.get(council=harrow.council, abbreviation="DCS")
    by = {"by": administrator, "on": ON}
    first = _action("S2", "1")
    workflow.add_action(
        recommendation=first.recommendation,
        number="7",
        phase="none",
        text="Ask each ward.",
        leads=[post],
        due_on=date(2013, 3, 31),
        **by,
    )
    workflow.reword_action(action=first, version=0, text="Rewrite the protocol.", reason="Clearer.", **by)
    moved = workflow.request_due_date(
        action=_action("S4", "5"), new_on=date(2013, 1, 31), reason="Piloted first.", by=member, on=ON
    )
    workflow.agree_due_date(change=moved, **by)
    refused = workflow.request_due_date(
        action=_action("S4", "6"), new_on=date(2013, 1, 31), reason="Later.", by=member, on=ON
    )
    workflow.refuse_due_date(change=refused, reason="No.", **by)
    workflow.withdraw(action=_action("S3", "4"), version=1, reason="Not needed.", **by)
    workflow.reopen(action=_action("S2", "2"), version=1, rating=None, reason="Not done.", **by)
    workflow.post_update(
        action=_action("S7", "1"),
        version=1,
        stage="in-progress",
        rating=amber,
        narrative="Slips.",
        forecast_on=None,
        by=member,
        on=ON,
    )
    workflow.index_action(action=_action("S7", "1"), kinds=[], **by)

    assert _changes(harrow) == [
        ("Added", "S2", "7", "Not in the plan", "In the plan", None),
        ("Withdrawn", "S3", "4", "In progress", "Withdrawn", None),
        ("Reworded", "S2", "1", first.original_text, "Rewrite the protocol.", None),
        ("Due date moved", "S4", "5", "31 December 2012", "31 January 2013", 31),
        ("Reopened", "S2", "2", "Complete", "In progress", None),
        ("Re-rated", "S7", "1", "Green", "Amber", None),
    ]


def test_added_and_withdrawn_between_the_two_it_is_both(harrow: Plan, action: Action, cast: Cast) -> None:
    post = LeadOfficer.objects.get(council=harrow.council, abbreviation="DCS")
    by = {"by": cast.plan_administrator, "on": ON}
    added = workflow.add_action(
        recommendation=action.recommendation,
        number="7",
        phase="none",
        text="Ask.",
        leads=[post],
        due_on=None,
        **by,
    )
    workflow.withdraw(action=added, version=0, reason="Asked already.", **by)

    assert [(kind, before, after) for kind, _, _, before, after, _ in _changes(harrow)] == [
        ("Added", "Not in the plan", "In the plan"),
        ("Withdrawn", "Not in the plan", "Withdrawn"),
    ]


def test_an_update_that_says_the_same_is_no_change(harrow: Plan, action: Action, cast: Cast) -> None:
    workflow.post_update(
        action=action,
        version=1,
        stage=Stage.AWAITING_SIGN_OFF,
        rating=None,
        narrative="Still waits for the board.",
        forecast_on=None,
        by=cast.board_member,
        on=ON,
    )

    assert _changes(harrow) == []


def test_new_recommendations_are_told_apart(harrow: Plan) -> None:
    theme = harrow.themes.get(slug="safeguarding")
    RecommendationFactory(theme=theme, plan=harrow, reference="S12", position=12, raised_on=ON)

    found = comparison.of(contents.of(harrow, on=BEFORE), contents.of(harrow, on=ON))

    assert [one.reference for one in found.new_recommendations] == ["S12"]
    assert (found.headline, found.changed) == ("No action changed", 0)


@pytest.mark.parametrize(
    ("narrowing", "count"),
    [
        ({}, 99 + 21),
        ({"kind": "completed"}, 22),
        ({"kind": "re-rated"}, 21),
        ({"theme": "Safeguarding", "kind": "completed"}, 14),
        ({"lead": "DCS"}, 4),
        ({"lead": "NOBODY"}, 0),
    ],
)
def test_narrowing_leaves_the_counts_of_the_whole(
    harrow: Plan, narrowing: dict[str, str], count: int
) -> None:
    found = comparison.of(contents.of(harrow, on=date(2012, 9, 10)), contents.of(harrow, on=ON))

    narrowed = found.only(**narrowing)

    assert len(narrowed.differences) == count
    assert (narrowed.changed, narrowed.unchanged) == (99, 2)
