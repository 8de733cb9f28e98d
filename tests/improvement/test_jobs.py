"""Jobs whose worker is gone."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from improvement import jobs

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 7, 4, 12, 0, tzinfo=UTC)
ELSEWHERE = "another-machine:77:aaaa"


def running(*worker_ids: str, started_at: datetime | None = NOW) -> DBTaskResult[..., object]:
    """A job of a file that is not there, so that doing it does nothing."""
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [404], "kwargs": {}},
        task_path="reports.workflow.files.make_file",
        backend_name="default",
        run_after=get_date_max(),
        started_at=started_at,
        worker_ids=list(worker_ids),
        exception_class_path="",
        traceback="",
    )


def ended_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_one_that_is_at_work_is_left_alone() -> None:
    job = running(f"{socket.gethostname()[:40]}:{os.getppid()}:aaaa")

    assert jobs.take_over_abandoned(on=NOW) == 0
    job.refresh_from_db()
    assert job.status == TaskResultStatus.RUNNING


def test_one_of_another_machine_is_left_alone_in_its_time(settings: Any) -> None:
    running(ELSEWHERE)

    assert jobs.take_over_abandoned(on=NOW + timedelta(seconds=settings.REPORT_SECONDS + 30)) == 0
    assert jobs.take_over_abandoned(on=NOW + timedelta(seconds=settings.REPORT_SECONDS + 31)) == 1


def test_one_whose_process_ended_is_taken_over_at_once() -> None:
    job = running(f"{socket.gethostname()[:40]}:{ended_process()}:aaaa")

    assert jobs.take_over_abandoned(on=NOW) == 1
    job.refresh_from_db()
    assert (job.status, job.started_at) == (TaskResultStatus.READY, None)


def test_a_worker_leaves_its_own_job_alone() -> None:
    own = jobs.new_worker_id()
    running(own)

    assert jobs.take_over_abandoned(on=NOW, by=own) == 0


def test_one_with_our_number_from_before_we_started_is_taken_over() -> None:
    running(f"{socket.gethostname()[:40]}:{os.getpid()}:before")

    assert jobs.take_over_abandoned(on=NOW, by=jobs.new_worker_id()) == 1


def test_after_three_workers_it_is_given_up() -> None:
    long_ago = NOW - timedelta(days=1)
    job = running(ELSEWHERE, ELSEWHERE, ELSEWHERE, started_at=long_ago)

    assert jobs.take_over_abandoned(on=NOW) == 1
    job.refresh_from_db()
    assert (job.status, job.finished_at) == (TaskResultStatus.FAILED, NOW)
    assert job.exception_class_path == "improvement.jobs.WorkerDied"


def test_a_worker_id_is_short_enough_to_be_kept() -> None:
    first, second = jobs.new_worker_id(), jobs.new_worker_id()

    assert first != second
    assert len(first) <= 64


def test_what_is_done_once_an_hour_is_queued() -> None:
    jobs.queue_hourly()

    assert [job.task_path for job in DBTaskResult.objects.all()] == ["boards.chasing.job.tick"]
