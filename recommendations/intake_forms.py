"""Forms for bringing a plan in from a file: the file and its plan, what each column is, and mending one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from recommendations.intake.columns import Meaning, TableMapping
from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Source, Table
from recommendations.intake.seen import Beside
from recommendations.models import Phase, Stage, Timescale
from recommendations.workflow.beginning import free_slug

NEW = "new"
EXAMPLES, LONGEST_EXAMPLE = 3, 110
LONGEST_VALUE = 20_000
MEANINGS: dict[Meaning, str] = {
    Meaning.REFERENCE: "Reference of the recommendation, such as LAC4",
    Meaning.RECOMMENDATION: "Recommendation",
    Meaning.THEME: "Theme or area",
    Meaning.TIMESCALE: "Timescale of the recommendation",
    Meaning.OUTCOME: "Outcome required, or success measure",
    Meaning.NUMBER: "Number of the action",
    Meaning.ACTION: "Action",
    Meaning.PHASE: "Phase: must do or embedding",
    Meaning.LEADS: "Lead officers",
    Meaning.AGENCY: "Agency or organisation",
    Meaning.DUE: "When it is due",
    Meaning.PROGRESS: "Progress or latest update",
    Meaning.STAGE: "Stage or status",
    Meaning.RATING: "Rating (RAG)",
    Meaning.FORECAST: "When it is expected to be finished",
    Meaning.UPDATE_NUMBER: "Number of the update it was written after",
    Meaning.KEPT: "Something else: kept and shown, not in the plan",
}
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
        help_text="Word (.docx), Excel (.xlsx) or CSV, up to 20 MB. It is read, never run, and kept as it is.",
        allow_empty_file=True,  # so that it is refused in our own words
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.csv"}),
        error_messages={"required": "Choose the file that the plan is in."},
    )
    plan = forms.ChoiceField(
        label="Which plan it is",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a plan, or a new one."},
    )
    name = forms.CharField(
        label="Name of the new plan",
        help_text="For example “Children’s Services Improvement Plan 2026”. Only for a new plan.",
        required=False,
        max_length=160,
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, plans: QuerySet[Plan], start: str = ""
    ) -> None:
        self._plans = {plan.slug: plan for plan in plans}
        super().__init__(data, files=files, initial={"plan": start or (NEW if not self._plans else "")})
        hint = "You see what differs, and choose what is taken over. Nothing that people wrote here is lost."
        choices = [
            (plan.slug, Choice.of(plan.name, hint=hint))
            for plan in self._plans.values()
            if not plan.closed_on
        ]
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
        if said.get("plan") == NEW and not said.get("name", "").strip():
            self.add_error("name", "Give the new plan a name.")
        elif said.get("plan") == NEW and self.slug in self._plans:
            theirs = self._plans[self.slug].name
            self.add_error(
                "name", f"There is a plan of nearly that name, “{theirs}”. Choose it above, or another name."
            )
        return said

    @property
    def slug(self) -> str:
        """The short name of the new plan in addresses."""
        return free_slug(self.cleaned_data["name"], Plan.objects.none())

    @property
    def said(self) -> dict[str, Any]:
        """What was chosen, as `begin_intake` takes it."""
        file = self.cleaned_data["file"]
        plan = self._plans.get(self.cleaned_data["plan"])
        return {
            "plan": plan,
            "plan_slug": plan.slug if plan else self.slug,
            "plan_name": plan.name if plan else self.cleaned_data["name"].strip(),
            "content": file,
            "name": evidence_files.shown_name(file.name),
        }

    def ask_for_the_file_again(self) -> None:
        """A browser sends a chosen file once; whoever has to change something must choose it again."""
        chosen = self.files.get("file")
        if isinstance(chosen, UploadedFile) and not self.has_error("file"):
            name = evidence_files.shown_name(chosen.name or "")
            self.add_error("file", f"Choose “{name}” again: it could not be kept while the form is open.")


@dataclass(frozen=True)
class ColumnSeen:
    """A column as the page asks after it: its heading, words from it, how sure its meaning is, and the choice."""

    heading: str
    examples: tuple[str, ...]
    sure: Sureness
    field: forms.BoundField


@dataclass(frozen=True)
class TableSeen:
    """A table or sheet as the page asks after it. `used` says whether it is part of the plan."""

    table: Table
    used: forms.BoundField
    headers: forms.BoundField
    columns: tuple[ColumnSeen, ...]
    is_used: bool

    @property
    def to_look(self) -> int:
        return sum(column.sure == Sureness.UNSURE for column in self.columns) if self.is_used else 0


class ColumnsForm(forms.Form):
    """What each table is and what each of its columns means. `version` is the intake's that the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        source: Source,
        mapping: Sequence[TableMapping],
        sureness: Mapping[tuple[int, int], Sureness],
        version: int,
    ) -> None:
        super().__init__(data, initial={"version": version})
        self._source, self._beside, self._sureness = source, Beside(source, mapping), sureness
        self._mapping = {each.table: each for each in mapping}
        for number, table in enumerate(source.tables):
            self._add_fields(number, table)

    @property
    def tables(self) -> tuple[TableSeen, ...]:
        return tuple(self._seen(number, table) for number, table in enumerate(self._source.tables))

    @property
    def mapping(self) -> tuple[TableMapping, ...]:
        """What was chosen, as `choose_columns` takes it."""
        return tuple(self._chosen(number, table) for number, table in enumerate(self._source.tables))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        columns = {meaning for each in self.mapping for meaning in each.columns}
        if not columns & {Meaning.ACTION, Meaning.RECOMMENDATION}:
            raise ValidationError(
                "Say which column holds the actions, or the recommendations. Nothing was changed."
            )
        return said

    def _add_fields(self, number: int, table: Table) -> None:
        mapped = self._mapping.get(number, TableMapping(number, (), ()))
        rows = ", ".join(str(table.rows[row].number) for row in mapped.headers)
        self.fields[f"t{number}-used"] = forms.BooleanField(
            label=f"{table.name} is part of the plan", required=False, initial=bool(mapped.columns)
        )
        self.fields[f"t{number}-headers"] = HeaderRows(table=table, initial=rows)
        for column in range(width(table)):
            meaning = mapped.columns[column] if column < len(mapped.columns) else Meaning.KEPT
            self.fields[f"t{number}-c{column}"] = forms.ChoiceField(
                label=f"What “{self._heading(number, column)}” holds",
                choices=[(each.value, words) for each, words in MEANINGS.items()],
                initial=meaning.value,
                required=False,
            )

    def _chosen(self, number: int, table: Table) -> TableMapping:
        said = self.cleaned_data
        if not said[f"t{number}-used"]:
            return TableMapping(number, (), ())
        columns = (Meaning(said[f"t{number}-c{column}"] or Meaning.KEPT) for column in range(width(table)))
        return TableMapping(number, said[f"t{number}-headers"], tuple(columns))

    def _seen(self, number: int, table: Table) -> TableSeen:
        headers = self._mapping[number].headers if number in self._mapping else ()
        columns = tuple(
            ColumnSeen(
                heading=self._heading(number, column),
                examples=examples(table, column, after=headers),
                sure=self._sureness.get((number, column), Sureness.CERTAIN),
                field=self[f"t{number}-c{column}"],
            )
            for column in range(width(table))
        )
        used = self[f"t{number}-used"]
        return TableSeen(table, used, self[f"t{number}-headers"], columns, bool(used.value()))

    def _heading(self, number: int, column: int) -> str:
        return self._beside.heading(number, column) or f"Column {column + 1}, without a heading"


