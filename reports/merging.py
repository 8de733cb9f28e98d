"""The parts of a paper joined into one PDF with their tags. Runs in the child process; imports nothing of Django.

A plain merge loses the structure. Here the structure trees become one tree under one Document, every number by which a
page, a link or a piece of content finds its element is moved on, and bookmarks, names and links are joined with them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from reports.fitting import children_of, fit_in
from reports.rendering import Incomplete

# A link whose address begins so leads to a named place of another part; with the second its page number is printed.
TO_PART, WITH_PAGE = "part:", "contents:"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"{ua_namespace}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{about}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>Waymark</xmp:CreatorTool>{ua}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True)
class Source:
    """A piece that is to be joined: the key and the title of its part, where its PDF lies, whether somebody brought it, and
    whether it runs on from the piece before."""

    key: str
    title: str
    path: Path
    brought: bool = False
    runs_on: bool = False


@dataclass(frozen=True)
class NumberedLink:
    """A link of the contents, beside which the number of the page that it leads to is to stand."""

    page: int
    annotation: Any
    element: Any
    target: int


@dataclass
class Joined:
    """The file as far as it has come."""

    pdf: Pdf = field(default_factory=pikepdf.new)
    numbers: list[Any] = field(default_factory=list)
    names: list[tuple[str, Any]] = field(default_factory=list)
    places: dict[str, Any] = field(default_factory=dict)
    outline: list[OutlineItem] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    links: list[NumberedLink] = field(default_factory=list)
    next_number: int = 0

    def __post_init__(self) -> None:
        self.document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self.tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([self.document])))
        self.document.P = self.tree
        self.pdf.Root.StructTreeRoot = self.tree

    def element_of(self, number: int) -> Any:
        """The element, or the elements of the page, under a number of the parent tree."""
        return self.numbers[2 * number + 1]


def join(sources: list[Source]) -> Joined:
    joined = Joined()
    for source in sources:
        with pikepdf.open(source.path) as part:
            add(joined, source, part)
    return joined


def add(joined: Joined, source: Source, part: Pdf) -> None:
    first = len(joined.pdf.pages)
    count = len(part.pages)
    where = {page.obj.objgen: first + at for at, page in enumerate(part.pages)}
    for page in part.pages:
        joined.pdf.pages.append(page)
    pages = [joined.pdf.pages[first + at].obj for at in range(count)]
    root = joined.pdf.copy_foreign(part.Root.StructTreeRoot)
    if source.brought:
        fit_in(joined.tree, root, source.key)
    take_in(joined, root, source)
    move_numbers_on(joined, root, pages, source.brought)
    places = dict(places_of(part, where, joined))
    joined.places.update(
        {place if place == source.key else f"{source.key}.{place}": at for place, at in places.items()}
    )
    joined.places.setdefault(source.key, Array([pages[0], Name.Fit]))
    point_links(pages, places)
    if source.runs_on:
        joined.outline[-1].children.extend(roots_of(part, where, joined))
    else:
        joined.outline.append(bookmarks_of(part, source, where, joined))
    noted = part.docinfo.get("/PageNotes")
    joined.notes += json.loads(str(noted)) if noted and not source.brought else [{}] * count


# The structure


def take_in(joined: Joined, root: Any, source: Source) -> None:
    """Hang what the part's Document holds under the one Document; what somebody brought stays together."""
    parent = joined.document
    if source.brought:
        parent = joined.pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Part, P=joined.document, K=Array(), T=String(source.title)
            )
        )
        joined.document.K.append(parent)
    for top in children_of(root):
        kids = list(children_of(top)) if top.get("/S") == Name.Document else [top]
        for kid in kids:
            kid.P = parent
            parent.K.append(kid)
    names = root.get("/IDTree", Dictionary()).get("/Names", Array())
    joined.names += [(str(names[at]), names[at + 1]) for at in range(0, len(names), 2)]


def move_numbers_on(joined: Joined, root: Any, pages: list[Any], brought: bool) -> None:
    """The numbers by which pages and links find their elements go on from those of the part before."""
    offset = joined.next_number
    found = dict(numbers_of(root.ParentTree))
    last = max(found, default=-1)
    for number in range(last + 1):
        joined.numbers += [offset + number, found.get(number, Array())]
    joined.next_number += last + 1
    seen: set[tuple[int, int]] = set()
    for page in pages:
        move_on(page, offset)
        for annotation in page.get("/Annots", ()):
            move_on(annotation, offset)
        if brought:
            move_drawings_on(page, offset, seen)


def numbers_of(tree: Any) -> Iterator[tuple[int, Any]]:
    """What a number tree holds, whether it has branches or not."""
    numbers = tree.get("/Nums", Array())
    yield from ((int(numbers[at]), numbers[at + 1]) for at in range(0, len(numbers), 2))
    for branch in tree.get("/Kids", ()):
        yield from numbers_of(branch)


def move_on(thing: Any, offset: int) -> None:
    for name in ("/StructParents", "/StructParent"):
        if name in thing:
            thing[name] = int(thing[name]) + offset


def move_drawings_on(holder: Any, offset: int, seen: set[tuple[int, int]]) -> None:
    drawings = holder.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    for drawing in drawings.values():
        if drawing.objgen not in seen:
            seen.add(drawing.objgen)
            move_on(drawing, offset)
            move_drawings_on(drawing, offset, seen)


