"""The parts of a Word document in one package. The same parts make the same bytes."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from reports.word_making import pages, styles
from reports.word_making.xml import R, as_bytes, clean, w

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CORE = f"{PACKAGE}/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
# A package notes when each part was written; the paper's day stands in its properties instead.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
WORD_OF_TODAY = 15  # else Word shows the document in its compatibility mode
SMOOTH = 6


@dataclass(frozen=True)
class Properties:
    """What a document says of itself to a program that lists or searches documents."""

    title: str
    running: str  # the title that stands on every page
    subject: str
    council: str
    keywords: str
    marking: str
    status: str
    day: str  # as 2012-11-14
    colour: str  # six digits


@dataclass(frozen=True)
class Document:
    """A document before it is packed."""

    properties: Properties
    body: list[Element]
    starts: list[tuple[int, int]]
    pictures: dict[str, bytes]
    setups: tuple[pages.Page, ...] = tuple(pages.PAGES.values())


def packed(document: Document) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=SMOOTH) as package:
        for name, content in _parts(document).items():
            info = zipfile.ZipInfo(name, LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return kept.getvalue()


def _parts(document: Document) -> dict[str, bytes]:
    told = document.properties
    running = {
        name: element
        for page in document.setups
        for name, element in (
            (pages.head_name(page), pages.head(page, told.running, told.marking)),
            (pages.foot_name(page), pages.foot(page)),
        )
    }
    elements = {
        "docProps/core.xml": _core(told),
        "docProps/app.xml": _application(told),
        "word/document.xml": w("document", w("body", *document.body)),
        "word/styles.xml": styles.styles(told.colour),
        "word/numbering.xml": styles.numbering(document.starts),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        **{f"word/{name}.xml": element for name, element in running.items()},
    }
    return {
        "[Content_Types].xml": as_bytes(_types(list(elements))),
        "_rels/.rels": as_bytes(_package_relations()),
        "word/_rels/document.xml.rels": as_bytes(_relations(list(running), list(document.pictures))),
        **{name: as_bytes(element) for name, element in elements.items()},
        **{f"word/media/{name}.png": content for name, content in document.pictures.items()},
    }


def _kind(name: str) -> str:
    """What a part of Word's own is: document, styles, header…"""
    plain = name.removeprefix("word/").removesuffix(".xml").partition("-")[0]
    return "document.main" if plain == "document" else plain


def _listing(name: str, space: str) -> Element:
    """A list that says what is in the package. LibreOffice opens no document in which such names carry a prefix."""
    return Element(name, xmlns=space)


def _types(names: list[str]) -> Element:
    types = _listing("Types", f"{PACKAGE}/content-types")
    SubElement(types, "Default", Extension="png", ContentType="image/png")
    SubElement(
        types,
        "Default",
        Extension="rels",
        ContentType="application/vnd.openxmlformats-package.relationships+xml",
    )
    own = {
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    for name in names:
        kind = own.get(name, f"{WORD_TYPE}.{_kind(name)}+xml")
        SubElement(types, "Override", PartName=f"/{name}", ContentType=kind)
    return types


def _relation(relations: Element, name: str, kind: str, target: str) -> None:
    SubElement(relations, "Relationship", Id=name, Type=kind, Target=target)


def _package_relations() -> Element:
    relations = _listing("Relationships", f"{PACKAGE}/relationships")
    _relation(relations, "document", f"{R}/officeDocument", "word/document.xml")
    _relation(relations, "core", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
    _relation(relations, "app", f"{R}/extended-properties", "docProps/app.xml")
    return relations


def _relations(running: list[str], pictures: list[str]) -> Element:
    relations = _listing("Relationships", f"{PACKAGE}/relationships")
    for name in ("styles", "numbering", "settings", "fontTable"):
        _relation(relations, name, f"{R}/{name}", f"{name}.xml")
    for name in running:
        _relation(relations, name, f"{R}/{name.partition('-')[0]}", f"{name}.xml")
    for name in pictures:
        _relation(relations, name, f"{R}/image", f"media/{name}.png")
    return relations


def _core(told: Properties) -> Element:
    core = Element(f"{{{CORE}}}coreProperties")
    for space, name, words in (
        (DC, "title", told.title),
        (DC, "subject", told.subject),
        (DC, "creator", told.council),
        (CORE, "keywords", told.keywords),
        (CORE, "lastModifiedBy", told.council),
        (CORE, "revision", "1"),
        (TERMS, "created", f"{told.day}T00:00:00Z"),
        (TERMS, "modified", f"{told.day}T00:00:00Z"),
        (CORE, "category", told.marking),
        (CORE, "contentStatus", told.status),
        (DC, "language", "en-GB"),
    ):
        element = SubElement(core, f"{{{space}}}{name}")
        element.text = clean(words)
        if space == TERMS:
            element.set(f"{{{XSI}}}type", "dcterms:W3CDTF")
    return core


def _application(told: Properties) -> Element:
    application = _listing("Properties", f"{OFFICE}/extended-properties")
    SubElement(application, "Application").text = "Waymark"
    SubElement(application, "Company").text = clean(told.council)
    return application


def _settings() -> Element:
    mode = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=WORD_OF_TODAY,
    )
    return w(
        "settings",
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", mode),
        w("themeFontLang", val="en-GB"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def _fonts() -> Element:
    """Where the paper's font is not installed, Word takes the other."""
    font = w(
        "font",
        w("altName", val=styles.OTHER_FONT),
        w("charset", val="00"),
        w("family", val="swiss"),
        w("pitch", val="variable"),
        name=styles.FONT,
    )
    return w("fonts", font)
