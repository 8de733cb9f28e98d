"""What a good chair asks about several actions at once: a recommendation, a post, a day, the same words twice."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from improvement.duties import after
from improvement.models import Unit
from recommendations.challenge.facts import ActionFacts, PlanFacts, Post, RecommendationFacts
from recommendations.challenge.finding import Finding, Kind, about, about_recommendations, day, days
from recommendations.measures import Course
from recommendations.models import ChallengeSettings, Stage, Timescale

MONTHS = {Timescale.THREE_MONTHS: 3, Timescale.SIX_MONTHS: 6, Timescale.TWELVE_MONTHS: 12}


def done_but_measure_unmoved(plan: PlanFacts) -> Iterator[Finding]:
    for recommendation in plan.recommendations:
        counted = [action for action in recommendation.actions if action.stage != Stage.WITHDRAWN]
        if not counted or not all(action.is_complete for action in counted):
            continue
        for course in recommendation.measures:
            if said := _what_is_wrong_with(course):
                done = "the one action is" if len(counted) == 1 else f"{_all(len(counted))} actions are"
                yield about_recommendations(
                    [recommendation.reference],
                    f"{recommendation.reference}: {done} complete, "
                    f"and “{course.measure}” {said}: what has changed for children?",
                    counted,
                    measure=course.measure.slug,
                    readings=[[f"{reading.on}", f"{reading.value}"] for reading in course.readings],
                    actions=[action.name for action in counted],
                )


def _what_is_wrong_with(course: Course) -> str:
    if course.change is None:
        return "has been read only once" if course.values else "has not been read yet"
    if course.has_improved is False:
        return f"has got worse since {course.values[0][0].when}"
    return "" if course.has_moved else f"stands where it stood, {course.values[0][0].placed}"


def timescale_cannot_be_met(plan: PlanFacts) -> Iterator[Finding]:
    for recommendation in plan.recommendations:
        limit = last_day_for(recommendation, plan.thresholds)
        if limit is None:
            continue
        open_ones = [action for action in recommendation.actions if action.is_open]
        late = [action for action in open_ones if action.due_on and action.due_on > limit]
        if late:
            latest = max(action.due_on for action in late if action.due_on)
            yield about_recommendations(
                [recommendation.reference],
                f"{recommendation.reference} is to be met {_within(recommendation, plan.thresholds)}, by {day(limit)}. "
                f"{_so_many(late, open_ones)} due later, "
                f"{'on' if len(late) == 1 else 'the last on'} {day(latest)}: who has agreed to that?",
                late,
                limit=limit,
                due=[[action.name, f"{action.due_on}"] for action in late],
            )


def last_day_for(recommendation: RecommendationFacts, thresholds: ChallengeSettings) -> date | None:
    """The last day of the inspectors' timescale, counted from the day of their report; None where they gave none."""
    if recommendation.timescale == Timescale.IMMEDIATE:
        return recommendation.raised_on + timedelta(days=thresholds.immediate_days)
    months = MONTHS.get(Timescale(recommendation.timescale))
    return after(recommendation.raised_on, months, Unit.MONTHS) if months else None


def _within(recommendation: RecommendationFacts, thresholds: ChallengeSettings) -> str:
    if recommendation.timescale == Timescale.IMMEDIATE:
        return f"immediately, which this plan takes as {days(thresholds.immediate_days)}"
    return str(Timescale(recommendation.timescale).label).lower()


def _so_many(late: list[ActionFacts], open_ones: list[ActionFacts]) -> str:
    if len(open_ones) == 1:
        return "Its one open action is"
    if len(late) == len(open_ones):
        return f"{_all(len(late)).capitalize()} open actions are"
    return f"{len(late)} of its {len(open_ones)} open actions {'is' if len(late) == 1 else 'are'}"


def all_on_one_day(plan: PlanFacts) -> Iterator[Finding]:
    counted = [action for action in plan.actions if action.stage != Stage.WITHDRAWN]
    by_day: dict[date, list[ActionFacts]] = defaultdict(list)
    for action in counted:
        if action.due_on:
            by_day[action.due_on].append(action)
    thresholds = plan.thresholds
    for due, actions in sorted(by_day.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        if len(actions) < thresholds.same_day_actions:
            break
        if len(actions) * 100 <= thresholds.same_day_percent * len(counted):
            continue
        still = sum(action.is_open for action in actions)
        when = f"were due on {day(due)}; {still or 'none'} of them {'is' if still == 1 else 'are'} still open"
        yield about(
            Kind.PLAN,
            day(due),
            f"{len(actions)} of the plan’s {len(counted)} actions "
            f"{when if due < plan.on else f'are due on {day(due)}'}: "
            "was that day worked out for each of them, or set for all?",
            actions,
            due_on=due,
            actions_due=[action.name for action in actions],
        )


def more_than_one_post_can_do(plan: PlanFacts) -> Iterator[Finding]:
    """A post is asked about what it answers for: the actions on which it stands first."""
    held: dict[Post, list[ActionFacts]] = defaultdict(list)
    for action in plan.actions:
        if action.is_open and action.posts:
            held[action.posts[0]].append(action)
    thresholds = plan.thresholds
    for post, actions in sorted(held.items(), key=lambda pair: (-len(pair[1]), pair[0].abbreviation)):
        overdue = [action for action in actions if action.days_overdue(plan.on)]
        if len(actions) <= thresholds.open_per_post and len(overdue) <= thresholds.overdue_per_post:
            continue
        late = f"{len(overdue) or 'none'} of them overdue"
        yield about(
            Kind.POST,
            post.abbreviation,
            f"{post.abbreviation} ({post.title}) answers for {len(actions)} open "
            f"action{'' if len(actions) == 1 else 's'}, {late}: can one post do all this, and who helps?",
            actions,
            open=[action.name for action in actions],
            overdue=[action.name for action in overdue],
        )


def _all(count: int) -> str:
    return "both" if count == 2 else f"all {count}"
