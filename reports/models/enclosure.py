from typing import Self

from django.db import models
from django.db.models import Q

from improvement.models import Plan, User
from reports.models.exemption import Exemptible, exemption_is_reasoned
from reports.models.report import Report, open_to


class EnclosureKind(models.TextChoices):
    """What can stand behind a report."""

    PLAN = "plan", "The plan in full"
    EXCEPTIONS = "exceptions", "Actions by exception"
    CHANGES = "changes", "Changes since the last report"
    EVIDENCE = "evidence", "Evidence tracker"
    INDEX = "index", "Index of changes"
    SLIPPAGE = "slippage", "Slippage table"
    SCORECARD = "scorecard", "Scorecard"
    RISKS = "risks", "Risks"
    TERMS = "terms", "Terms of reference, or another text"
    FILE = "file", "A PDF of your own"


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(open_to(user, "report__"))

    def for_report(self, report: Report) -> Self:
        return self.filter(report=report)

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(report__plan=plan)

    def open(self) -> Self:
        return self.filter(exempt_paragraph="")

    def exempt(self) -> Self:
        return self.exclude(exempt_paragraph="")

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def get_by_natural_key(self, council: str, report: str, position: int) -> "Enclosure":
        return self.get(report__council__slug=council, report__slug=report, position=position)


class Enclosure(Exemptible):
    """Something that goes with a report: a part of the plan as of the report's day, a text, or an uploaded PDF."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="enclosures")
    kind = models.CharField(max_length=12, choices=EnclosureKind)
    title = models.CharField(max_length=160)
    body = models.TextField(blank=True, help_text="Of a text: Markdown.")
    file = models.CharField(
        max_length=120, blank=True, help_text="Of an uploaded PDF: the key under which it lies."
    )
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    pages = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    position = models.PositiveSmallIntegerField()

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        ordering = ["report", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="enclosure_position_once"),
            models.CheckConstraint(
                condition=Q(kind__in=EnclosureKind.values), name="enclosure_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=EnclosureKind.FILE) | (~Q(sha256="") & ~Q(file="")),
                name="enclosure_file_has_bytes",
            ),
            exemption_is_reasoned("enclosure_exemption_is_reasoned"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.report.natural_key(), self.position)

    natural_key.dependencies = ["reports.report"]  # type: ignore[attr-defined]
