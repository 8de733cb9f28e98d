"""The child process that turns one HTML page into one PDF. Started by `reports.pdf`; imports nothing of Waymark.

It reads a JSON task from standard input, says how far it is on standard output (one JSON object a line) and writes the
PDF where it was told. Before anything is parsed it gives up its right to memory, time, network and other programs; the
only things it can fetch are the assets that the task names.
"""

import ctypes
import gc
import io
import json
import logging
import os
import resource
import signal
import sys
import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "ftplib.",
)
NO_MEMORY, REFUSED, INCOMPLETE, BROKEN = "memory", "refused", "incomplete", "broken"
# Characters that show nothing of their own: controls, joiners, direction marks; and variation selectors.
SILENT = {"Cc", "Cf", "Cs"}
SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
# Said where libharfbuzz-subset0 is not installed: fonts are cut by another program then, with nothing left out.
HARMLESS = "Using fontTools instead of HarfBuzz-Subset"
WHITE_SPACE = "\t\n\r"


@dataclass(frozen=True)
class Task:
    html: str
    css: str
    fonts: dict[str, str]
    output: str
    megabytes: int
    seconds: int


class Refused(Exception):
    """The page asked for something outside the assets, or the program for something outside its limits."""


def main() -> None:
    task = Task(**json.load(sys.stdin))
    set_limits(task.megabytes, task.seconds)
    try:
        pages = render(task)
    except MemoryError:
        give_up(NO_MEMORY, "")
    except Refused as refused:
        give_up(REFUSED, str(refused))
    except Incomplete as incomplete:
        give_up(INCOMPLETE, str(incomplete))
    except Exception as error:  # noqa: BLE001 - the parent turns whatever it is into a sentence, and logs it
        give_up(BROKEN, f"{type(error).__name__}: {error}")
    say(pages=pages)


def set_limits(megabytes: int, seconds: int) -> None:
    """Memory and time that the kernel holds it to; it also ends when the worker that started it is killed."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    die_with_parent = 1
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(die_with_parent, signal.SIGKILL)


def say(**what: Any) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201 - this is how it talks to its parent


def give_up(problem: str, detail: str) -> NoReturn:
    say(problem=problem, detail=detail[:2000])
    sys.stdout.flush()
    # Nothing is tidied up: after a failure the process is not to be trusted with more work.
    os._exit(3)


def render(task: Task) -> int:
    """Write the PDF; return its number of pages."""
    with warnings.catch_warnings():
        # There are meant to be no fonts but ours.
        warnings.simplefilter("ignore")
        weasyprint, fonts, urls = import_weasyprint()
    listener = Listener()
    logging.getLogger("weasyprint").setLevel(logging.INFO)
    logging.getLogger("weasyprint").addHandler(listener)
    assets = {url: Path(path).read_bytes() for url, path in task.fonts.items()}
    html = spell_out(task.html, printable(assets))
    fetcher = fetcher_of(urls, assets)
    close_doors(Path(task.output).parent)
    gc.freeze()
    gc.disable()
    try:
        configuration = fonts.FontConfiguration()
        style = weasyprint.CSS(string=task.css, url_fetcher=fetcher, font_config=configuration)
        page = weasyprint.HTML(string=html, url_fetcher=fetcher)
        document = page.render(
            font_config=configuration, stylesheets=[style], pdf_variant="pdf/ua-1", presentational_hints=False
        )
        content = document.write_pdf(pdf_variant="pdf/ua-1", finisher=name_headers)
    except urls.FatalURLFetchingError as error:
        raise Refused(str(error)) from error
    if listener.complaints:
        raise Incomplete("; ".join(listener.complaints[:5]))
    Path(task.output).write_bytes(content)
    return len(document.pages)


def import_weasyprint() -> tuple[Any, Any, Any]:
    import weasyprint  # noqa: PLC0415 - only after the limits are set, and only in this process
    import weasyprint.text.fonts  # noqa: PLC0415
    import weasyprint.urls  # noqa: PLC0415

    return weasyprint, weasyprint.text.fonts, weasyprint.urls


class Incomplete(Exception):
    """WeasyPrint left something out, and said so only in its log."""


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


def fetcher_of(urls: Any, assets: dict[str, bytes]) -> Any:
    class OnlyOurs(urls.URLFetcher):  # type: ignore[misc]
        """Knows the report's own fonts and nothing else: no file, no network, no `data:`."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in assets:
                raise urls.FatalURLFetchingError(f"The page asked for {url[:200]}")
            return urls.URLFetcherResponse(url, io.BytesIO(assets[url]), {"Content-Type": "font/woff2"})

    return OnlyOurs(allow_redirects=False, fail_on_errors=True)


def close_doors(work: Path) -> None:
    """From here on: no network, no other program, no file but Python's own to read and the work directory's."""
    own = os.path.realpath(work) + os.sep
    places = [sys.prefix, sys.base_prefix, sys.exec_prefix, *(part for part in sys.path if part)]
    readable = (own, *(os.path.realpath(place) + os.sep for place in places))
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
    sys.dont_write_bytecode = True

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN):
            raise Refused(f"The page made the program try {event}")
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not path.startswith(own if arguments[2] & writing else readable):
                raise Refused(f"The page made the program open {path}")

    sys.addaudithook(guard)


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


def name_headers(document: Any, pdf: Any) -> None:
    """Say of each header cell what it heads.

    WeasyPrint takes a cell that heads a group of rows for one that heads a column, and gives it to the wrong cells.
    """
    groups = [
        [cell for row in box.children for cell in row.children]
        for page in document.pages
        for box in page._page_box.descendants()
        if type(box).__name__ == "TableRowGroupBox"
    ]
    heads_group = {id(cell): cell.element.get("scope") == "rowgroup" for group in groups for cell in group}
    group_ids = {str(cell.mark["ID"]) for group in groups for cell in group if heads_group[id(cell)]}
    for group in groups:
        own = [cell.mark["ID"] for cell in group if heads_group[id(cell)]]
        for cell in group:
            attributes = cell.mark["A"]
            if cell.element_tag == "th":
                attributes["Scope"] = "/Column" if cell.element.get("scope") == "col" else "/Row"
            elif "Headers" in attributes:
                kept = [header for header in attributes["Headers"] if str(header) not in group_ids]
                attributes["Headers"][:] = [*own, *kept]


if __name__ == "__main__":
    main()
