"""Every page, wide and narrow: accessible by rule (axe: WCAG 2.0, 2.1 and 2.2, A and AA), never wider than the screen,
without a script error, a breach of the policy on content or a request to anybody else."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_updates import open_inline
from tests.browser.visitor import (
    BETWEEN,
    BOARD_MEMBER,
    HEREFORDSHIRE_PLAN,
    HEREFORDSHIRE_READER,
    LEAD_OFFICER,
    NARROW,
    NARROWEST,
    PLAN,
    PLAN_ADMINISTRATOR,
    READER,
    SCRUTINY_OFFICER,
    STAFF,
    STRANGER,
    WIDE,
    Visitor,
)

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # What keeps the rules is not described node by node, which takes as long again.
    "resultTypes": ["violations"],
}

INSPECTION = "/harrow/inspections/safeguarding-and-looked-after-2012/"
BOARD = "/harrow/boards/improvement-board/"
PAGES = [
    ("", "/account/login/", 200),
    ("", "/account/password/reset/", 200),
    ("", "/account/password/reset/done/", 200),
    ("", "/account/password/reset/key/1-not-a-key/", 200),
    ("", "/never/was/", 200),
    (LEAD_OFFICER, "/", 200),
    (STRANGER, "/", 200),
    (READER, "/account/password/change/", 200),
    (READER, "/account/logout/", 200),
    (READER, "/harrow/", 200),
    (READER, INSPECTION, 200),
    (READER, f"{INSPECTION}?on=2012-06-01", 200),
    (READER, "/frameworks/", 200),
    (READER, "/frameworks/sif-2013/", 200),
    (STAFF, "/frameworks/add/?from=jar-progress-review-2009", 200),
    (READER, "/harrow/boards/", 200),
    (READER, BOARD, 200),
    (READER, f"{BOARD}meetings/2012-09-10/", 200),
    (PLAN_ADMINISTRATOR, BOARD, 200),
    (PLAN_ADMINISTRATOR, f"{BOARD}terms/", 200),
    (PLAN_ADMINISTRATOR, f"{BOARD}meetings/arrange/", 200),
    (PLAN_ADMINISTRATOR, f"{BOARD}meetings/2012-09-10/minutes/", 200),
    (PLAN_ADMINISTRATOR, f"{BOARD}meetings/2012-09-10/move/", 200),
    (PLAN_ADMINISTRATOR, f"{BOARD}meetings/2012-09-10/pack/choose/", 200),
    (READER, f"{BOARD}meetings/2012-09-10/pack/", 200),
    (PLAN_ADMINISTRATOR, INSPECTION, 200),
    (PLAN_ADMINISTRATOR, f"{INSPECTION}duties/written-statement/met/", 200),
    (PLAN_ADMINISTRATOR, f"{INSPECTION}duties/written-statement/override/", 200),
    (PLAN_ADMINISTRATOR, "/harrow/inspections/add/", 200),
    (PLAN_ADMINISTRATOR, "/harrow/inspections/add/?framework=sif-2013", 200),
    (PLAN_ADMINISTRATOR, "/harrow/interventions/add/", 200),
    (PLAN_ADMINISTRATOR, "/harrow/members/", 200),
    (PLAN_ADMINISTRATOR, "/harrow/members/add/", 200),
    (READER, "/search/?q=lac+3", 200),
    (PLAN_ADMINISTRATOR, f"{PLAN}public/", 200),
    (BOARD_MEMBER, PLAN, 200),
    (BOARD_MEMBER, f"{PLAN}?on=2012-09-20", 200),
    (BOARD_MEMBER, f"{PLAN}?on=2012-01-01", 200),
    (BOARD_MEMBER, f"{PLAN}actions/", 200),
    (PLAN_ADMINISTRATOR, f"{PLAN}take-out/", 200),
    (PLAN_ADMINISTRATOR, f"{PLAN}take-out/?organisation=nobody", 422),
    (BOARD_MEMBER, f"{PLAN}questions/", 200),
    (BOARD_MEMBER, f"{PLAN}questions/?rule=no-date", 200),
    (BOARD_MEMBER, f"{PLAN}actions/?overdue=yes&theme=safeguarding&sort=-due&per_page=50", 200),
    (BOARD_MEMBER, f"{PLAN}actions/?q=zebra", 200),
    (BOARD_MEMBER, f"{PLAN}actions/?not_updated_since=yesterday", 200),
    (BOARD_MEMBER, f"{PLAN}actions/S2/1/", 200),
    (BOARD_MEMBER, f"{PLAN}actions/S2/1/update/", 200),
    (BOARD_MEMBER, f"{PLAN}actions/S2/1/sign-off/", 200),
    (BOARD_MEMBER, f"{PLAN}actions/S5/4/complete/", 200),
    (BOARD_MEMBER, f"{PLAN}actions/S5/1/reopen/", 200),
    (PLAN_ADMINISTRATOR, f"{PLAN}actions/S2/1/withdraw/", 200),
    (LEAD_OFFICER, f"{PLAN}actions/S5/4/due-date/", 200),
    (READER, f"{PLAN}due-dates/", 200),
    (READER, f"{PLAN}due-dates/?decision=agreed&on=2012-10-01", 200),
    (READER, f"{PLAN}due-dates/?decision=perhaps", 200),
    (READER, f"{PLAN}recommendations/", 200),
    (BOARD_MEMBER, f"{PLAN}recommendations/S2/", 200),
    (READER, f"{PLAN}evidence/", 200),
    (BOARD_MEMBER, f"{PLAN}evidence/?theme=safeguarding&only_said=yes", 200),
    (BOARD_MEMBER, f"{PLAN}evidence/?theme=never", 200),
    (BOARD_MEMBER, f"{PLAN}actions/S2/1/evidence/", 200),
    (BOARD_MEMBER, f"{PLAN}recommendations/S2/review/", 200),
    (READER, "/harrow/layouts/", 200),
    (READER, "/harrow/layouts/cabinet/", 200),
    (PLAN_ADMINISTRATOR, "/harrow/layouts/add/?from=cabinet", 200),
    (PLAN_ADMINISTRATOR, "/harrow/layouts/cabinet/edit/", 200),
    (READER, "/harrow/rating-keys/", 200),
    (PLAN_ADMINISTRATOR, "/harrow/rating-keys/add/?from=brag", 200),
    (PLAN_ADMINISTRATOR, "/harrow/rating-keys/rag/edit/", 200),
    (PLAN_ADMINISTRATOR, f"{PLAN}rating-key/", 200),
    (SCRUTINY_OFFICER, f"{PLAN}reports/", 200),
    (SCRUTINY_OFFICER, f"{PLAN}reports/overview-and-scrutiny-2012-11-14/", 200),
    (READER, f"{PLAN}scorecard/", 200),
    (READER, f"{PLAN}risks/", 200),
    (HEREFORDSHIRE_READER, f"{HEREFORDSHIRE_PLAN}scorecard/", 200),
    (HEREFORDSHIRE_READER, f"{HEREFORDSHIRE_PLAN}risks/", 200),
    (HEREFORDSHIRE_READER, HEREFORDSHIRE_PLAN, 200),
    (STAFF, "/gallery/", 200),
    (READER, "/gallery/", 404),
    (READER, "/never/was/", 404),
    (READER, f"{PLAN}actions/S2/1/update/", 403),
    (READER, f"{PLAN}?on=yesterday", 400),
]


def name_of(page: tuple[str, str, int]) -> str:
    account, path, _ = page
    return f"{account.split('@')[0] or 'nobody'} {path.replace(PLAN, 'plan/')}"


def faults(visitor: Visitor, *, colours: bool = True) -> list[str]:
    """What axe finds against the rules, each with the first element that is at fault. Colours are the same at every width,
    and half of its time goes on them."""
    from axe_playwright_python.sync_playwright import Axe

    visitor.settle()
    options = RULES if colours else {**RULES, "rules": {"color-contrast": {"enabled": False}}}
    found: Any = Axe().run(visitor.page, options=options)
    return [
        f"{fault['id']} ({len(fault['nodes'])}): {fault['nodes'][0]['html'][:200]}"
        for fault in found.response["violations"]
    ]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_keeps_the_rules_at_every_width(visit: Visit, page: tuple[str, str, int]) -> None:
    account, path, status = page
    visitor = visit(account)

    assert visitor.go(path) == status
    found = {}
    for width in (WIDE, NARROW, NARROWEST, *BETWEEN):
        found[f"sideways at {width}"] = visitor.scrolls_sideways_at(width)
        if width in (WIDE, NARROW):
            found[f"rules at {width}"] = faults(visitor, colours=width == WIDE)

    assert {what: value for what, value in found.items() if value} == {}
    titles = visitor.page.locator("h1").count()
    # Each paper in a pack is a document with a title of its own.
    assert titles > 1 if path.endswith("/pack/") else titles == 1
    assert visitor.page.locator("html").get_attribute("lang") == "en-GB"
    assert visitor.page.title().endswith("Waymark")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_update_form_in_the_list_keeps_the_rules_right_wrong_and_saved(visit: Visit, width: int) -> None:
    visitor = visit(BOARD_MEMBER, width=width)
    page = visitor.page
    number = "2" if width == WIDE else "3"
    visitor.go(f"{PLAN}actions/?recommendation=S3")
    part = open_inline(page, "S3", number)
    asked = faults(visitor)

    part.get_by_label("What has happened").fill("")
    part.get_by_role("button", name="Save update").click()
    part.locator(".govuk-error-summary:focus").get_by_text("There is a problem").wait_for()
    wrong = faults(visitor)
    sideways = [at for at in (width, NARROWEST) if visitor.scrolls_sideways_at(at)]
    part.get_by_label("What has happened").fill("Said.")
    part.get_by_role("button", name="Save update").click()
    part.locator("[role=status]:focus").get_by_text(f"Update of S3 ({number}) saved.").wait_for()
    saved = faults(visitor)

    assert (asked, wrong, saved, sideways) == ([], [], [], [])


def test_forms_open_side_by_side_keep_the_rules(visit: Visit) -> None:
    visitor = visit(BOARD_MEMBER)
    visitor.go(f"{PLAN}actions/?recommendation=S4")
    for number in ("1", "4"):
        open_inline(visitor.page, "S4", number)

    repeated = visitor.page.evaluate(
        "() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
        " return ids.filter((id, at) => ids.indexOf(id) !== at); }"
    )

    assert faults(visitor) == []
    assert repeated == []


@pytest.mark.parametrize("path", ["/account/login/", PLAN, f"{PLAN}actions/", f"{PLAN}actions/S2/1/update/"])
def test_words_and_shapes_stay_in_forced_colours(visit: Visit, path: str) -> None:
    visitor = visit("" if "login" in path else BOARD_MEMBER, forced_colors="active")
    visitor.go(path)

    assert faults(visitor) == []
    unseen = visitor.page.evaluate(
        """() => [...document.querySelectorAll('.wm-rating, .wm-stage, .wm-overdue')].filter(mark => {
          const style = getComputedStyle(mark);
          return mark.offsetParent !== null && style.color === style.backgroundColor;
        }).map(mark => mark.outerHTML)"""
    )
    assert unseen == []


@pytest.mark.parametrize("path", [PLAN, f"{PLAN}actions/", f"{PLAN}actions/S2/1/"])
def test_paper_shows_the_content_without_what_only_works_on_a_screen(visit: Visit, path: str) -> None:
    visitor = visit(BOARD_MEMBER)
    visitor.go(path)

    visitor.page.emulate_media(media="print")

    shown = visitor.page.evaluate(
        """() => ['.wm-nav', '.wm-filter', '.wm-header__out', '.govuk-skip-link', '.govuk-button', '.govuk-pagination']
          .filter(name => [...document.querySelectorAll(name)].some(part => part.getClientRects().length > 0))"""
    )
    assert shown == []
    assert visitor.page.locator("h1").is_visible()


def test_a_token_in_a_page_stays_out_of_its_address(visit: Visit) -> None:
    visitor = visit(READER)
    for path in (PLAN, f"{PLAN}actions/"):
        visitor.go(path)
        hrefs = visitor.page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")

        assert [href for href in hrefs if "csrf" in href or "session" in href] == []
