from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from improvement.models import Plan, User


def _threshold(default: int, least: int, most: int, label: str, help_text: str) -> models.Field[int, int]:
    field: models.Field[int, int] = models.PositiveSmallIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(least), MaxValueValidator(most)],
        help_text=help_text,
    )
    return field


class ChallengeSettingsQuerySet(models.QuerySet["ChallengeSettings"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def set_by(self, *, on: date) -> Self:
        """Set on or before a day, the latest first: the first holds then."""
        return self.filter(on__lte=on).order_by("-on", "-sequence")

    def get_by_natural_key(self, council: str, plan: str, sequence: int) -> "ChallengeSettings":
        return self.get(plan__council__slug=council, plan__slug=plan, sequence=sequence)

    def holding(self, plan: Plan, *, on: date) -> "ChallengeSettings":
        """What a plan counts as too long, too many or too late on a day; our own measure where nobody set another."""
        return self.for_plan(plan).set_by(on=on).first() or ChallengeSettings(plan=plan, sequence=0)


class ChallengeSettings(models.Model):
    """What a plan counts as too long, too many or too late, from a day on.

    Append-only: the questions of a day in the past are asked by the measure of that day.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="challenge_settings")
    sequence = models.PositiveIntegerField()
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="challenge_settings_made"
    )
    silence_days = _threshold(
        42, 7, 365, "Days without an update", "Ask after so many days without a word. Six weeks are 42."
    )
    times_moved = _threshold(
        3, 1, 20, "Times a due date may move", "Ask when a due date has moved this often or more."
    )
    same_day_actions = _threshold(
        8, 2, 500, "Actions due on one day", "Ask only from this many actions that fall due on one day."
    )
    same_day_percent = _threshold(
        15, 1, 100, "Share of the plan due on one day", "Ask when more than this per cent fall on one day."
    )
    open_per_post = _threshold(
        10, 1, 500, "Open actions of one post", "Ask when a post answers for more open actions than this."
    )
    overdue_per_post = _threshold(
        5, 0, 500, "Overdue actions of one post", "Ask when more than this many of them are overdue."
    )
    immediate_days = _threshold(
        28,
        0,
        180,
        "Days that “immediate” means",
        "What inspectors want done immediately is due so many days after they said so. "
        "28 days hold the 20 working days that a council has to draft its answer to a priority action.",
    )

    objects = ChallengeSettingsQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-sequence"]
        verbose_name_plural = "challenge settings"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "sequence"], name="challenge_settings_sequence_once_in_plan"
            ),
            models.CheckConstraint(
                condition=Q(silence_days__gte=1, times_moved__gte=1, same_day_actions__gte=2)
                & Q(same_day_percent__gte=1, same_day_percent__lte=100, open_per_post__gte=1),
                name="challenge_settings_make_sense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: thresholds {self.sequence}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.plan.natural_key(), self.sequence)

    natural_key.dependencies = ["improvement.plan"]  # type: ignore[attr-defined]


THRESHOLDS = (
    "silence_days",
    "times_moved",
    "same_day_actions",
    "same_day_percent",
    "open_per_post",
    "overdue_per_post",
    "immediate_days",
)


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def of_question(self, fingerprint: str) -> Self:
        return self.filter(fingerprint=fingerprint)

    def get_by_natural_key(
        self, council: str, plan: str, fingerprint: str, on: str, dismissed: bool, reason: str
    ) -> "Dismissal":
        return self.get(
            plan__council__slug=council,
            plan__slug=plan,
            fingerprint=fingerprint,
            on=on,
            dismissed=dismissed,
            reason=reason,
        )

    def made_by(self, *, on: date) -> Self:
        """Made on or before a day, the latest first: the first of a question says whether it is dismissed then."""
        return self.filter(on__lte=on).order_by("-on", "-pk")


class Dismissal(models.Model):
    """A question was dismissed for a reason, or was asked again, on a day.

    It holds for the facts that set the question off, by their fingerprint: when they change, the question is back.
    Append-only: a dismissal is taken back by a later row.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="dismissals")
    rule = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, help_text="What was asked about, for example S5 (3).")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the rule and of what set it off.")
    sentence = models.TextField(help_text="The question as it was asked.")
    dismissed = models.BooleanField(help_text="False where an earlier dismissal is taken back.")
    reason = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="dismissals")

    objects = DismissalQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="dismissal_has_a_reason")]
        indexes = [models.Index(fields=["plan", "fingerprint", "-on", "-id"], name="dismissal_latest_first")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.subject}"

    def natural_key(self) -> tuple[str, str, str, str, bool, str]:
        return (
            *self.plan.natural_key(),
            self.fingerprint,
            self.on.isoformat(),
            self.dismissed,
            self.reason,
        )

    natural_key.dependencies = ["improvement.plan"]  # type: ignore[attr-defined]
