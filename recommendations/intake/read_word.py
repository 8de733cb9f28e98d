"""A Word document as rows. docx2python finds its parts; its XML is walked here, since plain text loses what the preview has
to say: tracked changes, merged cells, numbers that Word counts itself, comments, boxes.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from docx2python.docx_reader import DocxReader

from recommendations.intake import package
from recommendations.intake.gathering import Gathered, Unreadable
from recommendations.intake.rows import Kind, Source, Table
from recommendations.intake.word_numbers import ListNumbers
from recommendations.intake.word_table import read_table
from recommendations.intake.word_text import Words
from recommendations.intake.word_xml import Element, blocks, child, children, local, parse, said

MARGINS = {"header": "Words at the head of each page", "footer": "Words at the foot of each page"}
GLOSSARY = "/glossary/"
NOTES = {"comment": "comments", "footnote": "footnotes", "endnote": "endnotes"}


def read(path: Path) -> Source:
    """Raises Unreadable with what is wrong and what to do; anything else that it raises means a broken file."""
    # Its own `with` would swallow whatever goes wrong inside.
    with closing(DocxReader(path)) as reader:
        package.check(reader.zipf)
        gathered = Gathered()
        numbers = ListNumbers(_part(reader, "numbering"), _part(reader, "styles"))
        notes = {name: _notes(_part(reader, kind), name) for name, kind in NOTES.items()}
        words = Words(gathered, numbers, notes)
        body = child(_part(reader, "officeDocument"), "body")
        if body is None:
            raise Unreadable(package.SAVE_AGAIN)
        tables, after = _tables(body, words, gathered)
        for number, text in notes["comment"].items():
            if number not in words.commented:
                gathered.tell("A comment", words=text)
        for kind, what in MARGINS.items():
            for text in _margins(reader, kind, notes):
                gathered.tell(what, words=text)
    return Source(Kind.WORD, tables, after, gathered.notices())


def _tables(body: Element, words: Words, gathered: Gathered) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The tables with the paragraphs before each, and the paragraphs behind the last."""
    tables: list[Table] = []
    before: list[str] = []
    for block in _blocks(body):
        name = f"Table {len(tables) + 1}"
        if local(block) == "tbl":
            tables.append(read_table(block, name, tuple(before), words, gathered))
            before = []
            continue
        words.place = f"Before table {len(tables) + 1}"
        text = words.paragraph(block)
        gathered.weigh(text, words.place)
        if text.strip():
            before.append(text)
    return tuple(tables), tuple(before)


def _blocks(container: Element) -> Iterator[Element]:
    """Paragraphs and tables in their order. A table of a single cell is only a frame about what is in it."""
    for block in blocks(container, "p", "tbl"):
        cells = [cell for row in blocks(block, "tr") for cell in blocks(row, "tc")]
        if len(cells) == 1 and next(blocks(cells[0], "tbl"), None) is not None:
            yield from _blocks(cells[0])
        else:
            yield block


def _margins(reader: DocxReader, kind: str, notes: dict[str, dict[str, str]]) -> list[str]:
    """What stands on every page, once however many parts repeat it."""
    found: dict[str, None] = {}
    for path in _paths(reader, kind):
        text = Words(Gathered(), ListNumbers(None, None), notes).all_of(parse(reader.zipf.read(path)))
        found[text.strip()] = None
    return [text for text in found if text]


def _part(reader: DocxReader, kind: str) -> Element | None:
    """The first part of a kind, as its file has it: docx2python's own copy has runs joined across tracked changes."""
    paths = _paths(reader, kind)
    return parse(reader.zipf.read(paths[0])) if paths else None


def _paths(reader: DocxReader, kind: str) -> list[str]:
    """Where the parts of a kind lie. Those of the glossary, which keeps pieces to put in, are not the document's."""
    names = reader.zipf.namelist()
    return [
        part.path for part in reader.files_of_type(kind) if part.path in names and GLOSSARY not in part.path
    ]


def _notes(part: Element | None, name: str) -> dict[str, str]:
    """The words of comments and footnotes by their number; the lines that Word draws above them are none."""
    return {
        said(note, "id"): "\n".join(_plain(paragraph) for paragraph in note.iter() if local(paragraph) == "p")
        for note in children(part, name)
        if said(note, "type") in {"", "normal"}
    }


def _plain(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter() if local(each) == "t")
