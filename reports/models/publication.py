from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from improvement.models import Plan, User
from improvement.permissions import CLOSED_PART
from reports.models.exemption import Audience
from reports.models.report import Report, open_to
from reports.models.report_file import UNFINISHED, Format, State


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, user: User) -> Self:
        """Of reports that the user may read; one without an open document only to the closed part of a meeting."""
        closed = Q(
            report__council__memberships__user=user,
            report__council__memberships__role__in=CLOSED_PART,
        )
        has_open = Exists(PublishedFile.objects.filter(publication=OuterRef("pk"), audience=Audience.OPEN))
        return self.filter(open_to(user, "report__") & (Q(has_open) | closed)).distinct()

    def for_everybody(self) -> Self:
        """What may be read without signing in: the last versions of open reports that were not taken back."""
        has_open = Exists(PublishedFile.objects.filter(publication=OuterRef("pk"), audience=Audience.OPEN))
        return self.filter(has_open, report__exempt_paragraph="", withdrawal=None, corrections=None)

    def of_plan(self, plan: Plan) -> Self:
        return self.filter(report__plan=plan)

    def for_report(self, report: Report) -> Self:
        return self.filter(report=report)

    def for_reports(self, reports: Iterable[Report]) -> Self:
        return self.filter(report__in=reports)

    def made_by(self, *, on: date) -> Self:
        """Published on or before a day."""
        return self.filter(on__lte=on)

    def with_files(self) -> Self:
        return self.select_related("report", "corrects", "by", "withdrawal").prefetch_related("files")

    def latest_first(self) -> Self:
        return self.order_by("-number", "-pk")

    def latest_day_first(self) -> Self:
        return self.order_by("-on", "-pk")


