import signal
import threading
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from improvement import clock, jobs

# Seconds; somebody waits for most jobs. Asking takes some thousandths of one.
PAUSE = 0.25
HOUR = timedelta(hours=1)


class Command(BaseCommand):
    """Runs jobs until it is told to stop, and takes over those of workers that were killed."""

    help = "Run jobs, such as making reports, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is queued, then end.")

    def handle(self, *, once: bool, verbosity: int, **options: Any) -> None:
        self.stopping = threading.Event()
        self.worker = _worker(jobs.new_worker_id())
        self.queued_at: datetime | None = None
        before = {name: signal.signal(name, self.stop) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            if verbosity:
                self.stdout.write("Waymark's worker is up. Stop it with Ctrl-C.")
                self.stdout.flush()
            self.work(once)
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def work(self, once: bool) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            jobs.take_over_abandoned(on=clock.now(), by=self.worker.worker_id)
            if not once:
                self.queue_hourly()
            self.worker.run()
            if once:
                return
            self.stopping.wait(PAUSE)

    def queue_hourly(self) -> None:
        """A worker that starts asks at once; several workers ask too often, which does no harm."""
        now = clock.now()
        if self.queued_at is None or now - self.queued_at >= HOUR:
            self.queued_at = now
            jobs.queue_hourly()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """The job at hand is finished first; a second signal ends it too, and another worker will take it over."""
        if self.stopping.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        self.stopping.set()
        self.worker.running = False


def _worker(worker_id: str) -> Worker:
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
