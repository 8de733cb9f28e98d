"""Closing an action takes two people, and so does moving its due date: each in a browser of their own."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.site import Site
from tests.browser.test_keyboard import focused, tab_to
from tests.browser.test_pages import faults
from tests.browser.visitor import BOARD_MEMBER, LEAD_OFFICER, NARROW, PLAN, PLAN_ADMINISTRATOR, Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
Steps = Callable[[], list[str]]
# Something is shown for an action, by whoever leads it.
SHOW = """
from datetime import date
from improvement.models import User
from recommendations import workflow
from recommendations.models import Action
action = Action.objects.with_recommendation().get_by_natural_key(
    "harrow", "children-and-families-2012", "{reference}", "{number}"
)
workflow.add_evidence(
    recommendation=action.recommendation, action=action, shows="Thirty plans were audited.", method="audit",
    gathered_on=date(2012, 11, 8), supports="delivered", exempt=False, link="https://evidence.example/audit",
    by=User.objects.get(email="{by}"), on=date(2012, 11, 14),
)
"""


def show(site: Site, reference: str, number: str) -> None:
    shown = site.manage("shell", "-c", SHOW.format(reference=reference, number=number, by=LEAD_OFFICER))
    assert shown.returncode == 0, shown.stderr


def said(site: Site, reference: str, number: str) -> list[tuple[str, str]]:
    """Stage and words of an action's updates, as the database holds them."""
    return site.rows(
        "SELECT u.stage, u.narrative FROM recommendations_progressupdate u"
        " JOIN recommendations_action a ON a.id = u.action_id"
        " JOIN recommendations_recommendation r ON r.id = a.recommendation_id"
        " WHERE r.reference = ? AND a.number = ? ORDER BY u.sequence",
        reference,
        number,
    )


@pytest.fixture
def steps(site: Site) -> Steps:
    """What was done since the test began, as the ledger holds it."""
    query = "SELECT verb FROM improvement_change WHERE verb <> 'add_member' ORDER BY position"
    before = len(site.rows(query))
    return lambda: [verb for (verb,) in site.rows(query)[before:]]


def sound(visitor: Visitor) -> None:
    """The page keeps the rules of accessibility, and fits a phone."""
    assert faults(visitor) == []
    assert not visitor.scrolls_sideways_at(NARROW)
    assert not visitor.scrolls_sideways_at(1280)


def claim(lead: Visitor, words: str) -> None:
    page = lead.page
    page.get_by_role("button", name="Claim it is complete").click()
    page.get_by_label("What was done").fill(words)
    page.get_by_role("button", name="Claim that it is complete").click()
    page.get_by_role("alert").get_by_text("awaits sign-off by somebody else now").wait_for()
    lead.settle()


def test_a_claim_is_returned_made_again_and_signed_off(visit: Visit, site: Site, steps: Steps) -> None:
    lead, board, administrator = visit(LEAD_OFFICER), visit(BOARD_MEMBER), visit(PLAN_ADMINISTRATOR)
    action = f"{PLAN}actions/S5/4/"
    lead.go(f"{action}complete/")
    assert lead.page.get_by_text("Add evidence first").is_visible()
    sound(lead)
    show(site, "S5", "4")
    before = said(site, "S5", "4")

    lead.go(action)
    claim(lead, "Every team works that way.")
    board.go(PLAN)
    assert board.page.get_by_role("region", name="Waiting for you").is_visible()
    sound(board)
    board.follow(board.page.get_by_role("link", name="claims that an action is complete"))
    board.follow(board.page.get_by_role("link", name="S5 (4)", exact=True))
    board.follow(board.page.get_by_role("button", name="Sign off or return"))
    board.page.get_by_text("Thirty plans were audited.").wait_for()
    sound(board)
    board.page.get_by_label("No, return it to the lead officer").check()
    board.page.get_by_role("button", name="Save decision").click()
    board.page.get_by_text("There is a problem").wait_for()
    assert board.page.get_by_label("No, return it to the lead officer").is_checked()
    board.page.get_by_label("What you found").fill("Two teams are missing.")
    board.page.get_by_role("button", name="Save decision").click()
    board.page.get_by_role("alert").get_by_text("S5 (4) is in progress again.").wait_for()

    lead.go(action)
    assert lead.page.get_by_text("Two teams are missing.").is_visible()
    claim(lead, "Those two as well.")
    assert lead.page.get_by_role("button", name="Sign off or return").count() == 0
    assert lead.go(f"{action}sign-off/") == 403
    administrator.go(f"{action}sign-off/")
    administrator.page.get_by_label("Yes, sign it off").check()
    administrator.page.get_by_label("What you found").fill("The audit shows all of them.")
    administrator.page.get_by_role("button", name="Save decision").click()
    administrator.page.get_by_role("alert").get_by_text("S5 (4) is signed off as complete.").wait_for()
    sound(administrator)

    assert said(site, "S5", "4") == [
        *before,
        ("awaiting-sign-off", "Every team works that way."),
        ("in-progress", "Two teams are missing."),
        ("awaiting-sign-off", "Those two as well."),
        ("complete", "The audit shows all of them."),
    ]
    assert steps() == ["add_evidence", "claim_complete", "return_claim", "claim_complete", "sign_off"]


