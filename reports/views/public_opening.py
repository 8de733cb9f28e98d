"""Opening a plan to the public, with a preview of exactly what will be seen, and closing it again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import PlanVersion
from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, may, require
from reports.models import PublicOpening
from reports.public import seen
from reports.public_forms import ClosingForm, OpeningForm
from reports.views.public import context_of
from reports.workflow import opening as workflow


@require_safe
def public_status(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """Whether the plan is open to the public, how it came to be, and the way to the preview."""
    page = plan_page(request, council, plan)
    openings = PublicOpening.objects.visible_to(page.user).for_plan(page.plan)
    agreed = _versions(page)
    may_open = may(page.user, Verb.OPEN_TO_PUBLIC, page.plan.council) and not page.day.asked
    context = page.context(
        ("Public page", ""),
        standing=openings.standing().with_plan().first(),
        history=list(openings.latest_first()),
        agreed=agreed,
        may_open=may_open,
        form=OpeningForm(versions=agreed),
    )
    return render(request, "public/status.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def public_preview(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """Exactly what everybody will see, unfolded; the button under it opens exactly that."""
    page = _opener(request, council, plan)
    form = OpeningForm(request.POST if request.method == "POST" else request.GET, versions=_versions(page))
    if not form.is_valid():
        return render(request, "public/choose.html", _choosing(page, form), status=422)
    said, user, on = _chosen(form), page.user, page.day.now
    if request.method == "POST":
        mark = request.POST.get("previewed", "")
        opened = form.attempt(
            lambda: workflow.open_to_public(plan=page.plan, previewed=mark, by=user, on=on, **said)
        )
        if opened:
            messages.success(request, "The plan is open to the public.")
            return redirect(page.url("reports:public_status"))
    proposed = workflow.proposed(plan=page.plan, by=user, on=on, **said)
    mark = workflow.mark(proposed, on=on)
    context = context_of(seen.of(proposed, on=on), preview=True, whole=True, form=form, mark=mark)
    return render(request, "public/plan.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def public_close(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = _opener(request, council, plan)
    standing = PublicOpening.objects.visible_to(page.user).for_plan(page.plan).standing().with_plan().first()
    if standing is None:
        raise Http404
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said, user, on = form.cleaned_data, page.user, page.day.now
        if form.attempt(lambda: workflow.close_to_public(opening=standing, by=user, on=on, **said)):
            messages.success(request, "The plan is closed to the public.")
            return redirect(page.url("reports:public_status"))
    crumb = ("Public page", page.url("reports:public_status"))
    context = page.context(crumb, ("Close", ""), form=form, standing=standing)
    return render(request, "public/close.html", context, status=422 if form.errors else 200)


def _opener(request: HttpRequest, council: str, plan: str) -> PlanPage:
    page = plan_page(request, council, plan)
    require(page.user, Verb.OPEN_TO_PUBLIC, page.plan.council)
    page.refuse_changes_to_the_past()
    return page


def _versions(page: PlanPage) -> list[PlanVersion]:
    versions = PlanVersion.objects.visible_to(page.user).for_plan(page.plan)
    return list(versions.agreed_by(on=page.day.on).without_content())


def _chosen(form: OpeningForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("version", "words")}


def _choosing(page: PlanPage, form: OpeningForm) -> dict[str, Any]:
    crumb = ("Public page", page.url("reports:public_status"))
    return page.context(crumb, ("Preview", ""), form=form)
