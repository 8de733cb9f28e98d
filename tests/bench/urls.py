from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from improvement.urls import handler400, handler403, handler404, handler500
from improvement.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def floor(request: HttpRequest) -> HttpResponse:
    """What a signed-in page costs that shows nothing but the frame."""
    return render(request, "base.html")


def same_bytes(request: HttpRequest) -> HttpResponse:
    """A bare response of the bytes that are being measured."""
    return HttpResponse(SERVED[0], content_type="application/pdf")


SERVED: list[bytes] = []
urlpatterns = [path("bench-floor", floor), path("bench-bytes", same_bytes), *product]
