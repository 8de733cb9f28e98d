from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from improvement.models import LeadOfficer, Plan
from recommendations.models.handover import Handover

if TYPE_CHECKING:
    from recommendations.models.action import Action

# Where it stands among the handovers of its action: who led from the start came with none.
FROM_THE_START = 0


class ActionLeadQuerySet(models.QuerySet["ActionLead"]):
    def for_plan(self, plan: Plan) -> Self:
        return self.filter(action__recommendation__plan=plan)

    def of_action(self, action: "Action") -> Self:
        return self.filter(action=action)

    def leading(self, *, on: date) -> Self:
        """Those that lead on a day: of each action those of its last handover by then, or those of the start."""
        since = Handover.objects.filter(
            action=OuterRef("action"),
            on__lte=on,
            sequence__gt=Coalesce(OuterRef("handover__sequence"), Value(FROM_THE_START)),
        )
        return self.filter(Q(handover=None) | Q(handover__on__lte=on), ~Exists(since))

    def get_by_natural_key(
        self, council: str, plan: str, reference: str, number: str, position: int, sequence: int
    ) -> "ActionLead":
        came = Q(handover__sequence=sequence) if sequence != FROM_THE_START else Q(handover=None)
        return self.get(
            came,
            action__recommendation__plan__council__slug=council,
            action__recommendation__plan__slug=plan,
            action__recommendation__reference=reference,
            action__number=number,
            position=position,
        )


class ActionLead(models.Model):
    """A post that leads an action; position 1 is accountable.

    It leads from the start or from the day of a handover, until the action is handed over again. Its row never changes.
    """

    action = models.ForeignKey("recommendations.Action", on_delete=models.PROTECT, related_name="leads")
    lead_officer = models.ForeignKey(LeadOfficer, on_delete=models.PROTECT, related_name="action_leads")
    position = models.PositiveSmallIntegerField()
    handover = models.ForeignKey(
        Handover,
        on_delete=models.PROTECT,
        related_name="leads",
        null=True,
        blank=True,
        help_text="With which it came; empty where it led from the start.",
    )

    objects = ActionLeadQuerySet.as_manager()

    class Meta:
        ordering = ["action", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "position"], condition=Q(handover=None), name="action_lead_position_once"
            ),
            models.UniqueConstraint(
                fields=["action", "lead_officer"], condition=Q(handover=None), name="action_lead_post_once"
            ),
            models.UniqueConstraint(fields=["handover", "position"], name="handover_position_once"),
            models.UniqueConstraint(fields=["handover", "lead_officer"], name="handover_post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_officer}"

    def natural_key(self) -> tuple[str, str, str, str, int, int]:
        return (*self.action.natural_key(), self.position, self.sequence)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "recommendations.action",
        "recommendations.handover",
        "improvement.leadofficer",
    ]

    @property
    def sequence(self) -> int:
        """That of the handover with which it came."""
        return self.handover.sequence if self.handover else FROM_THE_START

    def has_begun(self, day: date) -> bool:
        return self.handover is None or self.handover.on <= day
