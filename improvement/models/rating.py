from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from improvement.models.council import Council, hex_colour

if TYPE_CHECKING:
    from improvement.models.user import User


class CountsAs(models.TextChoices):
    """What a rating says whatever its colour, so that plans with different keys can be asked the same questions."""

    DONE = "done", "Done"
    ON_TRACK = "on-track", "On track"
    AT_RISK = "at-risk", "At risk"
    OFF_TRACK = "off-track", "Off track"
    NOT_YET = "not-yet", "Not due or not started"


class RatingScaleQuerySet(models.QuerySet["RatingScale"]):
    def visible_to(self, user: "User") -> Self:
        """The keys that Waymark ships, and those of the user's own councils."""
        return self.filter(Q(council=None) | Q(council__memberships__user=user))

    def for_council(self, council: Council) -> Self:
        """The keys that a plan of this council may use."""
        return self.filter(Q(council=None) | Q(council=council))

    def shipped(self) -> Self:
        return self.filter(council=None)

    def default(self) -> "RatingScale":
        """The key of a new plan."""
        return self.get(is_default=True)

    def in_order(self) -> Self:
        """The default, the other shipped ones, then a council's own."""
        return self.order_by("-is_default", F("council").asc(nulls_first=True), "name", "pk")

    def get_by_natural_key(self, slug: str) -> "RatingScale":
        return self.get(slug=slug)


class RatingScale(models.Model):
    """A rating key. Councils mean different things by Amber, so each plan prints its own.

    A key without a council is shipped with Waymark and stands for every council; the others a council worded itself.
    `version` counts how often a council reworded its key, so that of two who do it at once neither loses a word.
    """

    council = models.ForeignKey(
        Council, null=True, blank=True, on_delete=models.PROTECT, related_name="rating_scales"
    )
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    is_default = models.BooleanField(
        default=False, help_text="The key of a new plan; one of the shipped ones."
    )
    version = models.PositiveIntegerField(default=1)

    objects = RatingScaleQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="rating_scale_default_once"
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(council=None), name="rating_scale_default_is_shipped"
            ),
            models.UniqueConstraint(fields=["council", "name"], name="rating_scale_name_once_in_council"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["improvement.council"]  # type: ignore[attr-defined]


class RatingManager(models.Manager["Rating"]):
    def get_by_natural_key(self, scale: str, slug: str) -> "Rating":
        return self.get(scale__slug=scale, slug=slug)


class Rating(models.Model):
    """One step of a key: letter, word, colour, what it means and what it counts as. Position 1 is the worst news."""

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    slug = models.SlugField()
    letter = models.CharField(max_length=2)
    word = models.CharField(max_length=30)
    colour = models.CharField(max_length=7, validators=[hex_colour])
    meaning = models.CharField(max_length=300)
    counts_as = models.CharField(max_length=10, choices=CountsAs)
    position = models.PositiveSmallIntegerField()

    objects = RatingManager()

    class Meta:
        ordering = ["scale", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "slug"], name="rating_slug_once_in_scale"),
            models.UniqueConstraint(fields=["scale", "letter"], name="rating_letter_once_in_scale"),
            models.UniqueConstraint(fields=["scale", "position"], name="rating_position_once_in_scale"),
            models.CheckConstraint(
                condition=Q(counts_as__in=CountsAs.values), name="rating_counts_as_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def text_colour(self) -> str:
        """Black or white, whichever stands out more on the colour (WCAG 2 relative luminance)."""
        channels = [int(self.colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#ffffff"

    def natural_key(self) -> tuple[str, str]:
        return (*self.scale.natural_key(), self.slug)

    natural_key.dependencies = ["improvement.ratingscale"]  # type: ignore[attr-defined]
