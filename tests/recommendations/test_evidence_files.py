"""What is taken in as evidence, what is refused and in which words. Cases 52, 54, 55, 61 and 64."""

import stat
import time
import tracemalloc
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from improvement import stored_files
from improvement.stored_files import FileAltered, FileRefused
from recommendations import evidence_files, office_files
from tests.files import (
    EXE,
    HTML,
    JPEG,
    OLD_OFFICE,
    PDF,
    PNG,
    SVG,
    content_types,
    listed,
    local,
    office,
    uploaded,
    zipped,
)

KINDS = "Choose one of these: PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), CSV, plain text, PNG or JPEG, up to 10 MB."


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        evidence_files.check(uploaded(name, content))
    return str(refused.value)


# What is taken in


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("audit.pdf", PDF, "application/pdf"),
        ("AUDIT.PDF", PDF, "application/pdf"),
        ("audit.docx", office("docx"), office_files.WORD),
        ("audit.xlsx", office("xlsx"), office_files.EXCEL),
        ("audit.pptx", office("pptx"), office_files.POWERPOINT),
        ("audit.csv", "post,days\nSM QA,£3–4\n".encode(), "text/csv"),
        ("audit.csv", "\ufeffpost,days\r\n".encode(), "text/csv"),
        ("audit.csv", "post;£3–4’".encode("cp1252"), "text/csv"),
        ("audit.txt", b"Ten files were read.", "text/plain"),
        ("audit.png", PNG, "image/png"),
        ("audit.jpg", JPEG, "image/jpeg"),
        ("audit.jpeg", JPEG, "image/jpeg"),
        ("minutes v1.2.pdf", PDF, "application/pdf"),
        ("plan.pdf.docx", office("docx"), office_files.WORD),
    ],
)
def test_the_kinds_on_the_list_are_taken_in(name: str, content: bytes, content_type: str) -> None:
    checked = evidence_files.check(uploaded(name, content))

    assert (checked.name, checked.kind.content_type) == (name, content_type)
    assert evidence_files.content_type(checked.name) == content_type


@pytest.mark.shared
@pytest.mark.parametrize("name", ["harrow-plan.docx", "harrow-plan.xlsx"])
def test_what_word_and_excel_write_is_taken_in(shared: Path, name: str) -> None:
    content = (shared / "data" / name).read_bytes()

    assert evidence_files.check(uploaded(name, content)).name == name


def test_a_word_file_with_a_picture_a_chart_and_another_main_part_is_taken_in() -> None:
    content = office(
        "docx",
        {
            "[Content_Types].xml": content_types("docx", part="word/document2.xml"),
            "word/document2.xml": "<main/>",
            "word/media/image1.png": PNG,
            "word/charts/chart1.xml": "<chart/>",
            "word/embeddings/Microsoft_Excel_Sheet1.xlsx": office("xlsx"),
            "word/printerSettings/printerSettings1.bin": b"printer",
        },
    )

    assert evidence_files.check(uploaded("audit.docx", content)).kind.words == "Word (.docx)"


def test_a_file_as_large_as_the_limit_is_taken_in(settings: object) -> None:
    settings.EVIDENCE_LARGEST = 1024 * 1024  # type: ignore[attr-defined]

    checked = evidence_files.check(uploaded("audit.txt", b"a" * 1024 * 1024))

    assert checked.name == "audit.txt"


def test_letters_of_two_bytes_may_fall_on_the_edge_of_a_piece() -> None:
    content = ("a" * (stored_files.CHUNK - 1) + "é€").encode()

    assert evidence_files.check(uploaded("audit.txt", content)).name == "audit.txt"


# What is refused


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", HTML),
        ("picture.svg", SVG),
        ("setup.exe", EXE),
        ("plan.docm", office("docx")),
        ("plan.xlsm", office("xlsx")),
        ("plan.zip", office("docx")),
        ("plan.doc", OLD_OFFICE),
        ("plan.pdf.exe", EXE),
        ("plan.exe\u202efdp.exe", EXE),
        ("plan", PDF),
        ("plan.", PDF),
        (".pdf", PDF),
    ],
)
def test_other_kinds_are_refused(name: str, content: bytes) -> None:
    """Case 52."""
    sentence = refusal(name, content)

    assert sentence.endswith(f"was not taken in. Files of this kind are not kept. {KINDS}")


