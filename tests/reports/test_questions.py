"""“Questions for the board” in a report."""

from datetime import date

from improvement.models import Plan
from recommendations import challenge, workflow
from reports import document
from reports.models import Report
from reports.plan_blocks.questions import QuestionsForBoard
from tests.cast import Cast


def questions_of(report: Report) -> QuestionsForBoard:
    blocks = document.of(report).parts[0].blocks
    return next(block for block in blocks if isinstance(block, QuestionsForBoard))


def test_each_kind_with_its_first_questions_and_the_others_by_name(report: Report) -> None:
    asked = questions_of(report)

    first, posts = asked.groups[0], asked.groups[-2]
    assert (asked.count, asked.dismissed, len(asked.groups)) == (128, 0, 12)
    assert (first.title, first.count) == ("Rated as on track, but overdue", 15)
    assert first.sentences == (
        "LAC3 (6) is rated Green and is 60 days overdue: what makes it Green?",
        "S6 (1) is rated Green and is 48 days overdue: what makes it Green?",
        "LAC6 (3) is rated Green and is 48 days overdue: what makes it Green?",
    )
    assert first.also == (
        "LAC7 (1), LAC7 (2), LAC7 (3), S2 (3), S9 (1), S9 (7), LAC3 (9), LAC1 (1), LAC2 (1), LAC3 (4), LAC3 (3), "
        "LAC2 (2)"
    )
    # One more than fits is printed rather than named alone.
    assert (len(posts.sentences), posts.also) == (4, "")


def test_what_was_dismissed_is_counted_and_not_asked(report: Report, harrow: Plan, cast: Cast) -> None:
    on = date(2012, 11, 14)
    question = challenge.of_plan(harrow, on=on).asked[0]
    workflow.dismiss_question(
        plan=harrow, fingerprint=question.fingerprint, reason="It went live.", by=cast.board_member, on=on
    )

    asked = questions_of(report)

    assert (asked.count, asked.dismissed, asked.groups[0].count) == (127, 1, 14)
