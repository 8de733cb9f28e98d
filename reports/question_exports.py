"""A plan's questions as rows."""

import csv
from collections.abc import Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.pages import plan_page
from recommendations import challenge
from recommendations.challenge import Questions
from recommendations.question_forms import QuestionFilter
from reports.exports import as_text

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
        raise BadRequest(
            "One of the filters in this address is not known. Go back to the list and choose again."
        )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{page.plan.slug}-questions-{page.day.on.isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # The byte order mark lets Excel read £ and dashes.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in rows(found.narrowed(narrowing.keeps)):
        writer.writerow([as_text(cell) for cell in row])
    return response
