from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from improvement.models.council import Council
from improvement.models.organisation import Organisation

if TYPE_CHECKING:
    from improvement.models.user import User


class LeadOfficerQuerySet(models.QuerySet["LeadOfficer"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(council__memberships__user=user)

    def held_by(self, user: "User", *, on: date) -> Self:
        """Posts that the user holds on a day."""
        return self.filter(pk__in=Holding.objects.current(on=on).filter(user=user).values("lead_officer"))

    def get_by_natural_key(self, council: str, abbreviation: str) -> "LeadOfficer":
        return self.get(council__slug=council, abbreviation=abbreviation)


class LeadOfficer(models.Model):
    """A post that leads actions, with the abbreviation that the plan's key gives it. Never a person."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="lead_officers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lead_officers")
    abbreviation = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    in_key = models.BooleanField(
        default=True, help_text="Whether the plan's own key explains the abbreviation."
    )
    note = models.TextField(blank=True)

    objects = LeadOfficerQuerySet.as_manager()

    class Meta:
        ordering = ["abbreviation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "abbreviation"], name="lead_officer_abbreviation_once_in_council"
            )
        ]

    def __str__(self) -> str:
        return self.abbreviation

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.abbreviation)

    natural_key.dependencies = ["improvement.council", "improvement.organisation"]  # type: ignore[attr-defined]

    @property
    def in_full(self) -> str:
        """The post and its organisation, which the post's own title may name already."""
        named = self.organisation.name
        return self.title if self.title.endswith(named) else f"{self.title}, {named}"


class HoldingQuerySet(models.QuerySet["Holding"]):
    def current(self, *, on: date) -> Self:
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=on), Q(until_on__isnull=True) | Q(until_on__gte=on)
        )

    def of_council(self, council: Council) -> Self:
        return self.filter(lead_officer__council=council)


class Holding(models.Model):
    """A user holds a post from a day to a day; an empty day means no limit on that side."""

    lead_officer = models.ForeignKey(LeadOfficer, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering = ["lead_officer", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lead_officer", "user"], name="holding_once_per_post_and_user"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="holding_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_officer} held by user {self.user_id}"
