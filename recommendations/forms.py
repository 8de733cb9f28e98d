from typing import Any

from django import forms

from improvement.forms import DAY_FORMATS, Choice, DayInput
from improvement.models import Rating
from recommendations.models import Action, ProgressUpdate, Stage
from recommendations.workflow import LONGEST_NARRATIVE, NOTHING_SAID


class RatingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    """A rating with what it means in this plan beside it."""

    def label_from_instance(self, obj: Rating) -> Choice:
        return Choice.of(obj.word, hint=obj.meaning, rating=obj)


class UpdateForm(forms.Form):
    """How an action stands. `version` is the sequence of the last update that the writer saw."""

    stage = forms.ChoiceField(label="Stage", choices=Stage.choices, widget=forms.RadioSelect)
    rating = RatingChoice(
        label="Rating",
        queryset=Rating.objects.none(),
        required=False,
        blank=True,  # or a choice of radios would leave "Not rated" out
        empty_label="Not rated",
        widget=forms.RadioSelect,
    )
    narrative = forms.CharField(
        label="What has happened",
        help_text="Starts with the last words said, to build on. No child's name or details.",
        max_length=LONGEST_NARRATIVE,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say in a sentence or two how the action stands."},
    )
    forecast_on = forms.DateField(
        label="When you expect it to be finished",
        help_text="If it differs from the due date. For example 31/12/2012.",
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages={"invalid": "Write the day as day, month and year, for example 31/12/2012."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, action: Action, initial: dict[str, Any] | None = None) -> None:
        # Several forms may stand open in one list, so each has ids of its own.
        super().__init__(data, initial=initial, auto_id=f"update-{action.pk}-%s")
        scale = action.recommendation.plan.rating_scale
        self.fields["rating"].queryset = scale.ratings.all()  # type: ignore[attr-defined]

    @staticmethod
    def initial_from(latest: ProgressUpdate | None) -> dict[str, Any]:
        """The last update as a start for the next."""
        if latest is None:
            return {"stage": Stage.NOT_STARTED, "version": NOTHING_SAID}
        return {
            "stage": latest.stage,
            "rating": latest.rating_id,
            "narrative": latest.narrative,
            "forecast_on": latest.forecast_on,
            "version": latest.sequence,
        }
