"""A press: a process that makes one PDF after another, each in a fork of its own that can be killed.

Starting one takes longer than making a short paper, so one that has done its work waits for the next. Nobody shares one:
who comes while it is busy gets another.
"""

import atexit
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TypedDict

PROGRAM = Path(__file__).with_name("press_process.py")
# No fonts but those that the page brings, so that it looks the same on every machine.
NO_SYSTEM_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>"""
# A subsetter notes the time at which it worked unless it is told one.
FIXED_TIME = "1325376000"
# Idle presses that are kept; a worker makes one file at a time.
MOST_IDLE = 1


class Said(TypedDict, total=False):
    """One line from the press: a step that it begins, or how it ended."""

    step: str
    part: int
    of: int
    pages: int
    problem: str
    detail: str
    ended: int


class Press:
    """One process, and what it was started with."""

    def __init__(self, css: str, fonts: dict[str, str]) -> None:
        self.made_for = (css, tuple(fonts.items()), os.getpid())
        self.folder = Path(mkdtemp(prefix="waymark-press-"))
        (self.folder / "fonts.conf").write_text(
            NO_SYSTEM_FONTS.format(cache=self.folder / "fonts"), encoding="utf-8"
        )
        self._errors = (self.folder / "errors").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(self.folder),
            cwd=self.folder,
            start_new_session=True,
        )
        self._tell(json.dumps({"css": css, "fonts": fonts}))

    def _tell(self, line: str) -> None:
        # One that is gone already shows when its answer is read.
        with suppress(BrokenPipeError):
            if self.process.stdin:
                self.process.stdin.write(line.encode() + b"\n")
                self.process.stdin.flush()

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    @property
    def errors(self) -> str:
        with suppress(FileNotFoundError):
            return (self.folder / "errors").read_text(encoding="utf-8", errors="replace")
        return ""

    def make(self, task: Path, deadline: float) -> Iterator[Said]:
        """What it says while it does a task, until that has ended. Raises TimeoutError at the deadline."""
        self._tell(str(task))
        if self.process.stdout is None:
            return
        waiting = b""
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.process.stdout], [], [], left)[0]:
                raise TimeoutError
            more = os.read(self.process.stdout.fileno(), 65536)
            if not more:
                return
            *whole, waiting = (waiting + more).split(b"\n")
            for line in whole:
                said: Said = json.loads(line)
                yield said
                if "ended" in said:
                    return

    def stop(self) -> None:
        """Kill it and its fork, and take away its folder."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self._errors):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)


_idle: list[Press] = []
_lock = threading.Lock()


@contextmanager
def lent(css: str, fonts: dict[str, str]) -> Iterator[Press]:
    """A press for one task. It is kept for the next where it is left in good order, else stopped."""
    press = _taken(css, fonts)
    try:
        yield press
    except BaseException:
        press.stop()
        raise
    with _lock:
        if press.is_alive and len(_idle) < MOST_IDLE:
            _idle.append(press)
            return
    press.stop()


def stop_all() -> None:
    """No press is left waiting."""
    with _lock:
        waiting, _idle[:] = list(_idle), []
    for press in waiting:
        press.stop()


def _taken(css: str, fonts: dict[str, str]) -> Press:
    wanted = (css, tuple(fonts.items()), os.getpid())
    with _lock:
        waiting, _idle[:] = list(_idle), []
    found = None
    for press in waiting:
        if found is None and press.made_for == wanted and press.is_alive:
            found = press
        elif press.made_for[-1] == os.getpid():
            press.stop()
    return found or Press(css, fonts)


def _environment(folder: Path) -> dict[str, str]:
    """What the process is told of its surroundings: no key, no database, no fonts of the system."""
    passed_on = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {
        **passed_on,
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SOURCE_DATE_EPOCH": FIXED_TIME,
    }


atexit.register(stop_all)
