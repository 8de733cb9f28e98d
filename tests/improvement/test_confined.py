"""A child process that is asked about a file: what it may do, and what is said where it may not."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from improvement import confined
from improvement.confined import Answer
from tests.processes import ROOT

pytestmark = pytest.mark.once

PROGRAM = """
import json, os, socket, subprocess, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from improvement.confinement import BROKEN, NO_MEMORY, close_doors, give_up, say, set_limits
sys.path.pop(0)
task = json.load(sys.stdin)
set_limits(task["megabytes"], task["seconds"])
path = Path(task["path"])
close_doors(path.parent)
try:
    {line}
except MemoryError:
    give_up(NO_MEMORY, "")
except Exception as error:
    give_up(BROKEN, type(error).__name__)
"""


@pytest.fixture
def ask(tmp_path: Path, settings: Any):
    """Asks a program of this one line about a file that says “words”."""
    settings.VAR_DIR = tmp_path / "var"

    def asking(line: str, *, seconds: int = 10, **task: Any) -> Answer:
        program = tmp_path / "program.py"
        program.write_text(PROGRAM.format(root=str(ROOT), line=line))
        return confined.ask(program, ContentFile(b"words"), megabytes=200, seconds=seconds, **task)

    return asking


def test_it_reads_its_file_and_its_task(ask, tmp_path: Path) -> None:
    answer = ask('say(text=path.read_text(), kind=task["kind"])', kind="csv")

    assert answer == Answer({"text": "words", "kind": "csv"})
    assert list((tmp_path / "var" / "work").iterdir()) == []


@pytest.mark.parametrize(
    "line",
    [
        'socket.create_connection(("127.0.0.1", 9))',
        'subprocess.run(["true"])',
        'os.system("true")',
        'open("/etc/passwd").read()',
        f"open({str(ROOT / 'manage.py')!r}).read()",
        'open("/tmp/anything", "w")',
    ],
    ids=["network", "program", "shell", "file", "project", "writing"],
)
def test_it_may_do_nothing_else(ask, line: str) -> None:
    answer = ask(line)

    assert answer == Answer({"problem": "broken", "detail": "Refused"}, "broken")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("bytes(300 * 1024 * 1024)", "memory"),
        ("while True: pass", "time"),
        ("os.kill(os.getpid(), 11)", "broken"),
        ("os._exit(0)", "broken"),
    ],
)
def test_where_it_ends_the_reason_is_known(ask, line: str, problem: str) -> None:
    assert ask(line, seconds=1).problem == problem


def test_one_that_sleeps_is_ended(ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "PATIENCE", 0)

    assert ask("import time; time.sleep(60)", seconds=1) == Answer(problem="time")
