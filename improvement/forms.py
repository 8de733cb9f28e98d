from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting

from improvement.models import Rating


class WaymarkRenderer(TemplatesSetting):
    """Forms come out as the components of `templates/django/forms/`."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"


class Choice(str):
    """A choice's words with a hint under them, as the form templates draw it."""

    __slots__ = ("hint", "rating")

    hint: str
    rating: Rating | None

    @classmethod
    def of(cls, words: str, *, hint: str = "", rating: Rating | None = None) -> "Choice":
        choice = cls(words)
        choice.hint, choice.rating = hint, rating
        return choice


class FoldedTicks(forms.CheckboxSelectMultiple):
    """Many tick boxes, folded away behind a line of words until somebody wants them."""

    template_name = "components/_folded_ticks.html"

    def __init__(self, words: str) -> None:
        super().__init__(attrs={"class": "govuk-checkboxes--small"})
        self.words = words

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "words": self.words}


DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y"]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, however people write one."""

    def __init__(self, **options: Any) -> None:
        invalid = "Write the day as day, month and year, for example 31/12/2012."
        words = {"invalid": invalid, **options.pop("error_messages", {})}
        super().__init__(input_formats=DAY_FORMATS, widget=DayInput(), error_messages=words, **options)
