"""A Word document of a paper, made in a process that can be killed.

It is read from the page that the paper's own templates make, so that its words are those of the web page and of the
PDF. The same page makes the same bytes. Whatever goes wrong ends in `ReportFailed`, as with a PDF.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.text import slugify

from reports import making, pdf
from reports.making import OnStep
from reports.paper import Paper, day

WORD_MAKING = Path(__file__).with_name("word_making")
# A class of the style sheet that sets how wide a column is, such as `.rp-c1 { width: 17%; }`.
WIDTH = re.compile(r"^\.(rp-[\w-]+)(?: th)? \{\s*width: ([\d.]+)%;", re.MULTILINE)
PACKAGES = ("tinyhtml5", "weasyprint", "pydyf", "pypdfium2", "pillow")


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
    return making.surroundings((*sorted(WORD_MAKING.glob("*.py")), *pdf.PROGRAMS), PACKAGES)


def render(source: str, on_step: OnStep = lambda words, percent: None) -> Word:
    """Make the document. Raises ReportFailed."""
    with making.work_directory() as work:
        on_step("Writing the Word document", 20)
        output = work / "report.docx"
        task = {"form": "docx", "widths": _widths(), "output": str(output)}
        making.have_made(json.loads(source) | task, work)
        return Word(output.read_bytes())


def _widths() -> dict[str, float]:
    """How wide the columns are of which the style sheet says so, in per cent."""
    return {name: float(width) for name, width in WIDTH.findall(making.STYLES[0].read_text(encoding="utf-8"))}
