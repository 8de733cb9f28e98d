"""Starting a report, writing its sections, and saying how far each is."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from improvement import clock, ledger
from improvement.models import Plan, User
from improvement.permissions import Verb, require
from recommendations.workflow import careful
from reports import typed
from reports.models import (
    Clearance,
    Enclosure,
    EnclosureKind,
    Layout,
    Readiness,
    Report,
    ReportRow,
    ReportSection,
    SectionSource,
)
from reports.workflow.details import Details, checked
from reports.workflow.order import require_steps
from reports.workflow.written import Gone, Told, called, record, require_length, require_line

# Somebody has to write these; every other section is there without them.
WRITTEN_BY_AUTHORS = (SectionSource.TYPED.value, SectionSource.RECOMMENDATIONS.value)
LONGEST_SLUG = 80


class WrittenMeanwhile(Exception):
    """Somebody else changed the section's words since its page was opened; carries the section as it is now."""

    def __init__(self, theirs: ReportSection) -> None:
        super().__init__(
            "Somebody else changed this section while you were writing. Nothing of yours was lost."
        )
        self.theirs = theirs


@dataclass(frozen=True)
class Saved:
    """A section as it is after somebody wrote it."""

    section: ReportSection
    told: Told
    was_ready: bool = False


@transaction.atomic
def start_report(
    *, plan: Plan, layout: Layout, details: Details, by: User, on: date, kept_because: str = ""
) -> Report:
    """A new report in a layout: its rows, sections and posts copied, the whole plan proposed as its enclosure.

    From here on the report is its own: a later change of the layout does not touch it.
    """
    require(by, Verb.WRITE_REPORT, plan.council)
    if not Layout.objects.offered_to(plan.council).filter(pk=layout.pk).exists():
        raise ValidationError({"layout": "Choose one of the layouts of this council."})
    details = checked(details, kept_because=kept_because)
    # Two who start at once wait for each other here, so that each finds the other's address taken.
    Plan.objects.select_for_update().get(pk=plan.pk)
    same = Report.objects.for_plan(plan).filter(
        title=details.title, committee=details.committee, meeting_on=details.meeting_on
    )
    if same.exists():
        raise ValidationError({"title": "There is a report with this title for that meeting already."})
    report = Report.objects.create(
        council=plan.council, plan=plan, layout=layout, slug=_slug(plan, details), **vars(details)
    )
    _copy(layout, report)
    Enclosure.objects.create(report=report, kind=EnclosureKind.PLAN, title=plan.name, position=1)
    after = {"report": report.slug, "layout": layout.slug, **vars(details)}
    ledger.record(
        by=by, on=on, council=plan.council, verb="start_report", subject=report, before={}, after=after,
        reason=kept_because,
    )  # fmt: skip
    return report


@transaction.atomic
def write_section(
    *, section: ReportSection, version: int, body: str, by: User, on: date, kept_because: str = ""
) -> Saved:
    """Keep a section's words. `version` is that of the words that the writer began from.

    A section that was ready is not ready after it: ready is what somebody said of other words. Raises
    WrittenMeanwhile when somebody else's words came between, Gone when the section was taken out, ValidationError
    when they are too long, LooksLikeChildRecord where they want a reason.
    """
    report = section.report
    require(by, Verb.WRITE_REPORT, report.council)
    require_length("body", body)
    body, before = typed.text(body), _as_it_is(section)
    if body == before.body:
        # Also where the page is older than the words: both say the same.
        return Saved(before, Told())
    if version != before.version:
        raise WrittenMeanwhile(before)
    careful.check(body, kept_because=kept_because, before=before.body)
    as_seen = ReportSection.objects.filter(pk=section.pk, version=version)
    moved = as_seen.update(
        body=body,
        version=version + 1,
        readiness=Readiness.NOT_READY,
        because="",
        edited_at=clock.now(),
        edited_by=by,
    )
    after = _as_it_is(section)
    if not moved:
        raise WrittenMeanwhile(after)
    told = record(
        report=report,
        subject=after,
        verb="write_section",
        before=_digest_of(before),
        after={**_digest_of(after), **careful.kept(kept_because)},
        by=by,
        on=on,
        what=f"{called(after)} was edited.",
    )
    return Saved(after, told, was_ready=before.readiness != Readiness.NOT_READY)


