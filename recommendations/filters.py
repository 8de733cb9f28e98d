from datetime import date
from typing import Any

import django_filters
from django import forms

from improvement.forms import DAY_FORMATS
from improvement.models import LeadOfficer, Organisation, Plan
from improvement.narrowing import Checkbox, Narrowing
from recommendations.models import Phase, Stage, Timescale
from recommendations.models.action import ActionQuerySet
from recommendations.models.due_date_change import DueDateChangeQuerySet

YES = [("yes", "Yes")]
DUE = [
    ("passed", "Date has passed"),
    ("first-passed", "First date has passed"),
    ("soon", "In the next 30 days"),
    ("none", "No due date"),
]
FINISHED = [("on-time", "On time"), ("late", "Late")]
DECISION = [("waiting", "Waiting for a decision"), ("agreed", "Agreed"), ("refused", "Refused")]


class DueDateChangeFilter(Narrowing):
    """Narrows a plan's requests to move a due date."""

    decision = django_filters.ChoiceFilter(
        label="Decision", choices=DECISION, method="by_decision", empty_label="Any"
    )
    lead = django_filters.ChoiceFilter(label="Lead officer", choices=[], method="by_lead", empty_label="Any")

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.on = plan, on
        officers = LeadOfficer.objects.filter(actions__recommendation__plan=plan).distinct()
        self.filters["lead"].extra["choices"] = [
            (officer.abbreviation, f"{officer.abbreviation} – {officer.title}") for officer in officers
        ]

    def by_decision(self, changes: DueDateChangeQuerySet, name: str, value: str) -> DueDateChangeQuerySet:
        if value == "waiting":
            return changes.waiting(on=self.on)
        return changes.agreed(on=self.on) if value == "agreed" else changes.refused(on=self.on)

    def by_lead(self, changes: DueDateChangeQuerySet, name: str, value: str) -> DueDateChangeQuerySet:
        return changes.led_by(self.plan.council.lead_officers.filter(abbreviation=value), on=self.on)


class ActionFilter(Narrowing):
    """Narrows a plan's actions; each parameter is one of the query words."""

    q = django_filters.CharFilter(label="Search", method="search", max_length=200)
    overdue = django_filters.ChoiceFilter(
        label="Overdue", choices=YES, method="only_overdue", widget=Checkbox()
    )
    silent = django_filters.ChoiceFilter(
        label="Not updated for 30 days", choices=YES, method="only_silent", widget=Checkbox()
    )
    due = django_filters.ChoiceFilter(label="Due", choices=DUE, method="by_due", empty_label="Any")
    stage = django_filters.ChoiceFilter(
        label="Stage", choices=Stage.choices, method="by_stage", empty_label="Any"
    )
    rating = django_filters.ChoiceFilter(label="Rating", choices=[], method="by_rating", empty_label="Any")
    lead = django_filters.ChoiceFilter(label="Lead officer", choices=[], method="by_lead", empty_label="Any")
    organisation = django_filters.ChoiceFilter(
        label="Organisation", choices=[], method="by_organisation", empty_label="Any"
    )
    theme = django_filters.ChoiceFilter(label="Theme", choices=[], method="by_theme", empty_label="Any")
    timescale = django_filters.ChoiceFilter(
        label="Timescale", choices=Timescale.choices, method="by_timescale", empty_label="Any"
    )
    phase = django_filters.ChoiceFilter(
        label="Phase", choices=Phase.choices, method="by_phase", empty_label="Any"
    )
    recommendation = django_filters.ChoiceFilter(
        label="Recommendation", choices=[], method="by_recommendation", empty_label="Any"
    )
    not_updated_since = django_filters.DateFilter(
        label="Not updated since",
        method="by_silence",
        input_formats=DAY_FORMATS,
        # A field of the browser's own for days would lose a wrong one; here it stays beside its error.
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        help_text="For example 14/09/2012",
        error_messages={"invalid": "Write the day as day, month and year, for example 14/09/2012."},
    )
    moved = django_filters.ChoiceFilter(
        label="Due date moved", choices=YES, method="only_moved", widget=Checkbox()
    )
    finished = django_filters.ChoiceFilter(
        label="Completed", choices=FINISHED, method="by_finish", empty_label="Any"
    )

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.on = plan, on
        recommendations = plan.recommendations.in_order()
        officers = LeadOfficer.objects.filter(actions__recommendation__plan=plan).distinct()
        self._offer(
            "rating", [*((r.slug, r.word) for r in plan.rating_scale.ratings.all()), ("none", "Not rated")]
        )
        self._offer("lead", [(o.abbreviation, f"{o.abbreviation} – {o.title}") for o in officers])
        organisations = Organisation.objects.filter(
            lead_officers__actions__recommendation__plan=plan
        ).distinct()
        self._offer("organisation", [(o.slug, o.name) for o in organisations])
        self._offer("theme", [(theme.slug, theme.name) for theme in plan.themes.all()])
        self._offer("recommendation", [(r.reference, f"{r.reference} {r.title}") for r in recommendations])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.filters[name].extra["choices"] = choices

    def search(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.matching(value)

    def only_overdue(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.overdue(on=self.on)

    def by_due(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        if value == "none":
            return actions.undated()
        if value == "first-passed":
            return actions.promised(on=self.on)
        return actions.due_soon(on=self.on) if value == "soon" else actions.should_be_finished(on=self.on)

    def by_stage(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.in_stage(value)

    def by_rating(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        if value == "none":
            return actions.not_rated()
        return actions.rated(self.plan.rating_scale.ratings.get(slug=value))

    def by_lead(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.led_by(
            LeadOfficer.objects.filter(council=self.plan.council, abbreviation=value), on=self.on
        )

    def by_organisation(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.for_organisation(
            Organisation.objects.get(council=self.plan.council, slug=value), on=self.on
        )

    def by_theme(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.for_theme(self.plan.themes.get(slug=value))

    def by_timescale(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.for_timescale(value)

    def by_phase(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.for_phase(value)

    def by_recommendation(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.for_recommendation(self.plan.recommendations.get(reference=value))

    def only_silent(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.silent(on=self.on)

    def by_silence(self, actions: ActionQuerySet, name: str, value: date) -> ActionQuerySet:
        return actions.not_updated_since(value)

    def only_moved(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.moved()

    def by_finish(self, actions: ActionQuerySet, name: str, value: str) -> ActionQuerySet:
        return actions.completed_late() if value == "late" else actions.completed_on_time()
