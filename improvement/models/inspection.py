from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from improvement.models.council import Council
from improvement.models.framework import Area, Framework, Grade

if TYPE_CHECKING:
    from improvement.models.user import User


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(council__memberships__user=user)

    def begun(self, *, on: date) -> Self:
        """Inspections that had begun by a day."""
        return self.filter(started_on__lte=on)

    def with_judgements(self) -> Self:
        """With all that a chart or a list of their grades reads."""
        return self.select_related("framework").prefetch_related(
            "framework__grades", "judgements__area", "judgements__grade"
        )

    def get_by_natural_key(self, council: str, slug: str) -> "Inspection":
        return self.get(council__slug=council, slug=slug)


class Inspection(models.Model):
    """A visit of inspectorates to a council, and the report that they published."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="inspections")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="inspections")
    slug = models.SlugField()
    name = models.CharField(max_length=160)
    inspectorates = models.CharField(max_length=120)
    started_on = models.DateField()
    ended_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day the council received the report: the statutory clock starts here.",
    )
    received_note = models.CharField(
        max_length=240, blank=True, help_text="How the day is known, or that it was assumed."
    )
    note = models.TextField(blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="inspection_slug_once_in_council"),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")), name="inspection_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("started_on")), name="inspection_received_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(published_on__gte=F("started_on")), name="inspection_published_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reported_on(self) -> date:
        """The first day on which the council knew its judgements, as far as is recorded."""
        return min(filter(None, (self.received_on, self.published_on)), default=self.ended_on)

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.council", "improvement.framework"]  # type: ignore[attr-defined]


class JudgementManager(models.Manager["Judgement"]):
    def get_by_natural_key(self, council: str, inspection: str, framework: str, area: str) -> "Judgement":
        return self.get(
            inspection__council__slug=council,
            inspection__slug=inspection,
            area__framework__slug=framework,
            area__slug=area,
        )


class Judgement(models.Model):
    """The grade that an inspection gave to an area."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="judgements")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="judgements")
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, related_name="judgements")

    objects = JudgementManager()

    class Meta:
        ordering = ["inspection", "area__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "area"], name="judgement_once_per_area")]

    def __str__(self) -> str:
        return f"{self.area}: {self.grade}"

    def natural_key(self) -> tuple[str, str, str, str]:
        council, inspection = self.inspection.natural_key()
        return (council, inspection, *self.area.natural_key())

    natural_key.dependencies = ["improvement.inspection", "improvement.area", "improvement.grade"]  # type: ignore[attr-defined]
