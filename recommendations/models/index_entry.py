from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

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

    def under(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def current(self, *, on: date) -> Self:
        """Entries that stood at the end of a day: put in by then, and not taken out by then."""
        same = IndexEntry.objects.filter(action=OuterRef("action"), kind=OuterRef("kind"), on__lte=on)
        overtaken = Exists(same.filter(sequence__gt=OuterRef("sequence")))
        return self.filter(~overtaken, on__lte=on, stands=True)

    def in_plan_order(self) -> Self:
        place = ("recommendation__theme__position", "recommendation__position", "position", "pk")
        return self.order_by(*(f"action__{part}" for part in place), "kind", "sequence")

    def last_of(self, action: "Action", kind: str) -> "IndexEntry | None":
        return self.filter(action=action, kind=kind).order_by("-sequence").first()

    def get_by_natural_key(
        self, council: str, plan: str, reference: str, number: str, kind: str, sequence: int
    ) -> "IndexEntry":
        return self.get(
            action__recommendation__plan__council__slug=council,
            action__recommendation__plan__slug=plan,
            action__recommendation__reference=reference,
            action__number=number,
            kind=kind,
            sequence=sequence,
        )


class IndexEntry(models.Model):
    """On a day an action was put under a heading of the plan's index of changes, or taken from under it.

    The last entry of an action and heading by a day says whether it stood there then. Nothing is overwritten.
    """

    action = models.ForeignKey(
        "recommendations.Action", on_delete=models.PROTECT, related_name="index_entries"
    )
    kind = models.CharField(max_length=10, choices=ChangeKind)
    sequence = models.PositiveIntegerField(default=1)
    on = models.DateField()
    stands = models.BooleanField(default=True, help_text="Put in; otherwise taken out.")

    objects = IndexEntryQuerySet.as_manager()

    class Meta:
        ordering = ["action", "kind", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "kind", "sequence"], name="index_entry_sequence_once_under_a_heading"
            ),
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="index_entry_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_kind_display()}"

    def natural_key(self) -> tuple[str, str, str, str, str, int]:
        return (*self.action.natural_key(), self.kind, self.sequence)

    natural_key.dependencies = ["recommendations.action"]  # type: ignore[attr-defined]