class HeaderRows(forms.CharField):
    """The rows of a table that hold its headings, as a person counts them: "1, 2"; empty where it has none."""

    def __init__(self, *, table: Table, **options: Any) -> None:
        self._rows = {str(row.number): place for place, row in enumerate(table.rows)}
        super().__init__(
            label="Rows with the headings",
            help_text="By their numbers in the file, with commas between them.",
            required=False,
            max_length=400,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "text"}),
            **options,
        )

    def clean(self, value: Any) -> tuple[int, ...]:
        text = super().clean(value)
        written = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        for part in written:
            if part not in self._rows:
                raise ValidationError(f"There is no row “{part[:20]}” here. Write row numbers such as 1, 2.")
        return tuple(sorted({self._rows[part] for part in written}))


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


def width(table: Table) -> int:
    """How many columns a table has at its widest."""
    return max((len(row.cells) for row in table.rows), default=0)


def examples(table: Table, column: int, *, after: Sequence[int]) -> tuple[str, ...]:
    """The first different words in a column below its headings, clipped."""
    found: dict[str, None] = {}
    for place, row in enumerate(table.rows):
        if place in after or column >= len(row.cells):
            continue
        text = " ".join(row.cells[column].text.split())
        if text:
            found[text if len(text) <= LONGEST_EXAMPLE else f"{text[:LONGEST_EXAMPLE].rstrip()}…"] = None
        if len(found) == EXAMPLES:
            break
    return tuple(found)
