from django.db import models

from improvement.models.council import hex_colour


class RatingScaleManager(models.Manager["RatingScale"]):
    def get_by_natural_key(self, slug: str) -> "RatingScale":
        return self.get(slug=slug)


class RatingScale(models.Model):
    """A key of ratings. Councils mean different things by Amber, so each plan prints its own."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    note = models.TextField(blank=True)

    objects = RatingScaleManager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class RatingManager(models.Manager["Rating"]):
    def get_by_natural_key(self, scale: str, slug: str) -> "Rating":
        return self.get(scale__slug=scale, slug=slug)


class Rating(models.Model):
    """One step of a scale: letter, word, colour and what it means. Position 1 is the worst news."""

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    slug = models.SlugField()
    letter = models.CharField(max_length=2)
    word = models.CharField(max_length=30)
    colour = models.CharField(max_length=7, validators=[hex_colour])
    meaning = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()

    objects = RatingManager()

    class Meta:
        ordering = ["scale", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["scale", "slug"], name="rating_slug_once_in_scale")]

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
