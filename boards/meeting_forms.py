"""Forms about boards and meetings. They explain; the functions of `boards.workflow` decide and save."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from boards.meeting_dates import Proposed, Rule
from boards.meeting_room import Chair
from boards.models import (
    Board,
    Every,
    ItemKind,
    Meeting,
    Outcome,
    Presence,
    Readiness,
    SeatRole,
    Weekday,
    WeekOfMonth,
)
from improvement.forms import DayField
from improvement.models import Council, Organisation, Plan
from recommendations.forms import CarefulForm

NARROW = {"class": "govuk-input--width-4"}
TERMS = (
    "purpose",
    "accountable_to",
    "reports_to",
    "principles",
    "every",
    "interval",
    "weekday",
    "week_of_month",
)
MOST_MEETINGS = 24


def lines_field(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=5000, widget=area, **options)


def title_field(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=160, **options)


class RuleForm(CarefulForm):
    """How often a board meets."""

    every = forms.ChoiceField(label="How often it meets", choices=Every.choices)
    interval = forms.IntegerField(
        label="Every how many weeks or months",
        min_value=1,
        max_value=12,
        initial=1,
        widget=forms.NumberInput(attrs=NARROW),
    )
    weekday = forms.TypedChoiceField(
        label="On which weekday",
        choices=[("", "No fixed day"), *Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    week_of_month = forms.TypedChoiceField(
        label="In which week of the month",
        choices=[("", "No fixed week"), *WeekOfMonth.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        monthly = said.get("every") == Every.MONTH and said.get("weekday") is not None
        if monthly and said.get("week_of_month") is None and "week_of_month" not in self.errors:
            self.add_error("week_of_month", "Say in which week of the month that weekday falls.")
        return said


class BoardForm(RuleForm):
    """A board's terms of reference."""

    name = title_field("Name")
    plans = forms.ModelMultipleChoiceField(
        label="Plans that it holds to account",
        queryset=Plan.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = lines_field("Purpose", rows=6, help_text="One purpose a line.")
    accountable_to = lines_field("Accountable to", required=False, help_text="One body a line.")
    reports_to = lines_field("Reports to", required=False, help_text="One body a line.")
    principles = lines_field("Principles", rows=6, required=False, help_text="One principle a line.")
    field_order = ("name", "plans", *TERMS, "kept_because")

    def __init__(self, data: Any = None, *, council: Council, board: Board | None = None) -> None:
        initial: dict[str, Any] = {"every": Every.MONTH, "interval": 1}
        if board:
            initial = {field: getattr(board, field) for field in TERMS}
            initial |= {"name": board.name, "plans": [plan.pk for plan in board.plans.all()]}
        super().__init__(data, initial=initial)
        self.fields["plans"].queryset = Plan.objects.filter(council=council)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        terms = {field: said[field] for field in TERMS}
        return {"name": said["name"], "plans": list(said["plans"]), "terms": terms}


class SeatForm(CarefulForm):
    title = title_field("Post", help_text="The post, never the person who holds it.")
    organisation = forms.ModelChoiceField(
        label="Organisation", queryset=Organisation.objects.none(), required=False, empty_label="None"
    )
    role = forms.ChoiceField(label="Role", choices=SeatRole.choices, initial=SeatRole.MEMBER)
    from_on = DayField(
        label="From", required=False, help_text="Leave it empty if the first day is not known."
    )
    field_order = ("title", "organisation", "role", "from_on", "kept_because")

    def __init__(self, data: Any = None, *, council: Council) -> None:
        super().__init__(data)
        own = Organisation.objects.filter(council=council)
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        fields = ("title", "organisation", "from_on")
        return {"role": SeatRole(said["role"]), **{field: said[field] for field in fields}}


class EndSeatForm(CarefulForm):
    until_on = DayField(label="Last day on the board")


class DatesForm(RuleForm):
    """From when, how many, and what they have in common; answered with a preview."""

    first_on = DayField(label="From")
    count = forms.IntegerField(
        label="How many meetings",
        min_value=1,
        max_value=MOST_MEETINGS,
        initial=6,
        widget=forms.NumberInput(attrs=NARROW),
    )
    cut_off_days = forms.IntegerField(
        label="Papers are in how many working days before",
        min_value=0,
        max_value=30,
        initial=7,
        widget=forms.NumberInput(attrs=NARROW),
    )
    starts_at = forms.TimeField(
        label="Starts at", required=False, widget=forms.TimeInput(attrs={"type": "time", **NARROW})
    )
    place = title_field("Place", required=False)
    field_order = (
        *("first_on", "count", "every", "interval", "weekday", "week_of_month"),
        *("cut_off_days", "starts_at", "place", "kept_because"),
    )

    def __init__(self, data: Any = None, *, board: Board, first_on: date) -> None:
        rule = {field: getattr(board, field) for field in ("every", "interval", "weekday", "week_of_month")}
        super().__init__(data, initial={**rule, "first_on": first_on})
        choices = [*Every.choices[:2], (Every.UNKNOWN.value, "Once, on that day")]
        self.fields["every"].choices = choices  # type: ignore[attr-defined]

    @property
    def rule(self) -> Rule:
        said = self.cleaned_data
        return Rule(said["every"], said["interval"], said["weekday"], said["week_of_month"])

    def chosen(self, proposed: tuple[Proposed, ...], ticked: list[str]) -> list[Proposed]:
        """Those proposed that were ticked; none that the preview did not show."""
        found = [one for one in proposed if one.value in ticked and not one.taken]
        if not found:
            self.add_error(None, "Tick at least one day.")
        return found


class ItemForm(CarefulForm):
    """Something else on the agenda; the board's plans and log stand there already."""

    kind = forms.ChoiceField(
        label="What it is", choices=[(kind.value, kind.label) for kind in (ItemKind.PAPER, ItemKind.OTHER)]
    )
    title = title_field("Title")
    lead = title_field("Led by", required=False, help_text="The post, not the person.")
    field_order = ("title", "kind", "lead", "kept_because")

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"kind": ItemKind(said["kind"]), "title": said["title"], "lead": said["lead"]}


