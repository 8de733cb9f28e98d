"""The rules in the order of their weight."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from recommendations.challenge import action_rules, plan_rules, same_words
from recommendations.challenge.facts import ActionFacts, PlanFacts
from recommendations.challenge.finding import Finding
from recommendations.models import ChallengeSettings

Find = Callable[[PlanFacts], Iterator[Finding]]
Check = Callable[[ActionFacts, date, ChallengeSettings], Finding | None]


@dataclass(frozen=True)
class Rule:
    """A way in which a plan may contradict itself; `reason` says why a board should ask, with the plan's thresholds."""

    slug: str
    title: str
    reason: str
    find: Find

    def why(self, thresholds: ChallengeSettings) -> str:
        return self.reason.format(thresholds=thresholds)


def _of_each_action(check: Check) -> Find:
    def find(plan: PlanFacts) -> Iterator[Finding]:
        for action in plan.actions:
            if finding := check(action, plan.on, plan.thresholds):
                yield finding

    return find


def _longest_overdue_first(check: Check) -> Find:
    def find(plan: PlanFacts) -> Iterator[Finding]:
        found = _of_each_action(check)(plan)
        yield from sorted(found, key=lambda finding: -finding.actions[0].days_overdue(plan.on))

    return find


SAME_WORDS = Rule(
    "same-words",
    "The same words twice",
    "What stands in a plan twice is reported twice, and the two reports part. They are shown side by side, never merged.",
    same_words.in_the_same_words,
)
PLAN_WIDE = (
    Rule(
        "one-post",
        "More than one post can do",
        "A post that answers for more than {thresholds.open_per_post} open actions, or has let more than "
        "{thresholds.overdue_per_post} become overdue, may need help or fewer actions.",
        plan_rules.more_than_one_post_can_do,
    ),
    Rule(
        "one-day",
        "Everything due on one day",
        "Work that differs in size does not end on one day. Asked from {thresholds.same_day_actions} actions, "
        "where more than {thresholds.same_day_percent}% of the plan falls due together.",
        plan_rules.all_on_one_day,
    ),
)
_OVERDUE_ON_TRACK = Rule(
    "on-track-overdue",
    "Rated as on track, but overdue",
    "An action whose date has passed is not on track: either the rating or the date is wrong.",
    _longest_overdue_first(action_rules.on_track_but_overdue),
)
_TO_COME = Rule(
    "complete-work-to-come",
    "Complete, but work is to come",
    "An action is complete when nothing of it is left. Its own update speaks of something that is not done, "
    "or is done only for a time.",
    _of_each_action(action_rules.complete_but_work_to_come),
)
_UNMOVED = Rule(
    "done-no-change",
    "All done, but nothing has moved",
    "Actions are there for an outcome. When all are done and its measure has not moved, they were the wrong ones, "
    "or it is too early to say so.",
    plan_rules.done_but_measure_unmoved,
)
_WITHOUT_EVIDENCE = Rule(
    "complete-no-evidence",
    "Complete, without evidence",
    "What is only said to be done has not been shown to be done.",
    _of_each_action(action_rules.complete_without_evidence),
)
_FORECAST = Rule(
    "forecast-late",
    "Expected after its due date",
    "Its lead expects to miss the date. A date moves only when somebody else agrees to it.",
    _of_each_action(action_rules.forecast_after_due),
)
_PROMISE = Rule(
    "promised-day-passed",
    "A day that was named has passed",
    "The update named a day that was still to come. It has come and gone, and nothing has been said since.",
    _of_each_action(action_rules.promised_day_passed),
)
_SIGN_OFF = Rule(
    "sign-off-overdue",
    "Waiting for sign-off, overdue",
    "The work may be finished, and somebody has not looked at it in time.",
    _longest_overdue_first(action_rules.sign_off_overdue),
)
_SILENT = Rule(
    "on-track-silent",
    "Rated as on track, but silent",
    "A rating is only as fresh as the update that gave it. This plan asks after {thresholds.silence_days} days.",
    _of_each_action(action_rules.on_track_but_silent),
)
_NEVER = Rule(
    "never-updated",
    "Never updated",
    "Nobody has said anything since the plan took it in, for {thresholds.silence_days} days or more.",
    _of_each_action(action_rules.never_updated),
)
_NO_DATE = Rule(
    "no-date",
    "No date to be late by",
    "Without a day by which it is due an action can never be overdue.",
    _of_each_action(action_rules.no_due_date),
)
_TIMESCALE = Rule(
    "timescale",
    "Dates beyond the inspectors’ timescale",
    "The inspectors said how soon, counted from the day on which they published. The plan’s own dates are later.",
    plan_rules.timescale_cannot_be_met,
)
_MOVED = Rule(
    "moved",
    "Moved again and again",
    "A date that has moved {thresholds.times_moved} times or more is a hope. The reasons given each time tell more.",
    _of_each_action(action_rules.moved_again_and_again),
)
# Contradictions first, then what is not proved, then dates, silence and load.
RULES = (
    *(_OVERDUE_ON_TRACK, _TO_COME, _UNMOVED, SAME_WORDS, _WITHOUT_EVIDENCE, _FORECAST, _PROMISE, _SIGN_OFF),
    *(_SILENT, _NEVER, _NO_DATE, _MOVED, _TIMESCALE, *PLAN_WIDE),
)
ACTION_RULES = (
    *(_OVERDUE_ON_TRACK, _TO_COME, _WITHOUT_EVIDENCE, _FORECAST, _PROMISE, _SIGN_OFF, _SILENT, _NEVER),
    *(_NO_DATE, _MOVED),
)
