"""Jobs whose worker died: given to another worker, or given up after the third.

django-tasks-db has no retries and leaves a killed job running for ever, so its rows are looked after here. Jobs are
written so that doing one again does no harm.
"""

import os
import secrets
import socket
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

log = structlog.get_logger(__name__)

MOST_TRIES = 3
# What a job may take beyond its own limit, to start and to store what it made.
MARGIN = timedelta(seconds=30)
GAVE_UP = "improvement.jobs.WorkerDied"


class WorkerDied(Exception):
    """Each worker that had the job ended before it was done."""


def new_worker_id() -> str:
    """Says on which machine and in which process a worker is, so that its end can be noticed at once."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


def queue_hourly() -> None:
    """Queue what is done once an hour. The rooms further down name it, since nothing here may know of them."""
    for path in settings.EVERY_HOUR:
        import_string(path).enqueue()


def take_over_abandoned(*, on: datetime, by: str = "") -> int:
    """Put jobs whose worker is gone back in the queue; return how many. `by` is the worker that asks."""
    taken = 0
    for job in DBTaskResult.objects.running():
        if not _is_abandoned(job, on, by):
            continue
        again = len(job.worker_ids) < MOST_TRIES
        # Only the row as it was seen: another worker may have noticed the same.
        row = DBTaskResult.objects.filter(
            pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at
        )
        if again:
            moved = row.update(status=TaskResultStatus.READY, started_at=None)
        else:
            moved = row.update(status=TaskResultStatus.FAILED, finished_at=on, exception_class_path=GAVE_UP)
        if moved and not again:
            _tell_that_it_was_given_up(job)
        if moved:
            taken += 1
            log.warning(
                "job_abandoned", job=str(job.pk), task=job.task_path, tried=len(job.worker_ids), again=again
            )
    return taken


def _tell_that_it_was_given_up(job: "DBTaskResult[..., object]") -> None:
    if path := settings.WHEN_GIVEN_UP.get(job.task_path):
        import_string(path)(*job.args_kwargs["args"])


def _is_abandoned(job: "DBTaskResult[..., object]", on: datetime, by: str) -> bool:
    if job.started_at is None or on - job.started_at > timedelta(seconds=settings.REPORT_SECONDS) + MARGIN:
        return True
    worker = job.worker_ids[-1] if job.worker_ids else ""
    return worker != by and _has_ended(worker)


def _has_ended(worker: str) -> bool:
    """Whether the worker's process is certainly gone. Of another machine nothing is certain."""
    machine, _, rest = worker.partition(":")
    number = rest.partition(":")[0]
    if machine != socket.gethostname()[:40] or not number.isdigit():
        return False
    if int(number) == os.getpid():
        # Our own number under another name: a worker before us, in a container that starts counting afresh.
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
