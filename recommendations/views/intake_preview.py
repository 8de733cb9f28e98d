"""The plan as it would be, beside its file, a page at a time; and mending one value where it is shown."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.models import LeadOfficer
from improvement.pages import CouncilPage
from recommendations import intake_leads, intake_pages
from recommendations.intake import left_out, seen
from recommendations.intake_forms import MendForm
from recommendations.intake_leads import A_PAGE_OF_LEADS
from recommendations.intake_opened import opened
from recommendations.intake_pages import (
    A_PAGE,
    A_PAGE_OF_ALL,
    ALL,
    KEPT,
    LEADS,
    LOOK,
    PARTS,
    Pages,
    Refused,
)
from recommendations.models import Intake, IntakeState
from recommendations.views import intake_door as door
from recommendations.workflow import intake as workflow

NEXT = {
    True: "Next you choose which differences are taken over into the plan, one by one.",
    False: "Next you say once more that it may be loaded: all of it, or nothing.",
}
SIZES = {ALL: A_PAGE_OF_ALL, LEADS: A_PAGE_OF_LEADS}


@require_http_methods(["GET", "HEAD", "POST"])
def intake_preview(request: HttpRequest, council: str, number: int) -> HttpResponse:
    page = door.keeper(request, council)
    intake = door.find(page, number)
    if intake.state != IntakeState.UNDERSTOOD:
        return redirect(door.stands_at(page, intake))
    if request.method != "POST":
        return _page(request, page, intake)
    typed = request.POST.dict()
    form = MendForm(typed)
    if not form.is_valid():
        return _page(request, page, intake, Refused(typed, "Send it again."), status=422)
    try:
        workflow.mend(intake=intake, by=page.user, on=page.day.now, **form.cleaned_data)
    except workflow.ChangedMeanwhile as clash:
        return _page(request, page, door.find(page, number), Refused(typed, str(clash)), status=409)
    except ValidationError as refused:
        return _page(request, page, intake, Refused(typed, " ".join(refused.messages)), status=422)
    # The same part, though nothing may be left to look at: what was saved is said there, and takes the focus.
    saved = {"show": request.GET.get("show", LOOK), "saved": typed["key"]}
    return redirect(_address(request, page, intake, more=saved, anchor="saved"))


def _page(
    request: HttpRequest,
    page: CouncilPage,
    intake: Intake,
    refused: Refused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    ratings = door.ratings_of(page, intake)
    looked = opened(intake, ratings)
    show = _show(request, looked.figures, refused)
    pages = Pages(
        looked.plan,
        looked.beside,
        ratings=ratings,
        version=intake.version,
        address=lambda query: _address(request, page, intake, more=dict(parse_qsl(query))),
        open_key=request.GET.get("mend", ""),
        refused=refused,
    )
    saved = pages.saved(looked.items, request.GET["saved"]) if "saved" in request.GET else None
    listed = _listed(request, page, pages, looked.items, show, refused)
    context = door.frame(
        page,
        intake,
        door.PREVIEW,
        errors=[(refused.sentence, f"#{intake_pages.anchor_of(refused.key)}-value")] if refused else [],
        read=looked.figures,
        figures=_figures(page, intake, looked.figures),
        next=NEXT[intake.plan_id is not None],
        parts=[
            *intake_pages.parts(show, looked.figures, lambda query: f"{request.path}?{query}#{PARTS}"),
            *_changes(page, intake),
        ],
        show=show,
        saved=saved,
        saved_in_place=saved is not None and show == ALL and saved.anchor in {each.anchor for each in listed},
        # What has to be looked at comes before going on.
        ends_with_button=bool(looked.figures.to_look) or show == LOOK,
        notices=looked.plan.notices,
        left_out=left_out.whole(looked.plan.unplaced, looked.beside) if show == KEPT else (),
        page_obj=listed,
        groups=intake_leads.groups(listed) if show == LEADS else (),
    )
    return render(request, "recommendations/intake_preview.html", context, status=status)


def _listed(
    request: HttpRequest,
    page: CouncilPage,
    pages: Pages,
    items: tuple[seen.Item, ...],
    show: str,
    refused: Refused | None,
) -> Any:
    """The page that is asked for of the part that is open; only what stands on it is worked out."""
    rows: Any = items
    if show == LOOK:
        # What was typed and not taken stays on the page, even where somebody else has put the value right meanwhile.
        typed = seen.subject_of(refused.key) if refused else None
        rows = [item for item in items if item.to_look or item.name == typed]
    elif show == LEADS:
        posts = LeadOfficer.objects.visible_to(page.user).filter(council=page.council)
        rows = intake_leads.leads(
            pages.plan, posts.order_by("abbreviation", "pk"), version=pages.version, refused=refused
        )
    elif show == KEPT:
        return intake_pages.kept(pages.beside, pages.plan.unplaced, request.GET.get("page"))
    listed = Paginator(rows, SIZES.get(show, A_PAGE)).get_page(request.GET.get("page"))
    if show in (LOOK, ALL):
        again = intake_pages.seconds(items)
        listed.object_list = [
            pages.shown(item, only_unsure=show == LOOK, is_second=id(item) in again)
            for item in listed.object_list
        ]
    return listed


def _show(request: HttpRequest, read: seen.Figures, refused: Refused | None) -> str:
    """The part that is asked for; without one what is to be looked at, and everything where nothing is."""
    asked = request.GET.get("show", "")
    if asked in (LOOK, ALL, LEADS, KEPT):
        return asked
    return LOOK if read.to_look or refused else ALL


def _figures(page: CouncilPage, intake: Intake, read: seen.Figures) -> list[dict[str, Any]]:
    here = door.url(page, "intake_preview", intake)
    figures = (
        (read.recommendations, "Recommendations", ALL),
        (read.actions, "Actions", ALL),
        (read.posts, "Lead officers", LEADS),
        (read.to_look, "To look at", LOOK),
    )
    return [
        {"value": value, "label": label, "url": f"{here}?show={show}#{PARTS}"}
        for value, label, show in figures
    ]


def _changes(page: CouncilPage, intake: Intake) -> list[tuple[str, str, bool]]:
    """Where the differences from a plan that is there are chosen; a new plan has none."""
    return [("What would change", door.url(page, "intake_load", intake), False)] if intake.plan_id else []


def _address(
    request: HttpRequest,
    page: CouncilPage,
    intake: Intake,
    *,
    more: dict[str, str] | None = None,
    anchor: str = "",
) -> str:
    """The same part and page of the preview, with more to its query or at a place on it."""
    same = {name: request.GET[name] for name in ("show", "page") if name in request.GET}
    query = urlencode(same | (more or {}))
    here = door.url(page, "intake_preview", intake)
    return f"{here}{'?' if query else ''}{query}{'#' if anchor else ''}{anchor}"
