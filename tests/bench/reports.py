"""What a report costs: against a plain way to make it, against Chromium, against its words alone, and as it grows.

Everything that is compared is measured turn by turn in one run. Each making happens in a fork of one warm process, as a
worker does it, so that its CPU and its memory are its own.
"""

import gc
import json
import logging
import os
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measuring import median_ratio, print_table, seconds

CHROMIUM = "/usr/bin/chromium"
HARROW = "overview-and-scrutiny-2012-11-14"
NAIVE = """
@page { size: A4 landscape; margin: 18mm 14mm; @top-left { content: "Plan" } @bottom-right { content: counter(page) } }
html { font: 8pt/1.32 "Source Sans 3" } table { width: 100%; border-collapse: collapse }
th, td { padding: 1.3mm 2mm; border: 0.5pt solid #999; text-align: left; vertical-align: top; font-weight: 400 }
"""


@dataclass(frozen=True)
class Cost:
    """CPU in seconds, memory in MB at its highest, the file's size in bytes, its pages."""

    cpu: float
    peak: float
    size: int
    pages: int


def measure(folder: Path, rounds: int, *, large: bool) -> None:
    from reports import making

    if missing := making.missing_libraries():
        print(f"\nReports are not measured: install {' '.join(missing)}\n")
        return
    bench = Bench(folder / "bench")
    _against_others(bench, rounds)
    _growth(bench, rounds, [1, 10, *([50] if large else [])])
    _after_an_edit(bench, rounds)
    _serving(rounds)


@contextmanager
def redirected(number: int, to: int) -> Iterator[None]:
    kept = os.dup(number)
    os.dup2(to, number)
    try:
        yield
    finally:
        os.dup2(kept, number)
        os.close(kept)


