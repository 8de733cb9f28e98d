from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q

from improvement.models import LeadOfficer, Plan, User
from recommendations.models.action_lead import ActionLead

if TYPE_CHECKING:
    from recommendations.models.action import Action


class Decision(models.TextChoices):
    """What became of a request."""

    WAITING = "waiting", "Waiting for a decision"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"


class DueDateChangeQuerySet(models.QuerySet["DueDateChange"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(action__recommendation__plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(action__recommendation__plan=plan)

    def of_action(self, action: "Action") -> Self:
        return self.filter(action=action)

    def led_by(self, officers: "models.QuerySet[LeadOfficer]", *, on: date) -> Self:
        """Requests for actions that any of these posts leads on a day, in whatever place."""
        leads = ActionLead.objects.leading(on=on).filter(action=OuterRef("action"))
        return self.filter(Exists(leads.filter(lead_officer__in=officers)))

    def asked_by(self, *, on: date) -> Self:
        """Requests made on or before a day, latest first."""
        return self.filter(requested_on__lte=on).order_by("-requested_on", "-pk")

    def requested_by(self, user: User) -> Self:
        return self.filter(requested_by=user)

    def undecided(self) -> Self:
        """Not decided on any day."""
        return self.filter(decision=Decision.WAITING)

    def decided(self) -> Self:
        """Decided on any day, the latest first."""
        return self.exclude(decision=Decision.WAITING).order_by("-decided_on", "-pk")

    def waiting(self, *, on: date) -> Self:
        """Asked for by a day and not decided by then."""
        return self.filter(Q(decided_on=None) | Q(decided_on__gt=on), requested_on__lte=on)

    def waiting_first(self, *, on: date) -> Self:
        waits = Q(decided_on=None) | Q(decided_on__gt=on)
        return self.annotate(waits=ExpressionWrapper(waits, output_field=models.BooleanField())).order_by(
            "-waits", "-requested_on", "-pk"
        )

    def agreed(self, *, on: date) -> Self:
        """Agreed by a day, the latest first: the first of an action is its due date then."""
        return self.filter(decision=Decision.AGREED, decided_on__lte=on).order_by("-decided_on", "-pk")

    def decided_since(self, day: date) -> Self:
        return self.filter(decided_on__gte=day)

    def refused(self, *, on: date) -> Self:
        return self.filter(decision=Decision.REFUSED, decided_on__lte=on)

    def get_by_natural_key(
        self,
        council: str,
        plan: str,
        reference: str,
        number: str,
        requested_on: str,
        new_on: str,
        decided_on: str | None,
        reason: str,
    ) -> "DueDateChange":
        return self.get(
            action__recommendation__plan__council__slug=council,
            action__recommendation__plan__slug=plan,
            action__recommendation__reference=reference,
            action__number=number,
            requested_on=requested_on,
            new_on=new_on,
            decided_on=decided_on,
            reason=reason,
        )

    def with_people(self) -> Self:
        return self.select_related(
            "requested_by",
            "decided_by",
            "action__recommendation__plan__council",
            # The board's meeting at which it was decided, if it was one.
            "board_decision__meeting__board",
        )


class DueDateChange(models.Model):
    """A request to move an action's due date: from when to when, why, who asked, and who agreed or refused.

    It is the only way in which a due date moves: an action keeps its original date for ever, and stands at the last
    date that was agreed. Whoever asks never decides.
    """

    action = models.ForeignKey(
        "recommendations.Action", on_delete=models.PROTECT, related_name="due_date_changes"
    )
    old_on = models.DateField(null=True, blank=True, help_text="Empty where the action had no date.")
    new_on = models.DateField()
    reason = models.TextField()
    requested_on = models.DateField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="due_dates_requested"
    )
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.WAITING)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="due_dates_decided",
    )
    decision_reason = models.TextField(blank=True)

    objects = DueDateChangeQuerySet.as_manager()

    class Meta:
        ordering = ["action", "-requested_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(decision="waiting"), name="due_date_one_request_waits"
            ),
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_on=None, decided_by=None)
                | Q(decision__in=["agreed", "refused"], decided_on__isnull=False, decided_by__isnull=False),
                name="due_date_decided_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="due_date_never_decided_by_who_asked",
            ),
            models.CheckConstraint(
                condition=Q(old_on=None) | ~Q(new_on=F("old_on")), name="due_date_change_changes_it"
            ),
        ]
        indexes = [models.Index(fields=["action", "-decided_on", "-id"], name="due_date_latest_first")]

    def __str__(self) -> str:
        return f"{self.action}: due {self.new_on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, str, str, str, str | None, str]:
        decided_on = self.decided_on.isoformat() if self.decided_on else None
        asked = (self.requested_on.isoformat(), self.new_on.isoformat())
        return (*self.action.natural_key(), *asked, decided_on, self.reason)

    natural_key.dependencies = ["recommendations.action"]  # type: ignore[attr-defined]

    def decision_on(self, day: date) -> Decision:
        """What had been decided by a day."""
        return Decision(self.decision) if self.decided_on and self.decided_on <= day else Decision.WAITING

    def waits_on(self, day: date) -> bool:
        return self.decision_on(day) == Decision.WAITING

    @property
    def days(self) -> int | None:
        """Days by which it moves the date; None where there was none before."""
        return (self.new_on - self.old_on).days if self.old_on else None
