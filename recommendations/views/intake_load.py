"""The last look before a plan from a file is loaded, how far loading is, and what was loaded."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from improvement.pages import CouncilPage
from recommendations import intake_changes, intake_pages
from recommendations.intake.seen import Beside, Figures
from recommendations.intake_changes import Group
from recommendations.intake_forms import LoadForm
from recommendations.intake_opened import opened
from recommendations.intake_pages import A_PAGE
from recommendations.models import Intake, IntakeState
from recommendations.views import intake_door as door
from recommendations.views.intake import is_part, waiting_page
from recommendations.workflow import intake as workflow


@require_http_methods(["GET", "HEAD", "POST"])
def intake_load(request: HttpRequest, council: str, number: int) -> HttpResponse:
    """The check before loading, and at the same address how far it is and what came of it."""
    page = door.keeper(request, council)
    intake = door.find(page, number, whole=False)
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
    looked = opened(intake, door.ratings_of(page, intake))
    form = LoadForm(request.POST, version=intake.version, unsure=bool(looked.figures.to_look))
    if not form.is_valid():
        return _page(request, page, intake, form, status=422)
    said = {"version": form.cleaned_data["version"], "kept_because": form.cleaned_data["kept_because"]}
    chosen = _chosen(request, page, intake)
    try:
        asked = form.attempt(
            lambda: workflow.ask_to_load(intake=intake, chosen=chosen, by=page.user, on=page.day.now, **said)
        )
    except workflow.ChangedMeanwhile as clash:
        now = door.find(page, intake.pk, whole=False)
        # Loaded from another tab, or by a colleague: that is what there is to see.
        if now.state != IntakeState.UNDERSTOOD:
            return redirect(door.stands_at(page, now))
        form.add_error(None, str(clash))
        return _page(request, page, now, form, status=409)
    if not asked:
        return _page(request, page, intake, form, status=422)
    return redirect(door.url(page, "intake_load", intake))


def _chosen(request: HttpRequest, page: CouncilPage, intake: Intake) -> frozenset[str] | None:
    """The keys of the differences that were ticked, one by one or by their kinds; None for a new plan, which is loaded whole."""
    if intake.plan is None:
        return None
    kinds, keys = set(request.POST.getlist("take-kind")), set(request.POST.getlist("take"))
    if kinds:
        found = workflow.differences_of(intake, on=page.day.now)
        keys |= {each.key for each in found if each.kind in kinds and each.may_be_chosen}
    return frozenset(keys)


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
    groups, by_kind = _groups(request, page, intake, looked.beside)
    preview = door.url(page, "intake_preview", intake)
    context = door.frame(
        page,
        intake,
        door.LOAD,
        form=form or LoadForm(version=intake.version, unsure=bool(read.to_look)),
        read=read,
        figures=_figures(read),
        groups=groups,
        by_kind=by_kind,
        nothing_new=intake.plan_id is not None and not any(group.may_be_chosen for group in groups),
        look_url=f"{preview}?show=look",
    )
    return render(request, "recommendations/intake_load.html", context, status=status)


def _groups(
    request: HttpRequest, page: CouncilPage, intake: Intake, beside: Beside
) -> tuple[list[Group], bool]:
    """What a newer file says otherwise, ticked as it was sent where the page comes back."""
    if intake.plan is None:
        return [], False
    taken = frozenset(request.POST.getlist("take")) if request.method == "POST" else None
    return intake_changes.groups(workflow.differences_of(intake, on=page.day.now), beside, taken=taken)


def _loaded_page(request: HttpRequest, page: CouncilPage, intake: Intake) -> HttpResponse:
    looked = opened(intake, door.ratings_of(page, intake))
    listed = Paginator(looked.plan.unplaced, A_PAGE).get_page(request.GET.get("page"))
    context = door.frame(
        page,
        intake,
        door.LOAD,
        read=looked.figures,
        loaded_plan=intake.plan,
        notices=looked.plan.notices,
        page_obj=listed,
        kept=[intake_pages.kept(looked.beside, unplaced) for unplaced in listed.object_list],
    )
    return render(request, "recommendations/intake_loaded.html", context)


def _figures(read: Figures) -> list[dict[str, Any]]:
    return [
        {"value": read.recommendations, "label": "Recommendations"},
        {"value": read.actions, "label": "Actions"},
        {"value": read.posts, "label": "Lead officers"},
        {"value": read.to_look, "label": "To look at"},
    ]
