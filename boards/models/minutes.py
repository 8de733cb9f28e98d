from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models.meeting import Meeting
from improvement.models import User


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(meeting__board__council__memberships__user=user)

    def of_meeting(self, meeting: Meeting, *, on: date) -> Self:
        """As they stood after each saving by a day, the latest first."""
        return self.filter(meeting=meeting, on__lte=on).order_by("-sequence")


class Minutes(models.Model):
    """The minutes of a meeting as they stood after one saving. Once they are agreed nothing is saved after them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    sequence = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text.")
    agreed = models.BooleanField(default=False)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="minutes_saved")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "sequence"]
        verbose_name_plural = "minutes"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sequence"], name="minutes_sequence_once_in_meeting"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(agreed=True), name="minutes_agreed_once_in_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"Minutes of {self.meeting}"
