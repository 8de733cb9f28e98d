"""Many people read, change and save at once on SQLite: none is lost and none meets a locked database. Security case 107."""

import json
import subprocess
import sys
from pathlib import Path

from tests.browser.site import ROOT, copied, environment

WRITERS, EACH = 8, 25

# Reads an action, says something on top, and where somebody came between, reads again: as a person would.
WRITER = """
import json, pathlib, sys, time
import django
django.setup()
from improvement import clock
from improvement.models import User
from recommendations import workflow
from recommendations.models import Action, ProgressUpdate

name, each, ready, writers = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]), int(sys.argv[4])
(ready / name).touch()
while len(list(ready.iterdir())) < writers:
    time.sleep(0.01)
by = User.objects.get(email="plan.administrator@harrow.example")
clashes = 0
for number in range(each):
    while True:
        action = Action.objects.with_recommendation().get_by_natural_key(
            "harrow", "children-and-families-2012", "S2", "1")
        said = ProgressUpdate.objects.filter(action=action).order_by("-sequence").first()
        first = said.narrative.split()[0]
        total = int(first) if first.isdigit() else 0
        try:
            workflow.post_update(action=action, version=said.sequence, stage="in-progress", rating=None,
                narrative=f"{total + 1} by {name}", forecast_on=None, by=by,
                on=clock.day_of(action.recommendation.plan.council))
            break
        except workflow.UpdatedMeanwhile:
            clashes += 1
print(json.dumps({"clashes": clashes}))
"""


def test_no_update_of_many_writers_is_lost_and_none_meets_a_lock(
    prepared_demonstration: Path, tmp_path: Path
) -> None:
    site, ready = copied(prepared_demonstration, tmp_path / "var"), tmp_path / "ready"
    ready.mkdir()

    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(number), str(EACH), str(ready), str(WRITERS)],
            cwd=ROOT,
            env=environment(site.directory, site.port),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]
    try:
        said = [writer.communicate(timeout=300) for writer in writers]
    finally:
        for writer in writers:
            writer.kill()

    assert [error for _, error in said if error] == []
    assert sum(json.loads(out)["clashes"] for out, _ in said) > 0
    updates = site.rows(
        "SELECT narrative FROM recommendations_progressupdate WHERE by_id IS NOT NULL ORDER BY sequence"
    )
    assert [int(said[0].split()[0]) for said in updates] == list(range(1, WRITERS * EACH + 1))
    assert site.rows("SELECT COUNT(*) FROM improvement_change WHERE verb = 'post_update'") == [
        (WRITERS * EACH,)
    ]
    verified = site.manage("verify_ledger")
    assert verified.returncode == 0, verified.stdout + verified.stderr
