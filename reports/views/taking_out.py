"""Taking a plan out: the page that says which form is for what, the files, and the schema that everybody may read."""

import hashlib
import tempfile
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, may, require
from improvement.spreadsheet import file_name
from recommendations.models import Action, Evidence
from reports.taking_out import fixture, words
from reports.taking_out.excel import TooLongForExcel
from reports.taking_out.fixture import FileGone
from reports.taking_out.formats import FORMS, LIGHT, Form, form_of
from reports.taking_out.plan_table import Only, PlanTable, plan_table
from reports.taking_out_forms import WhoseForm
from reports.views.files import ask_for
from reports.workflow.files import WantedTable

# With more bytes of evidence the zip is made by the command, where nobody waits for a page.
MOST_EVIDENCE = 200 * 1024 * 1024
SCHEMA_TYPE = "application/schema+json"


@require_safe
def take_out(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """Which form is for what. A choice of whose actions goes on in the links to the files."""
    page = plan_page(request, council, plan)
    form = WhoseForm(request.GET, plan=page.plan)
    only = form.only()
    table = _table(page, only)
    keeps = may(page.user, Verb.KEEP_PLAN, page.plan.council)
    context = page.context(
        ("Take the plan out", ""),
        form=form,
        whose=only.words,
        count=table.count,
        heavy=table.count > LIGHT,
        rows=[(one, _url(page, one.ending, form.chosen)) for one in FORMS],
        fixture_url=_url(page, "zip") if keeps else "",
        schema_url=f"{settings.PUBLIC_URL}{words.schema_path()}",
        section="actions",
    )
    return render(request, "reports/take_out.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def taken_out(request: HttpRequest, council: str, plan: str, ending: str) -> HttpResponseBase:
    """The plan in one form; a long one is made as a job, which POST asks for."""
    page = plan_page(request, council, plan)
    if ending == "zip":
        return _fixture(request, page)
    form, whose = form_of(ending), WhoseForm(request.GET, plan=page.plan)
    if form is None or not whose.is_valid():
        raise Http404
    table = _table(page, whose.only())
    back = _back(page, whose.chosen)
    if form.kept_as and table.count > LIGHT:
        wanted = WantedTable(page.plan, table, form.kept_as)
        return ask_for(request, page, wanted, back=back) if request.method == "POST" else redirect(back)
    if request.method == "POST":
        return redirect(request.get_full_path())
    return _handed_out(request, page, form, table, back)


@login_not_required
@require_safe
def plan_schema(request: HttpRequest) -> HttpResponse:
    """What the JSON of a plan holds, for programs that check it."""
    content = words.schema()
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(content, content_type=SCHEMA_TYPE)
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    return response


def _table(page: PlanPage, only: Only) -> PlanTable:
    return plan_table(page.plan, page.day.on, only=only, actions=Action.objects.visible_to(page.user))


def _handed_out(
    request: HttpRequest, page: PlanPage, form: Form, table: PlanTable, back: str
) -> HttpResponse:
    try:
        content = form.make(table)
    except TooLongForExcel as too_long:
        messages.warning(request, str(too_long))
        return redirect(back)
    response = HttpResponse(content, content_type=form.content_type)
    response["Content-Disposition"] = (
        f'attachment; filename="{file_name(page, _whose(request))}.{form.ending}"'
    )
    return response


def _fixture(request: HttpRequest, page: PlanPage) -> HttpResponseBase:
    """All of the plan for another installation, for those who keep it."""
    require(page.user, Verb.KEEP_PLAN, page.plan.council)
    if request.method == "POST":
        return redirect(request.get_full_path())
    made = fixture.of(page.plan, evidence=Evidence.objects.visible_to(page.user))
    back = _back(page, {})
    if made.file_bytes > MOST_EVIDENCE:
        messages.warning(
            request,
            "This plan’s files of evidence are too many to wait for. Ask whoever looks after Waymark to run: "
            f"manage.py export_plan {page.plan.council.slug}/{page.plan.slug} --format fixture --output plan.zip",
        )
        return redirect(back)
    # It is handed out piece by piece and is gone when it is closed.
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        fixture.write(made, file)
    except FileGone as gone:
        file.close()
        messages.warning(request, str(gone))
        return redirect(back)
    file.seek(0)
    name = f"{page.plan.council.slug}-{page.plan.slug}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type=fixture.CONTENT_TYPE)


def _whose(request: HttpRequest) -> str:
    """Which part it is, in the file's name: the short name of an organisation, which is ours."""
    organisation = request.GET.get("organisation", "")
    return organisation or ("one-post" if request.GET.get("lead") else "")


def _url(page: PlanPage, ending: str, chosen: dict[str, str] | None = None) -> str:
    return _asking(page.url("reports:taken_out", ending), chosen or {})


def _back(page: PlanPage, chosen: dict[str, str]) -> str:
    return _asking(page.url("reports:take_out"), chosen)


def _asking(address: str, chosen: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(chosen)}" if chosen else address
