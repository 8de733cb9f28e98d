"""A due date moves only by a request that somebody else agrees to; how far dates slipped."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from improvement import ledger
from improvement.models import Change, Plan
from recommendations import progress, slippage, workflow
from recommendations.models import Action, Decision, DueDateChange
from tests.cast import Cast
from tests.factories import ActionFactory
from tests.recommendations.steps import (
    ON,
    OWN,
    RECORD,
    WHY_KEPT,
    agree,
    ask,
    claimed,
    completed,
    last_change,
    load,
    refuse,
    rows,
    sign_off,
    withdraw,
)

NOBODY = ("reader", "scrutiny_officer", "northmoor_administrator", "staff", "stranger")
FIRST, NEXT = date(2012, 7, 31), date(2012, 12, 31)


@pytest.fixture
def own(harrow: Plan) -> Action:
    """S5 (4), which the cast's lead officer leads; due on 31 July 2012."""
    return load(*OWN)


@pytest.fixture
def asked(own: Action, cast: Cast) -> DueDateChange:
    """The lead officer asks for 31 December 2012."""
    return ask(own, cast.lead_officer)


def due(action: Action, on: date = ON) -> date | None:
    return Action.objects.as_of(on).values_list("due_on", flat=True).get(pk=action.pk)  # type: ignore[no-any-return]


# Asking


@pytest.mark.parametrize("who", ["lead_officer", "board_member", "plan_administrator"])
def test_a_request_writes_one_change_from_to_and_why(own: Action, cast: Cast, who: str) -> None:
    change = ask(own, getattr(cast, who))

    row = last_change()
    assert rows()[0] == 1
    assert (change.old_on, change.new_on, change.requested_on, change.requested_by) == (
        FIRST,
        NEXT,
        ON,
        getattr(cast, who),
    )
    assert (change.decision, change.decided_on, change.decided_by) == ("waiting", None, None)
    assert (row.verb, row.by, row.on, row.council) == (
        "request_due_date",
        getattr(cast, who),
        ON,
        own.recommendation.plan.council,
    )
    assert (row.subject, row.subject_id) == ("recommendations.duedatechange", change.pk)
    assert row.before == {"due_on": "2012-07-31"}
    assert row.after == {"action": own.pk, "due_on": "2012-12-31"}
    assert row.reason == "The tool has to be bought first."
    assert ledger.verify() is None


def test_a_request_moves_nothing(own: Action, asked: DueDateChange) -> None:
    standing = Action.objects.as_of(ON).get(pk=own.pk)

    assert (standing.due_on, standing.moves, standing.move_waits) == (FIRST, 0, True)  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", NOBODY)
