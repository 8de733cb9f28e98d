"""Saying how an action stands: from “What I owe”, inside the list, and when two people do it at once."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.site import Site
from tests.browser.visitor import BOARD_MEMBER, LEAD_OFFICER, PLAN, PLAN_ADMINISTRATOR, Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
NARRATIVE = "What has happened"
CLASH = "Somebody else updated this action while you were writing"


def narratives(site: Site, reference: str, number: str) -> list[str]:
    """What the database holds about an action, first to last."""
    rows = site.rows(
        "SELECT u.narrative FROM recommendations_progressupdate u"
        " JOIN recommendations_action a ON a.id = u.action_id"
        " JOIN recommendations_recommendation r ON r.id = a.recommendation_id"
        " WHERE r.reference = ? AND a.number = ? ORDER BY u.sequence",
        reference,
        number,
    )
    return [str(row[0]) for row in rows]


def row_of(page: Any, reference: str, number: str) -> Any:
    return page.locator("tbody[id]").filter(
        has=page.get_by_role("link", name=f"{reference} ({number})", exact=True)
    )


def open_inline(page: Any, reference: str, number: str) -> Any:
    """Open the update form in the list; returns the part of the table that holds it. Once its heading has the focus,
    everything in it works."""
    row = row_of(page, reference, number)
    part = page.locator(f"#{row.get_attribute('id')}")
    part.get_by_role("link", name=f"Update {reference} action {number}").click()
    part.locator("h2:focus").get_by_text(f"Update {reference} ({number})").wait_for()
    return part


def test_two_clicks_lead_from_what_i_owe_to_a_saved_update(visit: Visit, site: Site) -> None:
    visitor = visit(LEAD_OFFICER)
    visitor.go("/")
    page = visitor.page

    page.get_by_role("link", name="Update LAC9 action 2").click()
    page.get_by_label(NARRATIVE).fill("The strategy went to the board.")
    page.get_by_role("button", name="Save update").click()
    page.locator("[role=alert]:focus").get_by_text("Update of LAC9 (2) saved.").wait_for()

    assert visitor.path == "/"
    assert narratives(site, "LAC9", "2")[-1] == "The strategy went to the board."


def test_the_form_starts_with_the_last_words_stage_and_rating(visit: Visit, site: Site) -> None:
    visitor = visit(BOARD_MEMBER)

    visitor.go(f"{PLAN}actions/LAC7/3/update/")

    page = visitor.page
    assert page.get_by_label(NARRATIVE).input_value() == narratives(site, "LAC7", "3")[-1]
    assert page.get_by_role("radio", name="In progress").is_checked()
    assert page.get_by_role("radio", name="Green").is_checked()


def test_an_update_in_the_list_replaces_its_row_and_says_so(visit: Visit, site: Site) -> None:
    visitor = visit(BOARD_MEMBER)
    visitor.go(f"{PLAN}actions/")
    page = visitor.page
    part = open_inline(page, "S2", "1")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Update S2 (1)"

    part.get_by_role("radio", name="On hold").check()
    part.get_by_role("radio", name="Green").check()
    part.get_by_label(NARRATIVE).fill("Signed off by the executive board.")
    part.get_by_role("button", name="Save update").click()
    said = part.locator("[role=status]:focus")
    said.wait_for()

    assert said.inner_text() == "Update of S2 (1) saved."
    assert part.locator("td[data-label=Stage]").inner_text().strip() == "On hold"
    assert "Green" in part.locator("td[data-label=Rating]").inner_text()
    assert visitor.path == f"{PLAN}actions/"
    assert narratives(site, "S2", "1")[-1] == "Signed off by the executive board."


def test_a_mistake_in_the_list_is_explained_there_and_what_was_typed_stays(visit: Visit, site: Site) -> None:
    visitor = visit(BOARD_MEMBER)
    visitor.go(f"{PLAN}actions/")
    before = narratives(site, "S2", "3")
    part = open_inline(visitor.page, "S2", "3")

    part.get_by_role("radio", name="On hold").check()
    part.get_by_label(NARRATIVE).fill("   ")
    part.get_by_role("button", name="Save update").click()
    part.locator(".govuk-error-summary:focus").get_by_text("There is a problem").wait_for()

    assert part.get_by_role("link", name="Say in a sentence or two how the action stands.").is_visible()
    assert part.get_by_role("radio", name="On hold").is_checked()
    assert narratives(site, "S2", "3") == before
    part.get_by_label(NARRATIVE).fill("Waits for the protocol.")
    part.get_by_role("button", name="Save update").click()
    part.get_by_role("status").wait_for()
    assert narratives(site, "S2", "3") == [*before, "Waits for the protocol."]


def test_forms_open_side_by_side_in_the_list_do_not_mix(visit: Visit, site: Site) -> None:
    visitor = visit(BOARD_MEMBER)
    visitor.go(f"{PLAN}actions/")
    first = open_inline(visitor.page, "S3", "2")
    second = open_inline(visitor.page, "S3", "3")

    second.get_by_text("On hold", exact=True).click()
    second.get_by_label(NARRATIVE).fill("The second one waits.")
    first.get_by_label(NARRATIVE).fill("The first one goes on.")
    second.get_by_role("button", name="Save update").click()
    second.get_by_role("status").wait_for()
    first.get_by_role("button", name="Save update").click()
    first.get_by_role("status").wait_for()

    assert second.locator("td[data-label=Stage]").inner_text().strip() == "On hold"
    assert narratives(site, "S3", "2")[-1] == "The first one goes on."
    assert narratives(site, "S3", "3")[-1] == "The second one waits."


@pytest.mark.parametrize("inline", [False, True], ids=["page", "list"])
def test_two_at_once_the_second_sees_both_and_both_stay_in_the_history(
    visit: Visit, site: Site, inline: bool
) -> None:
    reference, number = ("S4", "4") if inline else ("S4", "1")
    mine, theirs = visit(BOARD_MEMBER), visit(PLAN_ADMINISTRATOR)
    for visitor in (mine, theirs):
        visitor.go(f"{PLAN}actions/" if inline else f"{PLAN}actions/{reference}/{number}/update/")
    forms = [
        open_inline(visitor.page, reference, number) if inline else visitor.page.locator("main")
        for visitor in (mine, theirs)
    ]
    words = ["What the board member says.", "What the administrator says."]

    forms[1].get_by_label(NARRATIVE).fill(words[1])
    forms[1].get_by_role("button", name="Save update").click()
    theirs.page.get_by_text(f"Update of {reference} ({number}) saved.").wait_for()
    forms[0].get_by_role("radio", name="On hold").check()
    forms[0].get_by_label(NARRATIVE).fill(words[0])
    forms[0].get_by_role("button", name="Save update").click()
    forms[0].get_by_text(CLASH).wait_for()

    assert words[1] in forms[0].get_by_role("region", name="Their update").inner_text()
    assert words[0] in forms[0].get_by_role("region", name="Your update").inner_text()
    assert forms[0].get_by_label(NARRATIVE).input_value() == words[0]
    assert forms[0].get_by_role("radio", name="On hold").is_checked()
    assert narratives(site, reference, number)[-1] == words[1]

    forms[0].get_by_role("button", name="Save update").click()
    mine.page.get_by_text(f"Update of {reference} ({number}) saved.").wait_for()
    mine.go(f"{PLAN}actions/{reference}/{number}/")
    history = mine.page.locator(".wm-timeline__item").all_inner_texts()

    assert narratives(site, reference, number)[-2:] == [words[1], words[0]]
    assert words[0] in history[0]
    assert words[1] in history[1]


def test_a_double_click_saves_once(visit: Visit, site: Site) -> None:
    visitor = visit(BOARD_MEMBER, script=False)
    visitor.go(f"{PLAN}actions/S5/3/update/")
    before = narratives(site, "S5", "3")

    visitor.page.get_by_label(NARRATIVE).fill("Said once.")
    visitor.page.get_by_role("button", name="Save update").dblclick()
    visitor.page.get_by_text("Update of S5 (3) saved.").wait_for()

    assert narratives(site, "S5", "3") == [*before, "Said once."]


def test_markup_in_a_narrative_is_shown_as_text(visit: Visit) -> None:
    visitor = visit(BOARD_MEMBER)
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7|add:7 }} <b>bold</b>"
    visitor.go(f"{PLAN}actions/S5/2/update/")
    visitor.page.get_by_label(NARRATIVE).fill(hostile)
    visitor.page.get_by_role("button", name="Save update").click()
    visitor.page.wait_for_url("**/actions/S5/2/")

    shown = visitor.page.locator(".wm-timeline__item--now .wm-prose").inner_text()

    assert shown == hostile


def test_the_ledger_holds_every_update_of_this_page_once(site: Site) -> None:
    updates = site.rows("SELECT COUNT(*) FROM recommendations_progressupdate WHERE by_id IS NOT NULL")
    changes = site.rows("SELECT COUNT(*) FROM improvement_change WHERE verb = 'post_update'")

    verified = site.manage("verify_ledger")

    assert updates == changes
    assert verified.returncode == 0, verified.stderr
