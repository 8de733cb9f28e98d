"""Searching everything that one may see: quickly while typing, and completely on Enter."""

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from improvement.who import signed_in
from reports import search
from reports.search import Kind, Results

PAGE_SIZE, QUICK = 20, 7


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """All that was found, narrowed to one kind if asked, page by page."""
    asked, kind = search.read(request.GET.get("q", "")), _kind(request)
    number = _page_number(request)
    found = search.of(
        asked, user=signed_in(request), kind=kind, first=(number - 1) * PAGE_SIZE, at_most=PAGE_SIZE
    )
    try:
        page = Paginator(range(_count(found, kind)), PAGE_SIZE).page(number)
    except EmptyPage as beyond:
        raise Http404 from beyond
    context = {
        "searching": True,
        "asked": asked,
        "found": found,
        "kind": kind,
        "page_obj": page,
        "querystring": urlencode({"q": asked.typed, **({"kind": kind} if kind else {})}),
        "crumbs": [("Search", "")],
    }
    return render(request, "reports/search_page.html", context)


@require_safe
def search_quick(request: HttpRequest) -> HttpResponse:
    """The first few, as a part of the page that asks."""
    asked = search.read(request.GET.get("q", ""))
    found = search.of(asked, user=signed_in(request), at_most=QUICK)
    return render(request, "reports/_search_quick.html", {"asked": asked, "found": found})


def _kind(request: HttpRequest) -> str:
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
