from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from improvement.models import Plan, User

if TYPE_CHECKING:
    from recommendations.models.action import Action


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(action__recommendation__plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(action__recommendation__plan=plan)

    def made_by(self, *, on: date) -> Self:
        """Made on or before a day, the latest first."""
        return self.filter(on__lte=on).order_by("-on", "-sequence", "-pk")

    def since(self, day: date) -> Self:
        return self.filter(on__gte=day)

    def last_of(self, action: "Action") -> "Handover | None":
        return self.filter(action=action).select_related("by").order_by("-sequence").first()

    def with_leads(self) -> Self:
        """With those to whom it was handed over, the accountable one first."""
        return self.prefetch_related("leads__lead_officer")

    def get_by_natural_key(
        self, council: str, plan: str, reference: str, number: str, sequence: int
    ) -> "Handover":
        return self.get(
            action__recommendation__plan__council__slug=council,
            action__recommendation__plan__slug=plan,
            action__recommendation__reference=reference,
            action__number=number,
            sequence=sequence,
        )


class Handover(models.Model):
    """Other lead officers for an action from a day on, and why. Those who led it before stay in its history."""

    action = models.ForeignKey("recommendations.Action", on_delete=models.PROTECT, related_name="handovers")
    sequence = models.PositiveIntegerField()
    on = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["action", "-on", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["action", "sequence"], name="handover_sequence_once_per_action")
        ]

    def __str__(self) -> str:
        return f"{self.action}, handed over {self.on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, str, int]:
        return (*self.action.natural_key(), self.sequence)

    natural_key.dependencies = ["recommendations.action"]  # type: ignore[attr-defined]
