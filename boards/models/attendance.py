from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models.meeting import Meeting
from boards.models.seat import Seat


class Presence(models.TextChoices):
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Absent"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def of_meeting(self, meeting: Meeting, *, on: date) -> Self:
        """What was recorded by a day, the latest of each seat last."""
        return self.filter(meeting=meeting, on__lte=on).order_by("pk")


class Attendance(models.Model):
    """Whether a seat was filled at a meeting, as somebody recorded it; a later record stands in its place."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendance")
    presence = models.CharField(max_length=12, choices=Presence)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attendance")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="presence_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_presence_display()}"
