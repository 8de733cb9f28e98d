"""A month of Harrow's board, played by those who have a part in it, each at a browser, in processes of the day.

The council lives on from the day after its paper. The calendar is the test's: the site is started anew for each day.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from email import message_from_string
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import Site, copied
from tests.browser.visitor import (
    BOARD_MEMBER,
    LEAD_OFFICER,
    NARROW,
    NURSE,
    PLAN,
    PLAN_ADMINISTRATOR,
    READER,
    Visitor,
)

pytestmark = pytest.mark.browser

BOARD = "/harrow/boards/improvement-board/"
MEETING = f"{BOARD}meetings/2012-12-10/"
OUTSIDE = "nurse@hospital.example"
OPENED, HALF_WAY_IS_PAST, LAST_DAY, HELD, NEXT = (
    "2012-11-15",
    "2012-11-27",
    "2012-12-03",
    "2012-12-10",
    "2013-01-10",
)


@pytest.fixture(scope="module")
def site(prepared_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Harrow's council, living; no day has begun yet."""
    site = copied(prepared_demonstration, tmp_path_factory.mktemp("month") / "var")
    with closing(sqlite3.connect(site.database)) as database, database:
        database.execute("UPDATE improvement_council SET stands_at = NULL WHERE slug = 'harrow'")
    yield site
    site.stop()


# What Django writes below each letter in a file.
BETWEEN_LETTERS = "-" * 79 + "\n"


class Month:
    """The board's month: its days, who sits at a browser on them, and the post."""

    def __init__(self, site: Site, visit: Callable[..., Visitor], sessions: dict[str, Any]) -> None:
        self.site, self.visit, self.sessions = site, visit, sessions
        self.read: set[str] = set()
        self.visitors: list[Visitor] = []

    def begin(self, day: str) -> None:
        """A morning; whoever sat at a browser has gone home. No worker is up: what is due is asked for by hand, as
        cron would."""
        while self.visitors:
            self.visitors.pop().context.close()
        self.site.stop()
        self.sessions.clear()
        self.site.day = day
        self.site.start(worker=False, gunicorn_workers=1)

    def somebody(self, account: str = "", **options: Any) -> Visitor:
        self.visitors.append(self.visit(account, **options))
        return self.visitors[-1]

    def tick(self) -> int:
        """How many e-mails two schedulers at once make."""
        with ThreadPoolExecutor() as both:
            ended = list(both.map(self.site.manage, ["tick", "tick"]))
        assert [one.returncode for one in ended] == [0, 0], ended
        return sum(int(one.stdout.split()[0]) for one in ended)

    def post(self) -> dict[str, Message]:
        """The letters that came since it was last looked at, by whom they are to."""
        assert self.site.manage("worker", "--once").returncode == 0
        # Two that are sent within one second may come to lie in one file.
        files = sorted((self.site.directory / "mail").glob("*"))
        sheets = {
            sheet for path in files for sheet in path.read_text().split(BETWEEN_LETTERS) if sheet.strip()
        }
        letters = [message_from_string(sheet) for sheet in sorted(sheets - self.read)]
        self.read |= sheets
        assert len({letter["To"] for letter in letters}) == len(letters)
        return {str(letter["To"]): letter for letter in letters}


def words(letter: Message) -> str:
    plain, _ = letter.get_payload()
    return str(plain.get_payload(decode=True).decode())


def said(visitor: Visitor) -> str:
    return " ".join(visitor.page.locator("main").inner_text().split())


def press(visitor: Visitor, name: str) -> None:
    """The button of this name, and the page that follows."""
    visitor.follow(visitor.page.get_by_role("button", name=name, exact=True))


def test_a_month(site: Site, visit: Callable[..., Visitor], sessions: dict[str, Any]) -> None:
    month = Month(site, visit, sessions)

    month.begin(OPENED)
    arrange_meetings(month)
    open_a_round(month)
    give_a_link(month)
    way_in = read_the_first_post(month)
    answer_from_three_organisations(month, way_in)
    ask_for_another_date(month)

    month.begin(HALF_WAY_IS_PAST)
    chase_after_an_outage(month)

    month.begin(LAST_DAY)
    chase_whoever_is_silent(month)
    see_who_has_answered(month)

    month.begin(HELD)
    read_the_pack(month)
    decide_item_by_item(month)
    close_the_meeting(month)
    find_what_was_decided(month)
    tell_the_public(month)

    month.begin(NEXT)
    agree_the_minutes(month)


