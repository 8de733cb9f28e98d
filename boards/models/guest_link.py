from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from boards import secret_addresses
from improvement.models import Council, LeadOfficer, User

PURPOSE = "owner"


class OwnerLinkQuerySet(models.QuerySet["OwnerLink"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(post__council__memberships__user=user)

    def for_council(self, council: Council) -> Self:
        return self.filter(post__council=council)

    def live(self, *, on: date) -> Self:
        """Neither taken back nor past their last day."""
        return self.filter(revoked_on=None, expires_on__gte=on)

    def with_post(self) -> Self:
        return self.select_related("post__council", "post__organisation", "made_by", "revoked_by")

    def latest_first(self) -> Self:
        return self.order_by("-made_on", "-pk")


class OwnerLink(models.Model):
    """A way in for a post of another organisation that has no account: its open actions, to say how they stand.

    The address itself is never kept: it is in the mail that brings it, and here as a digest.
    """

    post = models.ForeignKey(LeadOfficer, on_delete=models.PROTECT, related_name="owner_links")
    email = models.EmailField()
    seed = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField(help_text="The last day on which it opens.")
    revoked_on = models.DateField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OwnerLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "email"], condition=Q(revoked_on=None), name="owner_link_once_while_it_holds"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("made_on")), name="owner_link_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.post}"

    @property
    def secret(self) -> str:
        """The secret part of the address; empty where it was made under another key of the installation."""
        secret = secret_addresses.secret_of(PURPOSE, self.seed)
        return secret if secret_addresses.fits(secret, self.digest) else ""

    @property
    def source(self) -> str:
        """Whose words an update by this link are: the post's, never a person's."""
        return f"{self.post.title}, {self.post.organisation.name}, by a link without an account"[:160]

    def is_live(self, on: date) -> bool:
        return self.revoked_on is None and self.expires_on >= on
