"""The register of risks: the list with its matrix, a risk with its history, and the changes to them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from boards import register as registers
from boards.models import Decision, Risk, RiskWording
from boards.register import RiskStanding
from boards.risk_forms import AssessmentForm, ChangeRiskForm, CloseForm, RiskForm
from boards.workflow import risk_wording
from boards.workflow import risks as workflow
from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb
from recommendations.views.keeping import keeper_page, offers

LIST = "boards:risks"


@require_safe
def risks(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """What may go wrong and what the plan costs, as far as it was known by the day."""
    page = plan_page(request, council, plan)
    register = registers.of_plan(page.plan, on=page.day.on, user=page.user)
    context = page.context(
        ("Risks and costs", ""),
        section="dashboard",
        register=register,
        scores=registers.SCORES,
        may_keep=offers(page, Verb.KEEP_RISKS),
    )
    return render(request, "boards/risks.html", context)


@require_safe
def risk_page(request: HttpRequest, council: str, plan: str, risk: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    standing = _load(page, risk)
    offered = offers(page, Verb.KEEP_RISKS) and not standing.is_closed
    decided = Decision.objects.visible_to(page.user).about(standing.risk).made_by(on=page.day.on)
    worded = RiskWording.objects.visible_to(page.user).kept_of(standing.risk, on=page.day.on)
    context = page.context(
        _list(page),
        (standing.risk.title, ""),
        standing=standing,
        may_keep=offered,
        decisions=decided.latest_first().with_what_changed(),
        reworded=worded,
    )
    return render(request, "boards/risk_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def raise_risk(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_RISKS)
    form = RiskForm(request.POST if request.method == "POST" else None, plan=page.plan)
    if form.is_valid():
        said = form.cleaned_data
        risk = form.attempt(
            lambda: workflow.raise_risk(plan=page.plan, by=page.user, on=page.day.now, **said)
        )
        if risk:
            messages.success(request, "The risk is on the register.")
            return redirect(page.url("boards:risk_page", risk.slug))
    context = page.context(_list(page), ("Add a risk", ""), form=form)
    return render(request, "boards/risk_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def assess_risk(request: HttpRequest, council: str, plan: str, risk: str) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_RISKS)
    standing = _load(page, risk)
    form = AssessmentForm(request.POST if request.method == "POST" else None, standing=standing)
    theirs, status = None, 422 if form.is_bound else 200
    if form.is_valid():
        said = {"risk": standing.risk, "by": page.user, "on": page.day.now, **form.cleaned_data}
        try:
            if form.attempt(lambda: workflow.assess_risk(**said)):
                messages.success(request, "The risk is scored anew; the earlier scores stay in its history.")
                return redirect(page.url("boards:risk_page", risk))
        except workflow.AssessedMeanwhile as clash:
            form.now_at(clash.theirs)
            theirs, status = clash.theirs, 409
    return _change_page(request, page, standing, "Assess the risk", status, form=form, theirs=theirs)


@require_http_methods(["GET", "HEAD", "POST"])
def change_risk(request: HttpRequest, council: str, plan: str, risk: str) -> HttpResponse:
    """Other words, owner, money or actions; what was said before stays for the days before."""
    page = keeper_page(request, council, plan, Verb.KEEP_RISKS)
    standing = _load(page, risk)
    form = ChangeRiskForm(request.POST if request.method == "POST" else None, standing=standing)
    changed, status = False, 422 if form.is_bound else 200
    if form.is_valid():
        said = {"risk": standing.risk, "by": page.user, "on": page.day.now, **form.cleaned_data}
        try:
            if form.attempt(lambda: risk_wording.change_risk(**said)):
                messages.success(request, "The risk is changed; what it said before stays in its history.")
                return redirect(page.url("boards:risk_page", risk))
        except risk_wording.ChangedMeanwhile as clash:
            form.now_at(clash.version)
            changed, status = True, 409
    return _change_page(
        request, page, standing, "Change the risk", status, form=form, changed=changed, words=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close_risk(request: HttpRequest, council: str, plan: str, risk: str) -> HttpResponse:
    page = keeper_page(request, council, plan, Verb.KEEP_RISKS)
    standing = _load(page, risk)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {"risk": standing.risk, "by": page.user, "on": page.day.now, **form.cleaned_data}
        if form.attempt(lambda: workflow.close_risk(**said)):
            messages.success(request, "The risk is closed.")
            return redirect(page.url(LIST))
    return _change_page(
        request, page, standing, "Close the risk", 422 if form.is_bound else 200, form=form, closes=True
    )


def _change_page(
    request: HttpRequest, page: PlanPage, standing: RiskStanding, title: str, status: int, **more: Any
) -> HttpResponse:
    risk = standing.risk
    crumbs = (_list(page), (risk.title, page.url("boards:risk_page", risk.slug)), (title, ""))
    context = page.context(*crumbs, standing=standing, heading=title, **more)
    return render(request, "boards/risk_change.html", context, status=status)


def _load(page: PlanPage, slug: str) -> RiskStanding:
    known = Risk.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=page.day.on)
    risk = get_object_or_404(known, slug=slug)
    return registers.standings(known.filter(pk=risk.pk), on=page.day.on)[0]


def _list(page: PlanPage) -> tuple[str, str]:
    return "Risks and costs", page.url(LIST)
