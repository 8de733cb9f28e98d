"""Every change to a report's files: asking for one, making it, and handing out just the bytes that were made."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks import task

from improvement import clock, ledger
from improvement.models import Plan, User
from improvement.permissions import Verb, reads_exempt, require
from improvement.stored_files import FileAltered, open_whole, store
from reports import document, making, pages, pdf, word
from reports.models import Audience, Format, Report, ReportFile, State
from reports.models.report_file import TAKEN_OUT, ReportFileQuerySet
from reports.paper import Paper
from reports.taking_out.formats import MAKERS
from reports.taking_out.plan_table import PlanTable, as_source

MOST_AT_ONCE = 3
LONGEST_TITLE = 200
# A step is written down when it moves on by this much, so that a long report does not keep the database busy.
STEP_PERCENT = 5


class Finished(Protocol):
    """A file that was made. A form whose pages only its reader counts has none."""

    @property
    def content(self) -> bytes: ...
    @property
    def pages(self) -> int: ...
    @property
    def sha256(self) -> str: ...


class Form(Protocol):
    """What makes files of one form from their source."""

    def fingerprint(self, source: str, /) -> str: ...
    def render(self, source: str, on_step: making.OnStep = ..., /) -> Finished: ...


FORMS: dict[str, Form] = {Format.PDF.value: pdf, Format.WORD.value: word}


class TooManyRequested(Exception):
    """Somebody has as many reports waiting as one person may."""


@dataclass(frozen=True)
class Wanted:
    """Which paper somebody wants as a file, and in which form. `report` is empty for a paper without an author."""

    plan: Plan
    name: str
    paper: Paper
    report: Report | None = None
    format: Format = Format.PDF

    @property
    def title(self) -> str:
        return self.paper.title

    @property
    def audience(self) -> Audience:
        return self.paper.audience

    @property
    def source(self) -> str:
        """What its file is made from."""
        return word.source_of(self.paper) if self.format == Format.WORD else pages.source_of(self.paper)

    def fingerprint(self, source: str) -> str:
        return FORMS[self.format].fingerprint(source)

    @property
    def current(self) -> ReportFileQuerySet:
        """The file that was asked for of just this state of the paper."""
        return self.files.made_from(self.fingerprint(self.source))

    @property
    def files(self) -> ReportFileQuerySet:
        """The files that were ever asked for of this paper, in this form and for this audience."""
        mine = ReportFile.objects.for_plan(self.plan)
        mine = mine.for_report(self.report) if self.report else mine.of_paper(self.name)
        return mine.in_format(self.format).for_audience(self.paper.audience)


@dataclass(frozen=True)
class WantedTable:
    """The table of a plan, which somebody wants to take out as a file and which is too long to wait for."""

    plan: Plan
    table: PlanTable
    format: Format
    name: str = TAKEN_OUT
    report: None = None
    audience: Audience = Audience.OPEN

    @property
    def title(self) -> str:
        whose = f": {self.table.only}" if self.table.only else ""
        return f"{self.plan.name} taken out{whose}"[:LONGEST_TITLE]

    @cached_property
    def source(self) -> str:
        return as_source(self.table)

    def fingerprint(self, source: str) -> str:
        return MAKERS[self.format].fingerprint(source)

    @property
    def files(self) -> ReportFileQuerySet:
        mine = ReportFile.objects.for_plan(self.plan).of_paper(self.name)
        return mine.in_format(self.format).for_audience(self.audience)


def of_report(report: Report, *, audience: Audience = Audience.OPEN, form: Format = Format.PDF) -> Wanted:
    paper = document.of(report, audience=audience)
    return Wanted(report.plan, report.slug, paper, report, form)


def request_file(*, wanted: Wanted | WantedTable, by: User, on: date) -> ReportFile:
    """Have a paper made as a file. What is there already, or on its way, is not made again.

    Raises PermissionDenied, and TooManyRequested when the person has too many reports waiting.
    """
    require(by, Verb.MAKE_FILE, wanted.plan.council)
    if wanted.audience == Audience.EXEMPT and not reads_exempt(by, wanted.plan.council):
        raise PermissionDenied("Your role does not allow you to read what is exempt.")
    return _request(wanted, wanted.source, by=by, on=on, at=clock.now())


@transaction.atomic
def _request(wanted: Wanted | WantedTable, source: str, *, by: User, on: date, at: datetime) -> ReportFile:
    fingerprint = wanted.fingerprint(source)
    found = wanted.files.made_from(fingerprint).first()
    if found and (is_whole(found) or (found.is_unfinished and not found.is_abandoned(at))):
        return found
    if ReportFile.objects.asked_for_by(by).waiting(at=at).count() >= MOST_AT_ONCE:
        raise TooManyRequested(
            f"You have {MOST_AT_ONCE} reports waiting to be made. Wait until one of them is ready, then ask again."
        )
    file = _queue(wanted, fingerprint, found, source=source, requested_by=by, requested_at=at)
    if file is None:
        # Somebody asked for the same at the same moment, and theirs is on its way.
        return wanted.files.made_from(fingerprint).get()
    ledger.record(
        by=by,
        on=on,
        council=wanted.plan.council,
        verb="request_file",
        subject=file,
        before={"state": found.state} if found else {},
        after={
            "state": file.state,
            "paper": wanted.name,
            "format": wanted.format.value,
            "fingerprint": fingerprint,
        },
    )
    # The job is a row like the others: in the same transaction, so that there is never one without the other.
    make_file.enqueue(file.pk)
    return file


def _queue(
    wanted: Wanted | WantedTable, fingerprint: str, found: ReportFile | None, **asked: Any
) -> ReportFile | None:
    """The file in the queue: a new one, or one that failed put back; None where another request was quicker."""
    if found is None:
        file, made = ReportFile.objects.get_or_create(
            plan=wanted.plan,
            report=wanted.report,
            paper=wanted.name,
            audience=wanted.audience,
            format=wanted.format,
            fingerprint=fingerprint,
            defaults={**asked, "title": wanted.title},
        )
        return file if made else None
    as_seen = ReportFile.objects.filter(pk=found.pk, state=found.state, requested_at=found.requested_at)
    moved = as_seen.update(
        **asked, state=State.QUEUED, step="", percent=0, problem="", started_at=None, finished_at=None
    )
    return ReportFile.objects.get(pk=found.pk) if moved else None


@task()
def make_file(number: int) -> None:
    """Make the file of that number. Doing it twice, or again after a worker was killed, makes the same file."""
    file = ReportFile.objects.select_related("plan__council").filter(pk=number).first()
    if file is None or file.is_ready:
        return
    unmade = ReportFile.objects.filter(pk=number).exclude(state=State.READY)
    unmade.update(
        state=State.MAKING, started_at=clock.now(), step="Reading the report", percent=0, problem=""
    )
    last = 0

    def on_step(words: str, percent: int) -> None:
        nonlocal last
        if percent >= last + STEP_PERCENT:
            last = percent
            unmade.update(step=words, percent=percent)

    try:
        _keep(file, _form_of(file).render(file.source, on_step))
    except making.ReportFailed as failure:
        _mark_failed(file, str(failure))
    except Exception:
        _mark_failed(file, making.SENTENCES["broken"])
        raise


def _form_of(file: ReportFile) -> Form:
    return MAKERS[file.format] if file.paper == TAKEN_OUT else FORMS[file.format]


def _keep(file: ReportFile, made: Finished) -> None:
    """Put the bytes away first and say so after: a file that is not whole is never one that is ready."""
    name = store(ContentFile(made.content), "reports", f".{file.format}").name
    try:
        with transaction.atomic():
            kept = ReportFile.objects.filter(pk=file.pk, state=State.MAKING).update(
                state=State.READY,
                source="",
                step="",
                percent=100,
                finished_at=clock.now(),
                file=name,
                size=len(made.content),
                pages=made.pages,
                sha256=made.sha256,
            )
            if kept:
                _record_made(file, made)
    except BaseException:
        default_storage.delete(name)
        raise
    if not kept:
        default_storage.delete(name)


def _record_made(file: ReportFile, made: Finished) -> None:
    ledger.record(
        by=file.requested_by,
        on=clock.day_of(file.plan.council),
        council=file.plan.council,
        verb="make_file",
        subject=file,
        before={"state": State.MAKING.value},
        after={"state": State.READY.value, "sha256": made.sha256, "pages": made.pages},
    )


def _mark_failed(file: ReportFile, problem: str) -> None:
    ReportFile.objects.filter(pk=file.pk).exclude(state=State.READY).update(
        state=State.FAILED, problem=problem, finished_at=clock.now(), step=""
    )


def is_whole(file: ReportFile) -> bool:
    """Whether it is ready and its bytes are still the ones that were made."""
    if not file.is_ready:
        return False
    try:
        content_of(file)
    except FileAltered:
        return False
    return True


def content_of(file: ReportFile) -> bytes:
    """The bytes that were made. Raises FileAltered, and notes it, when the stored ones are others."""
    with open_whole(file.file.name or "", file.sha256) as stored:
        content: bytes = stored.read()
    return content


def made(wanted: Wanted) -> bytes:
    """The paper's bytes without a request: the stored ones where it was made already, else made now. Raises ReportFailed."""
    source = wanted.source
    stored = wanted.files.made_from(wanted.fingerprint(source)).ready().first()
    if stored and is_whole(stored):
        return content_of(stored)
    return FORMS[wanted.format].render(source).content
