"""Update rounds: what one owes of a round, who has answered, opening and closing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from boards import rounds
from boards.models import Board, Meeting, Round
from boards.models.board import BoardQuerySet
from boards.models.meeting import MeetingQuerySet
from boards.round_forms import NoChangeForm, RoundForm, RoundMeetingForm
from boards.rounds import Kind, Sheet
from boards.workflow.rounds import AlreadyClosed, give_meeting, say_no_change
from boards.workflow.rounds import close_round as close
from boards.workflow.rounds import open_round as open_for
from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, may, require
from recommendations import progress, workflow
from recommendations.forms import CarefulForm, UpdateForm
from recommendations.models import Action, ProgressUpdate, Stage


@require_safe
def round_list(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    known = Round.objects.visible_to(page.user).for_plan(page.plan).opened_by(on=page.day.on)
    asked = list(known.select_related("plan"))
    tallies = dict(zip(asked, rounds.tallies_of(asked, page.user, on=page.day.on), strict=True))
    current = next((found for found in asked if found.is_open(page.day.on)), None)
    keeper = _keeps(page)
    context = page.context(
        ("Update rounds", ""),
        section="actions",
        rounds=[(found, tally) for found, tally in tallies.items() if found is not current],
        current=current,
        tally=current and tallies[current],
        may_open=keeper and not current,
        keeper=keeper,
    )
    return render(request, "boards/round_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_PLAN, page.plan.council)
    coming = _coming(page)
    typed = request.POST if request.method == "POST" else None
    form: CarefulForm = RoundForm(typed)
    if coming:
        form = RoundMeetingForm(typed, coming=coming, on=page.day.now, chosen=request.GET.get("meeting", ""))
    if form.is_valid():
        said = form.cleaned_data
        opened = form.attempt(lambda: open_for(plan=page.plan, by=page.user, on=page.day.now, **said))
        if opened:
            messages.success(request, f"Update round for {opened} opened.")
            return redirect(page.url("boards:round_page", str(opened.number)))
    crumbs = (_list_crumb(page), ("Open a round", ""))
    context = page.context(*crumbs, section="actions", form=form, coming=coming, boards=_boards(page))
    return render(request, "boards/round_open.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def round_meeting(request: HttpRequest, council: str, plan: str, round_number: int) -> HttpResponse:
    """Which meeting an open round is for: another, where its own is called off, or the first that it gets."""
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_PLAN, page.plan.council)
    asked, coming = load_round(page, round_number), _coming(page)
    here = page.url("boards:round_page", str(round_number))
    form = RoundMeetingForm(
        request.POST if request.method == "POST" else None, coming=coming, on=page.day.now
    )
    if form.is_valid():
        said = form.cleaned_data
        if form.attempt(lambda: give_meeting(asked=asked, by=page.user, on=page.day.now, **said)):
            messages.success(request, f"The round is for {asked} now.")
            return redirect(here)
    crumbs = (_list_crumb(page), (str(asked), here), ("Choose the meeting", ""))
    context = page.context(
        *crumbs, section="actions", form=form, round=asked, coming=coming, boards=_boards(page)
    )
    return render(request, "boards/round_meeting.html", context, status=422 if form.errors else 200)


@require_safe
def round_page(request: HttpRequest, council: str, plan: str, round_number: int) -> HttpResponse:
    """Who has answered, by organisation, by post and action by action."""
    page = plan_page(request, council, plan)
    asked = load_round(page, round_number)
    found = rounds.answers(asked, rounds.asked_after(asked, page.user, on=page.day.on), on=page.day.on)
    context = page.context(
        _list_crumb(page),
        (str(asked), ""),
        section="actions",
        round=asked,
        open=asked.is_open(page.day.on),
        called_off=asked.is_called_off(page.day.on),
        owes=_answers(page) and bool(rounds.posts_of(page.user, asked.plan.council, on=page.day.on)),
        tally=rounds.tally(found),
        late=sum(answer.late for answer in found),
        groups=[(kind, [answer for answer in found if answer.kind == kind]) for kind in Kind],
        shares=[
            ("Organisation", rounds.by_organisation(found)),
            ("Lead officer", rounds.by_post(found)),
        ],
        shared=any(len(answer.standing.leads) > 1 for answer in found),
        may_close=_keeps(page) and asked.is_open(page.day.now),
        ratings=progress.ratings_of(page.plan),
    )
    return render(request, "boards/round_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, council: str, plan: str, round_number: int) -> HttpResponse:
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_PLAN, page.plan.council)
    asked = load_round(page, round_number)
    if request.method == "POST":
        try:
            close(asked=asked, by=page.user, on=page.day.now)
            messages.success(request, f"The round for {asked} is closed.")
        except AlreadyClosed as refused:
            messages.warning(request, refused.message)
        return redirect(page.url("boards:round_page", str(round_number)))
    context = page.context(
        _list_crumb(page),
        (str(asked), page.url("boards:round_page", str(round_number))),
        ("Close the round", ""),
        section="actions",
        round=asked,
        tally=rounds.tally_of(rounds.asked_after(asked, page.user, on=page.day.on)),
    )
    return render(request, "boards/round_close.html", context)


@require_safe
def round_answers(request: HttpRequest, council: str, plan: str, round_number: int) -> HttpResponse:
    """What one owes of a round, with the first action that is not answered open."""
    page = plan_page(request, council, plan)
    require(page.user, Verb.UPDATE_OWN, page.plan.council)
    asked = load_round(page, round_number)
    sheet = rounds.sheet_of(page.user, asked, on=page.day.on)
    return _sheet_page(request, page, sheet)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_action(
    request: HttpRequest, council: str, plan: str, round_number: int, reference: str, number: str
) -> HttpResponse:
    """The same page with one of the actions open; what is sent answers for it and opens the next."""
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.UPDATE_OWN, page.plan.council)
    asked = load_round(page, round_number)
    sheet = rounds.sheet_of(page.user, asked, on=page.day.on, place=(reference, number))
    if request.method != "POST":
        return _sheet_page(request, page, sheet)
    if sheet is None or sheet.current is None:
        raise Http404
    if not asked.is_open(page.day.now):
        messages.warning(request, "This round is closed, so nothing was saved.")
        return redirect(page.url("boards:round_answers", str(round_number)))
    return _answer(request, page, sheet, sheet.current.action)


def _answer(request: HttpRequest, page: PlanPage, sheet: Sheet, action: Any) -> HttpResponse:
    """One of the two forms was sent: an update, or that nothing has changed."""
    latest = ProgressUpdate.objects.last_of(action)
    by_update = request.POST.get("answer") != Kind.NO_CHANGE
    form = (UpdateForm if by_update else NoChangeForm)(request.POST, action=action, latest=latest)
    more = {"form" if by_update else "no_change_form": form}
    if not form.is_valid():
        return _sheet_page(request, page, sheet, status=422, **more)
    said = {**form.cleaned_data, "action": action, "by": page.user, "on": page.day.now}
    try:
        if by_update:
            made: Any = form.attempt(lambda: workflow.post_update(**said))
        else:
            made = form.attempt(lambda: say_no_change(asked=sheet.asked, **said))
    except workflow.UpdatedMeanwhile as clash:
        return _clash_page(request, page, sheet.asked, action, form, clash)
    if made is None:
        return _sheet_page(request, page, sheet, status=422, **more)
    messages.success(request, f"{action} answered.")
    return _to_next(page, sheet)


def _clash_page(
    request: HttpRequest,
    page: PlanPage,
    asked: Round,
    action: Action,
    form: UpdateForm | NoChangeForm,
    clash: workflow.UpdatedMeanwhile,
) -> HttpResponse:
    """Both versions; sending again puts the writer's after the other. What was typed stays."""
    said = form.cleaned_data
    more: dict[str, Any] = {"reason": said["reason"]} if isinstance(form, NoChangeForm) else {}
    if isinstance(form, UpdateForm):
        kept = request.POST.copy()
        kept["version"] = str(clash.version)
        more = {
            "form": UpdateForm(kept, action=action, latest=clash.theirs),
            "yours": {**said, "stage": Stage(said["stage"])},
        }
    # Theirs is an answer of this round by now.
    place = (action.recommendation.reference, action.number)
    fresh = rounds.sheet_of(page.user, asked, on=page.day.on, place=place)
    return _sheet_page(request, page, fresh, status=409, theirs=clash.theirs, **more)


