from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement import duties, gallery, grade_chart, pages
from improvement.models import Inspection, Intervention, Plan
from improvement.permissions import Verb, may
from improvement.who import signed_in


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the server and its database answer; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


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
        plans=plans,
        # With one plan, its pages stand in the navigation.
        plan=plans[0] if len(plans) == 1 else None,
        inspections=inspections,
        reported=reported,
        clocks=duties.open_clocks(inspections, on=on),
        panels=grade_chart.panels(reported),
        interventions=interventions.select_related("inspection"),
        may_add=not page.day.asked and may(page.user, Verb.ADD_INSPECTION, shown),
        may_bring_in=not page.day.asked and may(page.user, Verb.KEEP_PLAN, shown),
    )
    return render(request, "improvement/council_page.html", context)


@require_safe
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the look on one page, for those who look after the installation."""
    if not signed_in(request).is_staff:
        raise Http404
    return render(
        request, "improvement/gallery.html", {"gallery": gallery.samples(), "crumbs": [("Gallery", "")]}
    )
