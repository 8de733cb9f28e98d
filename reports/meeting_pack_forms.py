"""Choosing a paper for a meeting's pack from what Waymark can make."""

from typing import Any

from django import forms

from boards.models.pack import LOG, MINUTES, REPORT
from boards.workflow.meetings import LONGEST_TITLE, STANDING_PAPERS
from improvement.models import Plan, User
from recommendations.forms import CarefulForm
from reports import papers
from reports.meeting_pack import open_reports
from reports.paper import day
from reports.plan_blocks import Asked


class PackPaperForm(CarefulForm):
    """A paper by what it is made from, under its own title or another."""

    paper = forms.ChoiceField(label="Paper", error_messages={"required": "Choose a paper."})
    title = forms.CharField(
        label="Title in the pack",
        max_length=LONGEST_TITLE,
        required=False,
        help_text="Leave it empty for the paper’s own.",
    )
    field_order = ("paper", "title", "kept_because")

    def __init__(self, data: Any = None, *, asked: list[Asked], user: User) -> None:
        super().__init__(data)
        self.found: dict[str, tuple[str, Plan | None, str]] = {}
        self.fields["paper"].choices = self._groups(asked, user)  # type: ignore[attr-defined]

    def _groups(self, asked: list[Asked], user: User) -> list[tuple[str, Any]]:
        groups: list[tuple[str, Any]] = [("", "Choose a paper")]
        for what in asked:
            plan = what.plan
            made = [self._choice(kind.slug, plan, kind.title) for kind in papers.offered(what)]
            made += [
                self._choice(f"{REPORT}{report.slug}", plan, f"{report.title}, {day(report.meeting_on)}")
                for report in open_reports(plan, user)
            ]
            groups.append((plan.name, made))
        own = [self._choice(source, None, STANDING_PAPERS[source]) for source in (MINUTES, LOG)]
        return [*groups, ("The board’s own", own)]

    def _choice(self, source: str, plan: Plan | None, title: str) -> tuple[str, str]:
        value = f"{source}@{plan.slug}" if plan else source
        self.found[value] = (source, plan, title)
        return value, title

    def values(self) -> dict[str, Any]:
        source, plan, title = self.found[self.cleaned_data["paper"]]
        return {"source": source, "plan": plan, "title": self.cleaned_data["title"] or title[:LONGEST_TITLE]}
