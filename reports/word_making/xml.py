"""Elements of a Word document, and the few that the rest is put together from."""

import re
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
for _prefix, _namespace in {
    "w": W,
    "r": R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}.items():
    ET.register_namespace(_prefix, _namespace)
# What an XML document cannot hold at all, such as most control characters.
IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    return IMPOSSIBLE.sub("", text)


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of Word's own namespace, as are its attributes."""
    element = Element(f"{{{W}}}{tag}", {f"{{{W}}}{name}": str(value) for name, value in attributes.items()})
    element.extend(children)
    return element


def text(words: str) -> Element:
    element = w("t")
    element.text = clean(words)
    element.set(SPACE, "preserve")
    return element


def run(*content: Element, marks: tuple[Element, ...] = ()) -> Element:
    return w("r", *([w("rPr", *marks)] if marks else []), *content)


def field(code: str, shown: str = "", *, stale: bool = False) -> list[Element]:
    """A field, with what it shows until a program works it out; a stale one is worked out on opening."""
    begin = w("fldChar", fldCharType="begin", **({"dirty": "true"} if stale else {}))
    instruction = w("instrText")
    instruction.text = f" {code} "
    instruction.set(SPACE, "preserve")
    return [
        run(begin),
        run(instruction),
        run(w("fldChar", fldCharType="separate")),
        *([run(text(shown))] if shown else []),
        run(w("fldChar", fldCharType="end")),
    ]


def as_bytes(element: Element) -> bytes:
    content: bytes = ET.tostring(element, encoding="UTF-8", xml_declaration=True)
    return content
