from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from improvement.models import Plan, User
from reports.models.exemption import Exemptible, exemption_is_reasoned
from reports.models.layout import Place, RowSource, SectionSource
from reports.models.report import Report, open_to


class Readiness(models.TextChoices):
    """How far a section is."""

    NOT_READY = "not-ready", "Not ready"
    READY = "ready", "Ready"
    NOT_APPLICABLE = "not-applicable", "Not applicable"


class ReportRowManager(models.Manager["ReportRow"]):
    def get_by_natural_key(self, council: str, report: str, position: int) -> "ReportRow":
        return self.get(report__council__slug=council, report__slug=report, position=position)


class ReportRow(models.Model):
    """A row of facts at the head of a report or in its headline table, as its layout gave it when it was started."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="rows")
    place = models.CharField(max_length=10, choices=Place, default=Place.HEAD)
    label = models.CharField(max_length=120)
    filled_from = models.CharField(max_length=16, choices=RowSource, default=RowSource.TYPED)
    text = models.TextField(blank=True, help_text="One line for each line of the row.")
    required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    objects = ReportRowManager()

    class Meta:
        ordering = ["report", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="report_row_position_once"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="report_row_place_is_known"),
            models.CheckConstraint(
                condition=Q(filled_from__in=RowSource.values), name="report_row_source_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.report.natural_key(), self.position)

    natural_key.dependencies = ["reports.report"]  # type: ignore[attr-defined]


class ReportSectionQuerySet(models.QuerySet["ReportSection"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(open_to(user, "report__"))

    def for_report(self, report: Report) -> Self:
        return self.filter(report=report)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(report__plan=plan)

    def open(self) -> Self:
        """Without what is kept for the part of the meeting that the public leaves."""
        return self.filter(exempt_paragraph="")

    def exempt(self) -> Self:
        return self.exclude(exempt_paragraph="")

    def missing(self) -> Self:
        """Required, and neither ready nor said not to apply."""
        return self.filter(required=True, readiness=Readiness.NOT_READY)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def get_by_natural_key(self, council: str, report: str, position: int) -> "ReportSection":
        return self.get(report__council__slug=council, report__slug=report, position=position)


class ReportSection(Exemptible):
    """A stretch of a report under one heading: what its author types, and what the plan puts after it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    heading = models.CharField(max_length=160)
    level = models.PositiveSmallIntegerField(
        default=1, help_text="1 for a main heading, 2 or 3 for one under it."
    )
    filled_from = models.CharField(max_length=20, choices=SectionSource, default=SectionSource.TYPED)
    numbered = models.BooleanField(default=True, help_text="Whether the layout's numbers count its heading.")
    numbers_paragraphs = models.BooleanField(
        default=False, help_text="Whether its paragraphs are counted, where the layout counts paragraphs."
    )
    required = models.BooleanField(default=True)
    added = models.BooleanField(
        default=False, help_text="By its authors, beside those that the layout asks for."
    )
    guidance = models.CharField(max_length=400, blank=True)
    body = models.TextField(
        blank=True, help_text="Markdown: paragraphs, lists, bold, italics, quotations and live figures."
    )
    readiness = models.CharField(max_length=16, choices=Readiness, default=Readiness.NOT_READY)
    because = models.CharField(max_length=300, blank=True, help_text="Why it does not apply.")
    position = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(
        default=1, help_text="Of its words: one more with each change of them."
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReportSectionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="report_section_position_once"),
            models.CheckConstraint(condition=Q(level__in=(1, 2, 3)), name="report_section_level_is_known"),
            models.CheckConstraint(
                condition=Q(filled_from__in=SectionSource.values), name="report_section_source_is_known"
            ),
            models.CheckConstraint(
                condition=Q(readiness__in=Readiness.values), name="report_section_readiness_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(readiness=Readiness.NOT_APPLICABLE) | ~Q(because=""),
                name="report_section_left_out_with_reason",
            ),
            exemption_is_reasoned("report_section_exemption_is_reasoned"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def is_left_out(self) -> bool:
        return self.readiness == Readiness.NOT_APPLICABLE

    @property
    def words(self) -> int:
        """How many words its authors typed; the marks of lists and quotations are none."""
        return sum(any(map(str.isalnum, word)) for word in self.body.split())

    @property
    def may_go(self) -> bool:
        """Whether its authors may take it out: they added it, or the layout can do without it."""
        return self.added or not self.required

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.report.natural_key(), self.position)

    natural_key.dependencies = ["reports.report"]  # type: ignore[attr-defined]
