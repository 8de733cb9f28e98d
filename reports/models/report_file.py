from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from improvement import stored_files
from improvement.models import Plan, User
from improvement.permissions import CLOSED_PART
from reports.models.exemption import Audience
from reports.models.report import Report


def random_key(file: "ReportFile", name: str) -> str:
    """Where the bytes lie."""
    return stored_files.random_key("reports", f".{file.format}")


class Format(models.TextChoices):
    """The forms in which a paper is kept."""

    HTML = "html", "Web page"
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    DATA = "json", "Data"
    EXCEL = "xlsx", "Excel"


class State(models.TextChoices):
    """How far the making of a file is."""

    QUEUED = "queued", "Waiting its turn"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


# How the table of a plan is known among the files of its papers.
TAKEN_OUT = "taken-out"
UNFINISHED = (State.QUEUED.value, State.MAKING.value)


def longest_making() -> timedelta:
    """After so long nobody can still be at work: the time a report may take, and some to start and to store."""
    return timedelta(seconds=settings.REPORT_SECONDS + 60)


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    def visible_to(self, user: User) -> Self:
        """Files of the plans and reports that the user may read; an exempt one only to the closed part of a meeting."""
        member = Q(plan__council__memberships__user=user)
        closed = Q(plan__council__memberships__role__in=CLOSED_PART)
        whole_is_open = Q(report=None) | Q(report__exempt_paragraph="")
        return self.filter(member & ((whole_is_open & Q(audience=Audience.OPEN)) | closed))

    def for_plan(self, plan: Plan) -> Self:
        return self.filter(plan=plan)

    def at(self, council: str, plan: str, sha256: str, ending: str) -> Self:
        """The file at this address, with no more of it than handing it out needs."""
        return (
            self.filter(
                plan__council__slug=council,
                plan__slug=plan,
                sha256=sha256,
                format=ending,
                state=State.READY,
            )
            .select_related("report")
            .only("audience", "paper", "format", "file", "sha256", "report__slug")
            .order_by()
        )

    def of_paper(self, paper: str) -> Self:
        """Of one of the papers that a plan makes without an author."""
        return self.filter(report=None, paper=paper)

    def in_format(self, wanted: str) -> Self:
        return self.filter(format=wanted)

    def for_report(self, report: Report) -> Self:
        return self.filter(report=report)

    def for_audience(self, audience: Audience) -> Self:
        return self.filter(audience=audience)

    def made_from(self, fingerprint: str) -> Self:
        return self.filter(fingerprint=fingerprint)

    def ready(self) -> Self:
        return self.filter(state=State.READY)

    def waiting(self, *, at: datetime) -> Self:
        """Queued, or being made by somebody who can still be at work on it."""
        return self.filter(
            Q(state=State.QUEUED) | Q(state=State.MAKING, started_at__gt=at - longest_making())
        )

    def asked_for_by(self, user: User) -> Self:
        return self.filter(requested_by=user)

    def without_source(self) -> Self:
        """Without the page that it is made from, which is long and which only the job needs."""
        return self.defer("source")

    def latest_of_each_report(self) -> Self:
        """Of each report the file that was asked for last."""
        same_report = ReportFile.objects.filter(report=OuterRef("report")).latest_first()
        return self.filter(pk=Subquery(same_report.values("pk")[:1]))

    def latest_first(self) -> Self:
        return self.order_by("-requested_at", "-pk")


class ReportFile(models.Model):
    """A paper made as a file, or on its way to being one: a committee report, or one that a plan makes by itself.

    What it is made from is kept with the request, so that the file shows the plan as it was asked for whatever changes
    before its turn comes. The same source makes the same file, byte for byte.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="report_files")
    report = models.ForeignKey(
        Report,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="files",
        help_text="Empty for a paper without an author.",
    )
    paper = models.SlugField(max_length=80, default="report", help_text="Which paper, such as “exceptions”.")
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=6, choices=Audience, default=Audience.OPEN)
    format = models.CharField(max_length=4, choices=Format, default=Format.PDF)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of everything that it is made from.")
    source = models.TextField(
        blank=True, help_text="The parts that it is made from, as JSON; emptied when the file is ready."
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(max_length=60, blank=True, help_text="What is being done to it, in words.")
    percent = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="report_files"
    )
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=random_key, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    pages = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    problem = models.TextField(blank=True, help_text="Why it could not be made, in plain English.")

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "paper", "format", "fingerprint"], name="report_file_once_per_fingerprint"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="report_file_state_is_known"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values) & Q(format__in=Format.values),
                name="report_file_form_is_known",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="report_file_percent_is_one"),
            models.CheckConstraint(
                condition=~Q(state=State.READY) | (~Q(sha256="") & ~Q(file="")),
                name="report_file_ready_has_bytes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_state_display()}"

    @property
    def is_taken_out(self) -> bool:
        """Whether it is the plan's table and not a paper."""
        return self.paper == TAKEN_OUT

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    def is_abandoned(self, at: datetime) -> bool:
        """Whether nobody can still be at work on it, because the time that a report may take is long over."""
        return (
            self.state == State.MAKING
            and self.started_at is not None
            and self.started_at <= at - longest_making()
        )
