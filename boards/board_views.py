"""Boards: their terms of reference, seats, meetings, and everything that they decided and asked for."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from boards import meeting_dates, meeting_room
from boards.board_pages import BoardPage, answer, board_page, sent, told
from boards.meeting_forms import BoardForm, DatesForm, EndActionForm, EndSeatForm, SeatForm
from boards.models import Board, BoardAction, Decision, Meeting, Seat
from boards.workflow import at_meeting, meetings
from boards.workflow import boards as board_workflow
from boards.workflow.meetings import When
from improvement.pages import council_page
from improvement.permissions import Verb, may, require

forms_of = require_http_methods(["GET", "HEAD", "POST"])
LATEST = 10


@require_safe
def board_list(request: HttpRequest, council: str) -> HttpResponse:
    page = council_page(request, council)
    boards = list(Board.objects.visible_to(page.user).for_council(page.council).prefetch_related("plans"))
    dates: dict[int, Meeting] = {}
    coming = Meeting.objects.visible_to(page.user).arranged_by(on=page.day.on).to_come(on=page.day.on)
    for meeting in coming.filter(board__in=boards):
        dates.setdefault(meeting.board_id, meeting)
    context = page.context(
        ("Boards", ""),
        section="board",
        rows=[(board, dates.get(board.pk)) for board in boards],
        keeper=not page.day.asked and may(page.user, Verb.KEEP_BOARD, page.council),
    )
    return render(request, "boards/board_list.html", context)


@require_safe
def show_board(request: HttpRequest, council: str, board: str) -> HttpResponse:
    room, lines = board_page(request, council, board), meeting_room.lines
    shown, on = room.board, room.day.on
    known = Meeting.objects.visible_to(room.user).for_board(shown).arranged_by(on=on)
    seats = Seat.objects.visible_to(room.user).for_board(shown).sitting(on=on).in_order()
    made = Decision.objects.visible_to(room.user).for_board(shown).made_by(on=on).latest_first()
    decisions, log = list(made.with_what_changed()), meeting_room.log(shown, on=on, user=room.user)
    context = room.context(
        seats=meeting_room.by_role(seats),
        coming=known.to_come(on=on),
        held=known.held(on=on),
        called_off=known.called_off(on=on),
        log=[one for one in log if one.end is None],
        ended=[one for one in log if one.end],
        decisions=decisions[:LATEST],
        earlier=decisions[LATEST:],
        terms=[
            ("Purpose", lines(shown.purpose)),
            ("Accountable to", lines(shown.accountable_to)),
            ("Reports to", lines(shown.reports_to)),
            ("Principles", lines(shown.principles)),
        ],
        plans=shown.plans.all(),
        decider=room.may(Verb.DECIDE_AT_MEETING),
    )
    return render(request, "boards/board_page.html", context)


@forms_of
def add_board(request: HttpRequest, council: str) -> HttpResponse:
    page = council_page(request, council)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_BOARD, page.council)
    form = BoardForm(sent(request), council=page.council)
    if form.is_valid():
        added = form.attempt(
            lambda: board_workflow.add_board(
                council=page.council, by=page.user, on=page.day.now, **form.values()
            )
        )
        if added:
            return redirect(told(request, f"{added} is set up.", page.url("meetings:board_page", added.slug)))
    back = page.url("meetings:board_list")
    context = page.context(
        ("Boards", back), ("Set up a board", ""), section="board", form=form, title="Set up a board"
    )
    shown = {**context, "button": "Set up the board", "back": back}
    return render(request, "boards/board_form.html", shown, status=422 if form.errors else 200)


@forms_of
def change_terms(request: HttpRequest, council: str, board: str) -> HttpResponse:
    room = board_page(request, council, board, needs=Verb.KEEP_BOARD)
    form = BoardForm(sent(request), council=room.page.council, board=room.board)

    def save() -> str:
        board_workflow.change_terms(board=room.board, by=room.user, on=room.day.now, **form.values())
        return told(request, "The terms of reference are saved.", room.url("board_page"))

    title = "Terms of reference"
    return answer(request, room, form, save, title=title, button="Save", back=room.url("board_page"))


@forms_of
def add_seat(request: HttpRequest, council: str, board: str) -> HttpResponse:
    room = board_page(request, council, board, needs=Verb.KEEP_BOARD)
    form = SeatForm(sent(request), council=room.page.council)

    def save() -> str:
        seat = board_workflow.add_seat(board=room.board, by=room.user, on=room.day.now, **form.values())
        return told(request, f"{seat} has a seat.", room.url("board_page"))

    return answer(
        request, room, form, save, title="Add a seat", button="Add the seat", back=room.url("board_page")
    )


@forms_of
def end_seat(request: HttpRequest, council: str, board: str, seat: str) -> HttpResponse:
    room = board_page(request, council, board, needs=Verb.KEEP_BOARD)
    shown = get_object_or_404(Seat.objects.visible_to(room.user).for_board(room.board), slug=seat)
    form = EndSeatForm(sent(request))

    def save() -> str:
        until_on = form.cleaned_data["until_on"]
        board_workflow.end_seat(seat=shown, until_on=until_on, by=room.user, on=room.day.now)
        return told(request, f"{shown} leaves the board.", room.url("board_page"))

    title = f"End the seat of {shown}"
    return answer(request, room, form, save, title=title, button="Save", back=room.url("board_page"))


@forms_of
def arrange_meetings(request: HttpRequest, council: str, board: str) -> HttpResponse:
    """The form first; a valid one shows the days; sending the ticked ones puts them into the diary."""
    room = board_page(request, council, board, needs=Verb.KEEP_BOARD)
    form = DatesForm(sent(request), board=room.board, first_on=room.day.now + timedelta(days=1))
    proposed = _proposed(room, form) if form.is_valid() else ()
    ticked = request.POST.getlist("day") if "arrange" in request.POST else None
    chosen = form.chosen(proposed, ticked) if proposed and ticked is not None else []
    if chosen:
        said = form.cleaned_data
        when = [When(one.on, one.cut_off_on, said["starts_at"], said["place"]) for one in chosen]
        arranged = form.attempt(
            lambda: meetings.arrange_meetings(board=room.board, when=when, by=room.user, on=room.day.now)
        )
        if arranged:
            words = f"{len(arranged)} meeting{'' if len(arranged) == 1 else 's'} arranged."
            return redirect(told(request, words, room.url("board_page")))
    context = room.context(("Arrange meetings", ""), form=form, proposed=proposed, ticked=ticked)
    return render(request, "boards/meeting_dates.html", context, status=422 if form.errors else 200)


def _proposed(room: BoardPage, form: DatesForm) -> tuple[meeting_dates.Proposed, ...]:
    said = form.cleaned_data
    taken = Meeting.objects.visible_to(room.user).for_board(room.board).values_list("on", flat=True)
    return meeting_dates.propose(
        form.rule,
        first_on=said["first_on"],
        count=said["count"],
        cut_off_days=said["cut_off_days"],
        taken=set(taken),
    )


@forms_of
def end_action(request: HttpRequest, council: str, board: str, number: int) -> HttpResponse:
    room = board_page(request, council, board, needs=Verb.DECIDE_AT_MEETING)
    actions = BoardAction.objects.visible_to(room.user).for_board(room.board)
    action = get_object_or_404(actions.select_related("meeting", "board__council"), number=number)
    form = EndActionForm(sent(request))

    def save() -> str:
        at_meeting.end_action(action=action, by=room.user, on=room.day.now, **form.cleaned_data)
        return told(request, f"Action {number} is closed.", room.url("board_page"))

    return answer(
        request,
        room,
        form,
        save,
        title=f"Close action {number}",
        button="Close the action",
        back=room.url("board_page"),
        about=action.what,
    )
