"""A Word or Excel file looked at from inside, before anything in it is read: what reaches outside or hides another file.

Each part is searched as bytes and none is parsed but the short lists of relations. `recommendations.office_files` has
looked at the zip already.
"""

import codecs
import re
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from recommendations.intake.gathering import Unreadable

LARGEST_XML = 50 * 1024 * 1024
# Begun and ended ones; 50,000 cells of a plan need less than a million.
MOST_TAGS = 2_000_000
LARGEST_RELATIONS = 1024 * 1024

XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']{0,40})["']""")
# In these, markup is written with the bytes of ASCII, so that it can be searched for.
SEARCHABLE = {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}
DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")

# By the last word of a relation's type.
INSIDE = {"oleObject", "control", "activeXControlBinary", "attachedToolbars", "vbaProject"}
OTHER_DOCUMENTS = {"aFChunk", "subDocument", "frame"}
FETCHED = {"externalLink", "externalLinkPath", "connections", "queryTable", "xmlMaps"}
LINKS = {"hyperlink"}
TEMPLATE = "attachedTemplate"
FROM_THE_NET = re.compile(r"\s*(?:https?|ftp):", re.IGNORECASE)
CHART = re.compile(r"/charts/_rels/", re.IGNORECASE)

SAVE_AGAIN = "It is damaged, or put together in a way that Office does not use. Open it, save it again and choose the new file."
DECLARES = (
    "It declares names for pieces of text (a DTD), which Office never does and which can be used to read other files. "
    "Open it in Office, save it again and choose the new file."
)
TOO_MUCH = "Unpacked it would be larger than is safe to read. Delete what is not part of the plan, or save it as CSV."
HOLDS_OTHERS = (
    "It holds other files or controls inside (embedded objects). Delete them, save it and choose it again."
)
JOINS_OTHERS = (
    "It takes in another document whole (an altChunk or subdocument). Open it in Word, save it as a new "
    "Word document and choose that."
)
REACHES_OUT = (
    "It takes pictures, data or a template from somewhere else. Break those links (in Word under File, Info, Edit "
    "Links to Files; in Excel under Data, Edit Links or Queries & Connections), save it and choose it again."
)


def check(package: ZipFile) -> None:
    """Raises Unreadable with what is wrong and what to do."""
    parts = [part for part in package.infolist() if XML.search(part.filename)]
    if sum(part.file_size for part in parts) > LARGEST_XML:
        raise Unreadable(TOO_MUCH)
    tags = 0
    for part in parts:
        content = package.read(part)
        tags += content.count(b"<")
        if tags > MOST_TAGS:
            raise Unreadable(TOO_MUCH)
        _check_declarations(content)
        if part.filename.lower().endswith(".rels"):
            _check_relations(part.filename, content)


def _check_declarations(content: bytes) -> None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16").encode()
    elif b"\x00" in content[:4]:
        raise Unreadable(SAVE_AGAIN)
    else:
        declared = ENCODING.match(content.removeprefix(codecs.BOM_UTF8))
        if declared and declared[1].lower() not in SEARCHABLE:
            raise Unreadable(SAVE_AGAIN)
    if DECLARATIONS.search(content):
        raise Unreadable(DECLARES)


def _check_relations(name: str, content: bytes) -> None:
    if len(content) > LARGEST_RELATIONS:
        raise Unreadable(TOO_MUCH)
    for relation in fromstring(content, forbid_dtd=True):
        kind = relation.get("Type", "").rpartition("/")[2]
        target, outside = relation.get("Target", ""), relation.get("TargetMode", "").lower() == "external"
        if kind in OTHER_DOCUMENTS:
            raise Unreadable(JOINS_OTHERS)
        # A chart keeps the sheet that it is drawn from.
        if kind in INSIDE or (kind == "package" and not CHART.search(name)):
            raise Unreadable(HOLDS_OTHERS)
        # Word notes where a council's own template lies, and nothing here goes there; one on the net is no council's.
        own_template = kind == TEMPLATE and not FROM_THE_NET.match(target)
        if kind in FETCHED or (outside and kind not in LINKS and not own_template):
            raise Unreadable(REACHES_OUT)
