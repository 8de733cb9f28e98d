from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from improvement.models import Council, Plan, User
from improvement.permissions import MAY, Verb

# Who may change what the plan says: they alone see what is being brought in, and the files that it came from.
KEEPERS = tuple(role for role, verbs in MAY.items() if Verb.KEEP_PLAN in verbs)


class IntakeState(models.TextChoices):
    """Where a file stands on its way into a plan."""

    READING = "reading", "Being read"
    UNDERSTOOD = "understood", "To look through"
    LOADING = "loading", "Being loaded"
    LOADED = "loaded", "Loaded"
    FAILED = "failed", "Not read"
    LEFT = "left", "Left"


# While it waits, the same file is not begun a second time.
WAITING = (IntakeState.READING.value, IntakeState.UNDERSTOOD.value, IntakeState.LOADING.value)
# In these it can still be changed.
OPEN = (IntakeState.READING.value, IntakeState.UNDERSTOOD.value, IntakeState.FAILED.value)


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: User) -> Self:
        """Those of the councils whose plans the user keeps."""
        return self.filter(council__memberships__user=user, council__memberships__role__in=KEEPERS)

    def for_council(self, council: Council) -> Self:
        return self.filter(council=council)

    def loaded_into(self, plan: Plan) -> Self:
        """What was loaded into a plan, the last first."""
        return self.filter(plan=plan, state=IntakeState.LOADED).order_by("-loaded_at", "-pk")

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)

    def latest_first(self) -> Self:
        return self.order_by("-begun_at", "-pk")

    def without_content(self) -> Self:
        """Without the rows of the file, which are many and which a list does not need."""
        return self.defer("source", "mapping", "mended", "understood")


class Intake(models.Model):
    """A plan's file on its way in: what was read, what was understood, what somebody mended, and what became of it.

    Its file is kept as it came, as evidence of where the plan's words are from. `version` counts the changes that people
    made to it, so that of two who look at it at once neither loses a word.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="intakes")
    plan = models.ForeignKey(
        Plan,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="intakes",
        help_text="Empty until there is one.",
    )
    plan_slug = models.SlugField()
    plan_name = models.CharField(max_length=160)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="intakes")
    name = models.CharField(max_length=120, help_text="The file's name.")
    kind = models.CharField(max_length=8, blank=True, help_text="Word, Excel or CSV; empty until it is read.")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200, help_text="Where its bytes lie.")
    begun_on = models.DateField()
    begun_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=12, choices=IntakeState, default=IntakeState.READING)
    problem = models.TextField(blank=True, help_text="Why it could not be read or loaded.")
    source = models.JSONField(null=True, blank=True, help_text="The file as rows of cells.")
    mapping = models.JSONField(null=True, blank=True, help_text="What its columns are taken for.")
    mended = models.JSONField(default=dict, blank=True, help_text="What somebody typed in place of a value.")
    understood = models.JSONField(null=True, blank=True, help_text="The plan as understood and mended.")
    saying = models.CharField(max_length=160, blank=True, help_text="What is being done with it.")
    version = models.PositiveIntegerField(default=1)
    loaded_on = models.DateField(null=True, blank=True)
    loaded_at = models.DateTimeField(null=True, blank=True)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="intakes_loaded",
    )

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["council", "-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IntakeState.values), name="intake_state_is_known"),
            models.UniqueConstraint(
                fields=["council", "plan_slug", "sha256"],
                condition=Q(state__in=WAITING),
                name="intake_one_waits_of_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state="loaded", plan__isnull=False, loaded_on__isnull=False)
                | (~Q(state="loaded") & Q(loaded_on=None)),
                name="intake_loaded_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.begun_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        """Whether its columns and values can still be changed."""
        return self.state in OPEN

    def was_said_by(self, user: User, on: date) -> bool:
        """Whether this person loaded it on this day, as after a double click."""
        return self.state == IntakeState.LOADED and (self.loaded_by_id, self.loaded_on) == (user.pk, on)


class RememberedColumn(models.Model):
    """What a council's heading stood for the last time that somebody said so."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="remembered_columns")
    heading = models.CharField(max_length=200, help_text="The heading in small letters, without its points.")
    meaning = models.CharField(max_length=20)

    class Meta:
        ordering = ["council", "heading"]
        constraints = [
            models.UniqueConstraint(fields=["council", "heading"], name="remembered_column_once_per_council")
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.meaning}"
