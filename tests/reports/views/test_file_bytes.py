"""The bytes of a file that was made."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from improvement import clock
from reports.models import Report, ReportFile, State
from tests.cast import HARROW_PAGES

pytestmark = pytest.mark.once

CONTENT = b"%PDF-1.7 the report %%EOF"
DIGEST = sha256(CONTENT).hexdigest()
ADDRESS = f"{HARROW_PAGES}files/{DIGEST}.pdf"


@pytest.fixture
def file(report: Report) -> ReportFile:
    return ReportFile.objects.create(
        plan=report.plan,
        report=report,
        title=report.title,
        fingerprint="f" * 64,
        state=State.READY,
        requested_at=clock.now(),
        file=default_storage.save("reports/test.pdf", ContentFile(CONTENT)),
        sha256=DIGEST,
        size=len(CONTENT),
        pages=1,
    )


def test_a_reader_may_download(file: ReportFile, as_reader: Client) -> None:
    answer = as_reader.get(ADDRESS)

    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="harrow-scrutiny.pdf"'
    assert answer["ETag"] == f'"{DIGEST}"'
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_who_has_it_already_is_told_so(file: ReportFile, as_reader: Client) -> None:
    answer = as_reader.get(ADDRESS, headers={"If-None-Match": f'"{DIGEST}"'})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{DIGEST}"')


def test_who_has_another_gets_this_one(file: ReportFile, as_reader: Client) -> None:
    answer = as_reader.get(ADDRESS, headers={"If-None-Match": '"another"'})

    assert (answer.status_code, answer.content) == (200, CONTENT)


def test_altered_bytes_are_an_error_and_not_a_file(file: ReportFile, as_reader: Client) -> None:
    with default_storage.open(file.file.name, "wb") as stored:
        stored.write(b"%PDF-1.7 another %%EOF")

    answer = as_reader.get(ADDRESS)

    assert answer.status_code == 500
    assert b"%PDF" not in answer.content
    assert "Something went wrong" in answer.content.decode()


def test_bytes_altered_after_they_were_handed_out_are_an_error_too(
    file: ReportFile, as_reader: Client
) -> None:
    before = as_reader.get(ADDRESS)
    path = Path(default_storage.path(file.file.name))
    changed = before.content.replace(b"%PDF", b"%pdf")
    path.write_bytes(changed)
    os.utime(path, (0, 0))

    answer = as_reader.get(ADDRESS)

    assert (before.status_code, len(changed)) == (200, len(before.content))
    assert answer.status_code == 500


def test_a_file_that_is_gone_is_an_error(file: ReportFile, as_reader: Client) -> None:
    default_storage.delete(file.file.name)

    assert as_reader.get(ADDRESS).status_code == 500


@pytest.mark.parametrize("digest", ["0" * 64, "x", "..%2f..%2fetc%2fpasswd", DIGEST.upper()])
def test_an_unknown_digest_is_not_found(file: ReportFile, as_reader: Client, digest: str) -> None:
    assert as_reader.get(f"{HARROW_PAGES}reports/scrutiny/file/{digest}.pdf").status_code == 404


def test_an_unfinished_file_is_not_found(file: ReportFile, as_reader: Client) -> None:
    ReportFile.objects.filter(pk=file.pk).update(state=State.MAKING)

    assert as_reader.get(ADDRESS).status_code == 404


def test_another_council_is_not_found(file: ReportFile, as_northmoor_administrator: Client) -> None:
    assert as_northmoor_administrator.get(ADDRESS).status_code == 404


def test_an_exempt_one_is_not_found_by_a_reader(file: ReportFile, as_reader: Client) -> None:
    Report.objects.filter(pk=file.report_id).update(
        exempt_paragraph="3", public_interest="A contract is open."
    )

    assert as_reader.get(ADDRESS).status_code == 404


def test_signed_out_one_is_asked_to_sign_in(file: ReportFile, signed_out: Client) -> None:
    assert signed_out.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_for_reading(file: ReportFile, as_reader: Client, method: str) -> None:
    assert getattr(as_reader, method)(ADDRESS).status_code == 405
