"""The doors that every page of a board and of a meeting comes through."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date

from boards.models import Board, Meeting, MeetingMove
from improvement.clock import Day
from improvement.models import User
from improvement.pages import CouncilPage, council_page
from improvement.permissions import Verb, may, require
from recommendations.forms import CarefulForm


@dataclass(frozen=True)
class BoardPage:
    """Who looks at which board, on which day."""

    page: CouncilPage
    board: Board

    @property
    def user(self) -> User:
        return self.page.user

    @property
    def day(self) -> Day:
        return self.page.day

    def url(self, name: str, *more: Any) -> str:
        """The address of a page of this board, on the same day."""
        places = [self.page.council.slug, self.board.slug, *more]
        return self.day.carried_to(reverse(name if ":" in name else f"meetings:{name}", args=places))

    def may(self, verb: Verb) -> bool:
        """Whether the reader may, on the day that is now."""
        return not self.day.asked and may(self.user, verb, self.page.council)

    def context(self, *crumbs: tuple[str, str], **more: Any) -> dict[str, Any]:
        boards = ("Boards", self.page.url("meetings:board_list"))
        trail = [boards, (self.board.name, self.url("board_page") if crumbs else ""), *crumbs]
        keeper = self.may(Verb.KEEP_BOARD)
        return self.page.context(*trail, board=self.board, section="board", keeper=keeper, **more)


@dataclass(frozen=True)
class MeetingPage(BoardPage):
    """Who looks at which meeting of a board, on which day."""

    meeting: Meeting

    def url(self, name: str, *more: Any) -> str:
        # What is further down, a pack as a file, has a room of its own and lies under the meeting all the same.
        if name in OF_MEETING or ":" in name:
            return super().url(name, self.meeting.on.isoformat(), *more)
        return super().url(name, *more)

    def context(self, *crumbs: tuple[str, str], **more: Any) -> dict[str, Any]:
        own = (f"{self.meeting.on:%-d %B %Y}", self.url("meeting_page") if crumbs else "")
        held = self.meeting.is_held(self.day.on)
        return super().context(own, *crumbs, meeting=self.meeting, held=held, **more)


# Pages whose addresses lie under the meeting's own.
OF_MEETING = frozenset(
    {
        *("meeting_page", "add_item", "add_paper", "set_paper", "record_attendance", "live", "close_meeting"),
        *("minutes_page", "agree_minutes", "call_off", "move_item", "move_meeting"),
    }
)


def board_page(request: HttpRequest, council: str, board: str, *, needs: Verb | None = None) -> BoardPage:
    """The board, if it is one of the reader's. With `needs`, a page on which something is changed."""
    page = council_page(request, council)
    shown = get_object_or_404(
        Board.objects.visible_to(page.user).for_council(page.council).select_related("council"), slug=board
    )
    if needs:
        page.refuse_changes_to_the_past()
        require(page.user, needs, page.council)
    return BoardPage(page, shown)


def moved_address(request: HttpRequest, council: str, board: str, held_on: str) -> str:
    """Where the page of a meeting is that was to be held on a day and was moved; empty where there is none."""
    room = board_page(request, council, board)
    moves = MeetingMove.objects.of_board(room.board).select_related("meeting__board__council")
    move = moves.filter(from_on=_read_day(held_on), on__lte=room.day.on).last()
    return MeetingPage(room.page, room.board, move.meeting).url("meeting_page") if move else ""


def meeting_page(
    request: HttpRequest, council: str, board: str, held_on: str, *, needs: Verb | None = None
) -> MeetingPage:
    """The meeting of a board on a day, if it had been arranged by the day shown."""
    room = board_page(request, council, board, needs=needs)
    day = _read_day(held_on)
    meetings = Meeting.objects.visible_to(room.user).for_board(room.board).arranged_by(on=room.day.on)
    return MeetingPage(
        room.page, room.board, get_object_or_404(meetings.select_related("board__council"), on=day)
    )


def _read_day(written: str) -> date:
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day


def answer(
    request: HttpRequest,
    room: BoardPage,
    form: CarefulForm,
    save: Callable[[], str],
    *,
    title: str,
    button: str,
    back: str,
    template: str = "boards/board_form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form: saved and on to the address that `save` gives, or shown again with what was typed."""
    if form.is_valid():
        address = form.attempt(save)
        if address:
            return redirect(address)
    context = room.context((title, ""), form=form, title=title, button=button, back=back, **more)
    return render(request, template, context, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def told(request: HttpRequest, words: str, address: str) -> str:
    """Say what was done on the next page."""
    messages.success(request, words)
    return address
