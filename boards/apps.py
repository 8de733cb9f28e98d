from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from improvement import triggers

APPEND_ONLY = (
    "ItemNote",
    "PaperStep",
    "Attendance",
    "Decision",
    "BoardActionEnd",
    "MeetingMove",
    "Minutes",
    "NoChange",
    "ChaserSettings",
    "DigestItem",
    "RiskAssessment",
    "RiskWording",
)


class BoardsConfig(AppConfig):
    name = "boards"
    verbose_name = "Boards"

    def ready(self) -> None:
        post_migrate.connect(protect_what_was_decided, sender=self)


def protect_what_was_decided(sender: AppConfig, **kwargs: Any) -> None:
    for name in APPEND_ONLY:
        triggers.protect(sender.get_model(name))
