"""The lists of a council as CSV, each as its page shows it; `columns=all` adds what the page leaves out."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards.board_pages import board_page
from boards.models import Board, Meeting, Seat
from improvement import clock, grade_chart
from improvement.models import Framework, Inspection, Intervention, Plan
from improvement.pages import CouncilPage, council_page
from improvement.spreadsheet import Columns, day, list_file
from recommendations import key_use
from recommendations.key_use import KeyInCouncil
from reports.models import Layout
from reports.views.layouts import reports_in

PLANS = Columns(
    shown=("plan", "version", "version_agreed_on"), more=("address", "rating_key", "closed_on", "inspections")
)
INSPECTIONS = Columns(
    shown=("inspection", "inspectorates", "started_on", "ended_on", "published_on"),
    more=("framework", "received_on", "received_note", "grades", "note"),
)
INTERVENTIONS = Columns(
    shown=("kind", "by", "issued_on", "issued", "after_inspection", "ended_on"),
    more=("expected", "expected_months", "report_every", "report_unit", "note"),
)
RATING_KEYS = Columns(
    shown=("key", "letter", "word", "meaning", "counts_as", "used_by"),
    more=("colour", "worded_by", "for_a_new_plan", "note"),
)
LAYOUTS = Columns(
    shown=("layout", "about", "numbers", "rows", "sections", "cleared_for", "reports"),
    more=("set_out_by", "first_number", "appendices", "cover", "prints_clearance"),
)
BOARDS = Columns(
    shown=("board", "meets", "next_meeting_on", "holds_to_account"),
    more=("purpose", "accountable_to", "reports_to", "principles", "note"),
)
MEETINGS = Columns(
    shown=("meeting_on", "state", "starts_at", "place", "papers_by", "called_off_because"),
    more=("arranged_on", "called_off_on", "note"),
)
SEATS = Columns(shown=("role", "post", "organisation", "from_on", "until_on"))
FRAMEWORKS = Columns(
    shown=("framework", "kind", "inspectorates", "from_on", "until_on", "areas", "duties"),
    more=("address", "note"),
)


def _name(page: CouncilPage, what: str) -> str:
    return f"{page.council.slug}-{what}-{page.day.on.isoformat()}"


@require_safe
def plans_csv(request: HttpRequest, council: str) -> HttpResponse:
    page = council_page(request, council)
    shown = Plan.objects.visible_to(page.user).filter(council=page.council).with_version(on=page.day.on)
    plans: Iterable[Any] = shown.select_related("rating_scale").prefetch_related("inspections")
    rows = (
        [
            plan.name,
            plan.version_label or "",
            day(plan.version_agreed_on),
            plan.slug,
            plan.rating_scale.name,
            day(plan.closed_on if plan.is_closed(page.day.on) else None),
            "; ".join(inspection.name for inspection in plan.inspections.all()),
        ]
        for plan in plans
    )
    return list_file(request, _name(page, "plans"), PLANS, rows)


@require_safe
def inspections_csv(request: HttpRequest, council: str) -> HttpResponse:
    """One row per inspection that had begun by the day; grades and days that were not known then are empty."""
    page = council_page(request, council)
    begun = Inspection.objects.visible_to(page.user).filter(council=page.council).begun(on=page.day.on)
    inspections = list(begun.with_judgements())
    known = {inspection.pk for inspection in grade_chart.reported(inspections, on=page.day.on)}
    rows = (_inspection(one, page, grades=one.pk in known) for one in inspections)
    return list_file(request, _name(page, "inspections"), INSPECTIONS, rows)


def _inspection(one: Inspection, page: CouncilPage, *, grades: bool) -> list[str]:
    by_then = [on if on and on <= page.day.on else None for on in (one.published_on, one.received_on)]
    judged = one.judgements.all() if grades else ()
    return [
        one.name,
        one.inspectorates,
        day(one.started_on),
        day(one.ended_on),
        day(by_then[0]),
        one.framework.name,
        day(by_then[1]),
        one.received_note if by_then[1] else "",
        "; ".join(f"{judgement.area}: {judgement.grade}" for judgement in judged),
        one.note,
    ]


@require_safe
def interventions_csv(request: HttpRequest, council: str) -> HttpResponse:
    page = council_page(request, council)
    on = page.day.on
    known = Intervention.objects.visible_to(page.user).filter(council=page.council).known(on=on)
    rows = (
        [
            one.get_kind_display(),
            one.by_whom,
            day(one.issued_on),
            one.issued_text,
            one.inspection.name if one.inspection else "",
            day(one.ended_on if one.ended_on and one.ended_on <= on else None),
            one.expected,
            str(one.expected_months or ""),
            str(one.report_every or ""),
            one.get_report_unit_display() if one.report_every else "",
            one.note,
        ]
        for one in known.select_related("inspection")
    )
    return list_file(request, _name(page, "interventions"), INTERVENTIONS, rows)


@require_safe
def rating_keys_csv(request: HttpRequest, council: str) -> HttpResponse:
    """One row per rating of each key: the council's own first, then those that Waymark ships."""
    page = council_page(request, council)
    keys = key_use.of_council(page.council, page.user)
    own_first = sorted(keys, key=lambda key: key.scale.council_id is None)
    rows = (row for key in own_first for row in _ratings(key))
    return list_file(request, _name(page, "rating-keys"), RATING_KEYS, rows)


