"""The only module that asks what day it is. Everything else is told."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from improvement.models import Council

LONDON = ZoneInfo("Europe/London")
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


def today() -> date:
    """Today in London, where a due date ends at midnight whatever UTC says."""
    return datetime.now(LONDON).date()


def now() -> datetime:
    """This moment in UTC, for records of what was done when."""
    return datetime.now(UTC)


def day_of(council: Council) -> date:
    """The day at which a council stands: a fixed one in the demonstration, today otherwise."""
    return council.stands_at or today()


@dataclass(frozen=True)
class Day:
    """The day that a page shows: `asked` when the reader named another than the council's own."""

    on: date
    now: date
    fixed: bool
    asked: bool
    now_url: str = ""

    @property
    def query(self) -> str:
        """What a link must carry so that the next page shows the same day."""
        return f"on={self.on.isoformat()}" if self.asked else ""

    def carried_to(self, address: str, query: str = "") -> str:
        """An address with a query of its own, on the same day."""
        asked = "&".join(part for part in (query, self.query) if part)
        return f"{address}?{asked}" if asked else address


def day_shown(request: HttpRequest, council: Council) -> Day:
    """The day in `?on=YYYY-MM-DD`, or the council's own."""
    now_on, text = day_of(council), request.GET.get("on", "")
    query = request.GET.copy()
    query.pop("on", None)
    now_url = f"{request.path}?{query.urlencode()}" if query else request.path
    if not text:
        return Day(now_on, now_on, bool(council.stands_at), asked=False, now_url=now_url)
    on = read_day(text)
    return Day(on, now_on, bool(council.stands_at), asked=on != now_on, now_url=now_url)


def read_day(text: str) -> date:
    """A day written as 2012-11-14; anything else is refused in words."""
    try:
        on = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise BadRequest("Write the day as year, month and day, for example 2012-11-14.") from error
    if not EARLIEST <= on <= LATEST:
        raise BadRequest(f"Choose a day between {EARLIEST.year} and {LATEST.year}.")
    return on
