"""A real browser before a real server. Each module has a demonstration of its own, as fresh as the first day."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.site import Site, served
from tests.browser.visitor import Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module", autouse=True)
def only_on_sqlite() -> None:
    """These sites stand on SQLite whatever the run is about, so a run on PostgreSQL would only show the same again."""
    if not os.environ.get("DATABASE_URL", "sqlite:").startswith("sqlite:"):
        pytest.skip("In a browser the demonstration stands on SQLite; the run on SQLite shows it.")


@pytest.fixture(scope="module")
def site(prepared_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(prepared_demonstration, tmp_path_factory.mktemp("site") / "var") as running:
        yield running
        wrong = [line for line in running.log.splitlines() if " ERROR " in line or " CRITICAL " in line]
        assert wrong == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium. It ends with the module: while Playwright runs, Django refuses its database in the same process."""
    # The one without a window first: it takes a third of the time.
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if executable is None:
        reason = "Chromium is not installed here. On Debian: apt-get install chromium-headless-shell"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """Who has signed in already: signing in is limited, so each account does it once in a module."""
    return {}


@pytest.fixture
def visit(site: Site, browser: Any, sessions: dict[str, Any]) -> Iterator[Callable[..., Visitor]]:
    """Opens the site as somebody. What went wrong unseen in their browser fails the test when it ends."""
    visitors: list[Visitor] = []

    def as_account(account: str = "", **options: Any) -> Visitor:
        visitor = Visitor(site, browser, sessions, account, **options)
        visitors.append(visitor)
        return visitor

    yield as_account
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        visitor.context.close()
    assert troubles == []
