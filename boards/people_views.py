"""A lead officer's page and an organisation's: their share of everything in a plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from boards import people
from improvement.models import LeadOfficer, Organisation
from improvement.pages import plan_page
from recommendations import progress


@require_safe
def organisation_page(request: HttpRequest, council: str, plan: str, organisation: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    known = Organisation.objects.visible_to(page.user).filter(council=page.plan.council)
    shown = get_object_or_404(known, slug=organisation)
    context = page.context(
        (shown.name, ""),
        section="dashboard",
        organisation=shown,
        share=people.of_organisation(page, shown),
        ratings=progress.ratings_of(page.plan),
    )
    return render(request, "boards/organisation_page.html", context)


@require_safe
def lead_officer_page(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The post that `?lead=` names by its abbreviation, as in the list of actions."""
    page = plan_page(request, council, plan)
    known = LeadOfficer.objects.visible_to(page.user).filter(council=page.plan.council)
    shown = get_object_or_404(known.select_related("organisation"), abbreviation=request.GET.get("lead", ""))
    context = page.context(
        (shown.abbreviation, ""),
        section="dashboard",
        officer=shown,
        organisation_url=page.url("boards:organisation", shown.organisation.slug),
        share=people.of_lead(page, shown),
        ratings=progress.ratings_of(page.plan),
    )
    return render(request, "boards/lead_officer_page.html", context)
