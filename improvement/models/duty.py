from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from improvement.models.framework import Duty
from improvement.models.inspection import Inspection
from improvement.models.intervention import Intervention

if TYPE_CHECKING:
    from improvement.models.user import User


class DutyRecord(models.Model):
    """Something said of a duty of an inspection. Nothing is altered: the last word, by `sequence`, is in force.

    `occurrence` counts the rounds of a duty that comes round again; any other duty has only the first.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="%(class)s_records")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="%(class)s_records")
    intervention = models.ForeignKey(
        Intervention, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)s_records"
    )
    occurrence = models.PositiveSmallIntegerField(default=1)
    sequence = models.PositiveIntegerField()
    on = models.DateField(help_text="The day on which it was recorded.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(
        max_length=160, blank=True, help_text="The paper it was taken from, when nobody typed it."
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.inspection.natural_key(), self.sequence)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "improvement.inspection",
        "improvement.duty",
        "improvement.intervention",
    ]


class DutyMetQuerySet(models.QuerySet["DutyMet"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(inspection__council__memberships__user=user)

    def said_by(self, *, on: date) -> Self:
        """Records made on or before a day, in the order in which they were made."""
        return self.filter(on__lte=on).order_by("sequence")

    def get_by_natural_key(self, council: str, inspection: str, sequence: int) -> "DutyMet":
        return self.get(inspection__council__slug=council, inspection__slug=inspection, sequence=sequence)


class DutyMet(DutyRecord):
    """A duty was met on a day, and how; without a day the record takes an earlier one back."""

    met_on = models.DateField(null=True, blank=True)
    what = models.TextField(help_text="What was done, or why the earlier record was wrong.")

    objects = DutyMetQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties met"
        ordering = ["inspection", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "sequence"], name="duty_met_sequence_once_per_inspection"
            ),
            models.CheckConstraint(
                condition=Q(met_on__lte=F("on")), name="duty_met_by_the_day_it_is_recorded"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="duty_met_says_what_was_done"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.met_on or 'not met'}"


class DutyOverrideQuerySet(models.QuerySet["DutyOverride"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(inspection__council__memberships__user=user)

    def said_by(self, *, on: date) -> Self:
        """Records made on or before a day, in the order in which they were made."""
        return self.filter(on__lte=on).order_by("sequence")

    def get_by_natural_key(self, council: str, inspection: str, sequence: int) -> "DutyOverride":
        return self.get(inspection__council__slug=council, inspection__slug=inspection, sequence=sequence)


class DutyOverride(DutyRecord):
    """Another due day than the one counted, and why; without a day the duty does not apply here."""

    due_on = models.DateField(null=True, blank=True)
    reason = models.TextField()

    objects = DutyOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["inspection", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "sequence"], name="duty_override_sequence_once_per_inspection"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="duty_override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}: {self.due_on or 'does not apply'}"
