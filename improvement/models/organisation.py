from typing import TYPE_CHECKING, Self

from django.db import models

from improvement.models.council import Council

if TYPE_CHECKING:
    from improvement.models.user import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(council__memberships__user=user)

    def get_by_natural_key(self, council: str, slug: str) -> "Organisation":
        return self.get(council__slug=council, slug=slug)


class Organisation(models.Model):
    """A partner that owns work: the council itself, an NHS trust, the police, a safeguarding board."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="organisations")
    slug = models.SlugField()
    name = models.CharField(max_length=120)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="organisation_slug_once_in_council")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (*self.council.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.council"]  # type: ignore[attr-defined]
