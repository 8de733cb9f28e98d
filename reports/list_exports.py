"""The lists of a plan as CSV, each as its page shows it; `columns=all` adds what the page leaves out."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.models import LeadOfficer
from improvement.pages import plan_page
from improvement.spreadsheet import Columns, day, file_name, list_file
from recommendations import progress, versions
from recommendations.models import Recommendation
from recommendations.progress import Figures, Part
from reports import standing
from reports.models import Publication, Report
from reports.standing import Standing
from reports.views.reading import report_of

COUNTS = ("actions", "complete", "overdue")
MORE_COUNTS = (
    "should_be_finished",
    "due_in_30_days",
    "not_updated_for_30_days",
    "without_due_date",
    "due_date_moved",
)
RECOMMENDATIONS = Columns(
    shown=("theme", "reference", "recommendation", "timescale", *COUNTS),
    more=(*MORE_COUNTS, "text", "outcome", "raised_on", "raised_by", "inspection", "organisations"),
)
ORGANISATIONS = Columns(shown=("organisation", *COUNTS), more=MORE_COUNTS)
LEAD_OFFICERS = Columns(
    shown=("post", "title", *COUNTS), more=(*MORE_COUNTS, "organisation", "in_the_plans_key", "note")
)
VERSIONS = Columns(shown=("version", "agreed_on", "signed_off", "digest"), more=("note",))
REPORTS = Columns(
    shown=("report", "committee", "meeting_on", "reports_on", "standing"),
    more=("published_on", "version", "exempt", "layout"),
)
PUBLICATIONS = Columns(
    shown=(
        "version",
        "published_on",
        "corrects",
        "because",
        "late_because",
        "withdrawn_on",
        "withdrawn_because",
    ),
    more=("document", "form", "pages", "bytes", "sha256"),
)


@require_safe
def recommendations_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per recommendation that had been made by the day, in plan order."""
    page = plan_page(request, council, plan)
    parts = progress.break_down(page.plan, on=page.day.on).recommendations
    figures = {part.key: part.figures for part in parts}
    raised = Recommendation.objects.visible_to(page.user).for_plan(page.plan).raised_by(on=page.day.on)
    shown = raised.in_order().select_related("theme", "inspection").prefetch_related("organisations")
    rows = (_recommendation(one, figures.get(one.reference)) for one in shown)
    return list_file(request, file_name(page, "recommendations"), RECOMMENDATIONS, rows)


def _recommendation(one: Recommendation, figures: Figures | None) -> list[str]:
    first, more = _counts(figures)
    return [
        one.theme.name,
        one.reference,
        one.title,
        one.get_timescale_display(),
        *first,
        *more,
        one.text,
        one.outcome,
        day(one.raised_on),
        one.raised_by,
        one.inspection.name if one.inspection else "",
        "; ".join(organisation.name for organisation in one.organisations.all()),
    ]


@require_safe
def organisations_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per organisation with a post that leads an action; an action counts once for each of them."""
    page = plan_page(request, council, plan)
    parts = progress.by_organisation(page.plan, on=page.day.on)
    return list_file(
        request, file_name(page, "organisations"), ORGANISATIONS, (_part(part) for part in parts)
    )


@require_safe
def lead_officers_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per post that leads an action, first or beside others."""
    page = plan_page(request, council, plan)
    posts = LeadOfficer.objects.visible_to(page.user).filter(council=page.plan.council)
    known = {post.abbreviation: post for post in posts.select_related("organisation")}
    rows = (
        _lead_officer(part, known[part.key]) for part in progress.by_lead_officer(page.plan, on=page.day.on)
    )
    return list_file(request, file_name(page, "lead-officers"), LEAD_OFFICERS, rows)


def _lead_officer(part: Part, post: LeadOfficer) -> list[str]:
    first, more = _counts(part.figures)
    return [
        part.label,
        part.hint,
        *first,
        *more,
        post.organisation.name,
        "yes" if post.in_key else "no",
        post.note,
    ]


def _part(part: Part) -> list[str]:
    first, more = _counts(part.figures)
    return [part.label, *first, *more]


def _counts(figures: Figures | None) -> tuple[list[str], list[str]]:
    """What the lists count, and what else is counted; nothing where no action is."""
    if figures is None:
        return ["0"] * len(COUNTS), ["0"] * len(MORE_COUNTS)
    first = (figures.actions, figures.complete, figures.overdue)
    more = (
        figures.should_be_finished,
        figures.due_soon,
        figures.silent,
        figures.undated,
        figures.moved,
    )
    return [str(figure.count) for figure in first], [str(figure.count) for figure in more]


@require_safe
def versions_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per version that had been agreed by the day, the latest first."""
    page = plan_page(request, council, plan)
    rows = (
        [
            one.version.label,
            day(one.version.agreed_on),
            "; ".join(f"{signed.body}, {day(signed.on)}" for signed in one.sign_offs),
            one.version.digest,
            one.version.note,
        ]
        for one in versions.of(page.plan, on=page.day.on).versions
    )
    return list_file(request, file_name(page, "versions"), VERSIONS, rows)


@require_safe
def reports_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per report that the reader may read, the latest meeting first."""
    page = plan_page(request, council, plan)
    shown = Report.objects.visible_to(page.user).for_plan(page.plan).latest_meeting_first()
    reports = list(shown.select_related("layout"))
    standings = standing.of_each(reports, user=page.user, on=page.day.on)
    rows = (_report(report, standings[report.pk]) for report in reports)
    return list_file(request, file_name(page, "reports"), REPORTS, rows)


def _report(report: Report, stands: Standing) -> list[str]:
    published = stands.publication
    return [
        report.title,
        report.committee,
        day(report.meeting_on),
        day(report.on),
        stands.words,
        day(published.on if published else None),
        str(published.number) if published else "",
        "yes" if report.is_exempt else "no",
        report.layout.name,
    ]


@require_safe
def publications_csv(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    """One row per published version, the last first; with all columns, one per file that the reader may have."""
    shown = report_of(request, council, plan, report)
    mine = Publication.objects.visible_to(shown.page.user).for_report(shown.report).with_files()
    made = mine.latest_first().made_by(on=shown.as_of)
    whole = PUBLICATIONS.asked_in(request) != PUBLICATIONS.shown
    readable = {audience.value for audience in shown.readable}
    rows = (row for one in made for row in _publication(one, shown.as_of, readable, whole=whole))
    return list_file(request, file_name(shown.page, f"{report}-versions"), PUBLICATIONS, rows)


def _publication(one: Publication, on: date, readable: set[str], *, whole: bool) -> Iterator[list[str]]:
    withdrawal = standing.withdrawal_by(one, on)
    said = [
        str(one.number),
        day(one.on),
        str(one.corrects.number) if one.corrects else "",
        one.because,
        one.late_because,
        day(withdrawal.on) if withdrawal else "",
        withdrawal.because if withdrawal else "",
    ]
    files = [] if withdrawal or not whole else sorted(one.files.all(), key=lambda file: file.pk)
    told = [file for file in files if file.audience in readable]
    for file in told:
        form = (file.get_audience_display(), file.get_format_display())
        yield [*said, *form, str(file.pages or ""), str(file.size), file.sha256]
    if not told:
        yield [*said, *[""] * len(PUBLICATIONS.more)]
