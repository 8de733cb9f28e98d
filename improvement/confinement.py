"""What every child process gives up before it reads what somebody wrote. Imports nothing of Django or of the pages.

It says how far it is on standard output, one JSON object a line, and ends by itself when its parent does.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "ftplib.",
)
NO_MEMORY, REFUSED, INCOMPLETE, BROKEN = "memory", "refused", "incomplete", "broken"


class Refused(Exception):
    """It was asked for something outside the assets, or tried something outside its limits."""


def set_limits(megabytes: int, seconds: int) -> None:
    """Memory and time that the kernel holds it to; it also ends when the process that started it does."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    end_with_parent()


def end_with_parent() -> None:
    if sys.platform == "linux":
        die_with_parent = 1
        ctypes.CDLL(None).prctl(die_with_parent, signal.SIGKILL)


def close_doors(work: Path) -> None:
    """From here on: no network, no other program, no file but Python's own to read and the work directory's."""
    own = os.path.realpath(work) + os.sep
    places = [sys.prefix, sys.base_prefix, sys.exec_prefix, *(part for part in sys.path if part)]
    readable = (own, *(os.path.realpath(place) + os.sep for place in places))
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
    sys.dont_write_bytecode = True

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise Refused(f"The page made the program try {event}")
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(own if arguments[2] & writing else readable):
                raise Refused(f"The page made the program open {path}")

    sys.addaudithook(guard)


def say(**what: Any) -> None:
    # In one write, so that a line is never said in halves.
    os.write(1, (json.dumps(what) + "\n").encode())


def give_up(problem: str, detail: str) -> NoReturn:
    say(problem=problem, detail=detail[:2000])
    # Nothing is tidied up: after a failure the process is not to be trusted with more work.
    os._exit(3)
