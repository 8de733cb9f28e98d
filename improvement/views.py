from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from improvement import clock, gallery
from improvement.models import Council, Inspection, Plan
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
    user = signed_in(request)
    shown = get_object_or_404(Council.objects.visible_to(user), slug=council)
    plans = list(Plan.objects.visible_to(user).filter(council=shown))
    context = {
        "council": shown,
        "day": clock.day_shown(request, shown),
        "plans": plans,
        # With one plan, its pages stand in the navigation.
        "plan": plans[0] if len(plans) == 1 else None,
        "inspections": Inspection.objects.visible_to(user)
        .filter(council=shown)
        .select_related("framework")
        .prefetch_related("judgements__area", "judgements__grade"),
        "crumbs": [(shown.name, "")],
    }
    return render(request, "improvement/council_page.html", context)


@require_safe
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the look on one page, for those who look after the installation."""
    if not signed_in(request).is_staff:
        raise Http404
    return render(
        request, "improvement/gallery.html", {"gallery": gallery.samples(), "crumbs": [("Gallery", "")]}
    )
