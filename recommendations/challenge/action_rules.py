"""What a good chair asks about one action. Each rule says what it found in a sentence, or nothing."""

from datetime import date

from recommendations.challenge import words
from recommendations.challenge.facts import ActionFacts
from recommendations.challenge.finding import Finding, about_action, day, days
from recommendations.models import ChallengeSettings, DuePrecision, Stage


def on_track_but_overdue(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    late = action.days_overdue(on)
    if not late or not action.says_on_track:
        return None
    return about_action(
        action,
        f"{action.name} is rated {action.rating} and is {days(late)} overdue: what makes it {action.rating}?",
        rating=action.rating,
        due_on=action.due_on,
        updated_on=action.updated_on,
        narrative=action.narrative,
    )


def forecast_after_due(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    due, forecast = action.due_on, action.forecast_on
    if not action.is_open or due is None or forecast is None or forecast <= due:
        return None
    asked = "who decides the new date that was asked for?" if action.move_waits else "who has agreed to that?"
    return about_action(
        action,
        f"{action.name} is due on {day(due)} and expected on {day(forecast)}, "
        f"{days((forecast - due).days)} later: {asked}",
        due_on=due,
        forecast_on=forecast,
        move_waits=action.move_waits,
    )


def on_track_but_silent(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    if not action.is_open or not action.says_on_track or action.updated_on is None:
        return None
    silent = (on - action.updated_on).days
    if silent < thresholds.silence_days:
        return None
    return about_action(
        action,
        f"{action.name} was rated {action.rating} on {day(action.updated_on)}, and nothing has been said "
        f"in the {days(silent)} since: is it still so?",
        rating=action.rating,
        updated_on=action.updated_on,
    )


def complete_without_evidence(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    if not action.is_complete or action.has_evidence:
        return None
    return about_action(
        action,
        f"{action.name} is reported complete and nothing has been shown for it: what is the evidence?",
        stage=action.stage,
        updated_on=action.updated_on,
        narrative=action.narrative,
    )


def complete_but_work_to_come(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    if not action.is_complete:
        return None
    to_come, stopgap = words.work_to_come(action.narrative), words.stopgap(action.narrative)
    if not to_come and not stopgap:
        return None
    asked = "What is left to do?" if to_come else "What comes after it?"
    return about_action(
        action,
        f"{action.name} is complete, yet its update says: “{to_come or stopgap}” {asked}",
        stage=action.stage,
        updated_on=action.updated_on,
        narrative=action.narrative,
    )


def no_due_date(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    if not action.is_open or action.due_on is not None:
        return None
    if not action.due_text:
        sentence = f"{action.name} has no due date: by when will it be done?"
    elif action.due_precision == DuePrecision.ONGOING:
        sentence = (
            f"{action.name} is due “{action.due_text}”: on what day will the board know that it is done?"
        )
    else:
        sentence = f"{action.name} is due “{action.due_text}”, which is no date: by when will it be done?"
    return about_action(action, sentence, due_text=action.due_text, due_precision=action.due_precision)


def moved_again_and_again(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    if not action.is_open or action.moves < thresholds.times_moved or action.due_on is None:
        return None
    since = f" since {day(action.original_due_on)}" if action.original_due_on else ""
    times = "once" if action.moves == 1 else "twice" if action.moves == 2 else f"{action.moves} times"
    return about_action(
        action,
        f"The date of {action.name} has moved {times}{since} and is now {day(action.due_on)}: "
        "why will this one hold?",
        moves=action.moves,
        due_on=action.due_on,
    )


def promised_day_passed(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    """What waits for sign-off is asked about by a rule of its own."""
    if not action.is_open or action.stage == Stage.AWAITING_SIGN_OFF or action.updated_on is None:
        return None
    promise = words.promise_passed(action.narrative, said_on=action.updated_on, on=on)
    if promise is None:
        return None
    return about_action(
        action,
        f"The update of {action.name} on {day(action.updated_on)} says: “{promise.sentence}” "
        f"That {promise.span} has passed: did it happen?",
        updated_on=action.updated_on,
        sentence=promise.sentence,
        day=promise.day,
    )


def sign_off_overdue(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    late = action.days_overdue(on)
    if action.stage != Stage.AWAITING_SIGN_OFF or not late:
        return None
    return about_action(
        action,
        f"{action.name} still waits for sign-off, {days(late)} after it was due: who signs it off, and when?",
        stage=action.stage,
        due_on=action.due_on,
        updated_on=action.updated_on,
    )


def never_updated(action: ActionFacts, on: date, thresholds: ChallengeSettings) -> Finding | None:
    since = (on - action.added_on).days
    if not action.is_open or action.updated_on is not None or since < thresholds.silence_days:
        return None
    return about_action(
        action,
        f"{action.name} has been in the plan for {days(since)} and nobody has said a word about it: has it begun?",
        added_on=action.added_on,
    )
