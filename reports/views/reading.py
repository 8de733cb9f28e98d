"""The reports of a plan: the list, and a report as a page."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from improvement import clock
from improvement.clock import Day
from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, may, reads_exempt
from reports import document, pages, pdf
from reports.models import Audience, Report, ReportFile
from reports.workflow import files


@dataclass(frozen=True)
class ReportPage:
    """Who looks at which report; the page's day is the report's own, or another that the reader `asked` for."""

    page: PlanPage
    report: Report
    asked: bool

    def url(self, name: str, *more: str | int) -> str:
        plan = self.page.plan
        return reverse(f"reports:{name}", args=[plan.council.slug, plan.slug, self.report.slug, *more])

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Which of the report's documents the reader may read."""
        made = document.audiences_of(self.report)
        exempt = reads_exempt(self.page.user, self.page.plan.council)
        return tuple(audience for audience in made if exempt or audience == Audience.OPEN)

    @property
    def may_write(self) -> bool:
        """Whether to offer it: to those whose role has it, on a page that shows no other day."""
        return not self.asked and may(self.page.user, Verb.WRITE_REPORT, self.page.plan.council)

    def context(self, *crumbs: tuple[str, str], **more: object) -> dict[str, object]:
        """What every page of one report shows around its content."""
        place = ("Reports", self.page.url("reports:report_list"))
        return self.page.context(
            place, *crumbs, section="reports", report=self.report, page_url=self.url("report_page"), **more
        )


def report_of(request: HttpRequest, council: str, plan: str, report: str) -> ReportPage:
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
    made = ReportFile.objects.visible_to(page.user).for_plan(page.plan).without_source()
    latest = {file.report_id: file for file in made.latest_of_each_report()}
    context = page.context(
        ("Reports", ""),
        section="reports",
        rows=[(report, latest.get(report.pk)) for report in reports],
        may_write=not page.day.asked and may(page.user, Verb.WRITE_REPORT, page.plan.council),
    )
    return render(request, "reports/report_list.html", context)


@require_safe
def report_page(
    request: HttpRequest, council: str, plan: str, report: str, audience: Audience | None = None
) -> HttpResponse:
    """The open document; the exempt one by its own address, or where there is no other."""
    shown = report_of(request, council, plan, report)
    audiences = shown.audiences
    wanted_audience = audience or audiences[0]
    if wanted_audience not in audiences:
        raise Http404
    wanted = files.of_report(shown.report, audience=wanted_audience)
    made = wanted.files.visible_to(shown.page.user).without_source()
    context = shown.context(
        (shown.report.title, ""),
        paper=wanted.paper,
        linked=True,
        audiences=audiences,
        offered=not shown.asked,
        file=made.made_from(pdf.fingerprint(pages.source_of(wanted.paper))).first(),
        make_url=shown.url("report_make"),
        write_url=shown.url("write_report") if shown.may_write else "",
    )
    return render(request, "reports/report_page.html", context)
