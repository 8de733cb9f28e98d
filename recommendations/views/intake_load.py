"""The last look before a plan from a file is loaded, how far loading is, and what was loaded."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from improvement.pages import CouncilPage
from recommendations import intake_pages, key_use
from recommendations.intake import left_out
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.seen import Figures
from recommendations.intake_changes import KINDS, LONGEST_PAGE, Changes, Group, Sent
from recommendations.intake_forms import LoadForm
from recommendations.intake_opened import offers, opened
from recommendations.intake_pages import PARTS
from recommendations.models import Intake, IntakeState
from recommendations.views import intake_door as door
from recommendations.views.intake import is_part, waiting_page
from recommendations.workflow import intake as workflow


@require_http_methods(["GET", "HEAD", "POST"])
def intake_load(request: HttpRequest, council: str, number: int) -> HttpResponse:
    """The check before loading, and at the same address how far it is and what came of it."""
    page = door.keeper(request, council)
    intake = door.find(page, number)
    if intake.state == IntakeState.LOADING:
        return waiting_page(request, page, intake, door.LOAD)
    if is_part(request):
        return HttpResponseClientRedirect(door.stands_at(page, intake))
    if intake.state == IntakeState.LOADED:
        return _loaded_page(request, page, intake)
    if intake.state != IntakeState.UNDERSTOOD:
        return redirect(door.stands_at(page, intake))
    if request.method != "POST":
        return _page(request, page, intake)
    return _load(request, page, intake)


def _load(request: HttpRequest, page: CouncilPage, intake: Intake) -> HttpResponse:
    sent = Sent.of(request.POST)
    if intake.plan_id and not sent.loads:
        return _keep(page, intake, sent)
    looked = opened(intake, door.ratings_of(page, intake))
    form = LoadForm(request.POST, version=intake.version, unsure=bool(looked.figures.to_look))
    if not form.is_valid():
        return _page(request, page, intake, form, status=422)
    said = {"version": form.cleaned_data["version"], "kept_because": form.cleaned_data["kept_because"]}
    chosen = _chosen(page, intake, sent)
    try:
        asked = form.attempt(
            lambda: workflow.ask_to_load(intake=intake, chosen=chosen, by=page.user, on=page.day.now, **said)
        )
    except workflow.ChangedMeanwhile as clash:
        now = door.find(page, intake.pk)
        # Loaded from another tab, or by a colleague: that is what there is to see.
        if now.state != IntakeState.UNDERSTOOD:
            return redirect(door.stands_at(page, now))
        form.add_error(None, str(clash))
        return _page(request, page, now, form, status=409)
    if not asked:
        return _page(request, page, intake, form, status=422)
    return redirect(door.url(page, "intake_load", intake))


def _keep(page: CouncilPage, intake: Intake, sent: Sent) -> HttpResponse:
    """Keep what was ticked, and go on to the page that the button names."""
    changes = _changes(page, intake)
    ticks = sent.ticks_of(changes.differences)
    # Where somebody has it loaded already, the page that follows says so.
    with suppress(workflow.ChangedMeanwhile):
        workflow.keep_ticks(intake=intake, ticks=ticks, offered=changes.offered, by=page.user)
    here = door.url(page, "intake_load", intake)
    if sent.kind and sent.button == "page":
        return redirect(f"{here}?{urlencode({'kind': sent.kind, 'page': sent.page})}")
    return redirect(f"{here}#kind-{sent.kind}" if sent.kind else here)


def _changes(page: CouncilPage, intake: Intake, sent: Sent | None = None) -> Changes:
    """What a newer file says otherwise, ticked as it was kept, and as it was sent where the page comes back."""
    looked = opened(intake, door.ratings_of(page, intake))
    ticks = {**workflow.ticks_of(intake), **(sent.ticks if sent else {})}
    return Changes(offers(intake, looked, on=page.day.now), ticks, looked.beside)


def _chosen(page: CouncilPage, intake: Intake, sent: Sent) -> frozenset[str] | None:
    """The keys of the differences that are ticked; None for a new plan, which is loaded whole.

    Where these are not the differences that the page was made from, its digest stands for one that is no longer there.
    """
    if intake.plan is None:
        return None
    changes = _changes(page, intake, sent)
    return changes.chosen if sent.seen == changes.seen else frozenset({sent.seen})


def _page(
    request: HttpRequest,
    page: CouncilPage,
    intake: Intake,
    form: LoadForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    looked = opened(intake, door.ratings_of(page, intake))
    read = looked.figures
    changes = _changes(page, intake, Sent.of(request.POST) if request.method == "POST" else None)
    if intake.plan_id and (kind := KINDS.get(request.GET.get("kind", ""))):
        return _kind_page(request, page, intake, changes.group(kind, _number(request)))
    context = door.frame(
        page,
        intake,
        door.LOAD,
        form=form or LoadForm(version=intake.version, unsure=bool(read.to_look)),
        read=read,
        figures=_figures(read),
        rated_by=door.key_of(page, intake) if _has_ratings(looked.plan) else None,
        changes=changes,
        groups=changes.groups(),
        nothing_new=intake.plan_id is not None and not changes.choosable,
        look_url=f"{door.url(page, 'intake_preview', intake)}?show=look#{PARTS}",
    )
    return render(request, "recommendations/intake_load.html", context, status=status)


def _kind_page(request: HttpRequest, page: CouncilPage, intake: Intake, group: Group) -> HttpResponse:
    context = door.frame(page, intake, door.LOAD, group=group, whole=True)
    return render(request, "recommendations/intake_kind.html", context)


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_PAGE else 1


def _loaded_page(request: HttpRequest, page: CouncilPage, intake: Intake) -> HttpResponse:
    looked = opened(intake, door.ratings_of(page, intake))
    context = door.frame(
        page,
        intake,
        door.LOAD,
        read=looked.figures,
        loaded_plan=intake.plan,
        rated=key_use.rated_in(intake.plan) if intake.plan else None,
        notices=looked.plan.notices,
        left_out=left_out.whole(looked.plan.unplaced, looked.beside),
        page_obj=intake_pages.kept(looked.beside, looked.plan.unplaced, request.GET.get("page")),
    )
    return render(request, "recommendations/intake_loaded.html", context)


def _figures(read: Figures) -> list[dict[str, Any]]:
    return [
        {"value": read.recommendations, "label": "Recommendations"},
        {"value": read.actions, "label": "Actions"},
        {"value": read.posts, "label": "Lead officers"},
        {"value": read.to_look, "label": "To look at"},
    ]


def _has_ratings(plan: PlanRead) -> bool:
    return any(
        said.value.rating
        for recommendation in plan.recommendations
        for action in recommendation.actions
        for said in action.standings
    )
