"""A council sets its own layout out in the browser, with and without JavaScript."""

from collections.abc import Callable

import pytest

from tests.browser.site import Site
from tests.browser.test_pages import faults
from tests.browser.visitor import NARROW, NARROWEST, PLAN_ADMINISTRATOR, WIDE, Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
HEADINGS = """SELECT heading FROM reports_layoutsection section JOIN reports_layout layout ON layout.id = layout_id
WHERE slug = ? ORDER BY section.position"""


def make(visitor: Visitor, name: str) -> None:
    page = visitor.page
    visitor.go("/harrow/layouts/add/?from=childrens-trust")
    page.get_by_label("Name of the new layout").fill(name)
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url("**/edit/")
    visitor.settle()


def headings(site: Site, slug: str) -> list[str]:
    return [heading for (heading,) in site.rows(HEADINGS, slug)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_sample_follows_the_form(visit: Visit, width: int) -> None:
    visitor = visit(PLAN_ADMINISTRATOR, width=width)
    page = visitor.page
    make(visitor, f"Live at {width}")
    sample = page.get_by_role("region", name="How a report will look")

    page.get_by_label("Above the title").fill("Report to <b>members</b>")
    sample.get_by_text("Report to <b>members</b>").wait_for()
    page.get_by_label("Numbers", exact=True).select_option("parts")
    sample.get_by_role("heading", name="Section 1 – Background").wait_for()
    wrong = faults(visitor)
    sideways = [at for at in (width, NARROWEST) if visitor.scrolls_sideways_at(at)]
    visitor.follow(page.get_by_role("link", name="Cancel"))

    assert (wrong, sideways) == ([], [])
    assert visitor.heading == f"Live at {width}"
    assert "Report to" not in page.get_by_role("region", name="How a report will look").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_parts_are_added_moved_and_taken_out(visit: Visit, site: Site, script: bool) -> None:
    visitor = visit(PLAN_ADMINISTRATOR, script=script)
    page = visitor.page
    name = "With script" if script else "Without"
    make(visitor, name)

    visitor.follow(page.get_by_role("button", name="Down : section Background"))
    visitor.follow(page.get_by_role("button", name="Remove : section Conclusion"))
    visitor.follow(page.get_by_role("button", name="Add a section"))
    page.get_by_label("Heading", exact=True).last.fill("What members asked")
    visitor.follow(page.get_by_role("button", name="Preview"))
    sample = page.get_by_role("region", name="How a report will look")
    sample.get_by_role("heading", name="What members asked").wait_for()
    shown = sample.get_by_role("heading").all_inner_texts()
    page.get_by_role("button", name="Save layout").last.click()
    page.get_by_text(f"Layout “{name}” saved.").wait_for()

    expected = [
        "The Progress Review Process",
        "Background",
        "Overall judgement on progress",
        "Areas for Further Improvement",
        "What members asked",
    ]
    assert shown == expected
    assert headings(site, "harrow-with-script" if script else "harrow-without") == expected


def test_enter_in_a_field_saves(visit: Visit, site: Site) -> None:
    visitor = visit(PLAN_ADMINISTRATOR)
    make(visitor, "By keyboard")

    visitor.page.get_by_label("Name", exact=True).fill("By Enter")
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_text("Layout “By Enter” saved.").wait_for()

    assert headings(site, "harrow-by-keyboard")[0] == "Background"
