"""A CSV as rows, in whichever letters and with whichever sign between its cells it was saved."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from improvement.cells import from_text
from recommendations.intake.gathering import EMPTY, TOO_WIDE, WIDEST, Gathered, Unreadable, clean
from recommendations.intake.read_json import are_ours
from recommendations.intake.rows import Cell, Kind, Row, Source, Table

NAME = "The file"
DELIMITERS = ",;\t|"
SAMPLE = 200_000
# A cell may be as long as its file, which is held to a limit of its own.
ANY_LENGTH = 2**31 - 1
# Excel's own note of what stands between cells.
SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
NEARLY_ALL = 0.7
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# Set behind the file: where it does not come back as a row of its own, a quotation mark before it is open.
END = "\x1a"
UNICODE_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

SAVE_AGAIN = "Open it in your spreadsheet, save it as “CSV UTF-8” and choose the new file."


def read(path: Path) -> Source:
    """Raises Unreadable with what is wrong and what to do."""
    csv.field_size_limit(ANY_LENGTH)
    gathered = Gathered()
    text = _text(path.read_bytes(), gathered)
    named = SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    delimiter = named[1] if named else _delimiter(text[:SAMPLE])
    _tell_stray_marks(text, delimiter, gathered)
    found = list(_rows(text, delimiter, 2 if named else 1, gathered))
    width = max((len(cells) for _, cells in found), default=0)
    if width > WIDEST:
        raise Unreadable(TOO_WIDE)
    gathered.count(0, width * len(found))
    if found and are_ours(found[0][1]):
        # An apostrophe before what looks like a formula was put there by us.
        found = [(line, [from_text(cell) for cell in cells]) for line, cells in found]
    rows = tuple(
        Row(line, (*(Cell(cell) if cell else EMPTY for cell in cells), *[EMPTY] * (width - len(cells))))
        for line, cells in found
    )
    return Source(Kind.CSV, (Table(NAME, rows),) if rows else (), notices=gathered.notices())


def _text(content: bytes, gathered: Gathered) -> str:
    encoding = _encoding(content)
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise Unreadable(f"Its letters cannot be read. {SAVE_AGAIN}") from error
    if CONTROL.search(text):
        raise Unreadable(f"It is not plain text, whatever its name says. {SAVE_AGAIN}")
    if encoding == "cp1252" and not content.isascii():
        gathered.tell("Letters read as Windows writes them (not Unicode): look at £, dashes and accents")
    return text


def _encoding(content: bytes) -> str:
    if content[:2] in UNICODE_16:
        return UNICODE_16[content[:2]]
    # In two bytes a letter, and nothing that says so: every other byte of English is empty.
    head = content[:4096]
    if head[1::2].count(0) * 3 > len(head) / 2:
        return "utf-16-le"
    if head[::2].count(0) * 3 > len(head) / 2:
        return "utf-16-be"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "utf-8" if content.startswith(codecs.BOM_UTF8) else "cp1252"
    return "utf-8"


def _delimiter(sample: str) -> str:
    """The sign that makes most rows equally wide; among equals the more usual one."""
    return max(DELIMITERS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, sign: str) -> float:
    widths = Counter(len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign) if row)
    if not widths:
        return 0
    return max((count / widths.total()) ** 2 * (width - 1) for width, count in widths.items())


def _tell_stray_marks(text: str, delimiter: str, gathered: Gathered) -> None:
    reader = csv.reader(io.StringIO(text + "\n", newline=""), delimiter=delimiter, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error as error:
        if "expected after" in str(error):
            gathered.tell(
                "A quotation mark in the middle of a cell: look whether its words are whole",
                f"line {reader.line_num}",
            )


def _rows(text: str, delimiter: str, first: int, gathered: Gathered) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row that holds something, by the line that it begins on, without the empty cells behind its last words."""
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    reader = csv.reader(io.StringIO(ended + END, newline=""), delimiter=delimiter)
    widths: dict[int, int] = {}
    line = 1
    for cells in reader:
        place = f"Line {line + first - 1}"
        if cells == [END]:
            _tell_longer(widths, gathered)
            return
        if cells and cells[-1].endswith(END):
            raise Unreadable(
                f"{place} opens a quotation mark that nothing closes, so all that follows would be one cell. "
                "Mend it there, save the file and choose it again."
            )
        found = [clean(cell) for cell in cells]
        while found and not found[-1]:
            found.pop()
        gathered.count(sum(map(bool, found)), 0)
        for column, cell in enumerate(found, start=1):
            gathered.weigh(cell, f"{place}, column {column}")
        if found:
            widths[line + first - 1] = len(cells)
            yield line + first - 1, found
        line = reader.line_num + 1


def _tell_longer(widths: Mapping[int, int], gathered: Gathered) -> None:
    """Lines of more cells than nearly all others have: a comma without quotation marks moves the rest by a column."""
    (usual, lines), *_ = Counter(widths.values()).most_common(1) or [(0, 0)]
    if lines < NEARLY_ALL * len(widths):
        return
    for line, width in widths.items():
        if width > usual:
            gathered.tell(
                "A row with more cells than the others: look whether a comma in its words cut a cell in two",
                f"line {line}",
            )
