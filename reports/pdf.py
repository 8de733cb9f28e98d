"""The PDF of a paper: its parts printed and joined in a process that can be killed.

The same source makes the same bytes. A part that was printed before is taken as it is. Whatever goes wrong ends in
`ReportFailed` with a sentence for the person who waits; there is never a file that lacks something and does not say so.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Any

from improvement import confinement
from improvement.stored_files import FileAltered, chunks, open_whole
from reports import kept_parts, making
from reports.making import OnStep, ReportFailed

PROGRAMS = (
    Path(confinement.__file__),
    *(
        Path(__file__).with_name(f"{name}.py")
        for name in ("checking", "fitting", "folios", "merging", "press_process", "rendering")
    ),
)
PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "pikepdf")
# Every page says “Page 3 of 28” and may say “LAC3 continued”; titles bring the rest.
FOLIO_CHARACTERS = (
    "Page of continued…0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,:;()[]/-–’'"
)


@dataclass(frozen=True)
class Pdf:
    """A finished file."""

    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def fingerprint(source: str) -> str:
    """SHA-256 of everything that decides the file's bytes: what it is made from, style and fonts, and the programs."""
    return hashlib.sha256(f"{_surroundings()}{source}".encode()).hexdigest()


@cache
def _surroundings() -> str:
    return making.surroundings(PROGRAMS, PACKAGES)


def render(source: str, on_step: OnStep = lambda words, percent: None) -> Pdf:
    """Make the PDF of a paper from `pages.source_of`. Raises ReportFailed."""
    with making.work_directory() as work:
        task, wanting = _task(json.loads(source), work)
        pages = making.have_made(task, work, on_step)
        for sheet in wanting:
            # An uploaded PDF leaves one of its two sheets unused.
            if (work / f"{sheet}.pdf").exists():
                kept_parts.keep(sheet, (work / f"{sheet}.pdf").read_bytes())
        content = (work / "report.pdf").read_bytes()
    if not content.startswith(b"%PDF-") or not content.rstrip().endswith(b"%%EOF"):
        raise ReportFailed("broken")
    return Pdf(content, pages)


# What the process is to do


def _task(paper: dict[str, Any], work: Path) -> tuple[dict[str, Any], list[str]]:
    """What is to be made, beside what was printed before; and the names of the sheets still to print."""
    sheets: dict[str, dict[str, str]] = {}

    def sheet(key: str, html: str) -> str:
        name = hashlib.sha256(f"{_surroundings()}{making.style()}\n{key}\n{html}".encode()).hexdigest()
        sheets[name] = {"html": html}
        return name

    parts: list[dict[str, Any]] = []
    for part in paper["parts"]:
        # What is named in a piece bears its key, so that pieces do not mix names.
        pieces = [sheet(f"{part['key']}-{at}", html) for at, html in enumerate(part["pieces"])]
        asked = {"key": part["key"], "title": part["title"], "pieces": pieces}
        if "file" in part:
            asked["apart"] = sheet(f"{part['key']}-0", part["apart"])
            asked["upload"] = str(_upload(part, work))
        parts.append(asked)
    task = {
        **{
            name: paper[name]
            for name in ("title", "author", "about", "language", "running", "marking", "titles")
        },
        "parts": parts,
        "folio": sheet("folio", _folio_page(paper)),
        "form": "pdf",
        "output": str(work / "report.pdf"),
        "producer": f"WeasyPrint {metadata.version('weasyprint')}, pikepdf {metadata.version('pikepdf')}",
        "sheets": sheets,
    }
    wanting = []
    for name in sheets:
        if kept := kept_parts.find(name):
            (work / f"{name}.pdf").write_bytes(kept)
        else:
            wanting.append(name)
    return task, wanting


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
