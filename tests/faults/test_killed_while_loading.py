"""A plan is loaded from a file, and the process is killed half way: all of it is there or nothing. Security case 110."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.browser.site import ROOT, Site, copied, environment

ROUNDS, ROWS = 4, 300
COMMAND = ("manage.py", "import_plan")
TARGET = (
    "--council=harrow",
    "--plan=from-a-file",
    "--as=plan.administrator@harrow.example",
)


def table(folder: Path) -> Path:
    path = folder / "plan.csv"
    head = "Reference,Recommendation,Number,Action,Lead officers,Due,Stage,Latest update"
    rows = [
        f"R{n // 5 + 1},Recommendation {n // 5 + 1} of them all.,{n % 5 + 1},Do thing number {n}.,DCS,30/06/2013,"
        f"In progress,Begun in part {n}."
        for n in range(ROWS)
    ]
    path.write_text("\n".join((head, *rows)) + "\n")
    return path


def loading(site: Site, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *COMMAND, str(path), *TARGET],
        cwd=ROOT,
        env=environment(site.directory, site.port),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def held(site: Site) -> tuple[int, ...]:
    """How many plans, actions, updates and rows of the ledger there are of it."""
    counts = (
        "SELECT COUNT(*) FROM improvement_plan WHERE slug = 'from-a-file'",
        "SELECT COUNT(*) FROM recommendations_action WHERE original_text LIKE 'Do thing number %'",
        "SELECT COUNT(*) FROM recommendations_progressupdate WHERE narrative LIKE 'Begun in part %'",
        "SELECT COUNT(*) FROM improvement_change WHERE json_extract(after, '$.text') LIKE 'Do thing number %'",
    )
    return tuple(site.rows(count)[0][0] for count in counts)


NOTHING, EVERYTHING = (0, 0, 0, 0), (1, ROWS, ROWS, ROWS)


def test_killed_half_way_it_leaves_nothing_and_can_be_loaded_again(
    prepared_demonstration: Path, tmp_path: Path
) -> None:
    site, path = copied(prepared_demonstration, tmp_path / "var"), table(tmp_path)
    chance = random.Random(110)

    killed = 0
    while killed < ROUNDS and held(site) == NOTHING:
        command = loading(site, path)
        assert command.stderr is not None
        while (said := command.stderr.readline()) and not said.startswith("Loading"):
            pass
        time.sleep(chance.uniform(0, 0.3))
        command.send_signal(signal.SIGKILL)
        command.communicate()
        killed += 1
        assert held(site) in (NOTHING, EVERYTHING)
    last = loading(site, path)
    _, beside = last.communicate(timeout=120)

    assert last.returncode == 0, beside
    assert held(site) == EVERYTHING
    assert site.rows("PRAGMA integrity_check") == [("ok",)]
    assert site.manage("verify_ledger").returncode == 0


def test_the_same_file_twice_at_once_is_loaded_once(prepared_demonstration: Path, tmp_path: Path) -> None:
    """Security case 63."""
    site, path = copied(prepared_demonstration, tmp_path / "var"), table(tmp_path)

    commands = [loading(site, path) for _ in range(2)]
    said = [command.communicate(timeout=120) for command in commands]

    # Whoever comes second finds it loaded, or finds that somebody else was quicker; neither is a fault of the program.
    assert {command.returncode for command in commands} <= {0, 1}, said
    assert 0 in {command.returncode for command in commands}, said
    assert not any("Traceback" in beside for _, beside in said)
    assert held(site) == EVERYTHING
    assert site.manage("verify_ledger").returncode == 0
