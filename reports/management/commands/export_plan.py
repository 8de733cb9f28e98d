from pathlib import Path
from typing import Any

from django.core.exceptions import BadRequest
from django.core.management.base import BaseCommand, CommandError, CommandParser

from improvement import clock
from improvement.models import Plan
from recommendations import progress
from recommendations.models import Action
from reports import exports


class Command(BaseCommand):
    help = "Write a plan to a file, one row per action, as it stands on a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "plan", metavar="COUNCIL/PLAN", help="for example harrow/children-and-families-2012"
        )
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument(
            "--on", metavar="YYYY-MM-DD", help="the day to show; the council's own day without it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self._plan(options["plan"])
        try:
            on = clock.read_day(options["on"]) if options["on"] else clock.day_of(plan.council)
        except BadRequest as error:
            raise CommandError(str(error)) from error
        actions = Action.objects.for_plan(plan).as_of(on).with_recommendation().with_leads().in_plan_order()
        standings = progress.standings(actions, on=on)
        unfinished = options["output"].with_name(options["output"].name + ".part")
        try:
            # A file appears whole or not at all.
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                exports.write_csv(standings, file)
            unfinished.replace(options["output"])
        except OSError as error:
            raise CommandError(f"Nothing was written: {error.strerror} ({options['output']}).") from error
        count = len(standings)
        self.stdout.write(
            f"{count} {'action' if count == 1 else 'actions'} as of {on:%-d %B %Y} in {options['output']}"
        )

    def _plan(self, name: str) -> Plan:
        council, _, slug = name.partition("/")
        plan = (
            Plan.objects.filter(council__slug=council, slug=slug)
            .select_related("council", "rating_scale")
            .first()
        )
        if plan is None:
            known = ", ".join("/".join(plan.natural_key()) for plan in Plan.objects.select_related("council"))
            raise CommandError(f"There is no plan {name}. There is: {known or 'none yet'}.")
        return plan
