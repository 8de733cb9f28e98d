"""A PDF of one HTML page, made in a process that can be killed.

The same page makes the same bytes. Whatever goes wrong ends in `ReportFailed` with a sentence for the person who
waits; there is never a file that lacks something and does not say so.
"""

import hashlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from tempfile import mkdtemp
from typing import TypedDict

import structlog
from django.conf import settings

from improvement import libraries

log = structlog.get_logger(__name__)

STATIC = settings.BASE_DIR / "static"
PROGRAM = Path(__file__).with_name("rendering.py")
STYLES = (STATIC / "css" / "report.css", STATIC / "css" / "report-pdf.css")
FONTS = {
    f"asset:{name}": STATIC / "fonts" / name
    for name in (
        "source-sans-3-latin-400-normal.woff2",
        "source-sans-3-latin-400-italic.woff2",
        "source-sans-3-latin-700-normal.woff2",
    )
}
# No fonts but those that the page brings, so that it looks the same on every machine.
NO_SYSTEM_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>"""
# A subsetter notes the time at which it worked unless it is told one.
FIXED_TIME = "1325376000"
OnStep = Callable[[str, int], None]

SENTENCES = {
    "memory": "The report needed more memory than it may use ({megabytes} MB), so it was stopped. Nothing was made.",
    "time": "The report took longer than it may ({seconds} seconds), so it was stopped. Nothing was made.",
    "refused": "The report asked for something outside Waymark, which is not allowed. Nothing was made.",
    "incomplete": "Something in the report could not be drawn, and a report that lacks something is not given out.",
    "broken": "The report could not be made because of a fault in Waymark. It has been noted.",
    "libraries": "This server lacks what PDFs need. Whoever looks after it must install: {packages}.",
}


class Said(TypedDict, total=False):
    """One line from the child: a step that it begins, or how it ended."""

    step: str
    pages: int
    problem: str
    detail: str


class ReportFailed(Exception):
    """A report could not be made; says why in plain English."""

    def __init__(self, problem: str, **words: object) -> None:
        super().__init__(SENTENCES.get(problem, SENTENCES["broken"]).format(**words))
        self.problem = problem


@dataclass(frozen=True)
class Pdf:
    """A finished file."""

    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def missing_libraries() -> list[str]:
    """Debian packages to install before reports can be made."""
    return libraries.missing()


def fingerprint(html: str) -> str:
    """SHA-256 of everything that decides the file's bytes: the page, its style and fonts, and the programs."""
    digest = hashlib.sha256(_surroundings().encode())
    digest.update(html.encode())
    return digest.hexdigest()


@cache
def _surroundings() -> str:
    digest = hashlib.sha256()
    for path in (*STYLES, *FONTS.values(), PROGRAM):
        digest.update(path.read_bytes())
    for package in ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "cssselect2", "pyphen"):
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    return digest.hexdigest()


def style() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in STYLES)


def render(html: str, on_step: OnStep = lambda words, percent: None) -> Pdf:
    """Make the PDF of a page. Raises ReportFailed."""
    if missing := [package for package in missing_libraries() if package != "libharfbuzz-subset0"]:
        raise ReportFailed("libraries", packages=" ".join(missing))
    with _work_directory() as work:
        output = work / "report.pdf"
        task = {
            "html": html,
            "css": style(),
            "fonts": {url: str(path) for url, path in FONTS.items()},
            "output": str(output),
            "megabytes": settings.REPORT_MEMORY_MB,
            "seconds": settings.REPORT_SECONDS,
        }
        (work / "task.json").write_text(json.dumps(task), encoding="utf-8")
        (work / "fonts.conf").write_text(NO_SYSTEM_FONTS.format(cache=work / "fonts"), encoding="utf-8")
        pages = _run(work, on_step)
        content = output.read_bytes()
    if not content.startswith(b"%PDF-") or not content.rstrip().endswith(b"%%EOF"):
        raise ReportFailed("broken")
    return Pdf(content, pages)


def _run(work: Path, on_step: OnStep) -> int:
    """Watch the child until it is done; return the number of pages."""
    with (work / "task.json").open("rb") as task, (work / "errors").open("wb") as errors:
        child = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", str(PROGRAM)],
            stdin=task,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(work),
            cwd=work,
            start_new_session=True,
        )
    pages, problem, detail = 0, "broken", ""
    try:
        for said in _lines(child, time.monotonic() + settings.REPORT_SECONDS):
            if "step" in said:
                on_step(*_progress(said["step"]))
            pages = said.get("pages", pages)
            problem, detail = said.get("problem", problem), said.get("detail", detail)
        child.wait(timeout=5)
    except (TimeoutError, subprocess.TimeoutExpired):
        problem = "time"
        pages = 0
    finally:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
    if not pages or child.returncode != 0:
        raise _failure(child.returncode, problem, detail, work)
    return pages


def _failure(returncode: int, problem: str, detail: str, work: Path) -> ReportFailed:
    errors = (work / "errors").read_text(encoding="utf-8", errors="replace")[-2000:]
    if problem == "broken" and (
        "memory" in errors.lower() or -returncode in (signal.SIGABRT, signal.SIGTRAP)
    ):
        # A library that is refused memory does not raise: it ends the process.
        problem = "memory"
    if problem == "broken" and "font != NULL" in errors:
        problem = "incomplete"
    if -returncode == signal.SIGXCPU:
        problem = "time"
    log.error("report_failed", problem=problem, detail=detail, returncode=returncode, errors=errors)
    return ReportFailed(problem, megabytes=settings.REPORT_MEMORY_MB, seconds=settings.REPORT_SECONDS)


def _lines(child: "subprocess.Popen[bytes]", deadline: float) -> Iterator[Said]:
    """What the child says, until it has no more to say. Raises TimeoutError at the deadline."""
    if child.stdout is None:
        return
    waiting = b""
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([child.stdout], [], [], left)[0]:
            raise TimeoutError
        more = os.read(child.stdout.fileno(), 65536)
        if not more:
            return
        *whole, waiting = (waiting + more).split(b"\n")
        for line in whole:
            yield json.loads(line)


def _progress(step: str) -> tuple[str, int]:
    """WeasyPrint's own words for a step, in ours, with a rough idea of how far that is."""
    if page := re.search(r"Page (\d+)", step):
        return f"Laying out page {page[1]}", min(85, 20 + 3 * int(page[1]))
    for start, words, percent in (
        ("Step 6", "Writing the file", 90),
        ("Step 7", "Writing the file", 95),
        ("Step 5", "Numbering the pages", 85),
        ("Step 4", "Setting the text", 15),
    ):
        if step.startswith(start):
            return words, percent
    return "Reading the report", 5


def _environment(work: Path) -> dict[str, str]:
    """What the child is told of its surroundings: no key, no database, no fonts of the system."""
    passed_on = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {
        **passed_on,
        "FONTCONFIG_FILE": str(work / "fonts.conf"),
        "HOME": str(work),
        "TMPDIR": str(work),
        "LANG": "C.UTF-8",
        "SOURCE_DATE_EPOCH": FIXED_TIME,
    }


@contextmanager
def _work_directory() -> Iterator[Path]:
    """A directory for one report, gone afterwards; those of workers that were killed are swept first."""
    place = settings.VAR_DIR / "work"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left_over in place.glob("report-*"):
        with suppress(FileNotFoundError):
            if time.time() - left_over.stat().st_mtime > 2 * settings.REPORT_SECONDS:
                shutil.rmtree(left_over, ignore_errors=True)
    work = Path(mkdtemp(prefix="report-", dir=place))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
