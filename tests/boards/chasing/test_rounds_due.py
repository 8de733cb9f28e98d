"""Update rounds by e-mail: opened, half way and on the last day, to those who have not answered, once."""

from datetime import date
from typing import Any

import pytest
from django.core import mail

from boards.chasing import sending, tick
from boards.models import Board, Digest, Every, Occasion, Round, Sending
from boards.workflow import meetings
from boards.workflow.chasing import set_chaser_times
from boards.workflow.meetings import When
from boards.workflow.owner_links import make_link
from boards.workflow.rounds import close_round, open_round, say_no_change
from improvement.models import LeadOfficer, Plan, Role, User
from recommendations.models import Action, Stage
from tests.cast import Cast
from tests.factories import (
    ActionFactory,
    HoldingFactory,
    LeadOfficerFactory,
    MembershipFactory,
    OrganisationFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
)

# Opened on 1 May 2025 for 15 May, answers by 11 May: half way is 6 May. Northmoor's first due date is 30 June.
OPENED, HALF_WAY, LAST, DAY = date(2025, 5, 1), date(2025, 5, 6), date(2025, 5, 11), date(2025, 5, 15)


@pytest.fixture
def holder(northmoor: Plan) -> User:
    """Holds the post that leads all three open actions of Northmoor."""
    user = User.objects.create_user(email="quality.lead@northmoor.example", name="Quality lead")
    MembershipFactory(user=user, council=northmoor.council, role=Role.LEAD_OFFICER)
    post = LeadOfficer.objects.get(council=northmoor.council, abbreviation="SM QA")
    HoldingFactory(lead_officer=post, user=user)
    return user


@pytest.fixture
def asked(northmoor: Plan, holder: User, cast: Cast) -> Round:
    """Something was said of each open action in April, so that silence asks nothing."""
    for action in Action.objects.for_plan(northmoor).exclude(number="4"):
        ProgressUpdateFactory(action=action, sequence=1, on=date(2025, 4, 20))
    return open_round(
        plan=northmoor,
        label="Improvement Board",
        for_meeting_on=DAY,
        cut_off_on=LAST,
        by=cast.northmoor_administrator,
        on=OPENED,
    )


def told(*days: date) -> dict[int, list[list[tuple[str, str]]]]:
    """By the day of May, what each digest says."""
    found = {on.day: tick.run(on=on) for on in days}
    return {
        day: [[(item.occasion, item.key) for item in digest.items.all()] for digest in made]
        for day, made in found.items()
        if made
    }


def answer(asked: Round, number: str, by: User, on: date) -> None:
    action = Action.objects.with_recommendation().get(recommendation__reference="N1", number=number)
    say_no_change(asked=asked, action=action, version=1, reason="Nothing new.", by=by, on=on)


def test_it_asks_when_opened_half_way_and_on_the_last_day(asked: Round) -> None:
    days = [date(2025, 5, day) for day in range(1, 16)]

    said = [[(Occasion.ASKED, f"round:{asked.pk}")]]
    assert told(*days) == {1: said, 6: said, 11: said}


def test_after_a_week_without_a_tick_it_is_said_once(asked: Round) -> None:
    said = [[(Occasion.ASKED, f"round:{asked.pk}")]]

    assert told(date(2025, 5, 4), date(2025, 5, 13), date(2025, 5, 14)) == {4: said, 13: said}
    assert tick.run(on=date(2025, 5, 13)) == []


def test_it_stops_when_all_is_answered(asked: Round, holder: User) -> None:
    tick.run(on=OPENED)
    for number in ("1", "2"):
        answer(asked, number, holder, OPENED)
    half_way = told(HALF_WAY)
    answer(asked, "3", holder, HALF_WAY)

    assert list(half_way) == [6]
    assert told(LAST) == {}


def test_a_closed_round_and_one_whose_meeting_is_over_ask_nobody(asked: Round, cast: Cast) -> None:
    assert told(date(2025, 5, 16)) == {}
    close_round(asked=asked, by=cast.northmoor_administrator, on=OPENED)

    assert told(HALF_WAY) == {}


def test_a_round_whose_meeting_is_called_off_asks_nobody(
    northmoor: Plan, holder: User, asked: Round, cast: Cast
) -> None:
    board = Board.objects.create(
        council=northmoor.council, slug="board", name="Board", purpose="See it done.", every=Every.UNKNOWN
    )
    keeper: dict[str, Any] = {"by": cast.northmoor_administrator, "on": OPENED}
    meeting = meetings.arrange_meetings(board=board, when=[When(DAY)], **keeper)[0]
    Round.objects.update(meeting=meeting)
    meetings.call_off(meeting=meeting, reason="No quorum.", **keeper)

    assert told(OPENED, HALF_WAY) == {}


