"""Addresses inside a plan that keep the day the reader looks at."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from recommendations.models import Action, Recommendation

register = template.Library()


@register.simple_tag(takes_context=True)
def actions_url(context: Context, query: str = "") -> str:
    """The list of exactly the actions that a figure counts."""
    plan = context["plan"]
    return _on_day(
        context, reverse("recommendations:action_list", args=[plan.council.slug, plan.slug]), query
    )


@register.simple_tag(takes_context=True)
def plan_url(context: Context, name: str, *places: str, query: str = "") -> str:
    """A page of the plan by its name in `recommendations`."""
    plan = context["plan"]
    address = reverse(f"recommendations:{name}", args=[plan.council.slug, plan.slug, *places])
    return _on_day(context, address, query)


@register.simple_tag(takes_context=True)
def subject_url(context: Context, what: str) -> str:
    """Where evidence is added to, or a review recorded of, the page's action or recommendation."""
    subject = context["subject"]
    kind = "action" if subject.action else "recommendation"
    name = f"{what}_of_{kind}" if what == "add_evidence" else f"{what}_{kind}"
    return str(subject.page.url(f"recommendations:{name}", *subject.places))


@register.simple_tag(takes_context=True)
def action_url(context: Context, action: Action, name: str = "action_page", query: str = "") -> str:
    recommendation = action.recommendation
    plan = recommendation.plan
    places = [plan.council.slug, plan.slug, recommendation.reference, action.number]
    return _on_day(context, reverse(f"recommendations:{name}", args=places), query)


@register.simple_tag(takes_context=True)
def recommendation_url(context: Context, recommendation: Recommendation) -> str:
    plan = context["plan"]
    places = [plan.council.slug, plan.slug, recommendation.reference]
    return _on_day(context, reverse("recommendations:recommendation_page", args=places))


@register.simple_tag(takes_context=True)
def place_url(context: Context, reference: str, number: str = "") -> str:
    """The page of an action, or of a recommendation, by what the plan calls it."""
    plan = context["plan"]
    name, places = ("action_page", [reference, number]) if number else ("recommendation_page", [reference])
    return _on_day(context, reverse(f"recommendations:{name}", args=[plan.council.slug, plan.slug, *places]))


@register.simple_tag(takes_context=True)
def same_list(context: Context, **changes: Any) -> str:
    """This list's address with some parameters changed; None removes one. The page number is always dropped."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"{context['request'].path}?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def list_query(context: Context) -> str:
    """What narrows and sorts this list, and its day; not which page of it is open."""
    query = context["request"].GET.copy()
    for name in ("page", "per_page", "tick"):
        query.pop(name, None)
    return str(query.urlencode())


@register.simple_tag(takes_context=True)
def without(context: Context, name: str) -> str:
    """This list's address with one filter taken off."""
    return same_list(context, **{name: None})


def _on_day(context: Context, address: str, query: str = "") -> str:
    if day := context.get("day"):
        return str(day.carried_to(address, query))
    return f"{address}?{query}" if query else address
