from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from improvement.models.council import Council
from improvement.models.inspection import Inspection
from improvement.models.rating import RatingScale

if TYPE_CHECKING:
    from improvement.models.user import User


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(council__memberships__user=user)

    def with_sections(self) -> Self:
        """Which pages a plan has beside those that every plan has: `has_scorecard` and `has_risks`."""
        same = self.model._default_manager.filter(pk=OuterRef("pk"))
        return self.annotate(
            has_scorecard=Exists(same.filter(measures__isnull=False)),
            has_risks=Exists(same.filter(Q(risks__isnull=False) | Q(costs__isnull=False))),
        )

    def get_by_natural_key(self, council: str, slug: str) -> "Plan":
        return self.get(council__slug=council, slug=slug)


class Plan(models.Model):
    """What everyone agreed to do about one or more inspections, with a rating key of its own."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="plans")
    slug = models.SlugField()
    name = models.CharField(max_length=160)
    version = models.CharField(max_length=20)
    inspections = models.ManyToManyField(Inspection, related_name="plans", blank=True)
    rating_scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="plans")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.CharField(max_length=120, blank=True)
    ratified_on = models.DateField(null=True, blank=True)
    ratified_by = models.CharField(max_length=120, blank=True)
    notes = models.TextField(
        blank=True, help_text="What a reader must know about the source, one note a line."
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["council__name", "-agreed_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["council", "slug"], name="plan_slug_once_in_council")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.council", "improvement.inspection", "improvement.ratingscale"]  # type: ignore[attr-defined]


class ThemeManager(models.Manager["Theme"]):
    def get_by_natural_key(self, council: str, plan: str, slug: str) -> "Theme":
        return self.get(plan__council__slug=council, plan__slug=plan, slug=slug)


class Theme(models.Model):
    """A part of a plan under one heading, such as Safeguarding."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="themes")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    objects = ThemeManager()

    class Meta:
        ordering = ["plan", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "slug"], name="theme_slug_once_in_plan")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.plan"]  # type: ignore[attr-defined]
