"""What goes with a report: the list, each enclosure's form, and the bytes of an uploaded PDF."""

import structlog
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from improvement import errors
from improvement.permissions import reads_exempt
from improvement.stored_files import FileAltered, open_whole
from reports.document import letter_of
from reports.models import Enclosure, EnclosureKind
from reports.models.enclosure import EnclosureQuerySet
from reports.views.reading import ReportPage, report_of
from reports.views.writing import around, tell, writing_page
from reports.workflow import enclosures
from reports.workflow.written import Gone, seen
from reports.writing_forms import EnclosureForm

log = structlog.get_logger(__name__)


def enclosure_of(shown: ReportPage, number: int) -> Enclosure:
    found: Enclosure = get_object_or_404(_visible(shown), pk=number)
    found.report = shown.report
    return found


def _visible(shown: ReportPage) -> EnclosureQuerySet:
    """An exempt enclosure is there only for those who sit in the closed part of a meeting."""
    of_report = Enclosure.objects.visible_to(shown.page.user).for_report(shown.report)
    return of_report if reads_exempt(shown.page.user, shown.page.plan.council) else of_report.open()


@require_safe
def enclosure_list(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    rows = [(letter_of(at), each) for at, each in enumerate(shown.report.enclosures.in_order())]
    kinds = [EnclosureKind(kind) for kind in enclosures.offered(shown.report)]
    context = around(shown, ("Enclosures", ""), rows=rows, kinds=kinds)
    return render(request, "reports/write_enclosures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_enclosure(request: HttpRequest, council: str, plan: str, report: str, kind: str) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    if kind not in enclosures.offered(shown.report):
        raise Http404
    chosen = EnclosureKind(kind)
    title = shown.page.plan.name if chosen == EnclosureKind.PLAN else str(chosen.label)
    typed = chosen in (EnclosureKind.TERMS, EnclosureKind.FILE)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EnclosureForm(*data, kind=kind, there=False, initial={"title": "" if typed else title})
    if form.is_valid():
        said = {"report": shown.report, "by": shown.page.user, "on": shown.page.day.now, **form.cleaned_data}
        added = form.attempt(lambda: enclosures.add_enclosure(kind=kind, **said))
        if added:
            tell(request, f"“{added.enclosure.title}” is enclosed.", added.told)
            return redirect(shown.url("enclosure_list"))
    return _form_page(request, shown, form, chosen, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_enclosure(
    request: HttpRequest, council: str, plan: str, report: str, enclosure: int
) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    found = enclosure_of(shown, enclosure)
    initial = {"title": found.title, "body": found.body, "seen": seen(enclosures.facts_of(found))}
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EnclosureForm(*data, kind=found.kind, there=True, initial=initial)
    if form.is_valid():
        said = {"enclosure": found, "by": shown.page.user, "on": shown.page.day.now, **form.cleaned_data}
        told = form.attempt(lambda: enclosures.change_enclosure(**said))
        if told:
            tell(request, f"“{form.cleaned_data['title']}” is saved.", told)
            return redirect(shown.url("enclosure_list"))
    return _form_page(request, shown, form, EnclosureKind(found.kind), found)


def _form_page(
    request: HttpRequest,
    shown: ReportPage,
    form: EnclosureForm,
    kind: EnclosureKind,
    enclosure: Enclosure | None,
) -> HttpResponse:
    if form.is_bound:
        form.ask_for_the_file_again()
    place = ("Enclosures", shown.url("enclosure_list"))
    here = (enclosure.title if enclosure else "Enclose", "")
    context = around(shown, place, here, form=form, kind=kind, enclosure=enclosure)
    return render(request, "reports/write_enclosure.html", context, status=form.status)


@require_POST
def move_enclosure(
    request: HttpRequest, council: str, plan: str, report: str, enclosure: int
) -> HttpResponse:
    shown = writing_page(request, council, plan, report)
    found = enclosure_of(shown, enclosure)
    up = request.POST.get("to") != "down"
    try:
        told = enclosures.move_enclosure(enclosure=found, up=up, by=shown.page.user, on=shown.page.day.now)
        tell(request, f"“{found.title}” has moved {'up' if up else 'down'}.", told)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    except Gone as gone:
        messages.warning(request, str(gone))
    return redirect(shown.url("enclosure_list"))


@require_http_methods(["GET", "HEAD", "POST"])
def remove_enclosure(
    request: HttpRequest, council: str, plan: str, report: str, enclosure: int
) -> HttpResponse:
    """Shows what goes before it goes."""
    shown = writing_page(request, council, plan, report)
    found = enclosure_of(shown, enclosure)
    back = shown.url("enclosure_list")
    if request.method == "POST":
        try:
            told = enclosures.remove_enclosure(enclosure=found, by=shown.page.user, on=shown.page.day.now)
            tell(request, f"“{found.title}” is no longer enclosed.", told)
        except Gone as gone:
            messages.warning(request, str(gone))
        return redirect(back)
    context = around(shown, ("Enclosures", back), ("Remove", ""), enclosure=found)
    return render(request, "reports/write_enclosure_remove.html", context)


@require_safe
def enclosure_file(
    request: HttpRequest, council: str, plan: str, report: str, enclosure: int
) -> HttpResponseBase:
    """An uploaded PDF, as a download and never as a page, for whoever may read it."""
    shown = report_of(request, council, plan, report)
    found = enclosure_of(shown, enclosure)
    if found.kind != EnclosureKind.FILE:
        raise Http404
    try:
        content = open_whole(found.file, found.sha256)
    except FileAltered:
        return errors.page(request, 500)
    if found.is_exempt or shown.report.is_exempt:
        log.info("exempt_enclosure_downloaded", enclosure=found.pk, report=shown.report.pk)
    name = f"{slugify(found.title)[:80] or 'enclosure'}.pdf"
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/pdf")
    # Whatever is in it, a browser that shows it all the same runs nothing of it.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
