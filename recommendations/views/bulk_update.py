"""Updating the actions that were ticked in the list: what to say, a preview of each, and saving all of them at once."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, require
from recommendations import progress, workflow
from recommendations.forms import BulkUpdateForm
from recommendations.models import Action
from recommendations.workflow.bulk import AT_MOST


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_update(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """Three steps at one address: the form, the preview (`step=preview`) and saving (`step=save`)."""
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.UPDATE_OWN, page.plan.council)
    actions = _ticked(request, page)
    if not actions:
        messages.warning(
            request, "Tick the actions that you want to update, then choose “Update the ticked”."
        )
        return redirect(_list_url(request, page))
    step = request.POST.get("step", "")
    form = BulkUpdateForm(request.POST if step else None, scale=page.plan.rating_scale)
    if not form.is_valid() or step == "change":
        return _form_page(request, page, actions, form)
    return (_save if step == "save" else _preview)(request, page, actions, form)


def _preview(
    request: HttpRequest, page: PlanPage, actions: Sequence[Action], form: BulkUpdateForm
) -> HttpResponse:
    lines = form.attempt(
        lambda: workflow.preview_ticked(actions=actions, words=form.words, by=page.user, on=page.day.now)
    )
    if lines is None:
        return _form_page(request, page, actions, form)
    return _preview_page(request, page, lines, form)


def _save(
    request: HttpRequest, page: PlanPage, actions: Sequence[Action], form: BulkUpdateForm
) -> HttpResponse:
    seen = dict(_seen(request))
    ticked = [(action, seen[action.pk]) for action in actions if action.pk in seen]
    try:
        made = form.attempt(
            lambda: workflow.update_ticked(ticked=ticked, words=form.words, by=page.user, on=page.day.now)
        )
    except workflow.NotAsPreviewed as differs:
        return _preview_page(request, page, differs.lines, form, status=409)
    if made is None:
        return _form_page(request, page, actions, form)
    messages.success(request, f"{len(made)} {'action' if len(made) == 1 else 'actions'} updated.")
    return redirect(_list_url(request, page))


def _form_page(
    request: HttpRequest, page: PlanPage, actions: Sequence[Action], form: BulkUpdateForm
) -> HttpResponse:
    context = page.context(
        ("Actions", _list_url(request, page)),
        ("Update the ticked", ""),
        section="actions",
        form=form,
        standings=progress.standings(actions, on=page.day.on),
        list_query=_list_query(request),
        back=_list_url(request, page),
    )
    return render(request, "recommendations/bulk_update.html", context, status=422 if form.errors else 200)


def _preview_page(
    request: HttpRequest,
    page: PlanPage,
    lines: Sequence[workflow.Line],
    form: BulkUpdateForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = page.context(
        ("Actions", _list_url(request, page)),
        ("Update the ticked", ""),
        section="actions",
        words=form.words,
        lines=lines,
        possible=[line for line in lines if not line.refused],
        refused=[line for line in lines if line.refused],
        changed=sum(line.changed for line in lines),
        differs=status == 409,
        ratings=progress.ratings_of(page.plan),
        list_query=_list_query(request),
        back=_list_url(request, page),
    )
    return render(request, "recommendations/bulk_update_preview.html", context, status=status)


def _ticked(request: HttpRequest, page: PlanPage) -> list[Action]:
    """Those of this plan that were ticked, in plan order; what is no number, or nobody's, is passed over."""
    sent = (request.POST if request.method == "POST" else request.GET).getlist("action")
    numbers = {int(number) for number in sent if number.isascii() and number.isdigit() and len(number) < 19}
    actions = Action.objects.visible_to(page.user).for_plan(page.plan).as_of(page.day.on)
    return list(actions.numbered(numbers).with_recommendation().with_leads().in_plan_order()[:AT_MOST])


def _seen(request: HttpRequest) -> list[tuple[int, int]]:
    """The last update of each action that the preview showed: `<action>.<sequence>`."""
    pairs = [pair.partition(".") for pair in request.POST.getlist("seen")[:AT_MOST]]
    return [
        (int(action), int(sequence))
        for action, _, sequence in pairs
        if action.isascii() and action.isdigit() and sequence.isascii() and sequence.isdigit()
    ]


def _list_query(request: HttpRequest) -> str:
    """How the list was narrowed and sorted, so that one comes back to the same; never another address."""
    sent = request.POST if request.method == "POST" else request.GET
    kept = QueryDict(sent.get("list", ""), mutable=True)
    kept.pop("tick", None)
    return kept.urlencode()


def _list_url(request: HttpRequest, page: PlanPage) -> str:
    return page.actions_url(_list_query(request))
