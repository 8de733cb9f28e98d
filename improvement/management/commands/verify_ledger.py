from typing import Any

from django.core.management.base import BaseCommand, CommandError

from improvement import ledger
from improvement.models import LedgerHead


class Command(BaseCommand):
    help = "Walk the ledger and say whether every change is as it was written; names the first that is not."

    def handle(self, *args: Any, **options: Any) -> None:
        fault = ledger.verify()
        if fault:
            raise CommandError(f"The ledger was tampered with. {fault.sentence}")
        count = LedgerHead.objects.get(pk=1).position
        self.stdout.write(f"The ledger is whole: {count} {'change' if count == 1 else 'changes'}.")
