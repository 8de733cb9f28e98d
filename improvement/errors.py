"""Error pages in plain English, each with a reference that is also in the log."""

import secrets
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme

from improvement.models import Council, Plan

log = structlog.get_logger(__name__)

# Letters that cannot be misread over the telephone.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def page(request: HttpRequest, status: int, detail: str = "", back: str = "", **around: Any) -> HttpResponse:
    reference = "".join(secrets.choice(ALPHABET) for _ in range(8))
    log.warning("refused", status=status, path=request.path, reference=reference)
    content = loader.render_to_string(
        f"{status}.html", {"reference": reference, "detail": detail, "back": back, **around}, request
    )
    return HttpResponse(content, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return page(request, 413)
    return page(request, 400, str(exception) if type(exception).__name__ == "BadRequest" else "")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403, str(exception), back=came_from(request), **place_of(request))


def place_of(request: HttpRequest) -> dict[str, Any]:
    """The council and the plan whose page was refused, for the frame around it, if they are the reader's."""
    places = request.resolver_match.kwargs if request.resolver_match else {}
    if not request.user.is_authenticated or "council" not in places:
        return {}
    council = Council.objects.visible_to(request.user).filter(slug=places["council"]).first()
    plans = Plan.objects.visible_to(request.user).filter(council=council)
    # Without one in the address, the only plan stands in the navigation, as on every page of a council.
    found = list(plans.filter(slug=places["plan"]) if "plan" in places else plans[:2])
    return {"council": council, "plan": found[0] if len(found) == 1 else None}


def came_from(request: HttpRequest) -> str:
    """The page of this site that led here, if the browser says which; never an address of another site."""
    referrer, host = request.headers.get("referer", ""), {request.get_host()}
    parts = urlsplit(referrer) if url_has_allowed_host_and_scheme(referrer, host) else urlsplit("")
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    # Looked at again without its host: a path may itself begin like one, as //elsewhere.example does.
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, host)
    return path if ours and path != request.get_full_path() else ""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request,
        403,
        "This form was open for too long, or came from another site. Go back, reload and send it again.",
        back=came_from(request),
        **place_of(request),
    )


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = page(request, 405)
    response["Allow"] = allowed
    return response
