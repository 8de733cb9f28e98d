from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

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


class Whose(models.TextChoices):
    """Whom a reading is about: the council, or others to hold it against."""

    COUNCIL = "council", "This council"
    NEIGHBOURS = "neighbours", "Statistical neighbours"
    ENGLAND = "england", "England"


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
    tolerance = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="How far from its target it may be and still be near enough.",
    )
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
            models.CheckConstraint(
                condition=Q(tolerance=None) | Q(tolerance__gte=0, target__isnull=False),
                name="measure_tolerance_is_about_a_target",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.plan", "recommendations.recommendation"]  # type: ignore[attr-defined]


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(measure__plan__council__memberships__user=user)

    def of_measure(self, measure: Measure) -> Self:
        return self.filter(measure=measure)

    def recorded_by(self, *, on: date) -> Self:
        """Readings that Waymark had on a day; what came from a paper counts as known when it was taken."""
        return self.filter(Q(recorded_on=None) | Q(recorded_on__lte=on), on__lte=on)

    def taken_by(self, *, on: date) -> Self:
        """Readings taken and known by a day, earliest first; where one was corrected by then, the correction alone."""
        later = Reading.objects.recorded_by(on=on).filter(
            measure=OuterRef("measure"),
            whose=OuterRef("whose"),
            on=OuterRef("on"),
            sequence__gt=OuterRef("sequence"),
        )
        return self.recorded_by(on=on).filter(~Exists(later)).order_by("on", "pk")

    def last_of(self, measure: Measure, whose: str, on: date) -> "Reading | None":
        """What stands for a day, whenever it was recorded."""
        return self.filter(measure=measure, whose=whose, on=on).order_by("-sequence").first()

    def get_by_natural_key(
        self, council: str, plan: str, measure: str, on: str, whose: str, sequence: int
    ) -> "Reading":
        return self.get(
            measure__plan__council__slug=council,
            measure__plan__slug=plan,
            measure__slug=measure,
            on=on,
            whose=whose,
            sequence=sequence,
        )


class Reading(models.Model):
    """What a measure showed on a day, or in a month, here or elsewhere.

    Nothing is overwritten: a correction is a reading of the same day with the next sequence and a reason.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings")
    whose = models.CharField(max_length=12, choices=Whose, default=Whose.COUNCIL)
    on = models.DateField(help_text="For a month: its first day.")
    sequence = models.PositiveIntegerField(
        default=1, help_text="1 for the first, 2 for its first correction."
    )
    precision = models.CharField(max_length=5, choices=ReadingPrecision, default=ReadingPrecision.DAY)
    value = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="Empty where only words were given."
    )
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True, help_text="Why it corrects the one before.")
    recorded_on = models.DateField(
        null=True, blank=True, help_text="The day on which it was typed; empty where a paper gives it."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="readings"
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["measure", "on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "whose", "on", "sequence"],
                name="reading_sequence_once_per_measure_and_day",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=ReadingPrecision.values), name="reading_precision_is_known"
            ),
            models.CheckConstraint(condition=Q(whose__in=Whose.values), name="reading_whose_is_known"),
            models.CheckConstraint(
                condition=Q(sequence=1) | ~Q(reason=""), name="reading_correction_has_a_reason"
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

    @property
    def is_correction(self) -> bool:
        return self.sequence > 1

    def natural_key(self) -> tuple[str, str, str, str, str, int]:
        return (*self.measure.natural_key(), self.on.isoformat(), self.whose, self.sequence)

    natural_key.dependencies = ["recommendations.measure"]  # type: ignore[attr-defined]
