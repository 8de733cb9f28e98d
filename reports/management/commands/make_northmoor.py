from typing import Any

from django.core.exceptions import BadRequest
from django.core.management.base import BaseCommand, CommandError, CommandParser

from improvement import clock, demonstration
from improvement.models import Council
from reports.northmoor import making
from reports.northmoor.story import SEED


class Command(BaseCommand):
    help = "Make the demonstration's invented council, Northmoor, as it stands today; `demo` does this by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", metavar="YYYY-MM-DD", help="the day up to which it lived; today without it"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="another number tells another story")

    def handle(self, *args: Any, **options: Any) -> None:
        if Council.objects.filter(slug=demonstration.LIVING).exists():
            raise CommandError("Northmoor is there already. What happened since it was made stays as it is.")
        try:
            on = clock.read_day(options["on"]) if options["on"] else clock.today()
        except BadRequest as error:
            raise CommandError(str(error)) from error
        council = making.make(on=on, seed=options["seed"])
        if options["verbosity"]:
            self.stdout.write(f"{council.name} is there, with all that happened until {on:%-d %B %Y}.")
