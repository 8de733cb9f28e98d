"""Rating keys of a council: read by all its members, worded and chosen by its plan administrators.

A key shows as it is whatever day is asked for: once an update is rated by it, it never changes.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import RatingScale
from improvement.models.rating import RatingScaleQuerySet
from improvement.pages import CouncilPage, PlanPage, council_page, plan_page, slug_asked
from improvement.permissions import Verb, may, require
from recommendations import key_use
from recommendations.rating_key_forms import ChooseKeyForm, RatingKeyForm
from recommendations.workflow import rating_keys

LIST = "recommendations:rating_key_list"


@require_safe
def rating_key_list(request: HttpRequest, council: str) -> HttpResponse:
    page = council_page(request, council)
    keys = key_use.of_council(page.council, page.user)
    context = page.context(
        ("Rating keys", ""),
        own=[key for key in keys if key.scale.council_id],
        shipped=[key for key in keys if not key.scale.council_id],
        may_keep=may(page.user, Verb.KEEP_KEYS, page.council) and not page.day.asked,
    )
    return render(request, "recommendations/rating_key_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_rating_key(request: HttpRequest, council: str) -> HttpResponse:
    """Word a key of the council's own, beginning with the words of another: `?from=` its slug."""
    page = _to_keep(request, council)
    asked = slug_asked(request, "from")
    start = get_object_or_404(_keys(page), slug=asked) if asked else _keys(page).default()
    form = RatingKeyForm(_sent(request), scale=start, name="")
    if _is_only_shown(request, form):
        return _form_page(request, page, form, start=start)
    try:
        rating_keys.word_rating_key(council=page.council, by=page.user, on=page.day.now, **form.said)
    except ValidationError as refused:
        form.refuse(refused)
        return _form_page(request, page, form, start=start)
    return _saved(request, page, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_rating_key(request: HttpRequest, council: str, key: str) -> HttpResponse:
    """Reword a key of the council's own, while no update is rated by it."""
    page = _to_keep(request, council)
    scale = get_object_or_404(_keys(page), slug=key)
    form = RatingKeyForm(_sent(request), scale=scale, name=scale.name)
    if scale.council is None or (key_use.is_used(scale) and not form.is_bound):
        return _kept_page(request, page, scale)
    if _is_only_shown(request, form):
        return _form_page(request, page, form, scale=scale)
    words = {"version": form.version, **form.said}
    try:
        rating_keys.reword_rating_key(scale=scale, by=page.user, on=page.day.now, **words)
    except ValidationError as refused:
        form.refuse(refused)
        return _form_page(request, page, form, scale=scale)
    except (rating_keys.ChangedMeanwhile, rating_keys.KeyIsUsed) as clash:
        return _clash_page(request, page, scale, clash)
    return _saved(request, page, form)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_rating_key(request: HttpRequest, council: str, plan: str) -> HttpResponse:
    """Which key a plan's actions are rated by, while nobody has rated one."""
    page = plan_page(request, council, plan)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_KEYS, page.plan.council)
    form = _choice(page, _sent(request))
    if not form.is_valid():
        return _choice_page(request, page, form)
    seen, chosen = form.cleaned_data["seen"], form.cleaned_data["key"]
    try:
        rating_keys.choose_rating_key(plan=page.plan, seen=seen, scale=chosen, by=page.user, on=page.day.now)
    except rating_keys.PlanIsRated:
        return _choice_page(request, page, form, status=409)
    except rating_keys.ChangedMeanwhile as clash:
        again = _choice(page, {"key": chosen.slug, "seen": page.plan.rating_scale.slug})
        again.add_error("key", f"{clash} Choose again if you want another.")
        return _choice_page(request, page, again, status=409)
    messages.success(request, f"Actions of {page.plan} are rated by “{chosen}”.")
    return redirect(LIST, page.plan.council.slug)


def _to_keep(request: HttpRequest, council: str) -> CouncilPage:
    """The council, for somebody who may word its keys."""
    page = council_page(request, council)
    page.refuse_changes_to_the_past()
    require(page.user, Verb.KEEP_KEYS, page.council)
    return page


def _keys(page: CouncilPage) -> RatingScaleQuerySet:
    keys = RatingScale.objects.visible_to(page.user).for_council(page.council)
    return keys.select_related("council").prefetch_related("ratings")


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _is_only_shown(request: HttpRequest, form: RatingKeyForm) -> bool:
    """Whether the page comes back without a change: it was opened, looked at, or filled in wrongly."""
    return not form.is_valid() or "preview" in request.POST


def _form_page(
    request: HttpRequest,
    page: CouncilPage,
    form: RatingKeyForm,
    *,
    start: RatingScale | None = None,
    scale: RatingScale | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    here = scale.name if scale else "Word a key"
    context = page.context(
        ("Rating keys", page.url(LIST)), (here, ""), form=form, start=start, scale=scale, **more
    )
    status = 422 if form.errors and status == 200 else status
    return render(request, "recommendations/rating_key_form.html", context, status=status)


def _clash_page(
    request: HttpRequest, page: CouncilPage, scale: RatingScale, clash: Exception
) -> HttpResponse:
    """What was typed stays: to be saved over the other's words, or as a new key where the old one must stay."""
    kept, theirs = request.POST.copy(), get_object_or_404(_keys(page), pk=scale.pk)
    kept["version"] = str(theirs.version)
    form = RatingKeyForm(kept, scale=theirs, name=theirs.name)
    form.is_valid()
    used = isinstance(clash, rating_keys.KeyIsUsed)
    more: dict[str, Any] = {"theirs": theirs, "used": used, "sentence": str(clash)}
    return _form_page(request, page, form, scale=None if used else scale, status=409, **more)


def _kept_page(request: HttpRequest, page: CouncilPage, scale: RatingScale) -> HttpResponse:
    context = page.context(("Rating keys", page.url(LIST)), (scale.name, ""), scale=scale)
    status = 409 if request.method == "POST" else 200
    return render(request, "recommendations/rating_key_kept.html", context, status=status)


def _saved(request: HttpRequest, page: CouncilPage, form: RatingKeyForm) -> HttpResponse:
    messages.success(request, f"Rating key “{form.said['name']}” saved.")
    return redirect(page.url(LIST))


def _choice(page: PlanPage, sent: QueryDict | dict[str, str] | None) -> ChooseKeyForm:
    keys = RatingScale.objects.visible_to(page.user).for_council(page.plan.council).in_order()
    return ChooseKeyForm(sent, plan=page.plan, keys=keys.prefetch_related("ratings"))


def _choice_page(
    request: HttpRequest, page: PlanPage, form: ChooseKeyForm, *, status: int = 0
) -> HttpResponse:
    context = page.context(("Rating key", ""), form=form, rated=key_use.rated_in(page.plan))
    status = status or (422 if form.errors else 200)
    return render(request, "recommendations/rating_key_choose.html", context, status=status)
