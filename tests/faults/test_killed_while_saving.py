"""The server is killed, the way a power cut does it, while people save. Afterwards everything said is there whole, with
its row in the ledger, or not there at all; and saying it again works. Security case 110."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.browser.site import PATIENCE, Site, served

ROUNDS = 20  # a kill each, turn by turn of one of its workers and of all of it
WRITERS = ("board.member@harrow.example", "plan.administrator@harrow.example")
PLAN = "/harrow/children-and-families-2012/"
ACTIONS = ("S2/1", "S2/3", "S3/2", "S3/3", "S4/1", "S4/4")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"|value="(\d+)"[^>]*name="version"')
Unreachable = (urllib.error.URLError, HTTPException, OSError)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        return None


@dataclass
class Writer:
    """Somebody who goes on saving. `saved` are the words that the server said it had saved."""

    site: Site
    account: str
    saved: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._open = urllib.request.build_opener(cookies, _NoRedirect()).open

    def sign_in(self) -> None:
        token = self._token(self._get("/account/login/"))
        self._post(
            "/account/login/", csrfmiddlewaretoken=token, login=self.account, password=self.site.password
        )

    def save(self, action: str, words: str) -> bool:
        """Whether the server said that it was saved."""
        path = f"{PLAN}actions/{action}/update/"
        page = self._get(path)
        version = next(found for found in VERSION.search(page).groups() if found)  # type: ignore[union-attr]
        self.sent.append(words)
        status = self._post(
            path, csrfmiddlewaretoken=self._token(page), version=version, stage="in-progress", narrative=words
        )
        if status == 302:
            self.saved.append(words)
        return status == 302

    def save_until(self, stop: threading.Event, label: str) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                self.save(random.choice(ACTIONS), f"{self.account}, {label}, {number}")
            except Unreachable:
                time.sleep(0.01)

    def _get(self, path: str) -> str:
        with self._open(self.site.url + path, timeout=20) as response:
            return str(response.read().decode())

    def _post(self, path: str, **fields: str) -> int:
        body = urllib.parse.urlencode(fields).encode()
        try:
            with self._open(self.site.url + path, data=body, timeout=20) as response:
                return int(response.status)
        except urllib.error.HTTPError as answer:
            answer.close()
            return int(answer.code)

    @staticmethod
    def _token(page: str) -> str:
        return TOKEN.findall(page)[-1]


@pytest.fixture
def site(prepared_demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    with served(prepared_demonstration, tmp_path / "var", worker=False) as running:
        yield running


def test_nothing_is_lost_or_halved_when_the_server_is_killed_again_and_again(site: Site) -> None:
    writers = [Writer(site, account) for account in WRITERS]
    for writer in writers:
        writer.sign_in()
    chance = random.Random(110)

    for number in range(ROUNDS):
        stop = threading.Event()
        busy = [
            threading.Thread(target=writer.save_until, args=(stop, f"round {number}")) for writer in writers
        ]
        saved_before = _saved(writers)
        for thread in busy:
            thread.start()
        # However slow the machine is, the kill meets people who are saving.
        deadline = time.monotonic() + PATIENCE
        while _saved(writers) == saved_before and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.45))
        if number % 2:
            site.kill()
        else:
            _kill_one_worker(site)
        stop.set()
        for thread in busy:
            thread.join()
        if number % 2:
            site.start(worker=False)
        assert _faults(site, writers) == []

    assert _saved(writers) >= ROUNDS
    for writer in writers:
        assert writer.save("LAC9/1", f"{writer.account} once more, with a server that stays")
    assert _faults(site, writers) == []
    verified = site.manage("verify_ledger")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _saved(writers: list[Writer]) -> int:
    return sum(len(writer.saved) for writer in writers)


def _kill_one_worker(site: Site) -> None:
    """The web server's master lives on and starts another."""
    master = site.processes[0].pid
    found = subprocess.run(["pgrep", "-P", str(master)], capture_output=True, text=True, check=True)
    os.kill(int(found.stdout.split()[0]), signal.SIGKILL)


def _faults(site: Site, writers: list[Writer]) -> list[str]:
    """What is not as it must be after a kill, in words."""
    faults = []
    with closing(sqlite3.connect(site.database, timeout=20)) as database:
        if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            faults.append("the database is damaged")
        if database.execute("PRAGMA foreign_key_check").fetchall():
            faults.append("a row points nowhere")
        said = {
            (subject, sequence): narrative
            for subject, sequence, narrative in database.execute(
                "SELECT action_id, sequence, narrative FROM recommendations_progressupdate WHERE by_id IS NOT NULL"
            )
        }
        written = [
            ((subject, sequence), narrative)
            for subject, sequence, narrative in database.execute(
                "SELECT subject_id, json_extract(after, '$.sequence'), json_extract(after, '$.narrative')"
                " FROM improvement_change WHERE verb = 'post_update'"
            )
        ]
        positions = [row[0] for row in database.execute("SELECT position FROM improvement_change ORDER BY 1")]
        gaps = database.execute(
            "SELECT action_id FROM recommendations_progressupdate GROUP BY action_id HAVING MAX(sequence) <> COUNT(*)"
        ).fetchall()
    if len(written) != len(said) or dict(written) != said:
        faults.append("an update and its row in the ledger do not match one to one")
    if positions != list(range(1, len(positions) + 1)):
        faults.append("the ledger has a gap")
    if gaps:
        faults.append(f"the updates of actions {gaps} are not in one sequence")
    held = sorted(said.values())
    saved = sorted(words for writer in writers for words in writer.saved)
    sent = {words for writer in writers for words in writer.sent}
    if len(held) != len(set(held)):
        faults.append("something was saved twice")
    if set(saved) - set(held):
        faults.append(f"lost, though said to be saved: {sorted(set(saved) - set(held))}")
    if set(held) - sent:
        faults.append("something stands there that nobody sent")
    return faults
