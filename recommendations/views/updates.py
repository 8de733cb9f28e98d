from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.pages import PlanPage, plan_page
from recommendations import progress, workflow
from recommendations.forms import UpdateForm
from recommendations.models import Action, ProgressUpdate, Stage
from recommendations.views.actions import Row, load_action


@require_http_methods(["GET", "HEAD", "POST"])
def update_action(request: HttpRequest, council: str, plan: str, reference: str, number: str) -> HttpResponse:
    """The update form, as a page and, asked by htmx, as a part of the list."""
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    action = load_action(page, reference, number)
    if not workflow.updatable_by(page.user, page.plan.council, on=page.day.now).covers(action):
        raise PermissionDenied("You can update only the actions of posts that you hold.")
    latest = ProgressUpdate.objects.last_of(action)
    sent = request.POST if request.method == "POST" else None
    form = UpdateForm(sent, action=action, latest=latest)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, page, action, form, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        update = form.attempt(
            lambda: workflow.post_update(action=action, by=page.user, on=page.day.now, **said)
        )
    except workflow.UpdatedMeanwhile as clash:
        return _clash_page(request, page, action, form, clash)
    return _saved(request, page, action) if update else _form_page(request, page, action, form, status=422)


def _form_page(
    request: HttpRequest,
    page: PlanPage,
    action: Action,
    form: UpdateForm,
    *,
    status: int,
    theirs: ProgressUpdate | None = None,
    said: dict[str, Any] | None = None,
) -> HttpResponse:
    reference, number = action.recommendation.reference, action.number
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        (f"Action {number}", page.url("recommendations:action_page", reference, number)),
        ("Update", ""),
        form=form,
        standing=progress.standings([action], on=page.day.on)[0],
        theirs=theirs,
        # What was typed, as understood; the form below holds it as it was typed.
        yours={**said, "stage": Stage(said["stage"])} if said else None,
        back=_back(request),
    )
    template = "recommendations/_update_row.html" if request.htmx else "recommendations/action_update.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=status)


def _clash_page(
    request: HttpRequest, page: PlanPage, action: Action, form: UpdateForm, clash: workflow.UpdatedMeanwhile
) -> HttpResponse:
    """Both versions side by side; sending again puts the writer's after the other."""
    kept = request.POST.copy()
    kept["version"] = str(clash.version)
    fresh = load_action(page, action.recommendation.reference, action.number)
    again = UpdateForm(kept, action=fresh, latest=clash.theirs)
    return _form_page(request, page, fresh, again, status=409, theirs=clash.theirs, said=form.cleaned_data)


def _saved(request: HttpRequest, page: PlanPage, action: Action) -> HttpResponse:
    reference, number = action.recommendation.reference, action.number
    said = f"Update of {reference} ({number}) saved."
    if request.htmx:  # type: ignore[attr-defined]
        fresh = load_action(page, reference, number)
        standing = progress.standings([fresh], on=page.day.on)[0]
        context = page.context(row=Row(standing, editable=True), saved=said)
        return render(request, "recommendations/_action_row.html", context)
    messages.success(request, said)
    if _back(request) == "owe":
        return redirect("home")
    return redirect(page.url("recommendations:action_page", reference, number))


def _back(request: HttpRequest) -> str:
    """Where the writer came from; only what is on this list."""
    asked = request.POST.get("back") or request.GET.get("back") or ""
    return asked if asked in ("owe",) else ""
