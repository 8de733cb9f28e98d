from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.permissions import Verb
from recommendations import challenge, progress
from recommendations.models import Action, Phase, Recommendation
from recommendations.views.actions import rows_in
from recommendations.views.keeping import may_keep, offers
from recommendations.views.subjects import evidence_and_assurance


@require_safe
def recommendation_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    on = page.day.on
    parts = progress.break_down(page.plan, on=on).recommendations
    figures = {part.key: part.figures for part in parts}
    shown = Recommendation.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=on).in_order()
    rows = [(item, figures.get(item.reference)) for item in shown.select_related("theme")]
    themes = [(theme, list(group)) for theme, group in groupby(rows, key=lambda row: row[0].theme)]
    context = page.context(("Recommendations", ""), themes=themes, count=len(rows), keeper=may_keep(page))
    return render(request, "recommendations/recommendation_list.html", context)


@require_safe
def recommendation_page(request: HttpRequest, council: str, plan: str, reference: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    on = page.day.on
    shown = Recommendation.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=on)
    shown = shown.select_related("theme", "inspection", "plan__council")
    recommendation = get_object_or_404(shown, reference=reference)
    actions = Action.objects.visible_to(page.user).for_recommendation(recommendation)
    standings = progress.standings(
        actions.as_of(on).with_recommendation().with_leads().in_plan_order(), on=on
    )
    rows = rows_in(page, standings)
    context = page.context(
        ("Recommendations", page.url("recommendations:recommendation_list")),
        (reference, ""),
        section="recommendations",
        recommendation=recommendation,
        keeper=may_keep(page),
        organisations=recommendation.organisations.all(),
        questions=challenge.of_recommendation(recommendation, on=on),
        dismissible=offers(page, Verb.CHALLENGE),
        figures=progress.of(actions, plan=page.plan, on=on, query=f"recommendation={reference}"),
        phases=[
            (Phase(phase), list(group))
            for phase, group in groupby(rows, lambda row: row.standing.action.phase)
        ],
        **evidence_and_assurance(page, recommendation),
    )
    return render(request, "recommendations/recommendation_page.html", context)
