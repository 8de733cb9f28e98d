"""One action of a newer file laid beside the action of the plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from recommendations.intake.as_it_stands import ActionStands, PlanStands, all_short, plain, short
from recommendations.intake.difference import (
    Difference,
    DifferenceKind,
    HandOver,
    MoveDue,
    Reword,
    Say,
    Step,
    key_of,
)
from recommendations.intake.plan_read import ActionRead, Due, Said, Standing
from recommendations.models import Phase, ProgressUpdate, Stage
from recommendations.workflow.loading import days_of
from recommendations.workflow.taking_over import says_something, words_for
from recommendations.workflow.updates import stages_open_to

OTHER_WORDS = "Its words differ as well: look whether it is the same action."
BOTH = "Both the file and Waymark have changed this. Waymark's stays unless you choose the file's."
ENDED = "The action has ended in Waymark. Reopen it on its page first."
BY_PEOPLE = "The file says “{}”, which in Waymark people say on the action's page; the stage stays, the words come in."
ONLY_THE_STAGE = (
    "The file says “{}” and nothing else that is new. In Waymark people say that on the action's page."
)


@dataclass(frozen=True)
class Beside:
    """An action of the file, the same one of the plan, and as the file before had it, loaded at a moment.

    `is_ours` where Waymark wrote the file: its rows say after which update they were written.
    """

    read: ActionRead
    stands: ActionStands
    was: ActionRead | None
    at: datetime | None
    plan: PlanStands
    on: date
    is_ours: bool

    @property
    def subject(self) -> str:
        return str(self.stands.action)

    @property
    def started_from(self) -> int:
        """The update after which a row of Waymark's own file was written, nought for none."""
        numbers = [each.value.number.strip() for each in self.read.standings]
        return max((int(number) for number in numbers if number.isdecimal()), default=0)

    @property
    def same_words(self) -> bool:
        return plain(self.read.text.value) in {plain(text) for text in self.stands.texts}

    def difference(
        self,
        kind: DifferenceKind,
        what: str,
        said: Said[Any],
        before: str,
        after: str,
        *,
        step: Step | None = None,
        clash: bool = False,
        chosen: bool = False,
        note: str = "",
    ) -> Difference:
        return Difference(
            key=key_of(self.subject, what, self.stands.version, before, after),
            kind=DifferenceKind.CLASH if clash else kind,
            subject=self.subject,
            before=before,
            after=after,
            places=said.places,
            step=step,
            chosen=chosen and step is not None and not clash,
            note=note or (BOTH if clash else ""),
        )


def compared(beside: Beside) -> Iterator[Difference]:
    yield from _words(beside)
    yield from _leads(beside)
    yield from _due(beside)
    yield from _updates(beside)
    yield from _others(beside)


def _words(beside: Beside) -> Iterator[Difference]:
    said, stands = beside.read.text, beside.stands
    now, after = plain(stands.text), plain(said.value)
    was = plain(beside.was.text.value) if beside.was and not beside.is_ours else None
    if after in (now, was) or (was is None and beside.same_words):
        return
    step = Reword(stands.action, len(stands.texts) - 1, said.value)
    yield beside.difference(
        DifferenceKind.WORDS,
        "words",
        said,
        stands.text,
        said.value,
        step=None if stands.has_ended else step,
        clash=now != was if was is not None else len(stands.texts) > 1,
        note=ENDED if stands.has_ended else "",
    )


def _leads(beside: Beside) -> Iterator[Difference]:
    """A file that names nobody takes nobody off."""
    said, stands = beside.read.leads, beside.stands
    now, after = all_short(stands.leads), all_short(said.value)
    was = all_short(beside.was.leads.value) if beside.was and not beside.is_ours else None
    if not after or after in (now, was) or (was is None and after in map(all_short, stands.led)):
        return
    step = HandOver(stands.action, len(stands.led) - 1, said.value)
    yield beside.difference(
        DifferenceKind.LEADS,
        "leads",
        said,
        ", ".join(stands.leads),
        ", ".join(said.value),
        step=None if stands.has_ended else step,
        clash=now != was if was is not None else len(stands.led) > 1,
        note=ENDED if stands.has_ended else "",
    )


def _due(beside: Beside) -> Iterator[Difference]:
    said, stands = beside.read.due, beside.stands
    due, was = said.value, beside.was.due.value if beside.was and not beside.is_ours else None
    if due.on == stands.due_on or due.on in stands.waits_for:
        return
    # What the file had before, or what the action had before: nobody has changed it in this file.
    if due.on == was.on if was else due.on in stands.dues:
        return
    note = _why_not_due(beside, due)
    step = MoveDue(stands.action, due.on, due.text) if due.on and not note else None
    yield beside.difference(
        DifferenceKind.DUE,
        "due",
        said,
        _due_in_words(stands.due_on, stands.action.due_text),
        _due_in_words(due.on, due.text),
        step=step,
        clash=stands.due_on != was.on if was else len(stands.dues) > 1,
        chosen=beside.same_words,
        note=note or ("" if beside.same_words else OTHER_WORDS),
    )


def _why_not_due(beside: Beside, due: Due) -> str:
    if beside.stands.has_ended:
        return ENDED
    if due.on is None:
        return "The file has no day. In Waymark a due date moves to another day, never to none."
    if due.on < beside.on:
        return "The day has passed already, so nobody can ask for it."
    if beside.stands.waits_for:
        return "Another date was asked for already and waits for a decision."
    return ""


