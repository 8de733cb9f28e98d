"""Ten people have papers made at once: all are made, each once, none has more than three waiting, and pages still answer.

Security case 79.
"""

import re
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from improvement.demonstration import ACCOUNTS
from tests.browser.site import Site, served

pytestmark = pytest.mark.pdf

PAPERS = ("highlights", "written-statement", "easy-read")
PATIENCE = 180


class Person:
    """Somebody with a browser's cookies and no browser."""

    def __init__(self, site: Site, council: str, email: str) -> None:
        self.url = site.url
        ((plan,),) = site.rows(
            "SELECT slug FROM improvement_plan WHERE council_id = (SELECT id FROM improvement_council WHERE slug = ?)",
            council,
        )
        self.pages = f"/{council}/{plan}/"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.send("/account/login/", login=email, password=site.password)

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=60) as answer:
            body: bytes = answer.read()
        return body.decode()

    def send(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        with self.opener.open(self.url + path, data, timeout=60) as answer:
            address: str = answer.geturl()
        return address

    def ask_for_everything(self) -> list[str]:
        """Ask for each paper; return where that led. Between two requests the list of actions is read."""
        led_to = []
        for paper in PAPERS:
            led_to.append(self.send(f"{self.pages}papers/{paper}/", format="pdf"))
            assert "Actions" in self.get(f"{self.pages}actions/")
        return led_to


def test_ten_people_have_papers_made_at_once(prepared_demonstration: Path, tmp_path: Path) -> None:
    with served(prepared_demonstration, tmp_path / "site") as site:
        people = [Person(site, account.council, account.email) for account in ACCOUNTS[:10]]

        with ThreadPoolExecutor(len(people)) as together:
            led_to = list(together.map(Person.ask_for_everything, people))

        deadline = time.monotonic() + PATIENCE
        unfinished = "SELECT COUNT(*) FROM reports_reportfile WHERE state NOT IN ('ready', 'failed')"
        while site.rows(unfinished) != [(0,)] and time.monotonic() < deadline:
            assert "Actions" in people[0].get(f"{people[0].pages}actions/")
            time.sleep(0.2)
        made = site.rows("SELECT state, COUNT(*) FROM reports_reportfile GROUP BY state")
        asked = site.rows("SELECT requested_by_id, COUNT(*) FROM reports_reportfile GROUP BY requested_by_id")

    councils = {account.council for account in ACCOUNTS[:10]}
    assert [len(addresses) for addresses in led_to] == [len(PAPERS)] * 10
    assert made == [("ready", len(councils) * len(PAPERS))]
    assert max(count for _, count in asked) <= 3
    assert "Traceback" not in site.log
    assert "database is locked" not in site.log
