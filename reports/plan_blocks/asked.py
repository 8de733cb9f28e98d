from dataclasses import dataclass
from datetime import date

from improvement.models import Plan
from reports.models import Audience


@dataclass(frozen=True)
class Asked:
    """Of which plan, as of which day, since which, and for whom something is told.

    Take the plan with its council and its rating scale. `since` is None where no report came before.
    """

    plan: Plan
    on: date
    since: date | None = None
    audience: Audience = Audience.OPEN
