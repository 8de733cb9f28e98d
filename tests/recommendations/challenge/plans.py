"""A plan of one's own, for rules to look at: nothing in it sets any of them off."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from improvement.models import CountsAs, LeadOfficer, Plan, Rating, User
from recommendations import challenge
from recommendations.challenge import Question
from recommendations.models import Action, Evidence, ProgressUpdate, Recommendation, Stage
from tests.factories import (
    ActionFactory,
    CouncilFactory,
    LeadOfficerFactory,
    PlanFactory,
    ProgressUpdateFactory,
    RatingFactory,
    RecommendationFactory,
    ThemeFactory,
    UserFactory,
)

ON = date(2012, 11, 14)


@dataclass(frozen=True)
class Quiet:
    """Recommendation Q1, without a timescale, in a plan with a key of two ratings."""

    plan: Plan
    recommendation: Recommendation
    post: LeadOfficer
    green: Rating
    red: Rating
    somebody: User

    def action(self, number: str = "1", **fields: Any) -> Action:
        """Due after `ON`, of words of its own, taken in a week before."""
        values = {
            "recommendation": self.recommendation,
            "number": number,
            "position": int(number),
            "original_text": f"Do the thing with number {number}.",
            "original_due_on": date(2013, 1, int(number)),
            "added_on": date(2012, 11, 7),
            "leads": [self.post],
            **fields,
        }
        return ActionFactory(**values)

    def said(self, action: Action, **fields: Any) -> ProgressUpdate:
        values = {"on": date(2012, 11, 9), "narrative": "Staff have the new form.", **fields}
        return ProgressUpdateFactory(action=action, sequence=action.updates.count() + 1, **values)

    def done(self, action: Action, narrative: str = "Staff have the new form.") -> ProgressUpdate:
        return self.said(action, stage=Stage.COMPLETE, narrative=narrative)

    def shown(self, action: Action, **fields: Any) -> Evidence:
        values = {
            "plan": self.plan,
            "recommendation": action.recommendation,
            "action": action,
            "shows": "It is used.",
            "method": "audit",
            "gathered_on": date(2012, 11, 10),
            "supports": "delivered",
            "link": "https://example.org/audit",
            "added_on": date(2012, 11, 10),
            "added_by": self.somebody,
            **fields,
        }
        return Evidence.objects.create(**values)

    def asked(self, rule: str = "", on: date = ON) -> list[str]:
        """The questions of a rule, or all of them, as sentences."""
        return [question.sentence for question in self.questions(rule, on)]

    def questions(self, rule: str = "", on: date = ON) -> list[Question]:
        return [q for q in challenge.of_plan(self.plan, on=on).asked if rule in ("", q.rule.slug)]


def quiet() -> Quiet:
    council = CouncilFactory()
    plan = PlanFactory(council=council)
    theme = ThemeFactory(plan=plan, slug="one")
    return Quiet(
        plan=plan,
        recommendation=RecommendationFactory(theme=theme, reference="Q1", position=1),
        post=LeadOfficerFactory(council=council, abbreviation="HQ", title="Head of Quality"),
        green=RatingFactory(
            scale=plan.rating_scale, slug="green", word="Green", counts_as=CountsAs.ON_TRACK, position=2
        ),
        red=RatingFactory(
            scale=plan.rating_scale, slug="red", word="Red", counts_as=CountsAs.OFF_TRACK, position=1
        ),
        somebody=UserFactory(),
    )
