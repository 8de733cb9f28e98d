"""Forms for writing a report."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms

from improvement.forms import Choice, DayField
from improvement.models import Council
from recommendations.forms import CarefulForm
from reports import typed
from reports.models import (
    EnclosureKind,
    Layout,
    Paragraph,
    Readiness,
    ReportRow,
    ReportSection,
)
from reports.workflow.details import LABELS, LONGEST_LINE, Details
from reports.workflow.enclosures import LONGEST_TITLE
from reports.workflow.exemption import LONGEST_REASONING
from reports.workflow.structure import LONGEST_HEADING
from reports.workflow.written import ChangedMeanwhile, Facts

Changed = TypeVar("Changed")
MARKS = "Paragraphs, lists, **bold**, *italics* and quotations."
OPEN = "open"
PARAGRAPHS = {
    Paragraph.INDIVIDUAL: "It says something about one person, for example an officer or a carer.",
    Paragraph.IDENTITY: "It names nobody, but a reader could work out who is meant.",
    Paragraph.FINANCE: "It is about the money or business of the council or of somebody else, for example a contractor’s price.",
    Paragraph.LABOUR: "It is about talks with staff or their unions, under way or planned.",
    Paragraph.LEGAL: "It is what a lawyer advised, where a court would let the council keep it to itself.",
    Paragraph.NOTICE: "It says that the council means to serve a notice, or to make an order or a direction.",
    Paragraph.CRIME: "It is about action to prevent, investigate or prosecute crime.",
}


def put(form: forms.Form, name: str, value: str) -> None:
    """Say something else in a field that somebody sent, for when the form is shown again."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or a dictionary in a test
    data[name] = value
    form.data = data


class LineField(forms.CharField):
    """One line, without characters that show nothing."""

    def to_python(self, value: Any) -> str:
        return typed.line(str(value or ""))


class TextField(forms.CharField):
    """Several lines, without characters that show nothing."""

    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        return typed.text(str(value or ""))


class SeenForm(CarefulForm):
    """A form that notices when somebody else saved the same while it was open. `now` is what it says since then."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.now: Facts = ()

    def attempt(self, change: Callable[[], Changed]) -> Changed | None:
        try:
            return super().attempt(change)
        except ChangedMeanwhile as clash:
            self.now = clash.now
            put(self, "seen", clash.seen)
        return None

    @property
    def status(self) -> int:
        if not self.is_bound:
            return 200
        return 409 if self.now else 422


class DetailsForm(SeenForm):
    """A report's title, committee and days."""

    title = LineField(label=LABELS["title"], max_length=LONGEST_LINE)
    committee = LineField(
        label=LABELS["committee"],
        max_length=LONGEST_LINE,
        help_text="For example Overview and Scrutiny Committee.",
    )
    meeting_on = DayField(label=LABELS["meeting_on"], help_text="For example 14/11/2012.")
    meeting_note = LineField(
        label=LABELS["meeting_note"],
        max_length=LONGEST_LINE,
        required=False,
        help_text="Printed beside the day, for example “rearranged from 7 November”.",
    )
    on = DayField(label=LABELS["on"], help_text="Every figure in it is as of this day.")
    since = DayField(
        label=LABELS["since"], required=False, help_text="What changed is told from this day on."
    )

    field_order: tuple[str, ...] = (
        "title",
        "committee",
        "meeting_on",
        "meeting_note",
        "on",
        "since",
        "kept_because",
        "seen",
    )

    @property
    def details(self) -> Details:
        names = ("title", "committee", "meeting_on", "on", "since", "meeting_note")
        return Details(**{name: self.cleaned_data[name] for name in names})


