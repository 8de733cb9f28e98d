from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from improvement import triggers

APPEND_ONLY = (
    "ClearanceStep",
    "PublicClosing",
    "PublicOpening",
    "Publication",
    "PublishedFile",
    "Withdrawal",
)


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        post_migrate.connect(protect_what_was_published, sender=self)


def protect_what_was_published(sender: AppConfig, **kwargs: Any) -> None:
    for name in APPEND_ONLY:
        triggers.protect(sender.get_model(name))
