"""Forms about inspections. They explain; `inspection_workflow.py` and `workflow.py` decide and save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from improvement import framework_text
from improvement.forms import DayField
from improvement.framework_text import FrameworkText
from improvement.models import Area, Framework, FrameworkKind, Grade, InterventionKind, Unit

NARROW = {"class": "govuk-input--width-4"}


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})


class FrameworkForm(forms.Form):
    """An inspection regime: areas, grades and duties one a line."""

    name = forms.CharField(
        label="Name",
        max_length=160,
        help_text="With its years, for example “Joint area reviews, 2005 to 2008”.",
    )
    kind = forms.ChoiceField(label="What sort of look it is", choices=FrameworkKind.choices)
    inspectorates = forms.CharField(
        label="Inspectorates", max_length=200, help_text="The one that leads first, with commas between them."
    )
    from_on = DayField(label="In force from")
    until_on = DayField(label="In force until", required=False)
    areas = forms.CharField(
        label="Areas, one a line, in the order of the report",
        help_text="“Group: Area” for parallel sets. Begin a sub-judgement with “>”. "
        "End with [no grade] for an area that is reported on in words, or with [the name of a scale] where there are two.",
        widget=_lines(10),
    )
    grades = forms.CharField(
        label="Grades, one a line, best first",
        required=False,
        help_text="Leave empty for a framework without grades. A line that ends with a colon starts another scale.",
        widget=_lines(6),
    )
    duties = forms.CharField(
        label="What must be done afterwards, one a line",
        required=False,
        help_text="For example “70 working days: Publish a written statement | The council | SI 2007/462, regulation 3”. "
        "Days count from receiving the report; write “30 calendar days from publication: …” for another start. "
        "“At an interval: …” for reports at the interval that an intervention sets.",
        widget=_lines(5),
    )
    note = forms.CharField(
        label="What is not certain, or what a reader must know",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_grades(self) -> tuple[framework_text.GradeLine, ...]:
        return framework_text.read_grades(self.cleaned_data["grades"])

    def clean_duties(self) -> tuple[framework_text.DutyLine, ...]:
        return framework_text.read_duties(self.cleaned_data["duties"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("from_on") and said.get("until_on") and said["until_on"] < said["from_on"]:
            self.add_error("until_on", "It ends after it begins.")
        if "areas" in said and "grades" in said:
            # Areas name the scales that stand in the other box.
            scales = tuple(dict.fromkeys(grade.scale for grade in said["grades"]))
            try:
                said["areas"] = framework_text.read_areas(said["areas"], scales)
            except ValidationError as faults:
                self.add_error("areas", faults)
        return said

    def values(self) -> dict[str, Any]:
        """What `add_framework` takes."""
        said = dict(self.cleaned_data)
        text = FrameworkText(said.pop("areas"), said.pop("grades"), said.pop("duties"))
        return {**said, "text": text}

    @staticmethod
    def initial_from(framework: Framework) -> dict[str, Any]:
        """An existing framework as a start for the next: all but its dates."""
        return {
            "name": framework.name,
            "kind": framework.kind,
            "inspectorates": framework.inspectorates,
            **framework_text.written(framework),
        }


class InspectionForm(forms.Form):
    """An inspection and, for each area of its framework, the grade it gave."""

    name = forms.CharField(label="Name", max_length=160, help_text="For example “Focused visit, March 2024”.")
    inspectorates = forms.CharField(label="Inspectorates", max_length=120)
    started_on = DayField(label="First day of the inspection")
    ended_on = DayField(label="Last day of the inspection")
    published_on = DayField(label="Day on which the report was published", required=False)
    received_on = DayField(
        label="Day on which the council received the report",
        required=False,
        help_text="The statutory clock starts here. It can be recorded later.",
    )
    received_note = forms.CharField(
        label="How that day is known",
        required=False,
        max_length=240,
        help_text="Or that it was assumed, and from what.",
    )
    note = forms.CharField(
        label="What a reader must know",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, framework: Framework) -> None:
        super().__init__(data, initial={"inspectorates": framework.inspectorates[:120]})
        self.framework = framework
        self.areas: dict[str, Area] = {}
        self.grades: dict[str, Grade] = {grade.slug: grade for grade in framework.grades.all()}
        for area in framework.areas.all():
            choices = [
                (grade.slug, grade.name) for grade in self.grades.values() if grade.scale == area.scale
            ]
            if not choices:
                continue
            field = f"judgement-{area.slug}"
            self.areas[field] = area
            self.fields[field] = forms.ChoiceField(
                label=str(area), required=False, choices=[("", "Not judged"), *choices]
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        started = said.get("started_on")
        for name, sentence in (
            ("ended_on", "The last day comes after the first."),
            ("published_on", "The report is published after the inspection began."),
            ("received_on", "The report is received after the inspection began."),
        ):
            if started and said.get(name) and said[name] < started:
                self.add_error(name, sentence)
        return said

    def values(self) -> dict[str, Any]:
        """What `add_inspection` takes."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in self.areas}
        judgements = {
            area: self.grades[self.cleaned_data[field]]
            for field, area in self.areas.items()
            if self.cleaned_data[field]
        }
        return {**said, "framework": self.framework, "judgements": judgements}