def test_the_plans_own_times_hold(northmoor: Plan, asked: Round, cast: Cast) -> None:
    values = {"first_days": 7, "last_days": 1, "again_days": 7, "silent_days": 42}
    rounds = {"round_opened": False, "round_half_way": True, "round_last_day": False}
    set_chaser_times(
        plan=northmoor, values={**values, **rounds}, version=0, by=cast.northmoor_administrator, on=OPENED
    )

    assert list(told(*[date(2025, 5, day) for day in range(1, 16)])) == [6]


def test_one_digest_holds_the_round_and_the_actions(asked: Round, holder: User) -> None:
    """An action that falls due in the round."""
    post = LeadOfficer.objects.get(council=asked.plan.council, abbreviation="SM QA")
    recommendation = RecommendationFactory(
        theme=asked.plan.themes.get(), reference="N2", raised_on=date(2025, 1, 10)
    )
    action = ActionFactory(
        recommendation=recommendation,
        number="1",
        original_due_on=HALF_WAY,
        added_on=date(2025, 4, 20),
        leads=[post],
    )

    (digest,) = tick.run(on=HALF_WAY)

    assert [(item.occasion, item.key) for item in digest.items.all()] == [
        (Occasion.SOON, f"soon:{action.pk}"),
        (Occasion.ASKED, f"round:{asked.pk}"),
    ]


def test_the_mail_says_how_many_and_by_when(
    asked: Round, holder: User, mailoutbox: list[mail.EmailMultiAlternatives]
) -> None:
    answer(asked, "1", holder, OPENED)
    (digest,) = tick.run(on=LAST)

    sending.send.call(digest.pk)

    (message,) = mailoutbox
    page = "http://127.0.0.1:8000/northmoor/improvement-2025/rounds/1/answers/"
    assert message.subject == "2 actions to answer in an update round"
    assert "2 of your 3 actions are to be answered." in message.body
    assert "Update round for Improvement Board, 15 May 2025." in message.body
    assert "Answers are due today, 11 May 2025." in message.body
    assert f'<a href="{page}">Answer</a>' in message.alternatives[0][0]


def test_what_was_answered_before_the_mail_went_out_is_left_out(
    asked: Round, holder: User, mailoutbox: list[mail.EmailMultiAlternatives]
) -> None:
    (digest,) = tick.run(on=OPENED)
    for number in ("1", "2", "3"):
        answer(asked, number, holder, OPENED)

    sending.send.call(digest.pk)

    assert (mailoutbox, Digest.objects.get().state) == ([], Sending.LEFT_OUT)


def test_an_owner_behind_a_link_is_asked_for_their_own(
    northmoor: Plan, holder: User, cast: Cast, mailoutbox: list[mail.EmailMultiAlternatives]
) -> None:
    hospital = OrganisationFactory(council=northmoor.council, slug="hospital", name="The hospital")
    post = LeadOfficerFactory(
        council=northmoor.council, organisation=hospital, abbreviation="DoN", title="Director of Nursing"
    )
    recommendation = RecommendationFactory(
        theme=northmoor.themes.get(), reference="N2", raised_on=date(2025, 1, 10)
    )
    values: dict[str, Any] = {
        "recommendation": recommendation,
        "added_on": date(2025, 4, 20),
        "leads": [post],
    }
    for number in ("1", "2"):
        ActionFactory(number=number, original_due_on=None, **values)
    waits = ActionFactory(number="3", original_due_on=None, **values)
    ProgressUpdateFactory(action=waits, sequence=1, on=date(2025, 4, 25), stage=Stage.AWAITING_SIGN_OFF)
    link = make_link(
        post=post,
        email="nursing@hospital.example",
        expires_on=date(2025, 12, 31),
        by=cast.northmoor_administrator,
        on=date(2025, 4, 30),
    )
    open_round(
        plan=northmoor,
        label="Improvement Board",
        for_meeting_on=DAY,
        cut_off_on=LAST,
        by=cast.northmoor_administrator,
        on=OPENED,
    )

    digest = next(digest for digest in tick.run(on=OPENED) if digest.link)
    mailoutbox.clear()
    sending.send.call(digest.pk)

    (message,) = mailoutbox
    assert (digest.link, message.to) == (link, ["nursing@hospital.example"])
    assert "2 of your 2 actions are to be answered." in message.body
    assert f"Answer: http://127.0.0.1:8000/owner/{link.secret}/" in message.body
