"""What each role does in a day, in a real browser before a real server."""

import csv
import io
import re
from collections.abc import Callable

import pytest

from tests.browser.site import Site
from tests.browser.visitor import (
    BOARD_MEMBER,
    LEAD_OFFICER,
    NURSE,
    PLAN,
    PLAN_ADMINISTRATOR,
    READER,
    SCRUTINY_OFFICER,
    STAFF,
    STRANGER,
    Visitor,
)

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
HEADLINE = "40 of 62 actions that should be finished are not"


@pytest.mark.parametrize(
    ("account", "path", "heading"),
    [
        (LEAD_OFFICER, "/", "What I owe"),
        (NURSE, "/", "What I owe"),
        (BOARD_MEMBER, PLAN, "Children and Families Improvement Plan"),
        (PLAN_ADMINISTRATOR, PLAN, "Children and Families Improvement Plan"),
        (READER, PLAN, "Children and Families Improvement Plan"),
        (SCRUTINY_OFFICER, f"{PLAN}reports/", "Reports"),
        (STAFF, "/", "Your councils"),
        (STRANGER, "/", "Your councils"),
    ],
)
def test_each_role_starts_where_its_work_is(visit: Visit, account: str, path: str, heading: str) -> None:
    visitor = visit(account)

    visitor.go("/")

    assert (visitor.path, visitor.heading) == (path, heading)


def test_a_wrong_password_is_refused_in_words_and_the_right_one_leads_to_the_page_asked_for(
    visit: Visit, site: Site
) -> None:
    visitor = visit()
    visitor.go(f"{PLAN}recommendations/")
    visitor.page.get_by_label("E-mail").or_(visitor.page.get_by_label("Email")).fill(READER)
    visitor.page.get_by_label("Password", exact=True).fill("not the password")
    visitor.page.get_by_role("button", name="Sign in").click()
    visitor.page.get_by_role("alert").get_by_text("There is a problem").wait_for()
    assert visitor.page.title().startswith("Error: ")

    visitor.page.get_by_label("Password", exact=True).fill(site.password)
    visitor.page.get_by_role("button", name="Sign in").click()
    visitor.page.wait_for_url("**/recommendations/")

    assert visitor.heading == "22 recommendations"


def test_nothing_is_shown_by_back_after_signing_out(visit: Visit) -> None:
    visitor = visit(PLAN_ADMINISTRATOR, own_session=True)
    visitor.go(f"{PLAN}actions/S2/1/")

    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.wait_for_url("**/account/login/**")
    visitor.page.go_back()
    visitor.page.wait_for_url("**/account/login/?next=**")

    assert visitor.heading == "Sign in"


def test_the_figures_of_the_dashboard_lead_to_lists_of_exactly_their_actions(visit: Visit) -> None:
    visitor = visit(BOARD_MEMBER)
    visitor.go(PLAN)
    # One tile counts requests for other due dates, and leads to those.
    tiles = visitor.page.locator(".wm-figure").filter(has=visitor.page.locator("a[href*='/actions/']"))
    addresses = tiles.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    figures = [words.split()[0] for words in tiles.locator(".wm-figure__value").all_inner_texts()]

    found = []
    for address in addresses:
        visitor.go(address)
        found.append(visitor.heading.split()[0])

    assert found == figures
    assert len(figures) == 5


def test_the_headline_leads_to_the_overdue_actions(visit: Visit) -> None:
    visitor = visit(READER)
    visitor.go(PLAN)

    visitor.page.get_by_role("link", name=HEADLINE).click()
    visitor.page.wait_for_url("**/actions/**")

    assert visitor.heading == "40 actions found"
    assert visitor.page.get_by_role("link", name="Remove Overdue").is_visible()


def test_a_filter_stands_in_the_address_and_another_reader_sees_the_same(visit: Visit) -> None:
    mine = visit(BOARD_MEMBER)
    mine.go(f"{PLAN}actions/")
    mine.page.get_by_role("combobox", name="Theme", exact=True).select_option("Looked after children")
    mine.page.get_by_role("combobox", name="Stage", exact=True).select_option("Complete")
    mine.page.get_by_role("button", name="Show actions").click()
    mine.page.wait_for_url("**stage=complete**")

    theirs = visit(READER)
    theirs.go(mine.path)

    assert mine.heading == "8 actions found"
    assert theirs.heading == "8 actions found"
    assert theirs.page.locator("tbody[id]").count() == 8


def test_filters_come_off_one_by_one_and_all_at_once(visit: Visit) -> None:
    visitor = visit(READER)
    visitor.go(f"{PLAN}actions/?theme=safeguarding&stage=complete")
    assert visitor.heading == "14 actions found"

    visitor.page.get_by_role("link", name="Remove Stage: Complete").click()
    visitor.page.wait_for_url(lambda address: "stage=complete" not in address)
    assert visitor.heading == "51 actions found"
    visitor.page.get_by_role("link", name="Clear all").click()
    visitor.page.wait_for_url(lambda address: "safeguarding" not in address)

    assert visitor.heading == "101 actions"


