"""What goes with a report: choosing, wording, ordering and removing its enclosures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from improvement import stored_files
from improvement.models import User
from improvement.permissions import Verb, require
from improvement.stored_files import FileRefused, Stored
from recommendations.workflow import careful
from recommendations.workflow.evidence import destroy_file
from reports import plan_blocks, typed, uploaded_pdf
from reports.models import Enclosure, EnclosureKind, PublishedFile, Report
from reports.uploaded_pdf import Checked
from reports.workflow.order import number
from reports.workflow.written import (
    Facts,
    Gone,
    Told,
    one_at_a_time,
    record,
    require_length,
    require_line,
    require_seen,
)

FOLDER = "enclosures"
LONGEST_TITLE = 160
MOST_ENCLOSURES = 26  # as many as there are letters


@dataclass(frozen=True)
class Enclosed:
    """What was enclosed, and whose clearance that cost."""

    enclosure: Enclosure
    told: Told


def offered(report: Report) -> list[EnclosureKind]:
    """What can still be enclosed: each part of the plan once, texts and files as often as wanted."""
    there = set(report.enclosures.values_list("kind", flat=True))
    return [
        kind
        for kind in EnclosureKind
        if (kind in plan_blocks.ENCLOSURES and kind not in there)
        or kind in (EnclosureKind.TERMS, EnclosureKind.FILE)
    ]


def facts_of(enclosure: Enclosure) -> Facts:
    words = (("Text", enclosure.body),) if enclosure.kind == EnclosureKind.TERMS else ()
    return (("Title", enclosure.title), *words)


def add_enclosure(
    *,
    report: Report,
    kind: str,
    title: str,
    body: str = "",
    file: File[Any] | None = None,
    by: User,
    on: date,
    kept_because: str = "",
) -> Enclosed:
    """Enclose something behind what is enclosed already. Raises ValidationError where a PDF is refused."""
    require(by, Verb.WRITE_REPORT, report.council)
    if kind not in offered(report):
        raise ValidationError({"kind": "Choose from what is not enclosed yet."})
    words = _checked(kind, title, body, kept_because=kept_because)
    if kind == EnclosureKind.FILE and file is None:
        raise ValidationError({"file": "Choose a PDF."})
    checked = _look_at(file) if kind == EnclosureKind.FILE else None
    stored = stored_files.store(checked.content, FOLDER, ".pdf") if checked else None
    try:
        with transaction.atomic():
            one_at_a_time(report, by=by)
            last = report.enclosures.count()
            if last >= MOST_ENCLOSURES:
                raise ValidationError(f"A report has room for {MOST_ENCLOSURES} enclosures.")
            enclosure = Enclosure.objects.create(
                report=report, kind=kind, position=last + 1, **words, **_bytes_of(stored, checked)
            )
            told = _record(
                "add_enclosure", enclosure, {}, kept_because, by=by, on=on, what="An enclosure was added."
            )
    except BaseException:
        if stored:
            default_storage.delete(stored.name)
        raise
    return Enclosed(enclosure, told)


def change_enclosure(
    *,
    enclosure: Enclosure,
    title: str,
    body: str = "",
    file: File[Any] | None = None,
    seen: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Told:
    """Another title, other words, or another PDF in the place of the one before. Raises ChangedMeanwhile."""
    require(by, Verb.WRITE_REPORT, enclosure.report.council)
    words = _checked(
        enclosure.kind, title, body, kept_because=kept_because, before=f"{enclosure.title} {enclosure.body}"
    )
    checked = _look_at(file) if file and enclosure.kind == EnclosureKind.FILE else None
    stored = stored_files.store(checked.content, FOLDER, ".pdf") if checked else None
    try:
        return _change(enclosure, {**words, **_bytes_of(stored, checked)}, seen, kept_because, by=by, on=on)
    except BaseException:
        if stored:
            default_storage.delete(stored.name)
        raise


@transaction.atomic
def _change(
    enclosure: Enclosure, values: dict[str, Any], seen: str, kept_because: str, *, by: User, on: date
) -> Told:
    one_at_a_time(enclosure.report, by=by)
    before = _as_it_is(enclosure)
    require_seen(facts_of(before), seen)
    if all(getattr(before, name) == value for name, value in values.items()):
        return Told()
    Enclosure.objects.filter(pk=before.pk).update(**values)
    after = _as_it_is(enclosure)
    if before.file and before.file != after.file:
        _destroy(before.file)
    return _record(
        "change_enclosure",
        after,
        _digest_of(before),
        kept_because,
        by=by,
        on=on,
        what="An enclosure was changed.",
    )


@transaction.atomic
def move_enclosure(*, enclosure: Enclosure, up: bool, by: User, on: date) -> Told:
    """Change places with the enclosure before or after it."""
    report = one_at_a_time(enclosure.report, by=by)
    enclosures = list(report.enclosures.in_order())
    place = _place_of(enclosure, enclosures)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(enclosures):
        raise ValidationError("It is at the end already.")
    enclosures[place], enclosures[other] = enclosures[other], enclosures[place]
    number(report.enclosures.all(), enclosures)
    before = {"position": place + 1}
    return _record(
        "move_enclosure",
        enclosures[other],
        before,
        by=by,
        on=on,
        what="The order of the enclosures was changed.",
    )


@transaction.atomic
def remove_enclosure(*, enclosure: Enclosure, by: User, on: date) -> Told:
    """Take an enclosure out of the report. A PDF's bytes are destroyed unless they were published."""
    report = one_at_a_time(enclosure.report, by=by)
    enclosures = list(report.enclosures.in_order())
    before = enclosures.pop(_place_of(enclosure, enclosures))
    Enclosure.objects.filter(pk=before.pk).delete()
    number(report.enclosures.all(), enclosures)
    if before.file:
        _destroy(before.file)
    return record(
        report=report,
        subject=before,
        verb="remove_enclosure",
        before=_digest_of(before),
        after={},
        by=by,
        on=on,
        what="An enclosure was removed.",
    )


