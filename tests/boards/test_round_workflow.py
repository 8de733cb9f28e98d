"""Update rounds: what opening, answering “no change” and closing ask for, and what they leave behind."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from boards import rounds
from boards.models import NoChange, Round
from boards.rounds import Kind, Tally
from boards.workflow.rounds import (
    AlreadyAnswered,
    AlreadyClosed,
    RoundStillOpen,
    close_round,
    open_round,
    say_no_change,
)
from improvement.models import Change, Plan, User
from recommendations import challenge, workflow
from recommendations.models import Action, ProgressUpdate
from tests.cast import Cast
from tests.factories import ActionFactory, ProgressUpdateFactory
from tests.recommendations.steps import ON, OWN, RECORD, claimed, load, seen

MEETING, CUT_OFF = date(2012, 12, 12), date(2012, 12, 5)
LATER = date(2012, 12, 6)


def opened(plan: Plan, by: User, **changed: Any) -> Round:
    values: dict[str, Any] = {
        "label": "Improvement Board",
        "for_meeting_on": MEETING,
        "cut_off_on": CUT_OFF,
        "on": ON,
        **changed,
    }
    return open_round(plan=plan, by=by, **values)


def unchanged(asked: Round, action: Action, by: User, **changed: Any) -> NoChange:
    values: dict[str, Any] = {
        "version": seen(action),
        "reason": "The training begins in January.",
        "on": ON,
        **changed,
    }
    return say_no_change(asked=asked, action=action, by=by, **values)


def updated(action: Action, by: User, on: date = ON) -> ProgressUpdate:
    return workflow.post_update(
        action=action,
        version=seen(action),
        stage="in-progress",
        rating=None,
        narrative="Two teams trained.",
        forecast_on=None,
        by=by,
        on=on,
    )


@pytest.fixture
def asked(harrow: Plan, cast: Cast) -> Round:
    return opened(harrow, cast.plan_administrator)


def answer_for(asked: Round, action: Action, by: User, on: date = ON) -> rounds.Answer:
    found = rounds.answers(asked, rounds.asked_after(asked, by, on=on), on=on)
    return next(answer for answer in found if answer.action.pk == action.pk)


# Opening


def test_a_round_asks_after_every_open_action(asked: Round, cast: Cast) -> None:
    tally = rounds.tally_of(rounds.asked_after(asked, cast.board_member, on=ON))

    assert (asked.number, str(asked)) == (1, "Improvement Board, 12 December 2012")
    assert tally == Tally(asked=79, updated=0, no_change=0)
    assert [(change.verb, change.after) for change in Change.objects.all()] == [
        (
            "open_round",
            {
                "number": 1,
                "label": "Improvement Board",
                "for_meeting_on": "2012-12-12",
                "cut_off_on": "2012-12-05",
            },
        )
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"label": " "}, "label"),
        ({"label": "x" * 121}, "label"),
        ({"for_meeting_on": date(2012, 11, 13)}, "for_meeting_on"),
        ({"cut_off_on": date(2012, 11, 13)}, "cut_off_on"),
        ({"cut_off_on": date(2012, 12, 13)}, "cut_off_on"),
    ],
)
def test_a_round_lies_between_today_and_its_meeting(
    harrow: Plan, cast: Cast, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        opened(harrow, cast.plan_administrator, **changed)

    assert list(refused.value.message_dict) == [field]
    assert (Round.objects.count(), Change.objects.count()) == (0, 0)


def test_one_round_is_open_at_a_time(asked: Round, harrow: Plan, cast: Cast) -> None:
    with pytest.raises(RoundStillOpen):
        opened(harrow, cast.plan_administrator)
    close_round(asked=asked, by=cast.plan_administrator, on=ON)

    assert opened(harrow, cast.plan_administrator).number == 2


@pytest.mark.parametrize(
    "who", ["reader", "lead_officer", "board_member", "scrutiny_officer", "northmoor_administrator"]
)
def test_only_who_keeps_the_plan_opens_and_closes(harrow: Plan, cast: Cast, who: str) -> None:
    asked = opened(harrow, cast.plan_administrator)
    with pytest.raises(PermissionDenied):
        close_round(asked=asked, by=getattr(cast, who), on=ON)
    close_round(asked=asked, by=cast.plan_administrator, on=ON)

    with pytest.raises(PermissionDenied):
        opened(harrow, getattr(cast, who))


def test_nobody_closes_twice(asked: Round, cast: Cast) -> None:
    close_round(asked=asked, by=cast.plan_administrator, on=ON)

    with pytest.raises(AlreadyClosed):
        close_round(asked=asked, by=cast.plan_administrator, on=LATER)

    asked.refresh_from_db()
    assert asked.closed_on == ON
    assert [change.verb for change in Change.objects.order_by("position")] == ["open_round", "close_round"]


# Answering


def test_an_update_said_before_the_round_on_the_same_day_is_no_answer(harrow: Plan, cast: Cast) -> None:
    before, after = load(*OWN), load("LAC9", "1")
    updated(before, cast.lead_officer)
    asked = opened(harrow, cast.plan_administrator)

    updated(after, cast.lead_officer)

    assert answer_for(asked, before, cast.reader).kind == Kind.MISSING
    assert answer_for(asked, after, cast.reader).kind == Kind.UPDATED


def test_no_change_is_an_answer_and_no_progress(asked: Round, cast: Cast) -> None:
    action = load(*OWN)
    last = ProgressUpdate.objects.last_of(action)
    before = ProgressUpdate.objects.count()

    said = unchanged(asked, action, cast.lead_officer)

    answer = answer_for(asked, action, cast.reader)
    assert (said.since, ProgressUpdate.objects.count()) == (last, before)
    assert (answer.kind, answer.on, answer.by) == (Kind.NO_CHANGE, ON, "Lead officer")
    assert answer.reason == "The training begins in January."
    assert answer.standing.updated_on == date(2012, 9, 14)
    assert [change.verb for change in Change.objects.order_by("position")] == ["open_round", "say_no_change"]


def test_no_change_silences_no_question(asked: Round, harrow: Plan, cast: Cast) -> None:
    """Whoever asks after silence goes on asking: the fact is no update."""
    before = challenge.of_plan(harrow, on=LATER)

    for action in rounds.asked_after(asked, cast.board_member, on=ON).with_recommendation():
        unchanged(asked, action, cast.board_member)

    assert challenge.of_plan(harrow, on=LATER) == before
    assert rounds.tally_of(rounds.asked_after(asked, cast.reader, on=ON)) == Tally(79, 0, 79)


def test_no_change_round_after_round_is_counted(harrow: Plan, cast: Cast) -> None:
    action = load(*OWN)
    for _ in range(2):
        asked = opened(harrow, cast.plan_administrator)
        unchanged(asked, action, cast.lead_officer)
        close_round(asked=asked, by=cast.plan_administrator, on=ON)
    third = opened(harrow, cast.plan_administrator)

    before = answer_for(third, action, cast.reader)
    unchanged(third, action, cast.lead_officer)

    assert (before.kind, before.left_standing) == (Kind.MISSING, 2)
    assert answer_for(third, action, cast.reader).left_standing == 3


def test_an_update_after_no_change_counts_instead_and_ends_the_count(harrow: Plan, cast: Cast) -> None:
    action = load(*OWN)
    asked = opened(harrow, cast.plan_administrator)
    unchanged(asked, action, cast.lead_officer)
    updated(action, cast.lead_officer)
    same = answer_for(asked, action, cast.reader)
    close_round(asked=asked, by=cast.plan_administrator, on=ON)

    following = opened(harrow, cast.plan_administrator, on=LATER, cut_off_on=LATER)

    assert same.kind == Kind.UPDATED
    assert answer_for(following, action, cast.reader, on=LATER).left_standing == 0


def test_an_action_without_a_word_can_be_left_without_one(asked: Round, harrow: Plan, cast: Cast) -> None:
    silent = Action.objects.for_plan(harrow).as_of(ON).open().filter(updated_on=None).with_recommendation()[0]

    assert unchanged(asked, silent, cast.board_member, version=0).since is None


def test_somebody_elses_update_stands_against_no_change(asked: Round, cast: Cast) -> None:
    action = load(*OWN)
    version = seen(action)
    theirs = updated(action, cast.board_member)

    with pytest.raises(workflow.UpdatedMeanwhile) as clash:
        unchanged(asked, action, cast.lead_officer, version=version)

    assert clash.value.theirs == theirs
    assert NoChange.objects.count() == 0


def test_sent_twice_it_is_said_once_and_somebody_else_is_told(asked: Round, cast: Cast) -> None:
    action = load(*OWN)
    first = unchanged(asked, action, cast.lead_officer)

    again = unchanged(asked, action, cast.lead_officer)
    with pytest.raises(AlreadyAnswered):
        unchanged(asked, action, cast.board_member)

    assert (again, NoChange.objects.count()) == (first, 1)


def test_words_that_look_like_a_childs_record_are_stopped_and_kept_with_a_reason(
    asked: Round, cast: Cast
) -> None:
    action = load(*OWN)
    with pytest.raises(workflow.LooksLikeChildRecord):
        unchanged(asked, action, cast.lead_officer, reason=RECORD)

    unchanged(asked, action, cast.lead_officer, reason=RECORD, kept_because="Letters of two teams.")

    assert Change.objects.get(verb="say_no_change").after["kept_because"] == "Letters of two teams."


def test_who_does_not_lead_an_action_cannot_answer_for_it(asked: Round, cast: Cast) -> None:
    for who in (cast.lead_officer, cast.reader, cast.northmoor_administrator):
        with pytest.raises(PermissionDenied):
            unchanged(asked, load("S2", "1"), who)

    assert NoChange.objects.count() == 0


def test_a_round_asks_only_after_what_was_open_and_there(asked: Round, harrow: Plan, cast: Cast) -> None:
    recommendation = load(*OWN).recommendation
    added = ActionFactory(recommendation=recommendation, number="99", added_on=LATER)
    done = Action.objects.for_plan(harrow).as_of(ON).in_stage("complete").with_recommendation()[0]

    for action, on in ((added, LATER), (done, ON)):
        with pytest.raises(ValidationError):
            unchanged(asked, action, cast.board_member, on=on)

    shown = rounds.asked_after(asked, cast.board_member, on=LATER)
    assert rounds.tally_of(shown) == Tally(79, 0, 0)


def test_what_ends_in_a_round_stays_among_those_asked_after(asked: Round, cast: Cast) -> None:
    action = load("S7", "1")

    workflow.withdraw(
        action=action,
        version=seen(action),
        reason="Another action does it.",
        by=cast.plan_administrator,
        on=ON,
    )

    tally = rounds.tally_of(rounds.asked_after(asked, cast.reader, on=ON))
    assert tally == Tally(asked=79, updated=1, no_change=0)


def test_a_claim_is_an_answer(asked: Round, cast: Cast) -> None:
    action = load(*OWN)

    claimed(action, cast.lead_officer)

    assert answer_for(asked, action, cast.reader).kind == Kind.UPDATED


# Days


def test_who_had_answered_can_be_shown_as_of_any_day(asked: Round, cast: Cast) -> None:
    updated(load(*OWN), cast.lead_officer, on=date(2012, 11, 20))
    unchanged(asked, load("LAC9", "1"), cast.lead_officer, on=LATER)

    days = (ON, date(2012, 11, 20), LATER)
    tallies = [rounds.tally_of(rounds.asked_after(asked, cast.reader, on=day)) for day in days]

    assert tallies == [Tally(79, 0, 0), Tally(79, 1, 0), Tally(79, 1, 1)]
    assert answer_for(asked, load("LAC9", "1"), cast.reader, on=LATER).late


def test_a_closed_round_stays_as_it_was(asked: Round, cast: Cast) -> None:
    close_round(asked=asked, by=cast.plan_administrator, on=LATER)
    updated(load(*OWN), cast.lead_officer, on=date(2012, 12, 7))

    with pytest.raises(ValidationError):
        unchanged(asked, load("LAC9", "1"), cast.lead_officer, on=date(2012, 12, 7))

    shown = rounds.asked_after(asked, cast.reader, on=date(2013, 1, 1))
    assert rounds.tally_of(shown) == Tally(79, 0, 0)
    assert [asked.is_open(day) for day in (ON, CUT_OFF, LATER)] == [True, True, False]


def test_no_change_is_append_only_in_the_database(asked: Round, cast: Cast) -> None:
    said = unchanged(asked, load(*OWN), cast.lead_officer)

    for change in (said.delete, lambda: NoChange.objects.update(reason="Otherwise.")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    said.refresh_from_db()
    assert said.reason == "The training begins in January."


# Shares


def test_shares_of_posts_and_organisations(asked: Round, cast: Cast) -> None:
    action = load(*OWN)
    updated(action, cast.lead_officer)
    found = rounds.answers(asked, rounds.asked_after(asked, cast.reader, on=ON), on=ON)

    posts = {share.label: share.tally for share in rounds.by_post(found)}

    own = rounds.sheet_of(cast.lead_officer, asked, on=ON)
    assert own is not None
    assert posts["SM QA"] == own.tally
    assert own.tally.updated == 1
    organisations = rounds.by_organisation(found)
    assert organisations[0].tally.missing == max(share.tally.missing for share in organisations)
    assert sum(share.tally.asked for share in organisations) >= 79


def test_another_councils_round_is_not_seen(asked: Round, cast: Cast) -> None:
    shown = rounds.asked_after(asked, cast.northmoor_administrator, on=ON)

    assert list(Round.objects.visible_to(cast.northmoor_administrator)) == []
    assert rounds.tally_of(shown) == Tally(0, 0, 0)


def test_updates_taken_from_papers_later_are_no_answers(asked: Round, cast: Cast) -> None:
    """What is loaded with a day before the round is no answer to it, whenever it is loaded."""
    action = load(*OWN)

    ProgressUpdateFactory(action=action, sequence=seen(action) + 1, on=date(2012, 11, 1))

    assert answer_for(asked, action, cast.reader).kind == Kind.MISSING
