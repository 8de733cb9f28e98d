"""One part of a paper, from HTML to a tagged PDF. Runs in the child process; imports nothing of Django.

What never changes, the fonts and the style sheet, is read once when the process starts. What somebody wrote is read in
a fork of it, after that has given up its right to memory, time, network and other programs.
"""

import io
import json
import logging
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pydyf

from improvement.confinement import INCOMPLETE, Refused, say

# Characters that show nothing of their own: controls, joiners, direction marks; and variation selectors.
SILENT = {"Cc", "Cf", "Cs"}
SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
# Said where libharfbuzz-subset0 is not installed: fonts are cut by another program then, with nothing left out.
HARMLESS = "Using fontTools instead of HarfBuzz-Subset"
WHITE_SPACE = "\t\n\r"
UA = "pdf/ua-1"


class Incomplete(Exception):
    """Something would be left out of the file."""


class Listener(logging.Handler):
    """Passes progress on and keeps every complaint: a report that lacks something must not look finished."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING and not record.getMessage().startswith(HARMLESS):
            self.complaints.append(record.getMessage())
            # Said at once as well: without a font, for one, the libraries crash before the end.
            say(problem=INCOMPLETE, detail=record.getMessage()[:500])
        elif record.name == "weasyprint.progress":
            say(step=record.getMessage())


@dataclass
class Workshop:
    """WeasyPrint with the fonts and the style sheet of the reports."""

    weasyprint: Any
    fetcher: Any
    refusal: type[BaseException]
    fonts: Any
    style: Any
    known: set[int]
    listener: Listener = field(default_factory=Listener)

    def render(self, html: str, key: str) -> bytes:
        """The PDF of a part. What is named inside it bears its key, so that parts do not mix names."""
        try:
            page = self.weasyprint.HTML(string=spell_out(html, self.known), url_fetcher=self.fetcher)
            document = page.render(
                font_config=self.fonts, stylesheets=[self.style], pdf_variant=UA, presentational_hints=False
            )
            content: bytes = document.write_pdf(
                # Compressed once, when the parts are joined.
                pdf_variant=UA,
                uncompressed_pdf=True,
                finisher=lambda made, pdf: finish(made, pdf, key),
            )
        except self.refusal as error:
            raise Refused(str(error)) from error
        self.check()
        return content

    def check(self) -> None:
        if self.listener.complaints:
            raise Incomplete("; ".join(self.listener.complaints[:5]))


def open_workshop(css: str, fonts: dict[str, str]) -> Workshop:
    """Load the libraries, then the fonts and the style sheet. Raises Incomplete where one of them is broken."""
    with warnings.catch_warnings():
        # There are meant to be no fonts but ours.
        warnings.simplefilter("ignore")
        import weasyprint  # noqa: PLC0415 - only in this process, and only in surroundings without fonts
        import weasyprint.text.fonts  # noqa: PLC0415
        import weasyprint.urls  # noqa: PLC0415
    listener = Listener()
    logging.getLogger("weasyprint").setLevel(logging.INFO)
    logging.getLogger("weasyprint").addHandler(listener)
    assets = {url: Path(path).read_bytes() for url, path in fonts.items()}
    known = printable(assets)
    fetcher = fetcher_of(weasyprint.urls, assets)
    configuration = weasyprint.text.fonts.FontConfiguration()
    style = weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=configuration)
    refusal = weasyprint.urls.FatalURLFetchingError
    workshop = Workshop(weasyprint, fetcher, refusal, configuration, style, known, listener)
    workshop.check()
    return workshop


def fetcher_of(urls: Any, assets: dict[str, bytes]) -> Any:
    class OnlyOurs(urls.URLFetcher):  # type: ignore[misc]
        """Knows the report's own fonts and nothing else: no file, no network, no `data:`."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in assets:
                raise urls.FatalURLFetchingError(f"The page asked for {url[:200]}")
            return urls.URLFetcherResponse(url, io.BytesIO(assets[url]), {"Content-Type": "font/woff2"})

    return OnlyOurs(allow_redirects=False, fail_on_errors=True)


def printable(assets: dict[str, bytes]) -> set[int]:
    """The characters that every one of the fonts can show."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - as above

    try:
        known = [set(TTFont(io.BytesIO(content)).getBestCmap()) for content in assets.values()]
    except TTLibError as error:
        raise Incomplete(f"A font cannot be read: {error}") from error
    return set.intersection(*known) if known else set()


def spell_out(html: str, known: set[int]) -> str:
    """Characters that the font lacks by their name, so that nothing a person wrote is lost from the paper."""
    html = unicodedata.normalize("NFC", html)
    missing = {ord(character) for character in set(html)} - known - {ord(space) for space in WHITE_SPACE}
    return html.translate({codepoint: in_words(chr(codepoint)) for codepoint in missing})


def in_words(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    if plain.isascii() and plain.isprintable() and not set(plain) & set("<>&\"'"):
        return plain
    if unicodedata.category(character) in SILENT or ord(character) in SELECTORS:
        return ""
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


# What WeasyPrint leaves to be done


def finish(document: Any, pdf: pydyf.PDF, key: str) -> None:
    """Put the headers of tables right, and note what the joining of the parts needs to know."""
    notes, cells = [], []
    for page in document.pages:
        groups = list(row_groups(page._page_box))
        cells += [[cell for row in group.children for cell in row.children] for group in groups]
        box = page._page_box
        notes.append({"continues": continues(groups), "left": box.margin_left, "right": box.margin_right})
    name_headers(cells)
    name_cells(cells, pdf, key)
    pdf.info["PageNotes"] = pydyf.String(json.dumps(notes))


def row_groups(box: Any) -> Iterator[Any]:
    """Heads and bodies of the tables on a page, in order."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "TableRowGroupBox":
            yield child
        else:
            yield from row_groups(child)


def continues(groups: list[Any]) -> str:
    """What runs on from the page before: what the first row belongs to, unless that row is the one which begins it."""
    for group in groups:
        if not group.is_header and group.children:
            begins = "rp-band" in group.children[0].element.get("class", "").split()
            return "" if begins else group.element.get("data-continues", "")
    return ""


def name_headers(groups: list[list[Any]]) -> None:
    """Say of each header cell what it heads.

    WeasyPrint takes a cell that heads a group of rows for one that heads a column, and gives it to the wrong cells.
    """
    heads_group = {id(cell): cell.element.get("scope") == "rowgroup" for group in groups for cell in group}
    group_ids = {id(cell.mark["ID"]) for group in groups for cell in group if heads_group[id(cell)]}
    for group in groups:
        own = [cell.mark["ID"] for cell in group if heads_group[id(cell)]]
        for cell in group:
            attributes = cell.mark["A"]
            if cell.element_tag == "th":
                attributes["Scope"] = "/Column" if cell.element.get("scope") == "col" else "/Row"
            elif "Headers" in attributes:
                kept = [header for header in attributes["Headers"] if id(header) not in group_ids]
                attributes["Headers"][:] = [*own, *kept]


def name_cells(groups: list[list[Any]], pdf: pydyf.PDF, key: str) -> None:
    """Names of header cells that no other part has, and where to find the cell of a name."""
    names = pydyf.Array()
    for cell in (cell for group in groups for cell in group if "ID" in cell.mark):
        # One string stands in the header cell and in all that it heads.
        cell.mark["ID"].string = f"{key}-{cell.mark['ID'].string}"
        names.extend([cell.mark["ID"], cell.mark.reference])
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    root["IDTree"] = pydyf.Dictionary({"Names": names})
