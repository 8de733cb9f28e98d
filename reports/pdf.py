"""The PDF of a paper: its parts printed and joined in a process that can be killed.

The same source makes the same bytes. A part that was printed before is taken as it is. Whatever goes wrong ends in
`ReportFailed` with a sentence for the person who waits; there is never a file that lacks something and does not say so.
"""

import hashlib
import json
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import metadata
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import structlog
from django.conf import settings

from improvement import libraries
from improvement.stored_files import FileAltered, chunks, open_whole
from reports import kept_parts, press
from reports.press import Said

log = structlog.get_logger(__name__)

STATIC = settings.BASE_DIR / "static"
PROGRAMS = tuple(
    Path(__file__).with_name(f"{name}.py")
    for name in ("checking", "confinement", "fitting", "folios", "merging", "press_process", "rendering")
)
PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "pikepdf")
STYLES = (STATIC / "css" / "report.css", STATIC / "css" / "report-pdf.css")
FONTS = {
    f"asset:{name}": STATIC / "fonts" / name
    for name in (
        "source-sans-3-latin-400-normal.woff2",
        "source-sans-3-latin-400-italic.woff2",
        "source-sans-3-latin-700-normal.woff2",
    )
}
# Every page says “Page 3 of 28” and may say “LAC3 continued”; titles bring the rest.
FOLIO_CHARACTERS = (
    "Page of continued…0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,:;()[]/-–’'"
)
OnStep = Callable[[str, int], None]

SENTENCES = {
    "memory": "The report needed more memory than it may use ({megabytes} MB), so it was stopped. Nothing was made.",
    "time": "The report took longer than it may ({seconds} seconds), so it was stopped. Nothing was made.",
    "refused": "The report asked for something outside Waymark, which is not allowed. Nothing was made.",
    "incomplete": "Something in the report could not be drawn, and a report that lacks something is not given out.",
    "enclosure": "The enclosed PDF “{title}” is not the one that was brought, or is gone. Take it out or bring it again.",
    "broken": "The report could not be made because of a fault in Waymark. It has been noted.",
    "libraries": "This server lacks what PDFs need. Whoever looks after it must install: {packages}.",
}


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


def fingerprint(source: str) -> str:
    """SHA-256 of everything that decides the file's bytes: what it is made from, style and fonts, and the programs."""
    return hashlib.sha256(f"{_surroundings()}{source}".encode()).hexdigest()


@cache
def _surroundings() -> str:
    digest = hashlib.sha256()
    for path in (*STYLES, *FONTS.values(), *PROGRAMS):
        digest.update(path.read_bytes())
    for package in PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    return digest.hexdigest()


def style() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in STYLES)


def render(source: str, on_step: OnStep = lambda words, percent: None) -> Pdf:
    """Make the PDF of a paper from `pages.source_of`. Raises ReportFailed."""
    if missing := [package for package in missing_libraries() if package != "libharfbuzz-subset0"]:
        raise ReportFailed("libraries", packages=" ".join(missing))
    with _work_directory() as work:
        sheets = _write_task(json.loads(source), work)
        pages = _run(work, on_step)
        for sheet in sheets:
            # An uploaded PDF leaves one of its two sheets unused.
            if (work / f"{sheet}.pdf").exists():
                kept_parts.keep(sheet, (work / f"{sheet}.pdf").read_bytes())
        content = (work / "report.pdf").read_bytes()
    if not content.startswith(b"%PDF-") or not content.rstrip().endswith(b"%%EOF"):
        raise ReportFailed("broken")
    return Pdf(content, pages)


# What the process is to do


def _write_task(paper: dict[str, Any], work: Path) -> list[str]:
    """Write down what is to be made, beside what was printed before; return the names of the sheets still to print."""
    sheets: dict[str, dict[str, str]] = {}

    def sheet(key: str, html: str) -> str:
        name = hashlib.sha256(f"{_surroundings()}{style()}\n{key}\n{html}".encode()).hexdigest()
        sheets[name] = {"html": html}
        return name

    parts = []
    for part in paper["parts"]:
        asked = {"key": part["key"], "title": part["title"], "sheet": sheet(part["key"], part["html"])}
        if "file" in part:
            asked["apart"] = sheet(part["key"], part["apart"])
            asked["upload"] = str(_upload(part, work))
        parts.append(asked)
    task = {
        **{
            name: paper[name]
            for name in ("title", "author", "about", "language", "running", "marking", "titles")
        },
        "parts": parts,
        "folio": sheet("folio", _folio_page(paper)),
        "output": str(work / "report.pdf"),
        "producer": f"WeasyPrint {metadata.version('weasyprint')}, pikepdf {metadata.version('pikepdf')}",
        "megabytes": settings.REPORT_MEMORY_MB,
        "seconds": settings.REPORT_SECONDS,
        "sheets": sheets,
    }
    wanting = []
    for name in sheets:
        if kept := kept_parts.find(name):
            (work / f"{name}.pdf").write_bytes(kept)
        else:
            wanting.append(name)
    (work / "task.json").write_text(json.dumps(task), encoding="utf-8")
    return wanting


def _folio_page(paper: dict[str, Any]) -> str:
    """A page with every character that stands outside the text, from which the fonts for that are taken."""
    used = {*FOLIO_CHARACTERS, *paper["running"], *paper["marking"], *paper["author"]} - {" "}
    # Apart from each other, so that no two are joined into one letter.
    shown = escape(" ".join(sorted(used)))
    return f"<html lang='en-GB'><title>Folio</title><body><p>{shown}</p><p><b>{shown}</b></p></body></html>"


def _upload(part: dict[str, Any], work: Path) -> Path:
    """A copy of a PDF that somebody brought, found to be what was put away. Raises ReportFailed."""
    path = work / f"{part['key']}-uploaded.pdf"
    try:
        with open_whole(part["file"], part["sha256"]) as stored, path.open("wb") as copy:
            copy.writelines(chunks(stored))
    except FileAltered as altered:
        raise ReportFailed("enclosure", title=part["title"]) from altered
    return path


# The process at work


def _run(work: Path, on_step: OnStep) -> int:
    """Watch the process until it is done; return the number of pages."""
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
    if heard.get("ended") != 0 or not heard.get("pages"):
        with suppress(FileNotFoundError):
            errors += (work / "errors").read_text(encoding="utf-8", errors="replace")
        raise _failed(heard, errors[-2000:])
    return heard["pages"]


def _failed(heard: Said, errors: str) -> ReportFailed:
    """The failure in words. A library that is refused memory does not raise: it ends the process."""
    problem = heard.get("problem", "broken")
    killed_by = -heard.get("ended", 0)
    if problem == "broken" and ("memory" in errors.lower() or killed_by in (signal.SIGABRT, signal.SIGTRAP)):
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
        self.part, self.of, self.page = 0, 1, 0

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
