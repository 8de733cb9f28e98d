"""Harrow's plan as its paper had it, brought in from the Word file into a plan of its own: 22 recommendations, 101 actions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.site import Site
from tests.browser.test_pages import faults
from tests.browser.visitor import NARROW, NARROWEST, PLAN_ADMINISTRATOR, WIDE, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.shared]
Visit = Callable[..., Visitor]
COUNTED = """
    SELECT COUNT(DISTINCT r.id), COUNT(DISTINCT a.id) FROM improvement_plan p
    JOIN recommendations_recommendation r ON r.plan_id = p.id
    JOIN recommendations_action a ON a.recommendation_id = r.id WHERE p.name = ?
"""


def begin(visitor: Visitor, shared: Path, name: str) -> None:
    page = visitor.page
    visitor.go("/harrow/")
    page.get_by_role("link", name="Plans from files").click()
    page.get_by_role("button", name="Bring a plan in", exact=True).click()
    page.get_by_label("The file", exact=True).set_input_files(shared / "data/harrow-plan.docx")
    page.get_by_label("A new plan", exact=True).check()
    page.get_by_label("Name of the new plan").fill(name)
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/columns/")


def look_and_load(visitor: Visitor, name: str) -> None:
    page = visitor.page
    page.get_by_role("button", name="See the plan as it would be").click()
    page.wait_for_url("**/preview/")
    page.get_by_role("button", name="Go on to loading").click()
    page.wait_for_url("**/load/")
    page.get_by_label("Load them as they are shown").check()
    page.get_by_role("button", name="Load the plan").click()
    page.get_by_role("heading", name=f"{name} is loaded").wait_for()


def is_fine(visitor: Visitor) -> bool:
    """Nothing that axe finds, wide and narrow, and nothing wider than the screen."""
    found = faults(visitor)
    visitor.page.set_viewport_size({"width": NARROW, "height": 900})
    found += faults(visitor)
    wider = [width for width in (WIDE, NARROW, NARROWEST) if visitor.scrolls_sideways_at(width)]
    visitor.page.set_viewport_size({"width": WIDE, "height": 900})
    return (found, wider) == ([], [])


def test_from_the_file_to_the_plan(visit: Visit, site: Site, shared: Path) -> None:
    visitor = visit(PLAN_ADMINISTRATOR)
    page = visitor.page

    begin(visitor, shared, "Plan of the paper")
    columns, fine = visitor.heading, [is_fine(visitor)]
    look_and_load(visitor, "Plan of the paper")
    done = is_fine(visitor)
    page.get_by_role("link", name="Read the plan’s recommendations").click()
    page.get_by_role("heading", name="22 recommendations").wait_for()

    assert (columns, [*fine, done]) == ("What the columns are", [True, True])
    assert site.rows(COUNTED, "Plan of the paper") == [(22, 101)]


def test_each_page_of_it_is_fine(visit: Visit, shared: Path) -> None:
    visitor = visit(PLAN_ADMINISTRATOR)
    page = visitor.page
    visitor.go("/harrow/intake/begin/")
    fine = {"begin": is_fine(visitor)}
    begin(visitor, shared, "Plan to look at")
    page.get_by_role("button", name="See the plan as it would be").click()
    page.wait_for_url("**/preview/")
    preview = visitor.path

    for part in ("look", "all", "leads", "kept"):
        visitor.go(f"{preview}?show={part}")
        fine[part] = is_fine(visitor)
    visitor.go(f"{preview}?show=leads")
    page.get_by_text("Posts that are here already (34)").click()
    page.locator("summary").filter(has_text="Change which post").first.click()
    page.locator(".wm-leads details[open]").wait_for()
    fine["a post to change"] = is_fine(visitor)
    visitor.go(preview.replace("preview", "load"))
    fine["load"] = is_fine(visitor)
    page.get_by_role("button", name="Put this file aside").click()
    page.get_by_text("It was put aside").wait_for()
    fine["aside"] = is_fine(visitor)
    visitor.go("/harrow/intake/")
    fine["list"] = is_fine(visitor)

    assert [where for where, is_so in fine.items() if not is_so] == []


def test_without_script_a_value_is_mended_on_the_way(visit: Visit, site: Site, shared: Path) -> None:
    visitor = visit(PLAN_ADMINISTRATOR, script=False)
    page = visitor.page

    begin(visitor, shared, "Plan without script")
    page.get_by_role("button", name="See the plan as it would be").click()
    page.wait_for_url("**/preview/")
    page.get_by_label("Due of LAC11 (1)").fill("30.9.12")
    page.get_by_role("button", name="Due of LAC11 (1)").click()
    page.wait_for_url(lambda address: address.endswith("#saved"))
    mended = page.get_by_label("Due of LAC11 (1)").count()
    visitor.go(visitor.path.replace("preview", "columns"))
    look_and_load(visitor, "Plan without script")

    assert mended == 0
    assert site.rows(COUNTED, "Plan without script") == [(22, 101)]
    assert site.rows(
        """SELECT a.original_due_on, a.due_text FROM recommendations_action a
        JOIN recommendations_recommendation r ON r.id = a.recommendation_id JOIN improvement_plan p ON p.id = r.plan_id
        WHERE p.name = ? AND r.reference = 'LAC11' AND a.number = '1'""",
        "Plan without script",
    ) == [("2012-09-30", "30.9.12")]


def test_a_newer_file_is_looked_through_a_page_at_a_time(visit: Visit, shared: Path) -> None:
    """The paper's own words against those of the plan: each action is said otherwise."""
    visitor = visit(PLAN_ADMINISTRATOR)
    page = visitor.page
    visitor.go("/harrow/intake/begin/")
    page.get_by_label("The file", exact=True).set_input_files(shared / "data/harrow-plan.docx")
    page.get_by_label("Children and Families Improvement Plan").check()
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/columns/")
    page.get_by_role("button", name="See the plan as it would be").click()
    page.wait_for_url("**/preview/")
    page.get_by_role("link", name="Choose what is taken over").or_(
        page.get_by_role("button", name="Choose what is taken over")
    ).first.click()
    page.wait_for_url("**/load/")

    fine = [is_fine(visitor)]
    page.get_by_role("button", name="Look through all 101").click()
    page.wait_for_url("**kind=words**")
    fine.append(is_fine(visitor))
    page.locator("input[name=take]").first.check()
    page.get_by_role("button", name="Keep these and show the next").click()
    page.get_by_text("26 to 50 of 101").wait_for()
    page.get_by_role("button", name="Keep these and see every kind").click()
    page.get_by_role("heading", name="Choose what is taken over").wait_for()
    ticked = page.locator("#kind-words").inner_text()
    page.get_by_role("button", name="Put this file aside").click()
    page.get_by_text("It was put aside").wait_for()

    assert (fine, "1 of 79 ticked" in ticked) == ([True, True], True)
