"""The full plan: how it stands, then all of it, then what it changes for good."""

from reports.paper import Block, Facts, Heading, Paper, Part, Row, day
from reports.papers.dated import paper
from reports.plan_blocks import Asked, in_figures, index, judgements, whole_plan
from reports.plan_blocks.statutory_clock import inspections_of

TITLE = "The plan in full"


def of(asked: Asked) -> Paper:
    blocks: tuple[Block, ...] = (
        Heading("About this plan"),
        _about(asked),
        Heading("What the inspectors judged"),
        *judgements.of(asked),
        Heading("How the plan stands"),
        *in_figures.of(asked),
    )
    parts = [
        Part("summary", "Summary", blocks),
        Part("plan", "Recommendations and actions", whole_plan.of(asked), landscape=True),
    ]
    changes = index.of(asked)
    if any(isinstance(block, index.Index) and block.headings for block in changes):
        parts.append(Part("index", "Index of changes", changes, landscape=True))
    return paper(asked, TITLE, parts)


def _about(asked: Asked) -> Facts:
    answers = tuple(inspection.name for inspection in inspections_of(asked)) or ("None",)
    return Facts(
        (
            Row("Council", (asked.plan.council.name,)),
            Row("Plan", (whole_plan.provenance(asked.plan, asked.on),)),
            Row("Answers", answers),
            Row("Shown as of", (day(asked.on),)),
        )
    )