class ReceiptForm(forms.Form):
    """The day on which the council received the report."""

    received_on = DayField(label="Day on which the council received the report")
    received_note = forms.CharField(
        label="How that day is known",
        required=False,
        max_length=240,
        help_text="For example “Covering e-mail”.",
    )


class DutyMetForm(forms.Form):
    """When a duty was met, and how. `version` is the clock's that the writer saw."""

    met_on = DayField(label="Day on which it was met", required=False)
    what = forms.CharField(
        label="What was done",
        max_length=2000,
        help_text="For example where the statement was published. No child's name or details.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, met: bool, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if met:
            self.fields["met_on"].help_text = "Leave it empty if it was not met after all."
            self.fields["what"].label = "What was done, or why the record was wrong"
        else:
            self.fields["met_on"].required = True


class DutyOverrideForm(forms.Form):
    """Another due day than the one counted, and why."""

    due_on = DayField(
        label="Due day",
        required=False,
        help_text="Leave it empty if the duty does not apply to this inspection.",
    )
    reason = forms.CharField(
        label="Why it is another than the one counted",
        max_length=2000,
        help_text="It stands beside the due day and in the ledger.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class InterventionForm(forms.Form):
    """An improvement notice, a direction or another intervention, and how often progress is reported."""

    kind = forms.ChoiceField(label="Kind", choices=InterventionKind.choices)
    by_whom = forms.CharField(label="By whom", max_length=120, initial="Secretary of State")
    issued_on = DayField(label="Day on which it was issued", required=False)
    expected = forms.CharField(
        label="What is expected, as long as it is not issued", required=False, max_length=240
    )
    expected_months = forms.IntegerField(
        label="How many months it is expected to last",
        required=False,
        min_value=1,
        max_value=240,
        widget=forms.NumberInput(attrs=NARROW),
    )
    report_every = forms.IntegerField(
        label="Progress is reported to the department every",
        required=False,
        min_value=1,
        max_value=60,
        help_text="A number of weeks or months, as the notice says.",
        widget=forms.NumberInput(attrs=NARROW),
    )
    report_unit = forms.ChoiceField(
        label="Weeks or months",
        choices=[(unit.value, unit.label.capitalize()) for unit in (Unit.MONTHS, Unit.WEEKS)],
    )
    note = forms.CharField(
        label="What a reader must know",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InterventionChangeForm(forms.Form):
    """What of an intervention may change: when it was issued and ended, and the reporting interval."""

    issued_on = DayField(label="Day on which it was issued", required=False)
    expected_months = InterventionForm.base_fields["expected_months"]
    report_every = InterventionForm.base_fields["report_every"]
    report_unit = InterventionForm.base_fields["report_unit"]
    ended_on = DayField(label="Day on which it was lifted", required=False)
    reason = forms.CharField(
        label="Why it changes", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
