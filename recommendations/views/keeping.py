"""The door to the pages on which a plan administrator changes what a plan says."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from improvement.pages import PlanPage, plan_page
from improvement.permissions import Verb, may, require


def keeper_page(request: HttpRequest, council: str, plan: str, verb: Verb = Verb.KEEP_PLAN) -> PlanPage:
    """The plan, for somebody who may change what it says (or do what another verb allows), today, while it is open."""
    page = plan_page(request, council, plan)
    require(page.user, verb, page.plan.council)
    page.refuse_changes_to_the_past()
    if page.plan.is_closed(page.day.now):
        raise PermissionDenied("This plan is closed. Nothing in it can be changed.")
    return page


def may_keep(page: PlanPage) -> bool:
    """Whether to offer such changes on a page."""
    return offers(page, Verb.KEEP_PLAN)


def offers(page: PlanPage, verb: Verb) -> bool:
    """Whether a page offers what a verb allows: to those whose role has it, today, while the plan is open."""
    closed = page.plan.is_closed(page.day.now)
    return not page.day.asked and not closed and may(page.user, verb, page.plan.council)
