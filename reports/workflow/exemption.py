"""Keeping a report, or a section or an enclosure of it, for the part of the meeting that the public leaves."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.models import User
from recommendations.workflow import careful
from reports import typed
from reports.models import Enclosure, Paragraph, Report, ReportSection
from reports.workflow.written import (
    Facts,
    Gone,
    Told,
    one_at_a_time,
    record,
    require_length,
    require_seen,
)

LONGEST_REASONING = 5000
Marked = Report | ReportSection | Enclosure


def facts_of(subject: Marked) -> Facts:
    return (
        ("Paragraph of Schedule 12A", subject.get_exempt_paragraph_display() or "None: it is open"),
        ("Public interest", subject.public_interest),
    )


@transaction.atomic
def mark_exempt(
    *,
    subject: Marked,
    paragraph: str,
    public_interest: str,
    seen: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> Told:
    """Mark it as exempt by a paragraph, with the reasoning, or with no paragraph as open. Raises ChangedMeanwhile."""
    report = subject if isinstance(subject, Report) else subject.report
    one_at_a_time(report, by=by)
    before = type(subject)._default_manager.filter(pk=subject.pk).first()
    if before is None:
        raise Gone("Somebody else took this out of the report.")
    require_seen(facts_of(before), seen)
    reasoning = typed.text(public_interest) if paragraph else ""
    _check(paragraph, reasoning)
    if (before.exempt_paragraph, before.public_interest) == (paragraph, reasoning):
        return Told()
    careful.check(reasoning, kept_because=kept_because, before=before.public_interest)
    type(subject)._default_manager.filter(pk=subject.pk).update(
        exempt_paragraph=paragraph, public_interest=reasoning
    )
    return record(
        report=report,
        subject=before,
        verb="mark_exempt",
        before={"paragraph": before.exempt_paragraph, "public_interest": before.public_interest},
        after={"paragraph": paragraph, **careful.kept(kept_because)},
        by=by,
        on=on,
        what="What is exempt was changed.",
        reason=reasoning,
    )


def _check(paragraph: str, reasoning: str) -> None:
    if paragraph and paragraph not in Paragraph.values:
        raise ValidationError({"paragraph": "Choose one of the paragraphs."})
    if paragraph and not reasoning:
        raise ValidationError(
            {"public_interest": "Say why keeping it back serves the public better than publishing it."}
        )
    require_length("public_interest", reasoning, LONGEST_REASONING)