# Places, links and bookmarks


def places_of(part: Pdf, where: dict[Any, int], joined: Joined) -> Iterator[tuple[str, Array]]:
    """The named places of a part, where they now are."""
    for name, place in (part.Root.get("/Dests") or {}).items():
        if found := moved(place, where, joined):
            yield name[1:], found
    tree = part.Root.get("/Names", Dictionary()).get("/Dests")
    if tree is not None:
        for name, place in named_in(tree):
            if found := moved(place, where, joined):
                yield name, found


def named_in(tree: Any) -> Iterator[tuple[str, Any]]:
    names = tree.get("/Names", Array())
    yield from ((str(names[at]), names[at + 1]) for at in range(0, len(names), 2))
    for branch in tree.get("/Kids", ()):
        yield from named_in(branch)


def moved(place: Any, where: dict[Any, int], joined: Joined) -> Array | None:
    """A place on a page of a part as a place on the page that this became."""
    if isinstance(place, Dictionary):
        place = place.get("/D")
    if not isinstance(place, Array) or not len(place) or not isinstance(place[0], Dictionary):
        return None
    at = where.get(place[0].objgen)
    if at is None:
        return None
    # The numbers alone are taken over: nothing else belongs into a place.
    rest = [Name(str(value)) if isinstance(value, Name) else value for value in list(place)[1:]]
    return Array([joined.pdf.pages[at].obj, *rest])


def point_links(pages: list[Any], places: dict[str, Array]) -> None:
    """Links inside a part lead to the place itself, because its name may now mean another."""
    for page in pages:
        for annotation in page.get("/Annots", ()):
            name = annotation.get("/Dest")
            if isinstance(name, String | Name):
                place = places.get(str(name).removeprefix("/"))
                if place is not None:
                    annotation.Dest = place


def join_links(joined: Joined, titles: dict[str, str]) -> None:
    """Links from one part to another, once all parts are there. Raises Incomplete where the other is missing."""
    for number, page in enumerate(joined.pdf.pages):
        for annotation in page.obj.get("/Annots", ()):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if not address.startswith((TO_PART, WITH_PAGE)):
                continue
            kind, _, name = address.partition(":")
            if name not in joined.places:
                raise Incomplete(f"Nothing is called {name}, to which the contents lead")
            place = joined.places[name]
            del annotation.A
            annotation.Dest = place
            target = joined.pdf.pages.index(pikepdf.Page(place[0]))
            annotation.Contents = String(f"{titles.get(name, name)}, page {target + 1}")
            if f"{kind}:" == WITH_PAGE:
                element = joined.element_of(int(annotation.StructParent))
                joined.links.append(NumberedLink(number, annotation, element, target))


def roots_of(part: Pdf, where: dict[Any, int], joined: Joined) -> list[OutlineItem]:
    with part.open_outline() as outline:
        return [bookmark(item, where, joined) for item in outline.root]


def bookmarks_of(part: Pdf, source: Source, where: dict[Any, int], joined: Joined) -> OutlineItem:
    """The part's bookmark with those of the part under it."""
    roots = roots_of(part, where, joined)
    if len(roots) == 1 and not source.brought:
        only = roots[0]
    else:
        only = OutlineItem(source.title, joined.places[source.key])
        only.children.extend(roots)
    only.is_closed = bool(joined.outline)
    return only


def bookmark(item: OutlineItem, where: dict[Any, int], joined: Joined) -> OutlineItem:
    place: Any = item.destination
    if place is None and item.action is not None:
        place = item.action.get("/D")
    found = moved(place, where, joined)
    # Where a bookmark leads nowhere it stays as a heading of those below it.
    new = OutlineItem(item.title, found if found is not None else Array([joined.pdf.pages[-1].obj, Name.Fit]))
    new.children.extend(bookmark(child, where, joined) for child in item.children)
    return new


# The file


def complete(
    joined: Joined, *, title: str, author: str, about: str, language: str, producer: str, keeps_ua: bool
) -> None:
    """Everything that is said once of the whole file."""
    pdf, root = joined.pdf, joined.pdf.Root
    names = sorted(joined.names, key=lambda pair: pair[0].encode())
    joined.tree.IDTree = tree_of(names)
    joined.tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(joined.numbers)))
    joined.tree.ParentTreeNextKey = joined.next_number
    places = sorted(joined.places.items(), key=lambda pair: pair[0].encode())
    root.Names = Dictionary(Dests=tree_of(places))
    root.MarkInfo = Dictionary(Marked=True)
    root.Lang = String(language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    with pdf.open_outline() as outline:
        outline.root.extend(joined.outline)
    for name, value in (("Title", title), ("Author", author), ("Subject", about), ("Creator", "Waymark")):
        pdf.docinfo[f"/{name}"] = String(value)
    pdf.docinfo["/Producer"] = String(producer)
    words = {"title": title, "author": author, "about": about, "language": language, "producer": producer}
    xmp = XMP.format(
        **{name: escape(value) for name, value in words.items()},
        ua_namespace=' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"' if keeps_ua else "",
        ua="<pdfuaid:part>1</pdfuaid:part>" if keeps_ua else "",
    )
    root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def tree_of(pairs: list[tuple[str, Any]]) -> Dictionary:
    return Dictionary(Names=Array([each for name, value in pairs for each in (String(name), value)]))
