"""The reports of a plan: the list, the report as a page, and its PDF."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from improvement import clock, errors
from improvement.clock import Day
from improvement.pages import PlanPage, plan_page
from improvement.stored_files import FileAltered
from reports import document, pdf, workflow
from reports.models import Report, ReportFile
from reports.workflow import TooManyRequested

# After so many seconds in the queue, the page says that something may be wrong.
LONG_WAIT = 60


@dataclass(frozen=True)
class ReportPage:
    """Who looks at which report; the page's day is the report's own, or another that the reader `asked` for."""

    page: PlanPage
    report: Report
    asked: bool

    def url(self, name: str, *more: str | int) -> str:
        plan = self.page.plan
        return reverse(f"reports:{name}", args=[plan.council.slug, plan.slug, self.report.slug, *more])

    def file_url(self, file: ReportFile | None) -> str:
        return self.url("report_file", file.sha256) if file and file.is_ready else ""


def _report_page(request: HttpRequest, council: str, plan: str, report: str) -> ReportPage:
    """The report, if it is one that the reader may read; a 404 like any other if it is not."""
    page = plan_page(request, council, plan)
    found = get_object_or_404(Report.objects.visible_to(page.user).with_plan().named(council, plan, report))
    if page.day.asked:
        found.on = page.day.on  # for this page only
        return ReportPage(page, found, asked=True)
    now = clock.day_of(page.plan.council)
    own_day = Day(
        found.on, now, page.day.fixed, asked=found.on != now, now_url=reverse("council", args=[council])
    )
    return ReportPage(replace(page, day=own_day), found, asked=False)


@require_safe
def report_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    reports = list(Report.objects.visible_to(page.user).for_plan(page.plan).latest_meeting_first())
    files = ReportFile.objects.visible_to(page.user).without_source().latest_of_each_report()
    latest = {file.report_id: file for file in files.filter(report__in=reports)}
    context = page.context(
        ("Reports", ""),
        section="reports",
        rows=[(report, latest.get(report.pk)) for report in reports],
        now=clock.now(),
    )
    return render(request, "reports/report_list.html", context)


@require_safe
def report_page(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    shown = _report_page(request, council, plan, report)
    paper = document.of(shown.report)
    fingerprint = pdf.fingerprint(workflow.page_of(paper))
    files = ReportFile.objects.visible_to(shown.page.user).without_source().for_report(shown.report)
    file = files.made_from(fingerprint).first()
    context = _context(shown, (shown.report.title, ""), paper=paper, linked=True, file=file)
    return render(request, "reports/report_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_make(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    """Ask for the PDF; or, by the same address, see the one that was asked for last."""
    shown = _report_page(request, council, plan, report)
    if request.method != "POST":
        files = ReportFile.objects.visible_to(shown.page.user).without_source().for_report(shown.report)
        latest = files.latest_first().first()
        return redirect(shown.url("report_making", latest.pk) if latest else shown.url("report_page"))
    if shown.asked:
        shown.page.refuse_changes_to_the_past()
    try:
        file = workflow.request_file(report=shown.report, by=shown.page.user, on=shown.page.day.now)
    except TooManyRequested as refusal:
        messages.warning(request, str(refusal))
        return redirect(shown.url("report_page"))
    return redirect(shown.url("report_making", file.pk))


@require_safe
def report_making(request: HttpRequest, council: str, plan: str, report: str, number: int) -> HttpResponse:
    """How far a file is; htmx asks for only that part."""
    shown = _report_page(request, council, plan, report)
    files = ReportFile.objects.visible_to(shown.page.user).without_source().for_report(shown.report)
    file = get_object_or_404(files, pk=number)
    now = clock.now()
    context = _context(shown, (shown.report.title, shown.url("report_page")), ("PDF", ""), file=file)
    context["abandoned"] = file.is_abandoned(now)
    context["waits_long"] = (now - file.requested_at).total_seconds() > LONG_WAIT and not file.started_at
    part_only = request.headers.get("HX-Request") == "true"
    return render(request, "reports/_file.html" if part_only else "reports/report_making.html", context)


@require_safe
def report_file(request: HttpRequest, council: str, plan: str, report: str, sha256: str) -> HttpResponse:
    """The bytes of a file that was made, and only those; their digest is the address and the ETag."""
    shown = _report_page(request, council, plan, report)
    files = ReportFile.objects.visible_to(shown.page.user).without_source().for_report(shown.report)
    file = files.with_bytes(sha256).first()
    if file is None:
        raise Http404
    etag = f'"{file.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = workflow.content_of(file)
        except FileAltered:
            return errors.page(request, 500)
        response = HttpResponse(content, content_type="application/pdf")
        name = f"{council}-{shown.report.slug}.pdf"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _context(shown: ReportPage, *crumbs: tuple[str, str], **more: object) -> dict[str, object]:
    """What every page of one report shows around its content."""
    file = more.get("file")
    place = ("Reports", shown.page.url("reports:report_list"))
    return shown.page.context(
        place,
        *crumbs,
        section="reports",
        report=shown.report,
        offered=not shown.asked,
        make_url=shown.url("report_make"),
        page_url=shown.url("report_page"),
        making_url=shown.url("report_making", file.pk) if isinstance(file, ReportFile) else "",
        file_url=shown.file_url(file if isinstance(file, ReportFile) else None),
        **more,
    )
