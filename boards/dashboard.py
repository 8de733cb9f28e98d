"""What a plan's dashboard shows: how it stands, how it went, its parts, and what else a board looks at."""

from typing import Any

from django.urls import reverse

from boards import charts, heat, meeting_rounds, people, since, trends, waiting
from boards.heat import Heat
from boards.meeting_rounds import PlanRound
from boards.models import Meeting
from improvement import duties
from improvement.pages import PlanPage
from improvement.permissions import Verb
from recommendations import challenge, months, progress, slippage, versions
from recommendations.models import Recommendation
from recommendations.progress import Breakdown
from recommendations.views.keeping import offers

LONGEST_SHOWN = 8


def of(page: PlanPage, *, looked_back_to: str) -> dict[str, Any]:
    """`looked_back_to` is a day as an address writes it, or empty for the last version that was agreed."""
    return {**_standing(page), **_course(page, looked_back_to), **_around(page)}


def _standing(page: PlanPage) -> dict[str, Any]:
    plan, on = page.plan, page.day.on
    parts = progress.break_down(plan, on=on)
    figures = parts.whole
    return {
        "figures": figures,
        "tiles": charts.tiles(figures, page.actions_url),
        "stage_chart": charts.stages(figures, page.actions_url),
        "rating_chart": charts.ratings(figures, page.actions_url),
        "theme_chart": charts.stages_by_part("How far each theme is", parts.themes, page.actions_url),
        "heats": _heats(page, parts),
        "longest": progress.longest_overdue(plan, on=on, at_most=LONGEST_SHOWN),
        "recommendations": Recommendation.objects.visible_to(page.user)
        .for_plan(plan)
        .raised_by(on=on)
        .count(),
    }


def _course(page: PlanPage, looked_back_to: str) -> dict[str, Any]:
    plan, on = page.plan, page.day.on
    facts, agreed = months.Facts(plan, on=on), versions.agreed(plan, on=on)
    course, ratings, link = facts.by_month(), progress.ratings_of(plan), trends.to_lists_of(page)
    return {
        "completion": trends.completion(course, link),
        "trends": [trends.stages(course, link), trends.ratings(course, ratings, link)],
        "since": since.of(page, facts, agreed, asked=looked_back_to),
        "slippage": slippage.of_plan(plan, on=on),
        "ratings": ratings,
        "agreed": next(iter(agreed), None),
    }


def _around(page: PlanPage) -> dict[str, Any]:
    plan, on = page.plan, page.day.on
    inspections = list(plan.inspections.begun(on=on).with_judgements())
    return {
        "questions": challenge.of_plan(plan, on=on),
        "inspections": inspections,
        "clocks": duties.open_clocks(inspections, on=on),
        "meeting": _next_meeting(page),
        "waiting": waiting.for_decision_by(page.user, plan, page.day),
        "items": waiting.items_for(page.user, plan.council, page.day),
        "may_keep_scorecard": offers(page, Verb.KEEP_MEASURES),
        "may_keep_risks": offers(page, Verb.KEEP_RISKS),
    }


def _next_meeting(page: PlanPage) -> tuple[Meeting, PlanRound | None] | None:
    """When the plan comes to its board next, and how far its update round for that meeting is."""
    on = page.day.on
    known = Meeting.objects.visible_to(page.user).of_plan(page.plan).arranged_by(on=on)
    coming = known.ahead(on=on).first()
    if coming is None:
        return None
    asked = meeting_rounds.of(coming, on=on, user=page.user)
    return coming, next((one for one in asked if one.plan == page.plan and one.asked), None)


def _heats(page: PlanPage, parts: Breakdown) -> list[Heat]:
    """Tables of the parts of a plan, each row leading to the part's own page where it has one."""
    plan, on = page.plan, page.day.on
    asked = [
        ("By theme", "Theme", parts.themes, heat.nowhere),
        ("By phase", "Phase", parts.phases, heat.nowhere),
        ("By timescale", "Timescale", parts.timescales, heat.nowhere),
        (
            "By organisation",
            "Organisation",
            progress.by_organisation(plan, on=on),
            people.organisation_url(page),
        ),
        ("By lead officer", "Lead officer", progress.by_lead_officer(plan, on=on), people.lead_url(page)),
    ]
    return [
        heat.of(title, column, found, page.actions_url, to, csv=_csv(page, column))
        for title, column, found, to in asked
        if found
    ]


def _csv(page: PlanPage, column: str) -> str:
    places = [page.plan.council.slug, page.plan.slug]
    if column == "Lead officer":
        return reverse("reports:lead_officers_csv", args=places)
    return reverse("reports:parts_csv", args=[*places, column.lower()])
