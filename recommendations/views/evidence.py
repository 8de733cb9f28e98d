"""Evidence: adding it, looking at it, its file, and taking it back."""

from typing import Any
from uuid import UUID

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement import errors
from improvement.pages import PlanPage, plan_page
from improvement.stored_files import FileAltered, open_whole
from recommendations import workflow
from recommendations.evidence_forms import EvidenceForm, WithdrawForm
from recommendations.models import Evidence, Recommendation, Review
from recommendations.views.actions import load_action
from recommendations.views.subjects import Subject

log = structlog.get_logger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(
    request: HttpRequest, council: str, plan: str, reference: str, number: str = ""
) -> HttpResponse:
    """The form for a file or a link: of an action, or without a number of the recommendation as a whole."""
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    subject = load_subject(page, reference, number)
    if not workflow.may_add_evidence(page.user, subject.recommendation, subject.action, on=page.day.now):
        raise PermissionDenied("You can add evidence only to actions that you may update.")
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    if form.is_valid():
        said = {"recommendation": subject.recommendation, "action": subject.action, **form.cleaned_data}
        evidence = form.attempt(lambda: workflow.add_evidence(by=page.user, on=page.day.now, **said))
        if evidence:
            messages.success(request, _added(evidence, subject))
            return redirect(f"{subject.url}#evidence")
    if form.is_bound:
        form.ask_for_the_file_again()
    context = page.context(*subject.crumbs, ("Add evidence", ""), form=form, subject=subject)
    return render(request, "recommendations/evidence_add.html", context, status=422 if form.is_bound else 200)


@require_safe
def evidence_page(request: HttpRequest, council: str, plan: str, key: UUID) -> HttpResponse:
    page = plan_page(request, council, plan)
    evidence = _load(page, key)
    _log(evidence, "exempt_evidence_read")
    subject = Subject(page, evidence.recommendation, evidence.action)
    reviews = Review.objects.visible_to(page.user).resting_on(evidence).done_by(on=page.day.on)
    may = workflow.may_withdraw(page.user, evidence, on=page.day.now)
    context = page.context(
        *subject.crumbs,
        ("Evidence", ""),
        evidence=evidence,
        subject=subject,
        stands=evidence.stood(page.day.on),
        reviews=reviews,
        may_withdraw=may and not page.day.asked,
    )
    return render(request, "recommendations/evidence_page.html", context)


@require_safe
def evidence_file(request: HttpRequest, council: str, plan: str, key: UUID) -> HttpResponseBase:
    """The bytes that were added, as a download and never as a page."""
    page = plan_page(request, council, plan)
    evidence = _load(page, key)
    if not evidence.is_file or evidence.is_withdrawn:
        raise Http404
    try:
        content = open_whole(evidence.stored_as, evidence.sha256)
    except FileAltered:
        return errors.page(request, 500)
    _log(evidence, "exempt_evidence_downloaded")
    response = FileResponse(
        content, as_attachment=True, filename=evidence.filename, content_type=evidence.content_type
    )
    # Whatever is in it, a browser that shows it all the same runs nothing of it.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_evidence(request: HttpRequest, council: str, plan: str, key: UUID) -> HttpResponse:
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    evidence = _load(page, key)
    if not workflow.may_withdraw(page.user, evidence, on=page.day.now):
        raise PermissionDenied(
            "Only who added it or a plan administrator can withdraw evidence, and only once."
        )
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        if form.attempt(
            lambda: workflow.withdraw_evidence(evidence=evidence, by=page.user, on=page.day.now, **said)
        ):
            messages.success(request, "The evidence was withdrawn.")
            return redirect(page.url("recommendations:evidence_page", str(evidence.key)))
    subject = Subject(page, evidence.recommendation, evidence.action)
    here = page.url("recommendations:evidence_page", str(evidence.key))
    context = page.context(
        *subject.crumbs, ("Evidence", here), ("Withdraw", ""), form=form, evidence=evidence, subject=subject
    )
    status = 422 if form.is_bound else 200
    return render(request, "recommendations/evidence_withdraw.html", context, status=status)


def load_subject(page: PlanPage, reference: str, number: str) -> Subject:
    """The action of that number, or without a number the recommendation; a 404 if the plan had none on the day."""
    if number:
        action = load_action(page, reference, number)
        return Subject(page, action.recommendation, action)
    shown = Recommendation.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=page.day.on)
    with_plan = shown.select_related("theme", "plan__council")
    return Subject(page, get_object_or_404(with_plan, reference=reference), None)


def _load(page: PlanPage, key: UUID) -> Evidence:
    """Evidence that the reader may see and that was there on the day; a 404 like any other if not."""
    found = Evidence.objects.visible_to(page.user).for_plan(page.plan).added_by(on=page.day.on)
    return get_object_or_404(found.with_subject(), key=key)


def _added(evidence: Evidence, subject: Subject) -> str:
    exempt = (
        " It is exempt: only those who sit in the closed part of a meeting see it." if evidence.exempt else ""
    )
    return f"Evidence of {subject} added.{exempt}"


def _log(evidence: Evidence, event: str) -> None:
    if evidence.exempt:
        log.info(event, evidence=str(evidence.key), plan=evidence.plan_id)
