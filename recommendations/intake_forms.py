"""Forms for bringing a plan in from a file: the file and its plan, mending one value, and the last word before loading."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from improvement.forms import Choice
from improvement.models import Plan
from recommendations import evidence_files
from recommendations.forms import CarefulForm
from recommendations.intake import reading
from recommendations.models import Phase, Stage, Timescale
from recommendations.workflow.beginning import LONGEST_NAME, free_slug

NEW = "new"
LONGEST_VALUE = 20_000
# Of a file's name as a plan's, with room for a number behind it.
LONGEST_STEM = 150
# How each value is put right.
CHOICES: dict[str, Sequence[tuple[str, str]]] = {
    "phase": Phase.choices,
    "timescale": Timescale.choices,
    "stage": Stage.choices,
}
HINTS = {
    "due": "As a plan would print it: 31/12/2026, December 2026, Q3 2026/27, Ongoing, TBC.",
    "leads": "Abbreviations with strokes between them, the accountable one first: DCS / HoS QA.",
    "number": "Digits and letters, for example 12 or 12a.",
}
MAY_BE_EMPTY = frozenset({"", "due", "leads", "outcome", "rating", "standing", "theme"})
LONG = frozenset({"text", "outcome", "standing"})


class BeginForm(forms.Form):
    """Which file, and into which plan: one of the council's, or a new one by its name."""

    file = forms.FileField(
        label="The file",
        help_text="Word (.docx), Excel (.xlsx) or CSV, up to 20 MB. It is kept as you send it.",
        allow_empty_file=True,  # so that it is refused in our own words
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.csv,.tsv,.txt,.json"}),
        error_messages={"required": "Choose the file that the plan is in."},
    )
    plan = forms.ChoiceField(
        label="Which plan it is",
        help_text="For a plan that is here you see what differs, and choose what is taken over. Nothing that people wrote "
        "here is lost.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a plan, or a new one."},
    )
    name = forms.CharField(
        label="Name of the new plan",
        help_text="For example “Children’s Services Improvement Plan 2026”. Left empty, it is named after its file.",
        required=False,
        max_length=LONGEST_NAME[Plan],
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, plans: QuerySet[Plan], start: str = ""
    ) -> None:
        self._plans = {plan.slug: plan for plan in plans}
        super().__init__(data, files=files, initial={"plan": start or (NEW if not self._plans else "")})
        choices = [(plan.slug, plan.name) for plan in self._plans.values() if not plan.closed_on]
        if not choices:
            self.fields["plan"].help_text = ""
        new = Choice.of("A new plan", hint="It begins with what is in the file.")
        self.fields["plan"].choices = [*choices, (NEW, new)]  # type: ignore[attr-defined]

    def clean_file(self) -> File[Any]:
        """Refused at once where its name or its size tells; what is in it is looked at when it is read."""
        file: File[Any] = self.cleaned_data["file"]
        name = evidence_files.shown_name(file.name or "")
        ending = name.rpartition(".")[2].lower()
        refused = ""
        if ending not in reading.KINDS:
            refused = reading.OTHERS.get(ending, reading.ANY_OTHER)
        elif not file.size:
            refused = reading.EMPTY
        elif file.size > reading.LARGEST_MEGABYTES * 1024 * 1024:
            refused = reading.TOO_LARGE
        if refused:
            raise ValidationError(f"“{name}” was not taken in. {refused}")
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("plan") != NEW or "name" not in said:
            return said
        typed, file = said["name"], said.get("file")
        if not typed:
            said["name"] = self._name_after(file) if file else ""
        elif (slug := _slug_of(typed)) in self._plans:
            theirs = self._plans[slug].name
            self.add_error(
                "name", f"There is a plan of nearly that name, “{theirs}”. Choose it above, or another name."
            )
        return said

    def _name_after(self, file: File[Any]) -> str:
        """A name for a plan after its file, that no other plan of the council has."""
        stem = evidence_files.shown_name(file.name or "").rpartition(".")[0]
        # Between digits a stroke means something: 2026-27.
        words = " ".join(re.sub(r"_|(?<!\d)-|-(?!\d)", " ", stem).split())[:LONGEST_STEM] or "Plan"
        name = words[0].upper() + words[1:]
        names = (name, *(f"{name} ({number})" for number in range(2, len(self._plans) + 3)))
        return next(each for each in names if _slug_of(each) not in self._plans)

    @property
    def said(self) -> dict[str, Any]:
        """What was chosen, as `begin_intake` takes it."""
        file = self.cleaned_data["file"]
        plan = self._plans.get(self.cleaned_data["plan"])
        return {
            "plan": plan,
            "plan_slug": plan.slug if plan else _slug_of(self.cleaned_data["name"]),
            "plan_name": plan.name if plan else self.cleaned_data["name"],
            "content": file,
            "name": evidence_files.shown_name(file.name),
        }

    def ask_for_the_file_again(self) -> None:
        """A browser sends a chosen file once; whoever has to change something must choose it again."""
        chosen = self.files.get("file")
        if isinstance(chosen, UploadedFile) and not self.has_error("file"):
            name = evidence_files.shown_name(chosen.name or "")
            self.add_error("file", f"Choose “{name}” again: it could not be kept while the form is open.")


def _slug_of(name: str) -> str:
    """The short name of a new plan in addresses."""
    return free_slug(name, Plan.objects.none())


class MendForm(forms.Form):
    """One value, put right or found to be right as it is. What is typed is read by the same rules as the file."""

    key = forms.CharField(max_length=300, widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.CharField(required=False, max_length=LONGEST_VALUE)

    def __init__(
        self,
        data: Any = None,
        *,
        label: str = "",
        part: str = "",
        choices: Sequence[tuple[str, str]] = (),
        start: dict[str, Any] | None = None,
        prefix_id: str = "mend",
    ) -> None:
        super().__init__(data, initial=start, auto_id=f"{prefix_id}-%s")
        value, offered = self.fields["value"], choices or CHOICES.get(part, ())
        value.label, value.help_text = label, HINTS.get(part, "")
        value.required = part not in MAY_BE_EMPTY and not choices
        value.error_messages["required"] = "Write what it should be."
        if offered:
            value.widget = forms.Select(choices=list(offered))
        elif part in LONG:
            value.widget = forms.Textarea(attrs={"rows": 4})


class LoadForm(CarefulForm):
    """The last word before a plan is loaded. `version` is the intake's whose preview was seen."""

    as_shown = forms.BooleanField(
        label="Load them as they are shown",
        error_messages={
            "required": "Look at these values first, or say that they may be loaded as they are shown."
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("as_shown", "kept_because", "version")

    def __init__(self, data: Any = None, *, version: int, unsure: bool) -> None:
        super().__init__(data, initial={"version": version})
        self.fields["as_shown"].required = unsure
