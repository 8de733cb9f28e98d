"""Choosing the papers of a board pack: each has a place, or none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from improvement.models import User
from improvement.permissions import reads_exempt
from reports import document, papers
from reports.models import Audience, Enclosure, Report, ReportSection
from reports.paper import Paper, day
from reports.plan_blocks import Asked

MOST = 12


@dataclass(frozen=True)
class Choice:
    """A paper that may go into a pack: what it is called, in one line what it is, and how it is made."""

    name: str
    group: str
    title: str
    about: str
    build: Callable[[], Paper]


class BoardPackForm(forms.Form):
    """A place for each paper; those without one stay out of the pack."""

    def __init__(self, data: Any, *, asked: Asked, user: User) -> None:
        super().__init__(data)
        self.choices = {choice.name: choice for choice in _choices(asked, user)}
        for name, choice in self.choices.items():
            self.fields[name] = forms.IntegerField(
                label=choice.title,
                required=False,
                min_value=1,
                max_value=99,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "invalid": f"Give “{choice.title}” a whole number as its place, for example 1.",
                    "min_value": f"The first place is 1: see “{choice.title}”.",
                    "max_value": f"The last place is 99: see “{choice.title}”.",
                },
            )

    @property
    def groups(self) -> dict[str, list[tuple[Choice, BoundField]]]:
        """The papers under the headings that the page has for them."""
        groups: dict[str, list[tuple[Choice, BoundField]]] = {}
        for name, choice in self.choices.items():
            groups.setdefault(choice.group, []).append((choice, self[name]))
        return groups

    def clean(self) -> dict[str, Any]:
        places: dict[int, str] = {}
        for name, choice in self.choices.items():
            place = self.cleaned_data.get(name)
            if place is None:
                continue
            if place in places:
                first = self.choices[places[place]].title
                self.add_error(name, f"Place {place} is taken by “{first}”. Give “{choice.title}” another.")
            places.setdefault(place, name)
        if not places and not self.errors:
            raise forms.ValidationError("Choose at least one paper: give it a place, for example 1.")
        if len(places) > MOST:
            raise forms.ValidationError(f"A pack holds at most {MOST} papers. Take some out.")
        return self.cleaned_data

    def papers(self) -> list[Paper]:
        """The chosen papers in their order, made now."""
        chosen = [(place, name) for name, place in self.cleaned_data.items() if place is not None]
        return [self.choices[name].build() for _, name in sorted(chosen)]


def _choices(asked: Asked, user: User) -> Iterator[Choice]:
    for kind in papers.offered(asked):

        def build(kind: papers.Kind = kind) -> Paper:
            return kind.build(asked)

        yield Choice(f"paper-{kind.slug}", "Papers in one click", kind.title, kind.purpose, build)
    reports = list(Report.objects.visible_to(user).for_plan(asked.plan).with_plan().latest_meeting_first())
    for report in reports:
        if not report.is_exempt:
            yield _choice(report, Audience.OPEN)
    if reads_exempt(user, asked.plan.council):
        partly = _partly_exempt(asked)
        for report in reports:
            if report.is_exempt or report.pk in partly:
                yield _choice(report, Audience.EXEMPT)


def _choice(report: Report, audience: Audience) -> Choice:
    exempt = audience == Audience.EXEMPT
    return Choice(
        f"{audience.value}-{report.slug}",
        "Exempt reports" if exempt else "Reports of this plan",
        f"{report.title} (exempt)" if exempt else report.title,
        f"{report.committee}, {day(report.meeting_on)}",
        lambda: document.of(report, audience=audience),
    )


def _partly_exempt(asked: Asked) -> set[int]:
    """The reports of which a section or an enclosure is exempt."""
    sections = ReportSection.objects.exempt().for_plan(asked.plan).values_list("report_id", flat=True)
    enclosures = Enclosure.objects.exempt().for_plan(asked.plan).values_list("report_id", flat=True)
    return {*sections, *enclosures}
