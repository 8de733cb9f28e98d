import re
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import Change, PlanVersion
from improvement.pages import PlanPage, plan_page
from recommendations import comparison, contents, versions, workflow
from recommendations.comparison import Comparison
from recommendations.models import Action
from recommendations.plan_forms import AgreeForm, CloseForm, SignOffForm
from recommendations.versions import VersionStanding
from recommendations.views.keeping import keeper_page, may_keep


@dataclass(frozen=True)
class Row:
    """A version in the list; `before` names the one before it as an address does, or is empty."""

    standing: VersionStanding
    before: str

    @property
    def since_query(self) -> str:
        return urlencode({"from": f"v{self.standing.version.label}"})

    @property
    def step_query(self) -> str:
        return (
            urlencode({"from": self.before, "to": f"v{self.standing.version.label}"}) if self.before else ""
        )


@require_safe
def version_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    standing = versions.of(page.plan, on=page.day.on)
    earlier = [*(f"v{one.version.label}" for one in standing.versions[1:]), ""]
    context = page.context(
        ("Versions", ""),
        standing=standing,
        rows=[Row(one, before) for one, before in zip(standing.versions, earlier, strict=False)],
        keeper=may_keep(page),
        closing=Change.objects.visible_to(page.user).about(page.plan).filter(verb="close_plan").last(),
    )
    return render(request, "recommendations/version_list.html", context)


@require_safe
def version_page(request: HttpRequest, council: str, plan: str, label: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    version = load_version(page, label)
    try:
        kept = contents.of_version(version)
    except contents.NotAsAgreed:
        kept = None
    context = page.context(
        ("Versions", page.url("recommendations:version_list")),
        (f"Version {label}", ""),
        version=version,
        sign_offs=version.sign_offs.signed_by(on=page.day.on),
        kept=kept,
        themes=contents.by_theme(kept) if kept else [],
        since_query=urlencode({"from": f"v{label}"}),
        found_digest=contents.digest_of(version.content),
        keeper=may_keep(page),
    )
    return render(request, "recommendations/version_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agree_version(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = keeper_page(request, council, plan)
    agreed = versions.agreed(page.plan, on=page.day.on)
    proposed = next_label(agreed[0].version.label if agreed else "")
    form = AgreeForm(request.POST if request.method == "POST" else None, proposed=proposed)
    if form.is_valid():
        said = form.cleaned_data
        version = form.attempt(
            lambda: workflow.agree_version(plan=page.plan, by=page.user, on=page.day.now, **said)
        )
        if version:
            messages.success(request, f"Version {version.label} is agreed.")
            return redirect(page.url("recommendations:version_list"))
    context = page.context(
        ("Versions", page.url("recommendations:version_list")),
        ("Agree a version", ""),
        form=form,
        latest=agreed[0].version if agreed else None,
        changes=_since(page, agreed[0].version if agreed else None),
    )
    return render(
        request, "recommendations/version_agree.html", context, status=422 if form.is_bound else 200
    )


def _since(page: PlanPage, version: PlanVersion | None) -> Comparison | None:
    """What changed since a version; None without one, or where it no longer reads as agreed."""
    if version is None:
        return None
    try:
        agreed = contents.of_version(version)
    except contents.NotAsAgreed:
        return None
    return comparison.of(agreed, contents.of(page.plan, on=page.day.on))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_version_off(request: HttpRequest, council: str, plan: str, label: str) -> HttpResponse:
    page = keeper_page(request, council, plan)
    version = load_version(page, label)
    form = SignOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("body", "signed_on")}
        signed = form.attempt(
            lambda: workflow.sign_version_off(version=version, by=page.user, on=page.day.now, **said)
        )
        if signed:
            messages.success(request, f"Recorded that {signed.body} signed version {label} off.")
            return redirect(page.url("recommendations:version_list"))
    context = page.context(
        ("Versions", page.url("recommendations:version_list")),
        (f"Version {label}", page.url("recommendations:version_page", label)),
        ("Record a sign-off", ""),
        form=form,
        version=version,
        sign_offs=version.sign_offs.signed_by(on=page.day.on),
    )
    return render(
        request, "recommendations/version_sign_off.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close_plan(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = keeper_page(request, council, plan)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        closed = form.attempt(
            lambda: workflow.close_plan(plan=page.plan, by=page.user, on=page.day.now, **said)
        )
        if closed:
            messages.success(request, "The plan is closed.")
            return redirect(page.url("recommendations:version_list"))
    standing = versions.of(page.plan, on=page.day.on)
    context = page.context(
        ("Versions", page.url("recommendations:version_list")),
        ("Close the plan", ""),
        form=form,
        standing=standing,
        open_actions=Action.objects.for_plan(page.plan).as_of(page.day.on).open().count(),
    )
    return render(request, "recommendations/plan_close.html", context, status=422 if form.is_bound else 200)


def load_version(page: PlanPage, label: str) -> PlanVersion:
    """A version that was agreed by the day shown."""
    known = PlanVersion.objects.visible_to(page.user).for_plan(page.plan).agreed_by(on=page.day.on)
    return get_object_or_404(known, label=label)


def next_label(label: str) -> str:
    """The number after a version's: its last digits count one up. 1.0 for the first."""
    found = re.search(r"\d+(?=\D*$)", label)
    if not found:
        return "1.0"
    digits = found[0]
    return f"{label[: found.start()]}{int(digits) + 1:0{len(digits)}d}{label[found.end() :]}"
