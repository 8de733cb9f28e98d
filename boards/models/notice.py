from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Max, Q

from boards.models.guest_link import OwnerLink
from boards.models.round import Round
from improvement.models import Plan, User
from recommendations.models import Action, DueDateChange, ProgressUpdate


def _days(default: int, most: int, label: str, help_text: str) -> models.Field[int, int]:
    field: models.Field[int, int] = models.PositiveSmallIntegerField(
        label, default=default, validators=[MaxValueValidator(most)], help_text=help_text
    )
    return field


class ChaserSettingsQuerySet(models.QuerySet["ChaserSettings"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(plan__council__memberships__user=user)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def holding(self, plan: Plan) -> "ChaserSettings":
        """When a plan's chasers go out; at our own times where nobody set others."""
        return self.for_plan(plan).order_by("-sequence").first() or ChaserSettings(plan=plan, sequence=0)


class ChaserSettings(models.Model):
    """When those who lead a plan's actions are chased by e-mail. Append-only: the last, by `sequence`, holds."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="chaser_settings")
    sequence = models.PositiveIntegerField()
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_days = _days(
        7, 90, "Days before the due date, first", "A first word that an action falls due. 0 for none."
    )
    last_days = _days(
        1, 30, "Days before the due date, again", "A second word if nobody answered. 0 for none."
    )
    again_days = _days(
        7,
        90,
        "Days between chasers once the date has passed",
        "The first goes out on the day on which the date has passed. 0 for that one alone.",
    )
    silent_days = _days(
        42, 365, "Days without a word", "Ask after so many days of silence. Six weeks are 42. 0 for never."
    )

    round_opened = models.BooleanField("Ask when an update round is opened", default=True)
    round_half_way = models.BooleanField("Ask again half way to the round’s last day", default=True)
    round_last_day = models.BooleanField("Ask again on the last day for answers", default=True)

    objects = ChaserSettingsQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-sequence"]
        verbose_name_plural = "chaser settings"
        constraints = [
            models.UniqueConstraint(fields=["plan", "sequence"], name="chaser_settings_sequence_once_in_plan")
        ]

    def __str__(self) -> str:
        return f"{self.plan}, from {self.on:%-d %B %Y}"


CHASER_TIMES = (
    *("first_days", "last_days", "again_days", "silent_days"),
    *("round_opened", "round_half_way", "round_last_day"),
)


class Sending(models.TextChoices):
    """How far an e-mail is."""

    QUEUED = "queued", "On its way"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    LEFT_OUT = "left-out", "Not sent: no longer needed, or not allowed"
    FAILED = "failed", "Could not be sent"
    UNSURE = "unsure", "May not have arrived"


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, user: User) -> Self:
        """What one was sent oneself; nobody reads what another was sent."""
        return self.filter(user=user)

    def on_day(self, on: date) -> Self:
        return self.filter(on=on)


class Digest(models.Model):
    """The one e-mail that somebody gets on a day, whatever there is to say: a user, or the owner behind a link."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="digests"
    )
    link = models.ForeignKey(
        OwnerLink, null=True, blank=True, on_delete=models.PROTECT, related_name="digests"
    )
    on = models.DateField()
    invites = models.BooleanField(default=False, help_text="Whether it brings an owner their link.")
    state = models.CharField(max_length=10, choices=Sending, default=Sending.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "on"], name="digest_once_a_day_to_a_user"),
            models.UniqueConstraint(fields=["link", "on"], name="digest_once_a_day_to_a_link"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, link=None) | Q(user=None, link__isnull=False),
                name="digest_has_one_reader",
            ),
            models.CheckConstraint(condition=Q(state__in=Sending.values), name="digest_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"digest {self.pk} of {self.on:%-d %B %Y}"


class Occasion(models.TextChoices):
    """Why something is said."""

    PASSED = "passed", "The due date has passed"
    SOON = "soon", "Due soon"
    SILENT = "silent", "Nothing said for weeks"
    ASKED = "asked", "Asked of you"
    SAID = "said", "Updated"
    ENDED = "ended", "Completed, signed off or withdrawn"
    MOVED = "moved", "Due date moved"


class DigestItemQuerySet(models.QuerySet["DigestItem"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(digest__user=user, plan__council__memberships__user=user)

    def last_said(self, plan: Plan) -> dict[tuple[int | None, int | None, str], date]:
        """When each thing of a plan was last said to each reader: by user, link and key."""
        rows = self.filter(plan=plan).order_by().values_list("digest__user", "digest__link", "key")
        return {(user, link, key): last for user, link, key, last in rows.annotate(last=Max("digest__on"))}


class DigestItem(models.Model):
    """One thing that a digest says. `key` names it, so that it is not said again before its time."""

    digest = models.ForeignKey(Digest, on_delete=models.PROTECT, related_name="items")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=10, choices=Occasion)
    key = models.CharField(max_length=80)
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    update = models.ForeignKey(
        ProgressUpdate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    move = models.ForeignKey(DueDateChange, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(
        Round,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The update round that asks, where it is no action of its own.",
    )

    objects = DigestItemQuerySet.as_manager()

    class Meta:
        ordering = ["digest", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "key"], name="digest_says_a_thing_once"),
            models.CheckConstraint(
                condition=Q(occasion__in=Occasion.values), name="digest_occasion_is_known"
            ),
        ]
        indexes = [models.Index(fields=["plan", "key"], name="digest_item_by_key")]

    def __str__(self) -> str:
        return f"{self.digest}: {self.key}"
