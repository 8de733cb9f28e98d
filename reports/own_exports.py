"""What somebody sees across their councils as CSV, each as its page shows it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards import overview
from boards.models import Follow
from improvement import clock
from improvement.spreadsheet import Columns, list_file
from improvement.who import signed_in
from reports import search, search_terms
from reports.views.searching import day_asked, kind_asked

# More than anybody reads; what is found is laid out in this order on the page.
MOST_FOUND = 10_000
COUNCILS = Columns(
    shown=(
        "council",
        "plan",
        "on",
        "headline",
        "actions",
        "complete",
        "overdue",
        "due_in_30_days",
        "not_updated_for_30_days",
    ),
    more=("should_be_finished", "address"),
)
FOLLOWS = Columns(shown=("follows", "plan", "council", "told_of", "how_often"))
FOUND = Columns(shown=("kind", "place", "title", "text"), more=("address",))


@require_safe
def councils_csv(request: HttpRequest) -> HttpResponse:
    """One row per plan that the reader sees, each as it stands on its council's day, in the order of the names."""
    user = signed_in(request)
    places = [
        (one.council, clock.day_shown(request, one.council))
        for one in user.memberships.select_related("council")
    ]
    rows = map(_plan, overview.of(places, user).rows)
    return list_file(request, f"councils-{clock.today().isoformat()}", COUNCILS, rows)


def _plan(row: overview.Row) -> list[str]:
    counted = {cell.column: cell for cell in row.cells}
    late = counted.get("Overdue")
    return [
        row.council.name,
        row.plan.name,
        row.day.on.isoformat(),
        row.headline,
        *(str(counted[name].count) if name in counted else "0" for name in overview.COLUMNS),
        str(late.of) if late else "0",
        row.url,
    ]


@require_safe
def follows_csv(request: HttpRequest) -> HttpResponse:
    """One row per thing that the reader follows."""
    mine = Follow.objects.visible_to(signed_in(request)).with_subjects().in_order()
    rows = (
        [
            str(one),
            one.plan.name,
            one.plan.council.name,
            one.what.capitalize(),
            one.get_often_display(),
        ]
        for one in mine
    )
    return list_file(request, f"followed-{clock.today().isoformat()}", FOLLOWS, rows)


@require_safe
def found_csv(request: HttpRequest) -> HttpResponse:
    """One row per thing that was found, page after page, narrowed to the same kind and as of the same day."""
    asked, on = search_terms.read(request.GET.get("q", "")), day_asked(request)
    user = signed_in(request)
    found = search.of(asked, user=user, on=on, kind=kind_asked(request), at_most=MOST_FOUND)
    rows = ([str(one.kind.label), one.place, one.title, one.text, one.url] for one in found.shown)
    return list_file(request, f"found-{clock.today().isoformat()}", FOUND, rows)
