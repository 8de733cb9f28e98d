"""The reports of a plan: the list, and a report as a page."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import waiting
from improvement import clock
from improvement.clock import Day
from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, may, reads_exempt
from reports import document, notice, standing
from reports.models import Audience, Format, Report, ReportFile
from reports.notice import Notice
from reports.standing import Standing
from reports.views import exempt_access
from reports.workflow import files
from reports.workflow.files import Wanted

# The forms in which a reader may have a report made, in the order of their buttons.
OFFERED = (Format.PDF, Format.WORD)


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
    def as_of(self) -> date:
        """The day that the reader asked for, or now: what became of a report is told of that day, not of its own."""
        return self.page.day.on if self.asked else self.page.day.now

    @cached_property
    def readable(self) -> tuple[Audience, ...]:
        """Documents for whom the reader may read, whether this report makes them or not."""
        exempt = reads_exempt(self.page.user, self.page.plan.council)
        return tuple(Audience) if exempt else (Audience.OPEN,)

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Which of the report's documents the reader may read."""
        return tuple(audience for audience in document.audiences_of(self.report) if audience in self.readable)

    @property
    def may_write(self) -> bool:
        """Whether to offer it: to those whose role has it, on a page that shows no other day."""
        return not self.asked and may(self.page.user, Verb.WRITE_REPORT, self.page.plan.council)

    @property
    def crumb(self) -> tuple[str, str]:
        """The way back to the report from the pages under it."""
        return self.report.title, self.url("report_page")

    def context(self, *crumbs: tuple[str, str], **more: object) -> dict[str, object]:
        """What every page of one report shows around its content."""
        place = ("Reports", self.page.url("reports:report_list"))
        return self.page.context(
            place, *crumbs, section="reports", report=self.report, page_url=self.url("report_page"), **more
        )


def report_of(request: HttpRequest, council: str, plan: str, report: str) -> ReportPage:
    """The report, if it is one that the reader may read; a 404 like any other if it is not."""
    page = plan_page(request, council, plan)
    named = Report.objects.named(council, plan, report)
    found = named.visible_to(page.user).with_plan().first()
    if found is None:
        if refused := named.first():
            exempt_access.note_refused(page.user, refused, "report")
        raise Http404
    if page.day.asked:
        found.on = page.day.on  # for this page only
        return ReportPage(page, found, asked=True)
    now = clock.day_of(page.plan.council)
    own_day = Day(
        found.on, now, page.day.fixed, asked=found.on != now, now_url=reverse("council", args=[council])
    )
    return ReportPage(replace(page, day=own_day), found, asked=False)


@dataclass(frozen=True)
class Way:
    """What a page of a report says of its way to the public, and what this reader may do about it now."""

    standing: Standing
    notice: Notice
    writes: bool
    publishes: bool


def way_of(shown: ReportPage) -> Way:
    user, report, now = shown.page.user, shown.report, shown.page.day.now
    return Way(
        standing.of(report, user=user, on=shown.as_of),
        notice.of(report.meeting_on, on=now),
        writes=shown.may_write,
        publishes=not shown.asked and may(user, Verb.PUBLISH_REPORT, report.council),
    )


@require_safe
def report_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    reports = list(Report.objects.visible_to(page.user).for_plan(page.plan).latest_meeting_first())
    made = ReportFile.objects.visible_to(page.user).for_plan(page.plan).without_source()
    latest = {file.report_id: file for file in made.latest_of_each_report()}
    standings = standing.of_each(reports, user=page.user, on=page.day.on)
    context = page.context(
        ("Reports", ""),
        section="reports",
        rows=[(report, latest.get(report.pk), standings[report.pk]) for report in reports],
        items=waiting.items_for(page.user, page.plan.council, page.day),
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
        if wanted_audience in document.audiences_of(shown.report):
            exempt_access.note_refused(shown.page.user, shown.report, "report")
        raise Http404
    if wanted_audience == Audience.EXEMPT:
        exempt_access.note_read(shown.page.user, shown.report, "report")
    wanted = files.of_report(shown.report, audience=wanted_audience)
    context = shown.context(
        (shown.report.title, ""),
        paper=wanted.paper,
        linked=True,
        audiences=audiences,
        offered=not shown.asked,
        forms=forms_of(wanted, shown.page),
        make_url=shown.url("report_make"),
        way=way_of(shown),
    )
    return render(request, "reports/report_page.html", context)


def forms_of(wanted: Wanted, page: PlanPage) -> list[tuple[Format, ReportFile | None]]:
    """Each form in which a paper is offered, with the file of just this state of it, if one was asked for."""
    mine = [(form, replace(wanted, format=form).current.visible_to(page.user)) for form in OFFERED]
    return [(form, found.without_source().first()) for form, found in mine]
