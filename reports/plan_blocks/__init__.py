"""What a plan can say of itself in a paper: for each kind of section and of enclosure, its blocks as of a day."""

from collections.abc import Callable

from reports.models import EnclosureKind, SectionSource
from reports.paper import Block
from reports.plan_blocks import index, minute, questions, whole_plan
from reports.plan_blocks.asked import Asked

Source = Callable[[Asked], tuple[Block, ...]]

SECTIONS: dict[str, Source] = {
    SectionSource.MINUTE: minute.of,
    SectionSource.QUESTIONS: questions.of,
}
ENCLOSURES: dict[str, Source] = {
    EnclosureKind.PLAN: whole_plan.of,
    EnclosureKind.INDEX: index.of,
}

__all__ = ["ENCLOSURES", "SECTIONS", "Asked", "Source"]
