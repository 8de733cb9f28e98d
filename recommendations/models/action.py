from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from improvement.models import LeadOfficer, Organisation, Plan, Rating, Theme, User
from recommendations.models.action_lead import FROM_THE_START, ActionLead
from recommendations.models.due_date_change import DueDateChange
from recommendations.models.progress_update import ProgressUpdate, Stage
from recommendations.models.recommendation import Recommendation
from recommendations.models.rewording import Rewording

SOON = timedelta(days=30)
SILENCE = timedelta(days=30)
ENDED = (Stage.COMPLETE.value, Stage.WITHDRAWN.value)


class Phase(models.TextChoices):
    """Harrow's two halves of an answer: what must be done, and what makes it last."""

    MUST_DO = "must-do", "Must do"
    EMBEDDING = "embedding", "Embedding"
    NONE = "none", "No phase"


class DuePrecision(models.TextChoices):
    DAY = "day", "Day"
    MONTH = "month", "Month"
    QUARTER = "quarter", "Quarter"
    ONGOING = "ongoing", "Ongoing"
    TO_BE_CONFIRMED = "to-be-confirmed", "To be confirmed"


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(recommendation__plan__council__memberships__user=user)

    # Scopes

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(recommendation__plan=plan)

    def for_theme(self, theme: Theme) -> Self:
        return self.filter(recommendation__theme=theme)

    def for_recommendation(self, recommendation: Recommendation) -> Self:
        return self.filter(recommendation=recommendation)

    def for_timescale(self, timescale: str) -> Self:
        return self.filter(recommendation__timescale=timescale)

    def for_phase(self, phase: str) -> Self:
        return self.filter(phase=phase)

    def numbered(self, numbers: Iterable[int]) -> Self:
        """Those with these numbers in the database."""
        return self.filter(pk__in=numbers)

    def added_after(self, day: date) -> Self:
        return self.filter(added_on__gt=day)

    def led_by(self, officers: "models.QuerySet[LeadOfficer] | list[LeadOfficer]", *, on: date) -> Self:
        """Actions that any of these posts leads on a day, in whatever place."""
        leads = ActionLead.objects.leading(on=on).filter(action=OuterRef("pk"))
        return self.filter(Exists(leads.filter(lead_officer__in=officers)))

    def for_organisation(self, organisation: Organisation, *, on: date) -> Self:
        """Actions that a post of this organisation leads on a day, in whatever place."""
        leads = ActionLead.objects.leading(on=on).filter(action=OuterRef("pk"))
        return self.filter(Exists(leads.filter(lead_officer__organisation=organisation)))

    def matching(self, words: str) -> Self:
        """Actions in whose text, latest update, recommendation or reference every word occurs."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(text__icontains=word)
                | Q(recommendation__reference__iexact=word)
                | Q(recommendation__title__icontains=word)
                | Q(recommendation__text__icontains=word)
                | Q(narrative__icontains=word)
            )
        return found

    def leading(self, *, on: date) -> Self:
        """Once for each post that leads on a day, for counting by what is known of `leads`."""
        return self.filter(leads__in=ActionLead.objects.leading(on=on))

    # The day

    def as_of(self, on: date) -> Self:
        """Actions that the plan had on a day, each with what had last been said of it by then.

        Annotates `text`, `due_on`, `stage` (never null), `rating_now` (a rating's number or null), `narrative`,
        `updated_on`, `forecast_on`, `completed_on` (the day on which it became complete, while it still is), `moves`
        (how often the due date had been moved) and `move_waits` (whether a request to move it waits).
        """
        wording = Rewording.objects.filter(action=OuterRef("pk")).made_by(on=on)
        moves = DueDateChange.objects.filter(action=OuterRef("pk"))
        move = moves.agreed(on=on)
        counted = move.order_by().values("action").annotate(count=Count("pk"))
        latest = ProgressUpdate.objects.filter(action=OuterRef("pk")).said_by(on=on)
        reopened = ProgressUpdate.objects.filter(action=OuterRef("action"), on__lte=on).exclude(
            stage=Stage.COMPLETE
        )
        after = Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), sequence__gt=OuterRef("sequence"))
        completion = (
            ProgressUpdate.objects.filter(action=OuterRef("pk"), on__lte=on, stage=Stage.COMPLETE)
            .exclude(Exists(reopened.filter(after)))
            .order_by("on", "sequence")
        )
        return self.filter(added_on__lte=on).annotate(
            text=Coalesce(Subquery(wording.values("text")[:1]), F("original_text")),
            due_on=Coalesce(Subquery(move.values("new_on")[:1]), F("original_due_on")),
            stage=Coalesce(
                Subquery(latest.values("stage")[:1]),
                Value(Stage.NOT_STARTED.value),
                output_field=models.CharField(),
            ),
            rating_now=Subquery(latest.values("rating")[:1]),
            narrative=Coalesce(
                Subquery(latest.values("narrative")[:1]), Value(""), output_field=models.TextField()
            ),
            updated_on=Subquery(latest.values("on")[:1]),
            forecast_on=Subquery(latest.values("forecast_on")[:1]),
            completed_on=Subquery(completion.values("on")[:1]),
            moves=Coalesce(Subquery(counted.values("count")), Value(0)),
            move_waits=Exists(moves.waiting(on=on)),
        )

    # Adjectives; each needs `as_of`

    def in_stage(self, stage: str) -> Self:
        return self.filter(stage=stage)

    def not_in_stage(self, stage: str) -> Self:
        return self.exclude(stage=stage)

    def rated(self, rating: Rating) -> Self:
        return self.filter(rating_now=rating.pk)

    def not_rated(self) -> Self:
        return self.filter(rating_now=None)

    def open(self) -> Self:
        return self.exclude(stage__in=ENDED)

    def overdue(self, *, on: date) -> Self:
        return self.filter(self.is_overdue(on))

    def due_soon(self, *, on: date) -> Self:
        return self.filter(self.is_due_soon(on))

    def should_be_finished(self, *, on: date) -> Self:
        return self.filter(self.is_should_be_finished(on))

    def promised(self, *, on: date) -> Self:
        return self.filter(self.is_promised(on))

    def silent(self, *, on: date) -> Self:
        return self.filter(self.is_silent(on))

    def not_updated_since(self, day: date) -> Self:
        """Open, and last updated before a day or never."""
        return self.open().filter(Q(updated_on__lt=day) | Q(updated_on=None))

    def undated(self) -> Self:
        return self.filter(self.is_undated())

    def dated(self) -> Self:
        return self.exclude(self.is_undated())

    def own_claims_of(self, user: User, posts: "list[LeadOfficer]", *, on: date) -> Self:
        """Those that await sign-off and that the user claimed, or leads with one of the posts: others sign these off."""
        said = ProgressUpdate.objects.filter(action=OuterRef("pk"))
        since = ProgressUpdate.objects.filter(action=OuterRef("action"), sequence__gt=OuterRef("sequence"))
        claims = said.filter(by=user, stage=Stage.AWAITING_SIGN_OFF).exclude(
            Exists(since.exclude(stage=Stage.AWAITING_SIGN_OFF))
        )
        led = ActionLead.objects.leading(on=on).filter(action=OuterRef("pk"), lead_officer__in=posts)
        return self.in_stage(Stage.AWAITING_SIGN_OFF).filter(Exists(claims) | Exists(led))

    def moved(self) -> Self:
        return self.filter(self.is_moved())

    def by_exception(self, *, on: date, off_course: Iterable[Rating]) -> Self:
        """What a board looks at first: overdue, on hold, rated as going wrong, or not heard of."""
        rated = Q(rating_now__in=[rating.pk for rating in off_course])
        return self.filter(self.is_overdue(on) | Q(stage=Stage.ON_HOLD) | rated | self.is_silent(on))

    def completed_late(self) -> Self:
        return self.filter(self.is_completed_late())

    def completed_on_time(self) -> Self:
        return self.filter(self.is_completed_on_time())

    # What each adjective means, once, for filtering, for counting and for leaving out alike: a date that is not there
    # is said so, or SQL's third truth value would lose the row from both a filter and its opposite.

    @staticmethod
    def is_overdue(on: date) -> Q:
        """Due before the day, neither complete nor withdrawn."""
        return Q(due_on__isnull=False, due_on__lt=on) & ~Q(stage__in=ENDED)

    @staticmethod
    def is_due_soon(on: date) -> Q:
        """Due on the day or in the 30 days after it, and still open."""
        return Q(due_on__isnull=False, due_on__gte=on, due_on__lte=on + SOON) & ~Q(stage__in=ENDED)

    @staticmethod
    def is_should_be_finished(on: date) -> Q:
        """Due before the day, whether finished or not; withdrawn ones no longer count."""
        return Q(due_on__isnull=False, due_on__lt=on) & ~Q(stage=Stage.WITHDRAWN)

    @staticmethod
    def is_promised(on: date) -> Q:
        """First due before the day, wherever its date stands now; withdrawn ones no longer count."""
        return Q(original_due_on__isnull=False, original_due_on__lt=on) & ~Q(stage=Stage.WITHDRAWN)

    @staticmethod
    def is_silent(on: date) -> Q:
        """Open, and nothing said for more than 30 days or ever."""
        return (Q(updated_on__lt=on - SILENCE) | Q(updated_on=None)) & ~Q(stage__in=ENDED)

    @staticmethod
    def is_undated() -> Q:
        """Without a day by which it is due."""
        return Q(due_on=None)

    @staticmethod
    def is_moved() -> Q:
        """Its due date was moved at least once."""
        return Q(moves__gt=0)

    @staticmethod
    def is_completed_late() -> Q:
        return Q(stage=Stage.COMPLETE, completed_on__gt=F("due_on"))

    @staticmethod
    def is_completed_on_time() -> Q:
        return Q(stage=Stage.COMPLETE, completed_on__lte=F("due_on"))

    # Order and company

    def in_plan_order(self) -> Self:
        return self.order_by("recommendation__theme__position", "recommendation__position", "position", "pk")

    def longest_overdue_first(self) -> Self:
        place = ("recommendation__theme__position", "recommendation__position", "position", "pk")
        return self.order_by(F("due_on").asc(nulls_last=True), *place)

    def with_sort_keys(self, *, on: date) -> Self:
        """What lists sort by beside their own columns: the accountable post, and the rating's place in its key."""
        first = ActionLead.objects.leading(on=on).filter(action=OuterRef("pk"), position=1)
        rating = Rating.objects.filter(pk=OuterRef("rating_now"))
        return self.annotate(
            # Empty ones stand at the same end on every database: without a date last, never updated first.
            due_place=Coalesce("due_on", Value(date.max)),
            updated_place=Coalesce("updated_on", Value(date.min)),
            first_lead=Subquery(first.values("lead_officer__abbreviation")[:1]),
            rating_position=Subquery(rating.values("position")[:1]),
        )

    def with_update_number(self, *, on: date) -> Self:
        """Annotates `update_number`: the sequence of what had last been said by a day, 0 where nothing had."""
        latest = ProgressUpdate.objects.filter(action=OuterRef("pk")).said_by(on=on)
        return self.annotate(update_number=Coalesce(Subquery(latest.values("sequence")[:1]), Value(0)))

    def with_leads(self) -> Self:
        """With all who ever led, of whom `leads_on` names those of a day."""
        leads = ActionLead.objects.select_related("lead_officer__organisation", "handover")
        return self.prefetch_related(models.Prefetch("leads", leads))

    def with_recommendation(self) -> Self:
        return self.select_related(
            "recommendation__theme", "recommendation__plan__council", "recommendation__plan__rating_scale"
        )

    def get_by_natural_key(self, council: str, plan: str, reference: str, number: str) -> "Action":
        return self.get(
            recommendation__plan__council__slug=council,
            recommendation__plan__slug=plan,
            recommendation__reference=reference,
            number=number,
        )


class Action(models.Model):
    """One thing that somebody undertakes to do in answer to a recommendation."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="actions")
    number = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.NONE)
    original_text = models.TextField(
        help_text="The words it began with; never changed. Its words on a day are asked by `as_of`."
    )
    lead_officers = models.ManyToManyField(LeadOfficer, through="ActionLead", related_name="actions")
    original_due_on = models.DateField(
        null=True,
        blank=True,
        help_text="The first due date; never changed. The date on a day is asked by `as_of`.",
    )
    due_precision = models.CharField(max_length=16, choices=DuePrecision, default=DuePrecision.DAY)
    due_text = models.CharField(
        max_length=60, blank=True, help_text="The first due date as the plan prints it."
    )
    added_on = models.DateField(help_text="The day on which the plan took it in.")
    note = models.TextField(blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "number"], name="action_number_once_in_recommendation"
            ),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="action_phase_is_known"),
            models.CheckConstraint(
                condition=Q(due_precision__in=DuePrecision.values), name="action_due_precision_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation.reference} ({self.number})"

    def natural_key(self) -> tuple[str, str, str, str]:
        return (*self.recommendation.natural_key(), self.number)

    natural_key.dependencies = ["recommendations.recommendation", "improvement.leadofficer"]  # type: ignore[attr-defined]

    def leads_on(self, day: date) -> "list[ActionLead]":
        """Who leads it on a day, the accountable one first; asks the database nothing after `with_leads`."""
        begun = [lead for lead in self.leads.all() if lead.has_begun(day)]
        last = max((lead.sequence for lead in begun), default=FROM_THE_START)
        return [lead for lead in begun if lead.sequence == last]
