"""Forms about measures and readings."""

from typing import Any

from django import forms

from improvement.forms import DayField
from improvement.models import Plan
from recommendations.forms import CarefulForm
from recommendations.models import (
    Better,
    Measure,
    MeasureKind,
    Reading,
    ReadingPrecision,
    Recommendation,
    Whose,
)
from recommendations.workflow import LONGEST_TEXT


def number(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=14,
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": "Write a number, for example 71.5."},
    )


def words(label: str, help_text: str = "", *, rows: int = 3, missing: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class RecommendationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    def label_from_instance(self, obj: Recommendation) -> str:
        return f"{obj.reference} {obj.title}"


class MeasureForm(CarefulForm):
    """A new measure of the scorecard."""

    kind = forms.ChoiceField(
        label="What it is", choices=MeasureKind.choices, widget=forms.RadioSelect, initial=MeasureKind.NUMBER
    )
    name = forms.CharField(
        label="Its name, or the statement",
        help_text="For a statement: what children should be able to say, in words of theirs.",
        max_length=200,
        error_messages={"required": "Say what is counted, or the statement itself."},
    )
    asked = words(
        "How it is counted or asked",
        "From which system or survey, of whom and how often.",
        missing="Say how it is counted or asked.",
    )
    unit = forms.CharField(
        label="Unit", help_text="For example plans, or of visits.", required=False, max_length=60
    )
    better = forms.ChoiceField(
        label="Which way is good news",
        choices=Better.choices,
        widget=forms.RadioSelect,
        initial=Better.NEITHER,
    )
    target = number("Target")
    tolerance = number("Tolerance", "How far off the target is still near enough, for example 2.5.")
    recommendation = RecommendationChoice(
        label="Recommendation whose outcome it may prove",
        queryset=Recommendation.objects.none(),
        required=False,
        empty_label="None",
    )

    field_order = (
        "kind",
        "name",
        "asked",
        "kept_because",
        "unit",
        "better",
        "target",
        "tolerance",
        "recommendation",
    )

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data)
        self.fields["recommendation"].queryset = plan.recommendations.in_order()  # type: ignore[attr-defined]


class ValueForm(CarefulForm):
    """What a reading says."""

    value = number("Number", "Leave it empty where only words were given.")
    source = forms.CharField(
        label="Source",
        help_text="For example: case system, weekly return.",
        max_length=200,
        error_messages={"required": "Say where it comes from."},
    )
    note = words("Note", "What a reader must know to read it rightly. No child's details.")


class ReadingForm(ValueForm):
    """A new reading."""

    whose = forms.ChoiceField(
        label="Whose it is", choices=Whose.choices, widget=forms.RadioSelect, initial=Whose.COUNCIL
    )
    precision = forms.ChoiceField(
        label="It holds for",
        choices=[("day", "One day"), ("month", "A whole month")],
        widget=forms.RadioSelect,
        initial=ReadingPrecision.DAY,
    )
    taken_on = DayField(
        label="Which day",
        help_text="For a month, any day in it. For example 31/10/2012.",
        error_messages={"required": "Say for which day."},
    )

    field_order = ("whose", "precision", "taken_on", "value", "source", "note", "kept_because")

    def __init__(self, data: Any = None, *, measure: Measure) -> None:
        last = measure.readings.order_by("-on", "-pk").first()
        start = {"source": last.source, "precision": last.precision} if last else {}
        super().__init__(data, initial=start)


class CorrectionForm(ValueForm):
    """Another reading in the place of one."""

    reason = words("Why it is corrected", missing="Say why it is corrected.")

    field_order = ("value", "source", "note", "reason", "kept_because")

    def __init__(self, data: Any = None, *, reading: Reading) -> None:
        value = None if reading.value is None else f"{reading.value.normalize():f}"
        super().__init__(data, initial={"value": value, "source": reading.source, "note": reading.note})
