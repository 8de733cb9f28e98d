"""Every change to a report's clearances."""

from datetime import date

from django.db.models import Max

from improvement import ledger
from improvement.models import User
from reports.models import Clearance, ClearanceStep, Happened, Report


def void(*, report: Report, by: User, on: date, what: str) -> tuple[Clearance, ...]:
    """Take back every clearance that was given, because the report was changed since; return those it took back.

    Call it inside the transaction of the change. `what` says what was changed, for those who cleared it.
    """
    voided = tuple(report.clearances.given().in_order())
    for clearance in voided:
        step = _next_step(clearance, happened=Happened.VOIDED, by=by, on=on, comments=what)
        ledger.record(
            by=by,
            on=on,
            council=report.council,
            verb="void_clearance",
            subject=step,
            before={"state": Happened.GIVEN.value},
            after={"state": Happened.VOIDED.value, "report": report.slug, "post": clearance.post},
            reason=what,
        )
    return voided


def _next_step(clearance: Clearance, **fields: object) -> ClearanceStep:
    last = clearance.steps.aggregate(last=Max("sequence"))["last"] or 0
    return ClearanceStep.objects.create(clearance=clearance, sequence=last + 1, **fields)
