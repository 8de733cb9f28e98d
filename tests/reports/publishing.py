"""What tests of clearing and publishing need: jobs that are run, reports that are ready, exempt matter to look for."""

from datetime import date

from django_tasks_db.models import DBTaskResult

from improvement.models import User
from reports.models import (
    Clearance,
    ClearanceStep,
    Enclosure,
    EnclosureKind,
    Happened,
    Publication,
    Readiness,
    Report,
    ReportSection,
)
from reports.workflow import publication

DAY = date(2012, 11, 5)
SECRET_HEADING, SECRET_WORDS, SECRET_TITLE, SECRET_TERMS, SECRET_INTEREST = (
    "Zanzibar",
    "Quicksilver",
    "Marmalade",
    "Obsidian",
    "Periwinkle",
)
SECRETS = (SECRET_HEADING, SECRET_WORDS, SECRET_TITLE, SECRET_TERMS, SECRET_INTEREST)


def run_jobs() -> None:
    """Everything that is queued, once."""
    for job in DBTaskResult.objects.ready():
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.set_successful(None)


def clear(report: Report, by: User | None = None) -> Report:
    """Every clearance given."""
    for clearance in Clearance.objects.for_report(report):
        last = clearance.steps.last()
        ClearanceStep.objects.create(
            clearance=clearance,
            sequence=last.sequence + 1 if last else 1,
            happened=Happened.GIVEN,
            on=date(2012, 11, 1),
            by=by,
        )
    return report


def hide_something(report: Report) -> Report:
    """An exempt section and an exempt enclosure among the open ones, full of words that stand nowhere else."""
    for section in ReportSection.objects.filter(report=report, position__gte=6).order_by("-position"):
        ReportSection.objects.filter(pk=section.pk).update(position=section.position + 1)
    ReportSection.objects.create(
        report=report,
        heading=f"{SECRET_HEADING} contract",
        level=2,
        body=f"The {SECRET_WORDS} price.\n\n- {SECRET_WORDS} again",
        readiness=Readiness.READY,
        exempt_paragraph="3",
        public_interest=f"{SECRET_INTEREST} would suffer.",
        position=6,
    )
    Enclosure.objects.filter(report=report, position=2).update(position=3)
    Enclosure.objects.create(
        report=report,
        kind=EnclosureKind.TERMS,
        title=f"{SECRET_TITLE} terms",
        body=f"The {SECRET_TERMS} clause.",
        exempt_paragraph="5",
        public_interest=f"{SECRET_INTEREST} is legal advice.",
        position=2,
    )
    return report


def published(report: Report, by: User, *, on: date = DAY) -> Publication:
    publication.publish(report=report, by=by, on=on)
    run_jobs()
    return Publication.objects.for_report(report).latest_first()[0]
