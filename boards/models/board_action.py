from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from boards.models.board import Board
from boards.models.meeting import Meeting
from improvement.models import User


class Outcome(models.TextChoices):
    DONE = "done", "Done"
    DROPPED = "dropped", "No longer needed"


class BoardActionQuerySet(models.QuerySet["BoardAction"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(board__council__memberships__user=user)

    def for_board(self, board: Board) -> Self:
        return self.filter(board=board)

    def raised_at(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)

    def raised_by(self, *, on: date) -> Self:
        return self.filter(raised_on__lte=on)

    def open(self, *, on: date) -> Self:
        """Raised by a day and not ended by then."""
        return self.raised_by(on=on).filter(Q(end=None) | Q(end__on__gt=on))

    def in_order(self) -> Self:
        return self.select_related("end__by", "meeting").order_by("number")


class BoardAction(models.Model):
    """Something that a board asked for at a meeting, in its own log and not in the plan; it carries over until done."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    who = models.CharField(max_length=160, help_text="The post that does it, not the person.")
    due_on = models.DateField(null=True, blank=True)
    raised_on = models.DateField()

    objects = BoardActionQuerySet.as_manager()

    class Meta:
        ordering = ["board", "number"]
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="board_action_number_once"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("raised_on")), name="board_action_due_after_raised"
            ),
        ]

    def __str__(self) -> str:
        return f"Board action {self.number}"

    def ended(self, on: date) -> "BoardActionEnd | None":
        """How it ended by a day; None while it carries over."""
        end: BoardActionEnd | None = getattr(self, "end", None)
        return end if end and end.on <= on else None

    def is_late(self, on: date) -> bool:
        return self.due_on is not None and self.due_on < on and self.ended(on) is None


class BoardActionEnd(models.Model):
    """A board's own action was done, or is no longer needed, and how."""

    action = models.OneToOneField(BoardAction, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=8, choices=Outcome)
    words = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_actions_ended"
    )

    class Meta:
        ordering = ["action"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="board_action_outcome_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_outcome_display()}"
