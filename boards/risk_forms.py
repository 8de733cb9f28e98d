"""Forms about risks."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from boards.models import Funded, RiskAssessment
from boards.register import SCORES, RiskStanding
from improvement.forms import FoldedTicks
from improvement.models import LeadOfficer, Plan
from recommendations.forms import CarefulForm
from recommendations.models import Action
from recommendations.workflow import LONGEST_TEXT

LIKELIHOOD = dict(zip(SCORES, ("Rare", "Unlikely", "Possible", "Likely", "Almost certain"), strict=True))
IMPACT = dict(zip(SCORES, ("Very small", "Small", "Moderate", "Large", "Very large"), strict=True))


def score(label: str, words: dict[int, str], *, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[
            ("", "Choose" if required else "Not given"),
            *((n, f"{n}, {words[n].lower()}") for n in SCORES),
        ],
        coerce=int,
        empty_value=None,
        required=required,
        error_messages={"required": "Choose from 1, the least, to 5."},
    )


class ScoredForm(CarefulForm):
    """Likelihood and impact, before what is done about it and after."""

    likelihood_before = score("Likelihood, were nothing done", LIKELIHOOD, required=True)
    impact_before = score("Impact, were nothing done", IMPACT, required=True)
    likelihood_after = score("Likelihood after the response", LIKELIHOOD, required=False)
    impact_after = score("Impact after the response", IMPACT, required=False)


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    def label_from_instance(self, obj: LeadOfficer) -> str:
        return f"{obj.abbreviation} – {obj.title}"


class ActionsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Action) -> str:
        return f"{obj.recommendation.reference} ({obj.number}): {obj.original_text[:90]}"


class RiskWordsForm(CarefulForm):
    """What is said of a risk, apart from its scores."""

    title = forms.CharField(
        label="What may happen",
        help_text="In a few words, as the list will show it.",
        max_length=160,
        error_messages={"required": "Say in a few words what may happen."},
    )
    description = forms.CharField(
        label="Why, and with what effect",
        help_text="What would cause it, and what it would mean for children and families. No child's details.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what may happen, why, and with what effect."},
    )
    response = forms.CharField(
        label="What is done about it",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    owner = PostChoice(
        label="Who owns it",
        help_text="The post that answers for it.",
        queryset=LeadOfficer.objects.none(),
        required=False,
        empty_label="Nobody yet",
    )
    actions = ActionsChoice(
        label="Actions that answer it",
        queryset=Action.objects.none(),
        required=False,
        widget=FoldedTicks("Choose actions"),
    )
    cost_text = forms.CharField(
        label="What the response costs",
        help_text="For example £12,500. Leave it empty if nobody knows.",
        required=False,
        max_length=60,
    )
    funded = forms.ChoiceField(
        label="Whether there is money for it",
        choices=Funded.choices,
        initial=Funded.UNKNOWN,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, plan: Plan, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        posts, actions = plan.council.lead_officers.all(), Action.objects.for_plan(plan)
        self.fields["owner"].queryset = posts  # type: ignore[attr-defined]
        self.fields["actions"].queryset = actions.with_recommendation().in_plan_order()  # type: ignore[attr-defined]


class RiskForm(ScoredForm, RiskWordsForm):
    """A new risk."""

    field_order = (
        *("title", "description", "kept_because"),
        *("likelihood_before", "impact_before", "response", "likelihood_after", "impact_after"),
        *("owner", "actions", "cost_text", "funded"),
    )


class ChangeRiskForm(RiskWordsForm):
    """Other words for a risk. `version` is the last change that the person saw."""

    reason = forms.CharField(
        label="Why it is changed",
        help_text="What was said before stays in the register of the days before.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is changed."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = (
        *("title", "description", "response", "owner", "actions"),
        *("cost_text", "funded", "reason", "kept_because", "version"),
    )

    def __init__(self, data: Any = None, *, standing: RiskStanding) -> None:
        risk = standing.risk
        start = {
            "title": risk.title,
            "description": risk.description,
            "response": risk.response,
            "owner": risk.owner,
            "actions": standing.actions,
            "cost_text": risk.cost_text,
            "funded": risk.funded,
            "version": standing.wording,
        }
        super().__init__(data, plan=risk.plan, initial=start)

    def now_at(self, version: int) -> None:
        """Somebody else changed it in between: send again from there, with what it says now read first."""
        sent = cast(QueryDict, self.data).copy()
        sent["version"] = str(version)
        self.data = sent
        self.add_error(
            None,
            "Somebody else changed this risk while you were writing. Nothing of yours was lost, and nothing was "
            "saved. Read what it says now above the form, then send yours again if it still holds.",
        )


class AssessmentForm(ScoredForm):
    """How a risk is scored now. `version` is the sequence of the last assessment that the person saw."""

    note = forms.CharField(
        label="Why it is scored so",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is scored so."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = (
        *("likelihood_before", "impact_before", "likelihood_after", "impact_after"),
        *("note", "kept_because", "version"),
    )

    def __init__(self, data: Any = None, *, standing: RiskStanding, **options: Any) -> None:
        before, after = standing.before, standing.after
        start = {
            "likelihood_before": before.likelihood,
            "impact_before": before.impact,
            "likelihood_after": after.likelihood,
            "impact_after": after.impact,
            "version": standing.version,
        }
        super().__init__(data, initial=start, **options)

    def now_at(self, theirs: RiskAssessment) -> None:
        """Somebody else scored it in between: send again from there, with theirs read first."""
        sent = cast(QueryDict, self.data).copy()
        sent["version"] = str(theirs.sequence)
        self.data = sent
        self.add_error(
            None,
            "Somebody else assessed this risk while you were writing. Nothing of yours was lost, and nothing was "
            "saved. Read theirs below, then send yours again if it still holds.",
        )


class CloseForm(CarefulForm):
    """Why a risk is one no longer."""

    reason = forms.CharField(
        label="Why it is a risk no longer",
        help_text="It stays in the register of the days before.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why it is a risk no longer."},
    )

    field_order = ("reason", "kept_because")
