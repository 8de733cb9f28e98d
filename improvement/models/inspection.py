from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from improvement.models.council import Council

if TYPE_CHECKING:
    from improvement.models.user import User


class FrameworkManager(models.Manager["Framework"]):
    def get_by_natural_key(self, slug: str) -> "Framework":
        return self.get(slug=slug)


class Framework(models.Model):
    """An inspection regime: what is judged, in what order, on which scale."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = FrameworkManager()

    class Meta:
        ordering = ["from_on", "slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class AreaManager(models.Manager["Area"]):
    def get_by_natural_key(self, framework: str, slug: str) -> "Area":
        return self.get(framework__slug=framework, slug=slug)


class Area(models.Model):
    """Something that a framework judges, worded as it was at the time; parallel sets share a `group`."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="areas")
    slug = models.SlugField()
    group = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField()

    objects = AreaManager()

    class Meta:
        ordering = ["framework", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="area_slug_once_in_framework")
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
    """One step of a framework's scale; position 1 is the best."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="grades")
    slug = models.SlugField()
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    objects = GradeManager()

    class Meta:
        ordering = ["framework", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="grade_slug_once_in_framework")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (*self.framework.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.framework"]  # type: ignore[attr-defined]


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(council__memberships__user=user)

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
    note = models.TextField(blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="inspection_slug_once_in_council"),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")), name="inspection_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name

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
