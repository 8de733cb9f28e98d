"""The forms in which a council sets out its papers: what the layout says itself, and its rows, sections and posts in order.

A part is added, moved and taken out by a button that sends the whole form back and saves nothing, so that everything
works without JavaScript and nothing typed is lost on the way.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reports.layout_fields import HeadForm, PartForm, PostForm, RowForm, SectionForm, longest
from reports.models import Layout
from reports.models.layout import LayoutQuerySet
from reports.workflow.layouts import (
    MOST_POSTS,
    MOST_ROWS,
    MOST_SECTIONS,
    PostWording,
    RowWording,
    SectionWording,
    Wording,
    faults,
)

MOVE = re.compile(r"(rows|sections|posts)-(\d{1,2})-(up|down|remove)")
ADD = re.compile(r"(rows|sections|posts)-add")


@dataclass(frozen=True)
class Kind:
    """One of the three lists of a layout."""

    form: type[PartForm]
    wording: type[Any]
    noun: str
    most: int
    heading: str
    hint: str


KINDS = {
    "rows": Kind(
        RowForm,
        RowWording,
        "row",
        MOST_ROWS,
        "Rows of facts",
        "What stands beside its label at the head of a report, or in a headline table.",
    ),
    "sections": Kind(
        SectionForm,
        SectionWording,
        "section",
        MOST_SECTIONS,
        "Sections",
        "In the order of the report. A new one is added at the end; move it up from there.",
    ),
    "posts": Kind(
        PostForm,
        PostWording,
        "post",
        MOST_POSTS,
        "Clearances",
        "The posts on whose behalf a report is cleared before it is published. Posts only, never a person.",
    ),
}


class LayoutForm:
    """The whole form: `head`, and the lists `rows`, `sections` and `posts`."""

    def __init__(self, data: Mapping[str, Any] | None, *, seen: Wording, version: int) -> None:
        self.is_bound = data is not None
        self.seen = seen
        self.general: list[str] = []
        self.head = HeadForm(data, initial={**seen.itself, "version": version})
        self._raw = {
            name: _sent(data, name) if data is not None else [asdict(each) for each in getattr(seen, name)]
            for name in KINDS
        }
        self.lists = self._forms()

    def _forms(self, *, bound: bool | None = None) -> dict[str, list[PartForm]]:
        bound = self.is_bound if bound is None else bound
        made: dict[str, list[PartForm]] = {}
        for name, kind in KINDS.items():
            made[name] = []
            for number, raw in enumerate(self._raw[name], start=1):
                prefix = f"{name}-{number}"
                data = {f"{prefix}-{field}": value for field, value in raw.items()} if bound else None
                made[name].append(kind.form(data, prefix=prefix, initial=raw, number=number))
        return made

    def do(self, asked: str) -> None:
        """Add, move or take out a part, as a button asks. What cannot be done is left."""
        if added := ADD.fullmatch(asked):
            name = added[1]
            if len(self._raw[name]) < KINDS[name].most:
                self._raw[name].append(asdict(KINDS[name].wording("")))
            self._show_without_errors()
            self.lists[name][-1].is_opened = True
        elif moved := MOVE.fullmatch(asked):
            _move(self._raw[moved[1]], int(moved[2]) - 1, moved[3])
            self._show_without_errors()

    def _show_without_errors(self) -> None:
        """Nobody is told what is missing before they are done."""
        self.head = HeadForm(initial={name: self.head[name].value() for name in self.head.fields})
        self.lists = self._forms(bound=False)
        self.is_bound = False

    def is_valid(self) -> bool:
        if not self.is_bound:
            return False
        each = [form.is_valid() for form in (self.head, *self._parts())]
        if not self._raw["sections"]:
            self.general.append("A layout has at least one section.")
        if all(each):
            for fault in faults(self.wording):
                self.lists[fault.part][fault.place].add_error(fault.field, fault.sentence)
        return not self.errors

    def _parts(self) -> list[PartForm]:
        return [form for forms_of in self.lists.values() for form in forms_of]

    @property
    def wording(self) -> Wording:
        """What the workflow takes."""
        head = {name: value for name, value in self.head.cleaned_data.items() if name != "version"}
        return Wording(**head, **_worded({n: [f.cleaned_data for f in fs] for n, fs in self.lists.items()}))

    @property
    def version(self) -> int:
        return int(self.head.cleaned_data["version"] or 0)

    def refuse(self, refused: ValidationError) -> None:
        """Show why the workflow refused, beside the field where there is one."""
        for field, sentences in getattr(refused, "message_dict", {None: refused.messages}).items():
            if field in self.head.fields:
                self.head.add_error(field, sentences)
            else:
                self.general.extend(sentences)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the address of its field, for the summary at the top."""
        found = [(sentence, "#id_name") for sentence in self.general]
        found += [(words, f"#id_{name}") for name, words in _errors(self.head)]
        for name, kind in KINDS.items():
            for form in self.lists[name]:
                found += [
                    (f"{kind.noun.capitalize()} {form.number}: {words}", f"#id_{form.add_prefix(field)}")
                    for field, words in _errors(form)
                ]
        return found

    @property
    def preview(self) -> Wording:
        """The layout as far as it can be shown: what is not valid yet stands as it was, or is left out."""
        head = {**self.seen.itself, **_cleaned(self.head)}
        head.pop("version", None)
        shown: dict[str, list[dict[str, Any]]] = {}
        for name, kind in KINDS.items():
            standard = asdict(kind.wording(""))
            cleaned = [{**standard, **_cleaned(form)} for form in self.lists[name]]
            shown[name] = [each for each in cleaned if each[kind.form.title_field]]
        return Wording(**head, **_worded(shown))


