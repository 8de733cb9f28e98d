"""What a report says under “Questions for the board”: every kind, its first questions in full, the others by name."""

from dataclasses import dataclass
from typing import ClassVar

from recommendations import challenge
from recommendations.challenge import Group
from reports.paper import Block
from reports.plan_blocks.asked import Asked

# Questions of one kind that are printed in full.
SENTENCES = 3


@dataclass(frozen=True)
class QuestionRows:
    """Questions of one kind: the first few word for word, and what the others are about."""

    title: str
    reason: str
    count: int
    query: str
    sentences: tuple[str, ...]
    also: str


@dataclass(frozen=True)
class QuestionsForBoard(Block):
    template: ClassVar[str] = "reports/blocks/_questions.html"
    count: int
    dismissed: int
    groups: tuple[QuestionRows, ...]


def of(asked: Asked) -> tuple[Block, ...]:
    found = challenge.of_plan(asked.plan, on=asked.on)
    return (QuestionsForBoard(found.count, len(found.dismissed), tuple(map(_rows, found.groups))),)


def _rows(group: Group) -> QuestionRows:
    shown = SENTENCES if len(group.questions) > SENTENCES + 1 else len(group.questions)
    return QuestionRows(
        title=group.rule.title,
        reason=group.reason,
        count=len(group.questions),
        query=group.query,
        sentences=tuple(question.sentence for question in group.questions[:shown]),
        also=", ".join(question.subject.key for question in group.questions[shown:]),
    )
