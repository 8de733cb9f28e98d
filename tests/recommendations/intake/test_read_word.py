"""Word documents as rows: what a reader of the page sees, and what hangs on it beside."""

from pathlib import Path

import docx
import pytest

from recommendations.intake import read_word
from recommendations.intake.gathering import LONGEST_CELL, Unreadable
from recommendations.intake.rows import Notice, Reach, Source
from tests.recommendations.intake.making import kept, p, part, relations, tbl, tc, tr, word

pytestmark = pytest.mark.once


@pytest.fixture
def source(tmp_path: Path):
    return lambda body, **parts: read_word.read(kept(tmp_path, word(body, **parts)))


def texts(source: Source, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in source.tables[table].rows]


def covers(source: Source) -> list[list[str]]:
    return [[cell.covered.value for cell in row.cells] for row in source.tables[0].rows]


# Tables and what stands between them


def test_tables_with_the_paragraphs_before_and_behind_them(source) -> None:
    body = p("Plan") + p() + tbl(tr("a", "b")) + p("Key") + tbl(tr("c")) + p("Signed off")

    read = source(body)

    assert [table.name for table in read.tables] == ["Table 1", "Table 2"]
    assert [table.before for table in read.tables] == [("Plan",), ("Key",)]
    assert read.after == ("Signed off",)
    assert (texts(read), texts(read, 1)) == ([["a", "b"]], [["c"]])
    assert read.notices == ()


def test_a_document_that_python_docx_writes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Plan", 1)
    table = document.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(tmp_path / "file"))

    read = read_word.read(tmp_path / "file")

    assert read.tables[0].before == ("Plan",)
    assert texts(read) == [["00\n01\n02", "", ""], ["10\n20", "11", "12"], ["", "21", "22"]]
    assert covers(read) == [["", "left", "left"], ["", "", ""], ["above", "", ""]]


def test_lines_tabs_and_hyphens_in_a_cell(source) -> None:
    lines = "<w:p><w:r><w:t>DCS</w:t><w:br/><w:t>SM</w:t><w:tab/><w:t>QA</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>"

    read = source(tbl(tr(tc(lines + p() + p("DD TS") + p()))))

    assert texts(read) == [["DCS\nSM\tQA-1\n\nDD TS"]]


def test_merged_cells_say_where_they_began(source) -> None:
    restart, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    body = tbl(
        tr(tc("both", properties=wide + restart), "c"),
        tr(tc(properties=wide + goes_on), "d"),
        tr("e", "f", "g"),
        tr(tc("nothing above", properties=goes_on), "h", "i"),
        widths=(1000, 1000, 1000),
    )

    read = source(body)

    assert texts(read) == [["both", "", "c"], ["", "", "d"], ["e", "f", "g"], ["nothing above", "h", "i"]]
    assert covers(read) == [["", "left", ""], ["above", "above", ""], ["", "", ""], ["", "", ""]]


def test_columns_line_up_where_borders_were_dragged(source) -> None:
    wide = '<w:gridSpan w:val="2"/>'
    body = tbl(
        tr(tc("a", properties=wide), "b", "c"),
        tr("d", tc("e", properties=wide), "f"),
        widths=(3000, 60, 3000, 2000),
    )

    read = source(body)

    assert texts(read) == [["a", "b", "c"], ["d", "e", "f"]]
    assert {cell.covered for row in read.tables[0].rows for cell in row.cells} == {Reach.NOWHERE}


def test_a_grid_with_more_lines_than_columns(source) -> None:
    five = '<w:gridSpan w:val="5"/>'
    body = tbl(
        *[tr(tc("a", properties=five), tc("b", properties=five)) for _ in range(2)], widths=(500,) * 10
    )

    read = source(body)

    assert texts(read) == [["a", "b"], ["a", "b"]]


def test_rows_that_begin_further_in_or_end_early(source) -> None:
    body = tbl(tr("a", "b", "c"), tr("d", properties='<w:gridBefore w:val="1"/>'), widths=(900, 900, 900))

    read = source(body)

    assert texts(read) == [["a", "b", "c"], ["", "d", ""]]


def test_the_background_of_a_cell(source) -> None:
    body = tbl(
        tr(
            tc("red", properties='<w:shd w:val="clear" w:color="auto" w:fill="FF0000"/>'),
            tc("amber", properties='<w:shd w:val="solid" w:color="FFC000" w:fill="auto"/>'),
            tc("none", properties='<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'),
        )
    )

    read = source(body)

    assert [cell.colour for cell in read.tables[0].rows[0].cells] == ["#ff0000", "#ffc000", ""]


