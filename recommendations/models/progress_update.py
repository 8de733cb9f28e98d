from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from improvement.models import Plan, Rating, User

if TYPE_CHECKING:
    from recommendations.models.action import Action


class Stage(models.TextChoices):
    """How far an action is. Nothing else follows from it: not a rating, not whether it works."""

    NOT_STARTED = "not-started", "Not started"
    IN_PROGRESS = "in-progress", "In progress"
    ON_HOLD = "on-hold", "On hold"
    AWAITING_SIGN_OFF = "awaiting-sign-off", "Awaiting sign-off"
    COMPLETE = "complete", "Complete"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ProgressUpdateQuerySet(models.QuerySet["ProgressUpdate"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(action__recommendation__plan__council__memberships__user=user)

    def said_by(self, *, on: date) -> Self:
        """Updates said on or before a day, latest first."""
        return self.filter(on__lte=on).order_by("-on", "-sequence")

    def said_since(self, moment: datetime, *, day: date) -> Self:
        """Updates said on a later day than one, or on that day after a moment of it."""
        return self.filter(Q(on__gt=day) | Q(on=day, recorded_at__gte=moment))

    def last_recorded(self, plan: Plan, *, on: date, at: datetime) -> Self:
        """Of each action of a plan the last update, among those said by a day and recorded by a moment."""
        known = self.filter(action__recommendation__plan=plan, on__lte=on, recorded_at__lte=at)
        later = Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), sequence__gt=OuterRef("sequence"))
        others = ProgressUpdate.objects.filter(action=OuterRef("action"), on__lte=on, recorded_at__lte=at)
        return known.exclude(Exists(others.filter(later)))

    def that_changed(self, plan: Plan, *, since: date, on: date) -> Self:
        """Updates of a plan from one day to another that gave an action another stage or rating, the latest first.

        Annotates `stage_before` (not started before the first) and `rating_before` (a rating's number or null).
        """
        earlier = Q(on__lt=OuterRef("on")) | Q(on=OuterRef("on"), sequence__lt=OuterRef("sequence"))
        before = ProgressUpdate.objects.filter(earlier, action=OuterRef("action")).order_by(
            "-on", "-sequence"
        )
        compared = (
            self.filter(action__recommendation__plan=plan, on__gte=since)
            .said_by(on=on)
            .annotate(
                stage_before=Coalesce(
                    Subquery(before.values("stage")[:1]),
                    Value(Stage.NOT_STARTED.value),
                    output_field=models.CharField(),
                ),
                rating_before=Subquery(before.values("rating")[:1]),
                rating_was=Coalesce("rating_before", Value(0), output_field=models.BigIntegerField()),
                rating_is=Coalesce("rating_id", Value(0), output_field=models.BigIntegerField()),
            )
        )
        found = compared.filter(~Q(stage=F("stage_before")) | ~Q(rating_is=F("rating_was")))
        return found.order_by("-on", "-sequence", "-pk")

    def last_of(self, action: "Action") -> "ProgressUpdate | None":
        """The last update of an action in sequence, whatever its day."""
        return self.filter(action=action).select_related("rating", "by").order_by("-sequence").first()

    def get_by_natural_key(
        self, council: str, plan: str, reference: str, number: str, sequence: int
    ) -> "ProgressUpdate":
        return self.get(
            action__recommendation__plan__council__slug=council,
            action__recommendation__plan__slug=plan,
            action__recommendation__reference=reference,
            action__number=number,
            sequence=sequence,
        )


class ProgressUpdate(models.Model):
    """What somebody said about an action on a day. Nothing is overwritten: the next one stands beside it."""

    action = models.ForeignKey("recommendations.Action", on_delete=models.PROTECT, related_name="updates")
    sequence = models.PositiveIntegerField()
    on = models.DateField()
    stage = models.CharField(max_length=20, choices=Stage)
    rating = models.ForeignKey(
        Rating, null=True, blank=True, on_delete=models.PROTECT, related_name="updates"
    )
    narrative = models.TextField()
    forecast_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="updates"
    )
    source = models.CharField(
        max_length=160, blank=True, help_text="The paper it was taken from, when nobody typed it."
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ProgressUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["action", "-on", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["action", "sequence"], name="update_sequence_once_per_action"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="update_stage_is_known"),
        ]
        indexes = [models.Index(fields=["action", "-on", "-sequence"], name="update_latest_first")]

    def __str__(self) -> str:
        return f"{self.action}, {self.on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, str, int]:
        return (*self.action.natural_key(), self.sequence)

    natural_key.dependencies = ["recommendations.action", "improvement.rating"]  # type: ignore[attr-defined]

    def says(self, stage: str, rating: Rating | None, narrative: str, forecast_on: date | None) -> bool:
        """Whether it says exactly this, as after a double click."""
        said = (self.stage, self.rating_id, self.narrative, self.forecast_on)
        return said == (stage, rating.pk if rating else None, narrative, forecast_on)
