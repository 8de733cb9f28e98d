from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from boards.models.meeting import Meeting
from improvement.models import Plan, User

# What a paper is made from. A report is named after the sign, a plan's one-click papers by their own short names.
HIGHLIGHTS, MINUTES, LOG, REPORT = "highlights", "minutes", "log", "report:"


class Readiness(models.TextChoices):
    """Whether a paper goes out with the pack."""

    NOT_READY = "not-ready", "Not ready"
    READY = "ready", "Ready"
    EXCLUDED = "excluded", "Excluded"


class PackPaperQuerySet(models.QuerySet["PackPaper"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(meeting__board__council__memberships__user=user)

    def of_meeting(self, meeting: Meeting, *, on: date) -> Self:
        shown = self.filter(meeting=meeting, added_on__lte=on).select_related(
            "plan__council", "plan__rating_scale"
        )
        return shown.order_by("position", "pk")


class PackPaper(models.Model):
    """A paper that a meeting's pack is to have, by its title, and what Waymark makes it from where it does."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="pack_papers", null=True, blank=True
    )
    source = models.CharField(
        max_length=120,
        blank=True,
        help_text="Which paper it is, such as “highlights” or “minutes”; empty for one that somebody brings.",
    )
    added_on = models.DateField()

    objects = PackPaperQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="paper_place_once_in_pack"),
            models.UniqueConstraint(fields=["meeting", "title"], name="paper_title_once_in_pack"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ready_by_itself(self) -> bool:
        """Whether it is made from what the plan and the log say on the day, and so waits for nobody."""
        return bool(self.source) and self.source != MINUTES and not self.source.startswith(REPORT)


class PaperStep(models.Model):
    """Somebody said on a day that a paper is ready, is not, or stays out of the pack, and why."""

    paper = models.ForeignKey(PackPaper, on_delete=models.PROTECT, related_name="steps")
    readiness = models.CharField(max_length=12, choices=Readiness)
    reason = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="paper_steps")

    class Meta:
        ordering = ["paper", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(readiness__in=Readiness.values), name="paper_readiness_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(readiness=Readiness.EXCLUDED) | ~Q(reason=""), name="paper_excluded_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_readiness_display()}"
