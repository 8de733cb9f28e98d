from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import dashboard, overview, owed, waiting
from boards.waiting import Item
from improvement import clock
from improvement.models import Membership, Plan, Role
from improvement.pages import plan_page
from improvement.who import signed_in


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where each role starts: what a lead officer owes, a scrutiny officer's reports, the dashboard for the rest."""
    user = signed_in(request)
    memberships = list(user.memberships.select_related("council"))
    if len(memberships) != 1:
        places = [(membership, _items(request, membership)) for membership in memberships]
        shown = overview.of([(m.council, clock.day_shown(request, m.council)) for m in memberships], user)
        return render(request, "boards/councils.html", {"places": places, "overview": shown})
    membership = memberships[0]
    if membership.role == Role.LEAD_OFFICER:
        return _what_i_owe(request, membership)
    plans = list(Plan.objects.visible_to(user).filter(council=membership.council)[:2])
    day = clock.day_shown(request, membership.council)
    if len(plans) != 1:
        return redirect(day.carried_to(reverse("council", args=[membership.council.slug])))
    start = "reports:report_list" if membership.role == Role.SCRUTINY_OFFICER else "boards:plan_dashboard"
    return redirect(day.carried_to(reverse(start, args=[membership.council.slug, plans[0].slug])))


def _items(request: HttpRequest, membership: Membership) -> tuple[Item, ...]:
    council = membership.council
    return waiting.items_for(signed_in(request), council, clock.day_shown(request, council))


def _what_i_owe(request: HttpRequest, membership: Membership) -> HttpResponse:
    council, user = membership.council, signed_in(request)
    day = clock.day_shown(request, council)
    plans = list(Plan.objects.visible_to(user).with_sections().filter(council=council))
    context = {
        "council": council,
        "day": day,
        "owed": owed.by(user, council, day),
        "plans": plans,
        "items": waiting.items_for(user, council, day),
    }
    # With one plan, its pages stand in the navigation.
    return render(request, "boards/owed.html", {**context, "plan": plans[0]} if len(plans) == 1 else context)


@require_safe
def plan_dashboard(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """A plan on one page; `?since=` names the day to look back to."""
    page = plan_page(request, council, plan)
    context = page.context(**dashboard.of(page, looked_back_to=request.GET.get("since", "")))
    return render(request, "boards/plan_dashboard.html", context)
