from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models.meeting import Meeting
from improvement.models import Plan, User


class ItemKind(models.TextChoices):
    """What an item of an agenda is about; the plan stands on every agenda."""

    PLAN = "plan", "How the plan stands"
    LOG = "log", "The board's own actions"
    PAPER = "paper", "A paper"
    OTHER = "other", "Something else"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(meeting__board__council__memberships__user=user)

    def of_meeting(self, meeting: Meeting, *, on: date) -> Self:
        """What was on the agenda by a day, in order."""
        items = self.filter(meeting=meeting, added_on__lte=on)
        return items.select_related("plan__council", "plan__rating_scale").order_by("position", "pk")


class AgendaItem(models.Model):
    """One thing that a meeting comes to, in its order, with the post that leads it. A plan's item shows that plan."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=ItemKind, default=ItemKind.OTHER)
    title = models.CharField(max_length=160)
    lead = models.CharField(max_length=160, blank=True, help_text="The post that leads it.")
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="agenda_items", null=True, blank=True
    )
    added_on = models.DateField()

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="item_place_once_on_agenda"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=ItemKind.PLAN, plan__isnull=False) | ~Q(kind=ItemKind.PLAN),
                name="item_about_a_plan_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemNoteQuerySet(models.QuerySet["ItemNote"]):
    def of_meeting(self, meeting: Meeting, *, on: date) -> Self:
        """What was noted by a day, the latest of each item last."""
        return self.filter(item__meeting=meeting, on__lte=on).order_by("item", "sequence")


class ItemNote(models.Model):
    """What was said under an item, as its note stood after one saving. The latest goes into the minutes."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="notes")
    sequence = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="item_notes", null=True, blank=True
    )

    objects = ItemNoteQuerySet.as_manager()

    class Meta:
        ordering = ["item", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["item", "sequence"], name="note_sequence_once_in_item")
        ]

    def __str__(self) -> str:
        return f"{self.item}, note {self.sequence}"
