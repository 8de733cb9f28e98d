from argparse import RawDescriptionHelpFormatter
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import BadRequest
from django.core.management.base import BaseCommand, CommandError, CommandParser

from improvement import clock
from improvement.models import Plan
from reports.taking_out import fixture
from reports.taking_out.excel import TooLongForExcel
from reports.taking_out.fixture import FileGone
from reports.taking_out.formats import Form, form_of
from reports.taking_out.plan_table import Only, plan_table

# What may be asked for, and how its file ends.
WRONG_USAGE = 2
ENDINGS = {"excel": "xlsx", "word": "docx", "csv": "csv", "json": "json", "fixture": "zip"}
EPILOG = """
formats:
  excel    to sort and filter, or to be filled in by a partner and brought back with import_plan
  word     to print and to send round: one table with the key
  csv      for any spreadsheet, the same rows and columns
  json     for programs; its schema is at /schemas/plan-1.json
  fixture  a zip for another installation: all of the plan, its history and evidence files, without accounts

examples:
  manage.py export_plan harrow/children-and-families-2012 --output plan.xlsx
  manage.py export_plan harrow/children-and-families-2012 --output nhs.xlsx --organisation nhs-harrow
  manage.py export_plan harrow/children-and-families-2012 --format csv --output plan.csv --on 2012-09-20

exit codes:
  0  the file was written
  1  nothing was written; the last line says why
  2  the command was not written as it has to be
"""


class Command(BaseCommand):
    help = (
        "Write a plan to a file: as Excel, Word, CSV or JSON, one row for each action as it stands on a day, or as a "
        "fixture with all of its history. The same plan on the same day makes the same bytes."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, epilog=EPILOG, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "plan", metavar="COUNCIL/PLAN", help="for example harrow/children-and-families-2012"
        )
        parser.add_argument(
            "--format", choices=[*ENDINGS], help="as the name of the file says, if it is not given"
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE", help="where it is written")
        parser.add_argument(
            "--on", metavar="YYYY-MM-DD", help="the day to show; the council's own day without it"
        )
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--organisation", metavar="SLUG", help="only actions that one of its posts leads")
        whose.add_argument("--lead", metavar="POST", help="only actions of this post, by its abbreviation")

    def handle(self, *args: Any, **options: Any) -> None:
        self.told = options["verbosity"] > 0
        plan = self._plan(options["plan"])
        output: Path = options["output"]
        only = self._only(plan, options)
        try:
            on = clock.read_day(options["on"]) if options["on"] else clock.day_of(plan.council)
        except BadRequest as error:
            raise CommandError(str(error), returncode=WRONG_USAGE) from error
        ending = ENDINGS[options["format"]] if options["format"] else output.suffix.lower().removeprefix(".")
        form = form_of(ending)
        if form is None and ending != ENDINGS["fixture"]:
            raise CommandError(
                f"The name {output.name} does not say which format you want. Add --format: {', '.join(ENDINGS)}.",
                returncode=WRONG_USAGE,
            )
        if form is None and (only.words or options["on"]):
            raise CommandError(
                "A fixture holds all of the plan and every day. Leave --on, --organisation and --lead away.",
                returncode=WRONG_USAGE,
            )
        unfinished = output.with_name(output.name + ".part")
        try:
            # A file appears whole or not at all.
            with unfinished.open("wb") as file:
                said = self._write(form, plan, on, only, file)
            unfinished.replace(output)
        except OSError as error:
            why = (
                f"there is no folder {output.parent}"
                if isinstance(error, FileNotFoundError)
                else error.strerror
            )
            raise CommandError(f"Nothing was written to {output}: {why}.") from error
        except (TooLongForExcel, FileGone) as refused:
            raise CommandError(f"Nothing was written. {refused}") from refused
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{said} in {output}")

    def _write(self, form: Form | None, plan: Plan, on: date, only: Only, file: BinaryIO) -> str:
        """Write it; what was written, in words."""
        self._tell(f"Reading {plan.name} ...")
        if form is None:
            made = fixture.of(plan)
            self._tell(f"Writing {len(made.records):,} records and {len(made.evidence):,} files ...")
            fixture.write(made, file)
            return f"{_counted(len(made.records), 'record')} and {_counted(len(made.evidence), 'file')} of evidence"
        table = plan_table(plan, on, only=only)
        self._tell(f"Writing {_counted(len(table.rows), 'row')} as {form.name} ...")
        file.write(form.make(table))
        return f"{_counted(table.count, 'action')} as of {on:%-d %B %Y}"

    def _tell(self, words: str) -> None:
        if self.told:
            self.stderr.write(words)

    def _plan(self, name: str) -> Plan:
        council, _, slug = name.partition("/")
        plan = (
            Plan.objects.filter(council__slug=council, slug=slug)
            .select_related("council", "rating_scale")
            .first()
        )
        if plan is None:
            known = ", ".join("/".join(plan.natural_key()) for plan in Plan.objects.select_related("council"))
            raise CommandError(
                f"There is no plan {name}. There is: {known or 'none yet'}.", returncode=WRONG_USAGE
            )
        return plan

    def _only(self, plan: Plan, options: dict[str, Any]) -> Only:
        slug, abbreviation = options["organisation"], options["lead"]
        organisations = {one.slug: one for one in plan.council.organisations.all()}
        posts = plan.council.lead_officers.select_related("organisation")
        leads = {post.abbreviation: post for post in posts}
        for asked, known, what in ((slug, organisations, "organisation"), (abbreviation, leads, "post")):
            if asked and asked not in known:
                raise CommandError(
                    f"There is no {what} {asked}. There is: {', '.join(known) or 'none yet'}.",
                    returncode=WRONG_USAGE,
                )
        return Only(organisations.get(slug), leads.get(abbreviation))


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
