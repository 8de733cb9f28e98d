"""One update for several actions at once: the same stage or rating, the same words, the rules of one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from improvement.models import Rating, User
from recommendations.models import Action, ProgressUpdate, Stage
from recommendations.workflow.updates import NOTHING_SAID, UpdatedMeanwhile, post_update

AT_MOST = 100


@dataclass(frozen=True)
class Words:
    """What is said of every ticked action. An empty stage, or no rating, leaves each one's own."""

    stage: str
    rating: Rating | None
    narrative: str
    kept_because: str = ""


@dataclass(frozen=True)
class Line:
    """One ticked action: what was last said of it, and what will be or why that cannot be.

    `changed` where somebody else updated it since the preview was shown.
    """

    action: Action
    now: ProgressUpdate | None
    stage: Stage
    rating: Rating | None
    refused: str = ""
    changed: bool = False
    made: ProgressUpdate | None = None

    @property
    def version(self) -> int:
        return self.now.sequence if self.now else NOTHING_SAID

    @property
    def stage_now(self) -> Stage:
        return Stage(self.now.stage) if self.now else Stage.NOT_STARTED


class NotAsPreviewed(Exception):
    """Something is not as the preview showed it, so nothing was saved; carries how it stands now."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        super().__init__("Something changed since the preview. Nothing was saved.")
        self.lines = lines


def preview_ticked(*, actions: Iterable[Action], words: Words, by: User, on: date) -> tuple[Line, ...]:
    """What saving would do, action by action. It is the change itself, taken back, so both keep the same rules.

    Raises LooksLikeChildRecord unless the words say why they may stay.
    """
    with transaction.atomic():
        lines = tuple(_try(action, None, words, by=by, on=on) for action in actions)
        transaction.set_rollback(True)
    return lines


@transaction.atomic
def update_ticked(
    *, ticked: Sequence[tuple[Action, int]], words: Words, by: User, on: date
) -> tuple[ProgressUpdate, ...]:
    """Update every ticked action or none. With each comes the sequence of the last update that the preview showed.

    Raises NotAsPreviewed where one of them cannot be updated, or was by somebody else meanwhile.
    """
    if not 0 < len(ticked) <= AT_MOST:
        raise ValidationError(f"Tick at least one action and at most {AT_MOST}.")
    lines = tuple(_try(action, version, words, by=by, on=on) for action, version in ticked)
    if any(line.refused or line.changed for line in lines):
        raise NotAsPreviewed(lines)
    return tuple(line.made for line in lines if line.made)


def _try(action: Action, version: int | None, words: Words, *, by: User, on: date) -> Line:
    """Update one action; without a version, on top of whatever was said last."""
    now = ProgressUpdate.objects.last_of(action)
    line = Line(
        action=action,
        now=now,
        stage=Stage(words.stage or (now.stage if now else Stage.NOT_STARTED)),
        rating=words.rating or (now.rating if now else None),
    )
    try:
        with transaction.atomic():
            made = post_update(
                action=action,
                version=line.version if version is None else version,
                stage=line.stage.value,
                rating=line.rating,
                narrative=words.narrative,
                # When each is expected to be finished is its own and not asked here, so it stays.
                forecast_on=now.forecast_on if now else None,
                kept_because=words.kept_because,
                by=by,
                on=on,
            )
    except UpdatedMeanwhile:
        return replace(line, changed=True)
    except ValidationError as refused:
        return replace(line, refused=" ".join(refused.messages))
    except PermissionDenied as refused:
        return replace(line, refused=str(refused))
    return replace(line, made=made)