class PaperForm(CarefulForm):
    title = title_field("Title of the paper")


class ReadinessForm(CarefulForm):
    readiness = forms.ChoiceField(label="Is it ready?", choices=Readiness.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        required=False,
        help_text="Needed where a paper stays out of the pack.",
    )
    field_order = ("readiness", "reason", "kept_because")


class AttendanceForm(CarefulForm):
    """One question for each seat; a seat that is left open stays unrecorded."""

    def __init__(self, data: Any = None, *, chairs: tuple[Chair, ...]) -> None:
        super().__init__(data)
        self.chairs = chairs
        for chair in chairs:
            seat = chair.seat
            where = f", {seat.organisation}" if seat.organisation else ""
            self.fields[f"seat-{seat.pk}"] = forms.ChoiceField(
                label=f"{seat.title}{where}",
                choices=Presence.choices,
                required=False,
                initial=chair.presence,
                widget=forms.RadioSelect,
            )

    def presence(self) -> dict[Any, Presence]:
        said = {chair.seat: self.cleaned_data[f"seat-{chair.seat.pk}"] for chair in self.chairs}
        return {seat: Presence(value) for seat, value in said.items() if value}


class CallOffForm(CarefulForm):
    reason = forms.CharField(
        label="Why it is called off",
        help_text="The meeting stays in the diary, marked as called off. Arrange another if one is needed.",
        max_length=300,
        error_messages={"required": "Say why the meeting is called off."},
    )


class MoveMeetingForm(CarefulForm):
    """Another day for a meeting, and why; its update rounds go with it."""

    to_on = DayField(label="New day", error_messages={"required": "Say to which day the meeting moves."})
    cut_off_on = DayField(
        label="Papers are in by",
        help_text="Update rounds of the meeting that are open take this as their last day for answers.",
        required=False,
    )
    reason = forms.CharField(
        label="Why it moves",
        max_length=300,
        error_messages={"required": "Say why the meeting moves."},
    )
    field_order = ("to_on", "cut_off_on", "reason", "kept_because")

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, initial={"cut_off_on": meeting.cut_off_on})


class EndActionForm(CarefulForm):
    outcome = forms.ChoiceField(label="How it ended", choices=Outcome.choices, widget=forms.RadioSelect)
    words = lines_field("In a sentence", rows=2)
    field_order = ("outcome", "words", "kept_because")

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


class MinutesForm(CarefulForm):
    text = forms.CharField(
        label="Minutes",
        max_length=50_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28}),
        help_text="Leave an empty line between paragraphs. A line that begins with ## is a heading, one that "
        "begins with a hyphen a point of a list. Posts, never names; nothing about a child.",
        error_messages={"required": "The minutes cannot be empty."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("text", "kept_because", "version")

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()
        if not text:
            raise ValidationError("The minutes cannot be empty.")
        return text
