"""Assurance: recording a review."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.pages import plan_page
from recommendations import workflow
from recommendations.evidence_forms import ReviewForm
from recommendations.models import Evidence
from recommendations.models.evidence import EvidenceQuerySet
from recommendations.views.evidence import load_subject
from recommendations.views.subjects import Subject, assured


@require_http_methods(["GET", "HEAD", "POST"])
def record_review(
    request: HttpRequest, council: str, plan: str, reference: str, number: str = ""
) -> HttpResponse:
    """The form for a review: of an action, or without a number of the recommendation as a whole."""
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    subject = load_subject(page, reference, number)
    if not workflow.may_review(page.user, subject.recommendation, subject.action, on=page.day.now):
        raise PermissionDenied("Only those who hold the plan to account review, and nobody their own action.")
    stands = assured(subject)
    sent = request.POST if request.method == "POST" else None
    form = ReviewForm(sent, evidence=_offered(subject), steps=stands.steps)
    if form.is_valid():
        said = {"recommendation": subject.recommendation, "action": subject.action, **form.cleaned_data}
        review = form.attempt(lambda: workflow.record_review(by=page.user, on=page.day.now, **said))
        if review:
            messages.success(request, f"Review of {subject} recorded: {review.get_step_display().lower()}.")
            return redirect(f"{subject.url}#assurance")
    context = page.context(*subject.crumbs, ("Record a review", ""), form=form, subject=subject)
    return render(request, "recommendations/review_add.html", context, status=422 if form.is_bound else 200)


def _offered(subject: Subject) -> EvidenceQuerySet:
    """Evidence to choose from: of a recommendation all; of an action its own and that of the whole."""
    evidence = Evidence.objects.visible_to(subject.page.user).standing(on=subject.page.day.now)
    if subject.action:
        evidence = evidence.about_action_or_whole(subject.action)
    return evidence.about(subject.recommendation).latest_first()
