"""Forms for what the plan says: its actions and their words, its headings, its versions and its end."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from improvement.forms import DAY_FORMATS, Choice, DayInput
from improvement.models import Council, LeadOfficer, Plan
from recommendations import sides
from recommendations.comparison import Kind
from recommendations.forms import CarefulForm
from recommendations.models import Action, ChangeKind, IndexEntry, Phase, Recommendation
from recommendations.sides import Side
from recommendations.workflow import LONGEST_TEXT
from recommendations.workflow.plan import LONGEST_DUE_TEXT
from recommendations.workflow.versions import LONGEST_BODY

PLACES = ("Accountable lead officer", "Second lead officer", "Third lead officer", "Fourth lead officer")
SIGN_OFF_ROWS = 4
KIND_HINTS = {
    ChangeKind.POLICY: "A policy, protocol or strategy is written or revised.",
    ChangeKind.GUIDANCE: "Guidance, a pathway, a tool or a process.",
    ChangeKind.QUALITY: "Audit, quality assurance, monitoring.",
    ChangeKind.WORKFORCE: "Training, supervision, recruitment, appraisal.",
}


class DayField(forms.DateField):
    """A day, written as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        invalid = {"invalid": "Write the day as day, month and year, for example 31/12/2012."}
        super().__init__(input_formats=DAY_FORMATS, widget=DayInput(), error_messages=invalid, **kwargs)


def words_field(label: str, *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=area, **kwargs)


class LedForm(CarefulForm):
    """Chooses lead officers in order: a list of posts for each place, the first of them accountable.

    It has as many places as the `leads` of today need, who stand in them at first, and no fewer than `PLACES`.
    """

    def __init__(
        self, data: Any, *, council: Council, leads: Sequence[LeadOfficer] = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        officers = LeadOfficer.objects.filter(council=council)
        offered = [*((str(o.pk), f"{o.abbreviation} – {o.title}") for o in officers)]
        self.officers = {str(officer.pk): officer for officer in officers}
        more = [f"Lead officer {place}" for place in range(len(PLACES) + 1, len(leads) + 1)]
        self.places = []
        for place, label in enumerate((*PLACES, *more), start=1):
            self.places.append(f"lead_{place}")
            self.fields[f"lead_{place}"] = forms.ChoiceField(
                label=label,
                choices=[("", "Choose a post" if place == 1 else "Nobody"), *offered],
                required=place == 1,
                initial=str(leads[place - 1].pk) if place <= len(leads) else "",
                error_messages={"required": "Choose who is accountable."},
            )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        chosen = [said.pop(place, "") for place in self.places]
        said["leads"] = [self.officers[post] for post in chosen if post]
        return said


class ActionForm(LedForm):
    """A new action: its number, words, phase, lead officers in order, and when it is due."""

    number = forms.CharField(
        label="Number",
        max_length=10,
        help_text="The next one is filled in.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    text = words_field(
        "What is to be done", help_text="One thing that somebody can do and show. No child's name."
    )
    phase = forms.ChoiceField(label="Phase", choices=Phase.choices, widget=forms.RadioSelect)
    due_on = DayField(
        label="Due",
        required=False,
        help_text="For example 31/12/2012. Leave it empty if there is no day yet.",
    )
    due_text = forms.CharField(
        label="Due date as it is to be printed",
        required=False,
        max_length=LONGEST_DUE_TEXT,
        help_text="Only if the plan is to print something else, for example “Ongoing to May 2013”.",
    )

    def __init__(self, data: Any = None, *, recommendation: Recommendation) -> None:
        first = {"number": _next_number(recommendation), "phase": Phase.NONE}
        super().__init__(data, council=recommendation.plan.council, initial=first)
        self.order_fields(["number", "text", "phase", *self.places, "due_on", "due_text", "kept_because"])


def _next_number(recommendation: Recommendation) -> str:
    numbers = Action.objects.for_recommendation(recommendation).values_list("number", flat=True)
    return str(
        max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0) + 1
    )


