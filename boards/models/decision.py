from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models.agenda import AgendaItem
from boards.models.board import Board
from boards.models.meeting import Meeting
from boards.models.risk import Risk, RiskAssessment
from improvement.models import PlanVersion, User
from recommendations.models import DueDateChange, ProgressUpdate


class Decided(models.TextChoices):
    """What a decision did."""

    DATE_AGREED = "date-agreed", "Due date moved"
    DATE_REFUSED = "date-refused", "Due date kept"
    SIGNED_OFF = "signed-off", "Completion signed off"
    RETURNED = "returned", "Completion returned"
    VERSION_AGREED = "version-agreed", "Version agreed"
    RISK = "risk", "About a risk"
    RISK_SET = "risk-set", "Risk scored"
    RISK_CLOSED = "risk-closed", "Risk closed"
    WORDS = "words", "In words only"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(meeting__board__council__memberships__user=user)

    def for_board(self, board: Board) -> Self:
        return self.filter(meeting__board=board)

    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)

    def about(self, risk: Risk) -> Self:
        return self.filter(risk=risk).select_related("meeting__board")

    def made_by(self, *, on: date) -> Self:
        return self.filter(on__lte=on)

    def latest_first(self) -> Self:
        return self.order_by("-on", "-pk")

    def in_order(self) -> Self:
        return self.order_by("pk")

    def with_what_changed(self) -> Self:
        """With what each changed, so that a page can point to it."""
        return self.select_related(
            "meeting__board",
            "item",
            "due_date_change__action__recommendation__plan__council",
            "progress_update__action__recommendation__plan__council",
            "plan_version__plan__council",
            "risk__plan__council",
            "risk_assessment",
        )

    def get_by_natural_key(self, council: str, board: str, on: str, number: int) -> "Decision":
        return self.get(
            meeting__board__council__slug=council, meeting__board__slug=board, meeting__on=on, number=number
        )


CHANGED = {
    "due_date_change": (Decided.DATE_AGREED, Decided.DATE_REFUSED),
    "progress_update": (Decided.SIGNED_OFF, Decided.RETURNED),
    "plan_version": (Decided.VERSION_AGREED,),
    "risk": (Decided.RISK, Decided.RISK_SET, Decided.RISK_CLOSED),
    "risk_assessment": (Decided.RISK_SET,),
}


class Decision(models.Model):
    """What a board decided at a meeting, in words, and what that changed. It and the change point to each other.

    It is never reworded: a board that thinks again decides again.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True
    )
    number = models.PositiveSmallIntegerField()
    decided = models.CharField(max_length=16, choices=Decided, default=Decided.WORDS)
    words = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="board_decisions",
        null=True,
        blank=True,
        help_text="Who recorded it; empty where a paper tells of it.",
    )
    due_date_change = models.OneToOneField(
        DueDateChange, on_delete=models.PROTECT, related_name="board_decision", null=True, blank=True
    )
    progress_update = models.OneToOneField(
        ProgressUpdate, on_delete=models.PROTECT, related_name="board_decision", null=True, blank=True
    )
    plan_version = models.OneToOneField(
        PlanVersion, on_delete=models.PROTECT, related_name="board_decision", null=True, blank=True
    )
    risk = models.ForeignKey(
        Risk, on_delete=models.PROTECT, related_name="board_decisions", null=True, blank=True
    )
    risk_assessment = models.OneToOneField(
        RiskAssessment, on_delete=models.PROTECT, related_name="board_decision", null=True, blank=True
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once_in_meeting"),
            models.CheckConstraint(condition=~Q(words=""), name="decision_says_something"),
            *(
                models.CheckConstraint(
                    condition=Q(~Q(decided__in=kinds), **{f"{changed}__isnull": True})
                    | Q(Q(decided__in=kinds), **{f"{changed}__isnull": False}),
                    name=f"decision_points_to_{changed}",
                )
                for changed, kinds in CHANGED.items()
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, decision {self.number}"

    @property
    def changed(self) -> models.Model | None:
        """What it changed or is about; None for words only."""
        return next((row for row in (getattr(self, name) for name in CHANGED) if row is not None), None)

    def natural_key(self) -> tuple[str, str, str, int]:
        return (*self.meeting.natural_key(), self.number)

    natural_key.dependencies = ["boards.meeting", "boards.risk", "improvement.planversion"]  # type: ignore[attr-defined]
