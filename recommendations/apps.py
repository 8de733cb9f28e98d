from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from improvement import triggers

APPEND_ONLY = (
    "ActionLead",
    "Handover",
    "ProgressUpdate",
    "Rewording",
    "Review",
    "Review_evidence",
    "IndexEntry",
    "Reading",
    "Dismissal",
    "ChallengeSettings",
)


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = "Recommendations"

    def ready(self) -> None:
        post_migrate.connect(protect_what_was_said, sender=self)


def protect_what_was_said(sender: AppConfig, **kwargs: Any) -> None:
    for name in APPEND_ONLY:
        triggers.protect(sender.get_model(name))
