"""What somebody is told, what they follow, and when a plan's chasers go out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from boards import calendar_views
from boards.chasing_forms import ChaserTimesForm, FollowForm
from boards.models import ChaserSettings, Follow
from boards.workflow import chasing, following
from improvement.models import Council
from improvement.pages import PlanPage, plan_page
from improvement.permissions import MAY, Verb, require
from improvement.who import signed_in
from recommendations.models import Action, Recommendation


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """All that somebody is told by e-mail and in their calendar, with the way to change each."""
    user = signed_in(request)
    keepers = [role for role, verbs in MAY.items() if Verb.LINK_OWNERS in verbs]
    councils = Council.objects.visible_to(user)
    context = {
        "crumbs": [("What I am told", "")],
        "follows": list(Follow.objects.visible_to(user).with_subjects().in_order()),
        "councils": list(councils),
        "kept": list(councils.filter(memberships__role__in=keepers).prefetch_related("plans")),
        "calendars": calendar_views.addresses_of(user),
    }
    return render(request, "boards/told.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def follow(
    request: HttpRequest, council: str, plan: str, reference: str = "", number: str = ""
) -> HttpResponse:
    """Follow a plan, a recommendation or an action, or choose otherwise."""
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    recommendation, action = _subject(page, reference, number)
    mine = Follow.objects.visible_to(page.user).of(page.plan, recommendation, action).first()
    form = FollowForm(request.POST if request.method == "POST" else None, mine=mine)
    if form.is_valid():
        following.follow(
            plan=page.plan,
            recommendation=recommendation,
            action=action,
            by=page.user,
            on=page.day.now,
            **form.chosen,
        )
        messages.success(request, "Saved. This is what you are told.")
        return redirect("boards:told")
    subject = action or (recommendation and recommendation.reference) or page.plan.name
    context = page.context(("Follow", ""), form=form, mine=mine, subject=subject)
    return render(request, "boards/follow.html", context, status=422 if form.errors else 200)


def _subject(page: PlanPage, reference: str, number: str) -> tuple[Recommendation | None, Action | None]:
    """The recommendation or the action that an address names; neither for the plan as a whole."""
    if not reference:
        return None, None
    if not number:
        shown = Recommendation.objects.visible_to(page.user).for_plan(page.plan)
        return get_object_or_404(shown.raised_by(on=page.day.on), reference=reference), None
    actions = Action.objects.visible_to(page.user).for_plan(page.plan).filter(added_on__lte=page.day.on)
    return None, get_object_or_404(
        actions.select_related("recommendation"), recommendation__reference=reference, number=number
    )


@require_http_methods(["GET", "HEAD", "POST"])
def chaser_times(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_PLAN, page.plan.council)
    standing = ChaserSettings.objects.visible_to(page.user).holding(page.plan)
    form = ChaserTimesForm(request.POST if request.method == "POST" else None, standing=standing)
    if form.is_valid() and _set(form, page):
        messages.success(request, "Saved. Chasers go out at these times from now on.")
        return redirect(page.url("boards:chaser_times"))
    context = page.context(("When chasers go out", ""), section="dashboard", form=form, standing=standing)
    return render(request, "boards/chaser_times.html", context, status=422 if form.is_bound else 200)


def _set(form: ChaserTimesForm, page: PlanPage) -> bool:
    version = form.cleaned_data["version"]
    try:
        chasing.set_chaser_times(
            plan=page.plan, values=form.values, version=version, by=page.user, on=page.day.now
        )
    except chasing.SetMeanwhile as clash:
        form.has_seen(ChaserSettings.objects.holding(page.plan))
        form.add_error(None, clash)
    except ValidationError as refused:
        form.add_error(None, refused)
    return not form.errors
