"""A plan is loaded from a file, and the process is killed half way: all of it is there or nothing. Security case 110."""

import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.browser.site import ROOT, Site, copied, environment

ROWS = 300
# How much of it is written when it is killed; the last time it may be done by then.
PARTS = (0.05, 0.5, 1)
COUNT = re.compile(r"Loading: ([\d,]+) of ([\d,]+)")
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


def kill_when_written(command: subprocess.Popen[str], part: float) -> None:
    """Kill it once it says that this part is written, of 1."""
    assert command.stderr is not None
    said = []
    for line in command.stderr:
        said.append(line)
        if (count := COUNT.match(line)) and number(count[1]) >= part * number(count[2]):
            break
    else:
        raise AssertionError(f"It ended before it could be killed: {said}")
    command.send_signal(signal.SIGKILL)
    command.communicate()


def number(words: str) -> int:
    return int(words.replace(",", ""))


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

    left = []
    for part in PARTS:
        kill_when_written(loading(site, path), part)
        left.append(held(site))
        if left[-1] == EVERYTHING:
            break
    last = loading(site, path)
    _, beside = last.communicate(timeout=300)

    assert left[0] == NOTHING
    assert set(left) <= {NOTHING, EVERYTHING}
    assert last.returncode == 0, beside
    assert held(site) == EVERYTHING
    assert site.rows("PRAGMA integrity_check") == [("ok",)]
    assert site.manage("verify_ledger").returncode == 0


def test_the_same_file_twice_at_once_is_loaded_once(prepared_demonstration: Path, tmp_path: Path) -> None:
    """Security case 63."""
    site, path = copied(prepared_demonstration, tmp_path / "var"), table(tmp_path)

    commands = [loading(site, path) for _ in range(2)]
    said = [command.communicate(timeout=300) for command in commands]

    # Whoever comes second finds it loaded, or finds that somebody else was quicker; neither is a fault of the program.
    assert {command.returncode for command in commands} <= {0, 1}, said
    assert 0 in {command.returncode for command in commands}, said
    assert not any("Traceback" in beside for _, beside in said)
    assert held(site) == EVERYTHING
    assert site.manage("verify_ledger").returncode == 0