def _checked(kind: str, title: str, body: str, *, kept_because: str, before: str = "") -> dict[str, str]:
    title, body = typed.line(title), typed.text(body) if kind == EnclosureKind.TERMS else ""
    require_line("title", title, LONGEST_TITLE, "Give it a title.")
    require_length("body", body)
    if kind == EnclosureKind.TERMS and not body:
        raise ValidationError({"body": "Write the text that is enclosed."})
    careful.check(title, body, kept_because=kept_because, before=before)
    return {"title": title, "body": body}


def _look_at(file: File[Any] | None) -> Checked | None:
    if file is None:
        return None
    try:
        return uploaded_pdf.check(file)
    except FileRefused as refused:
        raise ValidationError({"file": str(refused)}) from refused


def _bytes_of(stored: Stored | None, checked: Checked | None) -> dict[str, Any]:
    if not stored or not checked:
        return {}
    return {"file": stored.name, "size": stored.size, "sha256": stored.sha256, "pages": checked.pages}


def _record(
    verb: str,
    enclosure: Enclosure,
    before: dict[str, Any],
    kept_because: str = "",
    *,
    by: User,
    on: date,
    what: str,
) -> Told:
    after = {**_digest_of(enclosure), **careful.kept(kept_because)}
    return record(
        report=enclosure.report,
        subject=enclosure,
        verb=verb,
        before=before,
        after=after,
        by=by,
        on=on,
        what=what,
    )


def _digest_of(enclosure: Enclosure) -> dict[str, object]:
    digest = enclosure.sha256 or (typed.digest(enclosure.body) if enclosure.body else "")
    return {
        "kind": enclosure.kind,
        "title": enclosure.title,
        "position": enclosure.position,
        "sha256": digest,
    }


def _as_it_is(enclosure: Enclosure) -> Enclosure:
    found = Enclosure.objects.select_related("report__council").filter(pk=enclosure.pk).first()
    if found is None:
        raise Gone("Somebody else took this enclosure out of the report.")
    return found


def _place_of(enclosure: Enclosure, enclosures: list[Enclosure]) -> int:
    for place, each in enumerate(enclosures):
        if each.pk == enclosure.pk:
            return place
    raise Gone("Somebody else took this enclosure out of the report.")


def _destroy(key: str) -> None:
    """A job in the same transaction, so that what has to go goes even if this process dies on the next line."""
    if not PublishedFile.objects.filter(file=key).exists():
        destroy_file.enqueue(key)
