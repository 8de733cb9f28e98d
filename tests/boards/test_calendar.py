"""Calendar feeds: what stands in them, who reads them, and the address that can be made anew."""

from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from boards.models import CalendarAddress
from boards.workflow.following import renew_calendar_address
from improvement.models import Change, Plan, User
from recommendations.models import Action
from tests.cast import HARROW_PAGES, Cast

ON = date(2012, 11, 14)


def feed(user: User) -> str:
    return f"/calendar/{renew_calendar_address(by=user, on=ON).secret}.ics"


def titles(content: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]


def test_ones_own_feed_has_the_dates_of_open_actions_that_one_leads(cast: Cast, harrow: Plan) -> None:
    response = Client().get(feed(cast.lead_officer))

    led = Action.objects.led_by([holding.lead_officer for holding in cast.lead_officer.holdings.all()])
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
