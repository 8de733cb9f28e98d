"""What a file of a paper is made from: pages of HTML for each of its parts, in one text that names no address."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string

from reports.paper import Block, Heading, Paper, Part, Uploaded, day
from reports.plan_blocks.minute import Minute

LANGUAGE = "en-GB"
# A paper whose headings would fill a page shows its parts alone.
MOST_ENTRIES = 40


@dataclass(frozen=True)
class Entry:
    """A line of the contents: where it leads, what it says, whether it stands under another."""

    place: str
    title: str
    under: bool = False


def source_of(paper: Paper) -> str:
    """Everything that decides the file, as JSON."""
    paper = with_places(paper)
    contents = contents_of(paper)
    return json.dumps(
        {
            "title": paper.name,
            "author": paper.council,
            "about": f"{paper.occasion or paper.title}, as of {day(paper.on)}",
            "language": LANGUAGE,
            "running": paper.title,
            "marking": paper.marking,
            "titles": {entry.place: entry.title for entry in contents},
            "parts": [
                part_source(paper, part, contents if not at else ()) for at, part in enumerate(paper.parts)
            ],
        }
    )


def part_source(paper: Paper, part: Part, contents: tuple[Entry, ...]) -> dict[str, Any]:
    first = part is paper.parts[0]
    context = {"paper": paper, "part": part, "first": first, "contents": contents, "filed": True}
    made = {
        "key": part.key,
        "title": part.title,
        "pieces": [
            _page({**context, "part": piece, "runs_on": bool(at)}) for at, piece in enumerate(_pieces(part))
        ],
    }
    if isinstance(part, Uploaded):
        made |= {
            "file": part.key_of_file,
            "sha256": part.sha256,
            "apart": _page({**context, "apart": True}),
        }
    return made


def _page(context: dict[str, Any]) -> str:
    return render_to_string("reports/report_pdf.html", context)


def _pieces(part: Part) -> list[Part]:
    """The part cut where one of its blocks can be."""
    pieces: list[list[Block]] = [[]]
    for block in part.blocks:
        here, *later = block.pieces()
        pieces[-1].append(here)
        pieces += [[piece] for piece in later]
    return [replace(part, blocks=tuple(blocks)) for blocks in pieces]


def with_places(paper: Paper) -> Paper:
    """The paper with a name for the place of each of its headings."""
    return replace(paper, parts=tuple(_with_places(part) for part in paper.parts))


def _with_places(part: Part) -> Part:
    blocks = (
        replace(block, anchor=f"{part.key}-{at}")
        if isinstance(block, Heading) and not block.anchor
        else block
        for at, block in enumerate(part.blocks)
    )
    return replace(part, blocks=tuple(blocks))


def contents_of(paper: Paper) -> tuple[Entry, ...]:
    """The main headings of the first part, then the other parts; nothing for a paper of one part or of a page or two."""
    if paper.parts[0].small or (len(paper.parts) < 2 and not paper.cover):
        return ()
    first, *others = paper.parts
    entries = list(_headings(first))
    if len(entries) > MOST_ENTRIES:
        entries = []
    for part in others:
        entries.append(Entry(part.key, part.title))
        entries += [replace(entry, under=True) for entry in _headings(part)]
    return tuple(entries)


def _headings(part: Part) -> Iterator[Entry]:
    for block in part.blocks:
        if isinstance(block, Heading) and block.level == 2:
            yield Entry(f"{part.key}.{block.anchor}", f"{block.number} {block.text}".strip())
        elif isinstance(block, Minute):
            yield Entry(f"{part.key}.{part.key}-progress", "Progress in a minute")
