"""The form in which somebody says what each table of a plan's file is, and what each of its columns holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from recommendations.intake.columns import Meaning, TableMapping
from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Source, Table
from recommendations.intake.seen import Beside

EXAMPLES, LONGEST_EXAMPLE = 3, 110
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
    Meaning.MONTH: "A month of a calendar, marked while the action is worked on",
    Meaning.PROGRESS: "Progress or latest update",
    Meaning.STAGE: "Stage or status",
    Meaning.RATING: "Rating (RAG)",
    Meaning.FORECAST: "When it is expected to be finished",
    Meaning.UPDATE_NUMBER: "Number of the update it was written after",
    Meaning.KEPT: "Something else: kept and shown, not in the plan",
}


@dataclass(frozen=True)
class ColumnSeen:
    """A column as the page asks after it: its heading, words from it, how sure its meaning is, and the choice."""

    heading: str
    examples: tuple[str, ...]
    sure: Sureness
    field: forms.BoundField

    @property
    def is_month(self) -> bool:
        """Whether it is a month of a calendar as every other, with nothing to look at."""
        return self.field.value() == Meaning.MONTH and self.sure != Sureness.UNSURE and not self.field.errors


@dataclass(frozen=True)
class TableSeen:
    """A table or sheet as the page asks after it. `used` says whether it is part of the plan."""

    table: Table
    used: forms.BoundField
    headers: forms.BoundField
    columns: tuple[ColumnSeen, ...]
    is_used: bool

    @property
    def runs(self) -> tuple[tuple[ColumnSeen, ...], ...]:
        """The columns in order, the months of a calendar together."""
        alike = groupby(enumerate(self.columns), key=lambda each: "" if each[1].is_month else each[0])
        return tuple(tuple(column for _, column in run) for _, run in alike)

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
