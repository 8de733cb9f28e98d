"""What everybody may read without signing in. No session is read, no cookie is set.

A cache may keep a copy but has to ask each time whether it still holds (`no-cache`), so closing a plan works at once; a
strong ETag, the digest of the bytes, makes asking cheap. A plan that was never opened, was closed or does not exist is one
and the same 404.
"""

import hashlib
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from improvement import clock, errors, spreadsheet
from improvement.stored_files import FileAltered
from reports import formats
from reports.models import PublicOpening, PublishedFile
from reports.public import atom, data, seen
from reports.public.seen import PublicPlan
from reports.workflow import publication

CSV, JSON = "text/csv; charset=utf-8", "application/json"


@login_not_required
@require_safe
def public_plan(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The page; its actions are folded away below their recommendations unless `?all=yes` unfolds them."""
    shown = _shown(request, _opening(council, plan))
    # The day goes on in the page's own links only where the address names it, so that the plain address stays plain.
    asked = shown.on.isoformat() if "on" in request.GET else ""
    whole = request.GET.get("all") == "yes"
    page = render_to_string("public/plan.html", context_of(shown, asked=asked, whole=whole))
    return _handed_out(request, page.encode(), "text/html; charset=utf-8")


@login_not_required
@require_safe
def public_data(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """What the files hold, field by field."""
    shown = _shown(request, _opening(council, plan))
    page = render_to_string("public/about_data.html", context_of(shown))
    return _handed_out(request, page.encode(), "text/html; charset=utf-8")


@login_not_required
@require_safe
def public_feed(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    shown = _shown(request, _opening(council, plan))
    return _handed_out(request, atom.of(shown), "application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
def public_json(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    shown = _shown(request, _opening(council, plan))
    return _handed_out(request, data.as_json(shown), JSON, name=f"{plan}-{shown.on.isoformat()}.json")


@login_not_required
@require_safe
def public_csv(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    shown = _shown(request, _opening(council, plan))
    name = f"{plan}-{shown.on.isoformat()}"
    made = spreadsheet.list_file(request, name, data.COLUMNS, data.rows(shown))
    return _handed_out(request, made.content, CSV, name=f"{name}.csv")


@login_not_required
@require_safe
def public_style(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """The council's colour. In the page itself it would need a nonce, and no two pages would be the same bytes."""
    colour = _opening(council, plan).plan.council.colour
    return _handed_out(request, f":root{{--council-colour:{colour}}}\n".encode(), "text/css; charset=utf-8")


@login_not_required
@require_safe
def public_file(request: HttpRequest, council: str, plan: str, sha256: str, ending: str) -> HttpResponse:
    """The bytes of a report that was published open, while it stands and its plan is open."""
    opening = _opening(council, plan)
    file = PublishedFile.objects.for_everybody(opening.plan).with_bytes(sha256, ending).first()
    if file is None:
        raise Http404

    def content() -> bytes:
        return publication.content_of(file)

    try:
        kind = formats.CONTENT_TYPES[file.format]
        return _answer(request, f'"{file.sha256}"', content, kind, name=file.shown_name)
    except FileAltered:
        return errors.page(request, 500)


def context_of(shown: PublicPlan, **more: object) -> dict[str, object]:
    """What the public page shows; the preview is drawn from the same."""
    plan = shown.opening.plan
    return {"shown": shown, "plan": plan, "council": plan.council, **more}


def _opening(council: str, plan: str) -> PublicOpening:
    return get_object_or_404(PublicOpening.objects.at(council, plan).standing().with_plan())


def _shown(request: HttpRequest, opening: PublicOpening) -> PublicPlan:
    """The plan on the day that is asked for, which is none before its version was agreed and none to come."""
    day = clock.day_shown(request, opening.plan.council)
    if not opening.version.agreed_on <= day.on <= day.now:
        raise Http404
    return seen.of(opening, on=day.on)


def _handed_out(request: HttpRequest, content: bytes, kind: str, *, name: str = "") -> HttpResponse:
    return _answer(request, f'"{hashlib.sha256(content).hexdigest()}"', lambda: content, kind, name=name)


def _answer(
    request: HttpRequest, etag: str, content: Callable[[], bytes], kind: str, *, name: str
) -> HttpResponse:
    """The bytes, or nothing where the reader has them. `name` is what they are called when saved."""
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(content(), content_type=kind)
        if name:
            response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    return response
