"""Everything works without JavaScript."""

import csv
import io
from collections.abc import Callable

import pytest

from tests.browser.site import Site
from tests.browser.test_updates import CLASH, NARRATIVE, narratives
from tests.browser.visitor import (
    BOARD_MEMBER,
    NARROW,
    PLAN,
    PLAN_ADMINISTRATOR,
    READER,
    SCRUTINY_OFFICER,
    Visitor,
)

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def test_signing_in_and_out(visit: Visit) -> None:
    visitor = visit(PLAN_ADMINISTRATOR, script=False, own_session=True)
    visitor.go("/")
    assert visitor.path == PLAN

    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url("**/account/login/**")

    assert visitor.heading == "Sign in"


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_filtering_sorting_and_paging(visit: Visit, width: int) -> None:
    visitor = visit(READER, script=False, width=width)
    page = visitor.page
    visitor.go(f"{PLAN}actions/")
    search = page.get_by_role("textbox", name="Search", exact=True)
    if not search.is_visible():
        page.get_by_text("Search and filter").click()

    page.get_by_role("combobox", name="Theme", exact=True).select_option("Safeguarding")
    page.get_by_role("button", name="Show actions").click()
    page.wait_for_url("**theme=safeguarding**")
    assert visitor.heading == "51 actions found"
    page.get_by_role("link", name="Next page").click()
    page.wait_for_url("**page=2**")
    assert page.locator("tbody[id]").count() == 25
    visitor.go(f"{PLAN}actions/?theme=safeguarding&sort=due")

    assert visitor.heading == "51 actions found"
    assert page.locator("th[aria-sort=ascending]").inner_text().split()[0] == "Due"


def test_the_column_heads_sort_both_ways(visit: Visit) -> None:
    visitor = visit(READER, script=False)
    visitor.go(f"{PLAN}actions/")

    visitor.page.get_by_role("columnheader", name="Due").get_by_role("link").click()
    visitor.page.wait_for_url("**sort=due**")
    first = [text.split("\n")[0] for text in visitor.page.locator("td[data-label=Due]").all_inner_texts()]
    visitor.page.get_by_role("columnheader", name="Due").get_by_role("link").click()
    visitor.page.wait_for_url("**sort=-due**")
    last = [text.split("\n")[0] for text in visitor.page.locator("td[data-label=Due]").all_inner_texts()]

    # Those without a date stand together at one end, whichever the database puts first.
    assert next(text for text in first if "no date" not in text) == "31 July 2012"
    assert next(text for text in last if "no date" not in text) == "30 April 2013"


def test_the_csv(visit: Visit) -> None:
    visitor = visit(READER, script=False)
    visitor.go(f"{PLAN}actions/?stage=complete")

    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Download these as CSV").click()

    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == 22


def test_updating_from_the_list_with_a_mistake_on_the_way(visit: Visit, site: Site) -> None:
    visitor = visit(BOARD_MEMBER, script=False)
    page = visitor.page
    visitor.go(f"{PLAN}actions/")
    before = narratives(site, "S2", "1")

    page.get_by_role("link", name="Update S2 action 1").click()
    page.get_by_role("radio", name="On hold").check()
    page.get_by_label(NARRATIVE).fill("")
    page.get_by_role("button", name="Save update").click()
    page.get_by_text("There is a problem").wait_for()
    assert page.get_by_role("radio", name="On hold").is_checked()
    assert page.title().startswith("Error: ")
    page.get_by_label(NARRATIVE).fill("Waits for the board.")
    page.get_by_role("button", name="Save update").click()
    page.get_by_text("Update of S2 (1) saved.").wait_for()

    assert narratives(site, "S2", "1") == [*before, "Waits for the board."]


def test_two_at_once(visit: Visit, site: Site) -> None:
    mine, theirs = visit(BOARD_MEMBER, script=False), visit(PLAN_ADMINISTRATOR, script=False)
    for visitor in (mine, theirs):
        visitor.go(f"{PLAN}actions/S2/3/update/")
    theirs.page.get_by_label(NARRATIVE).fill("Theirs.")
    theirs.page.get_by_role("button", name="Save update").click()
    theirs.page.get_by_text("Update of S2 (3) saved.").wait_for()

    mine.page.get_by_label(NARRATIVE).fill("Mine.")
    mine.page.get_by_role("button", name="Save update").click()
    mine.page.get_by_text(CLASH).wait_for()
    assert "Theirs." in mine.page.get_by_role("region", name="Their update").inner_text()
    assert mine.page.get_by_label(NARRATIVE).input_value() == "Mine."
    mine.page.get_by_role("button", name="Save update").click()
    mine.page.get_by_text("Update of S2 (3) saved.").wait_for()

    assert narratives(site, "S2", "3")[-2:] == ["Theirs.", "Mine."]


def test_the_committee_paper(visit: Visit) -> None:
    visitor = visit(SCRUTINY_OFFICER, script=False)
    page = visitor.page
    visitor.go("/")
    page.get_by_role("link", name="Post-Ofsted Improvement Plan", exact=True).click()
    page.get_by_role("button", name="Make the PDF").click()
    page.wait_for_url("**/files/*/")
    # The page asks again by itself.
    page.get_by_text("The file is ready").wait_for(timeout=120_000)

    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()

    assert download.value.path().read_bytes()[:5] == b"%PDF-"
