from typing import Any

from django.core.management.base import BaseCommand

from boards.chasing import tick
from improvement import clock


class Command(BaseCommand):
    help = "Do all that is due now: one e-mail to each who has something to be told. Safe to run as often as you like."

    def handle(self, *args: Any, **options: Any) -> None:
        count = len(tick.run(on=clock.today()))
        if options["verbosity"]:
            self.stdout.write(f"{count} {'e-mail is' if count == 1 else 'e-mails are'} on the way.")
