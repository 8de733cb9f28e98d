"""What evidence and reviews are about: an action, or a recommendation as a whole."""

from dataclasses import dataclass
from typing import Any

from improvement.pages import PlanPage
from recommendations import assurance, workflow
from recommendations.assurance import Assured
from recommendations.models import Action, Recommendation


@dataclass(frozen=True)
class Subject:
    """An action of a recommendation, or without one the recommendation, on the page's day."""

    page: PlanPage
    recommendation: Recommendation
    action: Action | None

    def __str__(self) -> str:
        return str(self.action) if self.action else self.recommendation.reference

    @property
    def places(self) -> list[str]:
        """What its addresses end with."""
        reference = self.recommendation.reference
        return [reference, self.action.number] if self.action else [reference]

    @property
    def url(self) -> str:
        kind = "action" if self.action else "recommendation"
        return self.page.url(f"recommendations:{kind}_page", *self.places)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        reference = self.recommendation.reference
        whole = (reference, self.page.url("recommendations:recommendation_page", reference))
        return [whole, (f"Action {self.action.number}", self.url)] if self.action else [whole]

    @property
    def text(self) -> str:
        """The action's words on the day, or the recommendation's title."""
        return str(getattr(self.action, "text", "")) if self.action else self.recommendation.title


def assured(subject: Subject) -> Assured:
    user, on = subject.page.user, subject.page.day.on
    if subject.action:
        return assurance.of_action(subject.action, user=user, on=on)
    return assurance.of_recommendation(subject.recommendation, user=user, on=on)


def evidence_and_assurance(
    page: PlanPage, recommendation: Recommendation, action: Action | None = None
) -> dict[str, Any]:
    """What `_evidence.html` and `_assurance.html` need on the page of an action or a recommendation."""
    subject = Subject(page, recommendation, action)
    user, now, past = page.user, page.day.now, page.day.asked
    return {
        "assured": assured(subject),
        "subject": subject,
        "may_add_evidence": not past and workflow.may_add_evidence(user, recommendation, action, on=now),
        "may_review": not past and workflow.may_review(user, recommendation, action, on=now),
    }
