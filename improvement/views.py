from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement import gallery
from improvement.who import signed_in


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the server and its database answer; says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Every component of the look on one page, for those who look after the installation."""
    if not signed_in(request).is_staff:
        raise Http404
    return render(
        request, "improvement/gallery.html", {"gallery": gallery.samples(), "crumbs": [("Gallery", "")]}
    )
