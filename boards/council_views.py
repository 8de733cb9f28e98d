"""A council: how its plans stand, its inspections and the grades they gave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from improvement import duties, grade_chart, pages
from improvement.models import Inspection, Intervention, Plan
from improvement.pages import CouncilPage
from improvement.permissions import Verb, may
from recommendations import progress


@require_safe
def council_page(request: HttpRequest, council: str) -> HttpResponse:
    page = pages.council_page(request, council)
    shown, on = page.council, page.day.on
    begun = Inspection.objects.visible_to(page.user).filter(council=shown).begun(on=on)
    inspections = list(begun.with_judgements())
    reported = grade_chart.reported(inspections, on=on)
    interventions = Intervention.objects.visible_to(page.user).filter(council=shown).known(on=on)
    plans = list(Plan.objects.visible_to(page.user).with_sections().with_version(on=on).filter(council=shown))
    context = page.context(
        plans=_standing(page, plans),
        inspections=inspections,
        reported=reported,
        clocks=duties.open_clocks(inspections, on=on),
        panels=grade_chart.panels(reported),
        interventions=interventions.select_related("inspection"),
        may_add=not page.day.asked and may(page.user, Verb.ADD_INSPECTION, shown),
        keeps_members=not page.day.asked and may(page.user, Verb.KEEP_MEMBERS, shown),
        may_bring_in=not page.day.asked and may(page.user, Verb.KEEP_PLAN, shown),
    )
    return render(request, "boards/council_page.html", context)


def _standing(page: CouncilPage, plans: list[Plan]) -> list[tuple[Plan, str, str]]:
    """Each plan with how it stands in one sentence, and the list of exactly those actions."""
    figures = progress.of_plans(plans, on=page.day.on)
    rows = []
    for plan in plans:
        found = figures.get(plan.pk)
        address = reverse("recommendations:action_list", args=[page.council.slug, plan.slug])
        url = page.day.carried_to(address, found.headline_query) if found else ""
        rows.append((plan, found.headline if found else "It has no actions on this day", url))
    return rows
