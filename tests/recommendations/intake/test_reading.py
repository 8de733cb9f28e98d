"""Files that somebody brings, read in a process of their own: kinds, limits, and files that mean harm.

Cases 52, 55, 64, 66 and 68.
"""

import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from openpyxl.worksheet.worksheet import Worksheet

from improvement.stored_files import FileRefused
from recommendations import office_files
from recommendations.intake import package, reading
from recommendations.intake.rows import Kind, Source
from tests.files import EXE, HTML, OLD_OFFICE, PDF, SVG, listed, local, office, zipped
from tests.recommendations.intake.making import (
    NAMES,
    excel,
    p,
    relations,
    sheet_of,
    tbl,
    tc,
    tr,
    word,
)

pytestmark = pytest.mark.once

PLAN = word(p("Plan") + tbl(tr("Ref", "Action"), tr("S1", "Review")))


def read(content: bytes, name: str) -> Source:
    return reading.read(ContentFile(content), name)


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content, name)
    return str(refused.value)


# What is read


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.docx", PLAN, Kind.WORD),
        ("PLAN v1.2.XLSX", excel(lambda sheet: [sheet.append(["Ref", "Action"]), sheet.append(["S1", "Review"])]), Kind.EXCEL),
        ("plan.csv", b"Ref,Action\nS1,Review\n", Kind.CSV),
        ("plan.tsv", "Ref\tAction\nS1\tReview\n".encode("utf-16"), Kind.CSV),
    ],
)  # fmt: skip
def test_each_kind_becomes_rows(name: str, content: bytes, kind: Kind) -> None:
    source = read(content, name)

    assert source.kind is kind
    assert [[cell.text for cell in row.cells] for row in source.tables[0].rows] == [
        ["Ref", "Action"],
        ["S1", "Review"],
    ]


# What is not: case 52


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.doc", OLD_OFFICE, "It is in the format of Word before 2007. Open it in Word, save it as"),
        ("plan.xls", OLD_OFFICE, "It is in the format of Excel before 2007. Open it in Excel, save it as"),
        ("plan.xlsm", b"", "It may hold macros, which are programs. Open it in Excel, save it as"),
        ("plan.docm", b"", "It may hold macros, which are programs. Open it in Word, save it as"),
        ("plan.ods", b"", "It is an OpenDocument spreadsheet. Open it in Excel, save it as"),
        ("plan.pdf", PDF, "It is a PDF, which does not say where its cells are. Choose the Word or Excel file"),
        ("plan.html", HTML, "Plans are read from Word (.docx), Excel (.xlsx) and CSV."),
        ("plan.svg", SVG, "Plans are read from Word (.docx), Excel (.xlsx) and CSV."),
        ("plan.exe", EXE, "Plans are read from Word (.docx), Excel (.xlsx) and CSV."),
        ("plan.zip", PLAN, "Plans are read from Word (.docx), Excel (.xlsx) and CSV."),
        ("plan", PLAN, "Plans are read from Word (.docx), Excel (.xlsx) and CSV."),
        ("plan.exe.docx", PLAN, "Its name ends like a program before it ends like a document."),
        ("plan.docx", OLD_OFFICE, "It is protected by a password, or in a format of before 2007."),
        ("plan.docx", PDF, "It is a PDF, which does not say where its cells are."),
        ("plan.docx", EXE, "Its content is of another kind than its name says."),
        ("plan.csv", PLAN, "Its content is of another kind than its name says."),
        ("plan.csv", HTML, "Its content is of another kind than its name says."),
        ("plan.xlsx", PLAN, "Its content is of another kind than its name says."),
        ("plan.docx", office("docx", {"word/vbaProject.bin": b"x"}), "It holds macros, which are programs."),
    ],
)  # fmt: skip
def test_other_kinds_are_refused_with_what_to_save_them_as(name: str, content: bytes, words: str) -> None:
    """Case 52."""
    assert refusal(content, name).startswith(words)


# Sizes: case 55


def test_an_empty_file_is_refused() -> None:
    """Case 55."""
    assert refusal(b"", "plan.csv").startswith("It is empty.")


def test_one_byte_more_than_the_limit_is_refused() -> None:
    """Case 55."""
    largest = b"a,b\n" * (reading.LARGEST_MEGABYTES * 1024 * 256)

    assert refusal(largest + b"x", "plan.csv").startswith("It is larger than 20 MB.")
    assert refusal(largest, "plan.csv").startswith("It holds more than 50,000 cells.")


