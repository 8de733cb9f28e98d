from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, Q

GRADES = "grades"


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def in_force(self, *, on: date) -> Self:
        """Frameworks that inspections followed on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), from_on__lte=on)

    def out_of_force(self, *, on: date) -> Self:
        """Frameworks of before or after a day."""
        return self.filter(Q(until_on__lt=on) | Q(from_on__gt=on))

    def with_counts(self) -> Self:
        """With how many areas it judges and how many duties follow it."""
        return self.annotate(
            area_count=Count("areas", distinct=True), duty_count=Count("duties", distinct=True)
        )

    def with_everything(self) -> Self:
        """With its areas, grades and duties in order."""
        return self.prefetch_related("areas__part_of", "grades", "duties")

    def get_by_natural_key(self, slug: str) -> "Framework":
        return self.get(slug=slug)


class FrameworkKind(models.TextChoices):
    """What sort of look an inspectorate takes."""

    INSPECTION = "inspection", "Inspection"
    PROGRESS_REVIEW = "progress-review", "Progress review"
    VISIT = "visit", "Focused or monitoring visit"
    JOINT = "joint-inspection", "Joint inspection"
    ASSESSMENT = "assessment", "Local authority assessment"


class Framework(models.Model):
    """An inspection regime: what is judged, in what order, on which scale, and what must be done afterwards."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=FrameworkKind, default=FrameworkKind.INSPECTION)
    inspectorates = models.CharField(
        max_length=200, default="Ofsted", help_text="Separated by commas; the one that leads comes first."
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="What is not certain, or what a reader must know.")

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="framework_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FrameworkKind.values), name="framework_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def scales(self) -> list[tuple[str, list["Grade"]]]:
        """Its scales with their grades, best first, in the order in which its areas use them."""
        grades, areas = list(self.grades.all()), list(self.areas.all())
        names = dict.fromkeys(area.scale for area in areas if area.scale)
        return [(name, [grade for grade in grades if grade.scale == name]) for name in names]

    @property
    def lead_inspectorate(self) -> str:
        """Whose scale it is: the same word of another inspectorate need not mean the same."""
        return self.inspectorates.split(",")[0].strip()


class AreaManager(models.Manager["Area"]):
    def get_by_natural_key(self, framework: str, slug: str) -> "Area":
        return self.get(framework__slug=framework, slug=slug)


class Area(models.Model):
    """Something that a framework judges, worded as it was at the time.

    Parallel sets share a `group`; a sub-judgement is `part_of` another; `scale` names the grades it takes, and an area
    without one is reported on in words alone.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="areas")
    slug = models.SlugField()
    group = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField()
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    scale = models.SlugField(default=GRADES, blank=True)

    objects = AreaManager()

    class Meta:
        ordering = ["framework", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="area_slug_once_in_framework"),
            models.CheckConstraint(condition=~Q(part_of=F("pk")), name="area_is_no_part_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.name}" if self.group else self.name

    def natural_key(self) -> tuple[str, str]:
        return (*self.framework.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.framework"]  # type: ignore[attr-defined]


class GradeManager(models.Manager["Grade"]):
    def get_by_natural_key(self, framework: str, slug: str) -> "Grade":
        return self.get(framework__slug=framework, slug=slug)


class Grade(models.Model):
    """One step of a scale of a framework; position 1 is the best. Progress and capacity may each have their scale."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="grades")
    scale = models.SlugField(default=GRADES)
    slug = models.SlugField()
    name = models.CharField(max_length=240)
    position = models.PositiveSmallIntegerField()

    objects = GradeManager()

    class Meta:
        ordering = ["framework", "scale", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="grade_slug_once_in_framework"),
            models.UniqueConstraint(
                fields=["framework", "scale", "position"], name="grade_position_once_in_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (*self.framework.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.framework"]  # type: ignore[attr-defined]


class DutyManager(models.Manager["Duty"]):
    def get_by_natural_key(self, framework: str, slug: str) -> "Duty":
        return self.get(framework__slug=framework, slug=slug)


class Unit(models.TextChoices):
    """In what a deadline is counted."""

    WORKING_DAYS = "working-days", "working days"
    CALENDAR_DAYS = "calendar-days", "calendar days"
    WEEKS = "weeks", "weeks"
    MONTHS = "months", "months"


class CountedFrom(models.TextChoices):
    """The day that a deadline is counted from; that day itself is day 0."""

    RECEIVED = "received", "receiving the report"
    PUBLISHED = "published", "publication of the report"
    ENDED = "ended", "the end of the inspection"
    INTERVENTION = "intervention", "the start of the intervention"


class Duty(models.Model):
    """What must be done after an inspection and by when, with the regulation that says so.

    Without an `amount` it comes round again and again, at the interval that the intervention sets.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="duties")
    slug = models.SlugField()
    name = models.CharField(max_length=200, help_text="What must be done, in plain words.")
    who = models.CharField(max_length=120, default="The council")
    amount = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20, choices=Unit, default=Unit.WORKING_DAYS)
    counted_from = models.CharField(max_length=20, choices=CountedFrom, default=CountedFrom.RECEIVED)
    condition = models.CharField(max_length=200, blank=True, help_text="When it applies; empty for always.")
    source = models.CharField(
        max_length=240, blank=True, help_text="The regulation or guidance that says so."
    )
    position = models.PositiveSmallIntegerField()

    objects = DutyManager()

    class Meta:
        verbose_name_plural = "duties"
        ordering = ["framework", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="duty_slug_once_in_framework"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="duty_unit_is_known"),
            models.CheckConstraint(
                condition=Q(counted_from__in=CountedFrom.values), name="duty_start_is_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, counted_from=CountedFrom.INTERVENTION)
                | Q(amount__isnull=False, amount__gte=1) & ~Q(counted_from=CountedFrom.INTERVENTION),
                name="duty_without_amount_follows_an_intervention",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def repeats(self) -> bool:
        return self.amount is None

    def natural_key(self) -> tuple[str, str]:
        return (*self.framework.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.framework"]  # type: ignore[attr-defined]
