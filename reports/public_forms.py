"""Forms for opening a plan to the public and closing it again."""

from collections.abc import Iterable
from typing import Any

from django import forms

from improvement.forms import Choice
from improvement.models import PlanVersion
from recommendations.forms import CarefulForm
from recommendations.workflow import LONGEST_TEXT

WITHOUT, WITH = "without", "with"
WORDS = [
    (
        WITHOUT,
        Choice.of(
            "Stage, rating and dates only",
            hint="Nobody’s words are published. Reports that you published are.",
        ),
    ),
    (
        WITH,
        Choice.of(
            "Also the words of the latest update",
            hint="As they stand now and as you read them in the preview. What is said later waits until you open again.",
        ),
    ),
]


class OpeningForm(CarefulForm):
    """From which version on a plan is shown, and whether with the words of its updates."""

    version = forms.ChoiceField(
        label="Show the plan from",
        help_text="Nothing from before this version was agreed is shown.",
        error_messages={"required": "Choose a version.", "invalid_choice": "Choose a version from the list."},
    )
    words = forms.ChoiceField(
        label="What is shown of each action",
        choices=WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is shown of each action."},
    )

    def __init__(self, data: Any = None, *, versions: Iterable[PlanVersion]) -> None:
        super().__init__(data, initial={"words": WITHOUT})
        self.versions = {version.label: version for version in versions}
        offered = [
            (label, f"Version {label}, agreed {version.agreed_on:%-d %B %Y}")
            for label, version in self.versions.items()
        ]
        self.fields["version"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "version" in said and "words" in said:
            said["version"], said["words"] = self.versions[said["version"]], said["words"] == WITH
        return said


class ClosingForm(CarefulForm):
    """Why a plan is closed to the public."""

    because = forms.CharField(
        label="Why it is closed to the public",
        help_text="Kept with the change and shown to your council’s members. The public is told nothing.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is closed to the public."},
    )
    field_order = ("because", "kept_because")
