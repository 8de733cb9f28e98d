from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from improvement.models import Plan, User

if TYPE_CHECKING:
    from recommendations.models.action import Action


class RewordingQuerySet(models.QuerySet["Rewording"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(action__recommendation__plan__council__memberships__user=user)

    def made_by(self, *, on: date) -> Self:
        """Made on or before a day, the latest first: the first of an action is its wording then."""
        return self.filter(on__lte=on).order_by("-on", "-sequence")

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(action__recommendation__plan=plan)

    def since(self, day: date) -> Self:
        return self.filter(on__gte=day)

    def of_action(self, action: "Action") -> Self:
        return self.filter(action=action)

    def get_by_natural_key(
        self, council: str, plan: str, reference: str, number: str, sequence: int
    ) -> "Rewording":
        return self.get(
            action__recommendation__plan__council__slug=council,
            action__recommendation__plan__slug=plan,
            action__recommendation__reference=reference,
            action__number=number,
            sequence=sequence,
        )

    def last_of(self, action: "Action") -> "Rewording | None":
        return self.filter(action=action).select_related("by").order_by("-sequence").first()


class Rewording(models.Model):
    """New words for an action from a day on, and why. The words that the plan began with stay on the action."""

    action = models.ForeignKey("recommendations.Action", on_delete=models.PROTECT, related_name="rewordings")
    sequence = models.PositiveIntegerField()
    on = models.DateField()
    text = models.TextField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rewordings")

    objects = RewordingQuerySet.as_manager()

    class Meta:
        ordering = ["action", "-on", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["action", "sequence"], name="rewording_sequence_once_per_action")
        ]

    def __str__(self) -> str:
        return f"{self.action}, reworded {self.on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, str, int]:
        return (*self.action.natural_key(), self.sequence)

    natural_key.dependencies = ["recommendations.action"]  # type: ignore[attr-defined]
