"""What a newer file says otherwise of one action: its words, its leads, its due date and how it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from recommendations.intake.as_it_stands import all_short, plain, short
from recommendations.intake.difference import Difference, DifferenceKind, HandOver, MoveDue, Reword, Say
from recommendations.intake.plan_read import Due, Said, Standing, Sureness
from recommendations.intake.side_by_side import SideBySide
from recommendations.models import Phase, ProgressUpdate, Stage
from recommendations.workflow.loading import days_of
from recommendations.workflow.taking_over import says_something, words_for
from recommendations.workflow.updates import SAID_FREELY, stages_open_to

OTHER_WORDS = "Its words differ as well: look whether it is the same action."
ENDED = "The action has ended in Waymark. Reopen it on its page first."
BY_PEOPLE = "The file says “{}”, which in Waymark people say on the action's page; the stage stays, the words come in."
ONLY_THE_STAGE = (
    "The file says “{}” and nothing else that is new. In Waymark people say that on the action's page."
)
NEVER_HAD = (
    "Its row names an update that the action never had, so it is not known what its writer had seen. Waymark's stays "
    "unless you choose the file's."
)
NO_FORECASTS = "No row of the file says by when anything is expected: look whether that column was taken out."


def compared(beside: SideBySide) -> Iterator[Difference]:
    yield from _words(beside)
    yield from _leads(beside)
    yield from _due(beside)
    yield from _updates(beside)
    yield from _others(beside)


def _words(beside: SideBySide) -> Iterator[Difference]:
    said, stands = beside.read.text, beside.stands
    now, after = plain(stands.text), plain(said.value)
    was = plain(beside.was.text.value) if beside.was and not beside.is_ours else None
    if after == now or (was in (None, after) and after in map(plain, stands.texts.on(beside.as_of))):
        return
    step = Reword(stands.action, len(stands.texts.values) - 1, said.value)
    yield beside.difference(
        DifferenceKind.WORDS,
        "words",
        said,
        stands.text,
        said.value,
        step=None if stands.has_ended else step,
        clash=now != was if was is not None else stands.texts.has_changed_since(beside.as_of),
        left_out=after == was,
        note=ENDED if stands.has_ended else "",
    )


def _leads(beside: SideBySide) -> Iterator[Difference]:
    """A file that names nobody takes nobody off."""
    said, stands = beside.read.leads, beside.stands
    now, after = all_short(stands.leads), all_short(said.value)
    was = all_short(beside.was.leads.value) if beside.was and not beside.is_ours else None
    if (
        not after
        or after == now
        or (was in (None, after) and after in map(all_short, stands.led.on(beside.as_of)))
    ):
        return
    step = HandOver(stands.action, len(stands.led.values) - 1, said.value)
    yield beside.difference(
        DifferenceKind.LEADS,
        "leads",
        said,
        ", ".join(stands.leads),
        ", ".join(said.value),
        step=None if stands.has_ended else step,
        clash=now != was if was is not None else stands.led.has_changed_since(beside.as_of),
        left_out=after == was,
        note=ENDED if stands.has_ended else "",
    )


def _due(beside: SideBySide) -> Iterator[Difference]:
    said, stands = beside.read.due, beside.stands
    due, was = said.value, beside.was.due.value if beside.was and not beside.is_ours else None
    if due.on == stands.due_on or due.on in stands.waits_for:
        return
    left_out = was is not None and due.on == was.on
    # What the action had before: nobody has changed it in this file.
    if (left_out and due.on in stands.asked) or (
        (left_out or was is None) and due.on in stands.dues.on(beside.as_of)
    ):
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
        clash=stands.due_on != was.on if was else stands.dues.has_changed_since(beside.as_of),
        left_out=left_out,
        chosen=beside.same_words,
        note=note or ("" if beside.same_words else OTHER_WORDS),
    )


def _why_not_due(beside: SideBySide, due: Due) -> str:
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


def _updates(beside: SideBySide) -> Iterator[Difference]:
    new = _new(beside)
    for place, (said, day) in enumerate(zip(new, _days(beside, new), strict=True)):
        step, note = _say(beside, said.value, day)
        last = beside.stands.last
        clash = _is_clash(beside, said.value)
        if clash and beside.started_from > beside.stands.version:
            note = note or NEVER_HAD
        emptied = _is_forecast_lost(beside, said)
        yield beside.difference(
            DifferenceKind.UPDATE,
            f"update-{place + 1}" if place else "update",
            said,
            _in_words(last) if last else "",
            _in_words(step) if step else _said_in_words(beside, said.value),
            step=step,
            clash=clash,
            left_out=_was_there(beside, said.value),
            chosen=beside.same_words and not emptied,
            note=note or (NO_FORECASTS if emptied else "" if beside.same_words or clash else OTHER_WORDS),
        )


def _new(beside: SideBySide) -> list[Said[Standing]]:
    """What the file says of how the action stands that Waymark has not said; what only Waymark changed since is not."""
    said = [
        each
        for each in beside.read.standings
        if says_something(each.value.stage, each.value.rating, each.value.narrative)
    ]
    if beside.is_ours:
        seen = (beside.stands.said(beside.started_from), beside.stands.last)
        return [
            each
            for each in said[-1:]
            if not any(update and _is_said_by(each.value, update, whole=True) for update in seen)
        ]
    return [
        each
        for each in said
        if not any(_is_said_by(each.value, update) for update in beside.stands.updates)
        and not (_was_there(beside, each.value) and _are_its_words_said(each.value, beside))
    ]


def _was_there(beside: SideBySide, said: Standing) -> bool:
    """Whether the file before said the same already."""
    before = beside.was.standings if beside.was and not beside.is_ours else ()
    return any(_what(each.value) == _what(said) for each in before)


def _what(said: Standing) -> tuple[str, str, str, date | None]:
    """What is said, whenever it was."""
    return said.stage, said.rating, plain(said.narrative), said.forecast_on


def _are_its_words_said(said: Standing, beside: SideBySide) -> bool:
    """Whether its words were taken over under another stage, since people alone say in Waymark what the file says."""
    if said.stage in SAID_FREELY or not said.narrative.strip():
        return False
    return any(_is_said_by(replace(said, stage=each.stage), each) for each in beside.stands.updates)


def _is_said_by(said: Standing, update: ProgressUpdate, *, whole: bool = False) -> bool:
    """Whether an update says what the file says. A file of ours says it `whole`, with what it leaves empty."""
    rating = update.rating.slug if update.rating else ""
    if said.stage != update.stage or (said.rating != rating and (whole or said.rating)):
        return False
    if said.forecast_on != update.forecast_on and (whole or said.forecast_on):
        return False
    if not said.narrative.strip() and not whole:
        return True
    return plain(said.narrative) in (plain(update.narrative), "")


def _is_clash(beside: SideBySide, said: Standing) -> bool:
    """Whether somebody said something in Waymark that whoever wrote the file had not seen."""
    last = beside.stands.last
    if last is None:
        return False
    if beside.is_ours:
        # A number that the action never had tells nothing of what was seen.
        return last.sequence != beside.started_from
    if beside.was and beside.at:
        return any(update.recorded_at > beside.at for update in beside.stands.updates)
    return bool((said.on and said.on < last.on) or not last.source)


def _is_forecast_lost(beside: SideBySide, said: Said[Standing]) -> bool:
    """Whether a date goes that the whole file has none of, as where somebody took the column out of ours."""
    if not beside.is_ours or beside.says_forecasts or said.sure == Sureness.UNSURE:
        return False
    last = beside.stands.last
    return bool(last and last.forecast_on and said.value.forecast_on is None)


def _say(beside: SideBySide, said: Standing, day: date) -> tuple[Say | None, str]:
    """The update that the file's words would be, and what a person has to know of it."""
    stands, last = beside.stands, beside.stands.last
    rating, forecast_on = beside.plan.ratings.get(said.rating), said.forecast_on
    if last and not beside.is_ours:
        # What a paper does not say of these stays as it was said last.
        rating, forecast_on = rating or last.rating, forecast_on or last.forecast_on
    on_paper = not beside.is_ours and (last is None or last.source in beside.plan.files)
    step = Say(
        action=stands.action,
        version=stands.version,
        stage=said.stage,
        rating=rating,
        narrative=words_for(said.narrative),
        forecast_on=forecast_on,
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


def _days(beside: SideBySide, new: Iterable[Said[Standing]]) -> tuple[date, ...]:
    """The entries' own days, unless something was said on a later one or the plan did not have the action yet."""
    last = beside.stands.last
    earliest = max(beside.stands.action.added_on, last.on if last else beside.stands.action.added_on)
    own = [None if beside.is_ours else each.value.on for each in new]
    return days_of((day if day and day >= earliest else None for day in own), beside.on)


def _in_words(said: Say | ProgressUpdate) -> str:
    return _as_words(said.stage, said.rating.word if said.rating else "", said.forecast_on, said.narrative)


def _said_in_words(beside: SideBySide, said: Standing) -> str:
    """What the file says and nobody can take over."""
    rating = beside.plan.ratings.get(said.rating)
    return _as_words(said.stage, rating.word if rating else said.rating, said.forecast_on, said.narrative)


def _as_words(stage: str, rating: str, forecast_on: date | None, narrative: str) -> str:
    expected = f"expected by {forecast_on:%-d %B %Y}" if forecast_on else ""
    return f"{', '.join(part for part in (str(Stage(stage).label), rating, expected) if part)}: {narrative}"


def _others(beside: SideBySide) -> Iterator[Difference]:
    """Phase and number: what a file cannot change in Waymark, shown where it differs."""
    read, stands, was = beside.read, beside.stands, beside.was
    action = stands.action
    if short(read.number.value) != short(action.number):
        yield _other(beside, "number", read.number, action.number, read.number.value)
    phase = read.phase.value
    if phase not in (action.phase, Phase.NONE, was.phase.value if was else None):
        yield _other(beside, "phase", read.phase, action.get_phase_display(), str(Phase(phase).label))


def _other(beside: SideBySide, what: str, said: Said[Any], before: str, after: str) -> Difference:
    note = f"Shown only: Waymark keeps the {what} that it has."
    return beside.difference(DifferenceKind.OTHER, what, said, before, after, note=note)
