"""CSV as rows, in whatever letters and with whatever sign between its cells. Case 68."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from improvement.cells import as_text
from recommendations.intake import read_csv
from recommendations.intake.gathering import Unreadable
from recommendations.intake.rows import Notice, Source

pytestmark = pytest.mark.once

LETTERS_TOLD = Notice("Letters read as Windows writes them (not Unicode): look at £, dashes and accents")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("csv") / "file"

    def reading(content: str | bytes) -> Source:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_csv.read(path)

    return reading


def texts(source: Source) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in source.tables[0].rows]


PLAN = "Ref,Action\r\nS1,“Review” £5 – DCS’s\r\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAN.encode(),
        PLAN.encode("utf-8-sig"),
        PLAN.encode("utf-16"),
        PLAN.encode("utf-16-le"),
        PLAN.encode("utf-16-be"),
        b"\xfe\xff" + PLAN.encode("utf-16-be"),
        PLAN.encode("cp1252"),
    ],
    ids=[
        "UTF-8",
        "with a mark",
        "UTF-16",
        "little-endian",
        "big-endian",
        "big-endian with a mark",
        "Windows",
    ],
)
def test_any_usual_letters(read, content: bytes) -> None:
    """Case 68."""
    source = read(content)

    assert texts(source) == [["Ref", "Action"], ["S1", "“Review” £5 – DCS’s"]]


def test_letters_of_windows_are_told(read) -> None:
    """Case 68."""
    assert read(PLAN.encode("cp1252")).notices == (LETTERS_TOLD,)
    assert read(PLAN).notices == ()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_sign_between_cells(read, sign: str) -> None:
    """Case 68: other signs in the words do not mislead, nor does a title above."""
    row = ["S1", "Review, agree; and say so | all of it", "30.9.12"]
    written = io.StringIO()
    csv.writer(written, delimiter=sign).writerows([["Plan, version 2"], ["Ref", "Action", "Due"], row, row])

    source = read(written.getvalue())

    assert texts(source) == [["Plan, version 2", "", ""], ["Ref", "Action", "Due"], row, row]


def test_excels_own_note_of_the_sign(read) -> None:
    source = read("sep=;\r\na,b;c\r\n")

    assert texts(source) == [["a,b", "c"]]
    assert [row.number for row in source.tables[0].rows] == [2]


def test_new_lines_and_marks_in_quotes(read) -> None:
    """Case 68: rows are known by the line that they begin on."""
    source = read('Ref,Action\n\n,,\nS1,"one\r\ntwo ""and"" three"\nS2,next\n')

    assert texts(source) == [["Ref", "Action"], ["S1", 'one\ntwo "and" three'], ["S2", "next"]]
    assert [row.number for row in source.tables[0].rows] == [1, 4, 6]


def test_a_file_of_one_column(read) -> None:
    assert texts(read("Action\nReview\n")) == [["Action"], ["Review"]]


def test_rows_without_words_are_no_table(read) -> None:
    assert read(",,\n\n").tables == ()


def test_a_mark_in_the_middle_of_a_cell_is_told(read) -> None:
    source = read('a,b\n"one" two,three\n')

    assert texts(source) == [["a", "b"], ["one two", "three"]]
    assert source.notices == (
        Notice("A quotation mark in the middle of a cell: look whether its words are whole", "line 2"),
    )


def test_a_row_with_a_cell_too_many_is_told(read) -> None:
    found = read("Ref,Action,Lead\r\n1,Hold a review,DCS\r\n2,Fund workers, two posts,DCS\r\n3,Write,\r\n")

    told = "A row with more cells than the others: look whether a comma in its words cut a cell in two"
    assert found.notices == (Notice(told, "line 3"),)


def test_rows_that_end_sooner_are_not_told(read) -> None:
    found = read("Ref,Action,Lead,Notes\r\n1,Hold a review,DCS,\r\n2,Write,DCS,Sent\r\n3,Meet,,\r\n")

    assert found.notices == ()


@pytest.mark.parametrize("end", ["", "\n", "\nS3,more\n"])
def test_a_mark_that_nothing_closes_is_refused_by_its_line(read, end: str) -> None:
    """Case 68: else the rest of the plan would be one cell."""
    with pytest.raises(Unreadable) as refused:
        read(f'Ref,Action\nS1,one\nS2,"two{end}')

    assert str(refused.value) == (
        "Line 3 opens a quotation mark that nothing closes, so all that follows would be one cell. "
        "Mend it there, save the file and choose it again."
    )


def test_a_cell_of_200_kb_is_refused_by_its_line_and_column(read) -> None:
    """Case 68."""
    rows = ["Ref,Action", *["S1,short"] * 729, f"S2,{'a' * 204_800}"]

    with pytest.raises(Unreadable) as refused:
        read("\n".join(rows))

    assert str(refused.value) == (
        "Line 731, column 2 holds 204,800 letters. 100,000 is the most that one cell may hold. Often a quotation mark "
        "that is not closed is the cause: mend it there, save the file and choose it again."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b,c,d,e\x00\x01", "It is not plain text"),
        (b"\xef\xbb\xbfa,\xff", "Its letters cannot be read"),
        (b"a,\x81", "Its letters cannot be read"),
        (",".join("a" * 201).encode(), "more than 200 columns"),
        (b"a,b\n" * 25_051, "more than 50,000 cells"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(read, content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(content)


# What Waymark wrote itself

OURS = ["Reference", "Recommendation", "Action", "Stage", "Rating", "Update no."]
ANY_TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\r") | st.sampled_from("'=+-@\t\n＝😀\"")
).filter(lambda text: all(ord(each) >= 32 or each in "\t\n" for each in text) and "\x7f" not in text)


def written(rows: list[list[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([[as_text(cell) for cell in row] for row in rows])
    return file.getvalue()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(ANY_TEXT, min_size=len(OURS), max_size=len(OURS)), max_size=4))
def test_what_we_wrote_comes_back_as_it_was(read, rows: list[list[str]]) -> None:
    source = read(written([OURS, *rows]))

    assert texts(source)[1:] == [row for row in rows if any(row)]


@pytest.mark.parametrize("text", ["'=1", "'-18 group", "''+44", "'tis"])
def test_an_apostrophe_of_somebody_elses_file_stays(read, text: str) -> None:
    assert texts(read(f"Ref,Action\nS1,{text}\n"))[1] == ["S1", text]


# Anything


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(ANY_TEXT, min_size=3, max_size=3), min_size=1, max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    sign=st.sampled_from(";\t|,"),
)
def test_every_word_comes_back_under_its_columns(
    read, rows: list[list[str]], encoding: str, sign: str
) -> None:
    """Case 68: as long as the headings tell the columns apart."""
    headings = [["Ref", "Action", "By when"]] * 40
    file = io.StringIO()
    csv.writer(file, delimiter=sign, quoting=csv.QUOTE_ALL).writerows([*headings, *rows])

    source = read(file.getvalue().encode(encoding))

    assert texts(source)[40:] == [row for row in rows if any(row)]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_sentence(read, content: bytes) -> None:
    with suppress(Unreadable):
        assert isinstance(read(content), Source)
