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
