"""Sample data for the gallery, the page that shows every component and form field. No record is read or written."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Page, Paginator

from improvement.clock import Day
from improvement.forms import Choice
from improvement.models import Council, Rating

ON = date(2012, 11, 14)


RATINGS = (
    Rating(
        slug="red",
        letter="R",
        word="Red",
        colour="#c0392b",
        meaning="Not started, or stopped. The date will be missed.",
        position=1,
    ),
    Rating(
        slug="amber",
        letter="A",
        word="Amber",
        colour="#f0a30a",
        meaning="Late or at risk, with a plan to recover.",
        position=2,
    ),
    Rating(
        slug="green",
        letter="G",
        word="Green",
        colour="#2e7d4f",
        meaning="On track to finish by its date.",
        position=3,
    ),
    Rating(
        slug="blue",
        letter="B",
        word="Blue",
        colour="#2b5c9e",
        meaning="Finished, and signed off by the board.",
        position=4,
    ),
)
STAGES = (
    ("not-started", "Not started"),
    ("in-progress", "In progress"),
    ("on-hold", "On hold"),
    ("awaiting-sign-off", "Awaiting sign-off"),
    ("complete", "Complete"),
    ("withdrawn", "Withdrawn"),
)
BLACK, WHITE = "#000000", "#ffffff"
COLOURS = (
    ("#d8d2c4", BLACK),
    ("#8fb4c9", BLACK),
    ("#b7a3c7", BLACK),
    ("#5a87a6", BLACK),
    ("#1f4e66", WHITE),
    ("#8c8c8c", BLACK),
)
LETTERS = "NPHSCW"


@dataclass(frozen=True)
class Segment:
    label: str
    letter: str
    count: int
    colour: str
    text_colour: str
    pattern: str
    x: float
    width: float
    url: str = "#charts"


@dataclass(frozen=True)
class Row:
    label: str
    total: int
    segments: tuple[Segment, ...]
    url: str = "#charts"


@dataclass(frozen=True)
class Chart:
    title: str
    description: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Figure:
    label: str
    value: int
    of: int | None = None
    hint: str = ""
    url: str = ""


def bar(label: str, *counts: int) -> Row:
    """A bar of stages from how many actions stand in each."""
    total, start, segments = sum(counts), 0, []
    for (stage, words), letter, colour, count in zip(STAGES, LETTERS, COLOURS, counts, strict=True):
        x, width = 100 * start / total, 100 * count / total
        segments.append(Segment(words, letter, count, *colour, stage, x, width))
        start += count
    return Row(label, total, tuple(segments))


class SampleForm(forms.Form):
    """One of every field."""

    # Two forms with errors on one page would fight for the focus.
    quiet_errors = True

    title = forms.CharField(label="Title", max_length=60, help_text="As it should stand in the minutes.")
    narrative = forms.CharField(
        label="What has been done",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Plain words. Say what changed for children.",
    )
    forecast_on = forms.DateField(
        label="Expected to finish on", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    count = forms.IntegerField(
        label="Audits completed",
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    theme = forms.ChoiceField(
        label="Theme",
        choices=[("", "Choose a theme"), ("safeguarding", "Safeguarding"), ("care", "Looked after children")],
    )
    stage = forms.ChoiceField(
        label="Stage",
        widget=forms.RadioSelect,
        choices=[
            ("in-progress", "In progress"),
            (
                "awaiting-sign-off",
                Choice.of(
                    "Awaiting sign-off", hint="The work is done and somebody else has to agree that it is."
                ),
            ),
            ("complete", "Complete"),
        ],
    )
    rating = forms.ChoiceField(
        label="Rating",
        widget=forms.RadioSelect,
        choices=[(r.slug, Choice.of(r.word, hint=r.meaning, rating=r)) for r in RATINGS],
    )
    shows = forms.MultipleChoiceField(
        label="How it was found out",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("audit", "Audit"), ("observation", "Observation"), ("survey", "Survey")],
    )
    evidence = forms.FileField(
        label="Evidence", required=False, help_text="A PDF, Word or Excel file of up to 10 MB."
    )
    password = forms.CharField(label="Password", required=False, widget=forms.PasswordInput)
    public = forms.BooleanField(
        label="Show this to the public",
        required=False,
        help_text="It appears with the next published report.",
    )


def page_of_many() -> Page[int]:
    return Paginator(range(400), 25).page(6)


def samples() -> dict[str, object]:
    """Everything that the gallery's template shows."""
    return {
        "filtered": [("stage", "Stage", "In progress")],
        "council": Council(slug="sample", name="Sampleshire", colour="#1d4f76"),
        "ratings": RATINGS,
        "stages": STAGES,
        "figures": (
            Figure("Complete", 59, of=106, url="#figures"),
            Figure("Overdue", 40, hint="The longest by 74 days", url="#figures"),
            Figure("Due in 30 days", 7, url="#figures"),
            Figure("Not updated for 30 days", 0),
        ),
        "one_bar": Chart(
            "Actions by stage", "59 of 106 actions are complete.", (bar("All actions", 9, 30, 2, 5, 59, 1),)
        ),
        "bars": Chart(
            "Stages by theme",
            "",
            (
                bar("Safeguarding", 4, 18, 1, 3, 31, 0),
                bar("Looked after children", 3, 9, 1, 2, 20, 1),
                bar("Leadership and partnership working", 2, 3, 0, 0, 8, 0),
            ),
        ),
        "day_fixed": Day(ON, ON, fixed=True, asked=False),
        "day_asked": Day(date(2012, 10, 3), ON, fixed=True, asked=True, now_url="#days"),
        "crumbs": [("Sampleshire", "#crumbs"), ("Improvement plan", "#crumbs"), ("S2 (1)", "")],
        "page_obj": page_of_many(),
        "notes": (
            "The paper prints “27.9.12.” with two full stops; it is read as 27 September 2012.",
            "Four actions name a post that the paper’s key does not explain.",
        ),
        "form": SampleForm(initial={"stage": "in-progress"}),
        "wrong_form": SampleForm({"wrong-narrative": "Under way"}, prefix="wrong"),
    }