@pytest.mark.parametrize(
    "name", ["plan.exe.pdf", "plan.HTML.pdf", "plan.docm.pdf", "plan.js .pdf", "plan.exe\0.pdf"]
)
def test_a_name_that_ends_like_a_program_first_is_refused(name: str) -> None:
    """Case 52."""
    assert "Its name ends like a program before it ends like a document." in refusal(name, PDF)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.pdf", EXE, "Its name says PDF, its content does not. Open it and save it again as PDF."),
        ("plan.pdf", b" " + PDF, "Its name says PDF, its content does not."),
        ("plan.pdf", HTML, "Its name says PDF, its content does not."),
        ("plan.png", JPEG, "Its name says PNG, its content does not."),
        ("plan.jpg", SVG, "Its name says JPEG, its content does not."),
        ("plan.docx", PDF, "Its name says Word, its content does not."),
        ("plan.docx", OLD_OFFICE, "It is protected by a password or in an old format."),
        ("plan.docx", office("xlsx"), "Its content is of another kind than its name says."),
        ("plan.xlsx", office("docx"), "Its content is of another kind than its name says."),
        ("plan.txt", HTML, "Its name says text, its content is something else."),
        ("plan.csv", b"\xef\xbb\xbf\n " + SVG, "Its name says text, its content is something else."),
        ("plan.csv", PDF, "Its name says text, its content is something else."),
        ("plan.csv", office("xlsx"), "Its name says text, its content is something else."),
        ("plan.txt", b"a\x00b", "It is not plain text. Save it again as text or as “CSV UTF-8”."),
        ("plan.csv", "post,days".encode("utf-16"), "It is not plain text."),
        ("plan.txt", b"\x1b[31mred", "It is not plain text."),
        ("plan.txt", b"\x81\x8d", "Its letters cannot be read."),
        ("plan.pdf", PDF[:-8], "It breaks off before its end."),
        ("plan.pdf", b"", "It is empty."),
        ("plan.txt", b"", "It is empty."),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(name: str, content: bytes, words: str) -> None:
    """Cases 52 and 55."""
    assert refusal(name, content).startswith(f"“{name}” was not taken in. {words}")


def test_one_byte_more_than_the_limit_is_refused() -> None:
    """Case 55: counted, whatever length is claimed."""
    upload = uploaded("audit.txt", b"a" * (10 * 1024 * 1024 + 1))
    upload.size = 5

    with pytest.raises(FileRefused) as refused:
        evidence_files.check(upload)

    assert str(refused.value) == (
        "“audit.txt” was not taken in. It is larger than 10 MB. Make it smaller, or give a link to it instead."
    )


# Word, Excel and PowerPoint


@pytest.mark.parametrize(
    "more",
    [
        {"word/vbaProject.bin": b"macro"},
        {"word/VBAPROJECT.BIN": b"macro"},
        {"[Content_Types].xml": content_types("docx").replace("main+xml", "macroEnabled.main+xml")},
        {"[Content_Types].xml": content_types("docx") + "application/vnd.ms-office.vbaProject"},
        {"xl/macrosheets/sheet1.xml": b"<macro/>"},
    ],
)
def test_macros_are_refused(more: dict[str, bytes | str]) -> None:
    """Case 52."""
    sentence = refusal("plan.docx", office("docx", more))

    assert sentence.endswith("It holds macros, which are programs. Save it without macros, or as PDF.")


@pytest.mark.parametrize(
    "part",
    ["word/embeddings/oleObject1.bin", "word/setup.exe", "run.js", "word/media/film.mp4", "word/nothing"],
)
def test_files_of_other_kinds_inside_are_refused(part: str) -> None:
    """Case 52."""
    sentence = refusal("plan.docx", office("docx", {part: EXE}))

    assert sentence.endswith("It holds a file of another kind inside. Take that out, or save it as PDF.")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """Case 64: 225 MB of nothing, packed into one."""
    nothing = bytes(25 * 1024 * 1024)
    content = office("docx", {f"word/{number}.xml": nothing for number in range(9)})

    tracemalloc.start()
    started = time.process_time()
    sentence = refusal("plan.docx", content)
    took = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sentence.endswith(
        "Unpacked it would be larger than is safe to open. Save it as PDF, or give a link to it instead."
    )
    assert took < 2
    assert peak < 20 * 1024 * 1024


