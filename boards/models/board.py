from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from improvement.models import Council, Plan, User


class Every(models.TextChoices):
    """How often a board meets."""

    MONTH = "month", "Every so many months, in a week of the month"
    WEEK = "week", "Every so many weeks"
    UNKNOWN = "unknown", "Not stated"


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"


class WeekOfMonth(models.IntegerChoices):
    FIRST = 1, "First"
    SECOND = 2, "Second"
    THIRD = 3, "Third"
    FOURTH = 4, "Fourth"
    LAST = 5, "Last"


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(council__memberships__user=user)

    def for_council(self, council: Council) -> Self:
        return self.filter(council=council)

    def get_by_natural_key(self, council: str, slug: str) -> "Board":
        return self.get(council__slug=council, slug=slug)


class Board(models.Model):
    """Those who hold a plan to account, and their terms of reference: why, to whom, by which principles, how often."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="boards")
    slug = models.SlugField()
    name = models.CharField(max_length=160)
    plans = models.ManyToManyField(Plan, related_name="boards", blank=True)
    purpose = models.TextField(help_text="One purpose a line.")
    accountable_to = models.TextField(blank=True, help_text="One body a line.")
    reports_to = models.TextField(blank=True, help_text="One body a line.")
    principles = models.TextField(blank=True, help_text="One principle a line.")
    every = models.CharField(max_length=8, choices=Every, default=Every.UNKNOWN)
    interval = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    weekday = models.PositiveSmallIntegerField(choices=Weekday, null=True, blank=True)
    week_of_month = models.PositiveSmallIntegerField(choices=WeekOfMonth, null=True, blank=True)
    note = models.TextField(blank=True, help_text="What a reader must know about the source.")

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="board_slug_once_in_council"),
            models.CheckConstraint(condition=Q(every__in=Every.values), name="board_every_is_known"),
            models.CheckConstraint(
                condition=Q(interval__gte=1, interval__lte=12), name="board_interval_from_1_to_12"
            ),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__in=Weekday.values), name="board_meets_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(week_of_month=None) | Q(week_of_month__in=WeekOfMonth.values),
                name="board_week_of_month_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def frequency(self) -> str:
        """How often it meets, in words: “Every month, on the second Tuesday”."""
        if self.every == Every.UNKNOWN:
            return "Not stated"
        often = f"Every {self.every}" if self.interval == 1 else f"Every {self.interval} {self.every}s"
        if self.weekday is None:
            return often
        day = Weekday(self.weekday).label
        if self.every == Every.WEEK or self.week_of_month is None:
            return f"{often}, on a {day}"
        return f"{often}, on the {WeekOfMonth(self.week_of_month).label.lower()} {day}"

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.council", "improvement.plan"]  # type: ignore[attr-defined]
