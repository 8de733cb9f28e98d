"""Workbooks as rows: what their cells show, sheet by sheet, and what is told of the rest."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Color, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from recommendations.intake import read_excel
from recommendations.intake.excel_shown import date_shown, number_shown
from recommendations.intake.gathering import Unreadable
from recommendations.intake.rows import Cell, Notice, Source
from tests.files import office
from tests.recommendations.intake.making import excel, kept, sheet_of

pytestmark = pytest.mark.once


@pytest.fixture
def read(tmp_path: Path):
    return lambda content: read_excel.read(kept(tmp_path, content))


def texts(source: Source) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in source.tables[0].rows]


def rows(*given: list[object]) -> bytes:
    return excel(lambda sheet: [sheet.append(row) for row in given])


# Cells


def test_rows_that_hold_something_with_excels_own_numbers(read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Plan"
        sheet["B4"] = "Action"
        sheet["C9"] = "Due"

    source = read(excel(fill))

    assert [table.name for table in source.tables] == ["Plan"]
    assert [row.number for row in source.tables[0].rows] == [1, 4, 9]
    assert texts(source) == [["Plan", "", ""], ["", "Action", ""], ["", "", "Due"]]
    assert source.notices == ()


def test_words_numbers_and_yes_or_no(read) -> None:
    source = read(rows(["  £5\nper head – ok 😀", 3, 1.5, 0.1 + 0.2, True, "'tis", "12"]))

    assert texts(source) == [["  £5\nper head – ok 😀", "3", "1.5", "0.3", "TRUE", "'tis", "12"]]


def test_words_that_begin_like_a_formula_are_words(read) -> None:
    def fill(sheet: Worksheet) -> None:
        for row, text in enumerate(["=1+1", "+44", "-18 group", "@home"], start=1):
            sheet.cell(row, 1).value = text
            sheet.cell(row, 1).data_type = "s"
            sheet.cell(row, 1).quotePrefix = True

    source = read(excel(fill))

    assert texts(source) == [["=1+1"], ["+44"], ["-18 group"], ["@home"]]
    assert source.notices == ()


def test_signs_that_a_workbook_writes_as_codes(read) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>one_x000D__x000A_two_x0000_ _x005F_x0041_</t></is></c></row>'

    source = read(sheet_of(rows))

    assert texts(source) == [["one\ntwo _x0041_"]]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (5, "General", "5"),
        (1.1, "0.00", "1.10"),
        (0.5, "0%", "50%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (7, "000", "007"),
        (3, '"S"0', "S3"),
        (3, r"\(0\)", "(3)"),
        (-4, "#,##0_);(#,##0)", "(4)"),
        (-4, "0", "-4"),
        (2.5, "#.##", "2.5"),
        (1200000, "0.0,,", "1200000"),
        (12.0, "0.00E+00", "12"),
        (41182, "@", "41182"),
        (-1.5, "General", "-1.5"),
    ],
)
def test_numbers_as_their_format_shows_them(value: float, code: str, shown: str) -> None:
    assert number_shown(value, code) == shown


# Dates: case 69


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (datetime(2027, 2, 1), "dd/mm/yyyy", ("01/02/2027", date(2027, 2, 1))),
        (datetime(2027, 2, 1), "mm-dd-yy", ("01/02/2027", date(2027, 2, 1))),
        (datetime(2012, 9, 30, 14, 30), "dd/mm/yyyy hh:mm", ("30/09/2012 14:30", date(2012, 9, 30))),
        (datetime(2012, 9, 30, 14, 30), "d mmm yyyy", ("30/09/2012", date(2012, 9, 30))),
        (datetime(2012, 9, 1), "mmm-yy", ("Sep 2012", None)),
        (datetime(2012, 9, 1), "[$-809]mmmm yyyy;@", ("September 2012", None)),
        (datetime(2012, 9, 1), "mm/yyyy", ("09/2012", None)),
        (datetime(2012, 9, 1), "yyyy", ("2012", None)),
        (time(9, 5), "hh:mm", ("09:05", None)),
        (timedelta(hours=30, minutes=5), "[h]:mm", ("30:05", None)),
    ],
)
def test_dates_as_their_format_shows_them(value: object, code: str, shown: tuple[str, date | None]) -> None:
    """Case 69: a day only where one is shown."""
    assert date_shown(value, code) == shown


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_real_dates_of_both_systems(read, epoch_1904: bool) -> None:
    """Case 69."""

    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = date(2012, 9, 30)
        sheet["B1"] = datetime(2027, 2, 1)

    source = read(excel(fill, epoch_1904=epoch_1904))

    assert source.tables[0].rows[0].cells == (
        Cell("30/09/2012", date(2012, 9, 30)),
        Cell("01/02/2027", date(2027, 2, 1)),
    )


def test_what_only_looks_like_a_date_is_left_as_it_stands(read) -> None:
    """Case 69: serial numbers, impossible days and words are never guessed at here."""
    source = read(rows(["31/04/2027", "29/02/2027", "TBC", "Q3", 41182]))

    assert texts(source) == [["31/04/2027", "29/02/2027", "TBC", "Q3", "41182"]]
    assert {cell.day for cell in source.tables[0].rows[0].cells} == {None}


def test_a_date_that_the_calendar_does_not_reach(read) -> None:
    """Case 69."""

    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = 99999999999
        sheet["A1"].number_format = "dd/mm/yyyy"

    source = read(excel(fill))

    assert texts(source) == [["99999999999"]]
    assert source.notices == (
        Notice("A value that Excel cannot show", "sheet “Plan”, cell A1", "99999999999"),
    )


# Formulas


def test_formulas_show_their_value_and_are_told_where_they_have_none(read) -> None:
    cells = (
        '<row r="1"><c r="A1" t="str"><f>1&amp;"a"</f><v>1a</v></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1"><f>A9</f></c><c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )

    source = read(sheet_of(cells))

    assert texts(source) == [["1a", "2", "", "", "#DIV/0!"]]
    assert source.notices == (
        Notice(
            "A formula without a value: open the file in Excel, save it and bring it in again",
            "sheet “Plan”, cell C1",
            "=A9",
        ),
        Notice("A value that Excel cannot show", "sheet “Plan”, cell E1", "#DIV/0!"),
    )


# Merged cells and colours


def test_merged_cells_say_where_they_began(read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["C1"], sheet["C2"], sheet["A5"] = "both", "c", "d", "e"
        sheet.merge_cells("A1:B3")
        sheet.merge_cells("A5:XFD5")

    source = read(excel(fill))

    assert texts(source) == [["both", "", "c"], ["", "", "d"], ["e", "", ""]]
    assert [[cell.covered.value for cell in row.cells] for row in source.tables[0].rows] == [
        ["", "left", ""],
        ["above", "above", ""],
        ["", "left", "left"],
    ]


def test_words_under_a_merged_cell_are_told(read) -> None:
    cells = (
        '<row r="1"><c r="A1" t="str"><v>seen</v></c><c r="B1" t="str"><v>unseen</v></c>'
        '<c r="C1"><v>1</v></c></row>'
    )

    source = read(sheet_of(cells, more='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))

    assert texts(source) == [["seen", "", "1"]]
    assert source.notices == (
        Notice("Words under a merged cell, left out", "sheet “Plan”, cell B1", "unseen"),
    )


def test_backgrounds_by_name_by_number_and_by_theme(read) -> None:
    colours = {
        "A1": PatternFill("solid", fgColor="FFFF0000"),
        "B1": PatternFill("solid", fgColor=Color(indexed=13)),
        "C1": PatternFill("solid", fgColor=Color(theme=9)),
        "D1": PatternFill("solid", fgColor=Color(theme=0, tint=-0.5)),
        "E1": PatternFill("solid", fgColor=Color(theme=1, tint=0.5)),
        "F1": PatternFill(),
    }

    def fill(sheet: Worksheet) -> None:
        sheet["G1"] = "x"
        for place, colour in colours.items():
            sheet[place].fill = colour

    source = read(excel(fill))

    assert [cell.colour for cell in source.tables[0].rows[0].cells] == [
        "#ff0000",
        "#ffff00",
        "#f79646",
        "#808080",
        "#808080",
        "",
        "",
    ]


# What is told


def test_hidden_rows_columns_and_sheets_are_read_and_told(read) -> None:
    workbook = Workbook()
    plan, notes = workbook.active, workbook.create_sheet("Notes")
    empty = workbook.create_sheet("Empty")
    for row in range(1, 8):
        plan.append([f"a{row}", f"b{row}", f"c{row}"])
    for row in (2, 3, 6, 90):
        plan.row_dimensions[row].hidden = True
    plan.column_dimensions["B"].hidden = True
    plan.column_dimensions["Z"].hidden = True
    notes["A1"] = "kept"
    notes.sheet_state, empty.sheet_state = "veryHidden", "hidden"
    written = io.BytesIO()
    workbook.save(written)

    source = read(written.getvalue())

    assert [(table.name, len(table.rows)) for table in source.tables] == [("Sheet", 7), ("Notes", 1)]
    assert source.notices == (
        Notice("Hidden rows, read like the others", "sheet “Sheet”, rows 2–3, 6"),
        Notice("Hidden columns, read like the others", "sheet “Sheet”, column B"),
        Notice("A hidden sheet, read like the others", "sheet “Notes”"),
    )


def test_colours_by_a_rule_are_told_as_not_read(read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "R"
        red = PatternFill("solid", bgColor="FFFF0000")
        sheet.conditional_formatting.add("A1:A50", CellIsRule("equal", ['"R"'], fill=red))

    source = read(excel(fill))

    assert source.tables[0].rows[0].cells == (Cell("R"),)
    assert source.notices == (
        Notice("Colours by a rule (conditional formatting), not read", "sheet “Plan” A1:A50"),
    )


def test_comments_and_pictures_are_told_without_names(read, tmp_path: Path) -> None:
    Image.new("RGB", (2, 2)).save(tmp_path / "dot.png")

    def fill(sheet: Worksheet) -> None:
        from openpyxl.drawing.image import Image as Picture

        sheet["B2"] = "On track"
        sheet["B2"].comment = Comment("Is it?", "A Person")
        sheet.add_image(Picture(str(tmp_path / "dot.png")), "C3")

    source = read(excel(fill))

    assert source.notices == (
        Notice("A picture", "sheet “Plan”, cell C3", "Picture"),
        Notice("A comment", "sheet “Plan”, cell B2", "Is it?"),
    )


# Far away, too much, in another dialect


@pytest.mark.parametrize("cell", ["XFD1", "XFD1048576", "B1048576", "A10002"])
def test_a_far_away_cell_is_refused_by_its_place(read, cell: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet[cell] = "a", "far"

    with pytest.raises(Unreadable) as refused:
        read(excel(fill))

    assert str(refused.value) == (
        f"It has words far away from the rest, in sheet “Plan”, cell {cell}: most likely by mistake. Clear that cell, with "
        "whatever else is there, save the file and choose it again."
    )


def test_a_blank_far_away_is_nothing(read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["XFD1048576"], sheet["A10001"] = "a", " ", "b"

    source = read(excel(fill))

    assert ([row.number for row in source.tables[0].rows], source.notices) == ([1, 10001], ())


def test_50_000_cells_and_their_headings_are_the_most(read) -> None:
    headings, row = ["h"] * 10, ["x"] * 10

    source = read(rows(headings, *[row] * 5000))

    assert len(source.tables[0].rows) == 5001
    with pytest.raises(Unreadable, match="more than 50,000 cells"):
        read(rows(headings, *[row] * 5010))


def test_a_strict_workbook_is_refused(read) -> None:
    strict = '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'

    with pytest.raises(Unreadable, match="Strict Open XML"):
        read(office("xlsx", {"xl/workbook.xml": strict}))


def test_a_workbook_that_claims_no_size(read) -> None:
    """As programs other than Excel write it."""
    content = rows(["a", "b"])
    stripped = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(stripped, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b'<dimension ref="A1:B1" />', b"").replace(b' r="A1"', b""))
    assert load_workbook(io.BytesIO(content)).active.dimensions == "A1:B1"

    assert texts(read(stripped.getvalue())) == [["a", "b"]]
