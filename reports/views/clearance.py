"""Clearing a report: how each post stands, asking somebody, their answer, and what waits for them."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import User
from improvement.pages import council_page
from improvement.permissions import Verb, may, require
from reports import notice, waiting
from reports.models import Audience, Clearance, ClearanceStep, Happened
from reports.publication_forms import AnswerForm, AskForm
from reports.views.reading import ReportPage, report_of
from reports.workflow import clearance as workflow
from reports.workflow.clearance import ClearanceMoved


@dataclass(frozen=True)
class Row:
    """A post and what happened to its clearance, the last first."""

    clearance: Clearance
    steps: tuple[ClearanceStep, ...]
    is_mine: bool

    @property
    def last(self) -> ClearanceStep | None:
        return self.steps[0] if self.steps else None

    @property
    def is_given(self) -> bool:
        return self.last is not None and self.last.happened == Happened.GIVEN


@require_safe
def clearance_page(request: HttpRequest, council: str, plan: str, report: str) -> HttpResponse:
    shown = report_of(request, council, plan, report)
    return _page(request, shown)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_clearance(request: HttpRequest, council: str, plan: str, report: str, position: int) -> HttpResponse:
    shown = now_of(request, council, plan, report)
    user = shown.page.user
    require(user, Verb.WRITE_REPORT, shown.report.council)
    clearance = _clearance(shown, position)
    people = workflow.candidates(shown.report, by=user)
    form = AskForm(request.POST if request.method == "POST" else None, candidates=people)
    if form.is_valid():
        of = next(member.user for member in people if str(member.user_id) == form.cleaned_data["of"])
        try:
            if form.attempt(lambda: workflow.ask(clearance=clearance, of=of, by=user, on=shown.page.day.now)):
                messages.success(request, f"{of} is asked to clear the report on behalf of the {clearance}.")
                return redirect(shown.url("clearance_page"))
        except ClearanceMoved as moved:
            return _page(request, shown, moved=str(moved))
    context = shown.context(
        shown.crumb,
        ("Clearance", shown.url("clearance_page")),
        (f"Ask the {clearance}", ""),
        form=form,
        clearance=clearance,
        people=people,
    )
    return render(request, "reports/clearance_ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_clearance(
    request: HttpRequest, council: str, plan: str, report: str, position: int
) -> HttpResponse:
    """For the person asked: the report to read, and the two answers."""
    shown = now_of(request, council, plan, report)
    clearance = _clearance(shown, position)
    if not Clearance.objects.filter(pk=clearance.pk).asked_of(shown.page.user).exists():
        typed = request.POST.get("comments", "")
        return _page(
            request, shown, moved="This clearance is not asked of you, or not any more.", typed=typed
        )
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": workflow.as_read(shown.report)},
    )
    if form.is_valid():
        try:
            if step := form.attempt(lambda: _answer(form, clearance, shown)):
                messages.success(request, DONE[step.happened].format(clearance))
                return redirect(shown.url("clearance_page"))
        except ClearanceMoved as moved:
            return _page(request, shown, moved=str(moved), typed=form.cleaned_data["comments"])
    return _answer_page(request, shown, clearance, form)


def _answer_page(
    request: HttpRequest, shown: ReportPage, clearance: Clearance, form: AnswerForm
) -> HttpResponse:
    context = shown.context(
        shown.crumb,
        ("Clearance", shown.url("clearance_page")),
        (f"On behalf of the {clearance}", ""),
        form=form,
        clearance=clearance,
        exempt=Audience.EXEMPT in shown.audiences,
        audiences=shown.audiences,
        asked=clearance.steps.last(),
    )
    return render(request, "reports/clearance_answer.html", context, status=422 if form.errors else 200)


DONE = {
    Happened.GIVEN.value: "Cleared on behalf of the {}.",
    Happened.RETURNED.value: "Returned with your comments, on behalf of the {}.",
}


@require_safe
def waiting_list(request: HttpRequest, council: str) -> HttpResponse:
    """The clearances of this council that wait for the reader; the address that e-mails give."""
    page = council_page(request, council)
    items = waiting.clearances_for(page.user, page.council)
    return render(request, "reports/clearance_waiting.html", page.context(("Clearances", ""), items=items))


def now_of(request: HttpRequest, council: str, plan: str, report: str) -> ReportPage:
    """A report that is about to be changed: never on a day that is past."""
    shown = report_of(request, council, plan, report)
    if shown.asked:
        shown.page.refuse_changes_to_the_past()
    return shown


def _answer(form: AnswerForm, clearance: Clearance, shown: ReportPage) -> ClearanceStep:
    said, user, on = form.cleaned_data, shown.page.user, shown.page.day.now
    if said["decision"] == "clear":
        return workflow.give(clearance=clearance, seen=said["seen"], by=user, on=on)
    return workflow.return_with_comments(
        clearance=clearance, comments=said["comments"], kept_because=said["kept_because"], by=user, on=on
    )


def _clearance(shown: ReportPage, position: int) -> Clearance:
    found = Clearance.objects.visible_to(shown.page.user).for_report(shown.report).with_report()
    return get_object_or_404(found, position=position)


def _page(request: HttpRequest, shown: ReportPage, *, moved: str = "", typed: str = "") -> HttpResponse:
    user, report = shown.page.user, shown.report
    rows = [_row(clearance, user) for clearance in report.clearances.with_steps().in_order()]
    writes = may(user, Verb.WRITE_REPORT, report.council)
    if not writes and not any(_was_asked(row, user) for row in rows):
        raise PermissionDenied(
            "Only those who write a report, and those asked to clear it, see its clearance."
        )
    context = shown.context(
        shown.crumb,
        ("Clearance", ""),
        rows=rows,
        writes=writes and not shown.asked,
        reads_all=workflow.reads_all(user, report),
        moved=moved,
        typed=typed,
        notice=notice.of(report.meeting_on, on=shown.page.day.now),
    )
    return render(request, "reports/clearance_page.html", context, status=409 if moved else 200)


def _row(clearance: Clearance, user: User) -> Row:
    steps = tuple(reversed(clearance.steps.all()))
    mine = bool(steps) and steps[0].happened == Happened.ASKED and steps[0].asked_of_id == user.pk
    return Row(clearance, steps, mine)


def _was_asked(row: Row, user: User) -> bool:
    return any(user.pk in (step.asked_of_id, step.by_id) for step in row.steps)
