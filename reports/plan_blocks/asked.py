from dataclasses import dataclass
from datetime import date
from functools import cached_property

from improvement.models import Plan
from recommendations import progress
from recommendations.models import Recommendation
from recommendations.progress import Breakdown, Figures
from recommendations.slippage import Slippage
from recommendations.slippage import of_plan as slippage_of
from reports.models import Audience


@dataclass(frozen=True)
class Asked:
    """Of which plan, as of which day, since which, and for whom something is told.

    Take the plan with its council and its rating scale. `since` is None where no report came before. What several parts
    of a paper need is worked out once, when the first of them needs it.
    """

    plan: Plan
    on: date
    since: date | None = None
    audience: Audience = Audience.OPEN

    @cached_property
    def breakdown(self) -> Breakdown:
        return progress.break_down(self.plan, on=self.on)

    @property
    def figures(self) -> Figures:
        return self.breakdown.whole

    @cached_property
    def slippage(self) -> Slippage:
        return slippage_of(self.plan, on=self.on)

    @cached_property
    def recommendations(self) -> int:
        """How many recommendations the plan answers."""
        return Recommendation.objects.for_plan(self.plan).raised_by(on=self.on).count()

    @property
    def compares(self) -> bool:
        """Whether there is an earlier day to compare with."""
        return self.since is not None and self.since < self.on
