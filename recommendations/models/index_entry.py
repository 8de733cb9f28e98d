from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from improvement.models import Plan, User

if TYPE_CHECKING:
    from recommendations.models.action import Action


class ChangeKind(models.TextChoices):
    """What an action changes for good: the four headings of an index of changes."""

    POLICY = "policy", "New or changed policy"
    GUIDANCE = "guidance", "New or changed guidance"
    QUALITY = "quality", "Quality improvement"
    WORKFORCE = "workforce", "Change to workforce planning, learning and development"


class IndexEntryQuerySet(models.QuerySet["IndexEntry"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(action__recommendation__plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(action__recommendation__plan=plan)

    def of_action(self, action: "Action") -> Self:
        return self.filter(action=action)

    def current(self, *, on: date) -> Self:
        """Entries that stood on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)

    def get_by_natural_key(
        self, council: str, plan: str, reference: str, number: str, kind: str, from_on: str
    ) -> "IndexEntry":
        return self.get(
            action__recommendation__plan__council__slug=council,
            action__recommendation__plan__slug=plan,
            action__recommendation__reference=reference,
            action__number=number,
            kind=kind,
            from_on=from_on,
        )


class IndexEntry(models.Model):
    """An action stands in the plan's index of changes under a heading, from a day until it is taken out."""

    action = models.ForeignKey(
        "recommendations.Action", on_delete=models.PROTECT, related_name="index_entries"
    )
    kind = models.CharField(max_length=10, choices=ChangeKind)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = IndexEntryQuerySet.as_manager()

    class Meta:
        ordering = ["action", "kind", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "kind"], condition=Q(until_on=None), name="index_entry_stands_once"
            ),
            models.UniqueConstraint(fields=["action", "kind", "from_on"], name="index_entry_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="index_entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="index_entry_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_kind_display()}"

    def natural_key(self) -> tuple[str, str, str, str, str, str]:
        return (*self.action.natural_key(), self.kind, f"{self.from_on}")

    natural_key.dependencies = ["recommendations.action"]  # type: ignore[attr-defined]
