"""Publishing a report, correcting what was published, and taking it back.

Whoever publishes settles what is published; making the documents is a job. It ends with all of them and their digests
in the ledger, or with nothing at all and the reason why.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django_tasks import task

from improvement import clock, ledger
from improvement.models import User
from improvement.permissions import Verb, require
from improvement.stored_files import Stored, open_whole, store
from recommendations.workflow import careful
from recommendations.workflow.access import require_words
from reports import data, document, making
from reports.formats import FORMATS, Made
from reports.models import Audience, Format, Publication, PublishedFile, Publishing, Report, State, Withdrawal
from reports.paper import Paper
from reports.workflow import publication_rules

STEP_PERCENT = 5
CHANGED = (
    "The report, or the plan, was changed after you published and before its documents were made. "
    "Nothing was published. Read it again, then publish."
)


class Changed(Exception):
    """What would be published is not what was settled."""


@dataclass(frozen=True)
class Kept:
    """One document in one form, put away."""

    audience: Audience
    format: Format
    stored: Stored
    pages: int


def publish(
    *, report: Report, late_because: str = "", by: User, on: date, kept_because: str = ""
) -> Publishing:
    """Publish the first version. Said twice, or by two at once, it is one version.

    Raises PermissionDenied, NotReady, AlreadyPublished, and ValidationError without a reason where notice is short.
    """
    require(by, Verb.PUBLISH_REPORT, report.council)
    careful.check(late_because, kept_because=kept_because)
    return _begin(report, None, by=by, on=on, because="", late_because=late_because)


def correct(*, report: Report, because: str, by: User, on: date, kept_because: str = "") -> Publishing:
    """Publish the next version, which names the one before and says what was wrong with it. Raises as `publish` does."""
    require(by, Verb.PUBLISH_REPORT, report.council)
    require_words("because", because, "Say what was wrong with the version before.")
    careful.check(because, kept_because=kept_because)
    last = report.publications.latest_first().first()
    if last is None:
        raise ValidationError("Nothing is published yet, so there is nothing to correct.")
    return _begin(report, last, by=by, on=on, because=because, late_because="")


@transaction.atomic
def withdraw(
    *, publication: Publication, because: str, by: User, on: date, kept_because: str = ""
) -> Withdrawal:
    """Take a version back: its bytes are kept and not handed out any more, and a notice says why. Once is enough."""
    report = publication.report
    require(by, Verb.PUBLISH_REPORT, report.council)
    require_words("because", because, "Say why it is withdrawn.")
    careful.check(because, kept_because=kept_because)
    withdrawal, made = Withdrawal.objects.get_or_create(
        publication=publication, defaults={"on": on, "by": by, "because": because}
    )
    if made:
        ledger.record(
            by=by,
            on=on,
            council=report.council,
            verb="withdraw_publication",
            subject=withdrawal,
            before={"version": publication.number},
            after={"report": report.slug, "withdrawn": publication.number},
            reason=because,
        )
    return withdrawal


@transaction.atomic
def _begin(
    report: Report, corrects: Publication | None, *, by: User, on: date, because: str, late_because: str
) -> Publishing:
    at = clock.now()
    going = report.publishings.unfinished().first()
    if going and not going.is_abandoned(at):
        return going
    if going:
        _fail(going, "It was begun and never finished. Nothing is wrong with the report.")
    publication_rules.require_ready(report, corrects, late_because, on=on)
    contents = {paper.audience.value: data.fingerprint(paper) for paper in _papers(report)}
    publication_rules.require_news(report, corrects, contents)
    try:
        with transaction.atomic():
            begun = Publishing.objects.create(
                report=report,
                on=on,
                by=by,
                because=because,
                late_because=late_because,
                contents=contents,
                requested_at=at,
            )
    except IntegrityError:
        # Somebody published at the same moment, and theirs is on its way.
        return report.publishings.unfinished().get()
    ledger.record(
        by=by,
        on=on,
        council=report.council,
        verb="correct_report" if corrects else "publish_report",
        subject=begun,
        before={"version": corrects.number} if corrects else {},
        after={"report": report.slug, "contents": contents},
        reason=because or late_because,
    )
    make_publication.enqueue(begun.pk)
    return begun


@task()
def make_publication(number: int) -> None:
    """Make the documents and publish them. Doing it twice, or again after a worker was killed, publishes once."""
    begun = Publishing.objects.select_related("report").filter(pk=number).first()
    if begun is None or not begun.is_unfinished:
        return
    begun.started_at = clock.now()
    mine = Publishing.objects.unfinished().filter(pk=number)
    mine.update(state=State.MAKING, started_at=begun.started_at, step="Reading the report", percent=0)
    report = Report.objects.with_plan().get(pk=begun.report_id)
    kept: list[Kept] = []
    try:
        _make_documents(begun, report, kept)
        published = _publish(begun, report, kept)
    except (Changed, making.ReportFailed) as failure:
        published = False
        _fail(begun, str(failure))
    except Exception:
        _forget(kept)
        _fail(begun, making.SENTENCES["broken"])
        raise
    if not published:
        _forget(kept)


def _make_documents(begun: Publishing, report: Report, kept: list[Kept]) -> None:
    """Every document in every form, each noted in `kept` as soon as it is put away.

    Raises Changed where one would say something else than what was settled.
    """
    papers = _papers(report)
    if {paper.audience.value: data.fingerprint(paper) for paper in papers} != begun.contents:
        raise Changed(CHANGED)
    edition = _next(begun).edition
    whole = len(papers) * len(FORMATS)
    for at, (paper, form) in enumerate((paper, form) for paper in papers for form in FORMATS):
        on_step = partial(_note, begun, at, whole)
        made: Made = FORMATS[form](replace(paper, draft=False, edition=edition), on_step)
        stored = store(ContentFile(made.content), "published", f".{form.value}")
        kept.append(Kept(paper.audience, form, stored, made.pages))


def _papers(report: Report) -> tuple[Paper, ...]:
    return tuple(document.of(report, audience=audience) for audience in document.audiences_of(report))


def _next(begun: Publishing) -> Publication:
    """The publication that this one will be."""
    last = begun.report.publications.latest_first().first()
    return Publication(
        report=begun.report,
        number=last.number + 1 if last else 1,
        on=begun.on,
        by=begun.by,
        corrects=last,
        because=begun.because,
        late_because=begun.late_because,
    )


def _note(begun: Publishing, at: int, whole: int, words: str, percent: int) -> None:
    """How far it is: the documents that are done, and how far the one at hand is."""
    reached = (100 * at + percent) // whole
    if reached >= begun.percent + STEP_PERCENT:
        begun.percent = reached
        Publishing.objects.filter(pk=begun.pk, state=State.MAKING).update(step=words, percent=reached)


@transaction.atomic
def _publish(begun: Publishing, report: Report, kept: list[Kept]) -> bool:
    """Publish what is put away; False where another worker took over meanwhile."""
    mine = Publishing.objects.filter(pk=begun.pk, state=State.MAKING, started_at=begun.started_at)
    publication = _next(begun)
    # The row is taken first, so that of two workers only one goes on.
    if not mine.update(step="Noting the digests", percent=99):
        return False
    publication.save(force_insert=True)
    for each in kept:
        PublishedFile.objects.create(
            publication=publication,
            audience=each.audience,
            format=each.format,
            file=each.stored.name,
            size=each.stored.size,
            pages=each.pages,
            sha256=each.stored.sha256,
            content=begun.contents[each.audience.value],
        )
    mine.update(state=State.READY, step="", percent=100, finished_at=clock.now(), publication=publication)
    _record(publication, kept, report)
    return True


def _record(publication: Publication, kept: list[Kept], report: Report) -> None:
    ledger.record(
        by=publication.by,
        on=publication.on,
        council=report.council,
        verb="issue_publication",
        subject=publication,
        before={"version": publication.corrects.number} if publication.corrects else {},
        after={
            "report": report.slug,
            "version": publication.number,
            "files": {f"{each.audience.value}.{each.format.value}": each.stored.sha256 for each in kept},
        },
        reason=publication.because or publication.late_because,
    )


def _fail(begun: Publishing, problem: str) -> None:
    """Only by whoever is at work on it: a worker that was given up on says nothing of its successor's work."""
    mine = Publishing.objects.unfinished().filter(pk=begun.pk, started_at=begun.started_at)
    mine.update(state=State.FAILED, problem=problem, finished_at=clock.now(), step="")


def _forget(kept: list[Kept]) -> None:
    for each in kept:
        default_storage.delete(each.stored.name)


def content_of(file: PublishedFile) -> bytes:
    """The bytes that were published. Raises FileAltered, and notes it, when the stored ones are others."""
    with open_whole(file.file, file.sha256) as stored:
        content: bytes = stored.read()
    return content
