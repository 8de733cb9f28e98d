from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from improvement.pages import PlanPage
from recommendations import workflow
from recommendations.models import Action, Recommendation, Rewording
from recommendations.plan_forms import ActionForm, WordsForm
from recommendations.views.actions import load_action
from recommendations.views.keeping import keeper_page


@require_http_methods(["GET", "HEAD", "POST"])
def add_action(request: HttpRequest, council: str, plan: str, reference: str) -> HttpResponse:
    page = keeper_page(request, council, plan)
    known = Recommendation.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=page.day.on)
    recommendation = get_object_or_404(known, reference=reference)
    form = ActionForm(request.POST if request.method == "POST" else None, recommendation=recommendation)
    if form.is_valid():
        said = form.cleaned_data
        action = form.attempt(
            lambda: workflow.add_action(recommendation=recommendation, by=page.user, on=page.day.now, **said)
        )
        if action:
            messages.success(request, f"{reference} ({action.number}) is in the plan.")
            return redirect(page.url("recommendations:action_page", reference, action.number))
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        ("Add an action", ""),
        form=form,
        recommendation=recommendation,
    )
    return render(request, "recommendations/action_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def reword_action(request: HttpRequest, council: str, plan: str, reference: str, number: str) -> HttpResponse:
    page = keeper_page(request, council, plan)
    action = load_action(page, reference, number)
    latest = Rewording.objects.last_of(action)
    start = {
        "text": latest.text if latest else action.original_text,
        "version": latest.sequence if latest else workflow.FIRST_WORDS,
    }
    form = WordsForm(request.POST if request.method == "POST" else None, initial=start)
    if not form.is_valid():
        return _form_page(request, page, action, form, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        saved = form.attempt(
            lambda: workflow.reword_action(action=action, by=page.user, on=page.day.now, **said)
        )
    except workflow.RewordedMeanwhile as clash:
        return _clash_page(request, page, action, clash)
    if not saved:
        return _form_page(request, page, action, form, status=422)
    messages.success(request, f"New words of {reference} ({number}) saved.")
    return redirect(page.url("recommendations:action_page", reference, number))


def _form_page(
    request: HttpRequest,
    page: PlanPage,
    action: Action,
    form: WordsForm,
    *,
    status: int,
    theirs: Rewording | None = None,
) -> HttpResponse:
    reference, number = action.recommendation.reference, action.number
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        (f"Action {number}", page.url("recommendations:action_page", reference, number)),
        ("Reword", ""),
        form=form,
        action=action,
        theirs=theirs,
    )
    return render(request, "recommendations/action_words.html", context, status=status)


def _clash_page(
    request: HttpRequest, page: PlanPage, action: Action, clash: workflow.RewordedMeanwhile
) -> HttpResponse:
    """Their words above the form, which holds the writer's own; sending again puts them after theirs."""
    kept = request.POST.copy()
    kept["version"] = str(clash.version)
    fresh = load_action(page, action.recommendation.reference, action.number)
    return _form_page(request, page, fresh, WordsForm(kept), status=409, theirs=clash.theirs)
