"""Sections of the authors' own: adding, renaming, moving and removing them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from reports.views.sections import section_of
from reports.views.writing import around, tell, writing_page
from reports.workflow import structure
from reports.workflow.written import Gone, seen
from reports.writing_forms import HeadingForm, NewHeadingForm


@require_http_methods(["GET", "HEAD", "POST"])
def add_section(request: HttpRequest, council: str, plan: str, report: str, section: int) -> HttpResponse:
    """A heading below this section."""
    shown = writing_page(request, council, plan, report)
    after = section_of(shown, section)
    form = NewHeadingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {"after": after, "by": shown.page.user, "on": shown.page.day.now, **form.cleaned_data}
        added = form.attempt(lambda: structure.add_section(**said))
        if added:
            tell(request, f"“{added.section.heading}” is added. Write it here.", added.told)
            return redirect(shown.url("write_section", added.section.pk))
    context = around(shown, ("Add a heading", ""), form=form, after=after)
    status = 422 if form.is_bound else 200
    return render(request, "reports/write_section_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rename_section(request: HttpRequest, council: str, plan: str, report: str, section: int) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    found = section_of(shown, section)
    initial = {"heading": found.heading, "seen": seen(structure.heading_facts(found))}
    form = HeadingForm(request.POST if request.method == "POST" else None, initial=initial)
    here = shown.url("write_section", found.pk)
    if form.is_valid():
        said = {"section": found, "by": shown.page.user, "on": shown.page.day.now, **form.cleaned_data}
        told = form.attempt(lambda: structure.rename_section(**said))
        if told:
            tell(request, "It has its new heading.", told)
            return redirect(here)
    context = around(shown, (found.heading, here), ("Rename", ""), form=form, report_section=found)
    return render(request, "reports/write_section_rename.html", context, status=form.status)


@require_POST
def move_section(request: HttpRequest, council: str, plan: str, report: str, section: int) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    found = section_of(shown, section)
    up = request.POST.get("to") != "down"
    try:
        told = structure.move_section(section=found, up=up, by=shown.page.user, on=shown.page.day.now)
        tell(request, f"“{found.heading}” has moved {'up' if up else 'down'}.", told)
    except (ValidationError, Gone) as refused:
        messages.warning(request, _sentence(refused))
    return redirect(f"{shown.url('write_report')}#sections")


@require_http_methods(["GET", "HEAD", "POST"])
def remove_section(request: HttpRequest, council: str, plan: str, report: str, section: int) -> HttpResponse:
    """Shows what goes before it goes."""
    shown = writing_page(request, council, plan, report)
    found = section_of(shown, section)
    refusal = ""
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            told = structure.remove_section(
                section=found,
                version=int(version) if version.isascii() and version.isdigit() else 0,
                by=shown.page.user,
                on=shown.page.day.now,
            )
            tell(request, f"“{found.heading}” is removed.", told)
            return redirect(shown.url("write_report"))
        except (ValidationError, Gone) as refused:
            refusal = _sentence(refused)
    place = (found.heading, shown.url("write_section", found.pk))
    context = around(
        shown, place, ("Remove", ""), report_section=found, errors=[(refusal, "")] if refusal else []
    )
    return render(request, "reports/write_section_remove.html", context, status=422 if refusal else 200)


def _sentence(refused: ValidationError | Gone) -> str:
    return " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
