"""The lists of a council as CSV, each as its page shows it; `columns=all` adds what the page leaves out."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards.models import Board, Meeting
from improvement.member_forms import MemberFilter
from improvement.member_views import MemberTable, Row, keeping, listed
from improvement.models import Plan
from improvement.pages import CouncilPage, council_page
from improvement.spreadsheet import Columns, day, list_file
from recommendations import key_use
from recommendations.key_use import KeyInCouncil
from reports.exports import require_known
from reports.models import Layout
from reports.views.layouts import reports_in

PLANS = Columns(
    shown=("plan", "version", "version_agreed_on"), more=("address", "rating_key", "closed_on", "inspections")
)
RATING_KEYS = Columns(
    shown=("key", "letter", "word", "meaning", "counts_as", "used_by"),
    more=("colour", "worded_by", "for_a_new_plan", "note"),
)
LAYOUTS = Columns(
    shown=("layout", "about", "numbers", "rows", "sections", "cleared_for", "reports"),
    more=("set_out_by", "first_number", "appendices", "cover", "prints_clearance"),
)
MEMBERS = Columns(shown=("email", "name", "role", "reads_exempt", "posts"), more=("organisation",))
BOARDS = Columns(
    shown=("board", "meets", "next_meeting_on", "holds_to_account"),
    more=("purpose", "accountable_to", "reports_to", "principles", "note"),
)


def name_of(page: CouncilPage, what: str) -> str:
    return f"{page.council.slug}-{what}-{page.day.on.isoformat()}"


@require_safe
def members_csv(request: HttpRequest, council: str) -> HttpResponse:
    """The council's members, narrowed and sorted as the list is, every page of it; for plan administrators."""
    page = keeping(request, council)
    members = MemberFilter(request.GET, queryset=listed(page))
    require_known(members)
    sorted_members = MemberTable(members.qs, order_by=request.GET.get("sort", "")).data.data
    rows = (_member(Row(membership)) for membership in sorted_members)
    return list_file(request, name_of(page, "members"), MEMBERS, rows)


def _member(row: Row) -> list[str]:
    membership = row.membership
    return [
        membership.user.email,
        membership.user.name,
        membership.get_role_display(),
        "yes" if row.reads_exempt else "no",
        "; ".join(row.posts),
        membership.organisation.name if membership.organisation else "",
    ]


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
    return list_file(request, name_of(page, "plans"), PLANS, rows)


@require_safe
def rating_keys_csv(request: HttpRequest, council: str) -> HttpResponse:
    """One row per rating of each key: the council's own first, then those that Waymark ships."""
    page = council_page(request, council)
    keys = key_use.of_council(page.council, page.user)
    own_first = sorted(keys, key=lambda key: key.scale.council_id is None)
    rows = (row for key in own_first for row in _ratings(key))
    return list_file(request, name_of(page, "rating-keys"), RATING_KEYS, rows)


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
    return list_file(request, name_of(page, "layouts"), LAYOUTS, rows)


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
    return list_file(request, name_of(page, "boards"), BOARDS, rows)


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
