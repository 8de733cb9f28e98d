"""Plans written as forms, a block for each action with labels before its values, turned into rows under headings.

The labels stand in a column of their own, at the head of each cell, or in paragraphs; a block begins where a label comes
again. What stands between blocks lies over the whole width of the table, as a section of a plan does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from recommendations.intake.headings import Meaning, best_meaning, heading_key
from recommendations.intake.numbers import NAMED
from recommendations.intake.rows import Cell, Kind, Notice, Reach, Row, Source, Table

WIDEST = 8
LONGEST_LABEL = 60
LONGEST_TITLE = 200
# How much a label has to be like a heading that is known: with a colon behind it, and without.
LIKE_A_LABEL, KNOWN = 0.5, 0.85
# How many of its rows a form says in pairs of a label and a value.
MOST = 0.5
NUMBER, ACTION = "Action no", "Action"
NUMBERED = re.compile(
    r"\s*(?:action|task|step)\s*(?:no\.?\s*)?(\d{1,3}(?:\.\d+)*[a-z]?)\s*[:.)–-]*\s*", re.IGNORECASE
)
INSIDE = re.compile(r"(?:^|(?<=[|\t\n;]))[ •-]*(?P<label>[A-Z][^:|\t\n;]{1,60}):(?=\s|$)[ ]*")
PART = re.compile(r"\s*(?:part|section|strand|theme|work ?stream)\s+(?:\d|[A-H]\b|[ivx]+\b)", re.IGNORECASE)
TURNED = "A form with a block for each action, read as a row for each"
NEEDED = {Meaning.LEADS, Meaning.DUE, Meaning.PROGRESS, Meaning.STAGE, Meaning.RATING}

Pair = tuple[str, Cell]


@dataclass
class Block:
    """One action of a form: its values by their labels, from the row at which it begins; or a title between blocks."""

    number: int
    values: dict[str, Cell] = field(default_factory=dict)
    title: str = ""


def turned(source: Source) -> Source:
    """The same file, with every form in it as a table of rows under headings."""
    tables: list[Table] = []
    forms: list[Table] = []
    notices = list(source.notices)

    def close() -> None:
        if forms:
            tables.append(_as_table(forms))
            notices.append(Notice(TURNED, forms[0].name))
            forms.clear()

    for table in source.tables:
        if _is_form(table):
            if source.kind != Kind.WORD:
                close()
            forms.append(table)
            continue
        close()
        written, before = _paragraphs(table.before, f"Before {table.name}")
        tables += [*written, replace(table, before=before)]
        notices += [Notice(TURNED, each.name) for each in written]
    close()
    written, after = _paragraphs(source.after, "After the tables")
    notices += [Notice(TURNED, each.name) for each in written]
    if len(notices) == len(source.notices):
        return source
    return Source(source.kind, (*tables, *written), after, tuple(notices))


def _paragraphs(lines: Sequence[str], name: str) -> tuple[list[Table], tuple[str, ...]]:
    """A form in paragraphs as a table, and the paragraphs that are no part of it."""
    rows = tuple(Row(number, (Cell(line),)) for number, line in enumerate(lines, start=1))
    form = Table(name, rows)
    begins = next((at for at, row in enumerate(rows) if list(_pairs(row))), None)
    if begins is None or not _is_form(replace(form, rows=rows[begins:])):
        return [], tuple(lines)
    ends = max(at for at, row in enumerate(rows) if list(_pairs(row))) + 1
    # The line above the first block names what it is about; above that may stand how it is called, and in which part.
    begins = max(begins - 1, 0)
    while begins and (NAMED.match(lines[begins - 1]) or PART.match(lines[begins - 1])):
        begins -= 1
    return [_as_table([replace(form, rows=rows[begins:ends])])], (*lines[:begins], *lines[ends:])


# One row


def _meaning(label: str) -> Meaning | None:
    """What a label means as the head of a column would; none where it is no label.

    A colon or a question mark says that it is one; without, it has to be a heading that plans are known to have.
    """
    asked = label.strip()
    text = asked.rstrip(":? ")
    if not text or len(text) > LONGEST_LABEL or "\n" in text:
        return None
    if NUMBERED.fullmatch(text):
        return Meaning.ACTION
    best, weight = best_meaning(text)
    # “Joint inspection: statement of action” is a title, though inspections are what recommendations come from.
    plain = asked != text and best != Meaning.RECOMMENDATION
    return best if weight >= (LIKE_A_LABEL if plain else KNOWN) else None


def _pairs(row: Row) -> Iterator[Pair]:
    """The labels and values of a row: label and value in cells of their own, or in one cell with a colon between."""
    cells = [cell for cell in row.cells if not cell.covered]
    while len(cells) > 2 and _is_empty(cells[-1]) and (len(cells) % 2 or _is_empty(cells[-2])):
        cells.pop()
    beside = list(zip(cells[::2], cells[1::2], strict=False))
    if len(cells) % 2 == 0 and all(_meaning(label.text) for label, _ in beside):
        if len(cells) == 2 or not all(_meaning(value.text) for _, value in beside):
            for label, value in beside:
                yield from _numbered(label.text.strip(), value)
        return
    filled = [cell for cell in cells if cell.text.strip()]
    if len(filled) == 1:
        yield from _inside(filled[0].text.strip())


def _is_empty(cell: Cell) -> bool:
    return not cell.text.strip() and cell.day is None


def _unknown(row: Row) -> Iterator[Pair]:
    """A label of a form that heads no column of any plan, beside its value."""
    cells = [cell for cell in row.cells if not cell.covered]
    if len(cells) == 2 and all(cell.text.strip() for cell in cells) and len(cells[0].text) <= LONGEST_LABEL:
        yield cells[0].text.strip().rstrip(": "), cells[1]


def _inside(text: str) -> Iterator[Pair]:
    """What a text says as “Action: … | Owner: …”."""
    marks = [match for match in INSIDE.finditer(text) if _meaning(f"{match['label']}:")]
    if marks and text[: marks[0].start()].strip():
        return
    for at, match in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        yield from _numbered(f"{match['label']}:", Cell(text[match.end() : end].strip(" |;\t\n")))


def _numbered(label: str, value: Cell) -> Iterator[Pair]:
    match = NUMBERED.fullmatch(label.strip())
    if match:
        yield NUMBER, Cell(match[1])
    yield (ACTION if match else label.strip()), value


# Whole forms


def _is_form(table: Table) -> bool:
    """Whether most rows of a table are labels with values, among them what is to be done and who, when or how it goes."""
    filled = [row for row in table.rows if any(cell.text.strip() for cell in row.cells)]
    if not filled or max(len(row.cells) for row in filled) > WIDEST:
        return False
    if not any(list(_pairs(row)) for row in filled[:12]):
        return False
    said = [list(_pairs(row)) for row in filled]
    meanings = {_meaning(label) for pairs in said for label, _ in pairs}
    told = sum(bool(pairs) for pairs in said) >= len(filled) * MOST
    return told and Meaning.ACTION in meanings and bool(NEEDED & meanings)


def _blocks(table: Table) -> Iterator[Block]:
    block = Block(0)
    for row in table.rows:
        pairs = list(_pairs(row)) or list(_unknown(row))
        words = " ".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))
        if not pairs and words:
            yield block
            block = Block(row.number)
            if match := NUMBERED.fullmatch(words):
                block.values[NUMBER] = Cell(match[1])
            else:
                yield Block(row.number, title=words)
        for label, value in pairs:
            key = heading_key(label)
            again = next((known for known in block.values if heading_key(known) == key), None)
            if again and _meaning(label) == Meaning.PROGRESS:
                more = f"{block.values[again].text}\n{value.text}".strip()
                block.values[again] = replace(block.values[again], text=more)
                continue
            if again:
                yield block
                block = Block(row.number)
            block.number = block.number or row.number
            block.values[label] = value
    yield block


def _as_table(forms: Sequence[Table]) -> Table:
    """Forms one after the other as one table, their labels as its headings."""
    blocks: list[Block] = []
    before: list[str] = []
    named = any(
        _meaning(label) == Meaning.RECOMMENDATION
        for form in forms
        for row in form.rows
        for label, _ in _pairs(row)
    )
    for form in forms:
        title = form.before[-1] if form.before and len(form.before[-1]) <= LONGEST_TITLE else ""
        # Where each block names what it answers, other words above it are of the plan.
        title = "" if named and not NAMED.match(title) else title
        before += form.before[:-1] if title else form.before
        blocks += [Block(form.rows[0].number, title=title)] if title else []
        blocks += [block for block in _blocks(form) if block.values or block.title]
    labels: dict[str, str] = {}
    for block in blocks:
        for label in block.values:
            labels.setdefault(heading_key(label), label)
    rows = [Row(forms[0].rows[0].number, tuple(Cell(label.rstrip(": ")) for label in labels.values()))]
    rows += [Row(block.number, tuple(_cells(block, labels))) for block in blocks]
    return Table(forms[0].name, tuple(rows), tuple(before))


def _cells(block: Block, labels: Iterable[str]) -> Iterator[Cell]:
    if block.title:
        yield Cell(block.title)
        yield from (Cell(covered=Reach.LEFT) for _ in list(labels)[1:])
        return
    values = {heading_key(label): value for label, value in block.values.items()}
    yield from (values.get(label, Cell()) for label in labels)
