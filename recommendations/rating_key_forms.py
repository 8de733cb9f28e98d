"""The form in which a council words a rating key: its name, its note and up to six ratings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList

from improvement.models import CountsAs, Plan, Rating, RatingScale
from improvement.models.council import hex_colour
from recommendations.workflow.rating_keys import LEAST, LONGEST_NOTE, MOST, Wording, faults

# A rating is written once one of these is; what it counts as alone is none.
WRITTEN = ("letter", "word", "colour", "meaning")


class ColourField(forms.CharField):
    """A colour as #1d4f76; capitals and a missing # are put right."""

    def to_python(self, value: Any) -> str:
        typed = (super().to_python(value) or "").lower()
        return f"#{typed}" if typed and not typed.startswith("#") else typed


class RatingForm(forms.Form):
    """One rating of a key; one that is left empty is none."""

    use_required_attribute = False

    letter = forms.CharField(
        label="Letter",
        max_length=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "autocomplete": "off"}),
        error_messages={"required": "Give it a letter or two, or a number"},
    )
    word = forms.CharField(
        label="Word",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give it a word"},
    )
    colour = ColourField(
        label="Colour",
        max_length=7,
        validators=[hex_colour],
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-5", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={"required": "Give it a colour, for example #1d4f76"},
    )
    counts_as = forms.ChoiceField(
        label="Counts as",
        choices=[("", "Choose"), *CountsAs.choices],
        error_messages={"required": "Choose what it counts as"},
    )
    meaning = forms.CharField(
        label="Meaning",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what it means"},
    )

    def __init__(self, data: Any, *, number: int, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=f"rating-{number}", initial=initial, empty_permitted=True)
        self.number = number

    def has_changed(self) -> bool:
        return any(str(self[name].data or "").strip() for name in WRITTEN)

    @property
    def preview(self) -> Rating | None:
        """The rating as it would look, as far as it is written."""
        values = {name: str(self[name].value() or "").strip() for name in (*WRITTEN, "counts_as")}
        if not (values["letter"] or values["word"]):
            return None
        try:
            values["colour"] = self.fields["colour"].clean(values["colour"])
        except ValidationError:
            # Nothing is drawn with what is no colour; the field says so.
            values["colour"] = "#ffffff"
        values["letter"] = values["letter"][:2]
        return Rating(**values)


class NameForm(forms.Form):
    """A key's name and note. `version` is that of the key which the writer saw."""

    use_required_attribute = False

    name = forms.CharField(
        label="Name of the key",
        max_length=120,
        error_messages={"required": "Give the key a name"},
    )
    note = forms.CharField(
        label="Note",
        help_text="Printed under the key wherever it is shown, for example who decides a rating.",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)


class RatingKeyForm:
    """The whole form: `key`, and six `ratings` of which the empty ones are dropped."""

    def __init__(self, data: Any = None, *, scale: RatingScale, name: str) -> None:
        self.is_bound = data is not None
        seen = {"name": name, "note": scale.note, "version": scale.version}
        self.key = NameForm(data, initial=seen)
        rows = [self._initial(rating) for rating in scale.ratings.all()][:MOST]
        rows += [{}] * (MOST - len(rows))
        self.ratings = [RatingForm(data, number=n, initial=row) for n, row in enumerate(rows, start=1)]
        self.general: list[str] = []

    @staticmethod
    def _initial(rating: Rating) -> dict[str, Any]:
        return {name: getattr(rating, name) for name in (*WRITTEN, "counts_as")}

    def is_valid(self) -> bool:
        each = [form.is_valid() for form in (self.key, *self.ratings)]
        if not self.is_bound:
            return False
        written = [form for form in self.ratings if form.has_changed()]
        if len(written) < LEAST:
            self.general.append(f"Write at least {LEAST} ratings.")
        if all(each):
            for fault in faults(self.wordings):
                written[fault.place].add_error(fault.field, fault.sentence)
        return not self.errors

    @property
    def wordings(self) -> list[Wording]:
        return [Wording(**form.cleaned_data) for form in self.ratings if form.has_changed()]

    @property
    def said(self) -> dict[str, Any]:
        """What the workflow takes."""
        key = self.key.cleaned_data
        return {"name": key["name"], "note": key["note"], "ratings": self.wordings}

    @property
    def version(self) -> int:
        return int(self.key.cleaned_data["version"] or 0)

    def refuse(self, refused: ValidationError) -> None:
        """Show why the workflow refused, beside the field where there is one."""
        for field, sentences in getattr(refused, "message_dict", {None: refused.messages}).items():
            if field in self.key.fields:
                self.key.add_error(field, sentences)
            else:
                self.general.extend(sentences)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error with the address of its field, for the summary at the top."""
        found = [(sentence, "#id_rating-1-letter") for sentence in self.general]
        found += [
            (str(sentence), f"#id_{name}") for name, errors in self._of(self.key) for sentence in errors
        ]
        for form in self.ratings:
            for name, errors in self._of(form):
                found += [
                    (f"Rating {form.number}: {sentence}", f"#id_{form.add_prefix(name)}")
                    for sentence in errors
                ]
        return found

    @staticmethod
    def _of(form: forms.Form) -> list[tuple[str, ErrorList]]:
        return list(form.errors.items()) if form.is_bound else []

    @property
    def preview(self) -> list[Rating]:
        return [rating for form in self.ratings if (rating := form.preview)]


class KeyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    def label_from_instance(self, obj: RatingScale) -> str:
        return obj.name


class ChooseKeyForm(forms.Form):
    """Which key a plan uses. `seen` is the one that the chooser saw it use."""

    key = KeyChoice(
        label="Rating key",
        queryset=RatingScale.objects.none(),
        to_field_name="slug",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a key", "invalid_choice": "Choose one of this council’s keys"},
    )
    seen = forms.ModelChoiceField(
        queryset=RatingScale.objects.none(), to_field_name="slug", widget=forms.HiddenInput
    )

    def __init__(self, data: Any = None, *, plan: Plan, keys: Any) -> None:
        super().__init__(data, initial={"key": plan.rating_scale.slug, "seen": plan.rating_scale.slug})
        for name in ("key", "seen"):
            self.fields[name].queryset = keys  # type: ignore[attr-defined]