class CopyForm(forms.Form):
    """Which layout another begins as, and what it is called."""

    use_required_attribute = False

    start = forms.ModelChoiceField(
        label="Begin with",
        queryset=Layout.objects.none(),
        to_field_name="slug",
        empty_label=None,
        error_messages={"required": "Choose a layout", "invalid_choice": "Choose one of the layouts offered"},
    )
    name = forms.CharField(
        label="Name of the new layout",
        max_length=longest(Layout, "name"),
        error_messages={"required": "Give the layout a name"},
    )
    about = forms.CharField(
        label="What it is for",
        required=False,
        max_length=longest(Layout, "about"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, layouts: LayoutQuerySet, start: Layout | None) -> None:
        super().__init__(data, initial={"start": start.slug if start else None})
        self.fields["start"].queryset = layouts  # type: ignore[attr-defined]


def _sent(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The parts of one list as they were sent, in order, as many as the form says there are."""
    kind = KINDS[name]
    sent = str(data.get(name, ""))
    count = min(int(sent), kind.most) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 0
    return [
        {
            field: (key in data) if isinstance(part, forms.BooleanField) else data.get(key, "")
            for field, part in kind.form.base_fields.items()
            for key in (f"{name}-{number}-{field}",)
        }
        for number in range(1, count + 1)
    ]


def _move(raw: list[dict[str, Any]], place: int, where: str) -> None:
    if not 0 <= place < len(raw):
        return
    if where == "remove":
        del raw[place]
        return
    other = place + (1 if where == "down" else -1)
    if 0 <= other < len(raw):
        raw[place], raw[other] = raw[other], raw[place]


def _worded(cleaned: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {name: tuple(KINDS[name].wording(**each) for each in parts) for name, parts in cleaned.items()}


def _errors(form: forms.Form) -> Iterable[tuple[str, str]]:
    if not form.is_bound:
        return []
    return [(name, str(words)) for name, errors in form.errors.items() for words in errors]


def _cleaned(form: forms.Form) -> dict[str, Any]:
    """What of a form is valid, whether it was sent or only shown."""
    if form.is_bound:
        form.is_valid()
        return form.cleaned_data
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        try:
            found[name] = field.clean(form[name].value())
        except ValidationError:
            continue
    return found
