from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from boards.models.meeting import Meeting
from improvement.models import Council, Plan, User
from recommendations.models import Action, ProgressUpdate


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def for_council(self, council: Council) -> Self:
        return self.filter(plan__council=council).select_related("plan__council")

    def opened_by(self, *, on: date) -> Self:
        """Rounds that had been opened by a day, the latest first."""
        return self.filter(opened_on__lte=on).order_by("-number", "-pk")

    def open(self, *, on: date) -> Self:
        """Rounds that still took answers on a day, the latest first."""
        return self.opened_by(on=on).filter(Q(closed_on=None) | Q(closed_on__gt=on))

    def for_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting).select_related("plan__council").order_by("plan__name", "-number")

    def with_people(self) -> Self:
        return self.select_related("opened_by", "closed_by")

    def with_meeting(self) -> Self:
        return self.select_related("meeting__board__council")


class Round(models.Model):
    """An update round: before a meeting, whoever leads an open action is asked how it stands, by a cut-off day.

    It holds no answers. An update said since it was opened is one, and so is a `NoChange`; both are facts with a day,
    so who had answered can be shown as of any day.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=120, help_text="The meeting, for example Improvement Board.")
    meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rounds",
        help_text="Empty where the board, or its meeting, is not kept here.",
    )
    for_meeting_on = models.DateField()
    cut_off_on = models.DateField(help_text="The last day on which an answer is in time for the papers.")
    opened_on = models.DateField()
    # Council and demonstration may stand at one day for long, so the moment tells what was said before from after.
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rounds_opened"
    )
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rounds_closed",
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="round_number_once_in_plan"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_on=None), name="round_one_open_in_plan"
            ),
            models.CheckConstraint(
                condition=Q(cut_off_on__gte=F("opened_on"), cut_off_on__lte=F("for_meeting_on")),
                name="round_cut_off_between_opening_and_meeting",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None)
                | Q(closed_on__gte=F("opened_on"), closed_by__isnull=False),
                name="round_closed_by_somebody_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.for_meeting_on:%-d %B %Y}"

    def is_open(self, on: date) -> bool:
        return self.opened_on <= on and (self.closed_on is None or self.closed_on > on)

    def is_called_off(self, on: date) -> bool:
        """Whether the meeting that it was opened for will not be held, as known on a day."""
        return self.meeting is not None and self.meeting.is_called_off(on)

    def until(self, on: date) -> date:
        """The last day whose answers count when the round is looked at on a day."""
        return min(on, self.closed_on) if self.closed_on else on


class NoChangeQuerySet(models.QuerySet["NoChange"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(action__recommendation__plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(action__recommendation__plan=plan)

    def of_round(self, asked: Round) -> Self:
        return self.filter(round=asked)

    def of_action(self, action: Action) -> Self:
        return self.filter(action=action)

    def said_by(self, *, on: date) -> Self:
        """Said on or before a day, in the order of the rounds."""
        return self.filter(on__lte=on).order_by("action", "round__number", "pk")

    def with_people(self) -> Self:
        return self.select_related("by", "since")


class NoChange(models.Model):
    """“No change since …”: an answer to a round that says nothing new about an action, and why there is nothing.

    It is no progress update: stage, rating, “last updated” and silence stay as the last update left them, and whoever
    asks after silence goes on asking. It points to the update that it leaves standing, so that the same one left
    standing round after round can be counted. Append-only.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="no_changes")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="no_changes")
    since = models.ForeignKey(
        ProgressUpdate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="left_standing",
        help_text="The last update, which still holds; empty where nothing was ever said.",
    )
    reason = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="no_changes")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = NoChangeQuerySet.as_manager()

    class Meta:
        ordering = ["round", "action", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "action"], name="no_change_once_in_round_and_action")
        ]

    def __str__(self) -> str:
        return f"{self.action}: no change, {self.on:%-d %B %Y}"
