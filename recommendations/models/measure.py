from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from improvement.models import Plan, User
from recommendations.models.recommendation import Recommendation


class MeasureKind(models.TextChoices):
    NUMBER = "number", "Number"
    PERCENTAGE = "percentage", "Percentage"
    STATEMENT = "statement", "Statement in children's words"


class Better(models.TextChoices):
    """Which way is good news; some numbers only tell how much there is to do."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    NEITHER = "neither", "Neither way is better in itself"


class ReadingPrecision(models.TextChoices):
    DAY = "day", "Day"
    MONTH = "month", "Month"


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def proving(self, recommendation: Recommendation) -> Self:
        """Measures whose movement would show that a recommendation's outcome is there."""
        return self.filter(recommendation=recommendation)

    def added_by(self, *, on: date) -> Self:
        """Measures that the plan had on a day."""
        return self.filter(added_on__lte=on)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def get_by_natural_key(self, council: str, plan: str, slug: str) -> "Measure":
        return self.get(plan__council__slug=council, plan__slug=plan, slug=slug)


class Measure(models.Model):
    """Something that is counted or asked again and again to see whether children's lives change."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    slug = models.SlugField()
    name = models.CharField(max_length=200, help_text="For a statement: the statement itself.")
    kind = models.CharField(max_length=12, choices=MeasureKind)
    unit = models.CharField(max_length=60, blank=True, help_text="What is counted, for example: plans.")
    better = models.CharField(max_length=8, choices=Better, default=Better.NEITHER)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    recommendation = models.ForeignKey(
        Recommendation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
        help_text="The one whose outcome it may prove.",
    )
    asked = models.TextField(
        blank=True, help_text="How it is asked or counted, or the paper it is taken from."
    )
    added_on = models.DateField(help_text="The day on which the plan took it in.")
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="measure_slug_once_in_plan"),
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="measure_kind_is_known"),
            models.CheckConstraint(condition=Q(better__in=Better.values), name="measure_better_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.plan", "recommendations.recommendation"]  # type: ignore[attr-defined]


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(measure__plan__council__memberships__user=user)

    def taken_by(self, *, on: date) -> Self:
        """Readings taken on or before a day, earliest first."""
        return self.filter(on__lte=on).order_by("on", "pk")

    def get_by_natural_key(self, council: str, plan: str, measure: str, on: str) -> "Reading":
        return self.get(
            measure__plan__council__slug=council, measure__plan__slug=plan, measure__slug=measure, on=on
        )


class Reading(models.Model):
    """What a measure showed on a day, or in a month. The next one is added beside it, never in its place."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings")
    on = models.DateField(help_text="For a month: its first day.")
    precision = models.CharField(max_length=5, choices=ReadingPrecision, default=ReadingPrecision.DAY)
    value = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Empty where only words were given."
    )
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "on"], name="reading_once_per_measure_and_day"),
            models.CheckConstraint(
                condition=Q(precision__in=ReadingPrecision.values), name="reading_precision_is_known"
            ),
            # That a month stands on its first day is no constraint here: SQLite would need a function of Django's for
            # it, and no other program could then check, copy or write the database.
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.when}"

    @property
    def when(self) -> str:
        """The day, or the month where no more is known."""
        return f"{self.on:%B %Y}" if self.precision == ReadingPrecision.MONTH else f"{self.on:%-d %B %Y}"

    @property
    def placed(self) -> str:
        """When, within a sentence: “in September 2012”, “on 14 November 2012”."""
        return f"in {self.when}" if self.precision == ReadingPrecision.MONTH else f"on {self.when}"

    def natural_key(self) -> tuple[str, str, str, str]:
        return (*self.measure.natural_key(), self.on.isoformat())

    natural_key.dependencies = ["recommendations.measure"]  # type: ignore[attr-defined]
