"""Calendar feeds: what stands in them, who reads them, and the address that can be made anew."""

from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from boards.models import CalendarAddress
from boards.workflow import meetings
from boards.workflow.following import renew_calendar_address
from boards.workflow.meetings import When
from boards.workflow.rounds import open_round
from improvement.models import Change, Plan, User
from recommendations.models import Action
from tests.boards.meetings import board
from tests.cast import HARROW_PAGES, Cast

ON = date(2012, 11, 14)


def feed(user: User) -> str:
    return f"/calendar/{renew_calendar_address(by=user, on=ON).secret}.ics"


def titles(content: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]


def test_ones_own_feed_has_the_dates_of_open_actions_that_one_leads(cast: Cast, harrow: Plan) -> None:
    response = Client().get(feed(cast.lead_officer))

    led = Action.objects.led_by([holding.lead_officer for holding in cast.lead_officer.holdings.all()], on=ON)
    due = [each for each in led.as_of(ON).open() if each.due_on]
    found = [title for title in titles(response.content) if " due: " in title]
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert sorted(title.split(" due: ")[0] for title in found) == sorted(str(each) for each in due)
    assert len(found) > 0


def test_a_plans_feed_has_all_of_its_open_dates(cast: Cast, harrow: Plan) -> None:
    secret = renew_calendar_address(by=cast.reader, on=ON).secret

    response = Client().get(f"/calendar/{secret}{HARROW_PAGES}dates.ics")

    open_now = Action.objects.for_plan(harrow).as_of(ON).open().dated().count()
    assert len([title for title in titles(response.content) if " due: " in title]) == open_now


def test_meetings_and_last_days_of_rounds_stand_in_both_feeds(cast: Cast, harrow: Plan) -> None:
    keeper: dict[str, Any] = {"by": cast.plan_administrator, "on": ON}
    when = [When(date(2012, 12, 12), date(2012, 12, 5), time(14, 30), "The hall"), When(date(2013, 1, 9))]
    coming, off = meetings.arrange_meetings(board=board(), when=when, **keeper)
    meetings.call_off(meeting=off, reason="The hall is closed.", **keeper)
    open_round(plan=harrow, meeting=coming, **keeper)
    secret = renew_calendar_address(by=cast.lead_officer, on=ON).secret

    feeds = [
        Client().get(f"/calendar/{secret}{page}").content for page in (".ics", f"{HARROW_PAGES}dates.ics")
    ]

    for content in feeds:
        found = {str(event["SUMMARY"]): event for event in Calendar.from_ical(content).walk("VEVENT")}
        meets = found["Children and Families Improvement Board meets"]
        last = found["Last day for updates: Children and Families Improvement Board, 12 December 2012"]
        days = [
            event["DTSTART"].dt
            for event in Calendar.from_ical(content).walk("VEVENT")
            if str(event["SUMMARY"]) == "Children and Families Improvement Board meets"
        ]
        assert days == [date(2012, 9, 10), date(2012, 12, 12)]
        assert last["DTSTART"].dt == date(2012, 12, 5)
        assert "Starts at 14:30. The hall. Papers are in by 5 December 2012." in str(meets["DESCRIPTION"])


def test_a_meeting_that_moves_keeps_its_entry(cast: Cast, harrow: Plan) -> None:
    keeper: dict[str, Any] = {"by": cast.plan_administrator, "on": ON}
    when = [When(date(2012, 12, 12))]
    meeting = meetings.arrange_meetings(board=board(), when=when, **keeper)[0]
    address = feed(cast.reader)
    before = Calendar.from_ical(Client().get(address).content).walk("VEVENT")

    meetings.move_meeting(
        meeting=meeting, to_on=date(2012, 12, 19), cut_off_on=None, reason="The chair is away.", **keeper
    )

    after = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    uid = f"meeting-{meeting.pk}@127.0.0.1"
    assert [event["DTSTART"].dt for event in before if event["UID"] == uid] == [date(2012, 12, 12)]
    assert [event["DTSTART"].dt for event in after if event["UID"] == uid] == [date(2012, 12, 19)]


def test_the_same_facts_are_the_same_bytes_and_are_not_sent_twice(cast: Cast, harrow: Plan) -> None:
    address = feed(cast.lead_officer)
    first = Client().get(address)

    second = Client().get(address, headers={"if-none-match": first["ETag"]})

    assert first["ETag"].startswith('"')
    assert first["Cache-Control"] == "private, no-cache"
    assert first["Referrer-Policy"] == "no-referrer"
    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])


def test_another_councils_plan_is_not_found(cast: Cast, northmoor: Plan) -> None:
    secret = renew_calendar_address(by=cast.reader, on=ON).secret

    assert Client().get(f"/calendar/{secret}/northmoor/improvement-2025/dates.ics").status_code == 404


def test_a_new_address_ends_the_one_before(as_reader: Client, cast: Cast) -> None:
    before = feed(cast.reader)

    response = as_reader.post("/account/calendar/", follow=True)

    address = CalendarAddress.objects.get(user=cast.reader)
    assert Client().get(before).status_code == 404
    assert Client().get(f"/calendar/{address.secret}.ics").status_code == 200
    assert f"http://127.0.0.1:8000/calendar/{address.secret}.ics" in response.content.decode()
    assert [change.verb for change in Change.objects.order_by("position")] == [
        "make_calendar_address",
        "renew_calendar_address",
    ]
    assert address.secret not in str(CalendarAddress.objects.values().get())


def test_the_address_of_a_closed_account_opens_nothing(cast: Cast) -> None:
    address = feed(cast.reader)
    User.objects.filter(pk=cast.reader.pk).update(is_active=False)

    assert Client().get(address).status_code == 404


def test_guessing_is_soon_too_much(cast: Cast) -> None:
    tried = [Client().get(f"/calendar/guess-{n}.ics").status_code for n in range(22)]

    assert tried == [404] * 20 + [429] * 2


@pytest.mark.parametrize("path", ["/calendar/x.ics", "/account/calendar/"])
def test_wrong_methods(path: str, as_reader: Client) -> None:
    """Case 40."""
    answer = as_reader.get(path) if path.startswith("/account") else as_reader.post(path)

    assert answer.status_code == 405
