"""Writing a report: saved while typing, got back after anything, two at once, by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.site import Site
from tests.browser.test_pages import faults
from tests.browser.visitor import (
    NARROW,
    NARROWEST,
    PLAN,
    PLAN_ADMINISTRATOR,
    SCRUTINY_OFFICER,
    WIDE,
    Visitor,
)

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
REPORT = f"{PLAN}reports/overview-and-scrutiny-2012-11-14/"
WRITE = f"{REPORT}write/"


def address(site: Site, heading: str) -> str:
    rows = site.rows("SELECT id FROM reports_reportsection WHERE heading = ? ORDER BY id", heading)
    return f"{WRITE}{rows[0][0]}/"


def body(site: Site, heading: str) -> str:
    return str(site.rows("SELECT body FROM reports_reportsection WHERE heading = ?", heading)[0][0])


def open_section(
    visit: Visit, site: Site, heading: str, account: str = SCRUTINY_OFFICER, **options: Any
) -> Visitor:
    visitor = visit(account, **options)
    assert visitor.go(address(site, heading)) == 200
    return visitor


def words(visitor: Visitor) -> Any:
    return visitor.page.locator("#id_body")


def says(visitor: Visitor, sentence: str) -> None:
    """Wait until the status line says it, in these letters: “Not saved yet” is not “Saved”."""
    status = visitor.page.locator("[data-status]")
    status.filter(has_text=re.compile(re.escape(sentence))).wait_for()


def drafts(visitor: Visitor) -> int:
    return int(
        visitor.page.evaluate(
            "Object.keys(localStorage).filter(key => key.startsWith('waymark-draft')).length"
        )
    )


def forgive_the_connection(visitor: Visitor) -> None:
    """Take what a browser and htmx say of a missing connection out of what went wrong unseen."""
    said = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "htmx:sendError")
    visitor.troubles[:] = [each for each in visitor.troubles if not any(part in each for part in said)]


def test_what_is_typed_is_saved_by_itself_and_previewed(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Introduction")

    words(visitor).fill("It is **short**.")
    says(visitor, "Saved ")
    visitor.page.locator("#preview strong").get_by_text("short").wait_for()

    assert body(site, "Introduction") == "It is **short**."
    assert "It was ready; now it has to be marked as ready again." in visitor.page.inner_text("[data-status]")
    assert "clearance" in visitor.page.inner_text("[data-told]")
    assert "Not ready" in visitor.page.inner_text("[data-about]")
    assert drafts(visitor) == 0


def test_without_a_server_the_text_waits_and_is_offered_after_a_reload(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Background")
    before = body(site, "Background")
    site.stop()
    words(visitor).fill("Typed while nothing was connected.")
    says(visitor, "Not saved: the server cannot be reached. Your text is kept in this browser; trying again.")
    # The window goes before the server comes back.
    visitor.page.close()
    site.start(worker=True)
    visitor.open_window()
    assert body(site, "Background") == before

    visitor.go(WRITE)
    waiting = visitor.page.locator(".wm-section__kept:visible").count()
    visitor.go(address(site, "Background"))
    visitor.page.get_by_role("heading", name="Text from").wait_for()
    kept = visitor.page.locator("[data-kept-text]").inner_text()
    visitor.page.get_by_role("button", name="Restore it").click()
    says(visitor, "Saved ")

    assert (waiting, kept) == (1, "Typed while nothing was connected.")
    assert body(site, "Background") == "Typed while nothing was connected."
    assert drafts(visitor) == 0
    forgive_the_connection(visitor)


def test_a_connection_that_comes_back_is_used(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Performance Issues")
    visitor.context.set_offline(True)
    words(visitor).fill("Waits for the line.")
    says(visitor, "the server cannot be reached")

    visitor.context.set_offline(False)
    says(visitor, "Saved ")

    assert body(site, "Performance Issues") == "Waits for the line."
    forgive_the_connection(visitor)


def test_a_text_that_is_not_wanted_is_discarded(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Environmental Impact")
    before = words(visitor).input_value()
    visitor.page.evaluate(
        """() => localStorage.setItem(document.querySelector("[data-writing]").dataset.key,
          JSON.stringify({ text: "Not wanted.", version: "1", at: Date.now() }))"""
    )

    visitor.page.reload()
    visitor.page.get_by_role("button", name="Discard it").click()
    visitor.page.locator("[data-kept]").wait_for(state="hidden")

    assert words(visitor).input_value() == before
    assert drafts(visitor) == 0
    assert body(site, "Environmental Impact") == before


def test_signed_out_meanwhile_it_is_saved_after_signing_in_again(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Corporate Priorities", own_session=True)
    visitor.context.clear_cookies(name="session")

    words(visitor).fill("Typed after the session ended.")
    says(visitor, "you have been signed out")
    with visitor.context.expect_page() as opened:
        visitor.page.get_by_role("link", name="Sign in (opens a new tab)").click()
    tab = opened.value
    tab.get_by_label("Email").or_(tab.get_by_label("E-mail")).fill(SCRUTINY_OFFICER)
    tab.get_by_label("Password", exact=True).fill(site.password)
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url(lambda url: "/account/" not in url)
    says(visitor, "Saved ")

    assert body(site, "Corporate Priorities") == "Typed after the session ended."


def test_two_on_one_section_both_see_both(visit: Visit, site: Site) -> None:
    first = open_section(visit, site, "Financial Implications", PLAN_ADMINISTRATOR)
    second = open_section(visit, site, "Financial Implications")
    words(first).fill("Theirs.")
    says(first, "Saved ")

    words(second).fill("Mine.")
    says(second, "Not saved: somebody else changed this section.")
    side = second.page.get_by_label("Their words")
    shown, kept, held = side.inner_text(), words(second).input_value(), body(site, "Financial Implications")
    found = faults(second)
    second.page.get_by_role("button", name="Save", exact=True).click()
    says(second, "Saved ")

    assert "Plan administrator" in shown
    assert "Theirs." in shown
    assert (kept, held, found) == ("Mine.", "Theirs.", [])
    assert body(site, "Financial Implications") == "Mine."


def test_two_on_two_sections_do_not_meet_and_each_is_named(visit: Visit, site: Site) -> None:
    first = open_section(visit, site, "Equalities Implications", PLAN_ADMINISTRATOR)
    second = open_section(visit, site, "Risk Management Implications")
    words(first).fill("One.")
    words(second).fill("Two.")
    says(first, "Saved ")
    says(second, "Saved ")

    second.go(address(site, "Equalities Implications"))

    assert (body(site, "Equalities Implications"), body(site, "Risk Management Implications")) == (
        "One.",
        "Two.",
    )
    assert "Plan administrator is writing this section" in second.page.inner_text("[data-presence]")


def test_by_keyboard_alone_with_marks(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Why a change is needed")
    page = visitor.page
    words(visitor).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Plain and ")
    page.keyboard.press("Control+b")
    page.keyboard.type("strong")
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
    focused = page.evaluate("document.activeElement.textContent")
    for _ in range(7):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("/write/"))

    assert focused == "Bold"
    assert body(site, "Why a change is needed") == "Plain and **strong**"
    assert page.get_by_role("alert").first.inner_text().endswith("“Why a change is needed” is ready.")


def test_words_like_a_childs_record_ask_why_and_stay(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Contact")
    words(visitor).fill("Visit AB (DOB 12/03/2009).")
    says(visitor, "This looks like it is about a child")
    page = visitor.page
    warned = faults(visitor)

    page.get_by_label("Why these words may be kept").fill("An invented example.")
    page.get_by_role("button", name="Save", exact=True).click()
    says(visitor, "Saved ")

    assert warned == []
    assert body(site, "Contact") == "Visit AB (DOB 12/03/2009)."


def test_too_long_is_said_before_it_is_sent(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Background Papers")
    before = body(site, "Background Papers")

    words(visitor).evaluate(
        "(box) => { box.value = 'x'.repeat(1048576); box.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    says(visitor, "Not saved. This is 1,048,576 characters long.")

    assert body(site, "Background Papers") == before
    assert len(words(visitor).input_value()) == 1_048_576


def test_without_script_the_button_saves(visit: Visit, site: Site) -> None:
    visitor = open_section(visit, site, "Introduction", script=False)

    words(visitor).fill("By the button.")
    visitor.page.get_by_role("button", name="Save", exact=True).click()

    visitor.page.get_by_role("alert").get_by_text(re.compile("^Saved ")).wait_for()
    visitor.settle()
    assert body(site, "Introduction") == "By the button."
    assert not visitor.page.locator("[data-marks]").is_visible()


PAGES = [
    f"{PLAN}reports/add/",
    WRITE,
    f"{WRITE}details/",
    f"{WRITE}head/",
    f"{WRITE}exempt/",
    f"{WRITE}enclosures/",
    f"{WRITE}enclosures/add/terms/",
    f"{WRITE}enclosures/add/file/",
]


@pytest.mark.parametrize("path", [*PAGES, *(f"section/{part}" for part in ("", "state/", "exempt/", "add/"))])
def test_pages_keep_the_rules_at_every_width(visit: Visit, site: Site, path: str) -> None:
    visitor = visit(SCRUTINY_OFFICER)

    status = visitor.go(path.replace("section/", address(site, "Current situation")))

    found = {}
    for width in (WIDE, NARROW, NARROWEST):
        found[f"sideways at {width}"] = visitor.scrolls_sideways_at(width)
        if width != NARROWEST:
            found[f"rules at {width}"] = faults(visitor)
    assert (status, visitor.page.locator("h1").count()) == (200, 1)
    assert {what: value for what, value in found.items() if value} == {}
