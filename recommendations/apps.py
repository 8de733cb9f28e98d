from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from improvement import triggers


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = "Recommendations"

    def ready(self) -> None:
        post_migrate.connect(protect_updates, sender=self)


def protect_updates(sender: AppConfig, **kwargs: Any) -> None:
    triggers.protect(sender.get_model("ProgressUpdate"))
