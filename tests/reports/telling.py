"""What blocks say, as a reader takes it in: their tables by caption, their sentences, all their words."""

from collections.abc import Iterable

from reports.paper import Block, Cell, Facts, Heading, Table, Words
from reports.plan_blocks.saying import Source


def table(blocks: Iterable[Block], caption: str) -> Table:
    """The one table whose caption begins so."""
    found = [block for block in blocks if isinstance(block, Table) and block.caption.startswith(caption)]
    assert len(found) == 1, [block.caption for block in blocks if isinstance(block, Table)]
    return found[0]


def rows(blocks: Iterable[Block], caption: str) -> list[list[str]]:
    return [[said(cell) for cell in row] for row in table(blocks, caption).rows]


def said(cell: Cell) -> str:
    return cell.rating.word if cell.rating else cell.text


def words(blocks: Iterable[Block]) -> str:
    """Everything that stands in them."""
    told: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            told += [block.caption, *(f"{said(cell)} {cell.small}" for row in block.rows for cell in row)]
        elif isinstance(block, Words):
            told.append(block.html)
        elif isinstance(block, Source | Heading):
            told.append(block.text)
        elif isinstance(block, Facts):
            told += [f"{row.label} {' '.join(row.lines)}" for row in block.rows]
    return " ".join(told)