@transaction.atomic
def finish_section(
    *, section: ReportSection, version: int, body: str, by: User, on: date, kept_because: str = ""
) -> Saved:
    """Keep a section's words and say that they are ready, both or neither."""
    saved = write_section(
        section=section, version=version, body=body, by=by, on=on, kept_because=kept_because
    )
    marked = mark_section(
        section=section, version=saved.section.version, readiness=Readiness.READY, by=by, on=on
    )
    voided = (*saved.told.voided, *marked.voided)
    return Saved(_as_it_is(section), Told(saved.told.changed or marked.changed, voided), saved.was_ready)


@transaction.atomic
def mark_section(
    *,
    section: ReportSection,
    version: int,
    readiness: str,
    because: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> Told:
    """Say of just these words that they are ready, or not, or that the section does not apply, and then why."""
    report = section.report
    require(by, Verb.WRITE_REPORT, report.council)
    because, before = typed.line(because), _as_it_is(section)
    _check_mark(before, readiness, because)
    if version != before.version:
        raise WrittenMeanwhile(before)
    because = because if readiness == Readiness.NOT_APPLICABLE else ""
    if (before.readiness, before.because) == (readiness, because):
        return Told()
    careful.check(because, kept_because=kept_because, before=before.because)
    as_seen = ReportSection.objects.filter(pk=section.pk, version=version, readiness=before.readiness)
    if not as_seen.update(readiness=readiness, because=because):
        raise WrittenMeanwhile(_as_it_is(section))
    require_steps(report.sections.in_order())
    left_out = readiness == Readiness.NOT_APPLICABLE
    # Only what is left out or taken in again changes what is printed.
    what = f"{called(before)} was {'left out' if left_out else 'taken in again'}."
    return record(
        report=report,
        subject=before,
        verb="mark_section",
        before={"readiness": before.readiness, "because": before.because},
        after={"readiness": readiness, **careful.kept(kept_because)},
        by=by,
        on=on,
        what=what if left_out != before.is_left_out else "",
        reason=because,
    )


def _check_mark(section: ReportSection, readiness: str, because: str) -> None:
    if readiness not in Readiness.values:
        raise ValidationError({"readiness": "Choose how far the section is."})
    if readiness == Readiness.NOT_APPLICABLE:
        require_line("because", because, 300, "Say why it does not apply.")
    if (
        readiness == Readiness.READY
        and section.required
        and not section.body
        and section.filled_from in WRITTEN_BY_AUTHORS
    ):
        raise ValidationError(
            {"readiness": "Nothing is written here yet. Write it, or say that it does not apply."}
        )


def _as_it_is(section: ReportSection) -> ReportSection:
    found = ReportSection.objects.select_related("edited_by").filter(pk=section.pk).first()
    if found is None:
        raise Gone("Somebody else took this section out of the report. Nothing of yours was saved.")
    return found


def _digest_of(section: ReportSection) -> dict[str, object]:
    return {
        "section": section.position,
        "sha256": typed.digest(section.body),
        "words": section.words,
        "readiness": section.readiness,
    }


def _slug(plan: Plan, details: Details) -> str:
    """Committee and day, with a number after it where that is taken."""
    day = f"-{details.meeting_on:%Y-%m-%d}"
    committee = slugify(details.committee) or "report"
    taken = set(Report.objects.filter(council=plan.council).values_list("slug", flat=True))
    number = 1
    while True:
        ending = f"{day}-{number}" if number > 1 else day
        slug = committee[: LONGEST_SLUG - len(ending)].strip("-") + ending
        if slug not in taken:
            return slug
        number += 1


def _copy(layout: Layout, report: Report) -> None:
    ReportRow.objects.bulk_create(
        ReportRow(
            report=report,
            place=row.place,
            label=row.label,
            filled_from=row.filled_from,
            required=row.required,
            position=position,
        )
        for position, row in enumerate(layout.rows.all(), start=1)
    )
    ReportSection.objects.bulk_create(
        ReportSection(
            report=report,
            heading=section.heading,
            level=section.level,
            filled_from=section.filled_from,
            numbered=section.numbered,
            numbers_paragraphs=section.numbers_paragraphs,
            required=section.required,
            guidance=section.guidance,
            readiness=Readiness.NOT_READY if section.filled_from in WRITTEN_BY_AUTHORS else Readiness.READY,
            position=position,
        )
        for position, section in enumerate(layout.sections.all(), start=1)
    )
    Clearance.objects.bulk_create(
        Clearance(report=report, post=post.post, required=post.required, position=position)
        for position, post in enumerate(layout.posts.all(), start=1)
    )