@pytest.mark.parametrize("parts", [2_001, 10_000])
def test_too_many_parts_are_refused_before_their_list_is_read(parts: int) -> None:
    """Case 64."""
    content = office("docx", {f"word/{number}.xml": b"" for number in range(parts - 3)})

    started = time.process_time()
    sentence = refusal("plan.docx", content)

    assert sentence.endswith(
        "Unpacked it would be larger than is safe to open. Save it as PDF, or give a link to it instead."
    )
    assert time.process_time() - started < 2


TYPES = content_types("docx").encode()


def liar(name: str) -> bytes:
    """A Word file that says one thing in its table of contents and another elsewhere."""
    types, main = local("[Content_Types].xml", TYPES), local("word/document.xml", b"<main/>")
    first, second = (
        listed("[Content_Types].xml", TYPES, 0),
        listed("word/document.xml", b"<main/>", len(types)),
    )
    at_first = listed("word/document.xml", b"<main/>", 0)
    inner = local("word/document.xml", b"<main/>")
    outer = local("a.xml", inner)
    around = listed("a.xml", inner, len(types))
    within = listed("word/document.xml", b"<main/>", len(types) + len(outer) - len(inner))
    files = {
        "honest": zipped(types + main, [first, second]),
        "two parts in one place": zipped(types + main, [first, at_first]),
        "one part within another": zipped(types + outer, [first, around, within]),
        "the table within a part": zipped(types + main[:-3], [first, second]),
        "a part that is larger than it is": zipped(
            types + main, [first, listed("word/document.xml", b"<main/>", len(types), claims=8)]
        ),
        "fewer parts than are listed": zipped(types + main, [first, second], count=1),
        "more parts than are listed": zipped(types + main, [first, second], count=3),
        "a part twice": zipped(types + main, [first, second, second]),
        "another name beside the part": zipped(
            types + local("word/document.exe", b"<main/>"), [first, second]
        ),
        "something before the first part": local("x", b"MZ") + zipped(types + main, [first, second]),
        "something after the end": zipped(types + main, [first, second]) + b"<script>",
        "a part outside": zipped(
            types + local("../document.xml", b"<main/>"),
            [first, listed("../document.xml", b"<main/>", len(types))],
        ),
        "a broken table": zipped(types + main, [first, b"PK\x01\x02"]),
        "nothing but an end": zipped(b"", []),
        "half": zipped(types + main, [first, second])[:200],
    }
    return files[name]


def test_a_zip_put_together_by_hand_is_taken_in_when_it_tells_the_truth() -> None:
    assert evidence_files.check(uploaded("plan.docx", liar("honest"))).name == "plan.docx"


@pytest.mark.parametrize(
    "name",
    [
        "two parts in one place",
        "one part within another",
        "the table within a part",
        "a part that is larger than it is",
        "fewer parts than are listed",
        "more parts than are listed",
        "a part twice",
        "another name beside the part",
        "something before the first part",
        "something after the end",
        "a part outside",
        "a broken table",
        "half",
    ],
)
def test_a_zip_that_lies_is_refused(name: str) -> None:
    """Case 64."""
    sentence = refusal("plan.docx", liar(name))

    assert "It is damaged, or put together in a way that Office does not use." in sentence


def test_a_zip_without_parts_is_refused() -> None:
    assert "Its name says Word, its content does not." in refusal("plan.docx", liar("nothing but an end"))


def test_a_part_behind_a_password_is_refused() -> None:
    types, main = local("[Content_Types].xml", TYPES), local("word/document.xml", b"<main/>", flags=1)
    content = zipped(
        types + main,
        [
            listed("[Content_Types].xml", TYPES, 0),
            listed("word/document.xml", b"<main/>", len(types), flags=1),
        ],
    )

    assert "It is protected by a password." in refusal("plan.docx", content)


