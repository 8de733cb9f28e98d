from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from improvement.models.council import Council
from improvement.models.framework import Unit
from improvement.models.inspection import Inspection

if TYPE_CHECKING:
    from improvement.models.plan import Plan
    from improvement.models.user import User


class InterventionKind(models.TextChoices):
    """What the government does where a service fails."""

    NOTICE = "improvement-notice", "Improvement notice"
    DIRECTION = "direction", "Direction of the Secretary of State"
    OTHER = "other", "Other intervention"


class InterventionQuerySet(models.QuerySet["Intervention"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(council__memberships__user=user)

    def known(self, *, on: date) -> Self:
        """Issued by a day, or expected after an inspection that had ended by then."""
        return self.filter(
            Q(issued_on__lte=on)
            | Q(issued_on__isnull=True, inspection__isnull=True)
            | Q(issued_on__isnull=True, inspection__ended_on__lte=on)
        )

    def for_plan(self, plan: "Plan") -> Self:
        """Those that followed an inspection that the plan answers, and those of the council that followed none."""
        followed = Q(inspection__in=plan.inspections.all())
        return self.filter(followed | Q(inspection=None), council=plan.council_id)

    def not_ended(self, *, on: date) -> Self:
        """Not lifted yet on a day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on))

    def in_order(self) -> Self:
        """The earliest first, what is expected last."""
        return self.order_by(F("issued_on").asc(nulls_last=True), "pk")

    def get_by_natural_key(self, council: str, slug: str) -> "Intervention":
        return self.get(council__slug=council, slug=slug)


class Intervention(models.Model):
    """The government steps in: an improvement notice, a direction, and what it asks for until it is lifted."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="interventions")
    inspection = models.ForeignKey(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="interventions"
    )
    slug = models.SlugField()
    kind = models.CharField(max_length=20, choices=InterventionKind)
    by_whom = models.CharField(max_length=120)
    issued_on = models.DateField(null=True, blank=True)
    issued_text = models.CharField(
        max_length=120, blank=True, help_text="When it was issued, where no paper gives the day."
    )
    expected = models.CharField(max_length=240, blank=True, help_text="What is known before it is issued.")
    expected_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How long it is expected to last."
    )
    report_every = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How often progress is reported to the department."
    )
    report_unit = models.CharField(max_length=20, choices=Unit, default=Unit.MONTHS)
    ended_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        ordering = [F("issued_on").desc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="intervention_slug_once_in_council"),
            models.CheckConstraint(
                condition=Q(kind__in=InterventionKind.values), name="intervention_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=False) | ~Q(issued_text="") | ~Q(expected=""),
                name="intervention_is_issued_or_expected",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("issued_on")), name="intervention_ends_after_it_is_issued"
            ),
            models.CheckConstraint(
                condition=Q(report_unit__in=[Unit.WEEKS, Unit.MONTHS]),
                name="intervention_reports_in_weeks_or_months",
            ),
            models.CheckConstraint(
                condition=Q(report_every__gte=1), name="intervention_reports_at_an_interval"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.by_whom}"

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.council", "improvement.inspection"]  # type: ignore[attr-defined]
