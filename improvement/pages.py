"""The doors that every page of a council and of a plan comes through."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.validators import slug_re
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from improvement import clock
from improvement.clock import Day
from improvement.models import Council, Plan, User
from improvement.who import signed_in


@dataclass(frozen=True)
class PlanPage:
    """Who looks at which plan, on which day."""

    user: User
    plan: Plan
    day: Day

    def context(self, *crumbs: tuple[str, str], **more: Any) -> dict[str, Any]:
        """What every page of a plan shows around its content; a crumb without an address is the page itself."""
        council = self.plan.council
        trail = [(council.name, reverse("council", args=[council.slug]))]
        trail.append((self.plan.name, self.url("boards:plan_dashboard") if crumbs else ""))
        return {"council": council, "plan": self.plan, "day": self.day, "crumbs": [*trail, *crumbs], **more}

    def url(self, name: str, *more: str) -> str:
        """The address of a page of this plan, on the same day."""
        return self.day.carried_to(reverse(name, args=[self.plan.council.slug, self.plan.slug, *more]))

    def actions_url(self, query: str = "") -> str:
        """The list of exactly the actions that a figure counts, on the same day."""
        address = reverse("recommendations:action_list", args=[self.plan.council.slug, self.plan.slug])
        return self.day.carried_to(address, query)

    def refuse_changes_to_the_past(self) -> None:
        refuse_changes_to_the_past(self.day)


@dataclass(frozen=True)
class CouncilPage:
    """Who looks at which council, on which day."""

    user: User
    council: Council
    day: Day

    def context(self, *crumbs: tuple[str, str], **more: Any) -> dict[str, Any]:
        """What every page of a council shows around its content; a crumb without an address is the page itself."""
        trail = [(self.council.name, self.url("council") if crumbs else "")]
        plans = Plan.objects.visible_to(self.user).filter(council=self.council)[:2]
        # With one plan, its pages stand in the navigation.
        only = plans[0] if len(plans) == 1 else None
        return {"council": self.council, "plan": only, "day": self.day, "crumbs": [*trail, *crumbs], **more}

    def url(self, name: str, *more: str) -> str:
        """The address of a page of this council, on the same day."""
        return self.day.carried_to(reverse(name, args=[self.council.slug, *more]))

    def refuse_changes_to_the_past(self) -> None:
        refuse_changes_to_the_past(self.day)


def refuse_changes_to_the_past(day: Day) -> None:
    if day.asked:
        raise PermissionDenied(f"You are looking at {day.on:%-d %B %Y}. Nothing can be changed on that page.")


def council_page(request: HttpRequest, council: str) -> CouncilPage:
    """The council, if it is one of the reader's; a 404 like any other if it is not."""
    user = signed_in(request)
    shown = get_object_or_404(Council.objects.visible_to(user), slug=council)
    return CouncilPage(user, shown, clock.day_shown(request, shown))


def plan_page(request: HttpRequest, council: str, plan: str) -> PlanPage:
    """The plan, if it is one of the reader's; a 404 like any other if it is not."""
    user = signed_in(request)
    plans = Plan.objects.visible_to(user).with_sections().select_related("council", "rating_scale")
    shown = get_object_or_404(plans, council__slug=council, slug=plan)
    return PlanPage(user, shown, clock.day_shown(request, shown.council))


def slug_asked(request: HttpRequest, name: str) -> str:
    """A short name in the address's query, empty without one; what cannot be a short name is not found."""
    asked = request.GET.get(name, "")
    if asked and not slug_re.fullmatch(asked):
        raise Http404
    return asked
