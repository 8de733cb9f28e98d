"""What day it is, in London."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.test import RequestFactory

from improvement import clock
from improvement.models import Council
from recommendations.models import Action
from tests.cast import NORTHMOOR

# Summer time: midnight in London is 23:00 in UTC.
LAST_SECOND = datetime(2025, 6, 30, 22, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2025, 6, 30, 23, 0, 0, tzinfo=UTC)


def asking(query: str) -> HttpRequest:
    return RequestFactory().get(f"/harrow/?{query}")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (LAST_SECOND, date(2025, 6, 30)),
        (MIDNIGHT, date(2025, 7, 1)),
        (datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1)),
        # The hour that comes twice, and the one that does not come.
        (datetime(2025, 10, 26, 0, 30, tzinfo=UTC), date(2025, 10, 26)),
        (datetime(2025, 3, 30, 1, 0, tzinfo=UTC), date(2025, 3, 30)),
    ],
)
def test_the_day_ends_at_midnight_in_london(moment: datetime, day: date) -> None:
    with time_machine.travel(moment, tick=False):
        assert clock.today() == day


@pytest.mark.parametrize(("moment", "overdue"), [(LAST_SECOND, []), (MIDNIGHT, ["1"])])
def test_an_action_due_on_30_june_is_overdue_from_1_july(
    northmoor: object, moment: datetime, overdue: list[str]
) -> None:
    """Case 121: the UTC date is still 30 June an hour after London's midnight."""
    council = Council.objects.get(slug="northmoor")

    with time_machine.travel(moment, tick=False):
        on = clock.day_of(council)
    late = Action.objects.filter(recommendation__plan__slug=NORTHMOOR[1]).as_of(on).overdue(on=on)

    assert [action.number for action in late] == overdue


def test_now_is_in_utc() -> None:
    with time_machine.travel(MIDNIGHT, tick=False):
        assert clock.now() == MIDNIGHT
        assert clock.now().utcoffset().total_seconds() == 0  # type: ignore[union-attr]


def test_a_council_stands_at_its_own_day_or_today() -> None:
    with time_machine.travel(MIDNIGHT, tick=False):
        fixed = clock.day_of(Council(stands_at=date(2012, 11, 14)))
        living = clock.day_of(Council())

    assert (fixed, living) == (date(2012, 11, 14), date(2025, 7, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012-11-14", date(2012, 11, 14)),
        ("2012-02-29", date(2012, 2, 29)),
        ("1990-01-01", date(1990, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert clock.read_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "14/11/2012",
        "2012-11-31",
        "2011-02-29",
        "2012-13-01",
        "20121114",
        "2012-11-14T00:00",
        " 2012-11-14",
        "today",
        "0",
        "2012-11-14\x00",
        "+2012-11-14",
        "9" * 5000,
    ],
)
def test_what_is_no_day_is_refused_in_words(text: str) -> None:
    """Case 124."""
    with pytest.raises(BadRequest) as refused:
        clock.read_day(text)

    assert str(refused.value) == "Write the day as year, month and day, for example 2012-11-14."


@pytest.mark.parametrize("text", ["0001-01-01", "1989-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_out_of_reach_is_refused_in_words(text: str) -> None:
    """Case 124."""
    with pytest.raises(BadRequest) as refused:
        clock.read_day(text)

    assert str(refused.value) == "Choose a day between 1990 and 2100."


def test_a_page_shows_the_councils_own_day() -> None:
    day = clock.day_shown(asking("sort=due"), Council(stands_at=date(2012, 11, 14)))

    assert (day.on, day.now, day.fixed, day.asked, day.query) == (
        date(2012, 11, 14),
        date(2012, 11, 14),
        True,
        False,
        "",
    )


def test_a_page_shows_another_day_when_asked() -> None:
    day = clock.day_shown(asking("sort=due&on=2012-10-01"), Council(stands_at=date(2012, 11, 14)))

    assert (day.on, day.now, day.asked, day.query) == (
        date(2012, 10, 1),
        date(2012, 11, 14),
        True,
        "on=2012-10-01",
    )
    assert day.now_url == "/harrow/?sort=due"


def test_asking_for_the_day_itself_is_asking_for_nothing() -> None:
    day = clock.day_shown(asking("on=2012-11-14"), Council(stands_at=date(2012, 11, 14)))

    assert (day.asked, day.query, day.now_url) == (False, "", "/harrow/")
