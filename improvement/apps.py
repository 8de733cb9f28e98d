import gc
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from improvement import logs, triggers

# New objects before Python looks for garbage among them, and so many times before it looks among older ones. By itself it
# begins at 700; a plan makes hundreds of thousands that all stay, and looking took a fifth of the time.
GARBAGE = 50_000, 20, 50


class ImprovementConfig(AppConfig):
    name = "improvement"
    verbose_name = "Improvement"

    def ready(self) -> None:
        logs.configure()
        gc.set_threshold(*GARBAGE)
        # The house's one use of signals: only Django knows when a migration has just dropped a trigger.
        post_migrate.connect(protect_ledger, sender=self)


def protect_ledger(sender: AppConfig, **kwargs: Any) -> None:
    triggers.protect(sender.get_model("Change"), in_order_of="position")
    triggers.protect(sender.get_model("DutyMet"))
    triggers.protect(sender.get_model("DutyOverride"))
    # What was agreed stays as it was agreed.
    triggers.protect(sender.get_model("PlanVersion"))
    triggers.protect(sender.get_model("SignOff"))
    sender.get_model("LedgerHead")._default_manager.get_or_create(pk=1)
