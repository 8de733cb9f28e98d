"""What narrows a list: a filter that can say so, and its tick box."""

from datetime import date
from typing import Any

import django_filters
from django import forms


class Checkbox(forms.CheckboxInput):
    """A tick box that sends `yes` or nothing, and keeps what else an address has for the field to refuse."""

    def __init__(self) -> None:
        super().__init__(check_test=lambda value: value == "yes")

    def format_value(self, value: Any) -> str:
        return "yes"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


class Narrowing(django_filters.FilterSet):  # type: ignore[misc]
    """A filter that can say what narrows its list."""

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        """What narrows the list: parameter, label and the chosen words (none for a tick), to take off one by one."""
        form: forms.Form = self.form
        chosen = []
        for name, field in form.fields.items():
            value = form.cleaned_data.get(name) if form.is_valid() else None
            if value:
                chosen.append((name, str(field.label), _words_of(field, value)))
        return chosen


def _words_of(field: forms.Field, value: Any) -> str:
    if isinstance(field.widget, Checkbox):
        return ""
    words = dict(getattr(field, "choices", [])).get(value, value)
    return f"{words:%-d %B %Y}" if isinstance(words, date) else str(words)
