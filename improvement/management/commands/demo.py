import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.urls import reverse

from improvement import clock, demonstration, libraries

HOST = "127.0.0.1"
PATIENCE = 10


class Command(BaseCommand):
    help = "Prepare the demonstration (database, fixtures, accounts, static files) and serve it until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="begin afresh: what was typed is lost")
        parser.add_argument("--no-serve", action="store_true", help="only prepare")
        parser.add_argument(
            "--without-northmoor", action="store_true", help="only the councils from papers: ready sooner"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check_libraries()
        if not options["no_serve"]:
            self._check_port(options["port"])
        if options["reset"]:
            self._forget()
        self._tell("Setting the database up ...")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        demonstration.prepare(living=not options["without_northmoor"], tell=self._tell)
        call_command("collectstatic", interactive=False, verbosity=0)
        self._introduce(options["port"])
        if not options["no_serve"]:
            self._serve(options["port"])

    def _tell(self, words: str) -> None:
        """Said at once, for whoever waits."""
        self.stdout.write(words)
        self.stdout.flush()

    def _check_libraries(self) -> None:
        missing = libraries.missing()
        if missing:
            raise CommandError(
                "Reports need system libraries that are not installed here. On Debian: "
                f"apt-get install {' '.join(missing)}"
            )

    def _check_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise CommandError(f"Port {port} is in use. Choose another: make demo PORT=8001") from error

    def _forget(self) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(
                "Only the embedded SQLite database is begun afresh; empty a PostgreSQL one yourself."
            )
        connection.close()
        database = str(connection.settings_dict["NAME"])
        for path in (*(Path(database + end) for end in ("", "-wal", "-shm")), settings.LEDGER_HEAD_FILE):
            path.unlink(missing_ok=True)

    def _introduce(self, port: int) -> None:
        write, councils = self.stdout.write, demonstration.accounts_by_council()
        address = f"http://{HOST}:{port}"
        write(f"\nWaymark stands ready with the plans of {len(councils)} councils.\n")
        write(f"Address:  {address}/")
        write("Accounts:")
        for council, accounts in councils:
            write(f" {council.name}, {clock.day_of(council):%-d %B %Y}")
            for account in accounts:
                post = f", holds {', '.join(account.posts)}" if account.posts else ""
                write(f"  {account.email:<42} {account.role.label.lower()}{post}")
            if council.slug == demonstration.LIVING:
                open_page = reverse("reports:public_plan", args=[council.slug, demonstration.LIVING_PLAN])
                write(f"  Its plan is open to everybody, without signing in: {address}{open_page}")
        write(" Of no council")
        write(f"  {demonstration.STAFF:<42} staff: the component gallery")
        write(f"  {demonstration.STRANGER:<42} sees none of it")
        write(f"Password: {demonstration.password()}")
        self.stdout.flush()

    def _serve(self, port: int) -> None:
        """Server and worker side by side; when either ends, or on Ctrl-C, both do."""
        environment = {"LOG_LEVEL": "WARNING", **os.environ, "PUBLIC_URL": f"http://{HOST}:{port}"}
        gunicorn = [
            sys.executable,
            "-m",
            "gunicorn",
            "improvement.wsgi",
            "--preload",
            "--bind",
            f"{HOST}:{port}",
        ]
        gunicorn += ["--workers", "2", "--log-level", "warning", "--limit-request-line", "8190"]
        worker = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
        signal.signal(signal.SIGTERM, self._stop)
        # Their own sessions: Ctrl-C reaches only this process, which then ends them in order.
        running = [
            subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, start_new_session=True)
            for command in (gunicorn, worker)
        ]
        self.stdout.write("Running. Ctrl-C stops it.")
        self.stdout.flush()
        try:
            while all(process.poll() is None for process in running):
                time.sleep(0.2)
            raise CommandError("The web server or the worker stopped by itself; what it said is above.")
        except KeyboardInterrupt:
            self.stdout.write("\nStopping.")
        finally:
            self._end(running)

    @staticmethod
    def _stop(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    @staticmethod
    def _end(running: list[subprocess.Popen[bytes]]) -> None:
        for process in running:
            if process.poll() is None:
                process.terminate()
        for process in running:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
