"""What the plan says: its actions and their words, and its index of changes."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max

from improvement import ledger
from improvement.models import LeadOfficer, User
from improvement.permissions import Verb
from recommendations.models import (
    Action,
    ActionLead,
    ChangeKind,
    DuePrecision,
    IndexEntry,
    Phase,
    ProgressUpdate,
    Recommendation,
    Rewording,
    Stage,
)
from recommendations.models.action import ENDED
from recommendations.workflow import careful
from recommendations.workflow.access import fit, require_in_plan, require_words

# A number stands in addresses and in references such as S2 (10a).
NUMBER = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z.\-]{0,8}[0-9A-Za-z])?")
LONGEST_DUE_TEXT = 60
# Without a day by which it is due.
UNDATED = (DuePrecision.ONGOING.value, DuePrecision.TO_BE_CONFIRMED.value)
FIRST_WORDS = 0


class NothingChanged(ValidationError):
    """It would say what it says already."""


class RewordedMeanwhile(Exception):
    """Somebody else reworded the action since the form was opened; carries their wording."""

    def __init__(self, theirs: Rewording | None) -> None:
        super().__init__(
            "Somebody else reworded this action while you were writing. Nothing of yours was lost."
        )
        self.theirs = theirs
        self.version = theirs.sequence if theirs else FIRST_WORDS


@transaction.atomic
def add_action(
    *,
    recommendation: Recommendation,
    number: str,
    phase: str,
    text: str,
    leads: Sequence[LeadOfficer],
    due_on: date | None,
    due_text: str = "",
    precision: str = "",
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> Action:
    """Take an action into the plan. The first of `leads` is accountable.

    Without a `precision` a date is a day, and where there is none the text says whether it is ongoing or to be confirmed.
    `file` is the SHA-256 of the file that it was taken from.
    """
    plan = recommendation.plan
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    text, due_text = fit(text), fit(due_text)
    precision = precision or precision_of(due_on, due_text)
    check_action(recommendation, number, phase, text, on)
    check_due(due_on, precision, due_text)
    check_leads(recommendation, leads)
    careful.check(text, due_text, kept_because=kept_because)
    action = _create(
        recommendation,
        leads,
        number=number,
        phase=phase,
        original_text=text,
        original_due_on=due_on,
        due_precision=precision,
        due_text=due_text or (f"{due_on:%-d %B %Y}" if due_on else ""),
        added_on=on,
    )
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="add_action",
        subject=action,
        before={},
        after=added(action, leads, file),
        reason=kept_because,
    )
    return action


@transaction.atomic
def reword_action(
    *,
    action: Action,
    version: int,
    text: str,
    reason: str,
    file: str = "",
    by: User,
    on: date,
    kept_because: str = "",
) -> Rewording:
    """Give an action other words from this day on. The earlier words stay in its history.

    `version` is the sequence of the last rewording that the writer saw, 0 for the first words. Raises
    RewordedMeanwhile when another came between. The same words sent twice by the same person, as by a double click,
    make one rewording.
    """
    plan = action.recommendation.plan
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    text = fit(text)
    require_words("text", text, "Say what is to be done.")
    require_words("reason", reason, "Say why it is worded otherwise.")
    latest = Rewording.objects.last_of(action)
    if version != (latest.sequence if latest else FIRST_WORDS):
        if latest and (latest.by_id, latest.text, latest.reason) == (by.pk, text, reason):
            return latest
        raise RewordedMeanwhile(latest)
    before = latest.text if latest else action.original_text
    _check_wording(action, latest, before, text, on)
    careful.check(text, reason, kept_because=kept_because, before=before)
    try:
        with transaction.atomic():
            rewording = Rewording.objects.create(
                action=action, sequence=version + 1, on=on, text=text, reason=reason, by=by
            )
    except IntegrityError as error:
        # On PostgreSQL two may have read the same last wording; the database lets one of them have the next place.
        raise RewordedMeanwhile(Rewording.objects.last_of(action)) from error
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="reword_action",
        subject=action,
        before={"text": before},
        after={"text": text, **careful.kept(kept_because), **from_file(file)},
        reason=reason,
    )
    return rewording


@transaction.atomic
def index_action(*, action: Action, kinds: Sequence[str], by: User, on: date) -> None:
    """Put an action under these headings of the index of changes, and under no others."""
    plan = action.recommendation.plan
    require_in_plan(by, Verb.KEEP_PLAN, plan, on=on)
    if set(kinds) - set(ChangeKind.values):
        raise ValidationError({"kinds": "Choose from the headings of the index."})
    if on < action.added_on:
        raise ValidationError("The plan did not have this action on that day.")
    latest = {kind: IndexEntry.objects.last_of(action, kind) for kind in ChangeKind.values}
    if any(entry and on < entry.on for entry in latest.values()):
        raise ValidationError("Its headings were changed already on a later day.")
    before = {kind for kind, entry in latest.items() if entry and entry.stands}
    changed = before ^ set(kinds)
    if not changed:
        return
    for kind in sorted(changed):
        entry = latest[kind]
        IndexEntry.objects.create(
            action=action, kind=kind, sequence=entry.sequence + 1 if entry else 1, on=on, stands=kind in kinds
        )
    ledger.record(
        by=by,
        on=on,
        council=plan.council,
        verb="index_action",
        subject=action,
        before={"kinds": sorted(before)},
        after={"kinds": sorted(set(kinds))},
    )


def _create(recommendation: Recommendation, leads: Sequence[LeadOfficer], **fields: Any) -> Action:
    actions = Action.objects.for_recommendation(recommendation)
    position = (actions.aggregate(last=Max("position"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            action = Action.objects.create(recommendation=recommendation, position=position, **fields)
    except IntegrityError as error:
        taken = f"{recommendation.reference} has an action {fields['number']} already."
        raise ValidationError({"number": taken}) from error
    for place, lead in enumerate(leads, start=1):
        ActionLead.objects.create(action=action, lead_officer=lead, position=place)
    return action


def added(action: Action, leads: Sequence[LeadOfficer], file: str) -> dict[str, Any]:
    """What the ledger keeps of an action that the plan took in."""
    return {
        "reference": action.recommendation.reference,
        "number": action.number,
        "phase": action.phase,
        "text": action.original_text,
        "due_on": action.original_due_on,
        "due_text": action.due_text,
        "leads": [lead.abbreviation for lead in leads],
        **from_file(file),
    }


def from_file(sha256: str) -> dict[str, str]:
    """For the ledger: the file that a change was taken from, if it was."""
    return {"file": sha256} if sha256 else {}


def check_action(recommendation: Recommendation, number: str, phase: str, text: str, on: date) -> None:
    require_words("text", text, "Say what is to be done.")
    if not NUMBER.fullmatch(number):
        raise ValidationError(
            {"number": "Write a short number of digits and letters, for example 12 or 12a."}
        )
    if phase not in Phase.values:
        raise ValidationError({"phase": "Choose one of the phases."})
    if on < recommendation.raised_on:
        raise ValidationError("The recommendation had not been made on that day.")


def check_due(due_on: date | None, precision: str, due_text: str) -> None:
    """A due date as an action keeps one: a day where it is to the day, the month or the quarter, none where it is not."""
    if precision not in DuePrecision.values:
        raise ValidationError({"precision": "Choose how exact the date is."})
    if (due_on is None) != (precision in UNDATED):
        raise ValidationError({"due_on": "Give a day, or say that it is ongoing or to be confirmed."})
    if len(due_text) > LONGEST_DUE_TEXT:
        raise ValidationError({"due_text": f"Keep it under {LONGEST_DUE_TEXT} characters."})


def check_leads(recommendation: Recommendation, leads: Sequence[LeadOfficer]) -> None:
    council = recommendation.plan.council_id
    if not leads or any(lead.council_id != council for lead in leads):
        raise ValidationError({"leads": "Choose at least one lead officer of this council."})
    if len({lead.pk for lead in leads}) != len(leads):
        raise ValidationError({"leads": "Choose each lead officer once."})


def precision_of(due_on: date | None, due_text: str) -> DuePrecision:
    """How exact a date is that somebody typed, when nothing else says so."""
    if due_on:
        return DuePrecision.DAY
    ongoing = due_text.strip().casefold().startswith("ongoing")
    return DuePrecision.ONGOING if ongoing else DuePrecision.TO_BE_CONFIRMED


def _check_wording(action: Action, latest: Rewording | None, before: str, text: str, on: date) -> None:
    said = ProgressUpdate.objects.last_of(action)
    if said and said.stage in ENDED:
        # What was signed off was signed off in these words.
        raise ValidationError(f"This action is {Stage(said.stage).label.lower()}. Reopen it to reword it.")
    if text.strip() == before.strip():
        raise NothingChanged({"text": "These are the words that it has already."})
    if on < action.added_on or (latest and on < latest.on):
        raise ValidationError("It was worded already on a later day.")
