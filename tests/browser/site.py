"""The demonstration as it is really served: gunicorn and the worker in processes of their own, on a folder of their own.

Nothing here touches the database that the other tests use: these sites stand on SQLite whatever `DATABASE_URL` names.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# What a site takes from its own folder or from its own address, never from whoever runs the tests.
OWN_SETTINGS = (
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_URL",
    "LEDGER_HEAD_FILE",
    "PUBLIC_URL",
    "SECRET_KEY",
    "SESSION_HOURS",
    "VAR_DIR",
)
# Seconds, with a machine in mind that is slow and busy with other tests.
PATIENCE = 90
# Sockets of the ports that were given out; see free_port.
HELD: list[socket.socket] = []


@dataclass
class Site:
    """One served demonstration. `processes` are those that it started, the web server first; `day`, if given, is the day
    that they take it to be."""

    directory: Path
    port: int
    day: str = ""
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        return (self.directory / "demo-password").read_text().strip()

    @property
    def database(self) -> Path:
        return self.directory / "waymark.sqlite3"

    @property
    def log(self) -> str:
        return (self.directory / "log").read_text()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds, read beside the server."""
        with closing(sqlite3.connect(self.database, timeout=PATIENCE)) as database:
            return database.execute(query, values).fetchall()

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._python, "manage.py", *arguments],
            cwd=ROOT,
            env=environment(self.directory, self.port),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def start(self, *, worker: bool, gunicorn_workers: int = 2) -> None:
        """Serve, and return once the server answers."""
        self._run("-m", "gunicorn", "improvement.wsgi", "--preload", "--bind", f"127.0.0.1:{self.port}",
                  "--workers", str(gunicorn_workers), "--log-level", "warning", "--graceful-timeout", "2")  # fmt: skip
        if worker:
            self._run("manage.py", "worker")
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > deadline or self.processes[0].poll() is not None:
                self.stop()
                raise RuntimeError(f"The server did not come up:\n{self.log[-4000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """End what was started, each with all that it started in turn."""
        for process in self.processes:
            _signal(process, signal.SIGTERM)
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            _signal(process, signal.SIGKILL)
            process.wait(10)
        self.processes.clear()

    def kill(self) -> None:
        """The power goes: no process of the server ends in order."""
        for process in self.processes:
            _signal(process, signal.SIGKILL)
            process.wait(10)
        self.processes.clear()

    @property
    def _python(self) -> list[str]:
        return [sys.executable, *(["-m", "tests.browser.another_day", self.day] if self.day else [])]

    def _run(self, *command: str) -> None:
        with (self.directory / "log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    [*self._python, *command],
                    cwd=ROOT,
                    env=environment(self.directory, self.port),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )


def prepared(directory: Path) -> Path:
    """A folder with the demonstration in it, made ready by its own command; making Northmoor takes too long for it."""
    directory.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        [sys.executable, "manage.py", "demo", "--no-serve", "--without-northmoor"],
        cwd=ROOT,
        env=environment(directory, free_port()),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if made.returncode:
        raise RuntimeError(f"The demonstration could not be prepared:\n{made.stdout}\n{made.stderr}")
    return directory


def copied(prepared_in: Path, directory: Path) -> Site:
    """A prepared demonstration in a folder of its own, not served yet."""
    shutil.copytree(prepared_in, directory)
    return Site(directory, free_port())


@contextmanager
def served(
    prepared_in: Path, directory: Path, *, worker: bool = True, gunicorn_workers: int = 2
) -> Iterator[Site]:
    """A copy of a prepared demonstration, served until the block ends."""
    site = copied(prepared_in, directory)
    site.start(worker=worker, gunicorn_workers=gunicorn_workers)
    try:
        yield site
    finally:
        site.stop()


def environment(directory: Path, port: int) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    return {
        **inherited,
        "VAR_DIR": str(directory),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "improvement.settings",
    }


def free_port() -> int:
    """Held for a server of ours as long as this process lives, so that nobody else is given it before the server comes up
    or while it is down."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    port: int = held.getsockname()[1]
    if sys.platform == "linux":
        HELD.append(held)
    else:
        # Elsewhere two may not be bound to one port, even if only one of them listens.
        held.close()
    return port


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the process and all that it started; they share a session of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