class Publication(models.Model):
    """A report as it was published: frozen. What is edited afterwards makes the next one, which names the one before."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    because = models.TextField(blank=True, help_text="What was wrong with the one before.")
    late_because = models.TextField(
        blank=True, help_text="Why it was published with fewer than five clear working days to the meeting."
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["report", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="publication_number_once"),
            models.UniqueConstraint(fields=["corrects"], name="publication_corrected_once"),
            models.CheckConstraint(
                condition=Q(corrects=None, number=1) | (~Q(corrects=None) & ~Q(because="")),
                name="publication_corrects_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, version {self.number}"

    @property
    def edition(self) -> str:
        """What a correction prints at its head; the first version prints nothing."""
        if not self.corrects:
            return ""
        return f"Version {self.number}, corrects version {self.corrects.number} of {self.corrects.on:%-d %B %Y}: {self.because}"


class PublishingQuerySet(models.QuerySet["Publishing"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(open_to(user, "report__"))

    def for_report(self, report: Report) -> Self:
        return self.filter(report=report)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def latest_first(self) -> Self:
        return self.order_by("-requested_at", "-pk")


class Publishing(models.Model):
    """A report on its way to being published, from the moment somebody said so until all its documents are there.

    What the documents will say is settled by `contents` at that moment. It ends in one publication with every document,
    or in none with the reason why.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="publishings")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)
    late_because = models.TextField(blank=True)
    contents = models.JSONField(help_text="For each audience the SHA-256 of what its document will say.")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(max_length=60, blank=True, help_text="What is being done, in words.")
    percent = models.PositiveSmallIntegerField(default=0)
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True, help_text="Why nothing was published, in plain English.")
    publication = models.OneToOneField(
        Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="publishing"
    )

    objects = PublishingQuerySet.as_manager()

    class Meta:
        ordering = ["report", "-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(state__in=UNFINISHED), name="publishing_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="publishing_state_is_known"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="publishing_percent_is_one"),
            models.CheckConstraint(
                condition=~Q(state=State.READY) | ~Q(publication=None), name="publishing_ready_is_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_state_display()}"

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    def is_abandoned(self, at: datetime) -> bool:
        """Whether nobody can still be at work on it: the time of an open and an exempt PDF is long over."""
        longest = timedelta(seconds=2 * settings.REPORT_SECONDS + 120)
        return self.state == State.MAKING and self.started_at is not None and self.started_at <= at - longest


class PublishedFileQuerySet(models.QuerySet["PublishedFile"]):
    def visible_to(self, user: User) -> Self:
        """Files of publications that the user may read; the exempt document only to the closed part of a meeting."""
        of = "publication__report__"
        closed = Q(**{f"{of}council__memberships__role__in": CLOSED_PART})
        whole_is_open = Q(**{f"{of}exempt_paragraph": ""}, audience=Audience.OPEN)
        # All in one condition, so that it speaks of the one membership that a person has in a council.
        return self.filter(whole_is_open | closed, **{f"{of}council__memberships__user": user})

    def for_everybody(self, plan: Plan) -> Self:
        """Files of a plan that may be read without signing in, where the plan is open to the public."""
        of = Publication.objects.for_everybody().of_plan(plan)
        return self.filter(audience=Audience.OPEN, publication__in=of)

    def for_publication(self, publication: Publication) -> Self:
        return self.filter(publication=publication)

    def for_report(self, report: Report) -> Self:
        return self.filter(publication__report=report)

    def for_audience(self, audience: Audience) -> Self:
        return self.filter(audience=audience)

    def at(self, council: str, plan: str, report: str, sha256: str, ending: str) -> Self:
        """The file at this address."""
        of = "publication__report__"
        return (
            self.filter(
                **{f"{of}council__slug": council, f"{of}plan__slug": plan, f"{of}slug": report},
                sha256=sha256,
                format=ending,
            )
            .select_related("publication__report__council", "publication__withdrawal")
            .only(
                "audience",
                "format",
                "file",
                "sha256",
                "publication__number",
                f"{of}slug",
                f"{of}council__slug",
                "publication__withdrawal__on",
                "publication__withdrawal__because",
            )
            .order_by()
        )

    def with_bytes(self, sha256: str, ending: str) -> Self:
        return self.filter(sha256=sha256, format=ending).select_related("publication__report__council")

    def last_of(self, report: Report, audience: Audience) -> "PublishedFile | None":
        """One of the files of the report's last publication, unless that was withdrawn."""
        found = self.filter(publication__report=report, audience=audience, publication__corrections=None)
        return found.filter(publication__withdrawal=None).select_related("publication__corrects").first()

    def in_order(self) -> Self:
        return self.order_by("-audience", "pk")


class PublishedFile(models.Model):
    """One document of a publication in one form, with the SHA-256 of its bytes, which never change."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    audience = models.CharField(max_length=6, choices=Audience)
    format = models.CharField(max_length=4, choices=Format)
    file = models.CharField(max_length=120, help_text="The key under which its bytes lie.")
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    pages = models.PositiveIntegerField(default=0, help_text="Of a PDF.")
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.CharField(
        max_length=64,
        blank=True,
        help_text="SHA-256 of what the document says, the same in each of its forms.",
    )

    objects = PublishedFileQuerySet.as_manager()

    class Meta:
        ordering = ["publication", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "audience", "format"], name="published_file_once_in_each_form"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values) & Q(format__in=Format.values),
                name="published_file_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication}: {self.get_audience_display()}, {self.get_format_display()}"

    @property
    def shown_name(self) -> str:
        """Under which it is saved. Only an exempt document says which of the two it is."""
        report = self.publication.report
        kind = "-exempt" if self.audience == Audience.EXEMPT else ""
        return f"{report.council.slug}-{report.slug}-version-{self.publication.number}{kind}.{self.format}"


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(open_to(user, "publication__report__"))


class Withdrawal(models.Model):
    """A published report is taken back on a day. Its notice stays in its place; its bytes are kept, not handed out."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="withdrawal")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="withdrawal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.publication}, withdrawn"
