"""What the makers of PDFs and Word documents share: the style, the fonts, the limits and the press that does the work.

Whatever goes wrong ends in `ReportFailed` with a sentence for the person who waits.
"""

import hashlib
import json
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import structlog
from django.conf import settings

from improvement import libraries
from reports import press
from reports.press import Said

log = structlog.get_logger(__name__)

STATIC = settings.BASE_DIR / "static"
STYLES = (STATIC / "css" / "report.css", STATIC / "css" / "report-pdf.css")
FONTS = {
    f"asset:{name}": STATIC / "fonts" / name
    for name in (
        "source-sans-3-latin-400-normal.woff2",
        "source-sans-3-latin-400-italic.woff2",
        "source-sans-3-latin-700-normal.woff2",
    )
}
OnStep = Callable[[str, int], None]

SENTENCES = {
    "memory": "The report needed more memory than it may use ({megabytes} MB), so it was stopped. Nothing was made.",
    "time": "The report took longer than it may ({seconds} seconds), so it was stopped. Nothing was made.",
    "refused": "The report asked for something outside Waymark, which is not allowed. Nothing was made.",
    "incomplete": "Something in the report could not be drawn, and a report that lacks something is not given out.",
    "enclosure": "The enclosed PDF “{title}” is not the one that was brought, or is gone. Take it out or bring it again.",
    "said": "{words}",
    "broken": "The report could not be made because of a fault in Waymark. It has been noted.",
    "libraries": "This server lacks what PDFs need. Whoever looks after it must install: {packages}.",
}


class ReportFailed(Exception):
    """A report could not be made; says why in plain English."""

    def __init__(self, problem: str, **words: object) -> None:
        super().__init__(SENTENCES.get(problem, SENTENCES["broken"]).format(**words))
        self.problem = problem


def missing_libraries() -> list[str]:
    """Debian packages to install before reports can be made."""
    return libraries.missing()


def surroundings(programs: Iterable[Path], packages: Iterable[str]) -> str:
    """SHA-256 of what decides a file's bytes besides its source: style and fonts, programs, versions of packages."""
    digest = hashlib.sha256()
    for path in (*STYLES, *FONTS.values(), *programs):
        digest.update(path.read_bytes())
    for package in packages:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    return digest.hexdigest()


def style() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in STYLES)


# The process at work


def have_made(task: dict[str, Any], work: Path, on_step: OnStep = lambda words, percent: None) -> int:
    """Have a press do the task in its directory; return the number of pages. Raises ReportFailed."""
    limits = {"megabytes": settings.REPORT_MEMORY_MB, "seconds": settings.REPORT_SECONDS}
    (work / "task.json").write_text(json.dumps(task | limits), encoding="utf-8")
    deadline = time.monotonic() + settings.REPORT_SECONDS
    progress = Progress(on_step)
    heard: Said = {}
    errors = ""
    try:
        with press.lent(style(), {url: str(path) for url, path in FONTS.items()}) as one:
            for said in one.make(work / "task.json", deadline):
                progress.hear(said)
                heard |= said
            if "ended" not in heard:
                errors = one.errors
    except TimeoutError as late:
        raise _failed({"problem": "time"}, "") from late
    if heard.get("ended") != 0 or "pages" not in heard:
        with suppress(FileNotFoundError):
            errors += (work / "errors").read_text(encoding="utf-8", errors="replace")
        raise _failed(heard, errors[-2000:])
    return heard["pages"]


def _failed(heard: Said, errors: str) -> ReportFailed:
    """The failure in words.

    A library that is refused memory does not raise: it ends the process, or leaves Python without words for it, which
    is then a SystemError.
    """
    problem = heard.get("problem", "broken")
    killed_by = -heard.get("ended", 0)
    wordless = killed_by in (signal.SIGABRT, signal.SIGTRAP) or "error return without exception" in errors
    if problem == "broken" and ("memory" in errors.lower() or wordless):
        problem = "memory"
    if problem == "broken" and "font != NULL" in errors:
        problem = "incomplete"
    if killed_by in (signal.SIGXCPU, signal.SIGKILL) and problem == "broken":
        problem = "time"
    log.error("report_failed", problem=problem, heard=heard, errors=errors)
    return ReportFailed(problem, megabytes=settings.REPORT_MEMORY_MB, seconds=settings.REPORT_SECONDS)


class Progress:
    """How far the process is, in words and a rough idea of per cent."""

    def __init__(self, on_step: OnStep) -> None:
        self.on_step = on_step
        self.part, self.of = 0, 1

    def hear(self, said: Said) -> None:
        self.part, self.of = said.get("part", self.part), said.get("of", self.of)
        step = said.get("step", "")
        if step == "Joining":
            self.on_step("Joining the parts", 90)
        elif step == "Writing":
            self.on_step("Writing the file", 95)
        elif page := re.search(r"Page (\d+)", step):
            done = min(0.9, 0.1 + 0.04 * int(page[1]))
            self.on_step(f"Laying out page {page[1]} of part {self.part + 1}", self._percent(done))
        elif step.startswith("Step 1"):
            self.on_step(f"Reading part {self.part + 1} of {self.of}", self._percent(0))

    def _percent(self, done: float) -> int:
        return 5 + round(80 * (self.part + done) / self.of)


@contextmanager
def work_directory() -> Iterator[Path]:
    """A directory for one report, gone afterwards; those of workers that were killed are swept first.

    Raises ReportFailed where nothing can be made at all.
    """
    if missing := [package for package in missing_libraries() if package != "libharfbuzz-subset0"]:
        raise ReportFailed("libraries", packages=" ".join(missing))
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
