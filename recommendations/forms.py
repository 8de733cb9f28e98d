from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from improvement.forms import DAY_FORMATS, Choice, DayInput
from improvement.models import Rating, RatingScale
from recommendations.models import Action, ProgressUpdate, Stage
from recommendations.workflow import LONGEST_TEXT, NOTHING_SAID, LooksLikeChildRecord, Words, stages_open_to
from recommendations.workflow.updates import SAID_FREELY

Changed = TypeVar("Changed")


class RatingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    """A rating with what it means in this plan beside it."""

    def label_from_instance(self, obj: Rating) -> Choice:
        return Choice.of(obj.word, hint=obj.meaning, rating=obj)


class CarefulForm(forms.Form):
    """A form whose words are looked at before they are saved: they may look like a child's record.

    `kept_because` shows itself only after a warning, for the reason why the words may stay.
    """

    kept_because = forms.CharField(
        label="Why these words may be kept",
        help_text="Only if no child can be recognised from them. The reason is kept with the change.",
        required=False,
        max_length=500,
        widget=forms.HiddenInput,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        # A reason that was given stays in sight while something else is put right.
        if data and data.get("kept_because"):
            self.fields["kept_because"].widget = forms.TextInput()

    def attempt(self, change: Callable[[], Changed]) -> Changed | None:
        """What the change makes; None where it was refused, with the reason among the form's errors."""
        try:
            return change()
        except ValidationError as refused:
            self._show(refused)
        except LooksLikeChildRecord as warning:
            self._warn(warning)
        return None

    def _show(self, refused: ValidationError) -> None:
        # A rule may speak of a field that this form does not have.
        if hasattr(refused, "error_dict") and not set(refused.error_dict) <= set(self.fields):
            refused = ValidationError(refused.messages)
        self.add_error(None, refused)

    def _warn(self, warning: LooksLikeChildRecord) -> None:
        found = "; ".join(
            f"{', '.join(f'“{words}”' for words in suspicion.found)} ({suspicion.looks_like})"
            for suspicion in warning.found
        )
        self.fields["kept_because"].widget = forms.TextInput()
        self.add_error(
            "kept_because",
            f"This looks like it is about a child who could be recognised: {found}. Nothing was saved yet. "
            "Change the words, or say why they may be kept.",
        )


class UpdateForm(CarefulForm):
    """How an action stands. `version` is the sequence of the last update that the writer saw."""

    stage = forms.ChoiceField(label="Stage", widget=forms.RadioSelect)
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
        max_length=LONGEST_TEXT,
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

    field_order = ("stage", "rating", "narrative", "kept_because", "forecast_on", "version")

    def __init__(self, data: Any = None, *, action: Action, latest: ProgressUpdate | None) -> None:
        # Several forms may stand open in one list, so each has ids of its own.
        super().__init__(data, initial=self.initial_from(latest), auto_id=f"update-{action.pk}-%s")
        scale = action.recommendation.plan.rating_scale
        self.fields["rating"].queryset = scale.ratings.all()  # type: ignore[attr-defined]
        stages = [(stage, Stage(stage).label) for stage in stages_open_to(latest)]
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]

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


class BulkUpdateForm(CarefulForm):
    """What is said of every ticked action: a stage, a rating or both, and the same words."""

    stage = forms.ChoiceField(
        label="Stage",
        choices=[("", "Leave each as it is"), *((stage, Stage(stage).label) for stage in SAID_FREELY)],
        required=False,
        widget=forms.RadioSelect,
    )
    rating = RatingChoice(
        label="Rating",
        queryset=Rating.objects.none(),
        required=False,
        blank=True,  # or a choice of radios would leave "Leave each as it is" out
        empty_label="Leave each as it is",
        widget=forms.RadioSelect,
    )
    narrative = forms.CharField(
        label="What has happened",
        help_text="Stands in the history of each of them. No child’s name or details.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say in a sentence or two how these actions stand."},
    )

    field_order = ("stage", "rating", "narrative", "kept_because")

    def __init__(self, data: Any = None, *, scale: RatingScale) -> None:
        super().__init__(data)
        self.fields["rating"].queryset = scale.ratings.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not said.get("stage") and not said.get("rating"):
            self.add_error("stage", "Choose a stage, a rating or both: the same for all that are ticked.")
        return said

    @property
    def words(self) -> Words:
        return Words(**self.cleaned_data)
