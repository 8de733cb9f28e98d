"""Papers about the plans of both councils, and their PDFs, each made once for all tests of a file."""

from datetime import date
from functools import cache

import pytest

from improvement.models import Plan
from reports import pdf, workflow
from reports.models import Clearance, Report, ReportSection
from tests.reports.reading import Paper


def write_report(plan: Plan, **fields: object) -> Report:
    """A paper with two numbered parts, cleared by one of two officers."""
    values = {
        "slug": "scrutiny",
        "title": "How the plan goes",
        "committee": "Scrutiny Committee",
        "meeting_on": date(2012, 11, 14),
        "on": date(2012, 11, 14),
        "responsible_officer": "Director of Children's Services",
        "scrutiny_lead_areas": "Policy\nPerformance",
        "enclosures": "Appendix A",
        "contact": "Head of Quality",
        "background_papers": "The inspection report",
        **fields,
    }
    report = Report.objects.create(council=plan.council, plan=plan, **values)
    for position, (part, part_heading, heading, body) in enumerate(
        [
            (1, "Summary and Recommendations", "Summary", "A **short** summary."),
            (1, "Summary and Recommendations", "Recommendations", "To note the plan."),
            (2, "Report", "Background", "First words.\n\n- one\n- two"),
        ],
        start=1,
    ):
        ReportSection.objects.create(
            report=report, part=part, part_heading=part_heading, heading=heading, body=body, position=position
        )
    Clearance.objects.create(
        report=report, post="Chief Financial Officer", cleared_on=date(2012, 10, 31), position=1
    )
    Clearance.objects.create(report=report, post="Monitoring Officer", cleared_on=None, position=2)
    return Report.objects.with_plan().get(pk=report.pk)


@pytest.fixture
def report(harrow: Plan) -> Report:
    """A paper about Harrow's plan, as of 14 November 2012."""
    return write_report(harrow)


@pytest.fixture
def short_report(northmoor: Plan) -> Report:
    """A paper about Northmoor's plan of four actions, as of 4 July 2025; quick to make."""
    return write_report(
        northmoor, slug="board", title="Northmoor's plan", on=date(2025, 7, 4), meeting_on=date(2025, 7, 4)
    )


@cache
def _made(source: str) -> pdf.Pdf:
    return pdf.render(source)


@pytest.fixture
def paper(report: Report) -> Paper:
    return Paper(_made(workflow.source_of(report)).content)


@pytest.fixture
def short_paper(short_report: Report) -> Paper:
    return Paper(_made(workflow.source_of(short_report)).content)