# Zips that lie: case 64


MEGABYTE = 1024 * 1024


def bomb() -> bytes:
    return office("docx", {f"word/media/{number}.xml": bytes(20 * MEGABYTE) for number in range(11)})


def thousands() -> bytes:
    return office("docx", {f"word/{number}.xml": b"<a/>" for number in range(10_000)})


def overlapping() -> bytes:
    part = local("word/document.xml", b"<a/>")
    return zipped(part, [listed("word/document.xml", b"<a/>", 0), listed("word/other.xml", b"<a/>", 0)])


def lying() -> bytes:
    part = local("word/document.xml", b"<a/>")
    return zipped(part, [listed("word/document.xml", b"<a/>", 0, claims=1)])


def much_xml() -> bytes:
    return word(p("a") * (51 * MEGABYTE // len(p("a"))))


def many_strings() -> bytes:
    return office("xlsx", {"xl/sharedStrings.xml": f"<sst>{'<si/>' * 3 * MEGABYTE}</sst>"})


@pytest.mark.parametrize("make", [bomb, thousands, overlapping, lying, much_xml, many_strings])
def test_zips_that_are_not_what_they_seem_cost_nothing(make, cheap) -> None:
    """Case 64: refused in less than two seconds and 200 MB."""
    content = make()

    with cheap():
        said = refusal(content, "plan.xlsx" if make is many_strings else "plan.docx")

    ways_out = {
        reading.INSTEAD[office_files.TOO_MUCH],
        reading.INSTEAD[office_files.BROKEN],
        package.TOO_MUCH,
    }
    assert said in ways_out


def test_nobody_is_sent_to_a_pdf_from_which_no_plan_is_read() -> None:
    with_another = office("docx", {"word/chunk.html": b"<p>words</p>"})
    with_macros = office("docx", {"word/vbaProject.bin": b"words"})

    said = [refusal(content, "plan.docx") for content in (bomb(), with_another, with_macros)]

    assert said == [
        (
            "Unpacked it would be larger than is safe to open. Delete pictures and what is not part of the plan, or save it "
            "as CSV."
        ),
        "It holds a file of another kind inside. Delete that, save it and choose it again.",
        "It holds macros, which are programs. Save it without them, as .docx or .xlsx, and choose that.",
    ]


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """Nothing in `with cheap():` takes two seconds; a process that wanted more than 200 MB would say so."""
    monkeypatch.setattr(reading, "MEGABYTES", 200)

    @contextmanager
    def measured() -> Iterator[None]:
        before = busy()
        yield
        assert busy() - before < 2

    return measured


def busy() -> float:
    """Seconds that this process and those that it started have worked: whatever else the machine does."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


# Entities and what leads outside: case 66


SECRET = "the words of another file"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    thread.join()
    server.server_close()


def declared(doctype: str, encoding: str = "utf-8") -> bytes:
    body = tbl(tr(tc("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")))
    text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<w:document {NAMES}><w:body>{body}</w:body></w:document>'
    return text.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7", "utf-16-be"])
def test_entities_are_refused_and_reach_nothing(tmp_path: Path, listener, cheap, encoding: str) -> None:
    """Case 66."""
    address, asked = listener
    (tmp_path / "secret").write_text(SECRET)
    doctypes = [
        '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>',
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{tmp_path / "secret"}">]>',
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{address}">]>',
        f'<!DOCTYPE a SYSTEM "{address}dtd">',
    ]

    said = set()
    for doctype in doctypes:
        with cheap():
            said.add(refusal(word("", more={"word/document.xml": declared(doctype, encoding)}), "plan.docx"))

    expected = package.SAVE_AGAIN if encoding in {"utf-7", "utf-16-be"} else package.DECLARES
    assert (said, asked) == ({expected}, [])


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"]
)
def test_entities_in_any_part_of_a_workbook_are_refused(cheap, part: str) -> None:
    """Case 66: a billion laughs among them."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">{levels}]><a>&a9;</a>'

    with cheap():
        assert refusal(office("xlsx", {part: laughs}), "plan.xlsx") == package.DECLARES


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ({"aFChunk": "other.docx"}, package.JOINS_OTHERS),
        ({"subDocument": "other.docx"}, package.JOINS_OTHERS),
        ({"oleObject": "embeddings/a.xlsx"}, package.HOLDS_OTHERS),
        ({"package": "embeddings/a.xlsx"}, package.HOLDS_OTHERS),
        ({"control": "activeX/activeX1.xml"}, package.HOLDS_OTHERS),
        ({"outside_oleObject": "file:///C:/a.xlsx"}, package.HOLDS_OTHERS),
        ({"outside_image": "ADDRESS"}, package.REACHES_OUT),
        ({"outside_attachedTemplate": "ADDRESS"}, package.REACHES_OUT),
    ],
)
def test_what_leads_out_of_a_document_is_refused(listener, cheap, kinds: dict[str, str], words: str) -> None:
    """Case 66: with a plain reason, and without a connection."""
    address, asked = listener
    kinds = {kind: target.replace("ADDRESS", address) for kind, target in kinds.items()}

    with cheap():
        said = refusal(word(tbl(tr("a")), **kinds), "plan.docx")

    assert (said, asked) == (words, [])


