"""The steps that close an action or take it up again, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, require
from recommendations import history, progress, workflow
from recommendations.models import Action, Evidence, ProgressUpdate, Stage
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
    # Whoever's role does not allow it may not open the page either, nor may those whom `refuse` turns away.
    verb: Verb
    refuse: Callable[[PlanPage, Any], None]
    template: str = "recommendations/action_step.html"


def _sign_off_or_return(*, decision: str, narrative: str, rating: Any, **said: Any) -> ProgressUpdate:
    if decision == "return":
        return workflow.return_claim(reason=narrative, rating=rating, **said)
    return workflow.sign_off(narrative=narrative, rating=rating, **said)


def _refuse_others_work(page: PlanPage, action: Any) -> None:
    if not workflow.updatable_by(page.user, page.plan.council, on=page.day.now).covers(action):
        raise PermissionDenied("You can update only the actions of posts that you hold.")


def _refuse_own_work(page: PlanPage, action: Any) -> None:
    if not workflow.may_sign_off(page.user, action, on=page.day.now):
        raise workflow.OwnWork(
            "You claimed or lead this action. Somebody else has to sign it off or return it."
        )


def _refuse_what_others_withdrew(page: PlanPage, action: Any) -> None:
    _refuse_others_work(page, action)
    if action.stage == Stage.WITHDRAWN:
        require(page.user, Verb.KEEP_PLAN, page.plan.council)


def _refuse_nobody(page: PlanPage, action: Any) -> None:
    """The role alone says who may."""


# What is said when a step has been taken, by the stage that it led to.
DONE = {
    Stage.AWAITING_SIGN_OFF: "{} awaits sign-off by somebody else now.",
    Stage.COMPLETE: "{} is signed off as complete.",
    Stage.IN_PROGRESS: "{} is in progress again.",
    Stage.WITHDRAWN: "{} is withdrawn from the plan.",
}
STEPS = {
    "claim_complete": Step(
        "Claim that this is complete",
        "Claim that it is complete",
        ClaimForm,
        lambda offers: offers.claim,
        workflow.claim_complete,
        Verb.UPDATE_OWN,
        _refuse_others_work,
        "recommendations/action_claim.html",
    ),
    "sign_off": Step(
        "Sign off or return",
        "Save decision",
        SignOffForm,
        lambda offers: offers.sign_off,
        _sign_off_or_return,
        Verb.SIGN_OFF,
        _refuse_own_work,
        "recommendations/action_sign_off.html",
    ),
    "reopen": Step(
        "Reopen",
        "Reopen it",
        ReopenForm,
        lambda offers: offers.reopen,
        workflow.reopen,
        Verb.UPDATE_OWN,
        _refuse_what_others_withdrew,
    ),
    "withdraw": Step(
        "Withdraw from the plan",
        "Withdraw it",
        WithdrawForm,
        lambda offers: offers.withdraw,
        workflow.withdraw,
        Verb.KEEP_PLAN,
        _refuse_nobody,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def action_step(
    request: HttpRequest, council: str, plan: str, reference: str, number: str, step: str
) -> HttpResponse:
    page, taken = plan_page(request, council, plan), STEPS[step]
    page.refuse_changes_to_the_past()
    require(page.user, taken.verb, page.plan.council)
    action: Any = load_action(page, reference, number)
    taken.refuse(page, action)
    sent = request.POST if request.method == "POST" else None
    offers = workflow.offers_to(page.user, action, stage=action.stage, on=page.day.now)
    if sent is None and not taken.offered(offers):
        messages.warning(request, f"“{taken.title}” is not possible as the action stands now.")
        return redirect(page.url("recommendations:action_page", reference, number))
    form = taken.form(sent, action=action, latest=ProgressUpdate.objects.last_of(action))
    if sent is None or not form.is_valid():
        return _page(request, page, action, taken, form, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        update = form.attempt(lambda: taken.take(action=action, by=page.user, on=page.day.now, **said))
    except workflow.UpdatedMeanwhile as clash:
        form.now_at(clash.theirs)
        return _page(request, page, action, taken, form, status=409, theirs=clash.theirs)
    if update is None:
        return _page(request, page, action, taken, form, status=422)
    messages.success(request, DONE[Stage(update.stage)].format(action))
    return redirect(page.url("recommendations:action_page", reference, number))


def _page(
    request: HttpRequest,
    page: PlanPage,
    action: Action,
    taken: Step,
    form: StepForm,
    *,
    status: int,
    theirs: ProgressUpdate | None = None,
) -> HttpResponse:
    reference, number, on = action.recommendation.reference, action.number, page.day.on
    said = history.of_action(action, on=on)
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        (f"Action {number}", page.url("recommendations:action_page", reference, number)),
        (taken.title, ""),
        form=form,
        step=taken,
        standing=progress.standings([action], on=on)[0],
        evidence=Evidence.objects.visible_to(page.user).of_action(action).standing(on=on).latest_first(),
        has_evidence=workflow.has_evidence(action, on=on),
        claim=list(takewhile(lambda one: one.update.stage == Stage.AWAITING_SIGN_OFF, said)),
        theirs=theirs,
    )
    return render(request, taken.template, context, status=status)
