"""Harrow's paper of 14 November 2012, as the fixtures have it and as its PDF shows it."""

import pytest
from page import validate_pdf_bytes

from improvement.models import Plan
from reports import document, pages, pdf
from reports.models import Report
from tests.reports.reading import Paper

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

    assert [row.lines for row in shown.header] == [
        ("Overview and Scrutiny Committee",),
        ("14 November 2012",),
        ("Post-Ofsted Improvement Plan",),
        ("Corporate Director of Children and Families",),
        ("Children and Families: Policy Lead", "Children and Families: Performance Lead"),
        ("No",),
        ("Appendix A: Post-Ofsted Improvement Plan",),
    ]
    assert [(part.number, part.heading) for part in shown.parts] == [
        (1, "Summary and Recommendations"),
        (2, "Report"),
    ]
    assert [section.heading for section in shown.parts[1].sections] == SECTIONS
    assert [(row.post, row.cleared_on.isoformat()) for row in shown.clearances if row.cleared_on] == [
        ("Chief Financial Officer", "2012-10-31"),
        ("Monitoring Officer", "2012-11-01"),
    ]
    assert (shown.clearance_number, shown.contact_number) == (3, 4)


@pytest.mark.pdf
def test_its_pdf_is_whole_and_accessible(harrows: Report) -> None:
    made = pdf.render(pages.source_of(document.of(harrows)))

    paper = Paper(made.content)
    rows = [row for table in paper.plan_tables for row in table.all("TR")[1:] if len(row.children) == 6]
    assert validate_pdf_bytes(made.content, profile="ua1").is_compliant
    assert len(rows) == 101
    assert "40 of 62 actions that should be finished are not." in paper.tree.words
    assert [title for depth, title in paper.bookmarks if depth == 3][2:12] == SECTIONS
