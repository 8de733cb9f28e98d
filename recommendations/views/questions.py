from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, require
from recommendations import challenge, workflow
from recommendations.challenge import DismissedQuestion, Question, Questions
from recommendations.forms import CarefulForm
from recommendations.models import ChallengeSettings
from recommendations.question_forms import DismissForm, QuestionFilter, TakeBackForm, ThresholdsForm
from recommendations.views.keeping import offers


@require_safe
def question_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    found = challenge.of_plan(page.plan, on=page.day.on)
    narrowing = QuestionFilter(request.GET, plan=page.plan, questions=found)
    shown = narrowed(found, narrowing) or found
    context = page.context(
        ("Questions", ""),
        section="questions",
        filter=narrowing,
        questions=shown,
        whole=found,
        dismissible=offers(page, Verb.CHALLENGE),
        adjustable=offers(page, Verb.KEEP_PLAN),
    )
    return render(request, "recommendations/question_list.html", context)


def narrowed(found: Questions, narrowing: QuestionFilter) -> Questions | None:
    """The questions that the reader asked for; None where the address asks for something that is not offered."""
    return found.narrowed(narrowing.keeps) if narrowing.is_valid() else None


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss_question(request: HttpRequest, council: str, plan: str, fingerprint: str) -> HttpResponse:
    page = _challenging(request, council, plan)
    question = challenge.of_plan(page.plan, on=page.day.now).with_fingerprint(fingerprint)
    form = DismissForm(request.POST if request.method == "POST" else None)
    return _decide(
        request, page, form, question, fingerprint, workflow.dismiss_question, "Question dismissed."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_back_dismissal(request: HttpRequest, council: str, plan: str, fingerprint: str) -> HttpResponse:
    page = _challenging(request, council, plan)
    found = challenge.of_plan(page.plan, on=page.day.now).dismissed_with(fingerprint)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    return _decide(
        request, page, form, found, fingerprint, workflow.take_back_dismissal, "The question is asked again."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question_settings(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_PLAN, page.plan.council)
    standing = ChallengeSettings.objects.holding(page.plan, on=page.day.now)
    form = ThresholdsForm(request.POST if request.method == "POST" else None, standing=standing)
    if form.is_valid() and _set(form, page):
        messages.success(request, "Saved. The questions are asked by these from now on.")
        return redirect(page.url("recommendations:question_list"))
    crumbs = (("Questions", page.url("recommendations:question_list")), ("When to ask", ""))
    context = page.context(*crumbs, section="questions", form=form, standing=standing)
    return render(
        request, "recommendations/question_settings.html", context, status=422 if form.is_bound else 200
    )


def _set(form: ThresholdsForm, page: PlanPage) -> bool:
    try:
        workflow.set_thresholds(
            plan=page.plan,
            values=form.values,
            version=form.cleaned_data["version"],
            by=page.user,
            on=page.day.now,
        )
    except workflow.SetMeanwhile as clash:
        # Sent again, it follows what the other wrote.
        latest = ChallengeSettings.objects.holding(page.plan, on=page.day.now)
        form.has_seen(latest)
        form.add_error(None, clash)
    except ValidationError as refused:
        form.add_error(None, refused)
    return not form.errors


def _challenging(request: HttpRequest, council: str, plan: str) -> PlanPage:
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.CHALLENGE, page.plan.council)
    return page


def _decide(
    request: HttpRequest,
    page: PlanPage,
    form: CarefulForm,
    found: Question | DismissedQuestion | None,
    fingerprint: str,
    change: Callable[..., Any],
    done: str,
) -> HttpResponse:
    """The form with its one field, the change, and back to where the reader came from."""
    if found is None and not form.is_bound:
        raise Http404
    back = _back(request, page, found)
    if found and form.is_valid():
        said = form.cleaned_data
        if form.attempt(
            lambda: change(plan=page.plan, fingerprint=fingerprint, by=page.user, on=page.day.now, **said)
        ):
            messages.success(request, done)
            return redirect(back)
    crumbs = (("Questions", page.url("recommendations:question_list")), ("Answer", ""))
    context = page.context(
        *crumbs, section="questions", form=form, found=found, back=back, came_from=_came_from(request)
    )
    status = (422 if found else 409) if form.is_bound else 200
    return render(request, "recommendations/question_decide.html", context, status=status)


def _came_from(request: HttpRequest) -> str:
    """Only what is on this list."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    return asked if asked in ("action", "recommendation") else ""


def _back(request: HttpRequest, page: PlanPage, found: Question | DismissedQuestion | None) -> str:
    question = found.question if isinstance(found, DismissedQuestion) else found
    came_from = _came_from(request)
    if question and question.actions and came_from == "action":
        action = question.actions[0]
        return page.url("recommendations:action_page", action.reference, action.number)
    if question and question.references and came_from == "recommendation":
        return page.url("recommendations:recommendation_page", question.references[0])
    return page.url("recommendations:question_list")
