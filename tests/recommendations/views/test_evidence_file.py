"""The download of evidence: only through this door, only as a download, only the bytes that were added."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import HttpResponseBase
from django.test import Client
from structlog.testing import capture_logs

from recommendations import workflow
from recommendations.models import Action, Evidence
from tests.cast import HARROW_PAGES, Cast
from tests.files import PDF, uploaded
from tests.recommendations.shown import DAY, show, show_file

pytestmark = pytest.mark.once


def address(evidence: Evidence, query: str = "") -> str:
    return f"{HARROW_PAGES}evidence/{evidence.key}/file/{query}"


def content(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_it_comes_as_a_download_and_never_as_a_page(action: Action, cast: Cast, as_reader: Client) -> None:
    """Case 53."""
    evidence = show_file(action, cast.board_member)

    response = as_reader.get(address(evidence))

    assert (response.status_code, content(response)) == (200, PDF)
    assert {
        name: response[name]
        for name in (
            "Content-Type",
            "Content-Disposition",
            "Content-Length",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Cache-Control",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="audit.pdf"',
        "Content-Length": str(len(PDF)),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }


@pytest.mark.parametrize(
    ("name", "body", "content_type", "disposition"),
    [
        ("note.txt", b"alert(1)", "text/plain", 'attachment; filename="note.txt"'),
        ("rows.csv", b"a,b", "text/csv", 'attachment; filename="rows.csv"'),
        (
            "Prüfung – 😀.pdf",
            PDF,
            "application/pdf",
            "attachment; filename*=utf-8''Pr%C3%BCfung%20%E2%80%93%20%F0%9F%98%80.pdf",
        ),
        ("a;b\r\nSet-Cookie: x.pdf", PDF, "application/pdf", 'attachment; filename="a;bSet-Cookie- x.pdf"'),
    ],
)
def test_the_type_and_the_name_are_the_servers(
    action: Action, cast: Cast, as_reader: Client, name: str, body: bytes, content_type: str, disposition: str
) -> None:
    """Cases 48, 53 and 54: the browser that sent it said text/html."""
    evidence = show(action, cast.board_member, file=uploaded(name, body))

    response = as_reader.get(address(evidence))

    assert (response["Content-Type"], response["Content-Disposition"]) == (content_type, disposition)
    assert content(response) == body


@pytest.mark.parametrize("altered", [PDF.replace(b"1.7", b"1.4"), b""])
def test_a_file_that_was_altered_is_an_error_and_no_bytes(
    action: Action, cast: Cast, as_reader: Client, altered: bytes
) -> None:
    """Case 61."""
    evidence = show_file(action, cast.board_member)
    Path(default_storage.path(evidence.stored_as)).write_bytes(altered)

    with capture_logs() as logged:
        response = as_reader.get(address(evidence))

    assert (response.status_code, response.streaming, b"%PDF" in response.content) == (500, False, False)
    assert "Something went wrong" in response.content.decode()
    assert [line["event"] for line in logged if line["event"].startswith("stored_file")] == [
        "stored_file_altered"
    ]


def test_a_file_that_is_gone_is_an_error(action: Action, cast: Cast, as_reader: Client) -> None:
    """Case 61."""
    evidence = show_file(action, cast.board_member)
    default_storage.delete(evidence.stored_as)

    assert as_reader.get(address(evidence)).status_code == 500


def test_a_link_has_no_file(action: Action, cast: Cast, as_reader: Client) -> None:
    assert as_reader.get(address(show(action, cast.board_member))).status_code == 404


def test_withdrawn_evidence_has_no_file_on_any_day(action: Action, cast: Cast, as_reader: Client) -> None:
    """Even before the job that destroys it has run."""
    evidence = show_file(action, cast.board_member)
    workflow.withdraw_evidence(evidence=evidence, reason="Wrong.", by=cast.board_member, on=DAY)

    answers = [as_reader.get(address(evidence, query)).status_code for query in ("", "?on=2012-11-13")]

    assert answers == [404, 404]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("as_board_member", 200),
        ("as_scrutiny_officer", 200),
        ("as_plan_administrator", 200),
        ("as_reader", 404),
        ("as_lead_officer", 404),
        ("as_northmoor_administrator", 404),
        ("as_stranger", 404),
        ("as_staff", 404),
    ],
)
def test_exempt_files_are_for_the_closed_part_and_each_download_is_logged(
    request: pytest.FixtureRequest, action: Action, cast: Cast, who: str, status: int
) -> None:
    """Cases 33, 58 and 103."""
    evidence = show_file(action, cast.board_member, exempt=True)

    with capture_logs() as logged:
        response = request.getfixturevalue(who).get(address(evidence))

    downloads = [line["evidence"] for line in logged if line["event"] == "exempt_evidence_downloaded"]
    assert (response.status_code, downloads) == (status, [str(evidence.key)] if status == 200 else [])
    response.close()


def test_open_files_are_not_noted_as_exempt(action: Action, cast: Cast, as_reader: Client) -> None:
    evidence = show_file(action, cast.board_member)

    with capture_logs() as logged:
        as_reader.get(address(evidence)).close()

    assert [line["event"] for line in logged if "exempt" in line["event"]] == []


def test_no_storage_address_serves_it(action: Action, cast: Cast, as_plan_administrator: Client) -> None:
    """Case 58."""
    evidence = show_file(action, cast.board_member)

    answers = [
        as_plan_administrator.get(f"{place}{evidence.stored_as}").status_code
        for place in ("/files/", "/media/", "/static/")
    ]

    assert answers == [404, 404, 404]


def test_signed_out_leads_to_signing_in(action: Action, cast: Cast, signed_out: Client) -> None:
    response = signed_out.get(address(show_file(action, cast.board_member)))

    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(action: Action, cast: Cast, as_board_member: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_board_member, method)(address(show_file(action, cast.board_member))).status_code == 405
