"""The plan questions itself: what a good chair would ask of it, as of a day."""

from recommendations.challenge.questions import (
    DismissedQuestion,
    Group,
    Question,
    Questions,
    of_action,
    of_plan,
    of_recommendation,
)
from recommendations.challenge.rules import RULES, Rule

__all__ = [
    "RULES",
    "DismissedQuestion",
    "Group",
    "Question",
    "Questions",
    "Rule",
    "of_action",
    "of_plan",
    "of_recommendation",
]
