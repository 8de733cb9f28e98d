"""A plan's questions as rows."""

from collections.abc import Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from improvement.spreadsheet import csv_file, file_name
from recommendations import challenge
from recommendations.challenge import Questions
from recommendations.question_forms import QuestionFilter
from reports.exports import UNKNOWN_FILTER

COLUMNS = ("kind", "about", "question", "why", "recommendations", "actions", "lead_officers")


def rows(questions: Questions) -> Iterator[list[str]]:
    """One row per question that is asked, in order of weight."""
    for question in questions.asked:
        yield [
            question.rule.title,
            question.subject.key,
            question.sentence,
            question.reason,
            "; ".join(question.references),
            "; ".join(action.name for action in question.actions),
            "; ".join(sorted(question.posts, key=str.casefold)),
        ]


@require_safe
def question_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The list of questions as CSV, narrowed as the list is."""
    page = plan_page(request, council, plan)
    found = challenge.of_plan(page.plan, on=page.day.on)
    narrowing = QuestionFilter(request.GET, plan=page.plan, questions=found)
    if not narrowing.is_valid():
        raise BadRequest(UNKNOWN_FILTER)
    return csv_file(file_name(page, "questions"), COLUMNS, rows(found.narrowed(narrowing.keeps)))
