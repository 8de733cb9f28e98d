"""A worker that is killed in the middle of a report: another one makes it, whole, and only once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from improvement.demonstration import FIXTURES
from tests.processes import ROOT, run

pytestmark = pytest.mark.pdf
# Seconds, with a machine in mind that is slow and busy with other tests.
PATIENCE = 180

ASK = """
from datetime import date
from django.contrib.auth import get_user_model
from improvement.models import Council, Membership, Plan
from reports.models import Layout, Report
from reports.workflow.files import of_report, request_file
council = Council.objects.get(slug="harrow")
user = get_user_model().objects.create_user("reader@cast.example")
Membership.objects.create(user=user, council=council, role="reader")
report = Report.objects.create(
    council=council, plan=Plan.objects.get(council=council), slug="killed", title="Killed", committee="Scrutiny",
    meeting_on=date(2012, 11, 14), on=date(2012, 11, 14), layout=Layout.objects.earliest("pk"),
)
request_file(wanted=of_report(Report.objects.with_plan().get(pk=report.pk)), by=user, on=date(2012, 11, 14))
"""
STATE = """
from reports.models import ReportFile
from reports.workflow.files import is_whole
file = ReportFile.objects.get()
print(file.state, is_whole(file), file.step or "-")
"""


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A folder with a database of its own, Harrow's plan in it, and a report asked for."""
    for arguments in (("migrate",), ("loaddata", *FIXTURES)):
        assert manage(tmp_path, *arguments, "-v0").returncode == 0
    asked = manage(tmp_path, "shell", "-v0", "-c", ASK)
    assert asked.returncode == 0, asked.stderr
    return tmp_path


@pytest.fixture
def worker(var: Path) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "VAR_DIR": str(var)}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    yield process
    process.kill()
    process.wait()


def manage(var: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run("manage.py", *arguments, var=var)


def wait_until_at_work(var: Path) -> None:
    work, deadline = var / "work", time.monotonic() + PATIENCE
    while not (work.is_dir() and any(work.iterdir())):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_another_worker_makes_it(var: Path, worker: "subprocess.Popen[bytes]") -> None:
    wait_until_at_work(var)

    worker.send_signal(signal.SIGKILL)
    worker.wait()

    assert manage(var, "shell", "-v0", "-c", STATE).stdout.startswith("making False")
    assert not list((var / "files").glob("reports/*.pdf"))
    assert manage(var, "worker", "--once").returncode == 0
    assert manage(var, "shell", "-v0", "-c", STATE).stdout == "ready True -\n"
    assert len(list((var / "files").glob("reports/*.pdf"))) == 1
    assert manage(var, "verify_ledger").returncode == 0


def test_told_to_stop_it_finishes_its_report_first(var: Path, worker: "subprocess.Popen[bytes]") -> None:
    wait_until_at_work(var)

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=PATIENCE) == 0
    assert manage(var, "shell", "-v0", "-c", STATE).stdout == "ready True -\n"
