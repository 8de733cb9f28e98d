from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from improvement.models import Council, User
from reports.models.report import Report, open_to


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(open_to(user, "report__"))

    def for_report(self, report: Report) -> Self:
        return self.filter(report=report)

    def with_state(self) -> Self:
        """Each with `state`, `stated_on` and `comments` of what happened last, and whom it was asked of or given by."""
        last = ClearanceStep.objects.filter(clearance=OuterRef("pk")).order_by("-sequence")
        return self.annotate(
            state=Subquery(last.values("happened")[:1]),
            stated_on=Subquery(last.values("on")[:1]),
            comments=Subquery(last.values("comments")[:1]),
            asked_of_id=Subquery(last.filter(happened=Happened.ASKED).values("asked_of")[:1]),
            given_by_id=Subquery(last.filter(happened=Happened.GIVEN).values("by")[:1]),
        )

    def given(self) -> Self:
        """Given, and not taken back since."""
        return self.with_state().filter(state=Happened.GIVEN)

    def for_council(self, council: Council) -> Self:
        return self.filter(report__council=council)

    def asked_of(self, user: User) -> Self:
        """Waiting for this person's answer."""
        return self.with_state().filter(state=Happened.ASKED, asked_of_id=user.pk)

    def taken_back_from(self, user: User) -> Self:
        """Given by this person, and no longer holding because the report was changed."""
        return self.with_state().filter(state=Happened.VOIDED, given_by_id=user.pk)

    def missing(self) -> Self:
        """Required before the report can be published, and not given or not holding."""
        return self.with_state().filter(required=True).exclude(pk__in=self.given().values("pk"))

    def with_report(self) -> Self:
        return self.select_related("report__council", "report__plan")

    def with_steps(self) -> Self:
        return self.prefetch_related("steps__by", "steps__asked_of", "steps__mails")

    def nearest_meeting_first(self) -> Self:
        return self.order_by("report__meeting_on", "report", "position", "pk")

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def get_by_natural_key(self, council: str, report: str, position: int) -> "Clearance":
        return self.get(report__council__slug=council, report__slug=report, position=position)


class Clearance(models.Model):
    """A statutory officer on whose behalf a report must be read and cleared before it goes to its committee."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="clearances")
    post = models.CharField(
        max_length=160, help_text="On whose behalf, for example the Chief Financial Officer."
    )
    required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        ordering = ["report", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="clearance_position_once")]

    def __str__(self) -> str:
        return self.post

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.report.natural_key(), self.position)

    natural_key.dependencies = ["reports.report"]  # type: ignore[attr-defined]


class Happened(models.TextChoices):
    """What happens to a clearance."""

    ASKED = "asked", "Asked for"
    GIVEN = "given", "Cleared"
    RETURNED = "returned", "Returned with comments"
    VOIDED = "voided", "No longer holds: the report was changed"


class ClearanceStepManager(models.Manager["ClearanceStep"]):
    def get_by_natural_key(self, council: str, report: str, position: int, sequence: int) -> "ClearanceStep":
        return self.get(
            clearance__report__council__slug=council,
            clearance__report__slug=report,
            clearance__position=position,
            sequence=sequence,
        )


class ClearanceStep(models.Model):
    """One thing that happened to a clearance. Nothing is altered: the last, by `sequence`, says how it stands."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="steps")
    sequence = models.PositiveIntegerField()
    happened = models.CharField(max_length=10, choices=Happened)
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="clearances_asked_of",
        help_text="Who was asked to clear it.",
    )
    comments = models.TextField(
        blank=True, help_text="Why it was returned, or what was changed after it was given."
    )
    source = models.CharField(
        max_length=160, blank=True, help_text="The paper it was taken from, when nobody typed it."
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ClearanceStepManager()

    class Meta:
        ordering = ["clearance", "sequence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clearance", "sequence"], name="clearance_step_once_in_sequence"),
            models.CheckConstraint(condition=Q(happened__in=Happened.values), name="clearance_step_is_known"),
            models.CheckConstraint(
                condition=~Q(happened=Happened.RETURNED) | ~Q(comments=""),
                name="clearance_step_returned_with_comments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clearance}: {self.get_happened_display()}"

    def natural_key(self) -> tuple[str, str, int, int]:
        return (*self.clearance.natural_key(), self.sequence)

    natural_key.dependencies = ["reports.clearance"]  # type: ignore[attr-defined]


class Sending(models.TextChoices):
    """How far an e-mail is."""

    QUEUED = "queued", "The e-mail is on its way"
    SENDING = "sending", "The e-mail is being sent"
    SENT = "sent", "Told by e-mail"
    LEFT_OUT = "left-out", "No e-mail was sent: it was no longer needed, or not allowed"
    FAILED = "failed", "The e-mail could not be sent; tell them yourself"
    UNSURE = "unsure", "The e-mail may not have arrived; tell them yourself"


class ClearanceMail(models.Model):
    """The e-mail that tells one person of one step. It says nothing of what the report is about."""

    step = models.ForeignKey(ClearanceStep, on_delete=models.PROTECT, related_name="mails")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=Sending, default=Sending.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["step", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "to"], name="clearance_mail_once_to_each"),
            models.CheckConstraint(condition=Q(state__in=Sending.values), name="clearance_mail_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.get_state_display()}"
