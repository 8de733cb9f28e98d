"""Owners from outside: what a link opens without an account, and the links themselves for plan administrators."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from boards import secret_addresses, tries
from boards.chasing_forms import LinkUpdateForm, OwnerLinkForm
from boards.models import OwnerLink
from boards.outside import actions_of
from boards.workflow import owner_links
from improvement import clock, errors
from improvement.pages import CouncilPage, council_page
from improvement.permissions import Verb, require
from improvement.spreadsheet import Columns, day, list_file
from recommendations import progress
from recommendations.models import Action, ProgressUpdate
from recommendations.workflow import UpdatedMeanwhile
from recommendations.workflow.updates import SAID_FREELY

# The session remembers which link was opened, so that its secret is in the address of one request only.
OPENED = "owner_link"
LINKS = Columns(
    shown=(
        *("post", "title", "organisation", "sent_to", "made_on", "made_by"),
        *("opens_until", "taken_back_on", "taken_back_by", "opens"),
    )
)
WRONG_ADDRESSES = 20
UPDATES = 30


# Without an account


@login_not_required
@require_safe
def owner_enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Open a link: the secret leaves the address at once, and pages after it know the link by the session."""
    link = OwnerLink.objects.with_post().filter(digest=secret_addresses.digest_of(secret)).first()
    if link is None or not secret_addresses.fits(secret, link.digest) or not _is_live(link):
        # Whoever has the right address gets in, also from behind one gateway with somebody who guesses.
        many = tries.too_many("owner", tries.where(request), most=WRONG_ADDRESSES)
        tries.count("owner", tries.where(request))
        return _apart(errors.page(request, 429 if many else 404))
    request.session.cycle_key()
    request.session[OPENED] = link.pk
    asked = request.GET.get("action", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return _apart(redirect("boards:owner_update", int(asked)))
    return _apart(redirect("boards:owner_actions"))


@login_not_required
@require_safe
def owner_actions(request: HttpRequest) -> HttpResponse:
    """The open actions of the link's post."""
    link = _opened(request)
    on = clock.day_of(link.post.council)
    actions = actions_of(link, on=on).with_recommendation().with_leads().longest_overdue_first()
    rows = [(each, each.stage in SAID_FREELY) for each in progress.standings(actions, on=on)]
    context = {"link": link, "council": link.post.council, "rows": rows, "on": on}
    return _private(render(request, "boards/owner_actions.html", context))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def owner_update(request: HttpRequest, number: int) -> HttpResponse:
    """Say how one of them stands. Anything else is not found."""
    link = _opened(request)
    on = clock.day_of(link.post.council)
    action = get_object_or_404(actions_of(link, on=on).with_recommendation().with_leads(), pk=number)
    latest = ProgressUpdate.objects.last_of(action)
    if latest and latest.stage not in SAID_FREELY:
        raise Http404
    form = LinkUpdateForm(request.POST if request.method == "POST" else None, latest=latest)
    if not form.is_valid():
        return _update_page(request, link, action, form, status=422 if form.is_bound else 200)
    if tries.too_many("owner-update", str(link.pk), most=UPDATES):
        return _private(errors.page(request, 429))
    tries.count("owner-update", str(link.pk))
    try:
        said = form.attempt(
            lambda: owner_links.post_update_by_link(link=link, action=action, on=on, **form.cleaned_data)
        )
    except UpdatedMeanwhile as clash:
        return _clash_page(request, link, action, clash)
    if not said:
        return _update_page(request, link, action, form, status=422)
    messages.success(request, f"Update of {action} saved. Thank you.")
    return _private(redirect("boards:owner_actions"))


def _update_page(
    request: HttpRequest,
    link: OwnerLink,
    action: Action,
    form: LinkUpdateForm,
    *,
    status: int,
    theirs: ProgressUpdate | None = None,
) -> HttpResponse:
    on = clock.day_of(link.post.council)
    standing = progress.standings([action], on=on)[0]
    context = {
        "link": link,
        "council": link.post.council,
        "standing": standing,
        "form": form,
        "theirs": theirs,
        "crumbs": [("Your actions", reverse("boards:owner_actions")), (f"Update {action}", "")],
    }
    return _private(render(request, "boards/owner_update.html", context, status=status))


def _clash_page(
    request: HttpRequest, link: OwnerLink, action: Action, clash: UpdatedMeanwhile
) -> HttpResponse:
    """What somebody else said meanwhile; sending again puts the writer's after it."""
    kept = request.POST.copy()
    kept["version"] = str(clash.version)
    again = LinkUpdateForm(kept, latest=clash.theirs)
    return _update_page(request, link, action, again, status=409, theirs=clash.theirs)


def _opened(request: HttpRequest) -> OwnerLink:
    """The link that this browser opened, while it holds; without one there is nothing here."""
    opened: Any = request.session.get(OPENED)
    link = OwnerLink.objects.with_post().filter(pk=opened).first() if opened else None
    if link is None or not _is_live(link):
        raise Http404
    return link


def _is_live(link: OwnerLink) -> bool:
    return link.is_live(clock.day_of(link.post.council))


def _private(response: HttpResponse) -> HttpResponse:
    """For no cache and no search engine. Their addresses hold no secret, and forms need their own origin named."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _apart(response: HttpResponse) -> HttpResponse:
    """As above, and the address, which holds the secret, is told to no other site and no other page."""
    response["Referrer-Policy"] = "no-referrer"
    return _private(response)


# For plan administrators


@require_safe
def owner_link_list(request: HttpRequest, council: str) -> HttpResponse:
    page = _keeper(request, council)
    links = OwnerLink.objects.visible_to(page.user).for_council(page.council).with_post().latest_first()
    rows = [(link, link.is_live(page.day.now)) for link in links]
    context = page.context(("Owners from outside", ""), rows=rows)
    return render(request, "boards/owner_link_list.html", context)


@require_safe
def owner_links_csv(request: HttpRequest, council: str) -> HttpResponse:
    """One row per link, the latest first; the addresses that open them are kept nowhere."""
    page = _keeper(request, council)
    links = OwnerLink.objects.visible_to(page.user).for_council(page.council).with_post().latest_first()
    name = f"{page.council.slug}-owner-links-{page.day.now.isoformat()}"
    return list_file(request, name, LINKS, (_link_row(link, page.day.now) for link in links))


def _link_row(link: OwnerLink, on: date) -> list[str]:
    return [
        link.post.abbreviation,
        link.post.title,
        link.post.organisation.name,
        link.email,
        day(link.made_on),
        str(link.made_by),
        day(link.expires_on),
        day(link.revoked_on),
        str(link.revoked_by or ""),
        "yes" if link.is_live(on) else "no",
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def add_owner_link(request: HttpRequest, council: str) -> HttpResponse:
    page = _keeper(request, council)
    form = OwnerLinkForm(request.POST if request.method == "POST" else None, council=page.council)
    if form.is_valid():
        try:
            link = owner_links.make_link(by=page.user, on=page.day.now, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"The link for {link.post.title} is on its way to {link.email}.")
            return redirect(page.url("boards:owner_link_list"))
    crumbs = (("Owners from outside", page.url("boards:owner_link_list")), ("Give a link", ""))
    context = page.context(*crumbs, form=form)
    return render(request, "boards/owner_link_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_owner_link(request: HttpRequest, council: str, number: int) -> HttpResponse:
    page = _keeper(request, council)
    links = OwnerLink.objects.visible_to(page.user).for_council(page.council).with_post()
    link = get_object_or_404(links, pk=number)
    if request.method == "POST":
        owner_links.revoke_link(link=link, by=page.user, on=page.day.now)
        messages.success(request, f"The link for {link.post.title} opens nothing any more.")
        return redirect(page.url("boards:owner_link_list"))
    crumbs = (("Owners from outside", page.url("boards:owner_link_list")), ("Take a link back", ""))
    return render(request, "boards/owner_link_revoke.html", page.context(*crumbs, link=link))


def _keeper(request: HttpRequest, council: str) -> CouncilPage:
    page = council_page(request, council)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.LINK_OWNERS, page.council)
    return page
