from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from recommendations import challenge, progress
from recommendations.models import Action, Phase, Recommendation
from recommendations.views.actions import Row
from recommendations.workflow import updatable_by


@require_safe
def recommendation_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    on = page.day.on
    parts = progress.break_down(page.plan, on=on).recommendations
    figures = {part.key: part.figures for part in parts}
    shown = Recommendation.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=on).in_order()
    rows = [(item, figures.get(item.reference)) for item in shown.select_related("theme")]
    themes = [(theme, list(group)) for theme, group in groupby(rows, key=lambda row: row[0].theme)]
    context = page.context(("Recommendations", ""), themes=themes, count=len(rows))
    return render(request, "recommendations/recommendation_list.html", context)


@require_safe
def recommendation_page(request: HttpRequest, council: str, plan: str, reference: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    on = page.day.on
    shown = Recommendation.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=on)
    recommendation = get_object_or_404(shown.select_related("theme", "plan"), reference=reference)
    actions = Action.objects.visible_to(page.user).for_recommendation(recommendation)
    may = updatable_by(page.user, page.plan.council, on=page.day.now)
    standings = progress.standings(
        actions.as_of(on).with_recommendation().with_leads().in_plan_order(), on=on
    )
    rows = [Row(row, not page.day.asked and may.covers(row.action)) for row in standings]
    context = page.context(
        ("Recommendations", page.url("recommendations:recommendation_list")),
        (reference, ""),
        recommendation=recommendation,
        organisations=recommendation.organisations.all(),
        questions=challenge.of_recommendation(recommendation, on=on),
        dismissible=not page.day.asked and may.any,
        figures=progress.of(actions, plan=page.plan, on=on, query=f"recommendation={reference}"),
        phases=[
            (Phase(phase), list(group))
            for phase, group in groupby(rows, lambda row: row.standing.action.phase)
        ],
    )
    return render(request, "recommendations/recommendation_page.html", context)
