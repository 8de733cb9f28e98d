"""What holds for every page."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from improvement import errors

Handler = Callable[[HttpRequest], HttpResponse]


def private_pages(get_response: Handler) -> Handler:
    """Pages of somebody signed in are kept by no cache, so that Back after signing out shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def plain_refusals(get_response: Handler) -> Handler:
    """A bare 405 becomes a page that says what to do; an address that no database can look up is not found."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            return errors.page(request, 404)
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            return errors.method_not_allowed(request, response.get("Allow", ""))
        return response

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Closes everything that is not marked public. What is public is answered without asking who is there.

    Django's own asks first, which reads the session and makes the answer differ from cookie to cookie.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
