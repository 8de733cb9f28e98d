"""Following, what followers are told, and the page that says it all."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards.chasing import sending, tick
from boards.models import Digest, Follow, Occasion, Often
from boards.workflow.following import follow
from improvement.models import Change, Membership, Plan, User
from recommendations.models import Action, Stage
from tests.cast import HARROW_PAGES, Cast
from tests.factories import ProgressUpdateFactory
from tests.pages import heading, text

# A Wednesday.
BEGUN = date(2025, 7, 2)
ALL = {"updates": True, "endings": True, "dates": True}


@pytest.fixture
def follower(cast: Cast) -> User:
    return cast.northmoor_administrator


def started(plan: Plan, by: User, often: Often = Often.DAILY, **other: object) -> Follow:
    return follow(plan=plan, by=by, on=BEGUN, **{**ALL, "often": often, **other})


def said(number: str, on: date, stage: str = Stage.IN_PROGRESS, sequence: int = 1) -> None:
    action = Action.objects.get(recommendation__reference="N1", number=number)
    ProgressUpdateFactory(action=action, sequence=sequence, on=on, stage=stage, narrative="It moved.")


def told(on: date) -> list[list[tuple[str, str]]]:
    return [[(item.occasion, str(item.action)) for item in digest.items.all()] for digest in tick.run(on=on)]


def test_a_follower_is_told_on_the_day_after(northmoor: Plan, follower: User) -> None:
    started(northmoor, follower)
    said("1", date(2025, 7, 3))

    days = {day: told(date(2025, 7, day)) for day in (3, 4, 5)}

    assert days == {3: [], 4: [[(Occasion.SAID, "N1 (1)")]], 5: []}


def test_a_weekly_follower_is_told_on_monday_or_when_it_is_next_asked(
    northmoor: Plan, follower: User
) -> None:
    started(northmoor, follower, Often.WEEKLY)
    said("1", date(2025, 7, 3))
    said("2", date(2025, 7, 7), Stage.COMPLETE)

    days = {day: told(date(2025, 7, day)) for day in (4, 6, 8, 9, 14)}

    assert days == {
        4: [],
        6: [],
        8: [[(Occasion.SAID, "N1 (1)")]],
        9: [],
        14: [[(Occasion.ENDED, "N1 (2)")]],
    }


def test_only_what_was_chosen_is_told(northmoor: Plan, follower: User) -> None:
    started(northmoor, follower, updates=False)
    said("1", date(2025, 7, 3))
    said("2", date(2025, 7, 3), Stage.COMPLETE)

    assert told(date(2025, 7, 4)) == [[(Occasion.ENDED, "N1 (2)")]]


def test_one_action_is_followed_alone_and_told_once(northmoor: Plan, follower: User) -> None:
    one = Action.objects.get(recommendation__reference="N1", number="1")
    started(northmoor, follower, action=one)
    started(northmoor, follower, recommendation=one.recommendation, updates=False)
    said("1", date(2025, 7, 3))
    said("2", date(2025, 7, 3))

    assert told(date(2025, 7, 4)) == [[(Occasion.SAID, "N1 (1)")]]


def test_never_tells_nothing_and_nothing_of_that_time_later(northmoor: Plan, follower: User) -> None:
    started(northmoor, follower, Often.NEVER)
    said("1", date(2025, 7, 3))
    assert told(date(2025, 7, 4)) == []

    follow(plan=northmoor, by=follower, on=date(2025, 7, 10), often=Often.DAILY, **ALL)

    assert told(date(2025, 7, 11)) == []


def test_ones_own_words_are_not_told(northmoor: Plan, follower: User) -> None:
    started(northmoor, follower)
    one = Action.objects.get(recommendation__reference="N1", number="1")
    ProgressUpdateFactory(action=one, sequence=1, on=date(2025, 7, 3), by=follower)

    assert told(date(2025, 7, 4)) == []


def test_the_mail_tells_what_was_said(
    northmoor: Plan, follower: User, mailoutbox: list[mail.EmailMultiAlternatives]
) -> None:
    started(northmoor, follower)
    said("1", date(2025, 7, 3))
    told(date(2025, 7, 4))

    sending.send.call(Digest.objects.get().pk)

    (message,) = mailoutbox
    assert message.subject == "1 change in what you follow"
    assert "3 July 2025: in progress. It moved." in message.body
    assert "Read N1 (1): http://127.0.0.1:8000/northmoor/improvement-2025/actions/N1/1/" in message.body


def test_whoever_left_the_council_is_told_nothing(
    northmoor: Plan, follower: User, mailoutbox: list[mail.EmailMultiAlternatives]
) -> None:
    """Case 37: before the digest is made, and between making and sending it."""
    started(northmoor, follower)
    said("1", date(2025, 7, 3))
    told(date(2025, 7, 4))
    Membership.objects.filter(user=follower).delete()
    said("2", date(2025, 7, 4))

    sending.send.call(Digest.objects.get().pk)

    assert (mailoutbox, told(date(2025, 7, 5))) == ([], [])


def test_another_councils_plan_cannot_be_followed(northmoor: Plan, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        started(northmoor, cast.plan_administrator)


# The pages


def test_following_is_one_row_and_one_change_however_often(as_reader: Client, cast: Cast) -> None:
    sent = {"often": "daily", "kinds": ["updates", "dates"]}
    for _ in range(2):
        response = as_reader.post(f"{HARROW_PAGES}actions/S2/1/follow/", sent, follow=True)

    mine = Follow.objects.get()
    assert (mine.user, str(mine), mine.often, mine.what) == (
        cast.reader,
        "S2 (1)",
        "daily",
        "updates, due dates that move",
    )
    assert Change.objects.filter(verb="follow").count() == 1
    assert heading(response) == "What I am told"
    assert "Updates, due dates that move" in text(response)


def test_bad_input_is_said_and_kept(as_reader: Client) -> None:
    response = as_reader.post(f"{HARROW_PAGES}follow/", {"often": "hourly"})

    assert response.status_code == 422
    assert "Choose what to be told of." in text(response)
    assert Follow.objects.count() == 0


def test_what_is_not_there_cannot_be_followed(as_reader: Client) -> None:
    sent = {"often": "daily", "kinds": ["updates"]}
    paths = ("actions/S2/99/follow/", "recommendations/ZZ9/follow/")

    assert [as_reader.post(f"{HARROW_PAGES}{path}", sent).status_code for path in paths] == [404, 404]


def test_the_past_cannot_be_followed(as_reader: Client) -> None:
    sent = {"often": "daily", "kinds": ["updates"]}

    assert as_reader.post(f"{HARROW_PAGES}follow/?on=2012-10-01", sent).status_code == 403


def test_the_page_says_what_one_follows_and_nobody_elses(as_reader: Client, cast: Cast, harrow: Plan) -> None:
    empty = as_reader.get("/account/told/")
    started(harrow, cast.board_member)

    assert "You follow nothing yet" in text(empty)
    assert "You follow nothing yet" in text(as_reader.get("/account/told/"))


def test_queries_do_not_grow_with_what_one_follows(as_reader: Client, cast: Cast, harrow: Plan) -> None:
    actions = list(Action.objects.for_plan(harrow).order_by("pk")[:3])
    started(harrow, cast.reader, action=actions[0])
    as_reader.get("/account/told/")
    with CaptureQueriesContext(connection) as one:
        as_reader.get("/account/told/")
    for action in actions[1:]:
        started(harrow, cast.reader, action=action)

    with CaptureQueriesContext(connection) as three:
        response = as_reader.get("/account/told/")

    assert (len(three), len(response.context["follows"])) == (len(one), 3)


def test_a_page_offers_to_follow_it(as_reader: Client) -> None:
    for path in ("", "recommendations/S2/", "actions/S2/1/"):
        response = as_reader.get(f"{HARROW_PAGES}{path}")

        assert f'href="{HARROW_PAGES}{path}follow/"' in response.content.decode()


def test_chaser_times_are_set_by_plan_administrators(as_plan_administrator: Client) -> None:
    sent = {"first_days": "10", "last_days": "2", "again_days": "7", "silent_days": "30", "version": "0"}

    saved = as_plan_administrator.post(f"{HARROW_PAGES}chasers/", sent, follow=True)
    stale = as_plan_administrator.post(f"{HARROW_PAGES}chasers/", {**sent, "first_days": "12"})
    wrong = as_plan_administrator.post(
        f"{HARROW_PAGES}chasers/", {**sent, "first_days": "2", "last_days": "5", "version": "1"}
    )

    assert "Last set by Plan administrator on 14 November 2012." in text(saved)
    assert (stale.status_code, wrong.status_code) == (422, 422)
    assert "Somebody else set them while you were writing." in text(stale)
    assert "The second word comes after the first: give fewer days." in text(wrong)
    assert Change.objects.filter(verb="set_chaser_times").count() == 1