@pytest.mark.parametrize("bytes_changed", [1, 20])
@given(st.data())
def test_whatever_is_changed_in_a_word_file_it_is_refused_in_words_or_taken_in(
    bytes_changed: int, data: st.DataObject
) -> None:
    content = bytearray(office("docx"))
    for _ in range(bytes_changed):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))

    try:
        said = evidence_files.check(uploaded("plan.docx", bytes(content))).name
    except FileRefused as refused:
        said = str(refused)

    assert said.startswith(("plan.docx", "“plan.docx” was not taken in. "))


# Names


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\somebody\\audit.pdf", "audit.pdf"),
        ("a\x00b\r\nc\x1b.pdf", "abc.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1.tar.pdf", "_lpt1.tar.pdf"),
        ("aux .pdf", "_aux.pdf"),
        ("console.pdf", "console.pdf"),
        ("👩‍👩‍👧 family 😀.pdf", "👩‍👩‍👧 family 😀.pdf"),
        ("e\u0301cole.pdf", "école.pdf"),
        ("non\u00a0breaking  name.pdf", "non breaking name.pdf"),
        ('a<b>:"c|d?e*.pdf', "a-b---c-d-e-.pdf"),
        (" .audit.pdf. ", "audit.pdf"),
        ("", "file"),
        ("...", "file"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
        ("a" * 115 + " b.pdf", "a" * 115 + ".pdf"),
        ("audit." + "x" * 300, "audit." + "x" * 19),
    ],
)
def test_the_name_that_is_shown_is_safe(given_name: str, shown: str) -> None:
    """Case 54."""
    assert evidence_files.shown_name(given_name) == shown


@given(st.text())
def test_every_name_can_be_shown_and_saved(given_name: str) -> None:
    """Case 54."""
    shown = evidence_files.shown_name(given_name)

    assert 1 <= len(shown) <= evidence_files.LONGEST_NAME
    assert not set(shown) & set('/\\<>:"|?*\x00\r\n\u202e')
    assert evidence_files.shown_name(shown) == shown


# Keeping


def test_a_file_is_kept_under_a_key_without_a_word_of_its_name(tmp_path: Path) -> None:
    """Cases 54 and 58."""
    checked = evidence_files.check(uploaded("../../plan of S2.pdf", PDF))

    stored = evidence_files.keep(checked)

    folder, _, key = stored.name.partition("/")
    path = Path(default_storage.path(stored.name))
    assert (folder, len(key), set(key) <= set("0123456789abcdef")) == ("evidence", 40, True)
    assert (stored.size, len(stored.sha256)) == (len(PDF), 64)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with stored_files.open_whole(stored.name, stored.sha256) as kept:
        assert kept.read() == PDF


def test_two_files_of_one_name_have_keys_of_their_own() -> None:
    first, second = (evidence_files.keep(evidence_files.check(uploaded("plan.pdf", PDF))) for _ in range(2))

    assert first.sha256 == second.sha256
    assert first.name != second.name


@pytest.mark.parametrize("content", [PDF.replace(b"1.7", b"1.4"), PDF + b" ", b""])
def test_a_file_that_was_altered_on_disk_is_not_read(content: bytes) -> None:
    """Case 61."""
    stored = evidence_files.keep(evidence_files.check(uploaded("plan.pdf", PDF)))
    Path(default_storage.path(stored.name)).write_bytes(content)

    with pytest.raises(FileAltered):
        stored_files.open_whole(stored.name, stored.sha256)


def test_a_file_that_is_gone_is_not_read() -> None:
    """Case 61."""
    stored = evidence_files.keep(evidence_files.check(uploaded("plan.pdf", PDF)))
    default_storage.delete(stored.name)

    with pytest.raises(FileAltered):
        stored_files.open_whole(stored.name, stored.sha256)


def test_a_large_file_is_checked_kept_and_read_with_little_memory(tmp_path: Path) -> None:
    """Case 55: flat memory."""
    path = tmp_path / "large.pdf"
    path.write_bytes(PDF[:-6] + bytes(9 * 1024 * 1024) + PDF[-6:])

    with path.open("rb") as large:
        content = ContentFile(b"")
        content.file, content.name = large, "large.pdf"
        tracemalloc.start()
        stored = evidence_files.keep(evidence_files.check(content))
        stored_files.open_whole(stored.name, stored.sha256).close()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert stored.size == path.stat().st_size
    assert peak < 2 * 1024 * 1024
