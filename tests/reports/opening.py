"""A plan that is open to the public, as its administrator opened it."""

from datetime import date

from improvement.models import Plan, PlanVersion, User
from reports.models import PublicOpening
from reports.workflow import opening as workflow
from tests.cast import HARROW_PAGES

DAY = date(2012, 11, 14)
PAGE = f"/public{HARROW_PAGES}"
STATUS = f"{HARROW_PAGES}public/"


def opened(plan: Plan, by: User, *, words: bool = False, on: date = DAY) -> PublicOpening:
    version = PlanVersion.objects.get(plan=plan, label="2.01")
    proposed = workflow.proposed(plan=plan, version=version, words=words, by=by, on=on)
    mark = workflow.mark(proposed, on=on)
    return workflow.open_to_public(plan=plan, version=version, words=words, previewed=mark, by=by, on=on)
