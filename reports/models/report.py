from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Q

from improvement.models import Council, Plan, User
from improvement.permissions import CLOSED_PART
from reports.models.exemption import Exemptible, exemption_is_reasoned
from reports.models.layout import Layout


def open_to(user: User, report: str = "") -> Q:
    """Which reports a user may read; `report` is the path to the report, such as `report__`."""
    member = {f"{report}council__memberships__user": user}
    closed = {f"{report}council__memberships__role__in": CLOSED_PART}
    # All in one condition, so that both speak of the same membership.
    return Q(**member) & (Q(**{f"{report}exempt_paragraph": ""}) | Q(**closed))


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        """Reports of the user's councils; an exempt one only to those who sit in the closed part of a meeting."""
        return self.filter(open_to(user))

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def for_council(self, council: Council) -> Self:
        return self.filter(council=council)

    def named(self, council: str, plan: str, report: str) -> Self:
        """The report at this address, if there is one."""
        return self.filter(council__slug=council, plan__slug=plan, slug=report)

    def with_plan(self) -> Self:
        return self.select_related("council", "plan__council", "plan__rating_scale", "layout__council")

    def counted_by_layout(self) -> dict[int, int]:
        """How many of these are in each layout that any is in, by its key."""
        counted = self.order_by().values_list("layout").annotate(count=Count("pk"))
        return dict(counted)

    def reported_before(self, day: date) -> Self:
        """On a day before this one, the latest first."""
        return self.filter(on__lt=day).order_by("-on", "-pk")

    def latest_meeting_first(self) -> Self:
        return self.order_by("-meeting_on", "slug", "pk")

    def get_by_natural_key(self, council: str, slug: str) -> "Report":
        return self.get(council__slug=council, slug=slug)


class Report(Exemptible):
    """A paper for a committee about a plan, as the plan stood on a day, in the council's own layout.

    It holds the words that officers write. Every figure in it is worked out from the plan when it is shown. Where the
    whole of it is exempt it carries the paragraph itself; otherwise each section and enclosure says so of itself.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="reports")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    slug = models.SlugField(max_length=80)
    layout = models.ForeignKey(Layout, on_delete=models.PROTECT, related_name="reports")
    title = models.CharField(max_length=160)
    committee = models.CharField(max_length=160)
    meeting_on = models.DateField()
    meeting_note = models.CharField(
        max_length=160, blank=True, help_text="What must be said of the day, for example that it was chosen."
    )
    on = models.DateField(help_text="The day as of which it reports.")
    since = models.DateField(
        null=True, blank=True, help_text="The day of the last report: what changed is told from there."
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["council__name", "-meeting_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="report_slug_once_in_council"),
            exemption_is_reasoned("report_exemption_is_reasoned"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.committee}, {self.meeting_on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.council", "improvement.plan", "reports.layout"]  # type: ignore[attr-defined]