def _due_in_words(on: date | None, text: str) -> str:
    return f"{on:%-d %B %Y}" if on else text or "no date"


def _updates(beside: Beside) -> Iterator[Difference]:
    new = _new(beside)
    for place, (said, day) in enumerate(zip(new, _days(beside, new), strict=True)):
        step, note = _say(beside, said.value, day)
        last = beside.stands.last
        clash = _is_clash(beside, said.value)
        yield beside.difference(
            DifferenceKind.UPDATE,
            f"update-{place + 1}" if place else "update",
            said,
            _in_words(last.stage, last.rating.word if last.rating else "", last.narrative) if last else "",
            _said_in_words(beside, said.value),
            step=step,
            clash=clash,
            chosen=beside.same_words,
            note=note or ("" if beside.same_words or clash else OTHER_WORDS),
        )


def _new(beside: Beside) -> list[Said[Standing]]:
    """What the file says of how the action stands that neither the file before nor Waymark has said."""
    said = [
        each
        for each in beside.read.standings
        if says_something(each.value.stage, each.value.rating, each.value.narrative)
    ]
    if beside.is_ours:
        start = beside.stands.said(beside.started_from)
        return [each for each in said[-1:] if not _is_said_by(each.value, start, whole=True)]
    before = [each.value for each in beside.was.standings] if beside.was else []
    told = {(each.stage, each.rating, plain(each.narrative)) for each in before}
    return [
        each
        for each in said
        if (each.value.stage, each.value.rating, plain(each.value.narrative)) not in told
        and not any(_is_said_by(each.value, update) for update in beside.stands.updates)
    ]


def _is_said_by(said: Standing, update: ProgressUpdate | None, *, whole: bool = False) -> bool:
    """Whether an update says what the file says. A file of ours says it `whole`, with what it leaves empty."""
    if update is None:
        return False
    rating = update.rating.slug if update.rating else ""
    if said.stage != update.stage or (said.rating != rating and (whole or said.rating)):
        return False
    if said.forecast_on and said.forecast_on != update.forecast_on:
        return False
    if not said.narrative.strip() and not whole:
        return True
    return plain(said.narrative) in (plain(update.narrative), "")


def _is_clash(beside: Beside, said: Standing) -> bool:
    """Whether somebody said something in Waymark that whoever wrote the file had not seen."""
    last = beside.stands.last
    if last is None:
        return False
    if beside.is_ours:
        return last.sequence > beside.started_from
    if beside.was and beside.at:
        return any(update.recorded_at > beside.at for update in beside.stands.updates)
    return bool((said.on and said.on < last.on) or not last.source)


def _say(beside: Beside, said: Standing, day: date) -> tuple[Say | None, str]:
    """The update that the file's words would be, and what a person has to know of it."""
    stands, last = beside.stands, beside.stands.last
    rating = beside.plan.ratings.get(said.rating)
    if rating is None and last and not beside.is_ours:
        rating = last.rating
    on_paper = not beside.is_ours and (last is None or last.source in beside.plan.files)
    step = Say(
        action=stands.action,
        version=stands.version,
        stage=said.stage,
        rating=rating,
        narrative=words_for(said.narrative),
        forecast_on=said.forecast_on or (last.forecast_on if last else None),
        on=day,
        on_paper=on_paper,
    )
    if on_paper or (said.stage in stages_open_to(last) and not stands.has_ended):
        return step, ""
    if stands.has_ended:
        return None, ENDED
    label = Stage(said.stage).label
    if (last and plain(last.narrative) == plain(said.narrative)) or not said.narrative.strip():
        return None, ONLY_THE_STAGE.format(label)
    return replace(step, stage=stands.stage), BY_PEOPLE.format(label)


def _days(beside: Beside, new: Iterable[Said[Standing]]) -> tuple[date, ...]:
    """The entries' own days, unless something was said on a later one or the plan did not have the action yet."""
    last = beside.stands.last
    earliest = max(beside.stands.action.added_on, last.on if last else beside.stands.action.added_on)
    own = [None if beside.is_ours else each.value.on for each in new]
    return days_of((day if day and day >= earliest else None for day in own), beside.on)


def _in_words(stage: str, rating: str, narrative: str) -> str:
    return f"{', '.join(part for part in (str(Stage(stage).label), rating) if part)}: {narrative}"


def _said_in_words(beside: Beside, said: Standing) -> str:
    rating = beside.plan.ratings.get(said.rating)
    return _in_words(said.stage, rating.word if rating else said.rating, said.narrative)


def _others(beside: Beside) -> Iterator[Difference]:
    """Phase and number: what a file cannot change in Waymark, shown where it differs."""
    read, stands, was = beside.read, beside.stands, beside.was
    action = stands.action
    if short(read.number.value) != short(action.number):
        yield _other(beside, "number", read.number, action.number, read.number.value)
    phase = read.phase.value
    if phase not in (action.phase, Phase.NONE, was.phase.value if was else None):
        yield _other(beside, "phase", read.phase, action.get_phase_display(), str(Phase(phase).label))


def _other(beside: Beside, what: str, said: Said[Any], before: str, after: str) -> Difference:
    note = f"Shown only: Waymark keeps the {what} that it has."
    return beside.difference(DifferenceKind.OTHER, what, said, before, after, note=note)
