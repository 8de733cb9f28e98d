from typing import TYPE_CHECKING, Self

from django.core.validators import RegexValidator
from django.db import models

if TYPE_CHECKING:
    from improvement.models.user import User

hex_colour = RegexValidator(r"^#[0-9a-f]{6}$", "Write a colour as # and six of 0-9 a-f, for example #1d4f76.")


class CouncilQuerySet(models.QuerySet["Council"]):
    def visible_to(self, user: "User") -> Self:
        """Councils that the user is a member of."""
        return self.filter(memberships__user=user)

    def get_by_natural_key(self, slug: str) -> "Council":
        return self.get(slug=slug)


class Council(models.Model):
    """A local authority whose improvement is tracked."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120, unique=True)
    colour = models.CharField(
        max_length=7,
        default="#1d4f76",
        validators=[hex_colour],
        help_text="The accent of its pages, dark enough to carry white.",
    )
    stands_at = models.DateField(
        null=True,
        blank=True,
        help_text="A fixed day for a demonstration made from papers; empty for a council that lives.",
    )
    stands_because = models.CharField(
        max_length=200,
        blank=True,
        help_text="Why it stands at that day, to follow it after a comma: the day of the meeting.",
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
