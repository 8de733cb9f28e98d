from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from improvement.models import Plan, User

FROM_1_TO_5 = [MinValueValidator(1), MaxValueValidator(5)]
SCORED = ("likelihood_before", "impact_before", "likelihood_after", "impact_after")


class Funded(models.TextChoices):
    """Whether there is money for the response."""

    FUNDED = "funded", "Funded"
    NOT_FUNDED = "not-funded", "Not funded"
    UNKNOWN = "unknown", "Not stated"


class RiskQuerySet(models.QuerySet["Risk"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def raised_by(self, *, on: date) -> Self:
        """Risks that had been raised by a day."""
        return self.filter(raised_on__lte=on)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def get_by_natural_key(self, council: str, plan: str, slug: str) -> "Risk":
        return self.get(plan__council__slug=council, plan__slug=plan, slug=slug)


class Risk(models.Model):
    """What may keep a plan from working: its cause and effect, and what is done about it.

    Likelihood and impact run from 1, the least, to 5, before and after the response; many papers give none.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="risks")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, blank=True, help_text="The number that the paper gives it.")
    title = models.CharField(max_length=160)
    description = models.TextField(help_text="What may happen, why, and with what effect.")
    response = models.TextField(blank=True, help_text="What is done about it; empty where nothing is stated.")
    funded = models.CharField(max_length=12, choices=Funded, default=Funded.UNKNOWN)
    likelihood_before = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    impact_before = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    likelihood_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    impact_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    raised_on = models.DateField(help_text="The day from which it is known.")
    note = models.TextField(blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="risk_slug_once_in_plan"),
            models.CheckConstraint(condition=Q(funded__in=Funded.values), name="risk_funded_is_known"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{score}__gte": 1, f"{score}__lte": 5}) | Q(**{score: None}),
                    name=f"risk_{score}_runs_from_1_to_5",
                )
                for score in SCORED
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_scored(self) -> bool:
        return any(getattr(self, score) is not None for score in SCORED)

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.plan"]  # type: ignore[attr-defined]