def test_the_csv_holds_what_the_list_shows_in_its_order(visit: Visit) -> None:
    visitor = visit(READER)
    visitor.go(f"{PLAN}actions/?overdue=yes&theme=safeguarding&sort=-due")
    shown = [text.strip() for text in visitor.page.locator("tbody .wm-table__ref").all_inner_texts()]

    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Download these as CSV").click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))

    assert [f"{row['ref']} ({row['number']})" for row in rows] == shown
    assert len(rows) == 20


def test_a_day_in_the_past_is_shown_as_it_stood_and_offers_no_change(visit: Visit) -> None:
    visitor = visit(BOARD_MEMBER)
    visitor.go(f"{PLAN}?on=2012-09-20")
    banner = visitor.page.get_by_role("complementary", name="The day this page shows")
    assert "20 September 2012" in banner.inner_text()

    visitor.page.get_by_role("navigation", name="Main").get_by_role("link", name="Actions").click()
    visitor.page.wait_for_url("**/actions/?on=2012-09-20")
    updates = visitor.page.get_by_role("link", name="Update", exact=False)
    offered = [name for name in updates.all_inner_texts() if re.match(r"Update [A-Z]+\d", name)]
    refused = visitor.go(f"{PLAN}actions/S2/1/update/?on=2012-09-20")

    assert (offered, refused) == ([], 403)
    assert "Nothing can be changed" in visitor.page.locator("main").inner_text()


def test_the_banner_leads_back_to_the_council_s_own_day(visit: Visit) -> None:
    visitor = visit(READER)
    visitor.go(f"{PLAN}actions/?on=2012-09-20&stage=complete")

    visitor.page.get_by_role("link", name="Go to 14 November 2012").click()
    visitor.page.wait_for_url("**/actions/?stage=complete")

    assert visitor.heading == "22 actions found"


def test_a_reader_is_offered_no_update_and_is_refused_one(visit: Visit) -> None:
    visitor = visit(READER)
    visitor.go(f"{PLAN}actions/")
    assert visitor.page.locator("a[href*='/update/']").count() == 0
    visitor.go(f"{PLAN}actions/S2/1/")
    assert visitor.page.locator("a[href*='/update/']").count() == 0
    token = visitor.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()

    answer = visitor.context.request.post(
        f"{visitor.site.url}{PLAN}actions/S2/1/update/",
        form={"csrfmiddlewaretoken": token, "stage": "on-hold", "narrative": "Done.", "version": "1"},
    )

    assert answer.status == 403
    assert "<h1" in answer.text()


def test_a_lead_officer_updates_only_actions_of_posts_held(visit: Visit) -> None:
    visitor = visit(LEAD_OFFICER)
    visitor.go(f"{PLAN}actions/?per_page=100")
    editable = visitor.page.locator("tbody[id]").filter(has=visitor.page.locator("a[href*='/update/']"))

    leads = [cell.split("\n")[-1] for cell in editable.locator("td[data-label=Lead]").all_inner_texts()]
    not_theirs = visitor.go(f"{PLAN}actions/S1/9/update/")

    assert len(leads) > 0
    assert [lead for lead in leads if "SM QA" not in lead] == []
    assert not_theirs == 403


def test_every_address_is_unknown_to_a_stranger(visit: Visit) -> None:
    member = visit(BOARD_MEMBER)
    addresses = {"/harrow/", f"{PLAN}actions/S2/1/update/", f"{PLAN}actions.csv", f"{PLAN}?on=2012-09-20"}
    for path in (
        PLAN,
        f"{PLAN}actions/?per_page=100",
        f"{PLAN}recommendations/",
        f"{PLAN}reports/",
        "/harrow/",
    ):
        member.go(path)
        links = member.page.locator("a[href^='/harrow/']")
        addresses.update(
            str(href) for href in links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        )
    stranger = visit(STRANGER)

    never_was = stranger.context.request.get(f"{stranger.site.url}/never/was/")
    found = {
        path: answer.status
        for path in sorted(addresses)
        if (answer := stranger.context.request.get(f"{stranger.site.url}{path}")).status != 404
    }

    assert never_was.status == 404
    assert len(addresses) > 130
    assert found == {}


def test_a_scrutiny_officer_has_the_committee_paper_made_and_downloads_it(visit: Visit) -> None:
    visitor = visit(SCRUTINY_OFFICER)
    page = visitor.page
    visitor.go("/")
    page.get_by_role("link", name="Post-Ofsted Improvement Plan", exact=True).click()
    page.get_by_role("button", name="Make the PDF").click()
    page.wait_for_url("**/files/*/")
    page.get_by_role("status").get_by_text("The file is ready").wait_for(timeout=120_000)

    files = []
    for _ in range(2):
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the PDF").click()
        files.append(download.value.path().read_bytes())
    visitor.go(f"{PLAN}reports/")

    assert files[0][:5] == b"%PDF-"
    assert files[1] == files[0]
    assert page.get_by_role("link", name="PDF, ", exact=False).count() == 1


def test_the_paper_as_a_page_says_what_the_dashboard_says(visit: Visit) -> None:
    visitor = visit(SCRUTINY_OFFICER)
    visitor.go("/")

    visitor.page.get_by_role("link", name="Post-Ofsted Improvement Plan", exact=True).click()
    visitor.page.wait_for_url("**/reports/*/")

    assert HEADLINE in visitor.page.locator("main").inner_text()
