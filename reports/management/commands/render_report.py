from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

from reports import document, making
from reports.models import Format, Report
from reports.workflow import files


class Command(BaseCommand):
    """Writes a report to a file: the same bytes as the download."""

    help = "Write a committee report to a file, for example harrow/overview-and-scrutiny-2012-11-14."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="COUNCIL/REPORT")
        parser.add_argument("--format", choices=["pdf", "docx", "html"], default="pdf")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE")

    def handle(self, *, report: str, format: str, output: Path, **options: Any) -> None:  # noqa: A002 - the option's name
        found = self.find(report)
        try:
            content = standing_alone(found) if format == "html" else made(found, Format(format))
        except making.ReportFailed as failure:
            raise CommandError(str(failure)) from failure
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {output}, {len(content):,} bytes.")

    def find(self, name: str) -> Report:
        council, _, slug = name.partition("/")
        found = Report.objects.with_plan().filter(council__slug=council, slug=slug).first()
        if found is None:
            there = [f"{report.council.slug}/{report.slug}" for report in Report.objects.with_plan()]
            known = (
                "These are: " + ", ".join(there) + "." if there else "There is none; load the fixtures first."
            )
            raise CommandError(f"There is no report called {name}. {known}")
        return found


def made(report: Report, form: Format) -> bytes:
    return files.made(files.of_report(report, form=form))


def standing_alone(report: Report) -> bytes:
    """The page with its style in it, as one file."""
    context = {"paper": document.of(report), "style": making.style()}
    return render_to_string("reports/report_pdf.html", context).encode()
