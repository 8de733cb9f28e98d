"""Forms of following, chasing and of owners from outside."""

from datetime import date
from typing import Any

from django import forms
from django.forms.models import fields_for_model

from boards.models import CHASER_TIMES, ChaserSettings, Follow, Often
from boards.outside import posts_outside
from boards.workflow.owner_links import STAGES
from improvement.forms import DayField
from improvement.models import Council, LeadOfficer
from recommendations.forms import CarefulForm
from recommendations.models import ProgressUpdate, Stage
from recommendations.workflow import LONGEST_TEXT, NOTHING_SAID

KINDS = (
    ("updates", "Updates: what somebody says of an action"),
    ("endings", "Completion: claimed, signed off or withdrawn"),
    ("dates", "Due dates that move"),
)


class FollowForm(forms.Form):
    """What somebody wants to be told of what they follow, and how often."""

    often = forms.ChoiceField(
        label="How often", choices=Often.choices, widget=forms.RadioSelect, initial=Often.WEEKLY
    )
    kinds = forms.MultipleChoiceField(
        label="What to be told of",
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        initial=[name for name, _ in KINDS],
        error_messages={
            "required": "Choose what to be told of. To be told of nothing, choose “Never” as how often."
        },
    )

    def __init__(self, data: Any, *, mine: Follow | None) -> None:
        initial = {"often": mine.often, "kinds": [n for n, _ in KINDS if getattr(mine, n)]} if mine else {}
        super().__init__(data, initial=initial)

    @property
    def chosen(self) -> dict[str, Any]:
        kinds = self.cleaned_data["kinds"]
        return {"often": Often(self.cleaned_data["often"]), **{name: name in kinds for name, _ in KINDS}}


class ChaserTimesForm(forms.Form):
    """When those who lead a plan's actions are chased. `version` is what the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, standing: ChaserSettings) -> None:
        now = {name: standing.serializable_value(name) for name in CHASER_TIMES}
        super().__init__(data, initial={**now, "version": standing.sequence})
        self.fields.update(fields_for_model(ChaserSettings, CHASER_TIMES))

    def has_seen(self, latest: ChaserSettings) -> None:
        """Sent again, what was typed follows what somebody else set."""
        self.data = {**dict(self.data.items()), "version": str(latest.sequence)}

    @property
    def values(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in CHASER_TIMES}


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    """A post with its organisation."""

    def label_from_instance(self, obj: LeadOfficer) -> str:
        return f"{obj.organisation.name}: {obj.title} ({obj.abbreviation})"


class OwnerLinkForm(forms.Form):
    """Which post gets a link, at which address, until when."""

    post = PostChoice(
        label="Post",
        help_text="Posts of other organisations that lead actions of this council.",
        queryset=LeadOfficer.objects.none(),
        empty_label="Choose a post",
        error_messages={"required": "Choose the post that the link is for."},
    )
    email = forms.EmailField(
        label="E-mail address of whoever holds it",
        help_text="The link goes there, and nowhere else. Whoever can read that mailbox can use it.",
        error_messages={
            "required": "Give the e-mail address that the link goes to.",
            "invalid": "Write an e-mail address like name@organisation.nhs.uk.",
        },
    )
    expires_on = DayField(
        label="Last day on which it opens",
        help_text="At most a year away. You can take it back before.",
        error_messages={"required": "Say until when the link opens."},
    )

    def __init__(self, data: Any, *, council: Council, on: date) -> None:
        super().__init__(data)
        posts = posts_outside(council, on=on).select_related("organisation")
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]


class LinkUpdateForm(CarefulForm):
    """How an action stands, said by a link. `version` is the sequence of the last update that the writer saw."""

    stage = forms.ChoiceField(
        label="Stage",
        choices=[(stage, Stage(stage).label) for stage in STAGES],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is in progress or on hold."},
    )
    narrative = forms.CharField(
        label="What has happened",
        help_text="In a few sentences. No child's name or details.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say in a sentence or two how the action stands."},
    )
    forecast_on = DayField(
        label="When you expect it to be finished",
        help_text="If it differs from the due date. For example 31/12/2012.",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("stage", "narrative", "kept_because", "forecast_on", "version")

    def __init__(self, data: Any = None, *, latest: ProgressUpdate | None) -> None:
        initial: dict[str, Any] = {"version": latest.sequence if latest else NOTHING_SAID}
        if latest and latest.stage in STAGES:
            initial["stage"] = latest.stage
        if latest:
            initial["forecast_on"] = latest.forecast_on
        super().__init__(data, initial=initial)
