"""Everything works by keyboard alone, and one always sees where one is."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.site import Site
from tests.browser.test_updates import narratives
from tests.browser.visitor import LEAD_OFFICER, NARROW, PLAN, READER, Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
ENOUGH = 120

FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  // A radio is drawn by its label, and shows the focus there.
  const drawn = element.type === "radio" || element.type === "checkbox"
    ? getComputedStyle(element.nextElementSibling || element, "::before") : style;
  const seen = [style, drawn].some(one =>
    (one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0) || one.boxShadow !== "none");
  // A part inside the control, such as the button of a date field, is the browser's own and shows its focus itself.
  const within = !element.matches(":focus");
  return {
    tag: element.tagName,
    name: (element.innerText || element.value || element.name || "").trim().replace(/\\s+/g, " "),
    label: element.labels && element.labels.length ? element.labels[0].innerText.trim() : "",
    href: element.getAttribute("href") || "",
    seen: seen || within,
    inside: box.width > 0 && box.height > 0 && box.right > 0 && box.left < window.innerWidth,
  };
}"""


def focused(page: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(FOCUSED)
    return found


def tab_to(page: Any, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Press Tab until something wanted has the focus; everything on the way must show that it has it."""
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        now = focused(page)
        assert now["tag"] != "BODY", "The focus ran off the page."
        assert now["seen"], f"The focus cannot be seen on {now}"
        assert now["inside"], f"The focus is outside of the page on {now}"
        if wanted(now):
            return now
    raise AssertionError("Nothing wanted was reached.")


def test_signing_in(visit: Visit, site: Site) -> None:
    visitor = visit()
    visitor.go("/account/login/")
    page = visitor.page

    tab_to(page, lambda now: now["tag"] == "INPUT")
    page.keyboard.type(READER)
    tab_to(page, lambda now: now["tag"] == "INPUT")
    page.keyboard.type(site.password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PLAN}")

    assert visitor.heading == "Children and Families Improvement Plan"


def test_the_first_tab_skips_to_the_content(visit: Visit) -> None:
    visitor = visit(READER)
    visitor.go(PLAN)
    page = visitor.page

    page.keyboard.press("Tab")
    first = focused(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside_main = page.evaluate("document.querySelector('main').contains(document.activeElement)")

    assert (first["name"], first["seen"], first["inside"]) == ("Skip to main content", True, True)
    assert inside_main


@pytest.mark.parametrize("width", [1280, NARROW])
def test_an_update_from_what_i_owe(visit: Visit, site: Site, width: int) -> None:
    number = "2" if width == NARROW else "1"
    visitor = visit(LEAD_OFFICER, width=width)
    visitor.go("/")
    page = visitor.page
    tab_to(page, lambda now: now["name"].endswith(f"LAC9 action {number}"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/actions/LAC9/{number}/update/**")

    tab_to(page, lambda now: now["label"] == "In progress")
    page.keyboard.press("ArrowDown")
    chosen = focused(page)
    tab_to(page, lambda now: now["tag"] == "TEXTAREA")
    page.keyboard.press("Control+a")
    page.keyboard.type("Typed without a mouse.")
    tab_to(page, lambda now: now["name"] == "Save update")
    page.keyboard.press("Enter")
    page.get_by_text(f"Update of LAC9 ({number}) saved.").wait_for()

    assert chosen["label"] == "On hold"
    assert chosen["seen"]
    assert narratives(site, "LAC9", number)[-1] == "Typed without a mouse."


def test_an_update_inside_the_list_keeps_the_focus_there(visit: Visit, site: Site) -> None:
    visitor = visit(LEAD_OFFICER)
    visitor.go(f"{PLAN}actions/?lead=SM+QA")
    page = visitor.page

    tab_to(page, lambda now: now["name"] == "Update S5 action 4")
    page.keyboard.press("Enter")
    page.locator("h2:focus").get_by_text("Update S5 (4)").wait_for()
    tab_to(page, lambda now: now["tag"] == "TEXTAREA")
    page.keyboard.press("Control+a")
    page.keyboard.type("Typed inside the list.")
    tab_to(page, lambda now: now["name"] == "Save update")
    page.keyboard.press("Space")
    page.locator("[role=status]:focus").get_by_text("Update of S5 (4) saved.").wait_for()
    after = tab_to(page, lambda now: True)

    assert narratives(site, "S5", "4")[-1] == "Typed inside the list."
    assert after["name"] == "Update S5 action 4"


def test_a_mistake_takes_the_focus_to_what_went_wrong(visit: Visit) -> None:
    visitor = visit(LEAD_OFFICER)
    visitor.go(f"{PLAN}actions/LAC5/2/update/")
    page = visitor.page
    page.get_by_label("What has happened").fill("")

    page.get_by_role("button", name="Save update").press("Enter")
    page.locator(".govuk-error-summary:focus").get_by_text("There is a problem").wait_for()
    tab_to(page, lambda now: now["name"].startswith("Say in a sentence"))
    page.keyboard.press("Enter")

    assert focused(page)["tag"] == "TEXTAREA"


def test_the_filter_on_a_phone_opens_by_keyboard(visit: Visit) -> None:
    visitor = visit(READER, width=NARROW)
    visitor.go(f"{PLAN}actions/")
    page = visitor.page
    assert not page.get_by_role("combobox", name="Theme", exact=True).is_visible()

    tab_to(page, lambda now: now["name"] == "Search and filter")
    page.keyboard.press("Enter")
    tab_to(page, lambda now: now["label"].startswith("Theme"))

    assert page.get_by_role("combobox", name="Theme", exact=True).is_visible()
