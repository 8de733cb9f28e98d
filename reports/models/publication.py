from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from improvement.models import User
from improvement.permissions import CLOSED_PART
from reports.models.exemption import Audience
from reports.models.report import Report, open_to
from reports.models.report_file import Format


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(open_to(user, "report__"))

    def for_report(self, report: Report) -> Self:
        return self.filter(report=report)

    def made_by(self, *, on: date) -> Self:
        """Published on or before a day."""
        return self.filter(on__lte=on)

    def with_standing(self, *, on: date) -> Self:
        """Each with `withdrawn` and `corrected`: whether it was taken back, or followed by another, by a day."""
        withdrawn = Withdrawal.objects.filter(publication=OuterRef("pk"), on__lte=on)
        followed = Publication.objects.filter(corrects=OuterRef("pk"), on__lte=on)
        return self.annotate(withdrawn=Exists(withdrawn), corrected=Exists(followed))

    def latest_first(self) -> Self:
        return self.order_by("-number", "-pk")


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


class PublishedFileQuerySet(models.QuerySet["PublishedFile"]):
    def visible_to(self, user: User) -> Self:
        """Files of publications that the user may read; the exempt document only to the closed part of a meeting."""
        closed = Q(
            publication__report__council__memberships__user=user,
            publication__report__council__memberships__role__in=CLOSED_PART,
        )
        return self.filter(
            open_to(user, "publication__report__") & (Q(audience=Audience.OPEN) | closed)
        ).distinct()

    def for_publication(self, publication: Publication) -> Self:
        return self.filter(publication=publication)

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
