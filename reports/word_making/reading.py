"""What the page's elements are: blocks or words, in which style, of which classes."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reports.word_making.paragraph import Look
from reports.word_making.pictures import SVG
from reports.word_making.xml import clean

HEADINGS = {"h1": "Heading1", "h2": "Heading2", "h3": "Heading3", "h4": "Heading4"}
HOLDERS = {"html", "body", "article", "section", "header", "footer", "div", "p", "blockquote", "nav"}
BLOCKS = HOLDERS | set(HEADINGS) | {"ul", "ol", "li", "table"}
# Classes that the style sheet shows as blocks of their own.
STANDING = {"rp-small", "rp-late"}
STYLES = {
    "rp-marking": "Marking",
    "rp-council": "Council",
    "rp-for": "Subtitle",
    "rp-headline": "Headline",
    "rp-teaser": "Teaser",
    "rp-counted": "Counted",
    "rp-small": "Small",
    "rp-asof": "AsOf",
}


def words_of(element: Element) -> str:
    return clean(" ".join("".join(element.itertext()).split()))


def nodes(element: Element) -> Iterator[Element | str]:
    """Its words and its children, in order, comments left out."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def classes_of(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def is_block(element: Element) -> bool:
    if element.tag == SVG:
        return "rp-chart" in classes_of(element)
    return element.tag in BLOCKS or bool(classes_of(element) & STANDING)


def list_style(look: Look) -> str:
    if look.style.startswith("Table"):
        return look.style
    if look.asked:
        return "AskedList"
    return "ListCompact" if look.dense else "ListParagraph"


def paragraph_look(element: Element, look: Look, classes: set[str]) -> Look:
    style = next((style for name, style in STYLES.items() if name in classes), look.style)
    if element.tag == "blockquote":
        style = "Quote"
    if "rp-text--asked" in classes or (look.asked and element.tag == "p" and look.style.startswith("Asked")):
        style = "AskedCounted" if "rp-counted" in classes else look.style if look.asked else "Asked"
        return look.but(style=style, asked=True)
    if look.style.startswith("Table"):
        return look.but(quiet=look.quiet or "rp-small" in classes, bold=look.bold or element.tag == "strong")
    if look.dense and style == "AsOf":
        return look.but(style="Compact", quiet=True)
    return look.but(style=style, keep_next=look.keep_next or "rp-why" in classes)
