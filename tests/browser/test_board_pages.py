"""What boards use between meetings, and what everybody reads: by rule, by keyboard, on a phone and on paper.

The first test makes what the pages show: a round, an open plan, a measure with benchmarks, a risk, a cost, a link.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.site import Site
from tests.browser.test_keyboard import focused, tab_to
from tests.browser.test_pages import faults
from tests.browser.visitor import (
    BOARD_MEMBER,
    LEAD_OFFICER,
    NARROW,
    NARROWEST,
    PLAN,
    PLAN_ADMINISTRATOR,
    READER,
    WIDE,
    Visitor,
)

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

PUBLIC = f"/public{PLAN}"
ROUND = f"{PLAN}rounds/1/"
BOARD = "/harrow/boards/improvement-board/"
# A phone's screen, and how many of them a page may fill.
SCREEN, SCREENS = 844, 9
PAGES = [
    (PLAN_ADMINISTRATOR, f"{PLAN}rounds/"),
    (PLAN_ADMINISTRATOR, f"{PLAN}rounds/open/"),
    (PLAN_ADMINISTRATOR, ROUND),
    (PLAN_ADMINISTRATOR, f"{ROUND}close/"),
    (LEAD_OFFICER, f"{ROUND}answers/"),
    (PLAN_ADMINISTRATOR, f"{PLAN}chasers/"),
    (READER, f"{PLAN}follow/"),
    (READER, "/account/told/"),
    (PLAN_ADMINISTRATOR, "/harrow/owner-links/"),
    (PLAN_ADMINISTRATOR, "/harrow/owner-links/add/"),
    (READER, f"{PLAN}lead-officer/?lead=SM+QA"),
    (READER, f"{PLAN}organisations/nhs-harrow/"),
    (PLAN_ADMINISTRATOR, f"{PLAN}scorecard/"),
    (PLAN_ADMINISTRATOR, f"{PLAN}scorecard/add/"),
    (PLAN_ADMINISTRATOR, f"{PLAN}scorecard/visits-on-time/readings/add/"),
    (BOARD_MEMBER, f"{PLAN}risks/add/"),
    (BOARD_MEMBER, f"{PLAN}risks/staff-leave/"),
    (BOARD_MEMBER, f"{PLAN}risks/staff-leave/assess/"),
    (BOARD_MEMBER, f"{PLAN}risks/staff-leave/change/"),
    (BOARD_MEMBER, f"{PLAN}risks/staff-leave/close/"),
    (BOARD_MEMBER, f"{PLAN}costs/add/"),
    (PLAN_ADMINISTRATOR, f"{PLAN}public/"),
    (PLAN_ADMINISTRATOR, f"{PLAN}public/close/"),
    (PLAN_ADMINISTRATOR, f"{BOARD}seats/add/"),
    ("", PUBLIC),
    ("", f"{PUBLIC}?all=yes"),
    ("", f"{PUBLIC}data/"),
]


@pytest.fixture(scope="module", autouse=True)
def busy(site: Site, browser: Any, sessions: dict[str, Any]) -> None:
    """Done in the browser, as people do it."""
    keeper = Visitor(site, browser, sessions, PLAN_ADMINISTRATOR)
    page = keeper.page
    send(
        page,
        f"{PLAN}rounds/open/",
        "Open",
        label="Board",
        for_meeting_on="2012-12-10",
        cut_off_on="2012-11-30",
    )
    send(
        page,
        f"{PLAN}scorecard/add/",
        "Add",
        name="Visits on time",
        asked="From the case system.",
        target="95",
    )
    for whose, day, value in (
        ("This council", "2012-06-30", "80"),
        ("This council", "2012-10-31", "91"),
        ("England", "2012-06-30", "88"),
        ("England", "2012-10-31", "89"),
    ):
        page.goto(f"{PLAN}scorecard/visits-on-time/readings/add/")
        page.get_by_label(whose, exact=True).check()
        fill(page, taken_on=day, value=value, source="Weekly return")
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda address: not address.endswith("/add/"))
    page.goto(f"{PLAN}public/")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_text("Preview: only you see this.").wait_for()
    page.get_by_role("button", name="Open to the public").click()
    page.get_by_text("The plan is open to the public since").wait_for()
    keeper.context.close()
    member = Visitor(site, browser, sessions, BOARD_MEMBER)
    page = member.page
    page.goto(f"{PLAN}risks/add/")
    page.locator("[name=likelihood_before]").select_option("4")
    page.locator("[name=impact_before]").select_option("5")
    fill(page, title="Staff leave", description="Pay falls behind.")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_text("The risk is on the register.").wait_for()
    send(page, f"{PLAN}costs/add/", "Add", what="A trainer", year="2013/14", amount_text="£12,500")
    member.context.close()


def fill(page: Any, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(value)


def send(page: Any, path: str, button: str, **fields: str) -> None:
    page.goto(path)
    fill(page, **fields)
    page.locator("main form").get_by_role("button", name=button).click()
    page.wait_for_url(lambda address: not address.endswith(path))


@pytest.mark.parametrize(("account", "path"), PAGES, ids=lambda part: str(part).replace(PLAN, "plan/"))
def test_page_keeps_the_rules_and_is_some_screens_of_a_phone(visit: Visit, account: str, path: str) -> None:
    visitor = visit(account)

    assert visitor.go(path) == 200
    found = {}
    for width in (WIDE, NARROW):
        visitor.page.set_viewport_size({"width": width, "height": SCREEN})
        found[f"sideways at {width}"] = visitor.scrolls_sideways_at(width)
        found[f"rules at {width}"] = faults(visitor, colours=width == WIDE)
    found["sideways at 320"] = visitor.scrolls_sideways_at(NARROWEST)
    visitor.page.set_viewport_size({"width": NARROW, "height": SCREEN})
    visitor.go(path)
    height = visitor.page.evaluate("document.documentElement.scrollHeight")
    if "all=yes" not in path:
        found["longer than some screens"] = height > SCREENS * SCREEN and height

    assert {what: value for what, value in found.items() if value} == {}
    assert visitor.page.locator("h1").count() == 1


def test_a_recommendation_opens_by_keyboard(visit: Visit) -> None:
    visitor = visit("", width=NARROW)
    visitor.go(PUBLIC)
    page = visitor.page
    assert not page.locator("#S2 table").is_visible()

    tab_to(page, lambda now: now["tag"] == "SUMMARY" and now["name"].startswith("S2"))
    page.keyboard.press("Enter")
    page.locator("#S2 table").wait_for()

    assert focused(page)["tag"] == "SUMMARY"


def test_an_address_and_a_link_open_what_they_point_at(visit: Visit) -> None:
    visitor = visit("")
    visitor.go(f"{PUBLIC}#LAC3")
    page = visitor.page

    page.locator("#LAC3[open]").wait_for()
    page.locator(".wm-public__news a[href='#S7']:visible").first.click()
    page.locator("#S7[open]").wait_for()

    assert page.locator("#S2[open]").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_paper_has_everything_whatever_is_folded(visit: Visit, script: bool) -> None:
    visitor = visit("", script=script)
    visitor.go(PUBLIC)
    page = visitor.page
    on_screen = page.locator("#LAC11 table").is_visible()

    page.emulate_media(media="print")

    assert (on_screen, page.locator(".wm-public__recommendation").count()) == (False, 22)
    assert [table.is_visible() for table in page.locator(".wm-public__recommendation table").all()] == [
        True
    ] * 22


def test_a_round_is_answered_without_a_mouse_or_script(visit: Visit) -> None:
    visitor = visit(LEAD_OFFICER, width=NARROW, script=False)
    visitor.go(f"{ROUND}answers/")
    page = visitor.page
    before = page.locator(".wm-round__figure").inner_text()

    page.get_by_label("What has happened").fill("Said by keyboard.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and next").press("Enter")

    assert (before, page.locator(".wm-round__figure").inner_text()) == (
        "0 of 13 answered",
        "1 of 13 answered",
    )
    assert page.locator(".wm-round__list").first.locator("li").count() == 6
    assert page.get_by_text("Answered", exact=True).is_visible()


def test_tables_that_stand_open_are_folded_on_a_phone(visit: Visit) -> None:
    wide, narrow = visit(READER), visit(READER, width=NARROW)

    opened = []
    for visitor in (wide, narrow):
        visitor.go(PLAN)
        visitor.page.wait_for_load_state("load")
        opened.append(visitor.page.locator("details.wm-fold--narrow[open]").count())

    assert opened == [5, 0]


@pytest.mark.parametrize("path", [PLAN, f"{PLAN}scorecard/", f"{PLAN}risks/", PUBLIC])
def test_charts_stay_in_forced_colours(visit: Visit, path: str) -> None:
    visitor = visit("" if path == PUBLIC else READER, forced_colors="active")
    visitor.go(path)

    assert faults(visitor) == []
    unseen = visitor.page.evaluate(
        """() => [...document.querySelectorAll('.wm-line polyline, .wm-line path, .wm-trend__course line')]
          .filter(line => getComputedStyle(line).stroke === getComputedStyle(document.body).backgroundColor)
          .map(line => line.outerHTML)"""
    )
    assert unseen == []
