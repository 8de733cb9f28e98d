"""Forms about evidence and assurance, and what narrows the evidence tracker."""

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from improvement.forms import DAY_FORMATS, Choice, DayInput
from improvement.models import Organisation, Plan, Theme
from recommendations import evidence_files
from recommendations.assurance import MEANINGS, StepStanding
from recommendations.forms import CarefulForm
from recommendations.models import Evidence, Method, Step
from recommendations.models.evidence import EvidenceQuerySet
from recommendations.workflow import LONGEST_TEXT
from recommendations.workflow.assurance import LONGEST_REVIEWER
from recommendations.workflow.evidence import LONGEST_LINK

STEPS = [(step.value, Choice.of(step.label, hint=MEANINGS[step])) for step in Step]
HOLDS = [("yes", "It holds"), ("no", "It is lost: it held before and holds no longer")]


class EvidenceForm(CarefulForm):
    """A piece of evidence. `key` makes one piece of a form that is sent twice."""

    shows = forms.CharField(
        label="What it shows",
        help_text="A sentence or two, for a reader who does not open it. No child's name or details.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,  # so that it is refused in our own words
        widget=forms.FileInput(attrs={"accept": ",".join(evidence_files.endings())}),
    )
    link = forms.CharField(
        label="Or a link",
        help_text="Where it can be seen, starting with https://",
        required=False,
        max_length=LONGEST_LINK,
        widget=forms.URLInput,
        validators=[URLValidator(["https"], message="Give a whole address that starts with https://.")],
    )
    method = forms.ChoiceField(label="How it was got", choices=Method.choices, widget=forms.RadioSelect)
    gathered_on = forms.DateField(
        label="When it was gathered",
        help_text="For example 31/10/2012",
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages={"invalid": "Write the day as day, month and year, for example 31/10/2012."},
    )
    supports = forms.ChoiceField(label="What it supports", choices=STEPS, widget=forms.RadioSelect)
    exempt = forms.BooleanField(
        label="Exempt",
        help_text="Only those who sit in the closed part of a meeting see it: board members, scrutiny officers and "
        "plan administrators.",
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    field_order = (
        "file",
        "link",
        "shows",
        "kept_because",
        "method",
        "gathered_on",
        "supports",
        "exempt",
        "key",
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files=files, initial={"key": uuid.uuid4()})
        self.fields["file"].help_text = f"Give a file or a link. {evidence_files.in_words()}."

    def ask_for_the_file_again(self) -> None:
        """A browser sends a chosen file once; whoever has to change something must choose it again."""
        chosen = self.files.get("file")
        if isinstance(chosen, UploadedFile) and not self.has_error("file"):
            name = evidence_files.shown_name(chosen.name or "")
            self.add_error("file", f"Choose “{name}” again: it could not be kept while the form is open.")


class WithdrawForm(CarefulForm):
    """Why evidence is taken back."""

    reason = forms.CharField(
        label="Why it is withdrawn",
        help_text="Everybody who could read the evidence reads the reason.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    field_order = ("reason", "kept_because")


class EvidenceChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    """Evidence by what it shows, with how and when it was got beneath."""

    def label_from_instance(self, obj: Evidence) -> Choice:
        about = str(obj.action) if obj.action else "the recommendation as a whole"
        exempt = "; exempt" if obj.exempt else ""
        hint = f"{obj.get_method_display()}, {obj.gathered_on:%-d %B %Y}, of {about}{exempt}"
        return Choice.of(obj.shows, hint=hint)


class ReviewForm(CarefulForm):
    """What a review found of one step of assurance."""

    step = forms.ChoiceField(label="What was reviewed", widget=forms.RadioSelect)
    holds = forms.ChoiceField(label="What was found", choices=HOLDS, widget=forms.RadioSelect)
    finding = forms.CharField(
        label="The finding",
        help_text="What was looked at and what it showed. Everybody who reads the plan sees it.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = EvidenceChoice(
        label="The evidence that shows it",
        help_text="Nothing holds without evidence. A step may be lost without.",
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reviewer = forms.CharField(
        label="Who reviewed it",
        help_text="A post or a body, for example the Improvement Board. No person's name.",
        max_length=LONGEST_REVIEWER,
    )

    field_order = ("step", "holds", "evidence", "finding", "reviewer", "kept_because")

    def __init__(
        self, data: Any = None, *, evidence: EvidenceQuerySet, steps: tuple[StepStanding, ...]
    ) -> None:
        super().__init__(data)
        self.fields["evidence"].queryset = evidence.select_related("action__recommendation")  # type: ignore[attr-defined]
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (standing.step.value, Choice.of(standing.step.label, hint=_step_hint(standing)))
            for standing in steps
        ]

    def clean_evidence(self) -> list[Evidence]:
        return list(self.cleaned_data["evidence"])

    def clean_holds(self) -> bool:
        return bool(self.cleaned_data["holds"] == "yes")


class TrackerFilter(forms.Form):
    """What narrows the evidence tracker."""

    theme = forms.ModelChoiceField(
        label="Theme", queryset=Theme.objects.none(), to_field_name="slug", required=False, empty_label="Any"
    )
    organisation = forms.ModelChoiceField(
        label="Addressed to",
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label="Any",
    )
    only_said = forms.ChoiceField(
        label="Only said", choices=[("", "Any"), ("yes", "Something is only said")], required=False
    )

    def __init__(self, data: Any, *, plan: Plan) -> None:
        super().__init__(data)
        self.fields["theme"].queryset = plan.themes.all()  # type: ignore[attr-defined]
        named = Organisation.objects.filter(recommendations__plan=plan).distinct().order_by("name", "pk")
        self.fields["organisation"].queryset = named  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, as `assurance.track` takes it; nothing where it makes no sense."""
        if not self.is_valid():
            return {}
        said = self.cleaned_data
        return {**said, "only_said": said["only_said"] == "yes"}

    @property
    def chosen(self) -> list[tuple[str, str, str]]:
        """Parameter, label and words of each filter in use, for taking them off one by one."""
        if not self.is_valid():
            return []
        in_use = ((name, field) for name, field in self.fields.items() if self.cleaned_data[name])
        return [
            (name, str(field.label), "yes" if name == "only_said" else str(self.cleaned_data[name]))
            for name, field in in_use
        ]


def _step_hint(standing: StepStanding) -> str:
    now = (
        f" Last found on {standing.review.on:%-d %B %Y}: {standing.state.label.lower()}."
        if standing.review
        else ""
    )
    return f"{standing.meaning}{now}"
