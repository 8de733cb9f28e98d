"""The minutes of a meeting: saved as often as somebody edits them, then agreed, after which they are frozen."""

import hashlib
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards.models import Meeting, Minutes
from boards.workflow.meetings import NotedMeanwhile
from improvement import ledger
from improvement.models import User
from improvement.permissions import Verb, require
from recommendations.workflow import careful

LONGEST = 50_000


class MinutesAgreed(ValidationError):
    """The minutes were agreed and are frozen."""


@transaction.atomic
def save_minutes(
    *, meeting: Meeting, text: str, version: int, by: User, on: date, kept_because: str = ""
) -> Minutes:
    """Save the minutes as somebody edited them. `version` is the sequence that they saw, 0 before the first.

    Raises NotedMeanwhile where somebody else saved since, MinutesAgreed once they are frozen.
    """
    require(by, Verb.KEEP_BOARD, meeting.board.council)
    latest = _latest(meeting)
    if latest and (latest.text, latest.by_id, latest.agreed) == (text, by.pk, False):
        return latest
    careful.check(text, kept_because=kept_because, before=latest.text if latest else "")
    saved = _next(meeting, latest, text, version, agreed=False, by=by, on=on)
    ledger.record(
        by=by,
        on=on,
        council=meeting.board.council,
        verb="save_minutes",
        subject=meeting,
        before={"digest": latest.digest if latest else ""},
        after={"digest": saved.digest},
        reason=kept_because,
    )
    return saved


@transaction.atomic
def agree_minutes(*, meeting: Meeting, version: int, by: User, on: date) -> Minutes:
    """Agree the minutes as they were last saved. They are frozen: their digest goes into the ledger."""
    require(by, Verb.KEEP_BOARD, meeting.board.council)
    latest = _latest(meeting)
    if latest is None:
        raise ValidationError("Save the minutes before they are agreed.")
    if not meeting.is_held(on):
        raise ValidationError("Close the meeting before its minutes are agreed.")
    if latest.agreed and version == latest.sequence - 1:
        return latest
    agreed = _next(meeting, latest, latest.text, version, agreed=True, by=by, on=on)
    ledger.record(
        by=by,
        on=on,
        council=meeting.board.council,
        verb="agree_minutes",
        subject=meeting,
        before={"agreed": False},
        after={"agreed": True, "digest": agreed.digest},
    )
    return agreed


def _latest(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting).order_by("sequence").last()


def _next(
    meeting: Meeting, latest: Minutes | None, text: str, version: int, *, agreed: bool, by: User, on: date
) -> Minutes:
    if latest and latest.agreed:
        raise MinutesAgreed("These minutes are agreed. Nothing in them changes any more.")
    if not text.strip():
        raise ValidationError({"text": "The minutes cannot be empty."})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"Keep the minutes under {LONGEST:,} characters."})
    if version != (latest.sequence if latest else 0):
        raise NotedMeanwhile(latest.text if latest else "", latest.sequence if latest else 0)
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = Minutes(
        meeting=meeting, sequence=version + 1, text=text, digest=digest, agreed=agreed, on=on, by=by
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        theirs = _latest(meeting)
        raise NotedMeanwhile(theirs.text if theirs else "", version + 1) from clash
    return row
