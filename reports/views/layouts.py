"""Layouts of a council: read by all its members, set out by its plan administrators.

A layout shows as it is whatever day is asked for; the sample in it shows the plan as of that day.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import Plan
from improvement.pages import CouncilPage, council_page, slug_asked
from improvement.permissions import Verb, may, require
from reports import sample
from reports.layout_forms import KINDS, CopyForm, LayoutForm
from reports.models import Layout, Report
from reports.models.layout import LayoutQuerySet
from reports.paper import Paper
from reports.workflow import layouts
from reports.workflow.layouts import Wording

LIST, PAGE = "reports:layout_list", "reports:layout_page"


@require_safe
def layout_list(request: HttpRequest, council: str) -> HttpResponse:
    page = council_page(request, council)
    used = reports_in(page)
    rows = [(layout, used.get(layout.pk, 0)) for layout in _layouts(page).with_rows().own_first()]
    context = page.context(
        ("Layouts", ""),
        own=[row for row in rows if row[0].council_id],
        shipped=[row for row in rows if not row[0].council_id],
        may_keep=_may_keep(page),
    )
    return render(request, "reports/layout_list.html", context)


@require_safe
def layout_page(request: HttpRequest, council: str, layout: str) -> HttpResponse:
    page = council_page(request, council)
    shown = _layout(page, layout)
    context = _context(
        page,
        (shown.name, ""),
        layout=shown,
        used=reports_in(page).get(shown.pk, 0),
        may_keep=_may_keep(page),
        paper=_sample(page, layouts.wording_of(shown)),
    )
    return render(request, "reports/layout_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_layout(request: HttpRequest, council: str) -> HttpResponse:
    """Make a layout of the council's own that begins as another is: `?from=` its slug."""
    page = _to_keep(request, council)
    asked = slug_asked(request, "from")
    start = _layout(page, asked) if asked else None
    form = CopyForm(_sent(request), layouts=_layouts(page).own_first(), start=start)
    if not form.is_valid():
        return _copy_page(request, page, form)
    try:
        made = layouts.copy_layout(council=page.council, by=page.user, on=page.day.now, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _copy_page(request, page, form)
    messages.success(request, f"Layout “{made}” made. Change what your council sets out differently.")
    return redirect(page.url("reports:edit_layout", made.slug))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_layout(request: HttpRequest, council: str, layout: str) -> HttpResponse:
    """Set a layout of the council's own out anew. A button that adds or moves a part, and the preview, save nothing."""
    page = _to_keep(request, council)
    stands = _layout(page, layout)
    if stands.council is None:
        return _shipped_page(request, page, stands)
    form = LayoutForm(_sent(request), seen=layouts.wording_of(stands), version=stands.version)
    form.do(request.POST.get("do", ""))
    if "preview" in request.POST or not form.is_valid():
        return _form_page(request, page, stands, form)
    try:
        layouts.reword_layout(
            layout=stands, version=form.version, wording=form.wording, by=page.user, on=page.day.now
        )
    except ValidationError as refused:
        form.refuse(refused)
        return _form_page(request, page, stands, form)
    except layouts.UpdatedMeanwhile as clash:
        return _clash_page(request, page, stands, clash)
    messages.success(request, f"Layout “{form.wording.name}” saved.")
    return redirect(page.url(PAGE, stands.slug))


def _to_keep(request: HttpRequest, council: str) -> CouncilPage:
    """The council, for somebody who may set its papers out."""
    page = council_page(request, council)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_LAYOUTS, page.council)
    return page


def _may_keep(page: CouncilPage) -> bool:
    return may(page.user, Verb.KEEP_LAYOUTS, page.council) and not page.day.asked


def _layouts(page: CouncilPage) -> LayoutQuerySet:
    return Layout.objects.visible_to(page.user).offered_to(page.council)


def _layout(page: CouncilPage, slug: str) -> Layout:
    return get_object_or_404(_layouts(page).with_rows(), slug=slug)


def reports_in(page: CouncilPage) -> dict[int, int]:
    """How many of the council's reports that the reader may read are in each layout, by its key."""
    return Report.objects.visible_to(page.user).for_council(page.council).counted_by_layout()


def _sample(page: CouncilPage, wording: Wording) -> Paper | None:
    """None while the council has no plan to tell of."""
    plans = Plan.objects.visible_to(page.user).select_related("council", "rating_scale")
    plan = plans.filter(council=page.council).order_by("slug", "pk").last()
    return sample.of(wording, plan, on=page.day.on) if plan else None


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _context(page: CouncilPage, *crumbs: tuple[str, str], **more: Any) -> dict[str, Any]:
    return page.context(("Layouts", page.url(LIST)), *crumbs, **more)


def _copy_page(request: HttpRequest, page: CouncilPage, form: CopyForm) -> HttpResponse:
    context = _context(page, ("Make a layout", ""), form=form)
    return render(request, "reports/layout_add.html", context, status=422 if form.errors else 200)


def _shipped_page(request: HttpRequest, page: CouncilPage, layout: Layout) -> HttpResponse:
    context = _context(page, (layout.name, ""), layout=layout)
    status = 409 if request.method == "POST" else 200
    return render(request, "reports/layout_shipped.html", context, status=status)


def _form_page(
    request: HttpRequest, page: CouncilPage, layout: Layout, form: LayoutForm, *, status: int = 0, **more: Any
) -> HttpResponse:
    """The form with its preview; asked by htmx, the preview alone."""
    paper = _sample(page, form.preview)
    if request.htmx and "preview" in request.POST:  # type: ignore[attr-defined]
        return render(request, "reports/_layout_sample.html", {"paper": paper})
    context = _context(
        page,
        (layout.name, page.url(PAGE, layout.slug)),
        ("Change", ""),
        form=form,
        lists=[(name, kind, form.lists[name]) for name, kind in KINDS.items()],
        layout=layout,
        used=reports_in(page).get(layout.pk, 0),
        paper=paper,
        **more,
    )
    errors = form.errors and "preview" not in request.POST
    return render(request, "reports/layout_form.html", context, status=status or (422 if errors else 200))


def _clash_page(request: HttpRequest, page: CouncilPage, layout: Layout, clash: Exception) -> HttpResponse:
    """What was typed stays, to be saved over what the other wrote."""
    theirs = _layout(page, layout.slug)
    kept = request.POST.copy()
    kept["version"] = str(theirs.version)
    form = LayoutForm(kept, seen=layouts.wording_of(theirs), version=theirs.version)
    return _form_page(request, page, layout, form, status=409, theirs=theirs, sentence=str(clash))
