"""A plan's questions as rows."""

from collections.abc import Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.spreadsheet import Columns, day, file_name, list_file
from recommendations import challenge
from recommendations.challenge import Question, Questions
from recommendations.models import Dismissal
from recommendations.question_forms import QuestionFilter
from reports.exports import UNKNOWN_FILTER

COLUMNS = Columns(
    shown=(
        "kind",
        "why",
        "question",
        "recommendations",
        "actions",
        "action_text",
        "lead_officers",
        "dismissed_because",
        "dismissed_by",
        "dismissed_on",
    ),
    more=("about", "themes", "action_texts"),
)


def rows(questions: Questions) -> Iterator[list[str]]:
    """One row per question that is asked, in order of weight, then one per question that was dismissed."""
    for question in questions.asked:
        yield _row(question, None)
    for found in questions.dismissed:
        yield _row(found.question, found.dismissal)


def _row(question: Question, dismissal: Dismissal | None) -> list[str]:
    texts = [action.text for action in question.actions]
    return [
        question.rule.title,
        question.reason,
        question.sentence,
        "; ".join(question.references),
        "; ".join(action.name for action in question.actions),
        "".join(texts) if question.is_about_one_action else "",
        "; ".join(sorted(question.posts, key=str.casefold)),
        dismissal.reason if dismissal else "",
        str(dismissal.by) if dismissal else "",
        day(dismissal.on if dismissal else None),
        question.subject.key,
        "; ".join(sorted(question.themes)),
        "; ".join(texts),
    ]


@require_safe
def question_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The list of questions as CSV, narrowed as the list is."""
    page = plan_page(request, council, plan)
    found = challenge.of_plan(page.plan, on=page.day.on)
    narrowing = QuestionFilter(request.GET, plan=page.plan, questions=found)
    if not narrowing.is_valid():
        raise BadRequest(UNKNOWN_FILTER)
    return list_file(request, file_name(page, "questions"), COLUMNS, rows(found.narrowed(narrowing.keeps)))
