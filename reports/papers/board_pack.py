"""The board pack: chosen papers in an order, in one file with one list of contents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from improvement.models import Plan
from reports.models import Audience
from reports.paper import Block, Paper, Part, day, of_plan

TITLE = "Board pack"
SLUG = "board-pack"


@dataclass(frozen=True)
class Opening(Block):
    """What stands at the head of a paper inside a pack."""

    template: ClassVar[str] = "reports/blocks/_opening.html"
    paper: Paper


def of(plan: Plan, *, on: date, papers: Sequence[Paper]) -> Paper:
    """One paper of several; exempt as soon as one of them is. Take the plan with its council and its rating scale."""
    own = tuple(_own(number, paper) for number, paper in enumerate(papers, start=1))
    pack = of_plan(
        plan,
        on=on,
        title=TITLE,
        occasion=f"{plan.name}, {day(on)}",
        parts=(
            Part("contents", "Contents", ()),  # its list is made with the file, which knows the pages
            *(part for paper in own for part in _parts(paper)),
        ),
    )
    exempt = [paper for paper in own if paper.audience == Audience.EXEMPT]
    if not exempt:
        return pack
    named = {paragraph for paper in exempt for paragraph in paper.exempt_paragraphs}
    return replace(pack, audience=Audience.EXEMPT, exempt_paragraphs=tuple(sorted(named)))


def _own(number: int, paper: Paper) -> Paper:
    """The paper with anchors of its own, so that two papers of a pack never share one."""
    parts = tuple(replace(part, key=f"paper-{number}-{part.key}") for part in paper.parts)
    return replace(paper, parts=parts)


def _parts(paper: Paper) -> tuple[Part, ...]:
    first, *others = paper.parts
    opening = replace(first, title=paper.title, blocks=(Opening(paper), *first.blocks))
    return tuple(replace(part, of=paper) for part in (opening, *others))
