"""What each column of a file is taken for: proposed with examples, confirmed or changed by somebody, remembered."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.pages import CouncilPage
from recommendations.intake import columns, written
from recommendations.intake_columns_form import ColumnsForm
from recommendations.models import Intake, IntakeState
from recommendations.views import intake_door as door
from recommendations.workflow import intake as workflow


@require_http_methods(["GET", "HEAD", "POST"])
def intake_columns(request: HttpRequest, council: str, number: int) -> HttpResponse:
    page = door.keeper(request, council)
    intake = door.find(page, number)
    if intake.state != IntakeState.UNDERSTOOD:
        return redirect(door.stands_at(page, intake))
    form = _form(request, intake)
    if not form.is_valid():
        return _page(request, page, intake, form, status=422 if form.is_bound else 200)
    said = {"version": form.cleaned_data["version"], "mapping": form.mapping}
    try:
        workflow.choose_columns(intake=intake, by=page.user, on=page.day.now, **said)
    except workflow.ChangedMeanwhile as clash:
        form.add_error(None, str(clash))
        return _page(request, page, intake, form, status=409)
    except ValidationError as refused:
        form.add_error(None, ValidationError(refused.messages))
        return _page(request, page, intake, form, status=422)
    return redirect(door.url(page, "intake_page", intake))


def _form(request: HttpRequest, intake: Intake) -> ColumnsForm:
    source, mapping = written.source_from(intake.source or {}), written.mapping_from(intake.mapping)
    return ColumnsForm(
        request.POST if request.method == "POST" else None,
        source=source,
        mapping=mapping,
        sureness=columns.how_sure(source, mapping),
        version=intake.version,
    )


def _page(
    request: HttpRequest, page: CouncilPage, intake: Intake, form: ColumnsForm, *, status: int
) -> HttpResponse:
    tables = form.tables
    used = [seen for seen in tables if seen.is_used]
    context = door.frame(
        page,
        intake,
        door.COLUMNS,
        form=form,
        used=used,
        unused=[seen for seen in tables if not seen.is_used],
        to_look=sum(seen.to_look for seen in used),
    )
    return render(request, "recommendations/intake_columns.html", context, status=status)
