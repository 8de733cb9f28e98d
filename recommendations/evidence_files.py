"""Files as evidence: which kinds are taken in, what is checked of them, and the name under which they are shown.

What comes in is what a person chose on their computer, perhaps after somebody sent it to them. Nobody scans it for
viruses, and the pages say so; what is checked here is that it is what it says and that nothing in it runs by itself.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import puremagic
from django.conf import settings
from django.core.files.base import File

from improvement import stored_files
from improvement.stored_files import FileRefused, Stored
from recommendations import office_files

FOLDER = "evidence"
LONGEST_NAME = 120
HEAD = 4096

# A second ending before the last one, as in plan.exe.pdf: to somebody whose computer hides the last it is the first.
RUNS = frozenset(
    """app apk bat cmd com cpl dll docm dotm exe gadget hta htm html iso jar js jse lnk mht mhtml msc msi msp pif ppam pptm
    ps1 py reg scr sh svg swf vb vbe vbs wsf xhtml xlam xlsb xlsm xltm xml zip""".split()  # noqa: SIM905 - a list to read
)
WINDOWS_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
# Joins two emoji into one; every other character that shows nothing is taken out of a name.
JOINER = "\u200d"
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
# Text that a browser or a program would take for something to show or to run.
MARKUP = re.compile(rb"\s*(?:<[!?/a-z]|%pdf|pk\x03\x04|mz\x90|\{\\rtf|#!)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken in: its endings, its name in words, how it is served, what is checked."""

    endings: tuple[str, ...]
    words: str
    content_type: str
    check: Callable[[File[Any]], None]


@dataclass(frozen=True)
class Checked:
    """A file that may be taken in, the kind it is of, and the name under which it is shown."""

    content: File[Any]
    kind: Kind
    name: str


def check(content: File[Any]) -> Checked:
    """Look at an uploaded file. Raises FileRefused with a plain sentence for what is not taken in."""
    name = shown_name(content.name or "")
    try:
        kind = _kind(name)
        _check_size(content)
        kind.check(content)
    except FileRefused as refused:
        raise FileRefused(f"“{name}” was not taken in. {refused}") from refused
    content.seek(0)
    return Checked(content, kind, name)


def keep(checked: Checked) -> Stored:
    return stored_files.store(checked.content, FOLDER)


def content_type(name: str) -> str:
    """How a stored file is served: by the list of kinds, whatever the browser that sent it said."""
    ending = _ending(name)
    return next((kind.content_type for kind in KINDS if ending in kind.endings), "application/octet-stream")


def shown_name(given: str) -> str:
    """A name that is safe to show and to save under: no folder, nothing invisible, not too long, its ending kept."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1])
    name = "".join(each for each in name if each == JOINER or unicodedata.category(each)[0] != "C")
    name = " ".join(name.split())
    name = re.sub(r'[<>:"|?*]', "-", name).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = stem.strip(". ") or "file"
    if WINDOWS_DEVICES.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    ending = f"{dot}{ending}"[:20]
    return stem[: LONGEST_NAME - len(ending)].rstrip(f". {JOINER}") + ending


def endings() -> list[str]:
    """Every ending that is taken in, for the file chooser of a browser."""
    return [f".{ending}" for kind in KINDS for ending in kind.endings]


def in_words() -> str:
    """The kinds and the size that are taken in, for people."""
    words = [kind.words for kind in KINDS]
    return f"{', '.join(words[:-1])} or {words[-1]}, up to {settings.EVIDENCE_LARGEST // 1024 // 1024} MB"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _kind(name: str) -> Kind:
    ending = _ending(name)
    kind = next((kind for kind in KINDS if ending in kind.endings), None)
    if kind is None:
        raise FileRefused(f"Files of this kind are not kept. Choose one of these: {in_words()}.")
    if RUNS & set(name.lower().split(".")[1:-1]):
        raise FileRefused(
            "Its name ends like a program before it ends like a document. Give it a name with one ending."
        )
    return kind


def _check_size(content: File[Any]) -> None:
    """Counted, not believed."""
    size = 0
    for chunk in stored_files.chunks(content):
        size += len(chunk)
        if size > settings.EVIDENCE_LARGEST:
            megabytes = settings.EVIDENCE_LARGEST // 1024 // 1024
            raise FileRefused(
                f"It is larger than {megabytes} MB. Make it smaller, or give a link to it instead."
            )
    if not size:
        raise FileRefused("It is empty. Check that it opens on your computer, then choose it again.")


def _check_signature(content: File[Any], *, kind: str, words: str) -> None:
    content.seek(0)
    head = content.read(HEAD)
    try:
        known = {answer.extension for answer in puremagic.magic_string(head)}
    except puremagic.PureError:
        known = set()
    if f".{kind}" not in known:
        raise FileRefused(
            f"Its name says {words}, its content does not. Open it and save it again as {words}."
        )


def _check_pdf(content: File[Any]) -> None:
    _check_signature(content, kind="pdf", words="PDF")
    size = content.seek(0, 2)
    content.seek(max(0, size - 1024))
    if b"%%EOF" not in content.read():
        raise FileRefused("It breaks off before its end. Save it again and choose the new file.")


def _check_office(content: File[Any], *, main_type: str, words: str) -> None:
    content.seek(0)
    if content.read(8) == bytes.fromhex("d0cf11e0a1b11ae1"):
        raise FileRefused(
            "It is protected by a password or in an old format. Save it without a password, or as PDF."
        )
    _check_signature(content, kind="docx", words=words)  # all of Office's begin alike
    office_files.check(content, main_type)


def _check_text(content: File[Any]) -> None:
    content.seek(0)
    if MARKUP.match(content.read(HEAD).removeprefix(codecs.BOM_UTF8)):
        raise FileRefused("Its name says text, its content is something else. Save it as PDF.")
    readings = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "cp1252")}
    for chunk in chain(stored_files.chunks(content), [b""]):
        if CONTROL.search(chunk):
            raise FileRefused("It is not plain text. Save it again as text or as “CSV UTF-8”.")
        for name in list(readings):
            try:
                readings[name].decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                del readings[name]
    if not readings:
        raise FileRefused("Its letters cannot be read. Save it again as text or as “CSV UTF-8”.")


KINDS = (
    Kind(("pdf",), "PDF", "application/pdf", _check_pdf),
    Kind(
        ("docx",),
        "Word (.docx)",
        office_files.WORD,
        partial(_check_office, main_type=office_files.WORD, words="Word"),
    ),
    Kind(
        ("xlsx",),
        "Excel (.xlsx)",
        office_files.EXCEL,
        partial(_check_office, main_type=office_files.EXCEL, words="Excel"),
    ),
    Kind(
        ("pptx",),
        "PowerPoint (.pptx)",
        office_files.POWERPOINT,
        partial(_check_office, main_type=office_files.POWERPOINT, words="PowerPoint"),
    ),
    Kind(("csv",), "CSV", "text/csv", _check_text),
    Kind(("txt",), "plain text", "text/plain", _check_text),
    Kind(("png",), "PNG", "image/png", partial(_check_signature, kind="png", words="PNG")),
    Kind(("jpg", "jpeg"), "JPEG", "image/jpeg", partial(_check_signature, kind="jpg", words="JPEG")),
)
