"""Who may change which action, and what no change gets past."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError

from improvement.models import Council, LeadOfficer, Plan, User
from improvement.permissions import MAY, Verb, require, role_in
from recommendations.models import Action

LONGEST_TEXT = 5000
LINE_ENDS = re.compile(r"[\v\f]")
# What no file that Waymark writes can hold: control characters, halves of a pair, and what is no character at all.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PlanClosed(ValidationError):
    """The plan was closed; nothing in it changes any more."""


class OwnWork(PermissionDenied):
    """Nobody signs off, or judges, what they did themselves."""


@dataclass(frozen=True)
class Updatable:
    """The actions of a council that a user may update on a day: any, or those of the posts held."""

    any: bool
    posts: frozenset[int]
    on: date

    def covers(self, action: Action) -> bool:
        return self.any or any(lead.lead_officer_id in self.posts for lead in action.leads_on(self.on))


def updatable_by(user: User, council: Council, *, on: date) -> Updatable:
    """Board members and plan administrators any action; lead officers those of posts that they hold on the day."""
    role = role_in(user, council) if user.is_active else None
    verbs = MAY[role] if role else frozenset[Verb]()
    if Verb.UPDATE_ANY in verbs:
        return Updatable(any=True, posts=frozenset(), on=on)
    held = posts_held(user, council, on=on) if Verb.UPDATE_OWN in verbs else frozenset[int]()
    return Updatable(any=False, posts=held, on=on)


def posts_held(user: User, council: Council, *, on: date) -> frozenset[int]:
    held = LeadOfficer.objects.visible_to(user).filter(council=council).held_by(user, on=on)
    return frozenset(held.values_list("pk", flat=True))


def leads(user: User, action: Action, *, on: date) -> bool:
    """Whether the user holds a post that leads the action on the day, in whatever place."""
    held = posts_held(user, action.recommendation.plan.council, on=on)
    return any(lead.lead_officer_id in held for lead in action.leads_on(on))


def require_update(user: User, action: Action, *, on: date) -> None:
    plan = action.recommendation.plan
    if not updatable_by(user, plan.council, on=on).covers(action):
        require(user, Verb.UPDATE_OWN, plan.council)
        raise PermissionDenied("You can update only the actions of posts that you hold.")
    require_open(plan, on=on)


def one_at_a_time(action: Action) -> None:
    """Changes of one action that must not cross wait for each other here, where the database locks rows."""
    Action.objects.select_for_update().get(pk=action.pk)


def require_in_plan(user: User, verb: Verb, plan: Plan, *, on: date) -> None:
    require(user, verb, plan.council)
    require_open(plan, on=on)


def require_open(plan: Plan, *, on: date) -> None:
    # As the database has it: somebody may have closed it since the page was opened.
    if Plan.objects.get(pk=plan.pk).is_closed(on):
        raise PlanClosed("This plan is closed. Nothing in it can be changed.")


def fit(text: str) -> str:
    """Words as every page and every file can hold them: an old line end is a new one, what shows nothing a space."""
    return UNFIT.sub(" ", LINE_ENDS.sub("\n", text))


def require_words(field: str, text: str, missing: str) -> None:
    """Words that a change cannot do without, and not too many of them."""
    if not text.strip():
        raise ValidationError({field: missing})
    require_length(field, text)


def require_length(field: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ValidationError({field: f"Keep it under {LONGEST_TEXT:,} characters."})
