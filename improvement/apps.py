from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from improvement import logs


class ImprovementConfig(AppConfig):
    name = "improvement"
    verbose_name = "Improvement"

    def ready(self) -> None:
        logs.configure()
        # The one signal in the house: only Django knows when a migration has just dropped a trigger.
        post_migrate.connect(set_triggers, sender=self)


def set_triggers(**kwargs: Any) -> None:
    from improvement import triggers  # noqa: PLC0415 - models exist only once every app is ready

    triggers.ensure_ledger()
