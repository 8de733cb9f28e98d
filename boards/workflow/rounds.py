"""Update rounds: opening one before a meeting, saying that nothing has changed, and closing it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boards.models import Meeting, NoChange, Round
from improvement import ledger
from improvement.models import Plan, User
from improvement.permissions import Verb
from recommendations.models import Action, ProgressUpdate
from recommendations.models.action import ENDED
from recommendations.workflow import NOTHING_SAID, UpdatedMeanwhile, careful
from recommendations.workflow.access import (
    one_at_a_time,
    require_in_plan,
    require_open,
    require_update,
    require_words,
)

LONGEST_LABEL = 120


class RoundStillOpen(ValidationError):
    """A plan has one open round at a time, or an update would answer two."""


class AlreadyClosed(ValidationError):
    """Somebody closed the round meanwhile."""


class AlreadyAnswered(ValidationError):
    """Somebody else has answered for this action in this round."""


@transaction.atomic
def open_round(
    *,
    plan: Plan,
    meeting: Meeting | None = None,
    label: str = "",
    for_meeting_on: date | None = None,
    cut_off_on: date | None = None,
    by: User,
    on: date,
) -> Round:
    """Ask whoever leads an open action of the plan how it stands, before a meeting. Raises RoundStillOpen.

    The meeting gives name, day and, unless another is given, the last day for answers. Without one they are given.
    """
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    if meeting:
        _require_coming(plan, meeting, on)
        label, for_meeting_on, cut_off_on = _of_meeting(meeting, cut_off_on)
    if for_meeting_on is None:
        raise ValidationError({"for_meeting_on": "Say on what day the meeting is."})
    if cut_off_on is None:
        raise ValidationError({"cut_off_on": "Say by what day answers are needed."})
    _require_openable(plan, label, for_meeting_on, cut_off_on, on)
    last = Round.objects.for_plan(plan).order_by("-number").first()
    if last and last.closed_on is None:
        raise RoundStillOpen(f"The round for {last} is still open. Close it first.")
    try:
        with transaction.atomic():
            opened = Round.objects.create(
                plan=plan,
                number=last.number + 1 if last else 1,
                meeting=meeting,
                label=label.strip(),
                for_meeting_on=for_meeting_on,
                cut_off_on=cut_off_on,
                opened_on=on,
                opened_by=by,
            )
    except IntegrityError as error:
        raise RoundStillOpen("Somebody else has just opened a round of this plan.") from error
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="open_round",
        subject=opened,
        before={},
        after={
            "number": opened.number,
            "label": opened.label,
            "for_meeting_on": for_meeting_on,
            "cut_off_on": cut_off_on,
            **({"board": meeting.board.slug} if meeting else {}),
        },
    )
    return opened


@transaction.atomic
def give_meeting(
    *, asked: Round, meeting: Meeting, cut_off_on: date | None = None, by: User, on: date
) -> Round:
    """Have a round that is open answer another meeting: its own was called off, or it had none."""
    require_in_plan(by, Verb.KEEP_PLAN, asked.plan, on=on)
    if not asked.is_open(on):
        raise AlreadyClosed("This round is closed, so it stays with its meeting.")
    _require_coming(asked.plan, meeting, on)
    label, day, cut_off = _of_meeting(meeting, cut_off_on)
    _require_between(day, cut_off, on)
    if (asked.meeting_id, asked.cut_off_on) == (meeting.pk, cut_off):
        return asked
    return _to_meeting(
        asked, "change_round_meeting", meeting, label=label, day=day, cut_off_on=cut_off, by=by, on=on
    )


def follow_meeting(meeting: Meeting, *, by: User, on: date) -> None:
    """Rounds follow their meeting to another day, in its transaction. No answer that was in time becomes late."""
    for asked in Round.objects.for_meeting(meeting):
        day = meeting.on
        if asked.is_open(on):
            wanted = meeting.cut_off_on or asked.cut_off_on
            cut_off = min(max(wanted, on), day)
        else:
            cut_off = min(asked.cut_off_on, day)
        _to_meeting(
            asked, "move_round", meeting, label=asked.label, day=day, cut_off_on=cut_off, by=by, on=on
        )


def _to_meeting(
    asked: Round, verb: str, meeting: Meeting, *, label: str, day: date, cut_off_on: date, by: User, on: date
) -> Round:
    before = {"label": asked.label, "for_meeting_on": asked.for_meeting_on, "cut_off_on": asked.cut_off_on}
    after = {"label": label, "for_meeting_on": day, "cut_off_on": cut_off_on}
    Round.objects.filter(pk=asked.pk).update(meeting=meeting, **after)
    asked.refresh_from_db()
    ledger.record(
        by=by,
        on=on,
        council=asked.plan.council,
        verb=verb,
        subject=asked,
        before=before,
        after={**after, "board": meeting.board.slug},
    )
    return asked


@transaction.atomic
def close_round(*, asked: Round, by: User, on: date) -> Round:
    """Take no more answers. Raises AlreadyClosed when somebody was quicker."""
    require_in_plan(by, Verb.KEEP_PLAN, asked.plan, on=on)
    if on < asked.opened_on:
        raise ValidationError("The round was not open yet on that day.")
    closed = Round.objects.filter(pk=asked.pk, closed_on=None).update(closed_on=on, closed_by=by)
    asked.refresh_from_db()
    if not closed:
        raise AlreadyClosed(f"This round was closed on {asked.closed_on:%-d %B %Y}.")
    ledger.record(
        by=by,
        on=on,
        council=asked.plan.council,
        verb="close_round",
        subject=asked,
        before={"closed_on": None},
        after={"closed_on": on},
    )
    return asked


@transaction.atomic
def say_no_change(
    *,
    asked: Round,
    action: Action,
    version: int,
    reason: str,
    by: User,
    on: date,
    kept_because: str = "",
) -> NoChange:
    """Answer that nothing has changed since the last update, and why. `version` is the sequence of that update.

    Raises UpdatedMeanwhile when somebody has updated the action since, AlreadyAnswered when somebody else said the same
    first, ValidationError when the round does not ask after the action, and LooksLikeChildRecord unless `kept_because`
    says why such words may stay. The same answer sent twice by the same person is one.
    """
    require_update(by, action, on=on)
    require_words("reason", reason, "Say why there is nothing new.")
    careful.check(reason, kept_because=kept_because)
    # On PostgreSQL an update could otherwise come between reading the last one and leaving it to stand.
    one_at_a_time(action)
    asked.refresh_from_db()
    before = NoChange.objects.of_round(asked).of_action(action).first()
    if before:
        if before.by == by and before.reason == reason.strip():
            return before
        raise AlreadyAnswered("“No change” was said of this action in this round already.")
    latest = ProgressUpdate.objects.last_of(action)
    _require_asked(asked, action, latest, on)
    if version != (latest.sequence if latest else NOTHING_SAID):
        raise UpdatedMeanwhile(latest)
    said = NoChange.objects.create(
        round=asked, action=action, since=latest, reason=reason.strip(), on=on, by=by
    )
    _record(said, version, kept_because)
    return said


def _require_asked(asked: Round, action: Action, latest: ProgressUpdate | None, on: date) -> None:
    require_open(asked.plan, on=on)
    if not asked.is_open(on):
        raise ValidationError("This round is closed. Say what there is to say in an update.")
    if asked.plan_id != action.recommendation.plan_id or action.added_on > asked.opened_on:
        raise ValidationError("This round does not ask after this action.")
    if latest and latest.stage in ENDED:
        raise ValidationError("This action has ended, so nobody is asked how it stands.")


def _of_meeting(meeting: Meeting, cut_off_on: date | None) -> tuple[str, date, date]:
    """What a round takes from its meeting: its name, its day and the last day for answers."""
    return meeting.board.name[:LONGEST_LABEL], meeting.on, cut_off_on or meeting.cut_off_on or meeting.on


def _require_coming(plan: Plan, meeting: Meeting, on: date) -> None:
    coming = Meeting.objects.of_plan(plan).arranged_by(on=on).ahead(on=on)
    if not coming.filter(pk=meeting.pk).exists():
        raise ValidationError({"meeting": "Choose a meeting to come of a board that this plan answers to."})


def _require_openable(plan: Plan, label: str, for_meeting_on: date, cut_off_on: date, on: date) -> None:
    require_words("label", label, "Name the meeting.")
    if len(label) > LONGEST_LABEL:
        raise ValidationError({"label": f"Keep it under {LONGEST_LABEL} characters."})
    _require_between(for_meeting_on, cut_off_on, on)
    if not Action.objects.for_plan(plan).as_of(on).open().exists():
        raise ValidationError("No action of this plan is open, so there is nothing to ask.")


def _require_between(for_meeting_on: date, cut_off_on: date, on: date) -> None:
    if for_meeting_on < on:
        raise ValidationError({"for_meeting_on": "The meeting has to be today or later."})
    if not on <= cut_off_on <= for_meeting_on:
        raise ValidationError(
            {"cut_off_on": "The last day for answers lies between today and the day of the meeting."}
        )


def _record(said: NoChange, version: int, kept_because: str) -> None:
    ledger.record(
        by=said.by,
        on=said.on,
        council=said.round.plan.council,
        verb="say_no_change",
        subject=said,
        before={},
        after={
            "action": str(said.action),
            "round": said.round.number,
            "since": version,
            "reason": said.reason,
            **careful.kept(kept_because),
        },
        reason=said.reason,
    )
