from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from improvement.models.council import Council

if TYPE_CHECKING:
    from improvement.models.user import User


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(council__memberships__user=user)

    def about(self, subject: models.Model) -> Self:
        return self.filter(subject=subject._meta.label_lower, subject_id=subject.pk)


class Change(models.Model):
    """One row of the ledger: who did what, when, from what to what, and why. Never altered, never removed."""

    position = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="changes",
        db_constraint=True,
    )
    council = models.ForeignKey(Council, null=True, on_delete=models.PROTECT, related_name="changes")
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["subject", "subject_id", "position"], name="change_by_subject")]

    def __str__(self) -> str:
        return f"{self.position}: {self.verb} {self.subject} {self.subject_id}"


class LedgerHead(models.Model):
    """The ledger's last position and digest, in the one row that every writer locks."""

    position = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="ledger_has_one_head")]

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"
