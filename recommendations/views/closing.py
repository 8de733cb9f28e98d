"""The steps that close an action or take it up again, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, require
from recommendations import history, progress, workflow
from recommendations.models import Action, Evidence, ProgressUpdate
from recommendations.step_forms import ClaimForm, ReopenForm, SignOffForm, StepForm, WithdrawForm
from recommendations.views.actions import load_action
from recommendations.workflow import Offers


@dataclass(frozen=True)
class Step:
    """A page on which one step is taken."""

    title: str
    button: str
    form: type[StepForm]
    offered: Callable[[Offers], bool]
    take: Callable[..., ProgressUpdate]
    # Whoever may take none of these may not open the page either.
    verb: Verb
    template: str = "recommendations/action_step.html"


def _sign_off_or_return(*, decision: str, narrative: str, rating: Any, **said: Any) -> ProgressUpdate:
    if decision == "return":
        return workflow.return_claim(reason=narrative, **said)
    return workflow.sign_off(narrative=narrative, rating=rating, **said)


STEPS = {
    "claim_complete": Step(
        "Claim that this is complete",
        "Claim that it is complete",
        ClaimForm,
        lambda offers: offers.claim,
        workflow.claim_complete,
        Verb.UPDATE_OWN,
        "recommendations/action_claim.html",
    ),
    "sign_off": Step(
        "Sign off or return",
        "Save decision",
        SignOffForm,
        lambda offers: offers.sign_off,
        _sign_off_or_return,
        Verb.SIGN_OFF,
        "recommendations/action_sign_off.html",
    ),
    "reopen": Step(
        "Reopen", "Reopen it", ReopenForm, lambda offers: offers.reopen, workflow.reopen, Verb.UPDATE_OWN
    ),
    "withdraw": Step(
        "Withdraw from the plan",
        "Withdraw it",
        WithdrawForm,
        lambda offers: offers.withdraw,
        workflow.withdraw,
        Verb.KEEP_PLAN,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def action_step(
    request: HttpRequest, council: str, plan: str, reference: str, number: str, step: str
) -> HttpResponse:
    page, taken = plan_page(request, council, plan), STEPS[step]
    page.refuse_changes_to_the_past()
    require(page.user, taken.verb, page.plan.council)
    action = load_action(page, reference, number)
    latest = ProgressUpdate.objects.last_of(action)
    if request.method != "POST" and not taken.offered(_offers(page, action)):
        return _not_now(request, page, action, taken)
    form = taken.form(request.POST if request.method == "POST" else None, action=action, latest=latest)
    if request.method != "POST" or not form.is_valid():
        return _page(request, page, action, taken, form, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        update = form.attempt(lambda: taken.take(action=action, by=page.user, on=page.day.now, **said))
    except workflow.UpdatedMeanwhile as clash:
        form.now_at(clash.theirs)
        return _page(request, page, action, taken, form, status=409)
    if update is None:
        return _page(request, page, action, taken, form, status=422)
    messages.success(request, f"{reference} ({number}): {update.get_stage_display().lower()}.")
    return redirect(page.url("recommendations:action_page", reference, number))


def _offers(page: PlanPage, action: Any) -> Offers:
    return workflow.offers_to(page.user, action, stage=action.stage, on=page.day.now)


def _not_now(request: HttpRequest, page: PlanPage, action: Any, taken: Step) -> HttpResponse:
    """The action does not stand where this step can be taken: say so where it can be seen how it stands."""
    if taken.verb is Verb.UPDATE_OWN:
        covered = workflow.updatable_by(page.user, page.plan.council, on=page.day.now).covers(action)
        if not covered:
            raise PermissionDenied("You can update only the actions of posts that you hold.")
    if taken.verb is Verb.SIGN_OFF and not workflow.may_sign_off(page.user, action, on=page.day.now):
        raise PermissionDenied(
            "You claimed or lead this action. Somebody else has to sign it off or return it."
        )
    messages.warning(request, f"“{taken.title}” is not possible as the action stands now.")
    return redirect(page.url("recommendations:action_page", action.recommendation.reference, action.number))


def _page(
    request: HttpRequest, page: PlanPage, action: Action, taken: Step, form: StepForm, *, status: int
) -> HttpResponse:
    reference, number = action.recommendation.reference, action.number
    evidence = Evidence.objects.visible_to(page.user).of_action(action)
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        (f"Action {number}", page.url("recommendations:action_page", reference, number)),
        (taken.title, ""),
        form=form,
        step=taken,
        standing=progress.standings([action], on=page.day.on)[0],
        evidence=evidence.standing(on=page.day.on).latest_first(),
        history=history.of_action(action, on=page.day.on)[:1],
    )
    return render(request, taken.template, context, status=status)
