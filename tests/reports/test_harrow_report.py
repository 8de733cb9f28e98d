"""Harrow's paper of 14 November 2012, as the fixtures have it and as its PDF shows it."""

from datetime import date

import pytest
from page import validate_pdf_bytes

from improvement.models import Plan
from reports import document, pages, pdf
from reports.models import Report
from reports.paper import Heading
from tests.reports.reading import Paper
from tests.reports.sources import block

SECTIONS = [
    "Introduction",
    "Background",
    "Current situation",
    "Why a change is needed",
    "Financial Implications",
    "Performance Issues",
    "Environmental Impact",
    "Risk Management Implications",
    "Equalities Implications",
    "Corporate Priorities",
]


@pytest.fixture
def harrows(harrow: Plan) -> Report:
    return Report.objects.with_plan().get_by_natural_key("harrow", "overview-and-scrutiny-2012-11-14")


def test_it_has_the_layout_of_the_paper(harrows: Report) -> None:
    shown = document.of(harrows)

    headings = [each for each in shown.parts[0].blocks if isinstance(each, Heading)]
    assert [row.lines for row in shown.head] == [
        ("Overview and Scrutiny Committee",),
        ("14 November 2012",),
        ("Post-Ofsted Improvement Plan",),
        ("Corporate Director of Children and Families",),
        ("Children and Families: Policy Lead", "Children and Families: Performance Lead"),
        ("No",),
        ("Appendix A: Post-Ofsted Improvement Plan", "Appendix B: Index of changes"),
    ]
    assert [(each.number, each.text) for each in headings if each.level == 2][:4] == [
        ("Section 1 –", "Summary and Recommendations"),
        ("Section 2 –", "Report"),
        ("Section 3 –", "Statutory Officer Clearance"),
        ("Section 4 –", "Contact Details and Background Papers"),
    ]
    assert [each.text for each in headings if each.level == 3][1:11] == SECTIONS
    assert [
        (clearance.post, clearance.stated_on) for clearance in block(shown, document.Clearances).clearances
    ] == [
        ("Chief Financial Officer", date(2012, 10, 31)),
        ("Monitoring Officer", date(2012, 11, 1)),
    ]


@pytest.mark.pdf
def test_its_pdf_is_whole_and_accessible(harrows: Report) -> None:
    made = pdf.render(pages.source_of(document.of(harrows)))

    paper = Paper(made.content)
    rows = [row for table in paper.plan_tables for row in table.all("TR")[1:] if len(row.children) == 6]
    assert validate_pdf_bytes(made.content, profile="ua1").is_compliant
    assert len(rows) == 101
    assert "40 of 62 actions that should be finished are not." in paper.tree.words
    assert [title for depth, title in paper.bookmarks if depth == 3][1:11] == SECTIONS