class StartForm(DetailsForm):
    """A new report: what it is called, for whom and when, and in which layout."""

    layout = forms.ModelChoiceField(
        label="Layout",
        queryset=Layout.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a layout."},
    )
    seen = None  # type: ignore[assignment]  # there is nothing yet that somebody could change
    meeting_note = None  # type: ignore[assignment]  # rare: on the page of its details

    field_order = ("title", "committee", "meeting_on", "on", "since", "layout", "kept_because")

    def __init__(self, data: Any = None, *, council: Council, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["layout"]
        field.queryset = Layout.objects.offered_to(council).own_first()  # type: ignore[attr-defined]
        field.label_from_instance = _layout_choice  # type: ignore[attr-defined]

    @property
    def details(self) -> Details:
        names = ("title", "committee", "meeting_on", "on", "since")
        return Details(**{name: self.cleaned_data[name] for name in names})


def _layout_choice(layout: Layout) -> Choice:
    return Choice.of(layout.name, hint=layout.about)


class RowsForm(SeenForm):
    """The rows of facts that authors type, one field for each row."""

    def __init__(self, data: Any = None, *, rows: Sequence[ReportRow], seen: str) -> None:
        super().__init__(data, initial={"seen": seen})
        for row in rows:
            self.fields[f"row_{row.pk}"] = TextField(
                label=row.label, initial=row.text, required=False, rows=2
            )
        self.order_fields([*(f"row_{row.pk}" for row in rows), "kept_because", "seen"])

    @property
    def texts(self) -> dict[int, str]:
        return {
            int(name.removeprefix("row_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("row_")
        }


class SectionForm(CarefulForm):
    """A section's words. `version` is that of the words that the writer began from."""

    body = TextField(label="Words", required=False, rows=18, help_text=MARKS)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    field_order = ("body", "kept_because", "version")

    def __init__(self, data: Any = None, *, section: ReportSection) -> None:
        initial = {"body": section.body, "version": section.version}
        super().__init__(data, initial=initial)
        self.fields["body"].label = section.heading


class MarkForm(CarefulForm):
    """How far a section is."""

    readiness = forms.ChoiceField(
        label="How far is this section?",
        choices=[
            (Readiness.NOT_READY, Choice.of("Not ready", hint="Somebody still has to write or check it.")),
            (Readiness.READY, Choice.of("Ready", hint="These words may go to the committee.")),
            (Readiness.NOT_APPLICABLE, Choice.of("Not applicable", hint="It is left out of the paper.")),
        ],
        widget=forms.RadioSelect,
    )
    because = LineField(
        label="Why it does not apply",
        max_length=300,
        help_text="Only where it is not applicable. It is kept with the report and not printed.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    field_order = ("readiness", "because", "kept_because", "version")

    def __init__(self, data: Any = None, *, section: ReportSection) -> None:
        names = ("readiness", "because", "version")
        super().__init__(data, initial={name: getattr(section, name) for name in names})
        if data is not None:
            self.fields["because"].required = data.get("readiness") == Readiness.NOT_APPLICABLE


class HeadingForm(SeenForm):
    """Another heading for a section that an author added."""

    heading = LineField(label="Heading", max_length=LONGEST_HEADING)

    field_order = ("heading", "kept_because", "seen")


class NewHeadingForm(CarefulForm):
    """A heading of the author's own: its words and its size."""

    heading = LineField(label="Heading", max_length=LONGEST_HEADING)
    level = forms.TypedChoiceField(
        label="Size",
        coerce=int,
        choices=[
            (2, Choice.of("Under the main heading", hint="A heading of the middle size.")),
            (3, Choice.of("One step smaller", hint="Under a heading of the middle size.")),
        ],
        initial=2,
        widget=forms.RadioSelect,
    )

    field_order = ("heading", "level", "kept_because")


class EnclosureForm(SeenForm):
    """An enclosure: its title, and its text or its PDF where it has one."""

    title = LineField(label="Title", max_length=LONGEST_TITLE, help_text="As the committee reads it.")
    body = TextField(label="Text", rows=16, help_text=MARKS)
    file = forms.FileField(
        label="PDF",
        allow_empty_file=True,  # so that it is refused in our own words
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    field_order = ("title", "body", "file", "kept_because", "seen")

    def __init__(
        self, data: Any = None, files: Any = None, *, kind: str, there: bool, **options: Any
    ) -> None:
        super().__init__(data, files=files, **options)
        if kind != EnclosureKind.TERMS:
            del self.fields["body"]
        if kind != EnclosureKind.FILE:
            del self.fields["file"]
        elif there:
            self.fields["file"].required = False
            self.fields["file"].label = "Another PDF in its place"
        if not there:
            del self.fields["seen"]

    def ask_for_the_file_again(self) -> None:
        """A browser sends a chosen file once; whoever has to change something must choose it again."""
        if "file" in self.fields and self.files.get("file") and not self.has_error("file"):
            self.add_error("file", "Choose the PDF again: it could not be kept while the form is open.")


class ExemptForm(SeenForm):
    """By which paragraph something is exempt, and why that outweighs publishing it."""

    paragraph = forms.ChoiceField(
        label="Who may read it?",
        choices=[
            (OPEN, Choice.of("Everybody: it is open")),
            *(
                (each.value, Choice.of(f"Exempt by paragraph {each.label}", hint=PARAGRAPHS[each]))
                for each in Paragraph
            ),
        ],
        widget=forms.RadioSelect,
    )
    public_interest = TextField(
        label="The public interest",
        rows=5,
        max_length=LONGEST_REASONING,
        help_text="If it is exempt: why keeping it back serves the public better than publishing it. It never stands in the open document.",
    )

    field_order = ("paragraph", "public_interest", "kept_because", "seen")

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        if data is not None:
            self.fields["public_interest"].required = data.get("paragraph") != OPEN

    def clean_paragraph(self) -> str:
        chosen: str = self.cleaned_data["paragraph"]
        return "" if chosen == OPEN else chosen
