"""What pages, intake and reports cost, as multiples of what the same machine needs for something bare in the same minute.

    python -m tests.bench [--rounds 15] [--sizes 1,100,1000,5000] [--only pages|intake|reports] [--large]

Uses a database of its own in a temporary folder, on SQLite. Prints tables; nothing here passes or fails. Query counts
and the growth with size are facts about the code; the times are facts about the machine.
"""

import argparse
import io
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench import intake, reports
from tests.bench.measuring import median_ratio, print_table, seconds

K = TypeVar("K")
FLOOR = "/bench-floor"
HARROW = "/harrow/children-and-families-2012/"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--sizes", default="1,100,1000,5000")
    parser.add_argument("--only", choices=("pages", "intake", "reports"), help="leave the others out")
    parser.add_argument(
        "--large", action="store_true", help="also a report of 50 times the plan, which takes minutes"
    )
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        _set_up(Path(folder))
        try:
            if asked.only in (None, "intake"):
                intake.measure()
            if asked.only in (None, "pages"):
                _measure_pages(sizes, asked.rounds)
                _measure_beside_others(Path(folder), max(sizes), asked.rounds)
            if asked.only in (None, "reports"):
                reports.measure(Path(folder), max(3, asked.rounds // 5), large=asked.large)
        finally:
            connection.close()


def _set_up(folder: Path) -> None:
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("LEDGER_HEAD_FILE", None)
    os.environ.update(VAR_DIR=str(folder), LOG_LEVEL="ERROR", DJANGO_SETTINGS_MODULE="tests.bench.settings")
    django.setup()
    call_command("demo", no_serve=True, stdout=io.StringIO())


def _signed_in() -> Client:
    """A board member of Harrow and of every council that is made here."""
    from improvement.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email="board.member@harrow.example"))
    return client


# Pages


def pages_of(base: str, action: str) -> dict[str, str]:
    return {
        "actions, 25 a page": f"{base}actions/",
        "actions, 100 a page": f"{base}actions/?per_page=100",
        "actions, overdue, by due date": f"{base}actions/?overdue=yes&sort=due",
        "actions, search": f"{base}actions/?q=protocol+audit",
        "dashboard": base,
        "one action": f"{base}actions/{action}/",
        "update form": f"{base}actions/{action}/update/",
        "recommendations": f"{base}recommendations/",
        "CSV of all": f"{base}actions.csv",
    }


def _measure_pages(sizes: list[int], rounds: int) -> None:
    from improvement.models import User
    from tests.bench.plans import make_plan

    reader = User.objects.get(email="board.member@harrow.example")
    for size in sizes:
        make_plan(f"size-{size}", size, reader)
    connection.cursor().execute("ANALYZE")
    client = _signed_in()
    wanted = {
        (name, size): path for size in sizes for name, path in pages_of(f"/size-{size}/plan/", "R1/1").items()
    }
    queries = {key: _queries(client, path) for key, path in wanted.items()}
    times = _interleaved({key: _getting(client, path) for key, path in wanted.items()}, client, rounds)
    floor = times.pop(FLOOR)
    print(f"\nPages: queries, and time as a multiple of a bare signed-in page ({floor * 1000:.1f} ms here)\n")
    rows = []
    for name in pages_of("", ""):
        cells = [f"{queries[name, size]:>4} q {times[name, size] / floor:>7.1f}" for size in sizes]
        rows.append((name, *cells))
    print_table(("page", *(f"{size:,} actions" for size in sizes)), rows)


def _measure_beside_others(folder: Path, size: int, rounds: int) -> None:
    """Harrow's pages in a database of its own against the same beside other councils' plans, turn by turn."""
    alone, beside = folder / "alone", folder
    alone.mkdir()
    crowded = beside / "waymark.sqlite3"
    _use(alone / "waymark.sqlite3")
    call_command("demo", no_serve=True, stdout=io.StringIO())
    connection.cursor().execute("ANALYZE")
    clients = {"alone": _signed_in()}
    _use(crowded)
    clients["beside"] = _signed_in()
    files = {"alone": alone / "waymark.sqlite3", "beside": crowded}
    wanted = pages_of(HARROW, "S2/1")
    times: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        for where, file in files.items():
            _use(file)
            clients[where].get(FLOOR)
            for name, path in wanted.items():
                times.setdefault((name, where), []).append(seconds(_getting(clients[where], path)))
    print(
        f"\nHarrow's pages beside other councils with {_others():,} actions, against a database of its own\n"
    )
    print_table(
        ("page", "alone, ms", "beside, ms", "ratio"),
        (
            (
                name,
                f"{min(times[name, 'alone']) * 1000:.1f}",
                f"{min(times[name, 'beside']) * 1000:.1f}",
                f"{median_ratio(times[name, 'beside'], times[name, 'alone']):.2f}",
            )
            for name in wanted
        ),
    )


def _others() -> int:
    from recommendations.models import Action

    return Action.objects.exclude(recommendation__plan__council__slug="harrow").count()


def _use(file: Path) -> None:
    """Stand on another database from here on."""
    connection.close()
    connection.settings_dict["NAME"] = str(file)
    connection.ensure_connection()


# Measuring


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        _getting(client, path)()
    return len(captured)


def _getting(client: Client, path: str) -> Callable[[], None]:
    def get() -> None:
        response = client.get(path)
        if getattr(response, "streaming", False):
            b"".join(response)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")

    return get


def _interleaved(work: dict[K, Callable[[], None]], client: Client, rounds: int) -> dict[K | str, float]:
    """The median time of each, measured turn by turn, so that a busy minute meets them all."""
    everything: dict[K | str, Callable[[], None]] = {FLOOR: _getting(client, FLOOR), **work}
    times: dict[K | str, list[float]] = {key: [] for key in everything}
    for _ in range(rounds):
        for key, once in everything.items():
            times[key].append(seconds(once))
    return {key: statistics.median(taken) for key, taken in times.items()}


if __name__ == "__main__":
    main()
