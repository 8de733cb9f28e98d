"""What is ticked of the differences between a newer file and its plan, kept until it is loaded."""

from collections.abc import Mapping

from django.db import transaction

from improvement.models import User
from improvement.permissions import Verb, require
from recommendations.models import Intake, IntakeState
from recommendations.workflow.intake_known import ChangedMeanwhile, mended_now


@transaction.atomic
def keep_ticks(*, intake: Intake, ticks: Mapping[str, bool], offered: Mapping[str, bool], by: User) -> None:
    """Keep what somebody ticked on one page while they look at another. `offered` is what can be, and was at first.

    A tick changes nothing and is not in the ledger; what is loaded in the end is. Of two who tick at once each keeps
    what was ticked on their own page.
    """
    require(by, Verb.KEEP_PLAN, intake.council)
    now = mended_now(intake)
    ticked = {**now.get("ticked", {}), **ticks}
    now["ticked"] = {key: tick for key, tick in ticked.items() if offered.get(key, tick) != tick}
    kept = Intake.objects.filter(pk=intake.pk, state=IntakeState.UNDERSTOOD).update(mended=now)
    if not kept:
        raise ChangedMeanwhile


def ticks_of(intake: Intake) -> dict[str, bool]:
    """What was ticked or cleared otherwise than at first."""
    ticked: dict[str, bool] = intake.mended.get("ticked", {})
    return ticked
