"""The files that a council's plans came from, as a spreadsheet."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from improvement.spreadsheet import Columns, day, list_file
from recommendations.models import Intake
from recommendations.views import intake_door as door

COLUMNS = Columns(
    shown=("file", "plan", "begun_on", "begun_by", "stands"),
    more=("plan_address", "kind", "bytes", "sha256", "loaded_on", "loaded_by", "problem"),
)


@require_safe
def intakes_csv(request: HttpRequest, council: str) -> HttpResponse:
    """One row per file, the latest first, as the list has them."""
    page = door.keeper(request, council)
    intakes = door.intakes(page).without_content().select_related("by", "loaded_by").latest_first()
    name = f"{page.council.slug}-files-{page.day.on.isoformat()}"
    return list_file(request, name, COLUMNS, map(_row, intakes))


def _row(intake: Intake) -> list[str]:
    return [
        intake.name,
        intake.plan_name,
        day(intake.begun_on),
        str(intake.by),
        intake.get_state_display(),
        intake.plan_slug,
        intake.kind,
        str(intake.size),
        intake.sha256,
        day(intake.loaded_on),
        str(intake.loaded_by or ""),
        intake.problem,
    ]
