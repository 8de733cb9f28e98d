"""Which steps somebody may take with an action now, for pages to offer just these."""

from dataclasses import dataclass
from datetime import date

from improvement.models import User
from improvement.permissions import MAY, Verb, role_in
from recommendations.models import Action, Stage
from recommendations.models.action import ENDED
from recommendations.workflow.access import updatable_by
from recommendations.workflow.closing import may_reopen, may_sign_off


@dataclass(frozen=True)
class Offers:
    """Each is True where the step is open to this person and the action stands where it can be taken."""

    update: bool = False
    claim: bool = False
    sign_off: bool = False
    reopen: bool = False
    withdraw: bool = False
    move_due_date: bool = False
    decide_due_date: bool = False
    review: bool = False
    challenge: bool = False
    keep_plan: bool = False

    @property
    def any(self) -> bool:
        return any(vars(self).values())


def to(user: User, action: Action, *, stage: str, on: date) -> Offers:
    """What is offered of an action in a stage, by what the role allows and by whose work it is."""
    plan = action.recommendation.plan
    role = role_in(user, plan.council)
    if role is None or plan.is_closed(on):
        return Offers()
    verbs = MAY[role]
    updatable = Verb.UPDATE_OWN in verbs and updatable_by(user, plan.council, on=on).covers(action)
    ended, claimed = stage in ENDED, stage == Stage.AWAITING_SIGN_OFF
    return Offers(
        update=updatable and not ended,
        claim=updatable and not ended and not claimed,
        sign_off=claimed and Verb.SIGN_OFF in verbs and may_sign_off(user, action, on=on),
        reopen=updatable and ended and may_reopen(user, action, stage=stage, on=on),
        withdraw=Verb.KEEP_PLAN in verbs and not ended,
        move_due_date=updatable and not ended,
        decide_due_date=Verb.DECIDE_DUE_DATE in verbs,
        review=Verb.REVIEW in verbs,
        challenge=Verb.CHALLENGE in verbs,
        keep_plan=Verb.KEEP_PLAN in verbs,
    )
