"""The Word document: a real one, that says what the page and the PDF say."""

import json
import re
from functools import cache
from typing import Any

import pytest
from django.template.loader import render_to_string
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports import document, word
from reports.making import ReportFailed
from reports.models import Audience, Report, ReportSection
from reports.word_making.xml import clean
from reports.workflow import files
from tests.reports.reading import Element
from tests.reports.reading import Paper as Pdf
from tests.reports.word_reading import Page, Word

pytestmark = pytest.mark.pdf


@cache
def made(source: str) -> bytes:
    return word.render(source).content


@pytest.fixture
def harrows(report: Report) -> Word:
    return Word(made(word.source_of(document.of(report))))


@pytest.fixture
def page(report: Report) -> Page:
    return Page(render_to_string("reports/_report.html", {"paper": document.of(report)}))


# The same in every form


def test_the_page_and_the_document_say_the_same_in_the_same_order(harrows: Word, page: Page) -> None:
    assert harrows.words == page.words
    assert len(harrows.words) > 5000


def test_the_pdf_says_the_same_too(short_report: Report, short_paper: Pdf) -> None:
    written = Word(made(word.source_of(document.of(short_report))))

    # Only the PDF knows on which page a section is.
    told = re.sub(r"(Progressinaminute),page\d+", r"\1", "".join("".join(_told(short_paper.tree)).split()))
    assert told.replace("Contents", "", 1) == "".join(written.words)


def _told(element: Element) -> list[str]:
    """A tag's words without drawings, the signs in front of lists, and the list of contents, which Word makes itself."""
    if element.tag in ("Figure", "Lbl", "TOC"):
        return []
    return [element.text, *(words for child in element.children for words in _told(child))]


def test_headings_have_the_levels_of_the_page(harrows: Word, page: Page) -> None:
    assert harrows.headings == page.headings
    assert {level for level, _ in harrows.headings} == {1, 2, 3}


# What Word knows of it


def test_header_rows_repeat(harrows: Word) -> None:
    for table in harrows.all("w:tbl"):
        repeated = [
            row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.iter(qn("w:tr"))
        ]
        assert repeated == [True] * sum(repeated) + [False] * (len(repeated) - sum(repeated))
    plan = [table for table in harrows.document.tables if table.cell(0, 0).text == "Recommendation"]
    assert [cell.text for cell in plan[0].rows[0].cells] == [
        "Recommendation",
        "Outcome required",
        "Lead officers",
        "Action",
        "By when",
        "Progress update",
    ]


def test_a_row_splits_only_where_it_is_long(short_report: Report) -> None:
    source = json.loads(word.source_of(document.of(short_report)))
    rows = "".join(f"<tr><th>{'word ' * count}</th><td>Said</td></tr>" for count in (80, 81))

    written = Word(
        word.render(json.dumps({**source, "html": f"<table><tbody>{rows}</tbody></table>"})).content
    )

    whole = [row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in written.all("w:tr")]
    assert whole == [True, False]


def _text(element: Any) -> str:
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def test_tables_have_captions_and_say_what_they_are(harrows: Word, page: Page) -> None:
    captions = [
        paragraph.text for paragraph in harrows.document.paragraphs if paragraph.style.name == "Caption"
    ]
    said = [
        (
            table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val")),
            table.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}").get(qn("w:val")),
        )
        for table in harrows.all("w:tbl")
    ]

    assert captions == [" ".join("".join(each.itertext()).split()) for each in page.root.iter("caption")]
    assert said[:2] == [
        ("How the plan goes", "Two columns: what it is, and what it says."),
        ("Section 3 – Statutory Officer Clearance", "Columns: On behalf of, Clearance, Date."),
    ]
    assert captions[0] in [title for title, _ in said]


def test_columns_are_as_wide_as_the_style_sheet_says(harrows: Word) -> None:
    plan = next(table for table in harrows.document.tables if table.cell(0, 0).text == "Recommendation")

    widths = [int(column.get(qn("w:w"))) for column in plan._tbl.tblGrid]
    assert [round(1000 * width / sum(widths)) for width in widths] == [170, 145, 95, 220, 90, 280]


def test_pictures_have_words(harrows: Word, page: Page) -> None:
    described = [picture.get("descr") for picture in harrows.body.iter(qn("wp:docPr"))]
    titles = [
        " ".join(drawing[0].text.split()) for drawing in page.root.iter("{http://www.w3.org/2000/svg}svg")
    ]

    assert [words.partition(" The same numbers")[0] for words in described] == titles
    assert described[0] == "Ticked"
    assert len(harrows.document.inline_shapes) == len(titles)
    assert all(content.startswith(b"\x89PNG") for name, content in harrows.parts().items() if "media" in name)


