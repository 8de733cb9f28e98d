"""Plans from files: the list of them, beginning one, where one stands, its file, and putting one aside."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from improvement import clock, errors
from improvement.models import Plan
from improvement.pages import CouncilPage, slug_asked
from improvement.stored_files import FileAltered, FileRefused, open_whole
from recommendations import evidence_files
from recommendations.intake import count_kept
from recommendations.intake_forms import BeginForm
from recommendations.models import Intake, IntakeState
from recommendations.views import intake_door as door
from recommendations.workflow import intake as workflow

A_PAGE = 25
# After so long the page says that something may be wrong.
LONG_WAIT = timedelta(minutes=1)
TITLES = {
    IntakeState.READING: "The file is being read",
    IntakeState.LOADING: "The plan is being loaded",
    IntakeState.FAILED: "The file could not be read",
    IntakeState.LEFT: "It was put aside",
}


@require_safe
def intake_list(request: HttpRequest, council: str) -> HttpResponse:
    page = door.keeper(request, council)
    listed = Paginator(door.intakes(page).without_content().latest_first(), A_PAGE)
    context = page.context(
        ("Plans from files", ""),
        page_obj=listed.get_page(request.GET.get("page")),
        is_empty=not listed.count,
        begin_url=reverse("recommendations:begin_intake", args=[council]),
    )
    return render(request, "recommendations/intake_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin_intake(request: HttpRequest, council: str) -> HttpResponse:
    """The file and the plan. `?plan=` its short name chooses one of the council's."""
    page = door.keeper(request, council)
    plans, start = (
        Plan.objects.visible_to(page.user).filter(council=page.council),
        slug_asked(request, "plan"),
    )
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BeginForm(*sent, plans=plans, start=start)
    if form.is_valid():
        try:
            intake = workflow.begin_intake(council=page.council, by=page.user, on=page.day.now, **form.said)
            return redirect(door.url(page, "intake_page", intake))
        except FileRefused as refused:
            form.add_error("file", f"{refused} Nothing was changed.")
        except ValidationError as refused:
            form.add_error(None, ValidationError(refused.messages))
    if form.is_bound:
        form.ask_for_the_file_again()
    context = door.frame(page, None, door.FILE, form=form)
    return render(request, "recommendations/intake_begin.html", context, status=422 if form.is_bound else 200)


@require_safe
def intake_page(request: HttpRequest, council: str, number: int) -> HttpResponse:
    """How far reading is, and then on to the step at which the intake stands."""
    page = door.keeper(request, council)
    intake = door.find(page, number)
    here, goes_on = door.url(page, "intake_page", intake), door.stands_at(page, intake)
    if goes_on != here:
        return _to(request, goes_on)
    if is_part(request) and intake.state != IntakeState.READING:
        return HttpResponseClientRedirect(here)
    return waiting_page(request, page, intake, door.FILE)


def waiting_page(request: HttpRequest, page: CouncilPage, intake: Intake, at: str) -> HttpResponse:
    """How far a job is; htmx asks for only that part."""
    running = intake.state in (IntakeState.READING, IntakeState.LOADING)
    context = door.frame(
        page,
        intake,
        at,
        title=TITLES[IntakeState(intake.state)],
        here_url=request.path if running else "",
        count=count_kept.kept(intake.pk) if intake.state == IntakeState.LOADING else None,
        # Read anew for other columns, it was begun long ago.
        waits_long=_is_first_read(intake) and clock.now() - intake.begun_at > LONG_WAIT,
    )
    part = "_intake_progress.html" if is_part(request) else "intake_waiting.html"
    return render(request, f"recommendations/{part}", context)


@require_safe
def intake_file(request: HttpRequest, council: str, number: int) -> HttpResponseBase:
    """The bytes that were sent, as a download and never as a page."""
    page = door.keeper(request, council)
    intake = door.find(page, number)
    try:
        content = open_whole(intake.file, intake.sha256)
    except FileAltered:
        return errors.page(request, 500)
    kind = evidence_files.content_type(intake.name)
    response = FileResponse(content, as_attachment=True, filename=intake.name, content_type=kind)
    # Whatever is in it, a browser that shows it all the same runs nothing of it.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
def leave_intake(request: HttpRequest, council: str, number: int) -> HttpResponse:
    page = door.keeper(request, council)
    intake = door.find(page, number)
    try:
        workflow.leave_intake(intake=intake, by=page.user, on=page.day.now)
    except workflow.ChangedMeanwhile:
        messages.warning(request, "Somebody has it loaded already, so that it cannot be put aside.")
    return redirect(door.url(page, "intake_page", intake))


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def _is_first_read(intake: Intake) -> bool:
    return intake.state == IntakeState.READING and intake.version == door.AS_PROPOSED


def _to(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponseClientRedirect(address) if is_part(request) else redirect(address)