class Bench:
    """Harrow's report, and one process in which everything is loaded."""

    def __init__(self, folder: Path) -> None:
        from reports import document, making, pages, press
        from reports.models import Report
        from reports.rendering import open_workshop

        folder.mkdir()
        self.folder = folder
        (folder / "fonts.conf").write_text(press.NO_SYSTEM_FONTS.format(cache=folder / "fonts"))
        os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
        self.report = Report.objects.with_plan().get(slug=HARROW)
        self.source = pages.source_of(document.of(self.report))
        self.fonts = {url: str(path) for url, path in making.FONTS.items()}
        logging.getLogger("weasyprint").propagate = False
        # It tells its parent how far it is, and here nobody listens.
        with (folder / "steps").open("w") as steps, redirected(1, steps.fileno()):
            self.workshop = open_workshop(making.style(), self.fonts)
        self.parts = {part["key"]: part["pieces"] for part in json.loads(self.source)["parts"]}

    def plan(self, times: int) -> list[str]:
        """The appendix with its themes so many times over."""
        keys, *themes = self.parts["appendix-a"]
        return [keys, *themes * times]

    def whole(self, times: int) -> str:
        source = json.loads(self.source)
        for part in source["parts"]:
            if part["key"] == "appendix-a":
                part["pieces"] = self.plan(times)
        return json.dumps(source)

    def cost(self, make: Callable[[Path], int]) -> Cost:
        """What a fork needs to make a file; `make` writes it and returns its pages."""
        work = Path(tempfile.mkdtemp(dir=self.folder))
        child = os.fork()
        if child == 0:
            try:
                null = os.open(os.devnull, os.O_WRONLY)
                os.dup2(null, 1)
                os.dup2(null, 2)
                (work / "pages").write_text(str(make(work / "report.pdf")))
                os._exit(0)
            finally:
                os._exit(1)
        _, status, used = os.wait4(child, 0)
        if status:
            raise RuntimeError("a measured file could not be made")
        cost = Cost(
            used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024,
            (work / "report.pdf").stat().st_size,
            int((work / "pages").read_text()),
        )
        shutil.rmtree(work)
        return cost

    def report_of(self, source: str) -> Callable[[Path], int]:
        """The product's own way, with nothing kept from earlier."""

        def make(output: Path) -> int:
            from reports import kept_parts, pdf, press_process

            _as_in_a_press()
            kept_parts.find = lambda key: None
            asked, _ = pdf._task(json.loads(source), output.parent)
            del asked["form"]
            task = press_process.Task(**asked, megabytes=4096, seconds=600)
            return press_process.make(self.workshop, task)

        return make

    def part_of(self, pieces: list[str]) -> Callable[[Path], int]:
        """The pieces of a part one after the other, not joined."""

        def make(output: Path) -> int:
            _as_in_a_press()
            pages = 0
            for piece in pieces:
                gc.collect()
                content = self.workshop.render(piece, "part")
                output.write_bytes(content)
                pages += content.count(b"/Type /Page/")
            return pages

        return make

    def naive(self, times: int) -> Callable[[Path], int]:
        """One table whose columns find their own width, no tags: how one would begin."""
        _, *themes = self.plan(times)
        plan = "".join(themes)
        head = re.search(r"(?s)<thead>.*?</thead>", plan)
        rows = "".join(re.findall(r"(?s)<tbody.*?</tbody>", plan))
        html = f"<html lang=en-GB><title>Plan</title><body><table>{head[0] if head else ''}{rows}</table></body></html>"

        def make(output: Path) -> int:
            import weasyprint

            style = weasyprint.CSS(
                string=NAIVE, font_config=self.workshop.fonts, url_fetcher=self.workshop.fetcher
            )
            page = weasyprint.HTML(string=html, url_fetcher=self.workshop.fetcher)
            document = page.render(font_config=self.workshop.fonts, stylesheets=[style])
            document.write_pdf(output)
            return len(document.pages)

        return make

    def chromium(self) -> Cost:
        """A cold launch that prints the same paper as one page."""
        from django.template.loader import render_to_string

        from reports import document, making

        style = making.style()
        for url, path in self.fonts.items():
            style = style.replace(url, Path(path).as_uri())
        work = Path(tempfile.mkdtemp(dir=self.folder))
        page, output = work / "report.html", work / "report.pdf"
        page.write_text(
            render_to_string("reports/report_pdf.html", {"paper": document.of(self.report), "style": style})
        )
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run(
            [*command, f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={output}", page.as_uri()],
            check=True,
            capture_output=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        cost = Cost(cpu, 0, output.stat().st_size, 0)
        shutil.rmtree(work, ignore_errors=True)
        return cost


def _as_in_a_press() -> None:
    """The garbage collector rests while a part is made."""
    gc.freeze()
    gc.disable()


def _against_others(bench: Bench, rounds: int) -> None:
    work: dict[str, Callable[[], Cost]] = {
        "report": lambda: bench.cost(bench.report_of(bench.source)),
        "appendix": lambda: bench.cost(bench.part_of(bench.parts["appendix-a"])),
        "naive": lambda: bench.cost(bench.naive(1)),
        "words": lambda: bench.cost(
            bench.part_of([as_paragraphs(piece) for piece in bench.parts["appendix-a"]])
        ),
    }
    if Path(CHROMIUM).exists():
        work["chromium"] = bench.chromium
    costs = _in_turn(work, rounds)
    middle = {name: statistics.median(cost.cpu for cost in taken) for name, taken in costs.items()}
    report, appendix = costs["report"][0], _cpu(costs["appendix"])
    print(f"\nHarrow's report, {report.pages} pages, {report.size:,} bytes, in a warm process: CPU\n")
    rows = [
        ("the whole report, joined and numbered", f"{middle['report']:.2f}", "", ""),
        ("its plan, six columns, tagged", f"{middle['appendix']:.2f}", "", ""),
        _held("the plan against one automatic table without tags", appendix, _cpu(costs["naive"]), "0.56"),
        _held(
            "the plan's words as paragraphs against the same", _cpu(costs["words"]), _cpu(costs["naive"]), ""
        ),
    ]
    if "chromium" in costs:
        rows.append(
            _held("the report against a cold Chromium", _cpu(costs["report"]), _cpu(costs["chromium"]), "1")
        )
        size = report.size / costs["chromium"][0].size
        rows.append(
            ("the file against Chromium's, bytes", f"{costs['chromium'][0].size:,}", f"{size:.2f}", "0.5")
        )
    print_table(("what", "CPU s", "ratio", "at most"), rows)


def _held(what: str, these: list[float], those: list[float], most: str) -> tuple[str, str, str, str]:
    return what, f"{statistics.median(those):.2f}", f"{median_ratio(these, those):.2f}", most


def _cpu(costs: list[Cost]) -> list[float]:
    return [cost.cpu for cost in costs]


def _growth(bench: Bench, rounds: int, sizes: list[int]) -> None:
    work = {
        f"{what} {size}": (lambda make=make, size=size: bench.cost(make(size)))
        for size in sizes
        for what, make in (
            ("report", lambda size: bench.report_of(bench.whole(size))),
            ("plan", lambda size: bench.part_of(bench.plan(size))),
        )
    }
    base = bench.cost(bench.part_of(["<html lang=en-GB><title>x</title><body><p>x</p></body></html>"])).peak
    costs = _in_turn(work, max(1, rounds // 2))
    print("\nAs the plan grows: CPU, and memory above that of an empty page\n")
    rows = []
    for size in sizes:
        report, plan = costs[f"report {size}"], costs[f"plan {size}"]
        rows.append(
            (
                f"{size} times the plan",
                f"{report[0].pages:,}",
                f"{statistics.median(_cpu(report)):.2f}",
                f"{median_ratio(_cpu(report), _cpu(costs['report 1'])):.2f}",
                f"{median_ratio(_cpu(plan), _cpu(costs['plan 1'])):.2f}",
                f"{1.1 * size if size == 50 else 1.05 * size:.1f}",
                f"{(max(cost.peak for cost in report) - base) / report[0].pages:.2f}",
            )
        )
    print_table(("size", "pages", "report, s", "report, times", "plan, times", "at most", "MB a page"), rows)


def _after_an_edit(bench: Bench, rounds: int) -> None:
    """Through the worker's own door: a press that is warm, and the parts that it keeps."""
    from django.conf import settings

    from reports import pdf

    whole, edited = [], []
    pdf.render(bench.source)
    for number in range(rounds):
        shutil.rmtree(settings.VAR_DIR / "parts")
        whole.append(seconds(lambda: pdf.render(bench.source)))
        source = bench.source.replace("</p>", f" Edit {number}.</p>", 1)
        edited.append(seconds(lambda source=source: pdf.render(source)))
    print("\nAfter one section was edited: from the click to the file\n")
    print_table(
        ("made", "s", "ratio", "at most"),
        (
            ("whole", f"{statistics.median(whole):.2f}", "1", ""),
            (
                "after the edit",
                f"{statistics.median(edited):.2f}",
                f"{median_ratio(edited, whole):.2f}",
                "0.33",
            ),
        ),
    )


def _serving(rounds: int) -> None:
    """A published file as it is handed out, against a bare response of the same bytes."""
    from django.test import Client
    from django.urls import reverse

    from improvement.models import User
    from reports.models import Audience, Publication, PublishedFile, Report, ReportFile
    from reports.workflow import files
    from tests.bench import urls

    report = Report.objects.with_plan().get(slug=HARROW)
    by = User.objects.get(email="board.member@harrow.example")
    file = files.request_file(wanted=files.of_report(report), by=by, on=report.on)
    files.make_file.call(file.pk)
    file = ReportFile.objects.get(pk=file.pk)
    urls.SERVED[:] = [files.content_of(file)]
    PublishedFile.objects.create(
        publication=Publication.objects.create(report=report, number=1, on=report.on, by=by),
        audience=Audience.OPEN,
        format=file.format,
        file=file.file.name,
        size=file.size,
        sha256=file.sha256,
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(by)
    address = reverse(
        "reports:published_file", args=["harrow", report.plan.slug, report.slug, file.sha256, file.format]
    )

    def get(path: str) -> float:
        def once() -> None:
            for _ in range(20):
                response = client.get(path)
                content = b"".join(response) if response.streaming else response.content
                if content != urls.SERVED[0]:
                    raise RuntimeError(f"{path} did not answer with the file")

        return seconds(once)

    pairs = [(get(address), get("/bench-bytes")) for _ in range(max(5, rounds))]
    served, bare = zip(*pairs, strict=True)
    print("\nA published file handed out, against a bare response of the same bytes\n")
    rate = 1 / median_ratio(list(served), list(bare))
    print_table(
        ("what", "a second", "rate", "at least"),
        (("the file", f"{20 / statistics.median(served):.0f}", f"{rate:.2f}", "0.5"),),
    )


def _in_turn(work: dict[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, once in work.items():
            costs[name].append(once())
    return costs


def as_paragraphs(source: str) -> str:
    """The same words, one paragraph for each block, under the same style."""
    head, body = source.split("<body", 1)
    words = re.sub(r"(?s)<(style|svg)\b.*?</\1>", " ", body.split(">", 1)[1])
    blocks = re.split(r"(?i)</?(?:p|t[dhr]|li|h[1-6]|div|d[tdl]|caption|section|table)\b[^>]*>", words)
    texts = (" ".join(re.sub(r"<[^>]*>", " ", block).split()) for block in blocks)
    return f"{head}<body>{''.join(f'<p>{text}</p>' for text in texts if text)}</body></html>"