def test_others_ask_for_nothing(own: Action, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        ask(own, getattr(cast, who))

    assert rows()[2] == 0


def test_a_lead_officer_asks_for_nothing_of_anothers_action(harrow: Plan, cast: Cast) -> None:
    with pytest.raises(PermissionDenied, match="You can update only the actions of posts that you hold"):
        ask(load("S2", "1"), cast.lead_officer)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"reason": ""}, "reason", "Say why the date has to move."),
        ({"reason": " \n "}, "reason", "Say why the date has to move."),
        ({"reason": "x" * 5001}, "reason", "Keep it under 5,000 characters."),
        ({"new_on": FIRST}, "new_on", "This is the date it has now. Choose another."),
        ({"new_on": date(2012, 11, 13)}, "new_on", "Choose a day that has not passed."),
    ],
)
def test_a_broken_rule_is_refused_by_its_field(
    own: Action, cast: Cast, changed: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        ask(own, cast.lead_officer, **changed)

    assert refused.value.message_dict == {field: [words]}
    assert rows()[0] == rows()[2] == 0


def test_the_day_itself_has_not_passed(own: Action, cast: Cast) -> None:
    assert ask(own, cast.lead_officer, new_on=ON).new_on == ON


def test_a_date_is_asked_for_that_was_missing(harrow: Plan, cast: Cast) -> None:
    undated = ActionFactory(recommendation=harrow.recommendations.get(reference="S2"), number="77")

    change = ask(undated, cast.board_member)
    agree(change, cast.plan_administrator)

    standing = progress.standings(Action.objects.as_of(ON).filter(pk=undated.pk), on=ON)[0]
    assert (change.old_on, change.days) == (None, None)
    assert (standing.due_on, standing.days_slipped) == (NEXT, 0)
    assert standing.slipped == "no date at first, moved once"


def test_only_one_request_waits_at_a_time(own: Action, cast: Cast, asked: DueDateChange) -> None:
    before = rows()

    with pytest.raises(workflow.RequestWaits, match="waiting for a decision already"):
        ask(own, cast.lead_officer, new_on=date(2013, 1, 31))
    with pytest.raises(workflow.RequestWaits):
        ask(own, cast.board_member)

    assert rows() == before


def test_a_double_click_asks_once(own: Action, cast: Cast, asked: DueDateChange) -> None:
    before = rows()

    again = ask(own, cast.lead_officer)

    assert again == asked
    assert rows() == before


def test_after_a_decision_another_date_is_asked_for(own: Action, cast: Cast, asked: DueDateChange) -> None:
    refuse(asked, cast.board_member)

    assert ask(own, cast.lead_officer) != asked


@pytest.mark.parametrize("end", ["complete", "withdrawn"])
def test_what_has_ended_gets_no_other_date(own: Action, cast: Cast, end: str) -> None:
    if end == "complete":
        completed(own, cast.lead_officer, cast.board_member)
    else:
        withdraw(own, cast.plan_administrator)

    with pytest.raises(ValidationError, match="This action has ended"):
        ask(own, cast.lead_officer)


def test_a_day_before_the_plan_had_the_action_is_refused(own: Action, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="The plan did not have this action on that day"):
        ask(own, cast.lead_officer, on=date(2012, 9, 9))


def test_a_day_before_the_last_decision_is_refused(own: Action, cast: Cast, asked: DueDateChange) -> None:
    agree(asked, cast.board_member, on=date(2012, 11, 20))

    with pytest.raises(ValidationError, match="decided already on a later day, 20 November 2012"):
        ask(own, cast.lead_officer, new_on=date(2013, 1, 31), on=date(2012, 11, 19))


def test_nothing_is_asked_of_a_closed_plan(own: Action, cast: Cast, harrow: Plan) -> None:
    workflow.close_plan(plan=harrow, reason="Over.", by=cast.plan_administrator, on=ON)

    with pytest.raises(workflow.PlanClosed):
        ask(load(*OWN), cast.lead_officer)


# Deciding


@pytest.mark.parametrize("who", ["board_member", "plan_administrator"])
def test_agreeing_moves_the_date_from_the_day_of_the_decision(
    own: Action, cast: Cast, asked: DueDateChange, who: str
) -> None:
    agree(asked, getattr(cast, who), reason="It cannot be done sooner.", on=date(2012, 11, 16))

    row = last_change()
    assert [due(own, date(2012, 11, day)) for day in (14, 15, 16, 17)] == [FIRST, FIRST, NEXT, NEXT]
    assert Action.objects.get(pk=own.pk).original_due_on == FIRST
    assert (asked.decision, asked.decided_on, asked.decided_by, asked.decision_reason) == (
        "agreed",
        date(2012, 11, 16),
        getattr(cast, who),
        "It cannot be done sooner.",
    )
    assert (row.verb, row.by, row.on) == ("agree_due_date", getattr(cast, who), date(2012, 11, 16))
    assert row.before == {"decision": "waiting", "due_on": "2012-07-31"}
    assert row.after == {"decision": "agreed", "due_on": "2012-12-31"}
    assert row.reason == "It cannot be done sooner."
    assert Change.objects.count() == 2
    assert ledger.verify() is None


def test_refusing_leaves_the_date(own: Action, cast: Cast, asked: DueDateChange) -> None:
    refuse(asked, cast.board_member)

    row = last_change()
    standing = Action.objects.as_of(ON).get(pk=own.pk)
    assert (standing.due_on, standing.moves, standing.move_waits) == (FIRST, 0, False)  # type: ignore[attr-defined]
    assert row.verb == "refuse_due_date"
    assert row.after == {"decision": "refused", "due_on": "2012-07-31"}
    assert row.reason == "It can be hired until then."
    assert Change.objects.count() == 2


@pytest.mark.parametrize("decide", [agree, refuse])
@pytest.mark.parametrize("who", [*NOBODY, "lead_officer"])
def test_others_decide_nothing(cast: Cast, asked: DueDateChange, decide: Any, who: str) -> None:
    """Not even with words that would be looked at first: who may comes before what is said."""
    before = rows()

    with pytest.raises(PermissionDenied):
        decide(asked, getattr(cast, who), reason=RECORD)

    assert rows() == before


@pytest.mark.parametrize("decide", [agree, refuse])
@pytest.mark.parametrize("who", ["board_member", "plan_administrator"])
def test_nobody_decides_what_they_asked_for(own: Action, cast: Cast, decide: Any, who: str) -> None:
    change = ask(own, getattr(cast, who))
    before = rows()

    with pytest.raises(workflow.OwnWork, match="You asked for this date"):
        decide(change, getattr(cast, who))

    assert rows() == before


@pytest.mark.parametrize("reason", ["", " \t"])
def test_a_refusal_needs_a_reason(cast: Cast, asked: DueDateChange, reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        refuse(asked, cast.board_member, reason=reason)

    assert refused.value.message_dict == {"reason": ["Say why the date stays."]}


@pytest.mark.parametrize("decide", [agree, refuse])
def test_a_reason_is_not_longer_than_any_words(cast: Cast, asked: DueDateChange, decide: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        decide(asked, cast.board_member, reason="x" * 5001)

    assert refused.value.message_dict == {"reason": ["Keep it under 5,000 characters."]}


@pytest.mark.parametrize("decide", [agree, refuse])
def test_nothing_is_decided_before_it_was_asked(cast: Cast, asked: DueDateChange, decide: Any) -> None:
    with pytest.raises(ValidationError, match="cannot be decided before it was made"):
        decide(asked, cast.board_member, on=date(2012, 11, 13))


@pytest.mark.parametrize("first", [agree, refuse])
@pytest.mark.parametrize("second", [agree, refuse])
def test_of_two_who_decide_at_once_the_second_sees_the_first(
    cast: Cast, asked: DueDateChange, first: Any, second: Any
) -> None:
    looked_at_the_same_time = DueDateChange.objects.get(pk=asked.pk)
    first(asked, cast.board_member)
    before = rows()

    with pytest.raises(workflow.AlreadyDecided) as clash:
        second(looked_at_the_same_time, cast.plan_administrator)

    assert (clash.value.change.decision, clash.value.change.decided_by) == (
        asked.decision,
        cast.board_member,
    )
    assert rows() == before


def test_who_decided_does_not_decide_otherwise_later(cast: Cast, asked: DueDateChange) -> None:
    agree(asked, cast.board_member)

    with pytest.raises(workflow.AlreadyDecided):
        refuse(asked, cast.board_member)


@pytest.mark.parametrize("decide", [agree, refuse])
def test_a_double_click_decides_once(cast: Cast, asked: DueDateChange, decide: Any) -> None:
    decide(asked, cast.board_member)
    before = rows()

    again = decide(DueDateChange.objects.get(pk=asked.pk), cast.board_member)

    assert again == asked
    assert rows() == before


@pytest.mark.parametrize("end", ["complete", "withdrawn"])
def test_a_date_does_not_move_once_the_action_has_ended(own: Action, cast: Cast, end: str) -> None:
    """Or work that was finished late would have been finished on time."""
    change = ask(own, cast.lead_officer)
    if end == "complete":
        completed(own, cast.lead_officer, cast.board_member)
    else:
        withdraw(own, cast.plan_administrator)

    with pytest.raises(ValidationError, match="This action has ended since the date was asked for"):
        agree(change, cast.board_member)
    late = progress.of_plan(own.recommendation.plan, on=ON).completed_late.count
    refuse(change, cast.board_member)

    assert due(own) == FIRST
    assert progress.of_plan(own.recommendation.plan, on=ON).completed_late.count == late


def test_nothing_is_decided_in_a_closed_plan(cast: Cast, asked: DueDateChange, harrow: Plan) -> None:
    workflow.close_plan(plan=harrow, reason="Over.", by=cast.plan_administrator, on=ON)

    with pytest.raises(workflow.PlanClosed):
        agree(DueDateChange.objects.get(pk=asked.pk), cast.board_member)


# Words like a child's record


def test_a_request_with_such_words_needs_a_reason_that_is_kept(own: Action, cast: Cast) -> None:
    with pytest.raises(workflow.LooksLikeChildRecord):
        ask(own, cast.lead_officer, reason=RECORD)
    nothing_yet = rows()[2]
    ask(own, cast.lead_officer, reason=RECORD, kept_because=WHY_KEPT)

    row = last_change()
    assert nothing_yet == 0
    assert (row.reason, row.after["kept_because"]) == (RECORD, WHY_KEPT)


@pytest.mark.parametrize("decide", [agree, refuse])
def test_a_decision_with_such_words_needs_a_reason_that_is_kept(
    cast: Cast, asked: DueDateChange, decide: Any
) -> None:
    with pytest.raises(workflow.LooksLikeChildRecord):
        decide(asked, cast.board_member, reason=RECORD)
    asked.refresh_from_db()
    undecided = asked.decision
    decide(asked, cast.board_member, reason=RECORD, kept_because=WHY_KEPT)

    row = last_change()
    assert undecided == "waiting"
    assert (row.reason, row.after["kept_because"]) == (RECORD, WHY_KEPT)


# What the database itself refuses


@pytest.mark.parametrize(
    "changed",
    [
        {"decision": "agreed"},
        {"decision": "agreed", "decided_on": ON},
        {"decision": "refused", "decided_by": "board_member"},
        {"decision": "waiting", "decided_on": ON, "decided_by": "board_member"},
        {"decision": "agreed", "decided_on": ON, "decided_by": "lead_officer"},
        {"decision": "perhaps", "decided_on": ON, "decided_by": "board_member"},
        {"new_on": FIRST},
    ],
)
def test_a_request_that_makes_no_sense(cast: Cast, asked: DueDateChange, changed: dict[str, Any]) -> None:
    if "decided_by" in changed:
        changed = {**changed, "decided_by": getattr(cast, changed["decided_by"])}

    with pytest.raises(IntegrityError), transaction.atomic():
        DueDateChange.objects.filter(pk=asked.pk).update(**changed)


def test_two_requests_that_wait(cast: Cast, asked: DueDateChange) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DueDateChange.objects.create(
            action=asked.action,
            new_on=date(2013, 1, 1),
            reason="x",
            requested_on=ON,
            requested_by=cast.board_member,
        )


# How far it all slipped


def moved(action: Action, cast: Cast, *days: tuple[date, date]) -> None:
    """Moved by the lead officer or, where it is not theirs, the administrator; (new date, day of the decision)."""
    for new_on, on in days:
        agree(ask(action, cast.plan_administrator, new_on=new_on, on=on), cast.board_member, on=on)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        ((date(2012, 12, 1),), "first 31 Jul 2012, moved once, 123 days later"),
        ((date(2012, 12, 1), date(2012, 11, 30)), "first 31 Jul 2012, moved twice, 122 days later"),
        (
            (date(2012, 12, 1), date(2012, 12, 2), date(2012, 12, 31)),
            "first 31 Jul 2012, moved 3 times, 153 days later",
        ),
    ],
)
def test_a_moved_date_says_from_when_how_often_and_by_how_much(
    own: Action, cast: Cast, days: tuple[date, ...], words: str
) -> None:
    moved(own, cast, *((new_on, ON) for new_on in days))

    standing = progress.standings(Action.objects.as_of(ON).filter(pk=own.pk), on=ON)[0]

    assert standing.slipped == words
    assert standing.due_on == (days[-1] if days else FIRST)


@pytest.mark.parametrize(
    ("new_on", "words"),
    [
        (date(2013, 3, 30), "first 31 Mar 2013, moved once, 1 day earlier"),
        (date(2013, 4, 1), "first 31 Mar 2013, moved once, 1 day later"),
        (date(2012, 12, 31), "first 31 Mar 2013, moved once, 90 days earlier"),
    ],
)
def test_a_date_can_be_brought_forward(harrow: Plan, cast: Cast, new_on: date, words: str) -> None:
    later = load("S7", "4")
    moved(later, cast, (new_on, ON))

    standing = progress.standings(Action.objects.as_of(ON).filter(pk=later.pk), on=ON)[0]

    assert standing.slipped == words


def test_a_date_moved_away_and_back(harrow: Plan, cast: Cast) -> None:
    later = load("S7", "4")
    moved(later, cast, (date(2013, 4, 30), ON), (date(2013, 3, 31), ON))

    standing = progress.standings(Action.objects.as_of(ON).filter(pk=later.pk), on=ON)[0]

    assert standing.slipped == "first 31 Mar 2013, moved twice, back where it began"


def test_what_the_moves_of_a_plan_add_up_to(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    """S5 (4) moves twice, 153 days later in all; S7 (4) is brought forward by 90 days, which makes up for nothing."""
    own, forward = load(*OWN), load("S7", "4")
    moved(own, cast, (date(2012, 11, 30), date(2012, 11, 1)), (NEXT, date(2012, 11, 12)))
    moved(forward, cast, (date(2012, 12, 31), date(2012, 11, 10)))
    ask(load("LAC9", "1"), cast.lead_officer, on=date(2012, 11, 13))
    refuse(ask(load("LAC9", "2"), cast.lead_officer, on=date(2012, 11, 2)), cast.board_member)

    days = [slippage.of_plan(harrow, on=date(2012, 10, 31)), slippage.of_plan(harrow, on=date(2012, 11, 2))]
    days += [slippage.of_plan(harrow, on=date(2012, 11, 13)), slippage.of_plan(harrow, on=ON)]

    assert days == [
        slippage.Slippage(0, 0, 0, 0, 0),
        slippage.Slippage(1, 1, 1, 122, 1),
        slippage.Slippage(2, 3, 1, 153, 2),
        slippage.Slippage(2, 3, 1, 153, 1),
    ]
    assert slippage.of_plan(northmoor, on=date(2025, 7, 1)) == slippage.Slippage(0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 0, 0, 0, 2), ""),
        ((1, 1, 0, 0, 0), "Due dates have moved once, for 1 action; none of them is later than at first."),
        (
            (1, 2, 1, 1, 0),
            "Due dates have moved twice, for 1 action; 1 action stands later than at first, by 1 day in all.",
        ),
        (
            (3, 5, 2, 120, 0),
            "Due dates have moved 5 times, for 3 actions; 2 actions stand later than at first, by 120 days in all.",
        ),
    ],
)
def test_slippage_in_a_sentence(counts: tuple[int, int, int, int, int], words: str) -> None:
    assert slippage.Slippage(*counts).sentence == words


