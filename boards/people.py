"""One post's, or one organisation's, share of a plan: its actions, what they answer, its risks and the questions."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from boards import charts, heat, register
from boards.charts import Chart, Tile
from boards.heat import Heat, To
from boards.models import Risk
from boards.register import RiskStanding
from improvement.models import LeadOfficer, Organisation
from improvement.models.lead_officer import LeadOfficerQuerySet
from improvement.pages import PlanPage
from recommendations import challenge, progress
from recommendations.challenge import Questions
from recommendations.models import Action, DueDateChange, Recommendation
from recommendations.progress import Figures, Standing

LONGEST_SHOWN = 8


@dataclass(frozen=True)
class Share:
    """How a post's or an organisation's part of a plan stands on a day."""

    query: str
    figures: Figures
    tiles: tuple[Tile, ...]
    stages: Chart
    ratings: Chart
    answers: Heat
    posts: Heat | None
    longest: tuple[Standing, ...]
    questions: Questions
    risks: tuple[RiskStanding, ...]
    requests: tuple[DueDateChange, ...]
    addressed: tuple[Recommendation, ...]


def organisation_url(page: PlanPage) -> To:
    return lambda slug: page.url("boards:organisation", slug)


def lead_url(page: PlanPage) -> To:
    """The post stands in the query: an abbreviation may hold what an address may not."""
    address = reverse("boards:lead_officer", args=[page.plan.council.slug, page.plan.slug])
    return lambda abbreviation: page.day.carried_to(address, urlencode({"lead": abbreviation}))


def of_organisation(page: PlanPage, organisation: Organisation) -> Share:
    posts = LeadOfficer.objects.visible_to(page.user).filter(organisation=organisation)
    named = set(posts.values_list("abbreviation", flat=True))
    parts = [part for part in progress.by_lead_officer(page.plan, on=page.day.on) if part.key in named]
    addressed = Recommendation.objects.visible_to(page.user).for_plan(page.plan).addressed_to(organisation)
    return _share(
        page,
        posts,
        query=urlencode({"organisation": organisation.slug}),
        posts_table=heat.of("Its posts", "Lead officer", parts, page.actions_url, lead_url(page)),
        addressed=tuple(addressed.raised_by(on=page.day.on).in_order()),
    )


def of_lead(page: PlanPage, officer: LeadOfficer) -> Share:
    posts = LeadOfficer.objects.visible_to(page.user).filter(pk=officer.pk)
    return _share(
        page, posts, query=urlencode({"lead": officer.abbreviation}), posts_table=None, addressed=()
    )


def _share(
    page: PlanPage,
    posts: LeadOfficerQuerySet,
    *,
    query: str,
    posts_table: Heat | None,
    addressed: tuple[Recommendation, ...],
) -> Share:
    plan, on = page.plan, page.day.on
    actions = Action.objects.visible_to(page.user).for_plan(plan).led_by(posts, on=on)
    figures = progress.of(actions, plan=plan, on=on, query=query)
    late = actions.as_of(on).overdue(on=on).longest_overdue_first().with_recommendation().with_leads()
    answers = progress.by_recommendation(actions, plan=plan, on=on, query=query)
    named = set(posts.values_list("abbreviation", flat=True))
    asked = DueDateChange.objects.visible_to(page.user).for_plan(plan).led_by(posts, on=on)
    # A risk may have had another owner on the day.
    risks = register.standings(Risk.objects.visible_to(page.user).for_plan(plan).open(on=on), on=on)
    theirs = set(posts.values_list("pk", flat=True))
    return Share(
        query=query,
        figures=figures,
        tiles=tuple(charts.tiles(figures, page.actions_url)),
        stages=charts.stages(figures, page.actions_url),
        ratings=charts.ratings(figures, page.actions_url),
        answers=heat.of("What the actions answer", "Recommendation", answers, page.actions_url, heat.nowhere),
        posts=posts_table,
        longest=tuple(progress.standings(late[:LONGEST_SHOWN], on=on)),
        questions=challenge.of_plan(plan, on=on).narrowed(lambda question: bool(question.posts & named)),
        risks=tuple(standing for standing in risks if standing.risk.owner_id in theirs),
        requests=tuple(asked.waiting(on=on).waiting_first(on=on).with_people()),
        addressed=addressed,
    )