def test_a_table_in_a_cell_is_lines_of_it_and_told(source) -> None:
    read = source(tbl(tr(tc(p("Leads") + tbl(tr("DCS", "SM QA"), tr("DD TS", "DPH")) + p("End")), "b")))

    assert texts(read) == [["Leads\nDCS\tSM QA\nDD TS\tDPH\nEnd", "b"]]
    assert [(each.what, each.place) for each in read.notices] == [
        ("A table inside a cell, read as lines of it", "Table 1, row 1, cell 1")
    ]


def test_a_table_that_only_frames_another_is_not_one(source) -> None:
    framed = tbl(tr(tc(p("Plan") + tbl(tr("a", "b"), tr("c", "d")) + p("Key"))))

    read = source(framed)

    assert texts(read) == [["a", "b"], ["c", "d"]]
    assert (read.tables[0].before, read.after, read.notices) == (("Plan",), ("Key",), ())


# Content controls, links and fields


def test_content_controls_links_and_fields_keep_their_words(source) -> None:
    chosen = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    unfilled = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Choose an item.')}</w:sdtContent></w:sdt>"
    link = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>the policy</w:t></w:r></w:hyperlink></w:p>'
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>30/9/12</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    row = tr(chosen.format(tc("Green")), tc(chosen.format(p("DCS"))), tc(unfilled), tc(link), tc(field))

    read = source(tbl(chosen.format(row)), outside_hyperlink="https://example.org/policy")

    assert texts(read) == [["Green", "DCS", "", "the policy", "30/9/12"]]
    assert read.notices == ()


def test_ticked_boxes_of_a_form_and_of_a_font(source) -> None:
    form = '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r></w:p>'
    tick = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    other = '<w:p><w:r><w:sym w:font="Webdings" w:char="F0AB"/></w:r></w:p>'

    read = source(tbl(tr(tc(form), tc(tick), tc(other))))

    assert texts(read) == [["☒", "✓", ""]]
    assert read.notices == (
        Notice("A symbol that cannot be read", "Table 1, row 1, cell 3", "Webdings F0AB"),
    )


# What Word counts itself


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1%2)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>',
)
STYLES = part(
    "styles",
    '<w:style w:styleId="Roman"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Child"><w:basedOn w:val="Roman"/></w:style>',
)


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_numbers_that_word_counts_itself(source) -> None:
    cells = [
        p("first", properties=listed(1)),
        p("second", properties=listed(1)),
        p("below", properties=listed(1, 1)) + p("again", properties=listed(1, 1)),
        p("", properties=listed(1)),
        p("below anew", properties=listed(1, 1)),
        p("point", properties=listed(2)) + p("", properties=listed(2)),
        p("styled", properties='<w:pStyle w:val="Child"/>') + p("on", properties='<w:pStyle w:val="Roman"/>'),
        p("from one", properties=listed(4)) + p("goes on", properties=listed(4)),
        p("none", properties=listed(0)),
    ]
    parts = {"word/numbering.xml": NUMBERING, "word/styles.xml": STYLES}

    read = source(
        tbl(*[tr(tc(cell)) for cell in cells]), more=parts, numbering="numbering.xml", styles="styles.xml"
    )

    assert [row[0] for row in texts(read)] == [
        "1. first",
        "2. second",
        "(2a) below\n(2b) again",
        "3.",
        "(3a) below anew",
        "• point",
        "IV styled\nV on",
        "1. from one\n2. goes on",
        "none",
    ]


def test_the_glossarys_numbers_are_not_the_documents(source) -> None:
    parts = {
        "word/numbering.xml": NUMBERING,
        "word/glossary/numbering.xml": part("numbering", ""),
        "word/glossary/_rels/document.xml.rels": relations(numbering="numbering.xml"),
    }

    read = source(tbl(tr(tc(p("first", properties=listed(1))))), more=parts, numbering="numbering.xml")

    assert texts(read) == [["1. first"]]


# Tracked changes, comments, boxes, pictures, margins


def test_tracked_changes_are_read_as_accepted_and_told(source) -> None:
    changed = (
        "<w:p><w:r><w:t>Due </w:t></w:r><w:del><w:r><w:delText>30.9.12</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>31.10.12</w:t></w:r></w:ins></w:p>"
    )
    joined = p("one ", properties="<w:rPr><w:del/></w:rPr>") + p("line")
    body = tbl(
        tr(tc(changed), tc(joined)),
        tr(tc("<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"), "", properties="<w:del/>"),
        tr("new", "row", properties="<w:ins/>"),
    )

    read = source(body)

    assert texts(read) == [["Due 31.10.12", "one line"], ["new", "row"]]
    assert [row.number for row in read.tables[0].rows] == [1, 3]
    assert read.notices == (
        Notice("Words taken out as a tracked change, left out", "Table 1, row 1, cell 1", "30.9.12"),
        Notice("Words put in as a tracked change, read as accepted", "Table 1, row 1, cell 1", "31.10.12"),
        Notice("A row taken out as a tracked change, left out", "Table 1, row 2", "gone"),
        Notice("A row put in as a tracked change, read as accepted", "Table 1, row 3"),
    )


