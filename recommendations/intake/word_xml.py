"""Finding one's way in the XML of a Word document, in whichever of its two dialects it is written."""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any

# What only wraps paragraphs, tables, rows or cells.
WRAPPERS = {"sdtContent", "customXml", "smartTag", "ins", "moveTo"}


def parse(content: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


@cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(element: Element) -> str:
    return _local(element.tag)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of that name, and its child in turn."""
    for name in path:
        for each in element if element is not None else ():
            if _local(each.tag) == name:
                element = each
                break
        else:
            return None
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    return (each for each in (element if element is not None else ()) if local(each) == name)


def said(element: Element | None, name: str = "val") -> str:
    """An attribute, empty where there is none."""
    if element is None:
        return ""
    for key, value in element.items():
        if _local(key) == name:
            return str(value)
    return ""


def number(element: Element | None, otherwise: int = 0, *, name: str = "val") -> int:
    """A whole number of an attribute, within what any document needs."""
    text = said(element, name)
    return min(int(text), 100_000) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def is_on(element: Element | None) -> bool:
    return element is not None and said(element) not in {"0", "false", "off"}


def blocks(container: Element, *names: str) -> Iterator[Element]:
    """Paragraphs and tables, rows or cells by these names, whatever is wrapped about them."""
    for each in container:
        name = local(each)
        if name in names:
            yield each
        elif name == "sdt":
            content = child(each, "sdtContent")
            # One that nobody filled in only says what to do with it.
            if content is not None and not is_on(child(each, "sdtPr", "showingPlcHdr")):
                yield from blocks(content, *names)
        elif name in WRAPPERS:
            yield from blocks(each, *names)
