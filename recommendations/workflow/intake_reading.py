"""What is done with a plan's file by itself: read, understood, loaded when somebody asked for it, and how far that is.

The job calls this, and so does the command. Each does no harm when it is done again.
"""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from improvement.models import User
from improvement.stored_files import FileAltered, FileRefused, open_whole
from recommendations.intake import count_kept, reading, written
from recommendations.intake.columns import propose
from recommendations.intake.count_kept import Count
from recommendations.intake.mending import still_mended
from recommendations.intake.rows import Source
from recommendations.intake.understanding import understand
from recommendations.models import Intake, IntakeState
from recommendations.workflow.careful import LooksLikeChildRecord
from recommendations.workflow.intake_known import ChangedMeanwhile, known_of, remembered_by, taken_on
from recommendations.workflow.intake_loading import load_intake

GONE = "The file that was put away is gone or was altered, so that it is not read. Bring it in again."

Tell = Callable[[str], None]


def read_now(intake: Intake, *, on: date, tell: Tell | None = None) -> Intake:
    """Read an intake's file if it was not read yet, and understand it by the columns that were chosen or proposed."""
    if intake.state != IntakeState.READING:
        return intake
    say = tell or (lambda words: _say(intake, words))
    say("Reading the file")
    try:
        source = written.source_from(intake.source) if intake.source else _read(intake)
    except (FileRefused, FileAltered) as refused:
        problem = str(refused) if isinstance(refused, FileRefused) else GONE
        return _settle(intake, IntakeState.FAILED, problem=problem)
    say("Working out what it means")
    mapping = (
        written.mapping_from(intake.mapping)
        if intake.mapping
        else propose(source, remembered_by(intake.council))
    )
    known = known_of(intake, on=on)
    read = understand(source, mapping, known)
    return _settle(
        intake,
        IntakeState.UNDERSTOOD,
        kind=source.kind.value,
        source=intake.source or written.as_json(source),
        mapping=written.as_json(mapping),
        understood=written.as_json(still_mended(read, intake.mended.get("typed", []), known)),
        problem="",
    )


def load_now(
    intake: Intake, *, version: int, chosen: list[str] | None, kept_because: str, by: User, on: date
) -> Intake:
    """Load what somebody asked to be loaded; where it cannot be, the intake can be looked at again and says why.

    How much is written is kept meanwhile for its page.
    """
    number = intake.pk
    try:
        load_intake(
            intake=intake,
            version=version,
            chosen=None if chosen is None else frozenset(chosen),
            kept_because=kept_because,
            by=by,
            on=on,
            on_count=lambda done, of: count_kept.keep(number, Count(done, of)),
        )
    except (ChangedMeanwhile, LooksLikeChildRecord, PermissionDenied) as refused:
        problem = str(refused)
    except ValidationError as refused:
        problem = " ".join(refused.messages)
    else:
        intake.refresh_from_db()
        return intake
    finally:
        count_kept.forget(number)
    waiting = Intake.objects.filter(pk=intake.pk, version=version, state=IntakeState.LOADING)
    waiting.update(state=IntakeState.UNDERSTOOD, problem=problem, saying="")
    intake.refresh_from_db()
    return intake


def _read(intake: Intake) -> Source:
    with open_whole(intake.file, intake.sha256) as content:
        return reading.read(content, intake.name)


def _say(intake: Intake, words: str) -> None:
    Intake.objects.filter(pk=intake.pk, state=IntakeState.READING).update(saying=words)


def _settle(intake: Intake, state: IntakeState, **fields: object) -> Intake:
    """Only while it is still being read at the version that was begun with: somebody may have left it meanwhile."""
    reading_still = Intake.objects.filter(pk=intake.pk, version=intake.version, state=IntakeState.READING)
    if reading_still.update(state=state, saying="", **fields):
        taken_on(intake, state=state, saying="", **fields)
    else:
        intake.refresh_from_db()
    return intake
