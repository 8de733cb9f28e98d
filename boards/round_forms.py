"""Forms of update rounds: opening one, and saying that nothing has changed."""

from typing import Any

from django import forms

from boards.workflow.rounds import LONGEST_LABEL
from improvement.forms import DayField
from recommendations.forms import CarefulForm
from recommendations.models import Action, ProgressUpdate
from recommendations.workflow import LONGEST_TEXT, NOTHING_SAID


class RoundForm(CarefulForm):
    """The meeting that a round is for, and the last day for answers."""

    label = forms.CharField(
        label="Meeting",
        max_length=LONGEST_LABEL,
        help_text="As those who answer know it, for example Improvement Board.",
        error_messages={"required": "Name the meeting."},
    )
    for_meeting_on = DayField(
        label="Day of the meeting",
        help_text="For example 12/12/2012.",
        error_messages={"required": "Say on what day the meeting is."},
    )
    cut_off_on = DayField(
        label="Last day for answers",
        help_text="Early enough for the papers to be written. A later answer still counts and is marked late.",
        error_messages={"required": "Say by what day answers are needed."},
    )

    field_order = ("label", "for_meeting_on", "cut_off_on")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        # A meeting's name is nobody's record.
        del self.fields["kept_because"]


class NoChangeForm(CarefulForm):
    """Why there is nothing new. `version` is the sequence of the last update that the writer saw."""

    reason = forms.CharField(
        label="Why there is nothing new to say",
        help_text="For example: the training begins in January. No child’s name or details.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why there is nothing new."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("reason", "kept_because", "version")

    def __init__(self, data: Any = None, *, action: Action, latest: ProgressUpdate | None) -> None:
        # It stands beside the form for an update, which has fields of the same names.
        super().__init__(data, auto_id=f"no-change-{action.pk}-%s")
        self.initial["version"] = latest.sequence if latest else NOTHING_SAID