def test_comments_and_footnotes_are_told_without_names(source) -> None:
    cell = '<w:p><w:r><w:t>On track</w:t><w:commentReference w:id="7"/><w:footnoteReference w:id="2"/></w:r></w:p>'
    parts = {
        "word/comments.xml": part(
            "comments",
            f'<w:comment w:id="7" w:author="A Person">{p("Is it?")}</w:comment>'
            f'<w:comment w:id="8" w:author="A Person">{p("Lost")}</w:comment>',
        ),
        "word/footnotes.xml": part(
            "footnotes",
            f'<w:footnote w:id="0" w:type="separator">{p("-")}</w:footnote>'
            f'<w:footnote w:id="2">{p("As agreed.")}</w:footnote>',
        ),
    }

    read = source(tbl(tr(tc(cell))), more=parts, comments="comments.xml", footnotes="footnotes.xml")

    assert texts(read) == [["On track"]]
    assert read.notices == (
        Notice("A comment", "Table 1, row 1, cell 1", "Is it?"),
        Notice("A footnote", "Table 1, row 1, cell 1", "As agreed."),
        Notice("A comment", "", "Lost"),
    )


def test_text_boxes_and_pictures_are_told_once(source) -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wps:txbx>"
        f"<w:txbxContent>{p('Version 17')}</w:txbxContent></wps:txbx></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('Version 17')}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    picture = (
        '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" descr="Traffic light"/><a:graphic><a:graphicData>'
        "<pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )

    read = source(box + tbl(tr(tc(picture))))

    assert texts(read) == [[""]]
    assert read.notices == (
        Notice("A text box", "Before table 1", "Version 17"),
        Notice("A picture", "Table 1, row 1, cell 1", "Traffic light"),
    )


def test_hidden_words_are_read_and_told(source) -> None:
    read = source(tbl(tr(tc("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>not for the pack</w:t></w:r></w:p>"))))

    assert texts(read) == [["not for the pack"]]
    assert read.notices == (
        Notice("Hidden words, read like the others", "Table 1, row 1, cell 1", "not for the pack"),
    )


def test_crossed_out_words_are_read_and_told(source) -> None:
    read = source(tbl(tr(tc("<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>30.9.12</w:t></w:r></w:p>"))))

    assert texts(read) == [["30.9.12"]]
    assert read.notices == (
        Notice("Crossed out words, read like the others", "Table 1, row 1, cell 1", "30.9.12"),
    )


def test_what_stands_on_every_page_is_told_once(source) -> None:
    header = part("hdr", p("Official – sensitive"))

    read = source(
        tbl(tr("a")),
        more={"word/header1.xml": header, "word/footer1.xml": part("ftr", p())},
        header="header1.xml",
        footer="footer1.xml",
    )

    assert read.notices == (Notice("Words at the head of each page", "", "Official – sensitive"),)


# Limits


def test_cells_that_are_too_long_are_each_named(source) -> None:
    """Case 68."""
    long = "a" * (LONGEST_CELL + 1)

    with pytest.raises(Unreadable) as refused:
        source(tbl(tr("a", long), tr(long)))

    assert str(refused.value).startswith(
        "Table 1, row 1, cell 2 holds 100,001 letters; Table 1, row 2, cell 1 holds 100,001 letters. "
    )


def test_more_columns_than_any_plan_has(source) -> None:
    with pytest.raises(Unreadable, match="more than 200 columns"):
        source(tbl(tr(*["a"] * 201)))


def test_spans_that_claim_any_width_cost_nothing(source) -> None:
    body = tbl(tr(tc("a", properties='<w:gridSpan w:val="99999"/>'), "b"), tr("c", "d"))

    read = source(body)

    assert texts(read) == [["a", "", "b"], ["c", "d", ""]]


def test_tables_nested_without_end_are_a_broken_file(tmp_path: Path) -> None:
    body = tbl(tr("a"))
    for _ in range(100):
        body = tbl(tr(tc(body + p())))

    with pytest.raises(Exception, match="Excessive depth"):
        read_word.read(kept(tmp_path, word(body)))


def test_relations_are_found_wherever_the_main_part_lies(tmp_path: Path) -> None:
    moved = {
        "_rels/.rels": relations(officeDocument="/word/document2.xml"),
        "word/document2.xml": part("document", f"<w:body>{tbl(tr('a'))}</w:body>"),
    }

    read = read_word.read(kept(tmp_path, word("", more=moved)))

    assert texts(read) == [["a"]]
