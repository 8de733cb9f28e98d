from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from improvement.models import Plan, PlanVersion, User


class PublicOpeningQuerySet(models.QuerySet["PublicOpening"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def at(self, council: str, plan: str) -> Self:
        """Of the plan at this address."""
        return self.filter(plan__council__slug=council, plan__slug=plan)

    def standing(self) -> Self:
        """The door of everybody who is not signed in: a plan's last opening, unless it was closed."""
        later = PublicOpening.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
        return self.filter(closing=None).exclude(Exists(later))

    def with_plan(self) -> Self:
        return self.select_related("plan__council", "plan__rating_scale", "version")

    def latest_first(self) -> Self:
        return self.select_related("version", "by", "closing__by").order_by("-number", "-pk")


class PublicOpening(models.Model):
    """A plan is shown to everybody, without signing in, from one of its agreed versions on.

    The last opening counts. With `words` it shows of each action what had last been said by the moment of opening, as
    whoever opened it had read it; what is said later waits for the next opening.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="public_openings")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="public_openings")
    words = models.BooleanField(
        help_text="Whether the words of updates are shown, as they stood at the opening."
    )
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = PublicOpeningQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="public_opening_number_once_in_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, opened to the public on {self.on:%-d %B %Y}"


class PublicClosingQuerySet(models.QuerySet["PublicClosing"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(opening__plan__council__memberships__user=user)


class PublicClosing(models.Model):
    """A plan that was open to the public is closed to it, with the reason. It holds from the next page that is asked for."""

    opening = models.OneToOneField(PublicOpening, on_delete=models.PROTECT, related_name="closing")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = PublicClosingQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="public_closing_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.opening.plan}, closed to the public on {self.on:%-d %B %Y}"
