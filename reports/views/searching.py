"""Searching everything that one may see: quickly while typing, and completely on Enter."""

from datetime import date

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from improvement import clock
from improvement.who import signed_in
from reports import search, search_terms
from reports.search import Results
from reports.search_terms import Kind

PAGE_SIZE, QUICK = 20, 7


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """All that was found, narrowed to one kind if asked, page by page."""
    asked, kind, on = search_terms.read(request.GET.get("q", "")), kind_asked(request), day_asked(request)
    number = _page_number(request)
    first = (number - 1) * PAGE_SIZE
    found = search.of(asked, user=signed_in(request), on=on, kind=kind, first=first, at_most=PAGE_SIZE)
    try:
        page = Paginator(range(_count(found, kind)), PAGE_SIZE).page(number)
    except EmptyPage as beyond:
        raise Http404 from beyond
    context = {
        "searching": True,
        "asked": asked,
        "found": found,
        "kind": kind,
        "on": on,
        "page_obj": page,
        "querystring": urlencode(
            {"q": asked.typed, **({"kind": kind} if kind else {}), **({"on": on.isoformat()} if on else {})}
        ),
        "crumbs": [("Search", "")],
    }
    return render(request, "reports/search_page.html", context)


@require_safe
def search_quick(request: HttpRequest) -> HttpResponse:
    """The first few, as a part of the page that asks."""
    asked = search_terms.read(request.GET.get("q", ""))
    on = day_asked(request)
    found = search.of(asked, user=signed_in(request), on=on, at_most=QUICK)
    return render(request, "reports/_search_quick.html", {"asked": asked, "found": found, "on": on})


def day_asked(request: HttpRequest) -> date | None:
    """The day as of which is searched; each council's own where none is named."""
    asked = request.GET.get("on", "")
    return clock.read_day(asked) if asked else None


def kind_asked(request: HttpRequest) -> str:
    kind = request.GET.get("kind", "")
    if kind and kind not in Kind.values:
        raise Http404
    return kind


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 6 and int(number)):
        raise Http404
    return int(number)


def _count(found: Results, kind: str) -> int:
    return sum(group.count for group in found.groups if not kind or group.kind == kind)
