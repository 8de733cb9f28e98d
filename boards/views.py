from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import charts, owed, waiting
from boards import scorecard as scorecards
from boards.waiting import Item
from improvement import clock, duties
from improvement.models import Membership, Plan, Role
from improvement.pages import plan_page
from improvement.who import signed_in
from recommendations import challenge, progress, slippage, versions
from recommendations.models import Recommendation
from recommendations.progress import Breakdown, Part

LONGEST_SHOWN = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where each role starts: what a lead officer owes, a scrutiny officer's reports, the dashboard for the rest."""
    user = signed_in(request)
    memberships = list(user.memberships.select_related("council"))
    if len(memberships) != 1:
        places = [(membership, _items(request, membership)) for membership in memberships]
        return render(request, "boards/councils.html", {"places": places})
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
    page = plan_page(request, council, plan)
    on, shown = page.day.on, page.plan
    parts = progress.break_down(shown, on=on)
    figures = parts.whole
    inspections = list(shown.inspections.begun(on=on).with_judgements())
    context = page.context(
        figures=figures,
        tiles=charts.tiles(figures, page.actions_url),
        stage_chart=charts.stages(figures, page.actions_url),
        rating_chart=charts.ratings(figures, page.actions_url),
        theme_chart=charts.stages_by_part("How far each theme is", parts.themes, page.actions_url),
        recommendations=Recommendation.objects.visible_to(page.user).for_plan(shown).raised_by(on=on).count(),
        breakdowns=_breakdowns(shown, parts, on),
        questions=challenge.of_plan(shown, on=on),
        longest=progress.longest_overdue(shown, on=on, at_most=LONGEST_SHOWN),
        ratings=progress.ratings_of(shown),
        inspections=inspections,
        clocks=duties.open_clocks(inspections, on=on),
        agreed=next(iter(versions.agreed(shown, on=on)), None),
        slippage=slippage.of_plan(shown, on=on),
        waiting=waiting.for_decision_by(page.user, shown, page.day),
        items=waiting.items_for(page.user, shown.council, page.day),
    )
    return render(request, "boards/plan_dashboard.html", context)


def _breakdowns(plan: Plan, parts: Breakdown, on: date) -> list[tuple[str, str, tuple[Part, ...]]]:
    """Tables of the parts of a plan: title, what a row is, the parts."""
    return [
        ("By theme", "Theme", parts.themes),
        ("By phase", "Phase", parts.phases),
        ("By timescale", "Timescale", parts.timescales),
        ("By organisation", "Organisation", progress.by_organisation(plan, on=on)),
        ("By lead officer", "Lead officer", progress.by_lead_officer(plan, on=on)),
    ]


@require_safe
def scorecard(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """What children say and what is counted, as of the day."""
    page = plan_page(request, council, plan)
    shown = scorecards.of_plan(page.plan, on=page.day.on)
    context = page.context(("Scorecard", ""), section="dashboard", scorecard=shown)
    return render(request, "boards/scorecard.html", context)


@require_safe
def risks(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """What may go wrong and what the plan costs, as the papers have it by the day."""
    page = plan_page(request, council, plan)
    register = scorecards.register_of(page.plan, on=page.day.on, user=page.user)
    context = page.context(("Risks and costs", ""), section="dashboard", register=register)
    return render(request, "boards/risks.html", context)