def arrange_meetings(month: Month) -> None:
    administrator = month.somebody(PLAN_ADMINISTRATOR)
    administrator.go(f"{BOARD}meetings/arrange/")
    administrator.page.get_by_label("From").fill("2012-12-10")
    administrator.page.get_by_label("How many meetings").fill("2")
    administrator.page.get_by_label("Papers are in how many working days before").fill("5")
    press(administrator, "Show the days")
    press(administrator, "Arrange these meetings")

    assert "2 meetings arranged." in said(administrator)
    assert "Monday 10 December 2012 Papers by 3 December" in said(administrator)


def open_a_round(month: Month) -> None:
    administrator = month.somebody(PLAN_ADMINISTRATOR)
    administrator.go(f"{PLAN}rounds/open/")
    administrator.page.get_by_label("Monday 10 December 2012").check()
    press(administrator, "Open the round")

    assert administrator.heading == "Children and Families Improvement Board, 10 December 2012"
    assert "Not answered 79" in said(administrator)


def give_a_link(month: Month) -> None:
    administrator = month.somebody(PLAN_ADMINISTRATOR)
    administrator.go("/harrow/owner-links/add/")
    post = administrator.page.get_by_label("Post").locator("option", has_text="(LAC Nurse)")
    administrator.page.get_by_label("Post").select_option(label=post.inner_text())
    administrator.page.get_by_label("E-mail address of whoever holds it").fill(OUTSIDE)
    administrator.page.get_by_label("Last day on which it opens").fill("2013-03-31")
    press(administrator, "Send the link")

    assert f"is on its way to {OUTSIDE}" in said(administrator)


def read_the_first_post(month: Month) -> str:
    """Each is told once what is asked; the link stands in one letter and nowhere else. Returns it."""
    (letter,) = month.post().values()
    (way_in,) = set(re.findall(rf"{month.site.url}(/owner/[\w-]+/)\s", words(letter)))
    told, again = month.tick(), month.tick()
    digests = month.post()

    assert letter["To"] == OUTSIDE
    assert "Asked of you (3)" in words(letter)
    assert (told, again) == (2, 0)
    assert set(digests) == {LEAD_OFFICER, NURSE}
    assert digests[NURSE]["Subject"].startswith("12 actions to answer in an update round")
    assert digests[LEAD_OFFICER]["Subject"].startswith("13 actions to answer in an update round")
    assert way_in not in "".join(map(words, digests.values()))
    return way_in


def answer_from_three_organisations(month: Month, way_in: str) -> None:
    officer = month.somebody(LEAD_OFFICER, width=NARROW)
    officer.go(f"{PLAN}rounds/1/answers/")
    officer.page.get_by_label("What has happened").fill(
        "Forty managers are trained; the rest follow in January."
    )
    officer.page.get_by_label("Amber").check()
    press(officer, "Save and next")
    assert "1 of 13 answered" in said(officer)

    nurse = month.somebody(NURSE)
    nurse.go(f"{PLAN}rounds/1/answers/S3/4/")
    nurse.page.get_by_text("No change since").click()
    nurse.page.get_by_label("Why there is nothing new to say").fill("The shadowing waits for the new rota.")
    press(nurse, "Save “no change” and next")
    assert "1 of 12 answered" in said(nurse)

    outside = month.somebody(width=NARROW)
    assert outside.go(way_in) == 200
    assert outside.heading == "Your actions"
    assert re.findall(r"Update (LAC\d+ \(\d+\))", said(outside)) == ["LAC3 (6)", "LAC3 (7)", "LAC3 (9)"]
    press(outside, "Update LAC3 (6)")
    outside.page.get_by_label("What has happened").fill("The database is kept and was looked at in November.")
    press(outside, "Save update")
    assert "LAC3 (6)" in said(outside)
    assert outside.go(f"{PLAN}actions/LAC3/6/") == 200
    assert "/account/login/" in outside.path


