"""What an intake says when no worker lived to the end of its job."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from improvement import jobs
from recommendations.intake.job import NOT_LOADED, NOT_READ
from recommendations.models import IntakeState
from tests.cast import Cast
from tests.recommendations.views.intakes import intake_of

NOW = datetime(2025, 7, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("job", "was", "then", "problem"),
    [
        ("read_file", IntakeState.READING, IntakeState.FAILED, NOT_READ),
        ("load_file", IntakeState.LOADING, IntakeState.UNDERSTOOD, NOT_LOADED),
        ("load_file", IntakeState.LEFT, IntakeState.LEFT, ""),
    ],
)
def test_after_three_workers_nobody_waits_for_it(
    cast: Cast, job: str, was: IntakeState, then: IntakeState, problem: str
) -> None:
    intake = intake_of(cast.plan_administrator, state=was)
    DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [intake.pk], "kwargs": {"version": 1}},
        task_path=f"recommendations.intake.job.{job}",
        backend_name="default",
        run_after=get_date_max(),
        started_at=NOW - timedelta(days=1),
        worker_ids=["another-machine:77:aaaa"] * 3,
        exception_class_path="",
        traceback="",
    )

    jobs.take_over_abandoned(on=NOW)

    intake.refresh_from_db()
    assert (intake.state, intake.problem) == (then, problem)
