"""What bringing a large plan in costs, from the upload to the preview, against openpyxl only reading the same workbook."""

import io
import time
from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from tests.bench.measuring import print_table

# Ten columns of the largest are all the cells that a file may have.
SIZES = 100, 1000, 5000
HEADINGS = (
    "Ref",
    "Area",
    "Recommendation",
    "Outcome",
    "Action no.",
    "Action",
    "Lead",
    "Due",
    "Progress",
    "RAG",
)
AREAS = "Front door", "Assessment", "Care planning", "Leadership", "Partnership"
LEADS = "Head of Service (HS)", "Designated Nurse", "Service Manager, Assessment", "Practice Improvement Lead"
RATINGS = "Red", "Amber", "Green"
ACTIONS_EACH = 5
KEEPER = "plan.administrator@harrow.example"
BEGIN = "/harrow/intake/begin/"


def measure() -> None:
    """Each step as somebody waits for it; the worker's pause and the browser's are not in it."""
    from improvement.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=KEEPER))
    columns = [(size, *_steps(client, size)) for size in SIZES]
    print(
        "\nBringing a workbook in: seconds, and all of it as a multiple of openpyxl reading it cell by cell\n"
    )
    names = "sent", "read and understood", "columns shown", "columns confirmed", "preview shown"
    rows = [(name, *(f"{taken[at]:.2f}" for _, taken, _ in columns)) for at, name in enumerate(names)]
    rows.append(("all", *(f"{sum(taken):.2f}" for _, taken, _ in columns)))
    rows.append(("against openpyxl", *(f"{sum(taken) / floor:.1f}" for _, taken, floor in columns)))
    print_table(("step", *(f"{size:,} rows" for size in SIZES)), rows)


def _steps(client: Client, size: int) -> tuple[list[float], float]:
    """The seconds of each step, and those of only reading the file."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    content = _workbook(size)
    file = SimpleUploadedFile(f"plan-{size}.xlsx", content)
    began = time.perf_counter()
    here = client.post(BEGIN, {"file": file, "plan": "new", "name": f"Plan of {size} rows"})["Location"]
    taken = [time.perf_counter() - began]
    taken.append(_seconds(lambda: call_command("worker", once=True, verbosity=0)))
    taken.append(_seconds(lambda: _expect(client.get(f"{here}columns/"), 200)))
    said = _as_proposed()
    taken.append(_seconds(lambda: _expect(client.post(f"{here}columns/", said), 302)))
    taken.append(_seconds(lambda: _expect(client.get(f"{here}preview/"), 200)))
    return taken, _seconds(lambda: _only_read(content))


def _as_proposed() -> dict[str, str]:
    """The columns of the newest file as its form would send them back."""
    from recommendations.intake import written
    from recommendations.models import Intake

    (proposed,) = written.mapping_from(Intake.objects.latest_first()[0].mapping)
    columns = {f"t0-c{place}": meaning.value for place, meaning in enumerate(proposed.columns)}
    return {"version": "1", "t0-used": "on", "t0-headers": "1", **columns}


def _workbook(size: int) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for number in range(size):
        group, place = divmod(number, ACTIONS_EACH)
        sheet.append([
            str(group + 1),
            AREAS[group % len(AREAS)],
            f"Recommendation {group + 1}: review plans of kind {group + 1} in time, and let managers see them",
            f"Nine of ten plans of kind {group + 1} are reviewed in time",
            f"{group + 1}.{place + 1}",
            f"Agree standard {number + 1}, write it down, tell every team and check that it is kept",
            LEADS[number % len(LEADS)],
            date(2026, 3, 31) + timedelta(days=30 * (number % 12)),
            f"Update (September 2026): step {number + 1} was taken and the teams heard of it at their meeting",
            RATINGS[number % len(RATINGS)],
        ])  # fmt: skip
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _only_read(content: bytes) -> None:
    from openpyxl import load_workbook

    for row in load_workbook(io.BytesIO(content), read_only=True, data_only=True).active.iter_rows():
        for cell in row:
            str(cell.value)


def _expect(response: object, status: int) -> None:
    if getattr(response, "status_code", None) != status:
        raise RuntimeError(f"answered {response!r} instead of {status}")


def _seconds(once: Callable[[], None]) -> float:
    """With Python looking for garbage as it does when Waymark runs."""
    began = time.perf_counter()
    once()
    return time.perf_counter() - began
