"""What a report says of itself: its title, committee and days, and the rows of facts at its head."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.clock import EARLIEST, LATEST
from improvement.models import User
from recommendations.workflow import careful
from reports import typed
from reports.models import Report, ReportRow, RowSource
from reports.workflow.written import (
    Facts,
    Told,
    one_at_a_time,
    record,
    require_length,
    require_line,
    require_seen,
)

LONGEST_LINE = 160
LONGEST_ROW = 2000
LABELS = {
    "title": "Title",
    "committee": "Committee",
    "meeting_on": "Day of the meeting",
    "meeting_note": "What must be said of the day",
    "on": "The day it reports on",
    "since": "Day of the last report",
}


@dataclass(frozen=True)
class Details:
    """A report's title, its committee and its days. `since` is None where no report came before."""

    title: str
    committee: str
    meeting_on: date
    on: date
    since: date | None = None
    meeting_note: str = ""


def of(report: Report) -> Details:
    return Details(
        report.title, report.committee, report.meeting_on, report.on, report.since, report.meeting_note
    )


def facts_of(report: Report) -> Facts:
    """A report's details as they are read."""
    return tuple((label, _shown(getattr(report, name))) for name, label in LABELS.items())


def row_facts(report: Report) -> Facts:
    """The rows that authors type, as they are read."""
    return tuple((row.label, row.text) for row in typed_rows(report))


def typed_rows(report: Report) -> list[ReportRow]:
    return [row for row in report.rows.all() if row.filled_from == RowSource.TYPED]


def checked(details: Details, *, kept_because: str, before: str = "") -> Details:
    """The details as they are kept. Raises ValidationError, or LooksLikeChildRecord."""
    details = replace(
        details,
        title=typed.line(details.title),
        committee=typed.line(details.committee),
        meeting_note=typed.line(details.meeting_note),
    )
    for field in ("title", "committee"):
        require_line(field, getattr(details, field), LONGEST_LINE, f"Fill in “{LABELS[field]}”.")
    if len(details.meeting_note) > LONGEST_LINE:
        raise ValidationError({"meeting_note": f"Keep it under {LONGEST_LINE} characters."})
    for field in ("meeting_on", "on", "since"):
        day = getattr(details, field)
        if day and not EARLIEST <= day <= LATEST:
            raise ValidationError({field: f"Choose a day between {EARLIEST.year} and {LATEST.year}."})
    if details.on > details.meeting_on:
        raise ValidationError({"on": "Choose the day of the meeting or one before it."})
    if details.since and details.since >= details.on:
        raise ValidationError({"since": "Choose a day before the one that it reports on."})
    careful.check(
        details.title, details.committee, details.meeting_note, kept_because=kept_because, before=before
    )
    return details


@transaction.atomic
def change_details(
    *, report: Report, details: Details, seen: str, by: User, on: date, kept_because: str = ""
) -> Told:
    """Give a report another title, committee or days. Its address stays. Raises ChangedMeanwhile."""
    before = one_at_a_time(report, by=by)
    require_seen(facts_of(before), seen)
    known = f"{before.title} {before.committee} {before.meeting_note}"
    details = checked(details, kept_because=kept_because, before=known)
    changed = {name: value for name, value in vars(details).items() if value != getattr(before, name)}
    if not changed:
        return Told()
    Report.objects.filter(pk=report.pk).update(**changed)
    named = " and ".join(LABELS[name].lower() for name in changed)
    return record(
        report=report,
        subject=report,
        verb="change_report",
        before={name: getattr(before, name) for name in changed},
        after={**changed, **careful.kept(kept_because)},
        by=by,
        on=on,
        what=f"Changed at the head of the report: {named}.",
    )


@transaction.atomic
def fill_rows(
    *, report: Report, texts: Mapping[int, str], seen: str, by: User, on: date, kept_because: str = ""
) -> Told:
    """What the typed rows of facts say, by the row's number. Raises ChangedMeanwhile."""
    before = one_at_a_time(report, by=by)
    require_seen(row_facts(before), seen)
    rows = {row.pk: row for row in typed_rows(before)}
    texts = {pk: typed.text(text) for pk, text in texts.items() if pk in rows}
    changed = {pk: text for pk, text in texts.items() if text != rows[pk].text}
    for pk, text in changed.items():
        require_length(f"row_{pk}", text, LONGEST_ROW)
        careful.check(text, kept_because=kept_because, before=rows[pk].text)
    if not changed:
        return Told()
    for pk, text in changed.items():
        ReportRow.objects.filter(pk=pk).update(text=text)
    return record(
        report=report,
        subject=report,
        verb="fill_rows",
        before={rows[pk].label: rows[pk].text for pk in changed},
        after={**{rows[pk].label: text for pk, text in changed.items()}, **careful.kept(kept_because)},
        by=by,
        on=on,
        what=f"Changed at the head of the report: {', '.join(rows[pk].label for pk in changed)}.",
    )


def _shown(value: object) -> str:
    return f"{value:%-d %B %Y}" if isinstance(value, date) else str(value or "")
