"""PDFs that somebody brings: what is taken in, and what is refused in which words."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile

from improvement import confined
from improvement.stored_files import FileRefused
from reports import uploaded_pdf

pytestmark = pytest.mark.once


def written(change: Callable[[pikepdf.Pdf], None] = lambda pdf: None, **saving: Any) -> bytes:
    """A PDF of one empty page, changed before it is saved."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    change(pdf)
    content = io.BytesIO()
    # The same bytes each time, which a locked one cannot be.
    pdf.save(content, deterministic_id="encryption" not in saving, **saving)
    return content.getvalue()


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def with_launch(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].obj.Annots = pikepdf.Array([link])


def with_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["inside.txt"] = b"inside"


def with_form(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F=pikepdf.String("https://example.org"))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[pikepdf.Dictionary(T=pikepdf.String("a"), A=action)])


def with_tags(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(
        Type=pikepdf.Name.StructTreeRoot,
        K=pikepdf.Array(),
        ParentTree=pikepdf.Dictionary(Nums=pikepdf.Array()),
    )
    pdf.pages[0].obj.StructParents = 0


def test_a_plain_one_is_taken_in() -> None:
    content = written()

    checked = uploaded_pdf.check(content)

    assert (checked.pages, checked.tagged, checked.keeps_ua) == (1, False, False)
    assert checked.content.read() == content


def test_a_tagged_one_says_so() -> None:
    checked = uploaded_pdf.check(ContentFile(written(with_tags)))

    assert (checked.tagged, checked.keeps_ua) == (True, False)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "It is empty"),
        (b"PK\x03\x04 a document", "It is not a PDF"),
        (b"%PDF-1.7\nnothing else", "It cannot be read as a PDF"),
        (written(with_script), "It holds a script"),
        (written(with_launch), "It opens other programs"),
        (written(with_file), "It has other files or media inside it"),
        (written(with_form), "It has a form that sends or loads data"),
        (written(encryption=pikepdf.Encryption(owner="o", user="u")), "It is locked with a password"),
        (written(encryption=pikepdf.Encryption(owner="o", user="")), "It is locked with a password"),
    ],
    ids=["empty", "word", "cut", "script", "launch", "file", "form", "locked", "locked for changes"],
)
def test_what_is_not_taken_in_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        uploaded_pdf.check(content)


def test_a_large_one_is_refused_before_it_is_read(settings: Any) -> None:
    settings.EVIDENCE_LARGEST = 100

    with pytest.raises(FileRefused, match="larger than"):
        uploaded_pdf.check(written())


def test_one_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "PATIENCE", 0.01 - uploaded_pdf.SECONDS)

    with pytest.raises(FileRefused, match="cannot be read"):
        uploaded_pdf.check(written())


def test_nothing_is_left_behind(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path

    uploaded_pdf.check(written())

    assert list((tmp_path / "work").iterdir()) == []
