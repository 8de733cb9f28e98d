"""A Word document of a paper, made in a process that can be killed.

It is read from the page that the paper's own templates make, so that its words are those of the web page and of the
PDF. The same page makes the same bytes. Whatever goes wrong ends in `ReportFailed`, as with a PDF.
"""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from reports import pdf
from reports.paper import Paper, day
from reports.pdf import OnStep, ReportFailed
from reports.press import NO_SYSTEM_FONTS

log = structlog.get_logger(__name__)

MAKING = Path(__file__).with_name("word_making")
PROGRAM = MAKING / "program.py"
STYLE, STYLE_OF_PAPER = pdf.STYLES
# A class of the style sheet that sets how wide a column is, such as `.rp-c1 { width: 17%; }`.
WIDTH = re.compile(r"^\.(rp-[\w-]+)(?: th)? \{\s*width: ([\d.]+)%;", re.MULTILINE)
FONT_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
PACKAGES = ("tinyhtml5", "weasyprint", "pydyf", "pypdfium2", "pillow")
# Beyond the time that the child may take by itself: it has to start.
PATIENCE = 15


@dataclass(frozen=True)
class Word:
    """A finished file. How many pages it has, the program that opens it works out."""

    content: bytes
    pages: int = 0

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def source_of(paper: Paper) -> str:
    """What a document is made from, as JSON: the page as every form shows it, and what the document says of itself."""
    as_of = f"as of {day(paper.on)}"
    source = {
        "html": render_to_string("reports/_report.html", {"paper": paper}),
        "properties": {
            "title": paper.name,
            "running": paper.title,
            "subject": f"{paper.occasion or paper.title}, {as_of}",
            "council": paper.council,
            "keywords": f"{paper.plan_name}; {paper.council}; improvement plan",
            "marking": paper.marking,
            "status": "Draft" if paper.draft else "Final",
            "day": paper.on.isoformat(),
            "colour": _digits(paper.colour),
        },
        "ratings": {
            slugify(rating.slug): [_digits(rating.colour), _digits(rating.text_colour)]
            for rating in paper.ratings
        },
    }
    return json.dumps(source, ensure_ascii=False, sort_keys=True)


def _digits(colour: str) -> str:
    return colour.removeprefix("#").upper()


def fingerprint(source: str) -> str:
    """SHA-256 of everything that decides the file's bytes: what it is made from, the style sheets, the programs."""
    digest = hashlib.sha256(_surroundings().encode())
    digest.update(source.encode())
    return digest.hexdigest()


@cache
def _surroundings() -> str:
    digest = hashlib.sha256()
    for path in (*pdf.STYLES, *pdf.FONTS.values(), *sorted(MAKING.glob("*.py")), *pdf.PROGRAMS):
        digest.update(path.read_bytes())
    for package in PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    return digest.hexdigest()


def render(source: str, on_step: OnStep = lambda words, percent: None) -> Word:
    """Make the document. Raises ReportFailed."""
    if missing := [package for package in pdf.missing_libraries() if package != "libharfbuzz-subset0"]:
        raise ReportFailed("libraries", packages=" ".join(missing))
    on_step("Writing the Word document", 20)
    place = settings.VAR_DIR / "work"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix="report-", dir=place, ignore_cleanup_errors=True) as name:
        work = Path(name)
        output = work / "report.docx"
        task = json.loads(source) | {
            "widths": {
                name: float(width) for name, width in WIDTH.findall(STYLE.read_text(encoding="utf-8"))
            },
            "fonts": {url: str(path) for url, path in pdf.FONTS.items()},
            "font_css": "".join(FONT_FACE.findall(STYLE_OF_PAPER.read_text(encoding="utf-8"))),
            "output": str(output),
            "megabytes": settings.REPORT_MEMORY_MB,
            "seconds": settings.REPORT_SECONDS,
        }
        (work / "fonts.conf").write_text(NO_SYSTEM_FONTS.format(cache=work / "fonts"), encoding="utf-8")
        _run(json.dumps(task), work)
        return Word(output.read_bytes())


def _run(task: str, work: Path) -> None:
    """Have the child do it; it is killed when its time is over."""
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", str(PROGRAM)],
            input=task.encode(),
            capture_output=True,
            check=False,
            env=_environment(work),
            cwd=work,
            start_new_session=True,
            timeout=settings.REPORT_SECONDS + PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise _failure("time", "", b"") from None
    said = [json.loads(line) for line in child.stdout.splitlines()]
    if child.returncode == 0 and {"done": True} in said:
        return
    ended: dict[str, str] = next((line for line in said if "problem" in line), {})
    problem = ended.get("problem", "broken")
    if -child.returncode == signal.SIGXCPU:
        problem = "time"
    elif -child.returncode in (signal.SIGABRT, signal.SIGTRAP) or b"memory" in child.stderr.lower():
        # A library that is refused memory does not raise: it ends the process.
        problem = "memory"
    raise _failure(problem, ended.get("detail", ""), child.stderr)


def _environment(work: Path) -> dict[str, str]:
    """What the child is told of its surroundings: no key, no database, no fonts of the system."""
    passed_on = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    folder = str(work)
    fonts = str(work / "fonts.conf")
    return {**passed_on, "FONTCONFIG_FILE": fonts, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}


def _failure(problem: str, detail: str, errors: bytes) -> ReportFailed:
    said = errors.decode(errors="replace")[-2000:]
    log.error("report_failed", problem=problem, detail=detail, errors=said, form="docx")
    return ReportFailed(problem, megabytes=settings.REPORT_MEMORY_MB, seconds=settings.REPORT_SECONDS)
