"""The bytes that were published."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from reports import pdf
from reports.formats import CONTENT_TYPES, FORMATS
from reports.models import Publication, PublishedFile, Report
from reports.workflow import publication
from tests.cast import HARROW_PAGES, Cast
from tests.reports.publishing import clear, published

pytestmark = pytest.mark.pdf

VERSIONS = f"{HARROW_PAGES}reports/scrutiny/publications/"


@pytest.fixture
def issued(report: Report, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Publication:
    monkeypatch.setattr(pdf, "render", lambda source, on_step=None: pdf.Pdf(b"%PDF-1.7 %%EOF", 1))
    return published(clear(report), cast.scrutiny_officer)


def address(file: PublishedFile) -> str:
    return f"{VERSIONS}{file.sha256}.{file.format}"


def test_members_get_just_the_bytes(issued: Publication, as_reader: Client) -> None:
    told = {}
    for file in issued.files.all():
        answer = as_reader.get(address(file))
        assert (answer.status_code, answer.content) == (200, publication.content_of(file))
        assert answer["ETag"] == f'"{file.sha256}"'
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["X-Content-Type-Options"] == "nosniff"
        told[answer["Content-Type"]] = answer["Content-Disposition"]

    name = "harrow-scrutiny-version-1"
    assert told == {CONTENT_TYPES[form]: f'attachment; filename="{name}.{form.value}"' for form in FORMATS}


def test_who_has_them_already_is_told_so(issued: Publication, as_reader: Client) -> None:
    for file in issued.files.all():
        answer = as_reader.get(address(file), headers={"If-None-Match": f'"{file.sha256}"'})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{file.sha256}"')


def test_altered_bytes_are_an_error_and_not_a_file(issued: Publication, as_reader: Client) -> None:
    """Case 61."""
    file = issued.files.get(format="pdf")
    with default_storage.open(file.file, "wb") as stored:
        stored.write(b"%PDF-1.7 another %%EOF")

    answer = as_reader.get(address(file))

    assert answer.status_code == 500
    assert b"%PDF" not in answer.content


@pytest.mark.parametrize("name", [f"{'0' * 64}.pdf", "x.pdf", "..%2f..%2fetc%2fpasswd.pdf"])
def test_what_was_not_published_is_not_found(issued: Publication, as_reader: Client, name: str) -> None:
    assert as_reader.get(f"{VERSIONS}{name}").status_code == 404


def test_another_ending_is_not_found(issued: Publication, as_reader: Client) -> None:
    file = issued.files.get(format="pdf")

    assert as_reader.get(f"{VERSIONS}{file.sha256}.html").status_code == 404


def test_others(issued: Publication, as_northmoor_administrator: Client, signed_out: Client) -> None:
    file = issued.files.get(format="pdf")

    assert [client.get(address(file)).status_code for client in (as_northmoor_administrator, signed_out)] == [
        404,
        302,
    ]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_for_reading(issued: Publication, as_reader: Client, method: str) -> None:
    assert getattr(as_reader, method)(address(issued.files.get(format="pdf"))).status_code == 405
