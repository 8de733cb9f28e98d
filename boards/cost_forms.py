"""Forms about what a plan costs."""

from typing import Any

from django import forms

from boards.models import Cost
from recommendations.forms import CarefulForm
from recommendations.workflow import LONGEST_TEXT


class CostForm(CarefulForm):
    """A sum that the plan needs, has or expects."""

    what = forms.CharField(
        label="What it pays for", max_length=200, error_messages={"required": "Say what it pays for."}
    )
    year = forms.CharField(
        label="Year",
        help_text="For example 2012/13. Leave it empty if none is given.",
        required=False,
        max_length=40,
    )
    amount_text = forms.CharField(
        label="How much",
        help_text="As it was stated. Only a plain sum such as £12,500 is added up; a range or “£75k” is shown as it is.",
        required=False,
        max_length=60,
    )
    funded_by = forms.CharField(
        label="Who pays",
        help_text="The budget, grant or partner. Leave it empty if nobody has said so.",
        required=False,
        max_length=200,
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ["what", "year", "amount_text", "funded_by", "note", "kept_because"]


class CorrectCostForm(CostForm):
    """Another sum in the place of one."""

    reason = forms.CharField(
        label="Why it is changed",
        help_text="The earlier figure stays for the days before.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is changed."},
    )

    field_order = ["what", "year", "amount_text", "funded_by", "note", "reason", "kept_because"]

    def __init__(self, data: Any = None, *, cost: Cost) -> None:
        names = ("what", "year", "amount_text", "funded_by", "note")
        super().__init__(data, initial={name: getattr(cost, name) for name in names})


class DropCostForm(CarefulForm):
    """Why a sum holds no longer."""

    reason = forms.CharField(
        label="Why it is taken back",
        help_text="It stays in the list of the days before.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is taken back."},
    )

    field_order = ("reason", "kept_because")
