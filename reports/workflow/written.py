"""What holds for every change to what a report says."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from improvement import ledger
from improvement.models import User
from improvement.permissions import Verb, require
from reports import typed
from reports.models import Clearance, Report, ReportSection
from reports.workflow import clearance

LONGEST_BODY = 100_000
LONGEST_REASON = 2000
Facts = tuple[tuple[str, str], ...]


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the form was opened; carries what it says now, and the mark of that."""

    def __init__(self, now: Facts) -> None:
        super().__init__("Somebody else changed this while you were writing. Nothing of yours was lost.")
        self.now = now
        self.seen = seen(now)


class Gone(Exception):
    """Somebody else took it out of the report since the page was opened."""


@dataclass(frozen=True)
class Told:
    """What became of a change: whether anything is other than before, and whose clearance no longer holds."""

    changed: bool = False
    voided: tuple[Clearance, ...] = ()

    @property
    def sentence(self) -> str:
        """For whoever made the change; empty where no clearance was lost."""
        if not self.voided:
            return ""
        posts = " and ".join(f"the {each.post}" for each in self.voided)
        return (
            f"Cleared on behalf of {posts} before this change, so clearance has to be asked for again."
            if len(self.voided) == 1
            else f"Cleared on behalf of {posts} before this change, so these clearances have to be asked for again."
        )


def called(section: ReportSection) -> str:
    """How a section is spoken of to those who clear the report: an exempt one without its heading."""
    return "An exempt section" if section.is_exempt else f"“{section.heading}”"


def seen(now: Facts) -> str:
    return typed.seen(*(value for pair in now for value in pair))


def one_at_a_time(report: Report, *, by: User) -> Report:
    """The report as the database has it. Changes of its structure and details wait for each other here."""
    require(by, Verb.WRITE_REPORT, report.council)
    return Report.objects.select_for_update().get(pk=report.pk)


def require_seen(now: Facts, mark: str) -> None:
    if seen(now) != mark:
        raise ChangedMeanwhile(now)


def require_line(field: str, words: str, longest: int, missing: str) -> None:
    if not words:
        raise ValidationError({field: missing})
    if len(words) > longest:
        raise ValidationError({field: f"Keep it under {longest:,} characters."})


def require_length(field: str, words: str, longest: int = LONGEST_BODY) -> None:
    if len(words) > longest:
        raise ValidationError(
            {
                field: f"This is {len(words):,} characters long. Keep it under {longest:,}, or move a part of it."
            }
        )


def record(
    *,
    report: Report,
    subject: models.Model,
    verb: str,
    before: dict[str, Any],
    after: dict[str, Any],
    by: User,
    on: date,
    what: str = "",
    reason: str = "",
) -> Told:
    """The ledger's row of a change, and the clearances that it takes back; none where `what` says nothing was printed otherwise."""
    ledger.record(
        by=by,
        on=on,
        council=report.council,
        verb=verb,
        subject=subject,
        before=before,
        after={"report": report.slug, **after},
        reason=reason,
    )
    return Told(True, clearance.void(report=report, by=by, on=on, what=what) if what else ())
