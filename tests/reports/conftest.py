"""Papers about the plans of both councils, and their PDFs, each made once for all tests of a file."""

from datetime import date
from functools import cache

import pytest

from improvement.models import Plan
from reports import document, pages, pdf
from reports.models import (
    Clearance,
    ClearanceStep,
    Enclosure,
    EnclosureKind,
    Happened,
    Layout,
    Readiness,
    Report,
    ReportRow,
    ReportSection,
    RowSource,
    SectionSource,
)
from tests.reports.reading import Paper

ROWS = (
    ("Report for", RowSource.COMMITTEE, ""),
    ("Date of meeting", RowSource.MEETING_DAY, ""),
    ("Subject", RowSource.TITLE, ""),
    ("Responsible officer", RowSource.TYPED, "Director of Children's Services"),
    ("Scrutiny lead member area", RowSource.TYPED, "Policy\nPerformance"),
    ("Exempt", RowSource.EXEMPT, ""),
    ("Enclosures", RowSource.ENCLOSURES, ""),
)
SECTIONS = (
    ("Summary and Recommendations", 1, SectionSource.HEADING, ""),
    ("Summary", 2, SectionSource.TYPED, "A **short** summary."),
    ("Recommendations", 2, SectionSource.RECOMMENDATIONS, "To note the plan."),
    ("Report", 1, SectionSource.HEADING, ""),
    ("Background", 2, SectionSource.TYPED, "First words.\n\n- one\n- two"),
    ("Statutory Officer Clearance", 1, SectionSource.CLEARANCE, ""),
    ("Contact Details and Background Papers", 1, SectionSource.TYPED, "Head of Quality"),
)
LATER_SECTIONS = (
    ("Progress in a minute", 1, SectionSource.MINUTE, ""),
    ("Questions for the board", 1, SectionSource.QUESTIONS, ""),
)
ENCLOSURES = ((EnclosureKind.PLAN, "How the plan goes"), (EnclosureKind.INDEX, "Index of changes"))


def write_report(plan: Plan, **fields: object) -> Report:
    """A paper in numbered sections, cleared by one of two officers, with the plan and its index enclosed."""
    values = {
        "slug": "scrutiny",
        "layout": Layout.objects.get_by_natural_key("", "overview-and-scrutiny"),
        "title": "How the plan goes",
        "committee": "Scrutiny Committee",
        "meeting_on": date(2012, 11, 14),
        "on": date(2012, 11, 14),
        **fields,
    }
    report = Report.objects.create(council=plan.council, plan=plan, **values)
    for position, (label, source, text) in enumerate(ROWS, start=1):
        ReportRow.objects.create(report=report, label=label, filled_from=source, text=text, position=position)
    for position, (heading, level, source, body) in enumerate((*SECTIONS, *LATER_SECTIONS), start=1):
        ReportSection.objects.create(
            report=report,
            heading=heading,
            level=level,
            filled_from=source,
            body=body,
            numbered=(heading, level, source, body) in SECTIONS,
            readiness=Readiness.READY,
            position=position,
        )
    for position, (kind, title) in enumerate(ENCLOSURES, start=1):
        Enclosure.objects.create(report=report, kind=kind, title=title, position=position)
    cleared = Clearance.objects.create(report=report, post="Chief Financial Officer", position=1)
    ClearanceStep.objects.create(
        clearance=cleared, sequence=1, happened=Happened.GIVEN, on=date(2012, 10, 31)
    )
    Clearance.objects.create(report=report, post="Monitoring Officer", position=2)
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
    return Paper(_made(pages.source_of(document.of(report))).content)


@pytest.fixture
def short_paper(short_report: Report) -> Paper:
    return Paper(_made(pages.source_of(document.of(short_report))).content)
