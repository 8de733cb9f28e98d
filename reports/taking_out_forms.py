"""Whose actions are taken out: everybody's, those of one organisation, or those of one post."""

from typing import Any

from django import forms

from improvement.models import LeadOfficer, Organisation, Plan
from reports.taking_out.plan_table import Only


class WhoseForm(forms.Form):
    """Narrows what is taken out; a post says more than its organisation."""

    organisation = forms.ChoiceField(
        label="Organisation",
        required=False,
        error_messages={"invalid_choice": "Choose an organisation that leads an action of this plan."},
    )
    lead = forms.ChoiceField(
        label="Lead officer",
        required=False,
        error_messages={"invalid_choice": "Choose a post that leads an action of this plan."},
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leading = LeadOfficer.objects.filter(actions__recommendation__plan=plan)
        self.posts = {post.abbreviation: post for post in leading.select_related("organisation").distinct()}
        found = Organisation.objects.filter(lead_officers__in=leading).distinct()
        self.organisations = {one.slug: one for one in found}
        self._offer("organisation", [(one.slug, one.name) for one in self.organisations.values()])
        self._offer(
            "lead",
            [(post.abbreviation, f"{post.abbreviation} – {post.title}") for post in self.posts.values()],
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "All of them"), *choices]

    def only(self) -> Only:
        if not self.is_valid():
            return Only()
        asked = self.cleaned_data
        return Only(self.organisations.get(asked["organisation"]), self.posts.get(asked["lead"]))

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as an address asks for it."""
        if not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}
