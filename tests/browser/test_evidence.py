"""Evidence from the first file to the last word of it: added, reviewed, tracked, downloaded, withdrawn."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import PATIENCE, Site
from tests.browser.test_pages import faults
from tests.browser.visitor import BOARD_MEMBER, NARROW, NARROWEST, PLAN, PLAN_ADMINISTRATOR, WIDE, Visitor
from tests.files import PDF

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
SHOWS = "Ten files were read; the chair had challenged in nine."


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    path = tmp_path / "Audit of S6.pdf"
    path.write_bytes(PDF)
    return path


def stored(site: Site) -> list[bytes]:
    return [path.read_bytes() for path in (site.directory / "files/evidence").glob("*")]


def fill_in(adding: Visitor, audit: Path, shows: str) -> None:
    page = adding.page
    page.get_by_label("File", exact=False).first.set_input_files(audit)
    page.get_by_label("What it shows").fill(shows)
    page.get_by_label("Audit", exact=True).check()
    page.get_by_label("When it was gathered").fill("2012-10-31")
    page.get_by_label("Delivered", exact=True).check()
    page.get_by_role("button", name="Add evidence").click()


def record_review(reviewing: Visitor) -> None:
    reviewing.go(f"{PLAN}actions/S6/2/review/")
    page = reviewing.page
    page.get_by_label("Delivered", exact=True).check()
    page.get_by_label("It holds", exact=True).check()
    page.get_by_label(SHOWS).check()
    page.get_by_label("The finding").fill("The board read the audit.")
    page.get_by_label("Who reviewed it").fill("Improvement Board")
    page.get_by_role("button", name="Record review").click()
    page.get_by_text("Review of S6 (2) recorded: delivered.").wait_for()


def withdraw(page: Any) -> None:
    page.get_by_role("link", name="Withdraw this evidence").click()
    page.get_by_label("Why it is withdrawn").fill("It is of another service.")
    page.get_by_role("button", name="Withdraw evidence").click()
    page.get_by_text("The evidence was withdrawn.").wait_for()


def destroyed(site: Site, page: Any) -> bool:
    """The worker does it a moment later."""
    deadline = time.monotonic() + PATIENCE
    while stored(site) and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    return not stored(site)


def test_what_looks_like_a_childs_record_is_asked_about(visit: Visit, site: Site, audit: Path) -> None:
    adding = visit(BOARD_MEMBER)
    adding.go(f"{PLAN}actions/S6/2/evidence/")

    fill_in(adding, audit, "J.S. was seen.")
    adding.page.get_by_role("heading", name="There is a problem").wait_for()

    said = adding.page.locator(".govuk-error-summary").inner_text()
    assert "“J.S.” (initials that stand for a person)" in said
    assert "Choose “Audit of S6.pdf” again" in said
    assert adding.page.get_by_label("Why these words may be kept").is_visible()
    assert faults(adding) == []
    assert [at for at in (WIDE, NARROW, NARROWEST) if adding.scrolls_sideways_at(at)] == []
    assert stored(site) == []


def test_a_claim_is_proved_and_its_proof_can_be_taken_back(visit: Visit, site: Site, audit: Path) -> None:
    adding, reviewing = visit(BOARD_MEMBER), visit(PLAN_ADMINISTRATOR)
    adding.go(f"{PLAN}actions/S6/2/evidence/")
    fill_in(adding, audit, SHOWS)
    adding.page.get_by_text("Evidence of S6 (2) added.").wait_for()
    kept = stored(site)

    record_review(reviewing)
    reviewing.go(f"{PLAN}evidence/")
    proved = reviewing.heading
    adding.go(f"{PLAN}actions/S6/2/")
    adding.page.get_by_role("link", name=SHOWS).first.click()
    with adding.page.expect_download() as download:
        adding.page.get_by_role("button", name="Download Audit of S6.pdf").click()
    content = Path(download.value.path()).read_bytes()
    shown = faults(adding)
    withdraw(adding.page)
    reviewing.go(f"{PLAN}evidence/")

    assert (kept, content, download.value.suggested_filename) == ([PDF], PDF, "Audit of S6.pdf")
    assert (proved, reviewing.heading) == (
        "1 of 22 actions reported complete is proved",
        "None of the 22 actions reported complete is proved",
    )
    assert (shown, faults(adding), faults(reviewing)) == ([], [], [])
    assert destroyed(site, adding.page)
