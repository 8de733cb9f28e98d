from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from improvement.models import Plan, User
from recommendations.models.evidence import Evidence, EvidenceQuerySet, Step
from recommendations.models.recommendation import Recommendation

if TYPE_CHECKING:
    from recommendations.models.action import Action


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(recommendation__plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(recommendation__plan=plan)

    def of_action(self, action: "Action") -> Self:
        return self.filter(action=action)

    def of_recommendation(self, recommendation: Recommendation) -> Self:
        """Reviews of the recommendation as a whole, not of one action."""
        return self.filter(recommendation=recommendation, action=None)

    def resting_on(self, evidence: Evidence) -> Self:
        return self.filter(evidence=evidence)

    def last_of_each_step(self, *, on: date) -> Self:
        """Of each action, and of each recommendation as a whole, the last review of each step by a day."""
        of_whole = Coalesce("action", Value(0))
        later = Review.objects.annotate(place=of_whole).filter(
            Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk")),
            recommendation=OuterRef("recommendation"),
            step=OuterRef("step"),
            place=OuterRef("place"),
            on__lte=on,
        )
        return self.annotate(place=of_whole).filter(~Exists(later), on__lte=on)

    def with_evidence(self, readable: EvidenceQuerySet, *, on: date) -> Self:
        """Annotates `rests`: whether any of its evidence still stood on a day; and `shown`: how much of that is readable."""
        standing = Evidence.objects.standing(on=on).filter(reviews=OuterRef("pk"))
        seen = readable.standing(on=on).filter(reviews=OuterRef("pk"))
        counted = seen.order_by().values("reviews").annotate(count=Count("pk")).values("count")
        return self.annotate(rests=Exists(standing), shown=Coalesce(Subquery(counted), Value(0)))

    def get_by_natural_key(
        self, council: str, plan: str, reference: str, number: str, step: str, on: str, finding: str
    ) -> "Review":
        return self.get(
            recommendation__plan__council__slug=council,
            recommendation__plan__slug=plan,
            recommendation__reference=reference,
            action__number=number or None,
            step=step,
            on=on,
            finding=finding,
        )

    def done_by(self, *, on: date) -> Self:
        """Done on or before a day, the latest first: the first of a step says whether it holds then."""
        return self.filter(on__lte=on).order_by("-on", "-pk")


class Review(models.Model):
    """Somebody looked at an action or a recommendation and found that a step of assurance holds, or holds no longer.

    Append-only: a step that is lost again is a later review.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="reviews")
    action = models.ForeignKey(
        "recommendations.Action",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
        help_text="Empty for a review of the recommendation as a whole.",
    )
    step = models.CharField(max_length=20, choices=Step)
    holds = models.BooleanField()
    finding = models.TextField()
    evidence = models.ManyToManyField(Evidence, related_name="reviews", blank=True)
    reviewer = models.CharField(max_length=160, help_text="The post or body that reviewed, never a name.")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="review_step_is_known"),
            models.CheckConstraint(condition=~Q(finding=""), name="review_has_a_finding"),
        ]
        indexes = [
            models.Index(fields=["recommendation", "action", "step", "-on"], name="review_latest_of_step")
        ]

    def __str__(self) -> str:
        return f"{self.action or self.recommendation}: {self.get_step_display()}, {self.on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, str, str, str, str]:
        number = self.action.number if self.action else ""
        return (*self.recommendation.natural_key(), number, self.step, self.on.isoformat(), self.finding)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "recommendations.recommendation",
        "recommendations.action",
        "recommendations.evidence",
    ]

    def is_by(
        self, by: User, *, on: date, holds: bool, finding: str, reviewer: str, evidence: Sequence[Evidence]
    ) -> bool:
        """Whether this person said exactly this on this day, as after a double click."""
        if (self.by_id, self.on, self.holds, self.finding, self.reviewer) != (
            by.pk,
            on,
            holds,
            finding,
            reviewer,
        ):
            return False
        return set(self.evidence.values_list("pk", flat=True)) == {shown.pk for shown in evidence}
