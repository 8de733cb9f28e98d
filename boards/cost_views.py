"""What a plan costs: stating a sum, putting it right, taking it back. The list stands with the risks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boards.cost_forms import CorrectCostForm, CostForm, DropCostForm
from boards.models import Cost
from boards.workflow import costs as workflow
from improvement.pages import PlanPage
from improvement.permissions import Verb
from recommendations.forms import CarefulForm
from recommendations.views.keeping import keeper_page

LIST = "boards:risks"


@require_http_methods(["GET", "HEAD", "POST"])
def add_cost(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_RISKS)
    form = CostForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {"plan": page.plan, "by": page.user, "on": page.day.now, **form.cleaned_data}
        if form.attempt(lambda: workflow.state_cost(**said)):
            messages.success(request, "The cost is on the list.")
            return redirect(f"{page.url(LIST)}#costs")
    return _form_page(request, page, form, "Add a cost", "Add to the list")


@require_http_methods(["GET", "HEAD", "POST"])
def correct_cost(request: HttpRequest, council: str, plan: str, cost: str) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_RISKS)
    shown = _load(page, cost)
    form = CorrectCostForm(request.POST if request.method == "POST" else None, cost=shown)
    if form.is_valid():
        said = {"cost": shown, "by": page.user, "on": page.day.now, **form.cleaned_data}
        if form.attempt(lambda: workflow.correct_cost(**said)):
            messages.success(request, "The cost is changed; the earlier figure stays for the days before.")
            return redirect(f"{page.url(LIST)}#costs")
    return _form_page(request, page, form, "Change a cost", "Save", cost=shown)


@require_http_methods(["GET", "HEAD", "POST"])
def drop_cost(request: HttpRequest, council: str, plan: str, cost: str) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_RISKS)
    shown = _load(page, cost)
    form = DropCostForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {"cost": shown, "by": page.user, "on": page.day.now, **form.cleaned_data}
        if form.attempt(lambda: workflow.drop_cost(**said)):
            messages.success(request, "The cost is taken back.")
            return redirect(f"{page.url(LIST)}#costs")
    return _form_page(request, page, form, "Take a cost back", "Take it back", cost=shown)


def _load(page: PlanPage, slug: str) -> Cost:
    known = Cost.objects.visible_to(page.user).for_plan(page.plan).stated_by(on=page.day.now)
    return get_object_or_404(known.select_related("plan__council"), slug=slug)


def _form_page(
    request: HttpRequest,
    page: PlanPage,
    form: CarefulForm,
    title: str,
    button: str,
    *,
    cost: Cost | None = None,
) -> HttpResponse:
    crumbs = (("Risks and costs", page.url(LIST)), (title, ""))
    context = page.context(*crumbs, form=form, heading=title, button=button, cost=cost)
    return render(request, "boards/cost_form.html", context, status=422 if form.is_bound else 200)
