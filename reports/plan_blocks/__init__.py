"""What a plan can say of itself in a paper: for each kind of section and of enclosure, its blocks as of a day."""

from collections.abc import Callable

from reports.models import EnclosureKind, SectionSource
from reports.paper import Block
from reports.plan_blocks import (
    changes,
    evidence,
    exceptions,
    in_figures,
    index,
    judgements,
    minute,
    moved_dates,
    overdue,
    questions,
    risks,
    scorecard,
    statutory_clock,
    whole_plan,
)
from reports.plan_blocks.asked import Asked

Source = Callable[[Asked], tuple[Block, ...]]

SECTIONS: dict[str, Source] = {
    SectionSource.PROGRESS: in_figures.of,
    SectionSource.MINUTE: minute.of,
    SectionSource.CHANGES: changes.of,
    SectionSource.OVERDUE: overdue.of,
    SectionSource.QUESTIONS: questions.of,
    SectionSource.RISKS: risks.of,
    SectionSource.CLOCK: statutory_clock.of,
    SectionSource.JUDGEMENTS: judgements.of,
}
ENCLOSURES: dict[str, Source] = {
    EnclosureKind.PLAN: whole_plan.of,
    EnclosureKind.EXCEPTIONS: exceptions.of,
    EnclosureKind.CHANGES: changes.in_full,
    EnclosureKind.EVIDENCE: evidence.of,
    EnclosureKind.INDEX: index.of,
    EnclosureKind.SLIPPAGE: moved_dates.of,
    EnclosureKind.SCORECARD: scorecard.of,
    EnclosureKind.RISKS: risks.in_full,
}

__all__ = ["ENCLOSURES", "SECTIONS", "Asked", "Source"]