def _ratings(key: KeyInCouncil) -> Iterator[list[str]]:
    scale = key.scale
    for rating in scale.ratings.all():
        yield [
            scale.name,
            rating.letter,
            rating.word,
            rating.meaning,
            rating.get_counts_as_display(),
            "; ".join(use.plan.name for use in key.plans),
            rating.colour,
            "the council" if scale.council_id else "Waymark",
            "yes" if scale.is_default else "no",
            scale.note,
        ]


@require_safe
def layouts_csv(request: HttpRequest, council: str) -> HttpResponse:
    """One row per layout: the council's own first, then those that Waymark ships."""
    page = council_page(request, council)
    shown = Layout.objects.visible_to(page.user).offered_to(page.council).with_rows().own_first()
    used = reports_in(page)
    rows = (_layout(layout, used.get(layout.pk, 0)) for layout in shown)
    return list_file(request, _name(page, "layouts"), LAYOUTS, rows)


def _layout(layout: Layout, used: int) -> list[str]:
    return [
        layout.name,
        layout.about,
        layout.get_numbering_display(),
        str(len(layout.rows.all())),
        str(len(layout.sections.all())),
        "; ".join(post.post for post in layout.posts.all()),
        str(used),
        "the council" if layout.council_id else "Waymark",
        str(layout.first_number),
        layout.get_appendices_display(),
        "yes" if layout.has_cover else "no",
        "yes" if layout.prints_clearance else "no",
    ]


@require_safe
def boards_csv(request: HttpRequest, council: str) -> HttpResponse:
    page = council_page(request, council)
    boards = Board.objects.visible_to(page.user).for_council(page.council).prefetch_related("plans")
    coming = Meeting.objects.visible_to(page.user).arranged_by(on=page.day.on).to_come(on=page.day.on)
    following: dict[int, Meeting] = {}
    for meeting in coming.filter(board__in=boards):
        following.setdefault(meeting.board_id, meeting)
    rows = (_board(board, following.get(board.pk)) for board in boards)
    return list_file(request, _name(page, "boards"), BOARDS, rows)


def _board(board: Board, following: Meeting | None) -> list[str]:
    return [
        board.name,
        board.frequency,
        day(following.on if following else None),
        "; ".join(plan.name for plan in board.plans.all()),
        board.purpose,
        board.accountable_to,
        board.reports_to,
        board.principles,
        board.note,
    ]


@require_safe
def meetings_csv(request: HttpRequest, council: str, board: str) -> HttpResponse:
    """One row per meeting that had been arranged by the day: those to come, those held, those called off."""
    room = board_page(request, council, board)
    on = room.day.on
    known = Meeting.objects.visible_to(room.user).for_board(room.board).arranged_by(on=on)
    parts = (
        ("To come", known.to_come(on=on)),
        ("Held", known.held(on=on)),
        ("Called off", known.called_off(on=on)),
    )
    rows = (_meeting(meeting, state) for state, meetings in parts for meeting in meetings)
    return list_file(request, f"{room.board.slug}-meetings-{on}", MEETINGS, rows)


def _meeting(meeting: Meeting, state: str) -> list[str]:
    called_off = state == "Called off"
    return [
        day(meeting.on),
        state,
        f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "",
        meeting.place,
        day(meeting.cut_off_on),
        meeting.called_off_because if called_off else "",
        day(meeting.arranged_on),
        day(meeting.called_off_on if called_off else None),
        meeting.note,
    ]


@require_safe
def seats_csv(request: HttpRequest, council: str, board: str) -> HttpResponse:
    """One row per seat of the day, the post that has it and never a person."""
    room = board_page(request, council, board)
    seats = Seat.objects.visible_to(room.user).for_board(room.board).sitting(on=room.day.on).in_order()
    rows = (
        [
            seat.get_role_display(),
            seat.title,
            seat.organisation.name if seat.organisation else "",
            day(seat.from_on),
            day(seat.until_on),
        ]
        for seat in seats.select_related("organisation")
    )
    return list_file(request, f"{room.board.slug}-seats-{room.day.on}", SEATS, rows)


@require_safe
def frameworks_csv(request: HttpRequest) -> HttpResponse:
    """One row per framework, the newest first; they belong to no council."""
    shown: Iterable[Any] = Framework.objects.with_counts().order_by("-from_on", "slug")
    rows = (
        [
            one.name,
            one.get_kind_display(),
            one.inspectorates,
            day(one.from_on),
            day(one.until_on),
            str(one.area_count),
            str(one.duty_count),
            one.slug,
            one.note,
        ]
        for one in shown
    )
    return list_file(request, f"frameworks-{clock.today().isoformat()}", FRAMEWORKS, rows)
