"""The forms in which a paper is published. A form more is a line more in `FORMATS`."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

from reports import data, making, pages, pdf, word
from reports.making import OnStep
from reports.models import Format
from reports.paper import Paper
from reports.taking_out import excel


@dataclass(frozen=True)
class Made:
    """A document in one form. `pages` counts those of a PDF."""

    content: bytes
    pages: int = 0


Making = Callable[[Paper, OnStep], Made]


def as_html(paper: Paper, on_step: OnStep) -> Made:
    """A page that stands alone: its style and its typeface are in it, and it asks nobody for anything."""
    page = render_to_string("reports/report_pdf.html", {"paper": paper, "style": standing_style()})
    return Made(page.encode())


def as_pdf(paper: Paper, on_step: OnStep) -> Made:
    """Raises ReportFailed."""
    made = pdf.render(pages.source_of(paper), on_step)
    return Made(made.content, made.pages)


def as_word(paper: Paper, on_step: OnStep) -> Made:
    """Raises ReportFailed."""
    return Made(word.render(word.source_of(paper), on_step).content)


def as_data(paper: Paper, on_step: OnStep) -> Made:
    return Made(data.of(paper))


FORMATS: dict[Format, Making] = {
    Format.HTML: as_html,
    Format.PDF: as_pdf,
    Format.WORD: as_word,
    Format.DATA: as_data,
}
CONTENT_TYPES = {
    Format.HTML.value: "text/html; charset=utf-8",
    Format.PDF.value: "application/pdf",
    Format.WORD.value: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.DATA.value: "application/json",
    Format.EXCEL.value: excel.CONTENT_TYPE,
}


def standing_style() -> str:
    """The style sheets of the page and of its print, with the typeface inside."""
    style = f"{making.style()}\n@media screen {{\n{SCREEN.read_text(encoding='utf-8')}\n{MARGINS}}}"
    for url, path in making.FONTS.items():
        style = style.replace(url, f"data:font/woff2;base64,{base64.b64encode(path.read_bytes()).decode()}")
    return style


SCREEN = making.STATIC / "css" / "report-screen.css"
# What the site around it gives a page, a page that stands alone has to give itself.
MARGINS = "html { font-size: 16px } body { max-width: 72rem; margin: 0 auto; padding: 24px 20px }"
