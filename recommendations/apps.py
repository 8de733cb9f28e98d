from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = "Recommendations"

    def ready(self) -> None:
        post_migrate.connect(set_triggers, sender=self)


def set_triggers(**kwargs: Any) -> None:
    from improvement import triggers  # noqa: PLC0415 - models exist only once every app is ready
    from recommendations.models import ProgressUpdate  # noqa: PLC0415

    triggers.protect(ProgressUpdate)
