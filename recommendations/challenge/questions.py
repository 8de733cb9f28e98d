"""What the rules ask of a plan on a day, and what was dismissed."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.core.serializers.json import DjangoJSONEncoder

from improvement.models import Plan
from recommendations.challenge import facts
from recommendations.challenge.facts import ActionFacts, PlanFacts
from recommendations.challenge.finding import Finding, Kind, Subject
from recommendations.challenge.rules import ACTION_RULES, PLAN_WIDE, RULES, SAME_WORDS, Rule
from recommendations.models import Action, Dismissal, Recommendation

FEW = 5


@dataclass(frozen=True)
class Question:
    """What the plan asks of itself. It keeps its fingerprint until the facts that set it off change."""

    rule: Rule
    subject: Subject
    sentence: str
    reason: str
    actions: tuple[ActionFacts, ...]
    references: tuple[str, ...]
    fingerprint: str

    @property
    def is_about_one_action(self) -> bool:
        return self.subject.kind == Kind.ACTION

    @property
    def is_about_recommendations(self) -> bool:
        return self.subject.kind == Kind.RECOMMENDATION

    @property
    def themes(self) -> frozenset[str]:
        return frozenset(action.theme for action in self.actions)

    @property
    def posts(self) -> frozenset[str]:
        return frozenset(post.abbreviation for action in self.actions for post in action.posts)

    def concerns(self, reference: str, number: str) -> bool:
        """Whether an action has a part in it; questions about a whole post or day are asked elsewhere."""
        return any((action.reference, action.number) == (reference, number) for action in self.actions)


@dataclass(frozen=True)
class DismissedQuestion:
    """A question that would be asked, and who dismissed it and why."""

    question: Question
    dismissal: Dismissal


@dataclass(frozen=True)
class Group:
    """Questions of one rule."""

    rule: Rule
    reason: str
    questions: tuple[Question, ...]

    @property
    def query(self) -> str:
        """What narrows the list of questions to these."""
        return f"rule={self.rule.slug}"

    @property
    def more(self) -> int:
        """How many there are beside the first."""
        return len(self.questions) - 1


@dataclass(frozen=True)
class Questions:
    """What a plan, or a part of it, asks of itself on a day, in order of weight."""

    on: date
    asked: tuple[Question, ...]
    dismissed: tuple[DismissedQuestion, ...]

    @property
    def count(self) -> int:
        return len(self.asked)

    @property
    def groups(self) -> tuple[Group, ...]:
        shown = [(rule, tuple(found)) for rule, found in groupby(self.asked, lambda question: question.rule)]
        return tuple(Group(rule, found[0].reason, found) for rule, found in shown)

    @property
    def weightiest(self) -> tuple[Group, ...]:
        """The few kinds to begin with."""
        return self.groups[:FEW]

    def narrowed(self, keep: Callable[[Question], bool]) -> "Questions":
        return replace(
            self,
            asked=tuple(question for question in self.asked if keep(question)),
            dismissed=tuple(found for found in self.dismissed if keep(found.question)),
        )

    def with_fingerprint(self, fingerprint: str) -> Question | None:
        return next((found for found in self.asked if found.fingerprint == fingerprint), None)

    def dismissed_with(self, fingerprint: str) -> DismissedQuestion | None:
        return next((found for found in self.dismissed if found.question.fingerprint == fingerprint), None)


def of_plan(plan: Plan, *, on: date) -> Questions:
    """All questions, in six queries."""
    return _ask(plan, RULES, facts.of_plan(plan, on=on))


def of_action(action: Action, *, on: date) -> Questions:
    """The questions in which an action has a part, in four queries."""
    recommendation = action.recommendation
    plan = recommendation.plan
    rules = (*ACTION_RULES, SAME_WORDS)
    found = _ask(plan, rules, facts.around(plan, recommendation, on=on, with_measures=False))
    return found.narrowed(lambda question: question.concerns(recommendation.reference, action.number))


def of_recommendation(recommendation: Recommendation, *, on: date) -> Questions:
    """The questions about a recommendation and its actions, in six queries."""
    plan = recommendation.plan
    rules = tuple(rule for rule in RULES if rule not in PLAN_WIDE)
    found = _ask(plan, rules, facts.around(plan, recommendation, on=on, with_measures=True))
    return found.narrowed(lambda question: recommendation.reference in question.references)


def _ask(plan: Plan, rules: tuple[Rule, ...], known: PlanFacts) -> Questions:
    asked: list[Question] = []
    dismissed: list[DismissedQuestion] = []
    dismissals = _dismissals(plan, known.on)
    for rule in sorted(rules, key=RULES.index):
        why = rule.why(known.thresholds)
        for finding in rule.find(known):
            question = _question(rule, why, finding)
            dismissal = dismissals.get(question.fingerprint)
            if dismissal:
                dismissed.append(DismissedQuestion(question, dismissal))
            else:
                asked.append(question)
    return Questions(known.on, tuple(asked), tuple(dismissed))


def _question(rule: Rule, why: str, finding: Finding) -> Question:
    return Question(
        rule=rule,
        subject=finding.subject,
        sentence=finding.sentence,
        reason=why,
        actions=finding.actions,
        references=finding.references,
        fingerprint=fingerprint(rule.slug, finding),
    )


def fingerprint(rule: str, finding: Finding) -> str:
    """SHA-256 of the rule, of what it is about and of the facts that set it off."""
    content = [rule, finding.subject.kind.value, finding.subject.key, finding.because]
    text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _dismissals(plan: Plan, on: date) -> dict[str, Dismissal]:
    """What stands dismissed on a day, by fingerprint."""
    latest: dict[str, Dismissal] = {}
    for dismissal in Dismissal.objects.for_plan(plan).made_by(on=on).select_related("by"):
        latest.setdefault(dismissal.fingerprint, dismissal)
    return {key: dismissal for key, dismissal in latest.items() if dismissal.dismissed}