def test_slippage_costs_the_same_queries_however_many_moves(
    harrow: Plan, cast: Cast, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        slippage.of_plan(harrow, on=ON)
    for reference, number in (OWN, ("S7", "4"), ("LAC9", "1")):
        moved(load(reference, number), cast, (date(2013, 2, 1), ON))

    with django_assert_num_queries(2):
        slippage.of_plan(harrow, on=ON)


def test_the_move_in_force_is_the_one_agreed_last(own: Action, cast: Cast) -> None:
    moved(own, cast, (date(2012, 11, 30), date(2012, 11, 1)), (NEXT, date(2012, 11, 5)))
    refuse(
        ask(own, cast.lead_officer, new_on=date(2013, 2, 1), on=date(2012, 11, 6)),
        cast.board_member,
        on=date(2012, 11, 8),
    )
    ask(own, cast.lead_officer, new_on=date(2013, 3, 1))

    def stood(on: date) -> list[tuple[date, Decision, bool]]:
        shown = slippage.moves(DueDateChange.objects.of_action(own).asked_by(on=on), on=on)
        return [(move.change.new_on, move.decision, move.in_force) for move in shown]

    assert stood(ON) == [
        (date(2013, 3, 1), Decision.WAITING, False),
        (date(2013, 2, 1), Decision.REFUSED, False),
        (NEXT, Decision.AGREED, True),
        (date(2012, 11, 30), Decision.AGREED, False),
    ]
    assert stood(date(2012, 11, 7)) == [
        (date(2013, 2, 1), Decision.WAITING, False),
        (NEXT, Decision.AGREED, True),
        (date(2012, 11, 30), Decision.AGREED, False),
    ]


def test_a_claim_does_not_stop_a_date_from_moving_and_a_sign_off_does(own: Action, cast: Cast) -> None:
    change = ask(own, cast.lead_officer)
    claimed(own, cast.lead_officer)

    agree(change, cast.board_member)
    sign_off(own, cast.board_member)

    assert due(own) == NEXT
    with pytest.raises(ValidationError, match="This action has ended"):
        ask(own, cast.lead_officer, new_on=date(2013, 1, 31))
