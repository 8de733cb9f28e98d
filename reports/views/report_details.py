"""What a report says of itself: its details, the rows of facts at its head, and what in it is exempt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from reports.models import Enclosure, Report, ReportSection
from reports.views.enclosures import enclosure_of
from reports.views.reading import ReportPage
from reports.views.sections import section_of
from reports.views.writing import around, tell, writing_page
from reports.workflow import details, exemption
from reports.workflow.written import seen
from reports.writing_forms import OPEN, DetailsForm, ExemptForm, RowsForm


@require_http_methods(["GET", "HEAD", "POST"])
def change_details(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    initial = {**vars(details.of(shown.report)), "seen": seen(details.facts_of(shown.report))}
    form = DetailsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        told = form.attempt(
            lambda: details.change_details(
                report=shown.report,
                details=form.details,
                seen=form.cleaned_data["seen"],
                by=shown.page.user,
                on=shown.page.day.now,
                kept_because=form.cleaned_data["kept_because"],
            )
        )
        if told:
            tell(request, "The details are saved.", told)
            return redirect(shown.url("write_report"))
    context = around(shown, ("Details", ""), form=form)
    return render(request, "reports/write_details.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
def fill_rows(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    mark, rows = seen(details.row_facts(shown.report)), details.typed_rows(shown.report)
    form = RowsForm(request.POST if request.method == "POST" else None, rows=rows, seen=mark)
    if form.is_valid():
        told = form.attempt(
            lambda: details.fill_rows(
                report=shown.report,
                texts=form.texts,
                seen=form.cleaned_data["seen"],
                by=shown.page.user,
                on=shown.page.day.now,
                kept_because=form.cleaned_data["kept_because"],
            )
        )
        if told:
            tell(request, "The facts at the head are saved.", told)
            return redirect(shown.url("write_report"))
    context = around(shown, ("Facts at the head", ""), form=form, rows=rows)
    return render(request, "reports/write_rows.html", context, status=form.status)


@require_http_methods(["GET", "HEAD", "POST"])
def mark_exempt(
    request: HttpRequest,
    council: str,
    plan: str,
    report: str,
    section: int | None = None,
    enclosure: int | None = None,
) -> HttpResponse:
    """Mark a section, an enclosure, or without either the whole report as exempt or open."""
    shown = writing_page(request, council, plan, report)
    subject, back = _subject(shown, section, enclosure)
    initial = {
        "paragraph": subject.exempt_paragraph or OPEN,
        "public_interest": subject.public_interest,
        "seen": seen(exemption.facts_of(subject)),
    }
    form = ExemptForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        said = {"subject": subject, "by": shown.page.user, "on": shown.page.day.now, **form.cleaned_data}
        told = form.attempt(lambda: exemption.mark_exempt(**said))
        if told:
            now = "exempt" if form.cleaned_data["paragraph"] else "open"
            tell(request, f"{_named(subject)} is {now}.", told)
            return redirect(back)
    context = around(shown, ("Exempt or open", ""), form=form, named=_named(subject), back=back)
    return render(request, "reports/write_exempt.html", context, status=form.status)


def _subject(
    shown: ReportPage, section: int | None, enclosure: int | None
) -> tuple[Report | ReportSection | Enclosure, str]:
    """What is to be marked, and where its author came from."""
    if section is not None:
        return section_of(shown, section), shown.url("write_section", section)
    if enclosure is not None:
        return enclosure_of(shown, enclosure), shown.url("enclosure_list")
    return shown.report, shown.url("write_report")


def _named(subject: Report | ReportSection | Enclosure) -> str:
    return "The whole report" if isinstance(subject, Report) else f"“{subject}”"
