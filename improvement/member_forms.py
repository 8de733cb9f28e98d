"""Forms of a council's members. They explain; `workflow.py` decides and saves."""

from typing import Any

import django_filters
from django import forms

from improvement.forms import Choice, FoldedTicks
from improvement.models import Council, LeadOfficer, Role
from improvement.models.user import MembershipQuerySet
from improvement.narrowing import Narrowing

ROLES = {
    Role.READER: "Reads plans and reports.",
    Role.LEAD_OFFICER: "Also updates the actions of the posts ticked below.",
    Role.BOARD_MEMBER: "Updates every action, signs off and decides on due dates. Reads what is exempt.",
    Role.SCRUTINY_OFFICER: "Writes and publishes reports. Reads what is exempt.",
    Role.PLAN_ADMINISTRATOR: "Does all of this, changes the plan and decides who may see what. Reads what is exempt.",
}


class PostsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    def label_from_instance(self, obj: LeadOfficer) -> str:
        return f"{obj.abbreviation} ({obj.title})"


class MemberFilter(Narrowing):
    """Narrows a council's members."""

    words = django_filters.CharFilter(label="Name or e-mail address", method="by_words")
    role = django_filters.ChoiceFilter(
        label="Role", choices=Role.choices, method="by_role", empty_label="Any"
    )

    def by_words(self, members: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return members.with_words(value)

    def by_role(self, members: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return members.in_role(value)


class MemberForm(forms.Form):
    """What a member may do, and the posts that they hold."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(role.value, Choice.of(role.label, hint=hint)) for role, hint in ROLES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they may do."},
    )
    posts = PostsChoice(
        label="Posts that they hold",
        queryset=LeadOfficer.objects.none(),
        required=False,
        widget=FoldedTicks("Choose posts"),
    )

    def __init__(self, data: Any = None, *, council: Council, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["posts"].queryset = council.lead_officers.all()  # type: ignore[attr-defined]


class AddMemberForm(MemberForm):
    """Somebody to let in, by their e-mail address."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="They sign in with it, and set a password by “Forgot your password?” on the sign-in page.",
        error_messages={"required": "Give their e-mail address."},
    )
    name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="It stands beside what they write. Somebody who has an account keeps the name of that.",
    )

    field_order = ("email", "name", "role", "posts")


class ChangeMemberForm(MemberForm):
    """Another role or other posts. `version` is what the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
