"""What only shows outside a transaction. Such tests end with a flush, so they stand in a file of their own."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django_tasks.base import TaskResultStatus

from improvement import ledger
from improvement.models import Change, LedgerHead, Plan
from recommendations.models import Action, ProgressUpdate
from tests.cast import Cast
from tests.conftest import unprotect
from tests.improvement.test_jobs import ELSEWHERE, NOW, running
from tests.improvement.test_triggers import installed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("time", [1, 2])
def test_both_councils_are_there_again_after_a_flush(harrow: Plan, cast: Cast, time: int) -> None:
    assert Action.objects.for_plan(harrow).count() == 101
    assert (Change.objects.count(), LedgerHead.objects.get().position) == (0, 0)


def test_a_change_outside_a_transaction_is_refused(action: Action, cast: Cast) -> None:
    with pytest.raises(ledger.LedgerBroken, match="in the transaction that makes it"):
        ledger.record(
            by=cast.reader,
            on=date(2012, 11, 14),
            council=action.recommendation.plan.council,
            verb="post_update",
            subject=action,
            before={},
            after={},
        )

    assert Change.objects.count() == 0


def test_migrate_sets_the_triggers_again(harrow: Plan) -> None:
    expected = installed()
    unprotect(Change, ProgressUpdate)
    assert installed() == set()

    call_command("migrate", verbosity=0)

    assert installed() == expected


def test_the_worker_takes_over_and_runs_what_is_queued() -> None:
    job = running(ELSEWHERE, started_at=NOW - timedelta(days=365))
    said = StringIO()

    call_command("worker", "--once", stdout=said)

    job.refresh_from_db()
    assert job.status == TaskResultStatus.SUCCESSFUL
    assert len(job.worker_ids) == 2
    assert said.getvalue() == "Waymark's worker is up. Stop it with Ctrl-C.\n"
