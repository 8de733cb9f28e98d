"""One question about a file, asked of a child process that may do nothing but read it, and can be killed."""

import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.files.base import File

from improvement.confinement import BROKEN, NO_MEMORY
from improvement.stored_files import chunks

log = structlog.get_logger(__name__)

NO_TIME = "time"
# The kernel counts how long it works; a busy machine gives it less than all of its time.
PATIENCE = 20


@dataclass(frozen=True)
class Answer:
    """What the child says of the file; else why it says nothing: `time`, `memory` or `broken`."""

    said: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def ask(program: Path, content: File[Any], *, megabytes: int, seconds: int, **task: Any) -> Answer:
    """Run a program of ours on a copy of the file. It reads its task from standard input and answers with one line."""
    with tempfile.TemporaryDirectory(prefix="check-", dir=_place()) as folder:
        path = Path(folder) / "file"
        with path.open("wb") as copy:
            copy.writelines(chunks(content))
        task |= {"path": str(path), "megabytes": megabytes, "seconds": seconds}
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-X", "utf8", str(program)],
                input=json.dumps(task).encode(),
                capture_output=True,
                env={"LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder},
                cwd=folder,
                timeout=seconds + PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            answer = Answer(problem=NO_TIME)
        else:
            answer = _answer(done)
    if answer.problem:
        log.warning("file_unreadable", program=program.name, problem=answer.problem, detail=answer.said)
    return answer


def _answer(done: subprocess.CompletedProcess[bytes]) -> Answer:
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return Answer(problem=NO_TIME)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        # It died without a word: the end of what it may use comes so where it is reached outside Python.
        return Answer({"error": done.stderr[-500:].decode(errors="replace")}, problem=BROKEN)
    if done.returncode:
        return Answer(said, problem=NO_MEMORY if said.get("problem") == NO_MEMORY else BROKEN)
    return Answer(said)


def _place() -> Path:
    place = settings.VAR_DIR / "work"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(place)