def ask_for_another_date(month: Month) -> None:
    officer = month.somebody(LEAD_OFFICER)
    officer.go(f"{PLAN}actions/S7/1/due-date/")
    officer.page.get_by_label("New due date").fill("2013-02-28")
    officer.page.get_by_label("Why the date has to move").fill(
        "The policy goes to two partner boards in February."
    )
    press(officer, "Ask for this date")

    assert "28 February 2013" in said(officer)


def chase_after_an_outage(month: Month) -> None:
    """Twelve days without a tick: one letter each, of what is open now."""
    told, again = month.tick(), month.tick()
    letters = month.post()

    assert (told, again) == (3, 0)
    assert set(letters) == {LEAD_OFFICER, NURSE, OUTSIDE}
    assert letters[LEAD_OFFICER]["Subject"].startswith("12 actions to answer in an update round")
    assert letters[NURSE]["Subject"].startswith("11 actions to answer in an update round")


def chase_whoever_is_silent(month: Month) -> None:
    told = month.tick()
    letters = month.post()

    assert told == 3
    assert set(letters) == {LEAD_OFFICER, NURSE, OUTSIDE}
    assert "3 December 2012" in words(letters[NURSE])


def see_who_has_answered(month: Month) -> None:
    administrator = month.somebody(PLAN_ADMINISTRATOR)
    administrator.go(f"{PLAN}rounds/1/")

    assert "3 of 79" in said(administrator)


def read_the_pack(month: Month) -> None:
    reader = month.somebody(READER)
    reader.go(MEETING)
    reader.follow(reader.page.get_by_role("link", name="Read the pack as a page"))

    assert "Highlight and exception report" in said(reader)


def decide_item_by_item(month: Month) -> None:
    chair = month.somebody(BOARD_MEMBER)
    chair.go(MEETING)
    press(chair, "Open the live page")
    press(chair, "Next: Children and Families Improvement Plan")
    asked = chair.page.locator("form", has=chair.page.get_by_role("button", name="Return")).first
    asked.get_by_label("The board's words").fill("Show the minute in which the Executive signed it off.")
    chair.follow(asked.get_by_role("button", name="Return"))
    assert "To decide (2)" in said(chair)
    press(chair, "Agree")

    assert "To decide (1)" in said(chair)
    assert "28 February 2013" in said(chair)


def close_the_meeting(month: Month) -> None:
    administrator = month.somebody(PLAN_ADMINISTRATOR)
    administrator.go(f"{MEETING}attendance/")
    for seat in ("Director of Children's Services", "Borough Director"):
        administrator.page.get_by_role("group", name=seat).first.get_by_label("Present").check()
    press(administrator, "Save attendance")
    press(administrator, "Close the meeting")
    written = said(administrator)
    press(administrator, "Save the minutes")

    assert "Director of Children's Services" in written
    assert "28 February 2013" in written
    assert "The minutes are saved." in said(administrator)


def find_what_was_decided(month: Month) -> None:
    """The decision and what it changed point to each other."""
    reader = month.somebody(READER)
    reader.go(f"{PLAN}actions/S7/1/")
    reader.follow(reader.page.get_by_role("link", name="10 December 2012").first)

    assert reader.path.startswith(MEETING)
    assert "S7 (1)" in said(reader)


def tell_the_public(month: Month) -> None:
    administrator = month.somebody(PLAN_ADMINISTRATOR)
    administrator.go(f"{PLAN}public/")
    administrator.page.get_by_label("Stage, rating and dates only").check()
    press(administrator, "See the preview")
    press(administrator, "Open to the public")

    citizen = month.somebody(width=NARROW)
    assert citizen.go(f"/public{PLAN}") == 200
    assert "28 February 2013" in citizen.page.content()
    assert "rota" not in citizen.page.content()
    administrator.go(f"{PLAN}public/close/")
    administrator.page.get_by_label("Why it is closed to the public").fill("The board reads it again first.")
    press(administrator, "Close to the public")
    assert citizen.go(f"/public{PLAN}") == 404


def agree_the_minutes(month: Month) -> None:
    administrator = month.somebody(PLAN_ADMINISTRATOR)
    administrator.go(f"{MEETING}minutes/")
    press(administrator, "Agree and freeze these minutes")

    assert "Agreed on 10 January 2013 and frozen." in said(administrator)
