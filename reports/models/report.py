from typing import Self

from django.db import models
from django.db.models import Q

from improvement.models import Council, Plan, User
from improvement.permissions import CLOSED_PART


def open_to(user: User, report: str = "") -> Q:
    """Which reports a user may read; `report` is the path to the report, such as `report__`."""
    member = {f"{report}council__memberships__user": user}
    closed = {f"{report}council__memberships__role__in": CLOSED_PART}
    # All in one condition, so that both speak of the same membership.
    return Q(**member) & (Q(**{f"{report}exempt": False}) | Q(**closed))


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        """Reports of the user's councils; an exempt one only to those who sit in the closed part of a meeting."""
        return self.filter(open_to(user))

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def named(self, council: str, plan: str, report: str) -> Self:
        """The report at this address, if there is one."""
        return self.filter(council__slug=council, plan__slug=plan, slug=report)

    def with_plan(self) -> Self:
        return self.select_related("council", "plan__council", "plan__rating_scale")

    def latest_meeting_first(self) -> Self:
        return self.order_by("-meeting_on", "slug", "pk")

    def get_by_natural_key(self, council: str, slug: str) -> "Report":
        return self.get(council__slug=council, slug=slug)


class Report(models.Model):
    """A paper for a committee about a plan, as the plan stood on a day, in the council's own layout.

    It holds the words that officers write. Every figure in it is worked out from the plan when it is shown.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="reports")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=160)
    committee = models.CharField(max_length=160)
    meeting_on = models.DateField()
    meeting_note = models.CharField(
        max_length=160, blank=True, help_text="What must be said of the day, for example that it was chosen."
    )
    on = models.DateField(help_text="The day as of which it reports.")
    responsible_officer = models.CharField(max_length=160, help_text="A post, never a person's name.")
    scrutiny_lead_areas = models.TextField(blank=True, help_text="One a line.")
    exempt = models.BooleanField(
        default=False, help_text="Kept for the part of the meeting that the public leaves."
    )
    enclosures = models.TextField(blank=True, help_text="One a line.")
    contact = models.CharField(max_length=200, help_text="A post, never a person's name.")
    background_papers = models.TextField(blank=True, help_text="One a line.")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["council__name", "-meeting_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="report_slug_once_in_council")
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.committee}, {self.meeting_on:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.council", "improvement.plan"]  # type: ignore[attr-defined]


class ReportSectionManager(models.Manager["ReportSection"]):
    def get_by_natural_key(self, council: str, report: str, position: int) -> "ReportSection":
        return self.get(report__council__slug=council, report__slug=report, position=position)


class ReportSection(models.Model):
    """A stretch of a report under one heading, within one of its numbered parts."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    part = models.PositiveSmallIntegerField(help_text="1 for Section 1, and so on.")
    part_heading = models.CharField(max_length=160)
    heading = models.CharField(max_length=160, blank=True)
    body = models.TextField(help_text="Markdown: paragraphs, lists, bold, italics and quotations.")
    position = models.PositiveSmallIntegerField()

    objects = ReportSectionManager()

    class Meta:
        ordering = ["report", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="report_section_position_once"),
            models.CheckConstraint(condition=Q(part__gte=1), name="report_section_part_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.part}. {self.heading or self.part_heading}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.report.natural_key(), self.position)

    natural_key.dependencies = ["reports.report"]  # type: ignore[attr-defined]


class ClearanceManager(models.Manager["Clearance"]):
    def get_by_natural_key(self, council: str, report: str, position: int) -> "Clearance":
        return self.get(report__council__slug=council, report__slug=report, position=position)


class Clearance(models.Model):
    """A statutory officer, or somebody on their behalf, has read the report and cleared it on a day."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="clearances")
    post = models.CharField(
        max_length=160, help_text="On whose behalf, for example the Chief Financial Officer."
    )
    cleared_on = models.DateField(null=True, blank=True, help_text="Empty while it is not cleared.")
    position = models.PositiveSmallIntegerField()

    objects = ClearanceManager()

    class Meta:
        ordering = ["report", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "position"], name="clearance_position_once")]

    def __str__(self) -> str:
        return self.post

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.report.natural_key(), self.position)

    natural_key.dependencies = ["reports.report"]  # type: ignore[attr-defined]