def test_links_to_read_and_a_councils_own_template_are_no_harm() -> None:
    content = word(
        tbl(tr("a")),
        outside_hyperlink="https://example.org/policy",
        outside_attachedTemplate="file:///C:/Templates/Plan.dotx",
    )

    assert read(content, "plan.docx").tables[0].rows[0].cells[0].text == "a"


def test_a_chart_keeps_its_sheet() -> None:
    parts = {"word/charts/_rels/chart1.xml.rels": relations(package="../embeddings/a.xlsx")}

    assert len(read(word(tbl(tr("a")), more=parts), "plan.docx").tables) == 1


@pytest.mark.parametrize(
    "kinds",
    [{"externalLink": "externalLinks/externalLink1.xml"}, {"connections": "connections.xml"}],
)
def test_a_workbook_that_draws_on_others_is_refused(kinds: dict[str, str]) -> None:
    """Case 66."""
    content = office("xlsx", {"xl/_rels/workbook.xml.rels": relations(**kinds)})

    assert refusal(content, "plan.xlsx") == package.REACHES_OUT


# Files that are hard to read


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (word(p("Nothing but words.")), "plan.docx"),
        (excel(lambda sheet: None), "plan.xlsx"),
        (b",,\n\n", "plan.csv"),
    ],
)
def test_a_file_without_a_table_is_refused(content: bytes, name: str) -> None:
    assert refusal(content, name) == (
        "There is no table in it that holds any words. Choose the file that has the plan in rows and columns."
    )


def test_a_far_away_cell_is_refused_before_it_costs_anything(cheap) -> None:
    """Case 64."""

    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["XFD1048576"] = "a", "far"

    content = excel(fill)

    with cheap():
        assert refusal(content, "plan.xlsx").startswith("It has words far away from the rest")


def test_a_merged_cell_over_a_whole_sheet_costs_nothing(cheap) -> None:
    """Case 64."""
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>', more=merged)

    with cheap():
        assert len(read(content, "plan.xlsx").tables[0].rows) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (office("docx"), "plan.docx"),
        (office("xlsx", {"xl/workbook.xml": "<main"}), "plan.xlsx"),
        (word("").replace(b"word/document.xml", b"word/documant.xml"), "plan.docx"),
        (word("", more={"word/document.xml": "<w:document"}), "plan.docx"),
        (word("", more={"word/document.xml": "<a>" * 10_000}), "plan.docx"),
        (sheet_of('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), "plan.xlsx"),
    ],
)
def test_broken_files_say_what_to_do(cheap, content: bytes, name: str) -> None:
    with cheap():
        assert "save it again" in refusal(content, name)


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 1)
    rows = "".join(f'<row r="{row}"/>' for row in range(900_000))

    assert refusal(sheet_of(rows), "plan.xlsx").startswith("It takes longer than 10 seconds to read.")


def test_what_takes_too_much_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MEGABYTES", 150)
    cells = "<w:p/>" * 1_500_000

    assert refusal(word(cells), "plan.docx").startswith("Reading it takes more than 300 MB of memory.")


def test_5_000_rows_are_read_in_less_than_five_seconds() -> None:
    row = ["S1", "a recommendation " * 8, "an outcome", "1", "Must do", "DCS/ SM QA", "an action " * 15, "30.9.12", "In progress", "an update " * 25]  # fmt: skip
    content = excel(lambda sheet: [sheet.append(row) for _ in range(5_000)])
    before = busy()

    source = read(content, "plan.xlsx")

    assert len(source.tables[0].rows) == 5_000
    assert busy() - before < 5
