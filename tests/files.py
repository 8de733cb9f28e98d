"""Files as somebody might send them: whole ones of each kind, and zips that lie."""

import io
import struct
import zlib
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8\x00\x00\x00"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)

MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def content_types(kind: str, *, part: str = "") -> str:
    name, ending = MAIN[kind]
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part or name}" ContentType="application/vnd.openxmlformats-officedocument.{ending}"/>'
        "</Types>"
    )


def office(kind: str, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """The least that Office opens; `more` adds parts or puts others in the place of them."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": content_types(kind),
        "_rels/.rels": "<Relationships/>",
        MAIN[kind][0]: "<main/>",
        **(more or {}),
    }
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def local(name: str, content: bytes, *, flags: int = 0) -> bytes:
    """A part of a zip as it stands before the table of contents, not packed."""
    head = struct.pack(
        "<4s5H3L2H",
        b"PK\x03\x04",
        20,
        flags,
        0,
        0,
        0,
        zlib.crc32(content),
        len(content),
        len(content),
        len(name),
        0,
    )
    return head + name.encode() + content


def listed(name: str, content: bytes, at: int, *, flags: int = 0, claims: int | None = None) -> bytes:
    """A line of the table of contents."""
    size = len(content) if claims is None else claims
    head = struct.pack(
        "<4s6H3L5H2L",
        *(
            b"PK\x01\x02",
            20,
            20,
            flags,
            0,
            0,
            0,
            zlib.crc32(content),
            len(content),
            size,
            len(name),
            0,
            0,
            0,
            0,
            0,
            at,
        ),
    )
    return head + name.encode()


def zipped(parts: bytes, contents: list[bytes], *, count: int | None = None) -> bytes:
    """A zip put together by hand, so that it can say what is not so."""
    table = b"".join(contents)
    number = len(contents) if count is None else count
    return (
        parts
        + table
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(table), len(parts), 0)
    )
