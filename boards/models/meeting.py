from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from boards.models.board import Board
from improvement.models import Plan, User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(board__council__memberships__user=user)

    def for_board(self, board: Board) -> Self:
        return self.filter(board=board)

    def of_plan(self, plan: Plan) -> Self:
        """Meetings of the boards that hold a plan to account."""
        return self.filter(board__plans=plan).select_related("board__council")

    def arranged_by(self, *, on: date) -> Self:
        """Meetings that had been arranged by a day."""
        return self.filter(arranged_on__lte=on)

    def to_come(self, *, on: date) -> Self:
        """Not held and not called off by a day, the next first."""
        return self.filter(
            Q(held_on=None) | Q(held_on__gt=on), Q(called_off_on=None) | Q(called_off_on__gt=on)
        ).order_by("on", "pk")

    def ahead(self, *, on: date) -> Self:
        """To come, on that day or later, the next first."""
        return self.to_come(on=on).filter(on__gte=on)

    def called_off(self, *, on: date) -> Self:
        """Called off by a day, the latest first."""
        return self.filter(called_off_on__lte=on).order_by("-on", "-pk")

    def held(self, *, on: date) -> Self:
        """Held by a day, the latest first."""
        return self.filter(held_on__lte=on).order_by("-on", "-pk")

    def before(self, meeting: "Meeting") -> Self:
        return self.filter(board=meeting.board_id, on__lt=meeting.on)

    def get_by_natural_key(self, council: str, board: str, on: str) -> "Meeting":
        return self.get(board__council__slug=council, board__slug=board, on=on)


class Meeting(models.Model):
    """A board meets on a day. Papers are in by the cut-off; it has been held once its chair has closed it."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    cut_off_on = models.DateField(null=True, blank=True, help_text="Papers and updates are in by then.")
    arranged_on = models.DateField()
    held_on = models.DateField(null=True, blank=True, help_text="The day on which it was closed.")
    called_off_on = models.DateField(null=True, blank=True)
    called_off_because = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["board", "on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["board", "on"], name="meeting_once_a_day_of_board"),
            models.CheckConstraint(
                condition=Q(cut_off_on=None) | Q(cut_off_on__lte=F("on")), name="meeting_cut_off_comes_first"
            ),
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(held_on__gte=F("on")), name="meeting_closed_once_it_began"
            ),
            models.CheckConstraint(
                condition=Q(called_off_on=None, called_off_because="")
                | (Q(called_off_on__isnull=False, held_on=None) & ~Q(called_off_because="")),
                name="meeting_called_off_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.on:%-d %B %Y}"

    def is_held(self, on: date) -> bool:
        return self.held_on is not None and self.held_on <= on

    def is_called_off(self, on: date) -> bool:
        return self.called_off_on is not None and self.called_off_on <= on

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.board.natural_key(), self.on.isoformat())

    natural_key.dependencies = ["boards.board"]  # type: ignore[attr-defined]


class MeetingMoveQuerySet(models.QuerySet["MeetingMove"]):
    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting).order_by("pk")

    def of_board(self, board: Board) -> Self:
        return self.filter(meeting__board=board).order_by("pk")


class MeetingMove(models.Model):
    """A meeting was put off, or brought forward, to another day, and why. Append-only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=300)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meetings_moved")

    objects = MeetingMoveQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_on=F("to_on")), name="meeting_moved_to_another_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="meeting_moved_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting.board}, from {self.from_on:%-d %B %Y} to {self.to_on:%-d %B %Y}"
