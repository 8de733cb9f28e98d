"""The small forms of the live meeting page, one for each thing that can be done there."""

from typing import Any

from django import forms

from boards.models import Risk
from improvement.forms import DayField
from improvement.models import Plan
from recommendations.forms import CarefulForm
from recommendations.workflow import LONGEST_TEXT


def said(label: str, *, rows: int = 2, required: bool = True, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=area, required=required, **options)


class DateForm(CarefulForm):
    """Agree or refuse; the buttons say which."""

    decision = forms.ChoiceField(choices=[("agree", "Agree"), ("refuse", "Refuse")], widget=forms.HiddenInput)
    words = said("The board's words", required=False, help_text="Needed to refuse: say why the date stays.")
    field_order = ("words", "kept_because", "decision")


class ClaimForm(CarefulForm):
    decision = forms.ChoiceField(
        choices=[("sign-off", "Sign off"), ("return", "Return")], widget=forms.HiddenInput
    )
    words = said("The board's words", required=False, help_text="Needed to return it: say what is missing.")
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("words", "kept_because", "decision", "version")


class VersionForm(CarefulForm):
    label = forms.CharField(
        label="Number of the version",
        max_length=20,
        help_text="For example 3.0.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    note = said("Note", required=False)
    field_order = ("label", "note", "kept_because")


class WordsForm(CarefulForm):
    words = said("What the board decided", error_messages={"required": "Say what the board decided."})
    risk = forms.ModelChoiceField(
        label="About a risk", queryset=Risk.objects.none(), required=False, empty_label="No risk"
    )
    field_order = ("words", "risk", "kept_because")

    def __init__(self, data: Any = None, *, plan: Plan | None, **options: Any) -> None:
        super().__init__(data, **options)
        risks = Risk.objects.for_plan(plan).in_order() if plan else Risk.objects.none()
        self.fields["risk"].queryset = risks  # type: ignore[attr-defined]
        if not plan:
            del self.fields["risk"]


class NoteForm(CarefulForm):
    text = said("Notes for the minutes", rows=4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("text", "kept_because", "version")


class ActionForm(CarefulForm):
    what = said("What is to be done", error_messages={"required": "Say what is to be done."})
    who = forms.CharField(
        label="Who does it",
        max_length=160,
        help_text="The post, not the person.",
        error_messages={"required": "Say which post does it."},
    )
    due_on = DayField(label="By when", required=False)
    field_order = ("what", "who", "due_on", "kept_because")
