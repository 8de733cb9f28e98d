from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from improvement.models import Council, User


class Numbering(models.TextChoices):
    """How a council counts the sections and paragraphs of a paper."""

    NONE = "none", "No numbers"
    PARTS = "parts", "Section 1, Section 2 on the main headings"
    HEADINGS = "headings", "1, 2 on the main headings and 1.1, 1.2 on paragraphs"
    PARAGRAPHS = "paragraphs", "1.1, 1.2 on paragraphs only"
    RUN = "run", "1, 2, 3 on paragraphs, in one run through the paper"


class Appendices(models.TextChoices):
    """How a council counts what is enclosed."""

    LETTERS = "letters", "Appendix A, Appendix B"
    NUMBERS = "numbers", "Appendix 1, Appendix 2"


class Place(models.TextChoices):
    """Where a row of facts about the paper stands."""

    HEAD = "head", "At the head of the paper"
    HEADLINE = "headline", "In the headline table"


class RowSource(models.TextChoices):
    """What fills a row: something that is known of the paper, or what its author types."""

    TYPED = "typed", "What the author types"
    COMMITTEE = "committee", "The committee"
    MEETING_DAY = "meeting-day", "The day of the meeting"
    TITLE = "title", "The paper's title"
    EXEMPT = "exempt", "Whether it is exempt: yes or no"
    CLASSIFICATION = "classification", "Its classification: open or exempt"
    ENCLOSURES = "enclosures", "The enclosures"


class SectionSource(models.TextChoices):
    """What the plan puts into a section, beside what its author types."""

    TYPED = "typed", "Nothing: the author writes it"
    HEADING = "heading", "Nothing: a heading over those below it"
    RECOMMENDATIONS = "recommendations", "Nothing: what the committee is asked to decide"
    HEADLINE = "headline", "The headline table"
    PROGRESS = "progress", "Progress in words and figures"
    MINUTE = "minute", "Progress in a minute, a page of its own"
    CHANGES = "changes", "What changed since the last report"
    OVERDUE = "overdue", "What is overdue, and why"
    QUESTIONS = "questions", "Questions for the board"
    RISKS = "risks", "The plan's risks"
    CLOCK = "clock", "The statutory clock"
    JUDGEMENTS = "judgements", "The inspection's judgements"
    ENCLOSURES = "enclosures", "The list of enclosures"
    CLEARANCE = "clearance", "Statutory officers' clearance"


class LayoutQuerySet(models.QuerySet["Layout"]):
    def visible_to(self, user: User) -> Self:
        """The layouts that come with Waymark, and those of the user's councils."""
        return self.filter(Q(council=None) | Q(council__memberships__user=user)).distinct()

    def offered_to(self, council: Council) -> Self:
        """Those that a paper of this council may take, its own first."""
        return self.filter(Q(council=None) | Q(council=council))

    def with_rows(self) -> Self:
        return self.select_related("council").prefetch_related("rows", "sections", "posts")

    def own_first(self) -> Self:
        return self.order_by(F("council").asc(nulls_last=True), "name", "pk")

    def get_by_natural_key(self, council: str, slug: str) -> "Layout":
        return self.get(council__slug=council or None, slug=slug)


