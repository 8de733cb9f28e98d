"""Writing a report: the door to its pages, starting one, and the page of all its sections."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement import clock
from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, require
from reports import writing
from reports.models import Report
from reports.views.reading import ReportPage
from reports.workflow import authoring
from reports.workflow.written import Told
from reports.writing_forms import StartForm


def writing_page(request: HttpRequest, council: str, plan: str, report: str) -> ReportPage:
    """The report, for somebody who may write it, today."""
    page = author_page(request, council, plan)
    found = get_object_or_404(Report.objects.visible_to(page.user).with_plan().named(council, plan, report))
    return ReportPage(page, found, asked=False)


def author_page(request: HttpRequest, council: str, plan: str) -> PlanPage:
    page = plan_page(request, council, plan)
    require(page.user, Verb.WRITE_REPORT, page.plan.council)
    page.refuse_changes_to_the_past()
    return page


def around(shown: ReportPage, *crumbs: tuple[str, str], **more: object) -> dict[str, object]:
    """What every page of writing shows around its content."""
    write_url = shown.url("write_report")
    trail = [(shown.report.title, shown.url("report_page")), ("Write", write_url if crumbs else "")]
    return shown.context(*trail, *crumbs, write_url=write_url, **more)


def tell(request: HttpRequest, words: str, told: Told | None = None) -> None:
    """What was done and, apart from it, whose clearance it cost."""
    if words:
        messages.success(request, words)
    if told and told.sentence:
        messages.warning(request, told.sentence)


@require_http_methods(["GET", "HEAD", "POST"])
def start_report(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = author_page(request, council, plan)
    now = page.day.now
    initial = _proposed(page)
    data = request.POST if request.method == "POST" else None
    form = StartForm(data, council=page.plan.council, initial=initial)
    if form.is_valid():
        said = {"layout": form.cleaned_data["layout"], "kept_because": form.cleaned_data["kept_because"]}
        report = form.attempt(
            lambda: authoring.start_report(plan=page.plan, details=form.details, by=page.user, on=now, **said)
        )
        if report:
            tell(request, "The report is started. What the plan knows is filled in already.")
            return redirect(ReportPage(page, report, asked=False).url("write_report"))
    places = [("Reports", page.url("reports:report_list")), ("Start a report", "")]
    context = page.context(*places, section="reports", form=form)
    return render(request, "reports/write_start.html", context, status=form.status)


def _proposed(page: PlanPage) -> dict[str, object]:
    """What the next report probably is: for the committee and in the layout of the last, told from its day on."""
    reports = Report.objects.visible_to(page.user).for_plan(page.plan)
    last = reports.latest_meeting_first().first()
    before = reports.reported_before(page.day.now).first()
    return {
        "title": page.plan.name,
        "committee": last.committee if last else "",
        "layout": last.layout_id if last else None,
        "on": page.day.now,
        "since": before.on if before else None,
    }


@require_safe
def write_report(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    """All sections in order, how far each is, and what the report still lacks."""
    shown = writing_page(request, council, plan, report)
    context = around(
        shown,
        standing=writing.of(shown.report, reader=shown.page.user, at=clock.now()),
        published=shown.report.publications.latest_first().first(),
    )
    return render(request, "reports/write_report.html", context)
