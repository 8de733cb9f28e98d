"""The task of turning one HTML page into one Word document, done in a fork of the press."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import tinyhtml5
from PIL import PngImagePlugin  # noqa: F401 - what pictures are written with, loaded before the doors are closed

from reports.rendering import Workshop, spell_out
from reports.word_making import pictures
from reports.word_making.body import Body, Known
from reports.word_making.package import Document, Properties, packed
from reports.word_making.xml import clean


@dataclass(frozen=True)
class Task:
    """A document that is to be made: its page, what it says of itself, and what the page does not tell."""

    html: str
    properties: dict[str, str]
    ratings: dict[str, tuple[str, str]]
    widths: dict[str, float]
    output: str
    megabytes: int
    seconds: int


def make(workshop: Workshop, task: Task) -> int:
    """Write the document. How many pages it has, the program that opens it works out, so this says none."""
    root = tinyhtml5.parse(clean(task.html), namespace_html_elements=False)
    found, content = pictures.pictures_of(root, partial(drawn, workshop))
    body = Body(Known(task.ratings, task.widths, found))
    written = body.write(root.find("body"))
    document = Document(Properties(**task.properties), written, body.starts, content)
    Path(task.output).write_bytes(packed(document))
    return 0


def drawn(workshop: Workshop, drawings: list[pictures.Drawing]) -> list[bytes]:
    """The drawings as pictures. Raises Incomplete where one of them would lack something."""
    html, style = pictures.page_of(drawings)
    sheet = workshop.weasyprint.CSS(string=style, url_fetcher=workshop.fetcher, font_config=workshop.fonts)
    page = workshop.weasyprint.HTML(string=spell_out(html, workshop.known), url_fetcher=workshop.fetcher)
    made = page.write_pdf(font_config=workshop.fonts, stylesheets=[sheet])
    workshop.check()
    return pictures.rasterised(made)
