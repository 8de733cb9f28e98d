"""What pages and reports cost, as multiples of what the same machine needs for a bare page in the same minute.

    python -m tests.bench [--rounds 15] [--sizes 1,100,1000,5000]

Uses a database of its own in a temporary folder, on SQLite. Prints tables; nothing here passes or fails. Query counts
and the growth with size are facts about the code; the times are facts about the machine.
"""

import argparse
import gc
import io
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

K = TypeVar("K")
FLOOR = "/bench-floor"
HARROW = "/harrow/children-and-families-2012/"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--sizes", default="1,100,1000,5000")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        _set_up(Path(folder))
        try:
            _measure_pages(sizes, asked.rounds)
            _measure_beside_others(Path(folder), max(sizes), asked.rounds)
            _measure_report(max(3, asked.rounds // 3))
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
    _print_table(("page", *(f"{size:,} actions" for size in sizes)), rows)


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
                times.setdefault((name, where), []).append(_seconds(_getting(clients[where], path)))
    print(
        f"\nHarrow's pages beside other councils with {_others():,} actions, against a database of its own\n"
    )
    _print_table(
        ("page", "alone, ms", "beside, ms", "ratio"),
        (
            (
                name,
                f"{min(times[name, 'alone']) * 1000:.1f}",
                f"{min(times[name, 'beside']) * 1000:.1f}",
                f"{_median_ratio(times[name, 'beside'], times[name, 'alone']):.2f}",
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


# The report


def _measure_report(rounds: int) -> None:
    """Harrow's committee paper against the same words as plain paragraphs: what its tables, tags and chart cost."""
    from reports import document, pages, pdf
    from reports.models import Report

    if missing := pdf.missing_libraries():
        print(f"\nReports are not measured: install {' '.join(missing)}\n")
        return
    source = pages.source_of(document.of(Report.objects.latest("pk")))
    plain = _as_paragraphs(source)
    work = {
        "the report, as a job": lambda: pdf.render(source),
        "its words as paragraphs, as a job": lambda: pdf.render(plain),
        "the report, warm": lambda: _render_here(source),
        "its words as paragraphs, warm": lambda: _render_here(plain),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for number in range(rounds + 1):
        for name, once in work.items():
            taken = _seconds(once)
            if number:  # the first round only warms up
                times[name].append(taken)
    as_job, plain_job, warm, plain_warm = times.values()
    print(f"\nThe committee paper of Harrow's plan, {pdf.render(source).pages} pages\n")
    _print_table(
        ("made", "report, s", "paragraphs, s", "ratio"),
        (
            (
                how,
                f"{statistics.median(report):.2f}",
                f"{statistics.median(floor):.2f}",
                f"{_median_ratio(report, floor):.1f}",
            )
            for how, report, floor in (
                ("as a job, in a process of its own", as_job, plain_job),
                ("warm, in one process", warm, plain_warm),
            )
        ),
    )


def _as_paragraphs(source: str) -> str:
    """The same words, one paragraph for each block, under the same style."""
    head, body = source.split("<body", 1)
    words = re.sub(r"(?s)<(style|svg)\b.*?</\1>", " ", body.split(">", 1)[1])
    blocks = re.split(r"(?i)</?(?:p|t[dhr]|li|h[1-6]|div|d[tdl]|caption|section|table)\b[^>]*>", words)
    texts = (" ".join(re.sub(r"<[^>]*>", " ", block).split()) for block in blocks)
    return f"{head}<body>{''.join(f'<p>{text}</p>' for text in texts if text)}</body></html>"


def _render_here(source: str) -> None:
    """Without the process of its own, so without what starting one costs."""
    import weasyprint
    import weasyprint.urls
    from weasyprint.text.fonts import FontConfiguration

    from reports import pdf, rendering

    assets = {url: path.read_bytes() for url, path in pdf.FONTS.items()}
    fetcher = rendering.fetcher_of(weasyprint.urls, assets)
    fonts = FontConfiguration()
    style = weasyprint.CSS(string=pdf.style(), url_fetcher=fetcher, font_config=fonts)
    page = weasyprint.HTML(string=source, url_fetcher=fetcher)
    page.write_pdf(font_config=fonts, stylesheets=[style], pdf_variant="pdf/ua-1")


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
            times[key].append(_seconds(once))
    return {key: statistics.median(taken) for key, taken in times.items()}


def _seconds(once: Callable[[], None]) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.perf_counter()
        once()
        return time.perf_counter() - began
    finally:
        gc.enable()


def _median_ratio(these: list[float], those: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(these, those, strict=True))


def _print_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    table = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    for number, row in enumerate(table):
        first, *rest = row
        print("  ".join([first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]))  # fmt: skip
        if number == 0:
            print("  ".join("-" * width for width in widths))


if __name__ == "__main__":
    main()
