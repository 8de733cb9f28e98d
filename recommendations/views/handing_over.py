from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.pages import PlanPage
from recommendations import workflow
from recommendations.models import Action, Handover
from recommendations.models.action_lead import FROM_THE_START
from recommendations.plan_forms import HandOverForm
from recommendations.views.actions import load_action
from recommendations.views.keeping import keeper_page


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, council: str, plan: str, reference: str, number: str) -> HttpResponse:
    page = keeper_page(request, council, plan)
    action = load_action(page, reference, number)
    form = _form(page, action, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form_page(request, page, action, form, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        saved = form.attempt(lambda: workflow.hand_over(action=action, by=page.user, on=page.day.now, **said))
    except workflow.HandedOverMeanwhile as clash:
        return _clash_page(request, page, action, clash)
    if not saved:
        return _form_page(request, page, action, form, status=422)
    messages.success(request, f"{reference} ({number}) is handed over.")
    return redirect(page.url("recommendations:action_page", reference, number))


def _form(page: PlanPage, action: Action, data: object) -> HandOverForm:
    """It starts with who leads the action today."""
    latest = Handover.objects.last_of(action)
    leads = [lead.lead_officer for lead in action.leads_on(page.day.now)]
    version = latest.sequence if latest else FROM_THE_START
    return HandOverForm(data, action=action, leads=leads, version=version)


def _form_page(
    request: HttpRequest,
    page: PlanPage,
    action: Action,
    form: HandOverForm,
    *,
    status: int,
    theirs: Handover | None = None,
) -> HttpResponse:
    reference, number = action.recommendation.reference, action.number
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        (f"Action {number}", page.url("recommendations:action_page", reference, number)),
        ("Hand over", ""),
        form=form,
        action=action,
        leads=[lead.lead_officer for lead in action.leads_on(page.day.now)],
        theirs=theirs,
    )
    return render(request, "recommendations/action_hand_over.html", context, status=status)


def _clash_page(
    request: HttpRequest, page: PlanPage, action: Action, clash: workflow.HandedOverMeanwhile
) -> HttpResponse:
    """Theirs above the form, which holds the writer's own choice; sending again puts it after theirs."""
    kept = request.POST.copy()
    kept["version"] = str(clash.version)
    fresh = load_action(page, action.recommendation.reference, action.number)
    return _form_page(request, page, fresh, _form(page, fresh, kept), status=409, theirs=clash.theirs)
