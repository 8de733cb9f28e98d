"""A layout as its papers will look: a sample about a plan, with the layout's own guidance for the words of an author."""

import re
from dataclasses import asdict
from datetime import date

from improvement.models import Plan
from reports import document
from reports.models import (
    Clearance,
    Enclosure,
    EnclosureKind,
    Layout,
    Report,
    ReportRow,
    ReportSection,
    RowSource,
    SectionSource,
)
from reports.paper import Paper
from reports.workflow.layouts import Wording

COMMITTEE = "Scrutiny Committee"
WORDS = "What the author writes stands here."
MORE = "Each paragraph shows whether it is counted."
ASKED = "What the committee is asked to decide stands here."
SIGNS = re.compile(r"([^\w\s])")


def of(wording: Wording, plan: Plan, *, on: date) -> Paper:
    """The sample as of a day; nothing of it is kept. Take the plan with its council and its rating scale."""
    layout = Layout(**wording.itself)
    report = Report(
        council=plan.council,
        plan=plan,
        layout=layout,
        title=f"Progress of the {plan.name}",
        committee=COMMITTEE,
        meeting_on=on,
        on=on,
    )
    rows = [
        ReportRow(report=report, position=at, text=_text(row.filled_from), **asdict(row))
        for at, row in enumerate(wording.rows)
    ]
    sections = [
        ReportSection(
            report=report, position=at, body=_body(section.filled_from, section.guidance), **asdict(section)
        )
        for at, section in enumerate(wording.sections)
    ]
    # Named only: the whole plan behind a sample would be long to make and long to read.
    enclosures = [Enclosure(report=report, kind=EnclosureKind.TERMS, title=plan.name, position=1)]
    return document.put_together(
        report, document.Pieces(rows, sections, enclosures, _clearances(report, wording))
    )


def _clearances(report: Report, wording: Wording) -> list[Clearance]:
    made = [
        Clearance(report=report, post=each.post, position=at)
        for at, each in enumerate(wording.posts, start=1)
    ]
    for clearance in made:
        clearance.state = clearance.stated_on = None  # type: ignore[attr-defined]
    return made


def _text(filled_from: str) -> str:
    return "What the author types." if filled_from == RowSource.TYPED else ""


def _body(filled_from: str, guidance: str) -> str:
    if filled_from == SectionSource.RECOMMENDATIONS:
        return as_typed(guidance) or ASKED
    if filled_from == SectionSource.TYPED:
        return f"{as_typed(guidance) or WORDS}\n\n{MORE}"
    return ""


def as_typed(words: str) -> str:
    """Markdown that shows just these characters, in one paragraph."""
    return SIGNS.sub(r"\\\1", " ".join(words.split()))
