"""The Word document, opened as another program would open it."""

import io
import re
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from reports.taking_out import word
from reports.taking_out.plan_table import HEADINGS, PlanTable
from reports.word_making.xml import clean
from tests.reports.taking_out.conftest import table_of


def opened(table: PlanTable) -> Document:
    return docx.Document(io.BytesIO(word.made(table)))


def rows_of(document: Document, at: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[at].rows]


def test_harrow_in_full(harrow_table: PlanTable) -> None:
    rows = rows_of(opened(harrow_table))

    told = [dict(zip(HEADINGS, row, strict=True)) for row in harrow_table.rows]
    assert rows[0] == list(HEADINGS)
    assert [(row[2], row[5], row[8], row[13]) for row in rows[1:]] == [
        (row["Reference"], row["Number"], row["Action"], row["Latest update"]) for row in told
    ]
    assert len(rows) == 102


def test_a_recommendation_is_said_in_its_first_row() -> None:
    rows = rows_of(opened(table_of({}, {"Number": "2"}, {"Reference": "N2"})))

    said = "Answer every contact within one working day."
    assert [(row[2], row[3]) for row in rows[1:]] == [("N1", said), ("N1", ""), ("N2", said)]


def test_the_pages_lie_across_and_the_head_repeats() -> None:
    document = opened(table_of({}))

    (section,) = document.sections
    assert section.page_width > section.page_height
    heads = [bool(row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) for row in document.tables[0].rows]
    assert heads == [True, False]
    assert (
        document.tables[0]._tbl.findall(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")[0].get(qn("w:val"))
        == "The plan"
    )


def test_its_package_is_listed_as_every_program_reads_it() -> None:
    """LibreOffice opens no document whose lists of parts have names with a prefix."""
    with zipfile.ZipFile(io.BytesIO(word.made(table_of({})))) as package:
        lists = [
            package.read(name).decode()
            for name in package.namelist()
            if name.endswith((".rels", "Types].xml"))
        ]

    starts = [re.findall(r"<[a-zA-Z:0-9]+", each)[0] for each in lists]
    assert starts == ["<Types", "<Relationships", "<Relationships"]
    assert [" xmlns=" in each and "ns0:" not in each for each in lists] == [True] * 3


def test_no_word_is_wider_than_its_column_and_all_fill_the_sheet() -> None:
    words = [
        "Looked after children",
        "Immediate",
        "LAC11",
        "Do it.",
        "",
        "1",
        "Embedding",
        "DCS",
        "Write.",
        "30/06/2025",
    ]
    row = [*words, "30.6.25", "Awaiting sign-off", "Green", "Done.", "01/05/2025", "", "1"]

    found = dict(zip(HEADINGS, word.widths([row]), strict=True))

    longest = {
        "Theme": 8,
        "Timescale": 9,
        "Reference": 9,
        "Phase": 9,
        "Due": 10,
        "Stage": 8,
        "Updated on": 10,
    }
    assert {
        heading: found[heading] - word.GAP >= letters * word.LETTER for heading, letters in longest.items()
    } == dict.fromkeys(longest, True)
    assert abs(sum(found.values()) - word.ACROSS.width) <= len(HEADINGS)
    assert found["Latest update"] > found["Theme"]


def test_a_word_without_end_leaves_room_for_the_others() -> None:
    row = ["x" * 5_000] * len(HEADINGS)

    found = word.widths([row])

    assert abs(sum(found) - word.ACROSS.width) <= len(HEADINGS)
    assert min(found) > 0


def test_its_title_keeps_its_capitals() -> None:
    document = opened(table_of({}))

    assert document.core_properties.title == "Northmoor Council: Northmoor Improvement Plan, as of 1 May 2025"
    assert document.core_properties.language == "en-GB"


def test_its_headings_are_headings() -> None:
    document = opened(table_of({}))

    headings = [
        (each.style.name, each.text) for each in document.paragraphs if each.style.name[:7] == "Heading"
    ]
    assert headings == [
        ("Heading 1", "Northmoor Council: Northmoor Improvement Plan"),
        ("Heading 2", "Lead officers"),
        ("Heading 2", "Rating key"),
        ("Heading 2", "Stages"),
        ("Heading 2", "Phases"),
        ("Heading 2", "Columns"),
    ]
    assert rows_of(document, 1) == [
        ["Abbreviation", "Post", "Organisation"],
        ["SM QA", "Quality lead", "Northmoor Council"],
    ]


@pytest.mark.parametrize("words", ["=1+1", "two\nlines", "  about  ", "1 – 2 🐢", "<w:p>&amp;"])
def test_words_stay_as_they_are(words: str) -> None:
    assert rows_of(opened(table_of({"Latest update": words})))[1][13] == words


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_comes_back(words: str) -> None:
    """What XML cannot hold is left out, and a line ends in one way."""
    found = rows_of(opened(table_of({"Latest update": words})))[1][13]

    assert found == clean(re.sub("\r\n?", "\n", words))


def test_the_same_table_makes_the_same_bytes() -> None:
    assert word.made(table_of({})) == word.made(table_of({}))