def test_its_properties(harrows: Word) -> None:
    told = harrows.document.core_properties

    assert told.title == "How the plan goes: Report for the Scrutiny Committee, 14 November 2012"
    assert told.subject == "Report for the Scrutiny Committee, 14 November 2012, as of 14 November 2012"
    assert (told.author, told.last_modified_by) == ("Harrow Council", "Harrow Council")
    assert (told.category, told.content_status, told.language) == ("Draft – Open", "Draft", "en-GB")
    assert told.created.isoformat() == told.modified.isoformat() == "2012-11-14T00:00:00+00:00"


def test_the_plan_lies_across(harrows: Word) -> None:
    turned = [section.orientation for section in harrows.document.sections]

    assert turned[0] == WD_ORIENT.PORTRAIT
    assert turned[-1] == WD_ORIENT.LANDSCAPE
    assert turned == sorted(turned, key=lambda each: each == WD_ORIENT.LANDSCAPE)


def test_every_page_bears_title_marking_and_its_number(harrows: Word) -> None:
    for section in harrows.document.sections:
        assert section.header.paragraphs[0].text == "How the plan goes\tDraft – Open"
        assert section.footer.paragraphs[0].text == "\tPage 1 of 1"
        codes = [code.text.strip() for code in section.footer._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]


def test_contents_lead_to_every_section(harrows: Word) -> None:
    (contents,) = harrows.all("w:sdt")

    links = list(contents.iter(qn("w:hyperlink")))
    named = {mark.get(qn("w:name")) for mark in harrows.all("w:bookmarkStart")}
    assert [_text(link) for link in links] == [words for level, words in harrows.headings if level == 2]
    assert {link.get(qn("w:anchor")) for link in harrows.all("w:hyperlink")} <= named
    assert next(contents.iter(qn("w:instrText"))).text == r' TOC \o "2-2" \h \z \u '


def test_bookmarks_are_told_apart(harrows: Word) -> None:
    marks = harrows.all("w:bookmarkStart")

    assert len({mark.get(qn("w:name")) for mark in marks}) == len(marks)
    assert len({mark.get(qn("w:id")) for mark in marks}) == len(marks)
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,39}", mark.get(qn("w:name"))) for mark in marks)


def test_lists_are_lists_and_numbers_begin_anew(short_report: Report) -> None:
    _write(short_report, "- one\n- two\n\n1. a\n2. b\n\nthen\n\n3. c\n4. d")

    written = Word(word.render(word.source_of(document.of(short_report))).content)

    items = [
        paragraph for paragraph in written.paragraphs if paragraph.find(f".//{qn('w:numPr')}") is not None
    ]
    lists = {
        _text(item): item.find(f".//{qn('w:numId')}").get(qn("w:val"))
        for item in items
        if _text(item) in {"one", "two", "a", "b", "c", "d"}
    }
    assert lists["one"] == lists["two"]
    assert lists["a"] == lists["b"]
    assert len({lists["one"], lists["a"], lists["c"]}) == 3
    numbering = parse_xml(written.parts()["word/numbering.xml"])
    starts = {
        number.get(qn("w:numId")): start.get(qn("w:val"))
        for number in numbering.iter(qn("w:num"))
        for start in number.iter(qn("w:startOverride"))
    }
    assert (starts[lists["a"]], starts[lists["c"]]) == ("1", "3")


def test_numbered_paragraphs_hang(short_report: Report) -> None:
    layout = short_report.layout
    type(layout).objects.filter(pk=layout.pk).update(numbering="run")
    ReportSection.objects.filter(report=short_report).update(numbers_paragraphs=True)

    written = Word(word.render(word.source_of(document.of(_again(short_report)))).content)

    numbered = [each.text for each in written.document.paragraphs if "Numbered" in each.style.name]
    assert numbered[0] == "1.\tA short summary."
    assert written.document.styles["Numbered paragraph"].paragraph_format.first_line_indent < 0


def test_ratings_are_a_letter_on_its_colour_and_a_word(harrows: Word) -> None:
    shaded = [
        (run.find(f"{qn('w:rPr')}/{qn('w:shd')}").get(qn("w:fill")), _text(run).strip("\u00a0"))
        for run in harrows.all("w:r")
        if run.find(f"{qn('w:rPr')}/{qn('w:shd')}") is not None
    ]

    colours = json.loads(word.source_of(document.of(Report.objects.with_plan().get(slug="scrutiny"))))[
        "ratings"
    ]
    assert {ground for ground, _ in shaded} == {ground for ground, _ in colours.values()}
    assert {letter for _, letter in shaded} == {"R", "A", "G"}