class WordsForm(CarefulForm):
    """Other words for an action, and why. `version` is the sequence of the last wording that the writer saw."""

    text = words_field("New words")
    reason = words_field(
        "Why it is worded otherwise", rows=2, help_text="Stands beside the new words in its history."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("text", "reason", "kept_because", "version")


class HandOverForm(LedForm):
    """Other lead officers for an action, and why. `version` is the sequence of the last handover that the writer saw."""

    reason = words_field(
        "Why others lead it", rows=2, help_text="Stands beside the lead officers in the action’s history."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, action: Action, leads: Sequence[LeadOfficer], version: int
    ) -> None:
        council = action.recommendation.plan.council
        super().__init__(data, council=council, leads=leads, initial={"version": version})
        self.order_fields([*self.places, "reason", "kept_because", "version"])


class HeadingsForm(CarefulForm):
    """The headings of the index of changes under which an action stands."""

    kinds = forms.MultipleChoiceField(
        label="This action brings",
        required=False,
        choices=[(kind.value, Choice.of(str(kind.label), hint=hint)) for kind, hint in KIND_HINTS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick every heading that its own words name. None takes it out of the index.",
    )


class AgreeForm(CarefulForm):
    """A version's number and the bodies that signed it off, each with its day."""

    label = forms.CharField(
        label="Version number",
        max_length=20,
        help_text="The next one is filled in.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    note = words_field(
        "Note", rows=2, required=False, help_text="What a reader must know about this version."
    )

    def __init__(self, data: Any = None, *, proposed: str) -> None:
        super().__init__(data, initial={"label": proposed})
        rows = range(1, SIGN_OFF_ROWS + 1)
        for row in rows:
            self.fields[f"body_{row}"] = forms.CharField(
                label="Body" if row == 1 else f"Body {row}",
                required=row == 1,
                max_length=LONGEST_BODY,
                help_text="For example Improvement Board, or Cabinet." if row == 1 else "",
            )
            self.fields[f"day_{row}"] = DayField(
                label="Signed off on" if row == 1 else f"Body {row} signed off on", required=row == 1
            )
        pairs = [name for row in rows for name in (f"body_{row}", f"day_{row}")]
        self.order_fields(["label", *pairs, "note", "kept_because"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        signed: list[tuple[str, date]] = []
        for row in range(1, SIGN_OFF_ROWS + 1):
            body, day = said.pop(f"body_{row}", ""), said.pop(f"day_{row}", None)
            if body and day:
                signed.append((body, day))
            elif body and f"day_{row}" not in self.errors:
                self.add_error(f"day_{row}", f"Say when {body} signed it off.")
            elif day and f"body_{row}" not in self.errors:
                self.add_error(f"body_{row}", f"Say which body signed it off on {day:%-d %B %Y}.")
        said["signed_off_by"] = signed
        return said

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of bodies and days as they are drawn."""
        return [(self[f"body_{row}"], self[f"day_{row}"]) for row in range(1, SIGN_OFF_ROWS + 1)]


class SignOffForm(CarefulForm):
    """Another body that signed a version off."""

    body = forms.CharField(label="Body", max_length=LONGEST_BODY, help_text="For example Cabinet.")
    signed_on = DayField(label="Signed off on", help_text="For example 11/10/2012.")


class CloseForm(CarefulForm):
    """Why a plan is closed."""

    reason = words_field(
        "Why the plan is closed", help_text="For example what came of it, and what follows it."
    )


class CompareForm(forms.Form):
    """What to compare with what, and which differences to show. Both sides take a version, a known day or any day."""

    def __init__(self, data: Any, *, plan: Plan, on: date) -> None:
        defaults = {"from": sides.first_choice(plan, on=on), "to": on.isoformat()}
        given = {name: value for name, value in data.items() if value}
        super().__init__({**defaults, **given})
        self.plan, self.on = plan, on
        self.read: dict[str, Side] = {}
        known = sides.choices(plan, on=on)
        for name, label in (("from", "From"), ("to", "To")):
            asked = str(self.data[name])
            listed = {value for _, group in known for value, _ in group}
            more = [] if asked in listed else [("Asked for", [(asked, asked)])]
            self.fields[name] = forms.ChoiceField(label=label, choices=[*more, *known])
            self.fields[f"{name}_day"] = DayField(label=f"{label} another day", required=False)
        officers = LeadOfficer.objects.filter(actions__recommendation__plan=plan).distinct()
        self._offer("kind", "What changed", Kind.choices)
        self._offer("theme", "Theme", [(theme.slug, theme.name) for theme in plan.themes.all()])
        self._offer(
            "lead", "Lead officer", [(o.abbreviation, f"{o.abbreviation} – {o.title}") for o in officers]
        )

    def _offer(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=[("", "Any"), *choices], required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in ("from", "to"):
            day = said.get(f"{name}_day")
            field, value = (f"{name}_day", day.isoformat()) if day else (name, said.get(name, ""))
            if not value or f"{name}_day" in self.errors:
                continue
            try:
                self.read[name] = sides.read(self.plan, value, on=self.on)
            except ValidationError as refused:
                self.add_error(field, refused)
        return said

    @property
    def narrowing(self) -> dict[str, str]:
        """What `Comparison.only` takes: the theme by its name, as contents have it."""
        said = self.cleaned_data
        themes = dict(self.fields["theme"].choices)  # type: ignore[attr-defined]
        theme = str(themes[said["theme"]]) if said["theme"] else ""
        return {"kind": said["kind"], "theme": theme, "lead": said["lead"]}


class IndexForm(forms.Form):
    """What narrows the index of changes."""

    def __init__(self, data: Any, *, plan: Plan, on: date) -> None:
        super().__init__(data)
        officers = LeadOfficer.objects.filter(
            actions__index_entries__in=IndexEntry.objects.for_plan(plan).current(on=on)
        ).distinct()
        for name, label, choices in (
            ("kind", "Heading", ChangeKind.choices),
            ("theme", "Theme", [(theme.slug, theme.name) for theme in plan.themes.all()]),
            ("lead", "Lead officer", [(o.abbreviation, f"{o.abbreviation} – {o.title}") for o in officers]),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", "Any"), *choices], required=False
            )
