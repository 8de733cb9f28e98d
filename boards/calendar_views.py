"""Calendar feeds, by an address that only its owner knows and can make anew."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from boards import calendars, secret_addresses, tries
from boards.calendars import Entry
from boards.models import CalendarAddress
from boards.workflow import following
from improvement import clock, errors
from improvement.models import Plan, User
from improvement.who import signed_in

WRONG_ADDRESSES = 20


@require_POST
def renew_calendar(request: HttpRequest) -> HttpResponse:
    following.renew_calendar_address(by=signed_in(request), on=clock.today())
    messages.success(request, "Your calendar has a new address. Any earlier one opens nothing any more.")
    return redirect(reverse("boards:told") + "#calendar")


@login_not_required
@require_safe
def own_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    user = _whose(request, secret)
    if user is None:
        return _refused(request)
    return _feed(request, "Waymark: my dates", calendars.of_user(user))


@login_not_required
@require_safe
def plan_calendar(request: HttpRequest, secret: str, council: str, plan: str) -> HttpResponse:
    user = _whose(request, secret)
    if user is None:
        return _refused(request)
    plans = Plan.objects.visible_to(user).select_related("council", "rating_scale")
    shown = plans.filter(council__slug=council, slug=plan).first()
    if shown is None:
        return _refused(request)
    return _feed(request, f"Waymark: {shown.name}", calendars.of_plan(user, shown))


def addresses_of(user: User) -> list[tuple[str, str]]:
    """Names and addresses of the feeds that somebody may read; none before they have made their address."""
    address = CalendarAddress.objects.visible_to(user).first()
    if address is None or not address.secret:
        return []
    own = reverse("boards:own_calendar", args=[address.secret])
    found = [("My actions and the statutory clock", settings.PUBLIC_URL + own)]
    for plan in Plan.objects.visible_to(user).select_related("council"):
        places = [address.secret, plan.council.slug, plan.slug]
        found.append((plan.name, settings.PUBLIC_URL + reverse("boards:plan_calendar", args=places)))
    return found


def _whose(request: HttpRequest, secret: str) -> User | None:
    """Whose address it is, if it is anybody's who may still come in."""
    address = CalendarAddress.objects.select_related("user").filter(digest=secret_addresses.digest_of(secret))
    found = address.first()
    if found and secret_addresses.fits(secret, found.digest) and found.user.is_active:
        return found.user
    return None


def _refused(request: HttpRequest) -> HttpResponse:
    """Wrong addresses are counted; a right one gets in, also from behind one gateway with somebody who guesses."""
    many = tries.too_many("calendar", tries.where(request), most=WRONG_ADDRESSES)
    tries.count("calendar", tries.where(request))
    return _apart(errors.page(request, 429 if many else 404))


def _feed(request: HttpRequest, name: str, entries: Iterable[Entry]) -> HttpResponse:
    content = calendars.written(name, entries)
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="waymark.ics"'
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["Cache-Control"] = "private, no-cache"
    return _apart(answer)


def _apart(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
