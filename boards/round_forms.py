"""Forms of update rounds: opening one, and saying that nothing has changed."""

from datetime import date
from typing import Any

from django import forms

from boards.models import Meeting
from boards.models.meeting import MeetingQuerySet
from boards.workflow.rounds import LONGEST_LABEL
from improvement.forms import Choice, DayField
from recommendations.forms import CarefulForm
from recommendations.models import Action, ProgressUpdate
from recommendations.workflow import LONGEST_TEXT, NOTHING_SAID


class MeetingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    """A meeting to come, with its board and the day on which its papers are in."""

    def label_from_instance(self, obj: Meeting) -> Choice:
        papers = f"; papers are in by {obj.cut_off_on:%-d %B %Y}" if obj.cut_off_on else ""
        return Choice.of(f"{obj.on:%A %-d %B %Y}", hint=f"{obj.board}{papers}")


class RoundMeetingForm(CarefulForm):
    """Which meeting to come a round is for; its cut-off is the last day for answers unless another is given."""

    meeting = MeetingChoice(
        label="Meeting",
        queryset=Meeting.objects.none(),
        empty_label=None,
        blank=True,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the meeting.", "invalid_choice": "Choose a meeting to come."},
    )
    cut_off_on = DayField(
        label="Last day for answers",
        help_text="Leave it empty for the day on which the meeting’s papers are in. A later answer still counts and is "
        "marked late.",
        required=False,
    )

    field_order = ("meeting", "cut_off_on")

    def __init__(self, data: Any = None, *, coming: MeetingQuerySet, on: date, chosen: str = "") -> None:
        found = {str(meeting.pk): meeting for meeting in coming}
        # The next whose papers are not in yet: an earlier one leaves no time to answer.
        ahead = (meeting for meeting in found.values() if (meeting.cut_off_on or meeting.on) >= on)
        super().__init__(data, initial={"meeting": found.get(chosen) or next(ahead, None)})
        self.fields["meeting"].queryset = coming  # type: ignore[attr-defined]
        # A meeting's name is nobody's record.
        del self.fields["kept_because"]


class RoundForm(CarefulForm):
    """A round for a meeting that is not kept here: its name and day, and the last day for answers."""

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
