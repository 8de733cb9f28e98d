"""Two people publish the same report at the same moment: one version. Security case 106."""

import subprocess
import sys
from pathlib import Path

from reports.formats import FORMATS
from tests.browser.site import ROOT, copied, environment

PUBLISHER = """
import pathlib, sys, time
import django
django.setup()
from datetime import date
from improvement.models import User
from reports.models import Report
from reports.workflow import publication

email, ready = sys.argv[1], pathlib.Path(sys.argv[2])
by = User.objects.get(email=email)
report = Report.objects.with_plan().get(slug="overview-and-scrutiny-2012-11-14")
(ready / email).touch()
while len(list(ready.iterdir())) < 2:
    time.sleep(0.01)
publication.publish(report=report, by=by, on=date(2012, 11, 6))
"""
PEOPLE = ("scrutiny.officer@harrow.example", "plan.administrator@harrow.example")


def test_two_publishers_at_once_make_one_version(prepared_demonstration: Path, tmp_path: Path) -> None:
    site, ready = copied(prepared_demonstration, tmp_path / "var"), tmp_path / "ready"
    ready.mkdir()

    publishers = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, email, str(ready)],
            cwd=ROOT,
            env=environment(site.directory, site.port),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for email in PEOPLE
    ]
    try:
        said = [publisher.communicate(timeout=300) for publisher in publishers]
    finally:
        for publisher in publishers:
            publisher.kill()
    worked = site.manage("worker", "--once")

    assert [error for _, error in said if error] == []
    assert worked.returncode == 0, worked.stderr
    assert site.rows("SELECT number FROM reports_publication") == [(1,)]
    assert site.rows("SELECT COUNT(*) FROM reports_publishedfile") == [(len(FORMATS),)]
    assert site.rows("SELECT COUNT(*) FROM improvement_change WHERE verb = 'issue_publication'") == [(1,)]
    assert site.manage("verify_ledger").returncode == 0
