"""Inspection frameworks: everybody signed in reads them, those who look after the installation add the next one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from improvement import clock, inspection_workflow
from improvement.inspection_forms import FrameworkForm
from improvement.models import Framework
from improvement.pages import slug_asked
from improvement.permissions import require_staff
from improvement.who import signed_in


@require_safe
def framework_list(request: HttpRequest) -> HttpResponse:
    context = {
        "frameworks": Framework.objects.with_counts().order_by("-from_on", "slug"),
        "may_add": signed_in(request).is_staff,
        "crumbs": [("Inspection frameworks", "")],
    }
    return render(request, "improvement/framework_list.html", context)


@require_safe
def framework_page(request: HttpRequest, framework: str) -> HttpResponse:
    shown = get_object_or_404(Framework.objects.with_everything(), slug=framework)
    context = {
        "framework": shown,
        "may_add": signed_in(request).is_staff,
        "crumbs": [("Inspection frameworks", reverse("framework_list")), (shown.name, "")],
    }
    return render(request, "improvement/framework_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_framework(request: HttpRequest) -> HttpResponse:
    """The form, empty or started from the framework in `?from=`."""
    user = signed_in(request)
    require_staff(user)
    start = Framework.objects.with_everything().filter(slug=slug_asked(request, "from")).first()
    sent = request.POST if request.method == "POST" else None
    form = FrameworkForm(sent, initial=FrameworkForm.initial_from(start) if start else None)
    if form.is_bound and form.is_valid():
        try:
            added = inspection_workflow.add_framework(by=user, on=clock.today(), **form.values())
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"{added} added.")
            return redirect("framework_page", added.slug)
    crumbs = [("Inspection frameworks", reverse("framework_list")), ("Add a framework", "")]
    context = {"form": form, "start": start, "frameworks": Framework.objects.all(), "crumbs": crumbs}
    return render(request, "improvement/framework_add.html", context, status=422 if form.is_bound else 200)