def test_a_date_is_asked_for_and_agreed_by_keyboard_alone(visit: Visit, site: Site, steps: Steps) -> None:
    lead, board = visit(LEAD_OFFICER), visit(BOARD_MEMBER)
    lead.go(f"{PLAN}actions/LAC9/1/")
    page = lead.page

    tab_to(page, lambda now: now["name"] == "Ask for another due date")
    page.keyboard.press("Enter")
    page.wait_for_url("**/due-date/")
    sound(lead)
    tab_to(page, lambda now: now["label"].startswith("New due date"))
    type_the_last_day_of_2012(page)
    tab_to(page, lambda now: now["tag"] == "TEXTAREA")
    page.keyboard.type("The consultation runs until December.")
    tab_to(page, lambda now: now["name"] == "Ask for this date")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("It moves when somebody else agrees.").wait_for()
    sound(lead)

    board.go(PLAN)
    page = board.page
    tab_to(page, lambda now: now["name"].startswith("1 request for another due date"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/due-dates/**")
    page.get_by_role("heading", name="Due-date changes").wait_for()
    sound(board)
    tab_to(page, lambda now: now["name"].startswith("Agree or refuse"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Move the due date to 31 December 2012?").wait_for()
    sound(board)
    tab_to(page, lambda now: now["label"].startswith("Agree: the date moves today"))
    page.keyboard.press("Space")
    assert focused(page)["seen"]
    tab_to(page, lambda now: now["name"] == "Save decision")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("LAC9 (1) is now due on 31 December 2012.").wait_for()
    sound(board)

    lead.go(f"{PLAN}actions/LAC9/1/")
    assert lead.page.get_by_text("First 27 Sep 2012, moved once, 95 days later").is_visible()
    sound(lead)
    assert site.rows("SELECT decision, old_on, new_on FROM recommendations_duedatechange") == [
        ("agreed", "2012-09-27", "2012-12-31")
    ]
    assert steps() == ["request_due_date", "agree_due_date"]


def type_the_last_day_of_2012(page: Any) -> None:
    """A date field takes day, month and year in the order of the machine's own language, whatever the page's."""
    page.keyboard.type("31122012")
    if page.evaluate("document.activeElement.value") != "2012-12-31":
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
        page.keyboard.type("12312012")
    assert page.evaluate("document.activeElement.value") == "2012-12-31"


def test_words_like_a_childs_record_are_kept_only_with_a_reason(
    visit: Visit, site: Site, steps: Steps
) -> None:
    visitor = visit(PLAN_ADMINISTRATOR, width=NARROW)
    visitor.go(f"{PLAN}actions/S7/1/withdraw/")
    page = visitor.page

    page.get_by_label("Why it is withdrawn").fill("Child A.B. has moved.")
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_text("There is a problem").wait_for()
    assert said(site, "S7", "1")[-1][0] != "withdrawn"
    assert page.get_by_label("Why it is withdrawn").input_value() == "Child A.B. has moved."
    sound(visitor)
    page.get_by_label("Why these words may be kept").fill("The letters are those of two teams.")
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_role("alert").get_by_text("S7 (1) is withdrawn from the plan.").wait_for()

    assert said(site, "S7", "1")[-1] == ("withdrawn", "Child A.B. has moved.")
    assert steps() == ["withdraw"]


def test_the_ledger_is_whole(site: Site) -> None:
    verified = site.manage("verify_ledger")

    assert verified.returncode == 0, verified.stderr
