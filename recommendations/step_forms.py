"""Forms of the steps that take more than one person: closing an action, and moving its due date."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from improvement.forms import DAY_FORMATS, DayInput
from improvement.models import Rating
from recommendations.forms import CarefulForm, RatingChoice
from recommendations.models import Action, ProgressUpdate
from recommendations.workflow import LONGEST_TEXT, NOTHING_SAID

WRONG_DAY = "Write the day as day, month and year, for example 31/12/2012."


def words(label: str, help_text: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": missing},
    )


class StepForm(CarefulForm):
    """A step of one action. `version` is the sequence of the last update that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, action: Action, latest: ProgressUpdate | None) -> None:
        version = latest.sequence if latest else NOTHING_SAID
        rating = latest.rating_id if latest else None
        super().__init__(data, initial={"version": version, "rating": rating})
        if "rating" in self.fields:
            scale = action.recommendation.plan.rating_scale
            self.fields["rating"].queryset = scale.ratings.all()  # type: ignore[attr-defined]

    def now_at(self, theirs: ProgressUpdate | None) -> None:
        """Somebody else took a step in between: send again from there, with what they said read first."""
        sent = cast(QueryDict, self.data).copy()
        sent["version"] = str(theirs.sequence if theirs else NOTHING_SAID)
        self.data = sent
        self.add_error(
            None,
            "Somebody else updated this action while you were writing. Nothing of yours was lost, and nothing was "
            "saved. Read what they said below, then send yours again if it still holds.",
        )


class RatedForm(StepForm):
    rating = RatingChoice(
        label="Rating",
        help_text="It stays as it is unless you choose another.",
        queryset=Rating.objects.none(),
        required=False,
        blank=True,
        empty_label="Not rated",
        widget=forms.RadioSelect,
    )


class ClaimForm(RatedForm):
    narrative = words(
        "What was done",
        "Say what is different now and what the evidence shows. No child's name or details.",
        "Say in a sentence or two what was done.",
    )
    field_order = ("narrative", "kept_because", "rating", "version")


class SignOffForm(RatedForm):
    """Agree or return; what was found is needed for both."""

    decision = forms.ChoiceField(
        label="Is it complete?",
        choices=[("sign-off", "Yes, sign it off"), ("return", "No, return it to the lead officer")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is complete."},
    )
    narrative = words(
        "What you found",
        "If you return it, say what is missing. The lead officer and the board read this. "
        "No child's name or details.",
        "Say in a sentence or two what you found.",
    )
    field_order = ("decision", "narrative", "kept_because", "rating", "version")


class ReopenForm(RatedForm):
    reason = words(
        "Why it is reopened",
        "The reason stays in the action's history. No child's name or details.",
        "Say why it is reopened.",
    )
    field_order = ("reason", "kept_because", "rating", "version")


class WithdrawForm(StepForm):
    reason = words(
        "Why it is withdrawn",
        "The reason stays in the action's history. No child's name or details.",
        "Say why it is withdrawn.",
    )
    field_order = ("reason", "kept_because", "version")


class DueDateForm(CarefulForm):
    """Ask for another due date."""

    new_on = forms.DateField(
        label="New due date",
        help_text="For example 31/12/2012.",
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages={"required": "Write the new due date.", "invalid": WRONG_DAY},
    )
    reason = words(
        "Why the date has to move",
        "Whoever decides reads this, and so does everybody who sees the plan. No child's name or details.",
        "Say why the date has to move.",
    )
    field_order = ("new_on", "reason", "kept_because")


class DecisionForm(CarefulForm):
    """Agree to a new due date or refuse it."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("agree", "Agree: the date moves today"), ("refuse", "Refuse: the date stays")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree."},
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Needed if you refuse. Everybody who sees the plan reads it.",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("decision", "reason", "kept_because")
