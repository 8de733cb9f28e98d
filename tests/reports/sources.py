"""What a file is made from, and what a paper holds, for tests."""

import json
from typing import TypeVar

from reports import document, pages
from reports.models import Report
from reports.paper import Block, Paper

B = TypeVar("B", bound=Block)
PLAIN = "<html lang='en-GB'><head><title>Plain</title></head><body><h1>Plain</h1>{}</body></html>"


def plain(body: str) -> str:
    """A paper of one part with this HTML in it."""
    return of_parts({"only": PLAIN.format(body)})


def of_parts(parts: dict[str, str], **more: object) -> str:
    """A paper of these parts, key and HTML."""
    paper = {
        "title": "Plain",
        "author": "Waymark",
        "about": "Plain",
        "language": "en-GB",
        "running": "Plain",
        "marking": "Open",
        "titles": {},
        "parts": [{"key": key, "title": key.title(), "pieces": [html]} for key, html in parts.items()],
    }
    return json.dumps(paper | more)


def source_of(report: Report) -> str:
    return pages.source_of(document.of(report))


def block(paper: Paper, kind: type[B]) -> B:
    """The one block of a kind."""
    (found,) = (each for part in paper.parts for each in part.blocks if isinstance(each, kind))
    return found
