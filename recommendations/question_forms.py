from typing import Any

from django import forms
from django.forms.models import fields_for_model

from improvement.models import Plan
from recommendations.challenge import Question, Questions
from recommendations.forms import CarefulForm
from recommendations.models import THRESHOLDS, ChallengeSettings
from recommendations.workflow import LONGEST_TEXT


class QuestionFilter(forms.Form):
    """Narrows a plan's questions; offers only what some question is about."""

    rule = forms.ChoiceField(label="Kind of question", required=False)
    theme = forms.ChoiceField(label="Theme", required=False)
    lead = forms.ChoiceField(label="Lead officer", required=False)
    recommendation = forms.ChoiceField(label="Recommendation", required=False)

    def __init__(self, data: Any, *, plan: Plan, questions: Questions) -> None:
        super().__init__(data)
        known = (*questions.asked, *(found.question for found in questions.dismissed))
        posts = {
            post.abbreviation: post.title
            for question in known
            for action in question.actions
            for post in action.posts
        }
        # In the order of the plan, which no single kind of question has from end to end.
        references = sorted({name for question in known for name in question.references}, key=_in_plan_order)
        self._offer("rule", [(rule.slug, rule.title) for rule in dict.fromkeys(q.rule for q in known)])
        self._offer("theme", [(theme.slug, theme.name) for theme in plan.themes.all()])
        self._offer("lead", [(post, f"{post} – {posts[post]}") for post in sorted(posts, key=str.casefold)])
        self._offer("recommendation", [(reference, reference) for reference in references])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "Any"), *choices]  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        """What narrows the list: parameter, label and the chosen words, for removing one by one."""
        if not self.is_valid():
            return []
        return [
            (name, str(field.label), str(dict(field.choices)[self.cleaned_data[name]]))  # type: ignore[attr-defined]
            for name, field in self.fields.items()
            if self.cleaned_data[name]
        ]

    def keeps(self, question: Question) -> bool:
        chosen = self.cleaned_data
        return (
            chosen["rule"] in ("", question.rule.slug)
            and (not chosen["theme"] or chosen["theme"] in question.themes)
            and (not chosen["lead"] or chosen["lead"] in question.posts)
            and (not chosen["recommendation"] or chosen["recommendation"] in question.references)
        )


def _in_plan_order(reference: str) -> tuple[str, int]:
    """S2 before S10."""
    letters = reference.rstrip("0123456789")
    return letters, int(reference[len(letters) :] or 0)


class DismissForm(CarefulForm):
    """Why the board need not ask a question."""

    reason = forms.CharField(
        label="Why the board need not ask this",
        help_text="The question stays away until the facts behind it change. The reason is kept and shown.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the board need not ask this."},
    )
    field_order = ("reason", "kept_because")


class TakeBackForm(CarefulForm):
    """Why a question that was dismissed is asked again."""

    reason = forms.CharField(
        label="Why it is asked again",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the question is asked again."},
    )
    field_order = ("reason", "kept_because")


class ThresholdsForm(forms.Form):
    """What the plan counts as too long, too many or too late. `version` is what the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, standing: ChallengeSettings) -> None:
        now = {name: standing.serializable_value(name) for name in THRESHOLDS}
        super().__init__(data, initial={**now, "version": standing.sequence})
        self.fields.update(fields_for_model(ChallengeSettings, THRESHOLDS))

    def has_seen(self, latest: ChallengeSettings) -> None:
        """Sent again, what was typed follows what somebody else wrote."""
        self.data = {**dict(self.data.items()), "version": str(latest.sequence)}

    @property
    def values(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in THRESHOLDS}
