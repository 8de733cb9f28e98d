"""Word, Excel and PowerPoint files looked at from outside: what their table of contents says, before anything is opened.

Such a file is a zip. A hostile one may unpack to more than any disk holds, carry programs, or say one thing in its table
of contents and another beside each part. Nothing here unpacks a part except the short list of content types.
"""

import re
import struct
import zlib
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from django.core.files.base import File

from improvement.stored_files import FileRefused

MOST_PARTS = 2_000
LARGEST_UNPACKED = 200 * 1024 * 1024
# A row of the table of contents is 46 bytes and a name; Office's names are short.
LARGEST_CONTENTS = MOST_PARTS * 300
LARGEST_TYPES = 1024 * 1024
# Deflate never does better: a part that claims more is lying (zlib's technical details).
BEST_RATIO = 1032

END, END_SIZE, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
LOCAL, LOCAL_SIZE = b"PK\x03\x04", 30
ENCRYPTED, SIZES_FOLLOW = 0x1, 0x8
CONTENT_TYPES = "[Content_Types].xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

# What may lie in such a file: its own parts, pictures, fonts, and files of the same kinds that charts are drawn from.
PARTS = re.compile(
    r".*(?:\.(?:xml|rels|vml|png|jpe?g|jfif|gif|bmp|tiff?|emf|wmf|emz|wmz|wdp|svg|webp|odttf|fntdata|psmdcp|sigs|docx|xlsx|pptx)"
    r"|/printerSettings[0-9]*\.bin|/)",
    re.IGNORECASE | re.DOTALL,
)
MACROS = re.compile(r"vbaProject|vbaData|/macrosheets/", re.IGNORECASE)
OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^<>]*>")
PART_NAME = re.compile(rb"""\bPartName=["']/([^"']+)["']""")

# What zipfile says of a zip that it cannot read, each in its own way.
UNREADABLE = (
    BadZipFile,
    LargeZipFile,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
    struct.error,
    zlib.error,
)

BROKEN = "It is damaged, or put together in a way that Office does not use. Open it, save it again and choose the new file, or save it as PDF."
TOO_MUCH = "Unpacked it would be larger than is safe to open. Save it as PDF, or give a link to it instead."
LOCKED = "It is protected by a password. Take the password off and choose it again."
OTHER_FILE = "It holds a file of another kind inside. Take that out, or save it as PDF."
WITH_MACROS = "It holds macros, which are programs. Save it without macros, or as PDF."


@dataclass(frozen=True)
class End:
    """The last words of a zip: how many parts it has, and where its table of contents lies."""

    parts: int
    size: int
    start: int


def check(content: File[Any], main_type: str) -> None:
    """Refuse what is not a whole Office file of this type. Raises FileRefused with what is wrong and what to do."""
    end = _end(content)
    if end.parts > MOST_PARTS or end.size > LARGEST_CONTENTS:
        raise FileRefused(TOO_MUCH)
    content.seek(0)
    try:
        with ZipFile(content) as package:
            parts = package.infolist()
            _check_contents(parts, end)
            _check_places(parts, content, end)
            _check_types(package, main_type)
    except UNREADABLE as error:
        raise FileRefused(BROKEN) from error


def _end(content: File[Any]) -> End:
    """Read as zipfile reads it, but before it reads on: that alone would take a hostile list whole into memory."""
    size = content.seek(0, 2)
    content.seek(max(0, size - END_SIZE - LONGEST_COMMENT))
    tail = content.read()
    place = tail.rfind(END)
    if place < 0 or len(tail) - place < END_SIZE:
        raise FileRefused(BROKEN)
    disk, first_disk, here, parts, length, start, comment = struct.unpack(
        "<HHHHLLH", tail[place + 4 : place + END_SIZE]
    )
    ends_at = size - len(tail) + place
    whole = len(tail) - place == END_SIZE + comment and start + length == ends_at
    if disk or first_disk or here != parts or not whole:
        raise FileRefused(BROKEN)
    return End(parts, length, start)


def _check_contents(parts: list[ZipInfo], end: End) -> None:
    """What the table of contents says of each part."""
    names = [part.filename for part in parts]
    if len(parts) != end.parts or len({name.lower() for name in names}) != len(names):
        raise FileRefused(BROKEN)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise FileRefused(TOO_MUCH)
    for part in parts:
        if part.flag_bits & ENCRYPTED:
            raise FileRefused(LOCKED)
        if MACROS.search(part.filename):
            raise FileRefused(WITH_MACROS)
        if not PARTS.fullmatch(part.filename):
            raise FileRefused(OTHER_FILE)
        if ".." in part.filename.split("/") or part.filename.startswith("/") or _lies(part):
            raise FileRefused(BROKEN)


def _lies(part: ZipInfo) -> bool:
    """Whether its two sizes cannot both be true."""
    if part.compress_type == ZIP_STORED:
        return part.file_size != part.compress_size
    return part.compress_type != ZIP_DEFLATED or part.file_size > part.compress_size * BEST_RATIO


def _check_places(parts: list[ZipInfo], content: File[Any], end: End) -> None:
    """Each part lies by itself, and says beside its bytes what the table of contents says of it."""
    free = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        content.seek(part.header_offset)
        head = content.read(LOCAL_SIZE)
        mark, flags, packed, unpacked, name, extra = struct.unpack("<4s2xH2x8xLLHH", head)
        sizes = (packed, unpacked) == (part.compress_size, part.file_size)
        same_name = content.read(name) == part.orig_filename.encode("utf-8" if flags & 0x800 else "cp437")
        if part.header_offset < free or mark != LOCAL or not same_name or not (sizes or flags & SIZES_FOLLOW):
            raise FileRefused(BROKEN)
        free = part.header_offset + LOCAL_SIZE + name + extra + part.compress_size
    if free > end.start:
        raise FileRefused(BROKEN)


def _check_types(package: ZipFile, main_type: str) -> None:
    """The main part is there, is of this type, and none is one that runs."""
    names = set(package.namelist())
    if CONTENT_TYPES not in names:
        raise FileRefused(BROKEN)
    with package.open(CONTENT_TYPES) as part:
        types = part.read(LARGEST_TYPES + 1)
    if len(types) > LARGEST_TYPES:
        raise FileRefused(TOO_MUCH)
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise FileRefused(WITH_MACROS)
    mains = (
        PART_NAME.search(tag) for tag in OVERRIDE.findall(types) if f"{main_type}.main+xml".encode() in tag
    )
    if not any(found and found[1].decode("utf-8", "replace") in names for found in mains):
        raise FileRefused(
            "Its content is of another kind than its name says. Open it and save it again as what it is."
        )