class Layout(models.Model):
    """How a council sets out its papers: the block at the head, the sections in order, the numbers, the clearance.

    Those without a council come with Waymark; a council makes its own from one of them.
    """

    council = models.ForeignKey(
        Council, null=True, blank=True, on_delete=models.PROTECT, related_name="layouts"
    )
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300, blank=True, help_text="What it is for, and where it comes from.")
    head_heading = models.CharField(
        max_length=120, blank=True, help_text="What stands above the title, for example “Report for”."
    )
    numbering = models.CharField(max_length=12, choices=Numbering, default=Numbering.NONE)
    first_number = models.PositiveSmallIntegerField(
        default=1, help_text="The number of the first main heading that is counted."
    )
    appendices = models.CharField(max_length=8, choices=Appendices, default=Appendices.LETTERS)
    capital_labels = models.BooleanField(
        default=False, help_text="Labels at the head of the paper are shown in capitals."
    )
    capital_headings = models.BooleanField(
        default=False, help_text="The title and the main headings are shown in capitals."
    )
    has_cover = models.BooleanField(
        default=False, help_text="A page of its own for title, committee and day."
    )
    prints_clearance = models.BooleanField(
        default=True, help_text="Whether the block of clearances is printed. It is recorded all the same."
    )
    version = models.PositiveIntegerField(default=1)

    objects = LayoutQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "slug"], name="layout_slug_once_in_council"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(council=None), name="layout_slug_once_in_waymark"
            ),
            models.CheckConstraint(
                condition=Q(numbering__in=Numbering.values), name="layout_numbering_is_known"
            ),
            models.CheckConstraint(
                condition=Q(appendices__in=Appendices.values), name="layout_appendices_are_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (self.council.slug if self.council else "", self.slug)

    natural_key.dependencies = ["improvement.council"]  # type: ignore[attr-defined]


class LayoutPartManager(models.Manager[Any]):
    def get_by_natural_key(self, council: str, slug: str, position: int) -> Any:
        return self.get(layout=Layout.objects.get_by_natural_key(council, slug), position=position)


class LayoutPart(models.Model):
    """Something that a layout lists in an order of its own."""

    layout: models.ForeignKey[Layout, Layout]
    required = models.BooleanField(default=True, help_text="Whether a paper can be published without it.")
    position = models.PositiveSmallIntegerField()

    objects = LayoutPartManager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.layout.natural_key(), self.position)

    natural_key.dependencies = ["reports.layout"]  # type: ignore[attr-defined]


class LayoutRow(LayoutPart):
    """A row of facts at the head of a paper, or in its headline table."""

    layout = models.ForeignKey(Layout, on_delete=models.CASCADE, related_name="rows")
    place = models.CharField(max_length=10, choices=Place, default=Place.HEAD)
    label = models.CharField(max_length=120)
    filled_from = models.CharField(max_length=16, choices=RowSource, default=RowSource.TYPED)

    class Meta:
        ordering = ["layout", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["layout", "position"], name="layout_row_position_once"),
            models.CheckConstraint(condition=Q(place__in=Place.values), name="layout_row_place_is_known"),
            models.CheckConstraint(
                condition=Q(filled_from__in=RowSource.values), name="layout_row_source_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class LayoutSection(LayoutPart):
    """A heading of a paper: what belongs under it, what the plan puts there, whether its paragraphs are counted."""

    layout = models.ForeignKey(Layout, on_delete=models.CASCADE, related_name="sections")
    heading = models.CharField(max_length=160)
    level = models.PositiveSmallIntegerField(
        default=1, help_text="1 for a main heading, 2 or 3 for one under it."
    )
    filled_from = models.CharField(max_length=20, choices=SectionSource, default=SectionSource.TYPED)
    numbered = models.BooleanField(default=True, help_text="Whether the layout's numbers count its heading.")
    numbers_paragraphs = models.BooleanField(
        default=False, help_text="Whether its paragraphs are counted, where the layout counts paragraphs."
    )
    guidance = models.CharField(max_length=400, blank=True, help_text="What belongs here, for its author.")

    class Meta:
        ordering = ["layout", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["layout", "position"], name="layout_section_position_once"),
            models.CheckConstraint(condition=Q(level__in=(1, 2, 3)), name="layout_section_level_is_known"),
            models.CheckConstraint(
                condition=Q(filled_from__in=SectionSource.values), name="layout_section_source_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class LayoutPost(LayoutPart):
    """A statutory officer on whose behalf a paper in this layout is cleared."""

    layout = models.ForeignKey(Layout, on_delete=models.CASCADE, related_name="posts")
    post = models.CharField(max_length=160)

    class Meta:
        ordering = ["layout", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["layout", "position"], name="layout_post_position_once")
        ]

    def __str__(self) -> str:
        return self.post
