from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.permissions import reads_exempt
from recommendations import assurance
from recommendations.evidence_forms import TrackerFilter


@require_safe
def evidence_tracker(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """Recommendation by recommendation what is proved and what is only said."""
    page = plan_page(request, council, plan)
    narrowed = TrackerFilter(request.GET, plan=page.plan)
    tracker = assurance.track(page.plan, user=page.user, on=page.day.on, **narrowed.asked)
    context = page.context(
        ("Evidence", ""),
        section="evidence",
        tracker=tracker,
        filter=narrowed,
        reads_exempt=reads_exempt(page.user, page.plan.council),
    )
    return render(request, "recommendations/evidence_tracker.html", context)
