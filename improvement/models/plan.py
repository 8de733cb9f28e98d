from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

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

    def with_version(self, *, on: date) -> Self:
        """The version that had last been agreed by a day: `version_label` and `version_agreed_on`."""
        agreed = PlanVersion.objects.filter(plan=OuterRef("pk")).agreed_by(on=on)
        return self.annotate(
            version_label=Subquery(agreed.values("label")[:1]),
            version_agreed_on=Subquery(agreed.values("agreed_on")[:1]),
        )

    def get_by_natural_key(self, council: str, slug: str) -> "Plan":
        return self.get(council__slug=council, slug=slug)


class Plan(models.Model):
    """What everyone agreed to do about one or more inspections, with a rating key of its own."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="plans")
    slug = models.SlugField()
    name = models.CharField(max_length=160)
    inspections = models.ManyToManyField(Inspection, related_name="plans", blank=True)
    rating_scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="plans")
    closed_on = models.DateField(
        null=True, blank=True, help_text="From this day on nothing in it can be changed."
    )
    notes = models.TextField(
        blank=True, help_text="What a reader must know about the source, one note a line."
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["council__name", "slug", "pk"]
        constraints = [models.UniqueConstraint(fields=["council", "slug"], name="plan_slug_once_in_council")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.council", "improvement.inspection", "improvement.ratingscale"]  # type: ignore[attr-defined]

    def is_closed(self, on: date) -> bool:
        return self.closed_on is not None and self.closed_on <= on


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def agreed_by(self, *, on: date) -> Self:
        """Agreed on or before a day, the latest first."""
        return self.filter(agreed_on__lte=on).order_by("-agreed_on", "-position")

    def without_content(self) -> Self:
        """Without the frozen words, which are long and which only a comparison needs."""
        return self.defer("content")

    def get_by_natural_key(self, council: str, plan: str, label: str) -> "PlanVersion":
        return self.get(plan__council__slug=council, plan__slug=plan, label=label)


class PlanVersion(models.Model):
    """A plan as it was agreed on a day: its recommendations and actions word for word, frozen, with their digest."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    label = models.CharField(max_length=20, help_text="As the plan prints it, for example 2.01.")
    position = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    note = models.TextField(blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "label"], name="version_label_once_in_plan"),
            models.UniqueConstraint(fields=["plan", "position"], name="version_position_once_in_plan"),
        ]

    def __str__(self) -> str:
        return f"version {self.label}"

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.label)

    natural_key.dependencies = ["improvement.plan"]  # type: ignore[attr-defined]


class SignOffQuerySet(models.QuerySet["SignOff"]):
    def signed_by(self, *, on: date) -> Self:
        return self.filter(on__lte=on).order_by("on", "pk")

    def get_by_natural_key(self, council: str, plan: str, label: str, body: str) -> "SignOff":
        return self.get(
            version__plan__council__slug=council,
            version__plan__slug=plan,
            version__label=label,
            body=body,
        )


class SignOff(models.Model):
    """A body, such as the improvement board or Cabinet, signed a version of a plan off on a day."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="sign_offs")
    body = models.CharField(max_length=120)
    on = models.DateField()

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["version", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "body"], name="version_signed_off_once_by_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, str]:
        return (*self.version.natural_key(), self.body)

    natural_key.dependencies = ["improvement.planversion"]  # type: ignore[attr-defined]


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
