from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from improvement.models import LeadOfficer, Plan, User
from recommendations.models import Action

FROM_1_TO_5 = [MinValueValidator(1), MaxValueValidator(5)]
SCORED = ("likelihood_before", "impact_before", "likelihood_after", "impact_after")

# What is said of a risk in words, and may be said otherwise later.
SAID = ("title", "description", "response", "owner", "cost_text", "cost", "funded")


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

    def with_links(self) -> Self:
        """With the post that owns each and the actions that answer it."""
        actions = Action.objects.with_recommendation().in_plan_order()
        return self.select_related("owner__organisation").prefetch_related(
            models.Prefetch("actions", actions)
        )

    def with_wordings(self) -> Self:
        """With `reworded`, how often the words of each were changed."""
        return self.annotate(reworded=models.Count("wordings"))

    def open(self, *, on: date) -> Self:
        """Not closed by a day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def get_by_natural_key(self, council: str, plan: str, slug: str) -> "Risk":
        return self.get(plan__council__slug=council, plan__slug=plan, slug=slug)


class Risk(models.Model):
    """What may keep a plan from working: its cause and effect, who owns it and what is done about it.

    Likelihood and impact run from 1, the least, to 5, before and after the response; many papers give none. These here
    are the scores with which it was raised and never change; how it is scored on a day is asked of `register.py`, which
    reads the assessments since. The words are those of today; `RiskWording` keeps what they were.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="risks")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, blank=True, help_text="The number that the paper gives it.")
    title = models.CharField(max_length=160)
    description = models.TextField(help_text="What may happen, why, and with what effect.")
    response = models.TextField(blank=True, help_text="What is done about it; empty where nothing is stated.")
    funded = models.CharField(max_length=12, choices=Funded, default=Funded.UNKNOWN)
    owner = models.ForeignKey(
        LeadOfficer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks",
        help_text="The post.",
    )
    cost_text = models.CharField(
        max_length=60,
        blank=True,
        help_text="What the response costs, as it was stated; empty where nothing is.",
    )
    cost = models.BigIntegerField(
        null=True, blank=True, help_text="Whole pounds; empty where it cannot be read in one way."
    )
    actions = models.ManyToManyField(Action, related_name="risks", blank=True)
    likelihood_before = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    impact_before = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    likelihood_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    impact_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    raised_on = models.DateField(help_text="The day from which it is known.")
    note = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.TextField(blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="risk_slug_once_in_plan"),
            models.CheckConstraint(condition=Q(funded__in=Funded.values), name="risk_funded_is_known"),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_because="")
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="risk_closed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | ~Q(cost_text=""), name="risk_cost_in_pounds_was_stated"
            ),
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

    def is_closed(self, on: date) -> bool:
        return self.closed_on is not None and self.closed_on <= on

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.plan.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.plan", "improvement.leadofficer"]  # type: ignore[attr-defined]


class RiskAssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk__plan__council__memberships__user=user)

    def made_by(self, *, on: date) -> Self:
        """Made on or before a day, the latest first."""
        return self.filter(on__lte=on).order_by("-on", "-sequence")

    def last_of(self, risk: Risk) -> "RiskAssessment | None":
        return self.filter(risk=risk).order_by("-sequence").first()

    def get_by_natural_key(self, council: str, plan: str, risk: str, sequence: int) -> "RiskAssessment":
        return self.get(
            risk__plan__council__slug=council, risk__plan__slug=plan, risk__slug=risk, sequence=sequence
        )


class RiskAssessment(models.Model):
    """How likely and how grave somebody found a risk on a day. Nothing is overwritten: the next stands beside it."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="assessments")
    sequence = models.PositiveIntegerField()
    on = models.DateField()
    likelihood_before = models.PositiveSmallIntegerField(validators=FROM_1_TO_5)
    impact_before = models.PositiveSmallIntegerField(validators=FROM_1_TO_5)
    likelihood_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    impact_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=FROM_1_TO_5)
    note = models.TextField(help_text="Why it is scored so.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risks_assessed",
    )

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["risk", "-on", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "sequence"], name="assessment_sequence_once_per_risk"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{score}__gte": 1, f"{score}__lte": 5}) | Q(**{score: None}),
                    name=f"assessment_{score}_runs_from_1_to_5",
                )
                for score in SCORED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk}, {self.on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, int]:
        return (*self.risk.natural_key(), self.sequence)

    natural_key.dependencies = ["boards.risk"]  # type: ignore[attr-defined]


class RiskWordingQuerySet(models.QuerySet["RiskWording"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(risk__plan__council__memberships__user=user)

    def holding_on(self, day: date) -> Self:
        """What was said on a day and is no longer, the first of each risk being the one that held then."""
        actions = Action.objects.with_recommendation().in_plan_order()
        later = self.filter(until__gt=day).order_by("sequence").select_related("owner__organisation")
        return later.prefetch_related(models.Prefetch("actions", actions))

    def kept_of(self, risk: Risk, *, on: date) -> Self:
        """What a risk said before, as known on a day, the latest first."""
        return self.filter(risk=risk, until__lte=on).order_by("-sequence").select_related("by", "owner")

    def get_by_natural_key(self, council: str, plan: str, risk: str, sequence: int) -> "RiskWording":
        return self.get(
            risk__plan__council__slug=council, risk__plan__slug=plan, risk__slug=risk, sequence=sequence
        )

    def last_of(self, risk: Risk) -> "RiskWording | None":
        return self.filter(risk=risk).order_by("-sequence").first()


class RiskWording(models.Model):
    """What was said of a risk until a day, kept when somebody said it otherwise. Nothing is overwritten."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="wordings")
    sequence = models.PositiveIntegerField()
    until = models.DateField(help_text="The day on which it was said otherwise.")
    title = models.CharField(max_length=160)
    description = models.TextField()
    response = models.TextField(blank=True)
    funded = models.CharField(max_length=12, choices=Funded)
    owner = models.ForeignKey(LeadOfficer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cost_text = models.CharField(max_length=60, blank=True)
    cost = models.BigIntegerField(null=True, blank=True)
    actions = models.ManyToManyField(Action, related_name="+", blank=True)
    reason = models.TextField(help_text="Why it was said otherwise.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="risks_reworded")

    objects = RiskWordingQuerySet.as_manager()

    class Meta:
        ordering = ["risk", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "sequence"], name="wording_sequence_once_per_risk"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, until {self.until:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, int]:
        return (*self.risk.natural_key(), self.sequence)

    natural_key.dependencies = ["boards.risk", "recommendations.action"]  # type: ignore[attr-defined]
