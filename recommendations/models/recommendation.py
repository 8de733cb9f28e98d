from datetime import date
from typing import Self

from django.db import models

from improvement.models import Inspection, Organisation, Plan, Theme, User


class Timescale(models.TextChoices):
    """How soon the inspectors want it, in their own bands."""

    IMMEDIATE = "immediate", "Immediate"
    THREE_MONTHS = "three-months", "Within 3 months"
    SIX_MONTHS = "six-months", "Within 6 months"
    TWELVE_MONTHS = "twelve-months", "Within 12 months"
    NONE = "none", "No timescale"


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def for_theme(self, theme: Theme) -> Self:
        return self.filter(theme=theme)

    def addressed_to(self, organisation: Organisation) -> Self:
        return self.filter(organisations=organisation)

    def raised_by(self, *, on: date) -> Self:
        """Recommendations that had been made by a day."""
        return self.filter(raised_on__lte=on)

    def in_order(self) -> Self:
        return self.order_by("theme__position", "position", "pk")

    def get_by_natural_key(self, council: str, plan: str, reference: str) -> "Recommendation":
        return self.get(plan__council__slug=council, plan__slug=plan, reference=reference)


class Recommendation(models.Model):
    """What the inspectors recommend, under a reference. Its words never change once the plan is agreed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="recommendations")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="recommendations")
    reference = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    outcome = models.TextField(blank=True)
    timescale = models.CharField(max_length=20, choices=Timescale)
    organisations = models.ManyToManyField(Organisation, related_name="recommendations", blank=True)
    raised_on = models.DateField(help_text="The day on which it was published.")
    raised_by = models.CharField(
        max_length=80,
        default="Ofsted",
        help_text="The inspectorate, or “The council” for a priority of its own.",
    )
    inspection = models.ForeignKey(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    note = models.TextField(blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "theme__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "reference"], name="recommendation_reference_once_in_plan"
            ),
            models.CheckConstraint(
                condition=models.Q(timescale__in=Timescale.values), name="timescale_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.reference)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "improvement.plan",
        "improvement.theme",
        "improvement.organisation",
        "improvement.inspection",
    ]
