"""Forms about clearing, publishing and withdrawing a report."""

from collections.abc import Iterable
from typing import Any

from django import forms

from improvement.models import Membership
from recommendations.forms import CarefulForm
from recommendations.step_forms import words
from recommendations.workflow import LONGEST_TEXT


class AskForm(CarefulForm):
    """Whom to ask for a clearance."""

    of = forms.ChoiceField(
        label="Who clears it",
        help_text="Somebody who holds the post or may act for it. They are told by e-mail and on their home page.",
        error_messages={
            "required": "Choose whom to ask.",
            "invalid_choice": "Choose somebody from the list.",
        },
    )

    def __init__(self, data: Any = None, *, candidates: Iterable[Membership]) -> None:
        super().__init__(data)
        people = [(str(member.user_id), f"{member.user}, {member.user.email}") for member in candidates]
        self.fields["of"].choices = [("", "Choose a person"), *people]  # type: ignore[attr-defined]


class AnswerForm(CarefulForm):
    """Clear a report or return it. `seen` is the fingerprint of what the person read."""

    decision = forms.ChoiceField(
        label="Your answer",
        choices=[("clear", "Clear it"), ("return", "Return it with comments")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you clear it."},
    )
    comments = forms.CharField(
        label="Comments",
        help_text="Needed if you return it. Those who write the report read them.",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    field_order = ("decision", "comments", "kept_because", "seen")


class PublishForm(CarefulForm):
    """Publish the first version; a reason is asked for only where the notice is short."""

    late_because = forms.CharField(
        label="Why it is published late",
        help_text="The special circumstances for which the chair takes it as urgent. They are kept with the version.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Say why it is published with fewer than five clear working days to the meeting."
        },
    )
    field_order = ("because", "late_because", "kept_because")

    def __init__(self, data: Any = None, *, late: bool) -> None:
        super().__init__(data)
        if not late:
            del self.fields["late_because"]


class CorrectForm(PublishForm):
    """Publish the next version."""

    because = words(
        "What was wrong",
        "It is printed at the head of every document of the new version, the open one included: write nothing exempt, "
        "and no child's name or details.",
        "Say what was wrong with the version before.",
    )


class WithdrawForm(CarefulForm):
    because = words(
        "Why it is withdrawn",
        "The notice in its place says this to everybody who could read it: write nothing exempt, and no child's name "
        "or details.",
        "Say why it is withdrawn.",
    )
    field_order = ("because", "kept_because")
