"""The chosen differences between a newer file and a plan, applied as people would: updates, requests, words and so on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from improvement.models import Plan
from recommendations.intake.difference import (
    AddAction,
    AddRecommendation,
    Difference,
    HandOver,
    MoveDue,
    Reword,
    Say,
)
from recommendations.intake.plan_read import PlanRead
from recommendations.workflow.due_dates import request_due_date
from recommendations.workflow.handing_over import hand_over
from recommendations.workflow.loading import Origin, add_what_is_new, posts_of, written_of, written_of_action
from recommendations.workflow.plan import reword_action
from recommendations.workflow.taking_over import SaidOnPaper, naming, take_over
from recommendations.workflow.updates import post_update

REASON = "As in {}."


def written_by(differences: Sequence[Difference]) -> int:
    """How much applying these writes: of what comes in each recommendation, action and update, of the rest each change."""
    count = 0
    for step in (each.step for each in differences):
        if isinstance(step, AddRecommendation):
            count += written_of(step.read)
        else:
            count += written_of_action(step.read) if isinstance(step, AddAction) else 1
    return count


@transaction.atomic
def apply(*, read: PlanRead, plan: Plan, chosen: Sequence[Difference], origin: Origin) -> None:
    """Apply differences to a plan, all or none. Each is checked again by the rules of the change that it is.

    What a rule refuses of an action is refused with its name.
    """
    steps = [each.step for each in chosen]
    recommendations = [step.read for step in steps if isinstance(step, AddRecommendation)]
    actions = [(step.recommendation, step.read) for step in steps if isinstance(step, AddAction)]
    if recommendations or actions:
        add_what_is_new(read, plan, recommendations, origin, actions=actions)
    _say(plan, [step for step in steps if isinstance(step, Say)], origin)
    reason = REASON.format(origin.name)
    for step in steps:
        if isinstance(step, MoveDue):
            why = f"{reason} Printed there as “{step.text}”." if step.text else reason
            with naming(step.action):
                request_due_date(action=step.action, new_on=step.new_on, reason=why, **origin.kept)
            origin.told(1)
        elif isinstance(step, Reword):
            with naming(step.action):
                reword_action(
                    action=step.action, version=step.version, text=step.text, reason=reason, **origin.kept
                )
            origin.told(1)
    _hand_over(read, plan, [step for step in steps if isinstance(step, HandOver)], origin)


def _hand_over(read: PlanRead, plan: Plan, steps: Sequence[HandOver], origin: Origin) -> None:
    posts = posts_of(read, plan.council, (post for step in steps for post in step.leads), origin)
    for step in steps:
        with naming(step.action):
            hand_over(
                action=step.action,
                version=step.version,
                leads=tuple(dict.fromkeys(posts[post] for post in step.leads)),
                reason=REASON.format(origin.name),
                **origin.kept,
            )
        origin.told(1)


def _say(plan: Plan, said: Sequence[Say], origin: Origin) -> None:
    """One after the other where there are several of an action, whichever of them were chosen."""
    before: Counter[int] = Counter()
    in_order = []
    for each in said:
        in_order.append(replace(each, version=each.version + before[each.action.pk]))
        before[each.action.pk] += 1
    papers = [
        SaidOnPaper(
            each.action, each.version, each.stage, each.rating, each.narrative, each.on, each.forecast_on
        )
        for each in in_order
        if each.on_paper
    ]
    take_over(plan=plan, said=papers, source=origin.name, told=origin.told, **origin.kept)
    for each in in_order:
        if not each.on_paper:
            with naming(each.action):
                post_update(
                    action=each.action,
                    version=each.version,
                    stage=each.stage,
                    rating=each.rating,
                    narrative=each.narrative,
                    forecast_on=each.forecast_on,
                    source=origin.name,
                    **{**origin.kept, "on": each.on},
                )
            origin.told(1)
