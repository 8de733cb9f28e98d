"""The fields of a layout: of the layout itself, and of each of its rows, sections and posts."""

from typing import Any

from django import forms

from reports.models import (
    Appendices,
    Layout,
    LayoutPost,
    LayoutRow,
    LayoutSection,
    Numbering,
    Place,
    RowSource,
    SectionSource,
)

LEVELS = [(1, "Main heading"), (2, "Under a main heading"), (3, "One step further down")]


def longest(model: type[Any], field: str) -> int:
    return int(model._meta.get_field(field).max_length)


class PartForm(forms.Form):
    """One row, section or post; `title` is what it is called in the list."""

    use_required_attribute = False
    title_field = ""

    def __init__(self, *args: Any, number: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.number = number
        self.is_opened = False

    @property
    def title(self) -> str:
        return str(self[self.title_field].value() or "").strip()

    @property
    def note(self) -> str:
        """What fills it, in the list; nothing where its author does."""
        if "filled_from" not in self.fields or self["filled_from"].value() == RowSource.TYPED:
            return ""
        known: dict[Any, Any] = dict(self.fields["filled_from"].choices)  # type: ignore[attr-defined]
        return str(known.get(self["filled_from"].value(), ""))


class RowForm(PartForm):
    title_field = "label"

    label = forms.CharField(
        label="Label",
        max_length=longest(LayoutRow, "label"),
        error_messages={"required": "Give the row a label"},
    )
    filled_from = forms.ChoiceField(
        label="Filled from",
        choices=RowSource.choices,
        error_messages={"invalid_choice": "Choose what fills it"},
    )
    place = forms.ChoiceField(
        label="Stands", choices=Place.choices, error_messages={"invalid_choice": "Choose where it stands"}
    )
    required = forms.BooleanField(label="A paper needs it to be published", required=False)


class SectionForm(PartForm):
    title_field = "heading"

    heading = forms.CharField(
        label="Heading",
        max_length=longest(LayoutSection, "heading"),
        error_messages={"required": "Give the section a heading"},
    )
    level = forms.TypedChoiceField(
        label="Level", choices=LEVELS, coerce=int, error_messages={"invalid_choice": "Choose a level"}
    )
    filled_from = forms.ChoiceField(
        label="What the plan puts there",
        choices=SectionSource.choices,
        error_messages={"invalid_choice": "Choose what fills it"},
    )
    required = forms.BooleanField(label="A paper needs it to be published", required=False)
    numbered = forms.BooleanField(label="Its heading is counted, if it is a main one", required=False)
    numbers_paragraphs = forms.BooleanField(label="Its paragraphs are counted", required=False)
    guidance = forms.CharField(
        label="Guidance for its author",
        required=False,
        max_length=longest(LayoutSection, "guidance"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def depth(self) -> int:
        """Its level, to draw the list by; 1 where none is chosen."""
        value = str(self["level"].value())
        return int(value) if value in ("1", "2", "3") else 1


class PostForm(PartForm):
    title_field = "post"

    post = forms.CharField(
        label="On behalf of the",
        max_length=longest(LayoutPost, "post"),
        error_messages={"required": "Name the post"},
    )
    required = forms.BooleanField(label="A paper needs this clearance to be published", required=False)


class HeadForm(forms.Form):
    """What a layout says of itself. `version` is that of the layout which the writer saw."""

    use_required_attribute = False

    name = forms.CharField(
        label="Name",
        max_length=longest(Layout, "name"),
        error_messages={"required": "Give the layout a name"},
    )
    about = forms.CharField(
        label="What it is for",
        required=False,
        max_length=longest(Layout, "about"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    head_heading = forms.CharField(
        label="Above the title",
        help_text="For example “Report to members”.",
        required=False,
        max_length=longest(Layout, "head_heading"),
    )
    numbering = forms.ChoiceField(
        label="Numbers", choices=Numbering.choices, error_messages={"invalid_choice": "Choose the numbers"}
    )
    first_number = forms.IntegerField(
        label="First number",
        help_text="Of the first main heading that is counted. Herefordshire’s begin with 7.",
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={"required": "Give the first number, usually 1"},
    )
    appendices = forms.ChoiceField(
        label="Enclosures are called",
        choices=Appendices.choices,
        error_messages={"invalid_choice": "Choose what they are called"},
    )
    has_cover = forms.BooleanField(label="A cover: a page of its own for the title", required=False)
    capital_headings = forms.BooleanField(label="Title and main headings in capitals", required=False)
    capital_labels = forms.BooleanField(label="Labels at the head in capitals", required=False)
    prints_clearance = forms.BooleanField(
        label="Clearances are printed",
        help_text="Where a section is filled with them. They are recorded either way.",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
