"""Any file that may hold a plan, as rows: looked at from outside first, then read in a process that can be killed."""

from pathlib import Path
from typing import Any

from django.core.files.base import File

from improvement import confined
from improvement.confined import NO_TIME
from improvement.confinement import NO_MEMORY
from improvement.stored_files import FileRefused, chunks
from recommendations import office_files
from recommendations.evidence_files import MARKUP, RUNS
from recommendations.intake.forms import turned
from recommendations.intake.rows import Kind, Source
from recommendations.intake.written_rows import source_from

PROGRAM = Path(__file__).with_name("reading_process.py")
LARGEST_MEGABYTES = 20
SECONDS, MEGABYTES = 10, 300
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP, PDF = b"PK\x03\x04", b"%PDF-"

KINDS = {
    "docx": Kind.WORD,
    "xlsx": Kind.EXCEL,
    "csv": Kind.CSV,
    "tsv": Kind.CSV,
    "txt": Kind.CSV,
    "json": Kind.JSON,
}
MAIN_TYPES = {Kind.WORD: office_files.WORD, Kind.EXCEL: office_files.EXCEL}
AS_WORD = "Open it in Word, save it as “Word Document (.docx)” and choose that."
AS_EXCEL = "Open it in Excel, save it as “Excel Workbook (.xlsx)” and choose that."
OTHERS = {
    "doc": f"It is in the format of Word before 2007. {AS_WORD}",
    "docm": f"It may hold macros, which are programs. {AS_WORD}",
    "dotx": f"It is a template. {AS_WORD}",
    "odt": f"It is an OpenDocument text. {AS_WORD}",
    "rtf": f"It is Rich Text, which has no tables that can be relied on. {AS_WORD}",
    "xls": f"It is in the format of Excel before 2007. {AS_EXCEL}",
    "xlsm": f"It may hold macros, which are programs. {AS_EXCEL}",
    "xlsb": f"It is a binary workbook. {AS_EXCEL}",
    "xltx": f"It is a template. {AS_EXCEL}",
    "ods": f"It is an OpenDocument spreadsheet. {AS_EXCEL}",
    "numbers": "It is a Numbers spreadsheet. Export it as an Excel workbook (.xlsx) and choose that.",
    "pages": "It is a Pages document. Export it as a Word document (.docx) and choose that.",
    "pdf": (
        "It is a PDF, which does not say where its cells are. Choose the Word or Excel file that it was made from; or "
        "open the PDF in Word, look it through and save it as “Word Document (.docx)”."
    ),
}
ANY_OTHER = (
    "Plans are read from Word (.docx), Excel (.xlsx) and CSV. Save it as one of these and choose that."
)
TWO_ENDINGS = "Its name ends like a program before it ends like a document. Give it a name with one ending."
EMPTY = "It is empty. Check that it opens on your computer, then choose it again."
TOO_LARGE = (
    f"It is larger than {LARGEST_MEGABYTES} MB. Take pictures and what is not part of the plan out of it, or save it "
    "as CSV."
)
LOCKED_OR_OLD = (
    "It is protected by a password, or in a format of before 2007. Take the password off, save it as .docx or .xlsx "
    "and choose that."
)
ANOTHER_KIND = "Its content is of another kind than its name says. Open it, save it as Word, Excel or CSV and choose that."
BROKEN = "It cannot be read: it is damaged, or put together in an unusual way. Open it on your computer, save it again and choose the new file."
TOO_SLOW = f"It takes longer than {SECONDS} seconds to read. Take out of it what is not part of the plan, or bring it in as several files."
TOO_BIG = f"Reading it takes more than {MEGABYTES} MB of memory. Take out of it what is not part of the plan, or bring it in as several files."
NO_TABLE = (
    "There is no table in it that holds any words. Choose the file that has the plan in rows and columns."
)
PROBLEMS = {NO_TIME: TOO_SLOW, NO_MEMORY: TOO_BIG}


def read(content: File[Any], name: str) -> Source:
    """The rows of a file. Raises FileRefused with what is wrong and what to do."""
    kind = _kind(name)
    _check_size(content)
    _check_content(content, kind)
    answer = confined.ask(PROGRAM, content, megabytes=MEGABYTES, seconds=SECONDS, kind=kind.value)
    content.seek(0)
    if answer.problem:
        raise FileRefused(PROBLEMS.get(answer.problem, BROKEN))
    if "refused" in answer.said:
        raise FileRefused(answer.said["refused"])
    source = turned(source_from(answer.said["source"]))
    if not any(cell.text for table in source.tables for row in table.rows for cell in row.cells):
        raise FileRefused(NO_TABLE)
    return source


def _kind(name: str) -> Kind:
    *before, ending = name.lower().split(".") if "." in name else ["", ""]
    if ending not in KINDS:
        raise FileRefused(OTHERS.get(ending, ANY_OTHER))
    if RUNS & set(before[1:]):
        raise FileRefused(TWO_ENDINGS)
    return KINDS[ending]


def _check_size(content: File[Any]) -> None:
    """Counted, not believed."""
    size = 0
    for chunk in chunks(content):
        size += len(chunk)
        if size > LARGEST_MEGABYTES * 1024 * 1024:
            raise FileRefused(TOO_LARGE)
    if not size:
        raise FileRefused(EMPTY)


def _check_content(content: File[Any], kind: Kind) -> None:
    content.seek(0)
    head = content.read(1024)
    if head.startswith(OLD_OFFICE):
        raise FileRefused(LOCKED_OR_OLD)
    if PDF in head:
        raise FileRefused(OTHERS["pdf"])
    if kind not in MAIN_TYPES:
        if MARKUP.match(head):
            raise FileRefused(ANOTHER_KIND)
        return
    if not head.startswith(ZIP):
        raise FileRefused(ANOTHER_KIND)
    office_files.check(content, MAIN_TYPES[kind])