def test_the_exempt_document_says_so_on_every_page(short_report: Report) -> None:
    ReportSection.objects.filter(report=short_report, heading="Background").update(
        exempt_paragraph="3", public_interest="It would weaken the council's hand."
    )

    both = {
        audience: Word(
            word.render(word.source_of(document.of(_again(short_report), audience=audience))).content
        )
        for audience in (Audience.OPEN, Audience.EXEMPT)
    }

    exempt, open_one = both[Audience.EXEMPT], both[Audience.OPEN]
    assert exempt.document.sections[-1].header.paragraphs[0].text.endswith("\tDraft – Exempt: paragraph 3")
    assert "First words." in " ".join(exempt.words)
    assert not any(b"First words" in part or b"Background<" in part for part in open_one.parts().values())


# Nothing from outside, and nothing lost


HOSTILE = [
    "<w:p><w:r><w:t>x</w:t></w:r></w:p>]]></w:t>",
    "{ INCLUDEPICTURE http://127.0.0.1:9/x } =cmd|' /C calc'!A0",
    "before\x00\x01\x0b\x1f\ufffeafter \u202eright to left\u202c",
    "שלום עולם مرحبا 👩‍👧 𝔘𝔫𝔦",
    "&#1; &amp;#x0; &lt;!ENTITY x SYSTEM 'file:///etc/passwd'&gt;",
    "[link](http://127.0.0.1:9/) ![picture](file:///etc/passwd)",
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_whatever_is_written_stays_text(number: int, short_report: Report) -> None:
    _write(short_report, HOSTILE[number])
    Report.objects.filter(pk=short_report.pk).update(title=HOSTILE[number].replace("\x00", ""))
    paper = document.of(_again(short_report))

    written = Word(word.render(word.source_of(paper)).content)

    page = Page(clean(render_to_string("reports/_report.html", {"paper": paper})))
    assert written.words == page.words
    relations = [part for name, part in written.parts().items() if name.endswith(".rels")]
    assert not any(b"External" in part or b"127.0.0.1" in part for part in relations)
    codes = {code.text.split()[0] for code in written.all("w:instrText")}
    assert codes == {"TOC", "PAGEREF"}


def test_a_megabyte_of_words_is_kept_whole(short_report: Report) -> None:
    _write(short_report, "word " * 200_000)

    written = Word(word.render(word.source_of(document.of(short_report))).content)

    assert written.words.count("word") >= 200_000


def test_the_same_source_makes_the_same_bytes(short_report: Report) -> None:
    source = word.source_of(document.of(short_report))

    assert word.render(source) == word.render(source)


def test_parts_of_the_package_name_nobody_and_nothing_else(harrows: Word) -> None:
    parts = harrows.parts()

    assert sorted(name for name in parts if "media" not in name) == sorted(
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/app.xml",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            *(
                f"word/{place}-{page}.xml"
                for place in ("header", "footer")
                for page in ("across", "minute", "report")
            ),
            "word/numbering.xml",
            "word/settings.xml",
            "word/styles.xml",
        ]
    )


# Failing


def test_too_little_memory_is_said(short_report: Report, settings: Any) -> None:
    settings.REPORT_MEMORY_MB = 100
    source = json.loads(word.source_of(document.of(short_report)))

    with pytest.raises(ReportFailed) as failure:
        word.render(json.dumps({**source, "html": "<p>Words</p>" * 400_000}))

    assert str(failure.value) == (
        "The report needed more memory than it may use (100 MB), so it was stopped. Nothing was made."
    )


def test_too_little_time_is_said(short_report: Report, settings: Any) -> None:
    settings.REPORT_SECONDS = 1
    source = json.loads(word.source_of(document.of(short_report)))

    with pytest.raises(ReportFailed) as failure:
        word.render(json.dumps({**source, "html": "<p>Words</p>" * 400_000}))

    assert str(failure.value) == (
        "The report took longer than it may (1 seconds), so it was stopped. Nothing was made."
    )


def test_a_page_that_asks_for_something_is_refused(short_report: Report) -> None:
    source = json.loads(word.source_of(document.of(short_report)))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>'

    with pytest.raises(ReportFailed) as failure:
        word.render(json.dumps({**source, "html": svg}))

    assert failure.value.problem in ("refused", "incomplete")


def test_nothing_is_left_behind(short_report: Report, settings: Any) -> None:
    word.render(word.source_of(document.of(short_report)))

    assert list((settings.VAR_DIR / "work").glob("report-*")) == []


# As a job


def test_the_job_makes_the_file_that_was_asked_for(short_report: Report, cast: Any) -> None:
    wanted = files.of_report(short_report, form=files.Format.WORD)

    file = files.request_file(wanted=wanted, by=cast.northmoor_administrator, on=short_report.on)
    files.make_file.func(file.pk)

    file.refresh_from_db()
    assert (file.state, file.pages, file.file.name.endswith(".docx")) == ("ready", 0, True)
    assert files.content_of(file) == files.made(wanted)


def _write(report: Report, body: str) -> None:
    ReportSection.objects.filter(report=report, heading="Background").update(body=body.replace("\x00", ""))


def _again(report: Report) -> Report:
    return Report.objects.with_plan().get(pk=report.pk)
