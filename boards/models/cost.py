from datetime import date
from typing import Self

from django.db import models

from improvement.models import Plan, User


class CostQuerySet(models.QuerySet["Cost"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def stated_by(self, *, on: date) -> Self:
        """Costs that had been stated by a day and still held on it."""
        held = models.Q(dropped_on=None) | models.Q(dropped_on__gt=on)
        return self.filter(held, stated_on__lte=on)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def get_by_natural_key(self, council: str, plan: str, slug: str) -> "Cost":
        return self.get(plan__council__slug=council, plan__slug=plan, slug=slug)


class Cost(models.Model):
    """Money that a plan needs, has or expects, as a paper prints it.

    The printed figure is kept to the letter; it counts as pounds only where it can be read in one way.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="costs")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    year = models.CharField(max_length=40, blank=True, help_text="As the paper has it, for example 2012/13.")
    what = models.CharField(max_length=200)
    amount_text = models.CharField(
        max_length=60, blank=True, help_text="Exactly as printed; empty where no figure is."
    )
    amount = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="Whole pounds; empty where the printed figure can be read in two ways.",
    )
    funded_by = models.CharField(max_length=200, blank=True)
    stated_on = models.DateField(help_text="The day from which it is known.")
    note = models.TextField(blank=True)
    dropped_on = models.DateField(
        null=True, blank=True, help_text="The day from which it holds no longer, or another figure does."
    )
    dropped_because = models.TextField(blank=True)

    objects = CostQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="cost_slug_once_in_plan"),
            models.CheckConstraint(
                condition=models.Q(amount=None) | ~models.Q(amount_text=""),
                name="cost_in_pounds_has_its_printed_figure",
            ),
            models.CheckConstraint(
                condition=models.Q(dropped_on=None, dropped_because="")
                | (models.Q(dropped_on__isnull=False) & ~models.Q(dropped_because="")),
                name="cost_dropped_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.year}" if self.year else self.what

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.plan"]  # type: ignore[attr-defined]