def _sheet_page(
    request: HttpRequest, page: PlanPage, sheet: Sheet | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    if sheet is None:
        raise Http404
    asked, current = sheet.asked, sheet.current
    if current and asked.is_open(page.day.on) and not page.day.asked and not current.standing.is_ended:
        latest = ProgressUpdate.objects.last_of(current.action)
        more.setdefault("form", UpdateForm(action=current.action, latest=latest))
        if current.kind != Kind.UPDATED:
            more.setdefault("no_change_form", NoChangeForm(action=current.action, latest=latest))
    context = page.context(
        _list_crumb(page),
        (str(asked), page.url("boards:round_page", str(asked.number))),
        ("What I owe", ""),
        section="actions",
        round=asked,
        sheet=sheet,
        standing=current and current.standing,
        open=asked.is_open(page.day.on),
        called_off=asked.is_called_off(page.day.on),
        ratings=progress.ratings_of(page.plan),
        **more,
    )
    return render(request, "boards/round_answers.html", context, status=status)


def _to_next(page: PlanPage, sheet: Sheet) -> HttpResponse:
    number, following = str(sheet.asked.number), sheet.following
    if following is None:
        return redirect(page.url("boards:round_answers", number))
    reference = following.action.recommendation.reference
    return redirect(page.url("boards:answer_action", number, reference, following.action.number))


def load_round(page: PlanPage, number: int) -> Round:
    """A round of the plan that had been opened by the day that is shown."""
    shown = Round.objects.visible_to(page.user).for_plan(page.plan).opened_by(on=page.day.on)
    known = shown.with_people().with_meeting().select_related("plan__council")
    found: Round = get_object_or_404(known, number=number)
    return found


def _coming(page: PlanPage) -> MeetingQuerySet:
    """The meetings to come of the boards that the plan answers to."""
    known = Meeting.objects.visible_to(page.user).of_plan(page.plan)
    return known.arranged_by(on=page.day.now).ahead(on=page.day.now)


def _boards(page: PlanPage) -> BoardQuerySet:
    return Board.objects.visible_to(page.user).filter(plans=page.plan)


def _keeps(page: PlanPage) -> bool:
    """Whether the reader opens and closes rounds: never on a day that is past, nor in a plan that is closed."""
    open_now = not page.day.asked and not page.plan.is_closed(page.day.now)
    return open_now and may(page.user, Verb.KEEP_PLAN, page.plan.council)


def _answers(page: PlanPage) -> bool:
    return may(page.user, Verb.UPDATE_OWN, page.plan.council)


def _list_crumb(page: PlanPage) -> tuple[str, str]:
    return "Update rounds", page.url("boards:round_list")
