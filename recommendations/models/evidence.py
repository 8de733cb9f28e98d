import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from improvement.models import Plan, User
from improvement.permissions import CLOSED_PART
from recommendations.models.recommendation import Recommendation

if TYPE_CHECKING:
    from recommendations.models.action import Action


class Step(models.TextChoices):
    """The steps of assurance, in order: it was done, people work that way now, children's lives are better for it."""

    DELIVERED = "delivered", "Delivered"
    COMPLIED_WITH = "complied-with", "Complied with"
    IMPACT_EVIDENCED = "impact-evidenced", "Impact evidenced"


class Method(models.TextChoices):
    """How evidence was got."""

    DOCUMENT = "document", "Document"
    AUDIT = "audit", "Audit"
    OBSERVATION = "observation", "Observation of practice"
    SURVEY = "survey", "Survey"
    PERFORMANCE_DATA = "performance-data", "Performance data"
    CONSULTATION = "consultation", "Consultation"
    WORKFORCE_DATA = "workforce-data", "Workforce data"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> Self:
        """Evidence of the user's councils; what is exempt only for those who sit in the closed part of a meeting."""
        member = Q(plan__council__memberships__user=user)
        closed = Q(plan__council__memberships__role__in=CLOSED_PART)
        # In one condition, so that both speak of the same membership.
        return self.filter(member & (Q(exempt=False) | closed))

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def open(self) -> Self:
        """Without what is kept for the closed part of a meeting."""
        return self.filter(exempt=False)

    def of_action(self, action: "Action") -> Self:
        return self.filter(action=action)

    def about(self, recommendation: Recommendation) -> Self:
        """Evidence of a recommendation: its own and its actions'."""
        return self.filter(recommendation=recommendation)

    def about_action_or_whole(self, action: "Action") -> Self:
        """Evidence of an action, and of its recommendation as a whole."""
        return self.about(action.recommendation).filter(Q(action=action) | Q(action=None))

    def with_subject(self) -> Self:
        return self.select_related(
            "plan__council", "recommendation__theme", "action", "added_by", "withdrawn_by"
        )

    def added_by(self, *, on: date) -> Self:
        """Added on or before a day, whether withdrawn since or not."""
        return self.filter(added_on__lte=on)

    def standing(self, *, on: date) -> Self:
        """Added by a day and not withdrawn by then."""
        return self.added_by(on=on).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))

    def get_by_natural_key(self, key: str) -> "Evidence":
        return self.get(key=key)

    def latest_first(self) -> Self:
        return self.order_by("-gathered_on", "-added_on", "-pk")


class Evidence(models.Model):
    """A file or a link that shows what became of an action or a recommendation, and how it was got.

    It is never changed. It can be withdrawn with a reason: then its file is destroyed, and the row stays.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="evidence")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="evidence")
    action = models.ForeignKey(
        "recommendations.Action",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
        help_text="Empty for evidence of the recommendation as a whole.",
    )
    shows = models.TextField(help_text="What it shows, in a sentence or two.")
    method = models.CharField(max_length=20, choices=Method)
    gathered_on = models.DateField()
    supports = models.CharField(max_length=20, choices=Step)
    exempt = models.BooleanField(
        default=False, help_text="Only for those who sit in the closed part of a meeting."
    )
    link = models.URLField(max_length=500, blank=True)
    stored_as = models.CharField(
        max_length=100, blank=True, help_text="The random key under which the bytes lie."
    )
    filename = models.CharField(max_length=160, blank=True, help_text="What it is called when downloaded.")
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    added_on = models.DateField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence_added"
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence_withdrawn",
    )
    withdrawn_because = models.TextField(blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-gathered_on", "-pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=(~Q(link="") & Q(sha256="")) | (Q(link="") & ~Q(sha256="")),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
                name="evidence_withdrawn_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="evidence_method_is_known"),
            models.CheckConstraint(condition=Q(supports__in=Step.values), name="evidence_step_is_known"),
        ]

    def __str__(self) -> str:
        if self.is_file:
            return self.filename or "a file that was destroyed"
        return self.link.removeprefix("https://")

    def natural_key(self) -> tuple[str]:
        return (str(self.key),)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "recommendations.recommendation",
        "recommendations.action",
    ]

    @property
    def is_file(self) -> bool:
        return bool(self.sha256)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    def says_what(self, other: "Evidence") -> bool:
        """Whether the same person says exactly the same, as after a double click, and it was not withdrawn since."""
        same = "added_by_id plan_id recommendation_id action_id shows method gathered_on supports exempt link sha256"
        return not self.is_withdrawn and all(
            getattr(self, name) == getattr(other, name) for name in same.split()
        )

    def stood(self, on: date) -> bool:
        """Whether it was not withdrawn yet on a day."""
        return self.withdrawn_on is None or self.withdrawn_on > on
