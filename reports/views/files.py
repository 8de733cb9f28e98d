"""A paper as a file: asking for it, seeing how far it is, and its bytes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from improvement import clock, errors
from improvement.pages import PlanPage, plan_page
from improvement.stored_files import FileAltered
from improvement.who import signed_in
from reports import formats
from reports.models import Audience, Format, ReportFile
from reports.models.report_file import ReportFileQuerySet
from reports.views import exempt_access
from reports.views.reading import report_of
from reports.workflow import files
from reports.workflow.files import TooManyRequested, Wanted, WantedTable

# After so many seconds in the queue, the page says that something may be wrong.
LONG_WAIT = 60


@require_http_methods(["GET", "HEAD", "POST"])
def report_make(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    """Ask for the report as a file. Who had to sign in first comes back by GET, and finds the report."""
    shown = report_of(request, council, plan, report)
    if request.method != "POST":
        return redirect(shown.url("report_page"))
    if shown.asked:
        shown.page.refuse_changes_to_the_past()
    asked = request.POST.get("audience", shown.audiences[0])
    audience = next((audience for audience in shown.audiences if audience == asked), None)
    if audience is None:
        raise Http404
    wanted = files.of_report(shown.report, audience=audience, form=chosen_format(request))
    return ask_for(request, shown.page, wanted, back=shown.url("report_page"))


def ask_for(request: HttpRequest, page: PlanPage, wanted: Wanted | WantedTable, *, back: str) -> HttpResponse:
    """Have a paper made, and show how far it is; or say on the page it came from why not."""
    try:
        file = files.request_file(wanted=wanted, by=page.user, on=page.day.now)
    except TooManyRequested as refusal:
        messages.warning(request, str(refusal))
        return redirect(back)
    return redirect(_url(page, "file_making", file.pk))


def chosen_format(request: HttpRequest) -> Format:
    """PDF unless Word is asked for."""
    return Format.WORD if request.POST.get("format") == Format.WORD else Format.PDF


@require_safe
def file_making(request: HttpRequest, council: str, plan: str, number: int) -> HttpResponse:
    """How far a file is; htmx asks for only that part."""
    page = plan_page(request, council, plan)
    file = get_object_or_404(_files(page).select_related("report"), pk=number)
    now = clock.now()
    context = page.context(
        ("Reports", page.url("reports:report_list")),
        (file.title, ""),
        section="reports",
        file=file,
        file_url=_url(page, "file_bytes", file.sha256, file.format) if file.is_ready else "",
        making_url=_url(page, "file_making", file.pk),
        abandoned=file.is_abandoned(now),
        waits_long=(now - file.requested_at).total_seconds() > LONG_WAIT and not file.started_at,
    )
    part_only = request.headers.get("HX-Request") == "true"
    return render(request, "reports/_file.html" if part_only else "reports/file_making.html", context)


@require_safe
def file_bytes(request: HttpRequest, council: str, plan: str, sha256: str, ending: str) -> HttpResponse:
    """The bytes of a file that was made, and only those; their digest is the address and the ETag."""
    user = signed_in(request)
    asked = ReportFile.objects.at(council, plan, sha256, ending)
    file = next(iter(asked.visible_to(user)[:1]), None)
    if file is None:
        if refused := asked.first():
            exempt_access.note_refused(user, refused.report, "file")
        raise Http404
    if file.audience == Audience.EXEMPT:
        exempt_access.note_read(user, file.report, "file")
    etag = f'"{file.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = files.content_of(file)
        except FileAltered:
            return errors.page(request, 500)
        response = HttpResponse(content, content_type=formats.CONTENT_TYPES[file.format])
        name = f"{council}-{file.report.slug if file.report else file.paper}.{file.format}"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _files(page: PlanPage) -> ReportFileQuerySet:
    return ReportFile.objects.visible_to(page.user).for_plan(page.plan).without_source()


def _url(page: PlanPage, name: str, *more: str | int) -> str:
    """A file's address bears no day: its bytes are those of one."""
    return reverse(f"reports:{name}", args=[page.plan.council.slug, page.plan.slug, *more])
