"""Requests to move a due date: asking, deciding, and the list of all of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, may, require
from recommendations import progress, slippage, workflow
from recommendations.filters import DueDateChangeFilter
from recommendations.models import Decision, DueDateChange
from recommendations.models.due_date_change import DueDateChangeQuerySet
from recommendations.step_forms import DecisionForm, DueDateForm
from recommendations.views.actions import load_action

PAGE_SIZE = 25
DONE = {
    Decision.AGREED: "{0.action} is now due on {0.new_on:%-d %B %Y}.",
    Decision.REFUSED: "Refused. The due date of {0.action} stays as it is.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def request_due_date(
    request: HttpRequest, council: str, plan: str, reference: str, number: str
) -> HttpResponse:
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    action: Any = load_action(page, reference, number)
    if not workflow.updatable_by(page.user, page.plan.council, on=page.day.now).covers(action):
        raise PermissionDenied("You can update only the actions of posts that you hold.")
    form = DueDateForm(request.POST if request.method == "POST" else None)
    offers = workflow.offers_to(page.user, action, stage=action.stage, on=page.day.now)
    if not form.is_bound and (not offers.move_due_date or action.move_waits):
        messages.warning(request, "No other date can be asked for as the action stands now.")
        return redirect(page.url("recommendations:action_page", reference, number))
    if form.is_valid():
        asked = form.cleaned_data
        if form.attempt(
            lambda: workflow.request_due_date(action=action, by=page.user, on=page.day.now, **asked)
        ):
            messages.success(request, "You asked for another date. It moves when somebody else agrees.")
            return redirect(page.url("recommendations:action_page", reference, number))
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        (f"Action {number}", page.url("recommendations:action_page", reference, number)),
        ("Ask for another due date", ""),
        form=form,
        standing=progress.standings([action], on=page.day.on)[0],
    )
    return render(request, "recommendations/due_date_request.html", context, status=_status(form))


@require_safe
def due_date_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """Every request of the plan, those that wait first, and what the moves add up to."""
    page = plan_page(request, council, plan)
    on = page.day.on
    narrowed = DueDateChangeFilter(request.GET, queryset=listed(page), plan=page.plan, on=on)
    shown = narrowed.qs if narrowed.form.is_valid() else DueDateChange.objects.none()
    page_obj = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = page.context(
        ("Due-date changes", ""),
        filter=narrowed,
        page_obj=page_obj,
        rows=[(change, change.decision_on(on)) for change in page_obj],
        figures=slippage.of_plan(page.plan, on=on),
        may_decide=_may_decide(page),
    )
    return render(request, "recommendations/due_date_list.html", context)


def listed(page: PlanPage) -> DueDateChangeQuerySet:
    """The plan's requests as the list and its CSV show them, before anything narrows them."""
    changes = DueDateChange.objects.visible_to(page.user).for_plan(page.plan)
    return changes.asked_by(on=page.day.on).waiting_first(on=page.day.on).with_people()


@require_http_methods(["GET", "HEAD", "POST"])
def decide_due_date(request: HttpRequest, council: str, plan: str, request_number: int) -> HttpResponse:
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.DECIDE_DUE_DATE, page.plan.council)
    change = get_object_or_404(listed(page), pk=request_number)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data.copy()
        decide = workflow.agree_due_date if said.pop("decision") == "agree" else workflow.refuse_due_date
        try:
            decided = form.attempt(lambda: decide(change=change, by=page.user, on=page.day.now, **said))
        except workflow.AlreadyDecided as clash:
            return _decision_page(request, page, clash.change, form, status=409)
        if decided:
            messages.success(request, DONE[Decision(decided.decision)].format(decided))
            return redirect(page.url("recommendations:due_date_list"))
    return _decision_page(request, page, change, form, status=_status(form))


def _decision_page(
    request: HttpRequest, page: PlanPage, change: DueDateChange, form: DecisionForm, *, status: int
) -> HttpResponse:
    action: Any = load_action(page, change.action.recommendation.reference, change.action.number)
    context = page.context(
        ("Due-date changes", page.url("recommendations:due_date_list")),
        (str(change.action), ""),
        form=form,
        change=change,
        too_late=status == 409,
        standing=progress.standings([action], on=page.day.on)[0],
        own=change.requested_by_id == page.user.pk,
        may_decide=_may_decide(page),
    )
    return render(request, "recommendations/due_date_decide.html", context, status=status)


def _may_decide(page: PlanPage) -> bool:
    open_now = not page.day.asked and not page.plan.is_closed(page.day.now)
    return open_now and may(page.user, Verb.DECIDE_DUE_DATE, page.plan.council)


def _status(form: DueDateForm | DecisionForm) -> int:
    return 422 if form.errors else 200
