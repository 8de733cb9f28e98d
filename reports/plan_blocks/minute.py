"""How the plan stands, on one page."""

from dataclasses import dataclass
from typing import ClassVar

from recommendations import progress
from recommendations.progress import Figures
from recommendations.progress import Part as PartOfPlan
from recommendations.slippage import Slippage
from reports import charts
from reports.paper import Block
from reports.plan_blocks.asked import Asked
from reports.plan_blocks.rows import ActionRow, row

LONGEST = 5


@dataclass(frozen=True)
class Minute(Block):
    template: ClassVar[str] = "reports/blocks/_minute.html"
    figures: Figures
    themes: tuple[PartOfPlan, ...]
    timescales: tuple[PartOfPlan, ...]
    longest_overdue: tuple[ActionRow, ...]
    slippage: Slippage
    chart: charts.Chart


@dataclass(frozen=True)
class Teaser(Block):
    """The plan's headline in one line, and where the page about it is."""

    template: ClassVar[str] = "reports/blocks/_teaser.html"
    headline: str


def of(asked: Asked) -> tuple[Block, ...]:
    parts = asked.breakdown
    longest = progress.longest_overdue(asked.plan, on=asked.on, at_most=LONGEST)
    return (
        Minute(
            figures=parts.whole,
            themes=parts.themes,
            timescales=parts.timescales,
            longest_overdue=tuple(row(action) for action in longest),
            slippage=asked.slippage,
            chart=charts.of(parts.whole, parts.themes),
        ),
    )
