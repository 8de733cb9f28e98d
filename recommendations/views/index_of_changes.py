from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import LeadOfficer
from improvement.pages import PlanPage, plan_page
from improvement.spreadsheet import Columns, day, file_name, list_file
from recommendations import index_of_changes, workflow
from recommendations.due_cells import DUE, due
from recommendations.index_of_changes import Index
from recommendations.models import Action
from recommendations.plan_forms import HeadingsForm, IndexForm
from recommendations.views.actions import load_action
from recommendations.views.keeping import keeper_page, may_keep

COLUMNS = Columns(
    shown=("heading", "ref", "number", "action", "leads", *DUE, "stage"),
    more=("rating", "update", "updated_on", "theme", "due_text"),
)


@require_safe
def index_page(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    form = IndexForm(request.GET, plan=page.plan, on=page.day.on)
    context = page.context(
        ("Index of changes", ""),
        form=form,
        index=_narrowed(page, form) if form.is_valid() else None,
        whole=index_of_changes.of(page.plan, on=page.day.on),
        narrowed=[name for name in form.fields if request.GET.get(name)],
        keeper=may_keep(page),
    )
    return render(
        request, "recommendations/index_of_changes.html", context, status=200 if form.is_valid() else 422
    )


@require_safe
def index_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The same index as rows, one for each heading of each action."""
    page = plan_page(request, council, plan)
    form = IndexForm(request.GET, plan=page.plan, on=page.day.on)
    if not form.is_valid():
        raise BadRequest(
            "One of the filters in this address is not known. Go back to the page and choose again."
        )
    return list_file(request, file_name(page, "index-of-changes"), COLUMNS, _rows(_narrowed(page, form)))


def _narrowed(page: PlanPage, form: IndexForm) -> Index:
    actions, said = Action.objects.visible_to(page.user).for_plan(page.plan), form.cleaned_data
    if said["theme"]:
        actions = actions.for_theme(page.plan.themes.get(slug=said["theme"]))
    if said["lead"]:
        council = page.plan.council
        actions = actions.led_by(LeadOfficer.objects.filter(council=council, abbreviation=said["lead"]))
    return index_of_changes.of(page.plan, on=page.day.on, actions=actions).only(said["kind"])


def _rows(index: Index) -> Iterator[list[str]]:
    for heading in index.headings:
        for standing in heading.standings:
            action = standing.action
            yield [
                str(heading.kind.label),
                action.recommendation.reference,
                action.number,
                standing.text,
                "; ".join(lead.abbreviation for lead in standing.leads),
                *due(standing),
                str(standing.stage.label),
                standing.rating.word if standing.rating else "",
                standing.narrative,
                day(standing.updated_on),
                action.recommendation.theme.name,
                action.due_text,
            ]


@require_http_methods(["GET", "HEAD", "POST"])
def index_action(request: HttpRequest, council: str, plan: str, reference: str, number: str) -> HttpResponse:
    page = keeper_page(request, council, plan)
    action = load_action(page, reference, number)
    kinds = index_of_changes.kinds_of(action, on=page.day.on)
    form = HeadingsForm(request.POST if request.method == "POST" else None, initial={"kinds": kinds})
    if form.is_valid():
        form.attempt(
            lambda: workflow.index_action(
                action=action, kinds=form.cleaned_data["kinds"], by=page.user, on=page.day.now
            )
        )
        if not form.errors:
            messages.success(request, f"Headings of {reference} ({number}) saved.")
            return redirect(page.url("recommendations:action_page", reference, number))
    context = page.context(
        (reference, page.url("recommendations:recommendation_page", reference)),
        (f"Action {number}", page.url("recommendations:action_page", reference, number)),
        ("Index of changes", ""),
        form=form,
        action=action,
    )
    return render(request, "recommendations/action_index.html", context, status=422 if form.is_bound else 200)
