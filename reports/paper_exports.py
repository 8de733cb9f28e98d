"""A plan's reports, their published versions and its openings to the public as CSV, each as its page shows it."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.spreadsheet import Columns, day, file_name, list_file
from reports import standing
from reports.models import Audience, Publication, PublicClosing, PublicOpening, Report, ReportFile
from reports.standing import Standing
from reports.views.reading import report_of

OPENINGS = Columns(
    shown=("opened_on", "from_version", "words", "by", "stands", "closed_on", "closed_by", "closed_because"),
    more=("number", "version_agreed_on"),
)
REPORTS = Columns(
    shown=("report", "exempt", "committee", "meeting_on", "reports_on", "standing", "file"),
    more=("published_on", "version", "layout"),
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
        "document",
        "form",
        "pages",
        "bytes",
        "sha256",
    ),
    more=("published_by",),
)


@require_safe
def openings_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per opening of the plan to the public, the latest first."""
    page = plan_page(request, council, plan)
    openings = PublicOpening.objects.visible_to(page.user).for_plan(page.plan)
    standing_now = openings.standing().first()
    rows = (_opening(one, stands=one == standing_now) for one in openings.latest_first())
    return list_file(request, file_name(page, "public-openings"), OPENINGS, rows)


def _opening(one: PublicOpening, *, stands: bool) -> list[str]:
    closing: PublicClosing | None = getattr(one, "closing", None)
    return [
        day(one.on),
        one.version.label,
        "shown" if one.words else "not shown",
        str(one.by),
        "Open" if stands else "Closed" if closing else "Opened again since",
        day(closing.on if closing else None),
        str(closing.by) if closing else "",
        closing.because if closing else "",
        str(one.number),
        day(one.version.agreed_on),
    ]


@require_safe
def reports_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """One row per report that the reader may read, the latest meeting first."""
    page = plan_page(request, council, plan)
    shown = Report.objects.visible_to(page.user).for_plan(page.plan).latest_meeting_first()
    reports = list(shown.select_related("layout"))
    made = ReportFile.objects.visible_to(page.user).for_plan(page.plan).without_source()
    latest = {file.report_id: file for file in made.latest_of_each_report()}
    standings = standing.of_each(reports, user=page.user, on=page.day.on)
    rows = (_report(report, standings[report.pk], latest.get(report.pk)) for report in reports)
    return list_file(request, file_name(page, "reports"), REPORTS, rows)


def _report(report: Report, stands: Standing, file: ReportFile | None) -> list[str]:
    published = stands.publication
    return [
        report.title,
        "yes" if report.is_exempt else "no",
        report.committee,
        day(report.meeting_on),
        day(report.on),
        stands.words,
        _file(file),
        day(published.on if published else None),
        str(published.number) if published else "",
        report.layout.name,
    ]


def _file(file: ReportFile | None) -> str:
    if file is None:
        return "Not made yet"
    if not file.is_ready:
        return file.get_state_display()
    return f"{file.get_format_display()}, {file.pages} pages" if file.pages else file.get_format_display()


@require_safe
def publications_csv(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    """One row per file of each version, the last version first; one without files where it was withdrawn."""
    shown = report_of(request, council, plan, report)
    mine = Publication.objects.visible_to(shown.page.user).for_report(shown.report).with_files()
    made = mine.latest_first().made_by(on=shown.as_of)
    readable = {audience.value for audience in shown.readable}
    rows = (row for one in made for row in _publication(one, shown.as_of, readable))
    return list_file(request, file_name(shown.page, f"{report}-versions"), PUBLICATIONS, rows)


def _publication(one: Publication, on: date, readable: set[str]) -> Iterator[list[str]]:
    withdrawal = standing.withdrawal_by(one, on)
    said = [
        str(one.number),
        day(one.on),
        str(one.corrects.number) if one.corrects else "",
        one.because,
        one.late_because,
        day(withdrawal.on if withdrawal else None),
        withdrawal.because if withdrawal else "",
    ]
    files = [] if withdrawal else [file for file in one.files.all() if file.audience in readable]
    for file in sorted(files, key=lambda file: (file.audience != Audience.OPEN, file.pk)):
        form = (file.get_audience_display(), file.get_format_display())
        yield [*said, *form, str(file.pages or ""), str(file.size), file.sha256, str(one.by)]
    if not files:
        yield [*said, *[""] * 5, str(one.by)]
