"""What goes with a report: the list, each form, and the bytes of an uploaded PDF."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports.models import Enclosure, Report
from reports.workflow import enclosures
from tests.cast import HARROW_PAGES, Cast
from tests.pages import text
from tests.reports.test_uploaded_pdf import written
from tests.reports.views.authors import WRITE, assert_doors
from tests.reports.views.test_report_details import opened

pytestmark = pytest.mark.once

LIST = f"{WRITE}enclosures/"
ON = "2012-11-14"


@pytest.fixture
def first(report: Report) -> Enclosure:
    return report.enclosures.in_order()[0]


@pytest.fixture
def uploaded(report: Report, cast: Cast) -> Enclosure:
    """A PDF of one page, as its third enclosure."""
    return enclosures.add_enclosure(
        report=report,
        kind="file",
        title="Our/own paper",
        file=ContentFile(written(), "ours.pdf"),
        by=cast.scrutiny_officer,
        on=report.on,
    ).enclosure


def order(report: Report) -> list[str]:
    return [each.title for each in report.enclosures.in_order()]


def test_a_text_is_enclosed_reworded_moved_and_removed(report: Report, as_scrutiny_officer: Client) -> None:
    terms = {"title": "Terms", "body": "To *watch* the plan."}

    added = as_scrutiny_officer.post(f"{LIST}add/terms/", terms)
    enclosure = Enclosure.objects.get(title="Terms")
    page = f"{LIST}{enclosure.pk}/"
    changed = as_scrutiny_officer.post(
        page, {"title": "Terms of reference", "body": "Other.", **opened(as_scrutiny_officer, page)}
    )
    as_scrutiny_officer.post(f"{page}move/", {"to": "up"})
    moved = order(report)
    shown = text(as_scrutiny_officer.get(f"{page}remove/"))
    removed = as_scrutiny_officer.post(f"{page}remove/")

    assert [each.get("Location") for each in (added, changed, removed)] == [LIST] * 3
    assert moved == ["How the plan goes", "Terms of reference", "Index of changes"]
    assert "Remove “Terms of reference”?" in shown
    assert order(report) == ["How the plan goes", "Index of changes"]


def test_the_list_says_what_each_is(report: Report, as_scrutiny_officer: Client, uploaded: Enclosure) -> None:
    words = text(as_scrutiny_officer.get(LIST))

    assert "Appendix A How the plan goes The plan in full Everybody Change" in words
    assert "Appendix C Our/own paper A PDF of your own: 1 page," in words


def test_without_any_it_says_what_to_do(report: Report, as_scrutiny_officer: Client) -> None:
    report.enclosures.all().delete()

    assert "Nothing is enclosed" in text(as_scrutiny_officer.get(LIST))


@pytest.mark.parametrize("kind", ["plan", "map"])
def test_what_is_not_offered_is_not_found(report: Report, as_scrutiny_officer: Client, kind: str) -> None:
    assert as_scrutiny_officer.get(f"{LIST}add/{kind}/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("terms", {"title": "Terms", "body": ""}, "Fill in “Text”"),
        ("terms", {"title": "", "body": "Kept."}, "Fill in “Title”"),
        ("terms", {"title": "Terms", "body": "x" * 100_001}, "Keep it under 100,000"),
        ("file", {"title": "Ours"}, "Fill in “PDF”"),
        ("file", {"title": "Ours", "file": b"no PDF at all"}, "It is not a PDF, whatever its name says."),
        ("file", {"title": "Ours", "file": b""}, "It is empty."),
        ("file", {"title": "", "file": written()}, "Choose the PDF again"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    report: Report, as_scrutiny_officer: Client, kind: str, said: dict[str, str | bytes], words: str
) -> None:
    sent = {
        name: SimpleUploadedFile("ours.pdf", value) if isinstance(value, bytes) else value
        for name, value in said.items()
    }

    response = as_scrutiny_officer.post(f"{LIST}add/{kind}/", sent)

    assert (response.status_code, words in text(response)) == (422, True)
    assert f'value="{said["title"]}"' in response.content.decode() or not said["title"]
    assert report.enclosures.count() == 2


def test_a_pdf_comes_back_byte_for_byte_as_a_download(
    report: Report, as_reader: Client, as_scrutiny_officer: Client
) -> None:
    content = written()
    file = SimpleUploadedFile("ours.pdf", content)
    as_scrutiny_officer.post(f"{LIST}add/file/", {"title": "Our/own paper", "file": file})
    number = Enclosure.objects.get(title="Our/own paper").pk

    response = as_reader.get(f"{HARROW_PAGES}reports/scrutiny/enclosures/{number}.pdf")

    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="ourown-paper.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_an_exempt_pdf_is_only_for_the_closed_part(
    uploaded: Enclosure, as_reader: Client, as_lead_officer: Client, as_board_member: Client
) -> None:
    Enclosure.objects.filter(pk=uploaded.pk).update(exempt_paragraph="3", public_interest="A price.")
    page = f"{HARROW_PAGES}reports/scrutiny/enclosures/{uploaded.pk}.pdf"

    refused = [client.get(page).status_code for client in (as_reader, as_lead_officer)]
    handed_out = b"".join(as_board_member.get(page).streaming_content)

    assert (refused, handed_out) == ([404, 404], written())


def test_bytes_that_were_altered_are_not_handed_out(uploaded: Enclosure, as_reader: Client) -> None:
    with default_storage.open(uploaded.file, "r+b") as stored:
        stored.write(b"%PDF-1.0")

    response = as_reader.get(f"{HARROW_PAGES}reports/scrutiny/enclosures/{uploaded.pk}.pdf")

    assert response.status_code == 500


def test_only_a_pdf_has_bytes_and_only_for_the_council(
    uploaded: Enclosure,
    first: Enclosure,
    as_reader: Client,
    as_northmoor_administrator: Client,
    signed_out: Client,
) -> None:
    pages = f"{HARROW_PAGES}reports/scrutiny/enclosures/"

    assert as_reader.get(f"{pages}{first.pk}.pdf").status_code == 404
    assert as_northmoor_administrator.get(f"{pages}{uploaded.pk}.pdf").status_code == 404
    assert signed_out.get(f"{pages}{uploaded.pk}.pdf").status_code == 302
    assert as_reader.post(f"{pages}{uploaded.pk}.pdf").status_code == 405


def test_the_doors(report: Report, first: Enclosure, request: pytest.FixtureRequest) -> None:
    assert_doors(request, LIST, methods="GET, HEAD")
    assert_doors(request, f"{LIST}add/terms/")
    for path in ("", "remove/", "exempt/"):
        assert_doors(request, f"{LIST}{first.pk}/{path}")
    assert_doors(request, f"{LIST}{first.pk}/move/", methods="POST")
