"""The index of changes: what the plan changes for good, heading by heading."""

from dataclasses import dataclass
from typing import ClassVar

from recommendations import index_of_changes
from reports.paper import Block
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.rows import ActionRow, row


@dataclass(frozen=True)
class IndexRows:
    """A heading of the index and the actions under it."""

    heading: str
    rows: tuple[ActionRow, ...]


@dataclass(frozen=True)
class Index(Block):
    template: ClassVar[str] = "reports/blocks/_index.html"
    headings: tuple[IndexRows, ...]


def of(asked: Asked) -> tuple[Block, ...]:
    """The headings that an action stands under."""
    found = index_of_changes.of(asked.plan, on=asked.on)
    headings = (
        IndexRows(str(heading.kind.label), tuple(row(standing) for standing in heading.standings))
        for heading in found.headings
        if heading.standings
    )
    return (Index(tuple(headings)),)
