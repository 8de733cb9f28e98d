"""manage.py demo --no-serve, in a process and a folder of its own."""

import re
import socket
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from improvement import clock
from improvement.demonstration import NORTHMOOR
from tests.browser.site import copied
from tests.processes import last_line, run

pytestmark = pytest.mark.once

TYPE = """
import django; django.setup()
from improvement.models import User
from recommendations.models import Action
from recommendations.workflow import post_update
from improvement import clock
action = Action.objects.get_by_natural_key("harrow", "children-and-families-2012", "S2", "1")
post_update(action=action, version=1, stage="on-hold", rating=None, narrative="Typed in between.",
    forecast_on=None, by=User.objects.get(email="board.member@harrow.example"),
    on=clock.day_of(action.recommendation.plan.council))
"""


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "var"


@pytest.fixture(scope="module")
def first(var: Path) -> str:
    """What the first run says."""
    ended = run("manage.py", "demo", "--no-serve", var=var)
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def dump(var: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without what migrate and the static files write."""
    with closing(sqlite3.connect(var / "waymark.sqlite3")) as database:
        tables = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            if not name.startswith("sqlite_")
        ]
        return {name: database.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in tables}


def accounts(said: str) -> list[str]:
    return re.findall(r"^  (\S+@\S+)", said, re.MULTILINE)


def test_it_prints_the_address_and_the_accounts(first: str, var: Path) -> None:
    password = (var / "demo-password").read_text().strip()

    assert "Address:  http://127.0.0.1:8000/" in first
    assert [line for line in first.splitlines() if re.match(r" \S", line)] == [
        " Harrow Council, 14 November 2012",
        " Haringey Council, 1 March 2010",
        " Herefordshire Council, 16 November 2012",
        " Hillingdon Council, 20 March 2014",
        f" Northmoor Borough Council, {clock.today():%-d %B %Y}",
        " Of no council",
    ]
    assert (
        "  Its plan is open to everybody, without signing in: "
        "http://127.0.0.1:8000/public/northmoor-borough/improvement-plan/"
    ) in first.splitlines()
    assert f"Password: {password}" in first
    assert accounts(first) == [
        "lead.officer@harrow.example",
        "nurse@harrow.example",
        "board.member@harrow.example",
        "scrutiny.officer@harrow.example",
        "plan.administrator@harrow.example",
        "reader@harrow.example",
        "plan.administrator@haringey.example",
        "reader@haringey.example",
        "plan.administrator@herefordshire.example",
        "reader@herefordshire.example",
        "plan.administrator@hillingdon.example",
        "reader@hillingdon.example",
        *(account.email for account in NORTHMOOR),
        "staff@waymark.example",
        "stranger@elsewhere.example",
    ]


def test_its_password_is_made_for_this_installation(first: str, var: Path) -> None:
    """Case 85."""
    path = var / "demo-password"

    assert re.fullmatch(r"[0-9a-f]{6}-[0-9a-f]{6}-[0-9a-f]{6}", path.read_text().strip())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_plan_the_accounts_and_the_static_files_are_there(first: str, var: Path) -> None:
    rows = {table: len(content) for table, content in dump(var).items()}

    assert rows["recommendations_action"] == 101 + 9 + 1 + 7 + 150
    assert rows["recommendations_recommendation"] == 22 + 11 + 10 + 6 + 25
    assert rows["improvement_user"] == 14 + len(NORTHMOOR)
    # Six people of Harrow and two of each other council were let in, and Northmoor's lead officers have been busy.
    let_in = [row for row in dump(var)["improvement_change"] if "add_member" in row]
    assert len(let_in) == 12 + len(NORTHMOOR)
    assert (var / "static" / "staticfiles.json").exists()


def test_a_second_run_keeps_what_was_typed(first: str, var: Path) -> None:
    """Issue 2, section 1."""
    typed = run("-c", TYPE, var=var, DJANGO_SETTINGS_MODULE="improvement.settings")
    before, password = dump(var), (var / "demo-password").read_text()

    ended = run("manage.py", "demo", "--no-serve", var=var)

    assert (typed.returncode, typed.stderr) == (0, "")
    assert (ended.returncode, ended.stderr) == (0, "")
    done, said = first.split("\n\n", 1)
    assert done.splitlines() == [
        "Setting the database up ...",
        "Loading the councils' plans ...",
        "Living through eighteen months of Northmoor, which takes a minute ...",
    ]
    assert ended.stdout == f"Setting the database up ...\n\n{said}"
    assert dump(var) == before
    assert (var / "demo-password").read_text() == password
    assert [row for row in before["recommendations_progressupdate"] if "Typed in between." in row] != []


def test_its_ledger_is_whole(first: str, var: Path) -> None:
    ended = run("manage.py", "verify_ledger", var=var)

    assert ended.returncode == 0
    assert re.fullmatch(r"The ledger is whole: 2,?\d{3} changes\.\n", ended.stdout)


def test_on_a_later_day_northmoor_is_not_made_again(first: str, var: Path) -> None:
    before = dump(var)

    ended = run("manage.py", "make_northmoor", "--on", "2100-01-01", var=var)

    assert ended.returncode == 1
    assert last_line(ended.stderr) == (
        "CommandError: Northmoor is there already. What happened since it was made stays as it is."
    )
    assert dump(var) == before


def test_it_can_do_without_northmoor(prepared_demonstration: Path, tmp_path: Path) -> None:
    """The one that the browser's tests are served from was made so. It is read as a copy: reading puts files beside a
    database and takes them away again, while another test may be copying the folder."""
    var = copied(prepared_demonstration, tmp_path / "var").directory

    assert [council for (_, council, *_) in dump(var)["improvement_council"]] == [
        "harrow",
        "haringey",
        "herefordshire",
        "hillingdon",
    ]


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_port_in_use_is_said_in_words(tmp_path: Path, busy_port: int) -> None:
    ended = run("manage.py", "demo", "--port", str(busy_port), var=tmp_path)

    assert ended.returncode == 1
    assert f"Port {busy_port} is in use. Choose another: make demo PORT=8001" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_reset_begins_afresh(first: str, var: Path) -> None:
    run("-c", TYPE, var=var, DJANGO_SETTINGS_MODULE="improvement.settings")

    ended = run("manage.py", "demo", "--no-serve", "--reset", "--without-northmoor", var=var)

    rows = dump(var)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(rows["improvement_change"]) == 12
    assert len(rows["recommendations_progressupdate"]) == 99 + 7 + 1 + 6
    assert run("manage.py", "verify_ledger", var=var).returncode == 0
