from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from improvement.models import Plan, User
from recommendations.models import Action, Recommendation


class Often(models.TextChoices):
    """How often somebody is told."""

    DAILY = "daily", "Every day on which something happened"
    WEEKLY = "weekly", "On Mondays, for the week before"
    NEVER = "never", "Never"


class FollowQuerySet(models.QuerySet["Follow"]):
    def visible_to(self, user: User) -> Self:
        """One's own, of plans that one may still see."""
        return self.filter(user=user, plan__council__memberships__user=user)

    def heard(self) -> Self:
        """Those that somebody wants to hear of, of plans of living councils that they may still see."""
        still = self.filter(user__is_active=True, plan__council__memberships__user=F("user"))
        return still.filter(plan__council__stands_at=None).exclude(often=Often.NEVER)

    def of(self, plan: Plan, recommendation: Recommendation | None, action: Action | None) -> Self:
        return self.filter(plan=plan, recommendation=recommendation, action=action)

    def with_subjects(self) -> Self:
        return self.select_related("plan__council", "recommendation", "action__recommendation")

    def in_order(self) -> Self:
        return self.order_by("plan__council__name", "plan__name", "recommendation", "action", "pk")


class Follow(models.Model):
    """Somebody follows a plan, one of its recommendations or one of its actions, and is told of what happens there.

    `told_until` is the last day of which they have been told everything.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="follows")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="follows"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="follows"
    )
    often = models.CharField(max_length=10, choices=Often, default=Often.WEEKLY)
    updates = models.BooleanField(default=True)
    endings = models.BooleanField(default=True)
    dates = models.BooleanField(default=True)
    told_until = models.DateField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["user", "plan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "plan"],
                condition=Q(recommendation=None, action=None),
                name="plan_followed_once",
            ),
            models.UniqueConstraint(
                fields=["user", "recommendation"],
                condition=Q(recommendation__isnull=False),
                name="recommendation_followed_once",
            ),
            models.UniqueConstraint(
                fields=["user", "action"], condition=Q(action__isnull=False), name="action_followed_once"
            ),
            models.CheckConstraint(
                condition=Q(recommendation=None) | Q(action=None), name="follow_has_one_subject"
            ),
            models.CheckConstraint(condition=Q(often__in=Often.values), name="follow_often_is_known"),
        ]

    def __str__(self) -> str:
        if self.action:
            return str(self.action)
        return self.recommendation.reference if self.recommendation else self.plan.name

    @property
    def what(self) -> str:
        """What of it somebody is told, in words."""
        chosen = (
            (self.updates, "updates"),
            (self.endings, "completion"),
            (self.dates, "due dates that move"),
        )
        return ", ".join(words for wanted, words in chosen if wanted)

    def covers(self, action: Action) -> bool:
        if self.action_id:
            return self.action_id == action.pk
        return self.recommendation_id in (None, action.recommendation_id)

    def complete_until(self, on: date) -> date:
        """The last day of which everything can be told on a day: yesterday, or last Sunday."""
        return on - timedelta(days=1 if self.often == Often.DAILY else on.isoweekday())
