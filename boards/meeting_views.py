"""A meeting: its agenda, pack, attendance and log; the live page for its chair; and its minutes."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards import deeds, meeting_room, meeting_rounds, minutes_text
from boards.board_pages import MeetingPage, answer, meeting_page, moved_address, sent, told
from boards.meeting_forms import (
    AttendanceForm,
    CallOffForm,
    ItemForm,
    MinutesForm,
    MoveMeetingForm,
    PaperForm,
    ReadinessForm,
)
from boards.models import AgendaItem, MeetingMove, Minutes, PackPaper, Readiness
from boards.workflow import at_meeting, meetings, pack
from boards.workflow import minutes as minutes_workflow
from boards.workflow.meetings import NotedMeanwhile
from improvement.permissions import Verb

forms_of = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def show_meeting(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    try:
        room = meeting_page(request, council, board, held_on)
    except Http404:
        if address := moved_address(request, council, board, held_on):
            return redirect(address)
        raise
    return render(request, "boards/meeting_page.html", room.context(**_standing(room)))


def _standing(room: MeetingPage) -> dict[str, object]:
    """The meeting as it stood on the day, and what the reader may do with it."""
    meeting, on = room.meeting, room.day.on
    over = meeting.is_held(on) or meeting.is_called_off(on)
    return {
        "agenda": meeting_room.agenda(meeting, on=on),
        "others": meeting_room.without_item(meeting, on=on),
        "chairs": meeting_room.chairs(meeting, on=on),
        "pack": meeting_room.pack(meeting, on=on),
        "log": meeting_room.log(room.board, on=on, meeting=meeting, user=room.user),
        "rounds": meeting_rounds.of(meeting, on=on, user=room.user),
        "moves": MeetingMove.objects.of_meeting(meeting),
        "minutes": Minutes.objects.visible_to(room.user).of_meeting(meeting, on=on).first(),
        "decider": room.may(Verb.DECIDE_AT_MEETING),
        "arranging": room.may(Verb.KEEP_BOARD) and not over,
        "opener": room.may(Verb.KEEP_PLAN) and not over and on <= meeting.on,
        "live": room.may(Verb.DECIDE_AT_MEETING) and not over and on >= meeting.on,
        "called_off": meeting.is_called_off(on),
        "cut_off_passed": bool(meeting.cut_off_on and meeting.cut_off_on < on),
    }


@forms_of
def add_item(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    form = ItemForm(sent(request))

    def save() -> str:
        item = meetings.add_item(meeting=room.meeting, by=room.user, on=room.day.now, **form.values())
        return told(request, f"“{item}” is on the agenda.", room.url("meeting_page"))

    back = room.url("meeting_page")
    return answer(request, room, form, save, title="Add to the agenda", button="Add the item", back=back)


@require_POST
def move_item(request: HttpRequest, council: str, board: str, held_on: str, position: int) -> HttpResponse:
    """One place up or down; the page comes back at the same button, so that pressing again moves the item on."""
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    items = AgendaItem.objects.visible_to(room.user).of_meeting(room.meeting, on=room.day.now)
    item, up = get_object_or_404(items, position=position), request.POST.get("way") == "up"
    try:
        meetings.move_item(item=item, up=up, by=room.user, on=room.day.now)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    # At the end of its way only the other button is there.
    end = items.first() if up else items.last()
    way = "up" if up != (end == item) else "down"
    return redirect(f"{room.url('meeting_page')}#{way}-{item.pk}")


@forms_of
def add_paper(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    form = PaperForm(sent(request))

    def save() -> str:
        title = form.cleaned_data["title"]
        pack.add_paper(meeting=room.meeting, title=title, by=room.user, on=room.day.now)
        return told(request, f"The pack expects “{title}”.", room.url("meeting_page"))

    back = room.url("meeting_page")
    return answer(request, room, form, save, title="Add a paper", button="Add the paper", back=back)


@forms_of
def set_paper(request: HttpRequest, council: str, board: str, held_on: str, position: int) -> HttpResponse:
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    papers = PackPaper.objects.visible_to(room.user).of_meeting(room.meeting, on=room.day.now)
    paper = get_object_or_404(papers, position=position)
    form = ReadinessForm(sent(request))

    def save() -> str:
        said = {**form.cleaned_data, "readiness": Readiness(form.cleaned_data["readiness"])}
        step = pack.set_paper(paper=paper, by=room.user, on=room.day.now, **said)
        return told(request, f"{paper}: {step.get_readiness_display().lower()}.", room.url("meeting_page"))

    back = room.url("meeting_page")
    return answer(request, room, form, save, title=paper.title, button="Save", back=back)


@forms_of
def record_attendance(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    form = AttendanceForm(sent(request), chairs=meeting_room.chairs(room.meeting, on=room.day.now))

    def save() -> str:
        at_meeting.record_attendance(
            meeting=room.meeting, presence=form.presence(), by=room.user, on=room.day.now
        )
        return told(request, "Attendance is recorded.", room.url("meeting_page"))

    back = room.url("meeting_page")
    return answer(
        request,
        room,
        form,
        save,
        title="Who was there",
        button="Save attendance",
        back=back,
        template="boards/meeting_attendance.html",
    )


@forms_of
def live(request: HttpRequest, council: str, board: str, held_on: str, position: int) -> HttpResponse:
    """One item at a time, for the chair: what moved, what to ask, and everything that can be decided."""
    room = meeting_page(request, council, board, held_on, needs=Verb.DECIDE_AT_MEETING)
    if room.meeting.is_held(room.day.now) or room.meeting.is_called_off(room.day.now):
        messages.warning(request, "This meeting is over or called off. What it decided stands below.")
        return redirect(room.url("meeting_page"))
    lines = deeds.lines_of(room)
    line = next((one for one in lines if one.item.position == position), None)
    if line is None:
        raise Http404
    shown = deeds.of(room, line, cast(QueryDict | None, sent(request)))
    deed = shown.find(request.POST.get("deed", "")) if request.method == "POST" else None
    if deed and deed.carry_out():
        return redirect(told(request, deed.told, room.url("live", position)))
    if request.method == "POST" and deed is None:
        messages.warning(request, "This has been decided already, or is no longer asked. Nothing was saved.")
        return redirect(room.url("live", position))
    context = _live_context(room, lines, shown, deed)
    return render(request, "boards/meeting_live.html", context, status=422 if deed else 200)


def _live_context(
    room: MeetingPage, lines: tuple[meeting_room.Line, ...], shown: deeds.LiveItem, deed: deeds.Deed | None
) -> dict[str, object]:
    place = [one.item.pk for one in lines].index(shown.line.item.pk)
    context = room.context(
        ("Live", ""),
        lines=lines,
        shown=shown,
        place=place + 1,
        before=lines[place - 1] if place else None,
        after=lines[place + 1] if place + 1 < len(lines) else None,
        log=meeting_room.log(room.board, on=room.day.now, meeting=room.meeting, user=room.user),
        form=deed.form if deed else None,
    )
    # The plan that the item is about stands in the navigation, and the links of its parts lead into it.
    if shown.plan is None:
        return context
    asked = meeting_rounds.of(room.meeting, on=room.day.now, user=room.user)
    of_plan = next((one for one in asked if one.plan == shown.plan.plan), None)
    return {**context, "plan": shown.plan.plan, "round": of_plan}


@forms_of
def call_off(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    form = CallOffForm(sent(request))

    def save() -> str:
        meetings.call_off(meeting=room.meeting, by=room.user, on=room.day.now, **form.cleaned_data)
        return told(request, "The meeting is called off.", room.url("meeting_page"))

    back = room.url("meeting_page")
    return answer(request, room, form, save, title="Call the meeting off", button="Call it off", back=back)


@forms_of
def move_meeting(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    form = MoveMeetingForm(sent(request), meeting=room.meeting)

    def save() -> str:
        moved = meetings.move_meeting(
            meeting=room.meeting, by=room.user, on=room.day.now, **form.cleaned_data
        )
        # The room's meeting is the one that moved, so its address is the new one.
        return told(request, f"The meeting is on {moved.on:%-d %B %Y} now.", room.url("meeting_page"))

    back = room.url("meeting_page")
    return answer(request, room, form, save, title="Move the meeting", button="Move it", back=back)


@require_POST
def close_meeting(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    try:
        meetings.close_meeting(meeting=room.meeting, by=room.user, on=room.day.now)
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return redirect(room.url("meeting_page"))
    return redirect(
        told(request, "The meeting is closed. Its minutes are written below.", room.url("minutes_page"))
    )


@forms_of
def minutes_page(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    """The minutes: for their keeper to edit until they are agreed, for everybody else to read."""
    needs = Verb.KEEP_BOARD if request.method == "POST" else None
    room = meeting_page(request, council, board, held_on, needs=needs)
    latest = Minutes.objects.visible_to(room.user).of_meeting(room.meeting, on=room.day.on).first()
    afresh = latest is None or "afresh" in request.GET
    text = latest.text if latest and not afresh else _draft(room)
    initial = {"text": text, "version": latest.sequence if latest else 0}
    form = MinutesForm(sent(request), initial=initial)
    if form.is_valid() and _saved(room, form):
        return redirect(told(request, "The minutes are saved.", room.url("minutes_page")))
    context = room.context(
        ("Minutes", ""),
        form=form,
        minutes=latest,
        blocks=minutes_text.blocks(latest.text if latest else text),
        editing=room.may(Verb.KEEP_BOARD) and not (latest and latest.agreed),
        afresh=afresh,
    )
    return render(request, "boards/meeting_minutes.html", context, status=422 if form.errors else 200)


def _draft(room: MeetingPage) -> str:
    return minutes_text.draft(room.meeting, on=room.meeting.held_on or room.day.on, user=room.user)


def _saved(room: MeetingPage, form: MinutesForm) -> bool:
    try:
        return bool(
            form.attempt(
                lambda: minutes_workflow.save_minutes(
                    meeting=room.meeting, by=room.user, on=room.day.now, **form.cleaned_data
                )
            )
        )
    except NotedMeanwhile as clash:
        typed = cast(QueryDict, form.data).copy()
        typed["version"] = str(clash.version)
        form.data = typed
        form.add_error(None, f"{clash} Theirs stand below yours.")
        return False


@require_POST
def agree_minutes(request: HttpRequest, council: str, board: str, held_on: str) -> HttpResponse:
    room = meeting_page(request, council, board, held_on, needs=Verb.KEEP_BOARD)
    version = request.POST.get("version", "")
    try:
        minutes_workflow.agree_minutes(
            meeting=room.meeting,
            version=int(version) if version.isascii() and version.isdigit() else 0,
            by=room.user,
            on=room.day.now,
        )
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    except NotedMeanwhile:
        messages.warning(request, "The minutes were saved again since you opened them. Read them first.")
    else:
        messages.success(request, "The minutes are agreed and frozen.")
    return redirect(room.url("minutes_page"))
