"""How far a file is."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from improvement import clock
from reports.models import Report, ReportFile, State
from tests.cast import HARROW_PAGES

pytestmark = pytest.mark.once

ADDRESS = f"{HARROW_PAGES}files/"


@pytest.fixture
def file(report: Report) -> ReportFile:
    return ReportFile.objects.create(
        plan=report.plan, report=report, title=report.title, fingerprint="f" * 64, requested_at=clock.now()
    )


def shown(client: Client, file: ReportFile, **headers: Any) -> str:
    answer = client.get(f"{ADDRESS}{file.pk}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_while_it_waits_the_page_asks_again(file: ReportFile, as_reader: Client) -> None:
    page = shown(as_reader, file)

    assert "Waiting its turn" in page
    assert f'hx-get="{ADDRESS}{file.pk}/" hx-trigger="every 500ms"' in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "waited longer" not in page


def test_htmx_gets_only_the_part(file: ReportFile, as_reader: Client) -> None:
    ReportFile.objects.filter(pk=file.pk).update(state=State.MAKING, step="Laying out page 7", percent=41)

    part = shown(as_reader, file, hx_request="true")

    assert part.strip().startswith('<div class="wm-progress"')
    assert "Laying out page 7. 41% done." in part


def test_a_long_wait_says_who_should_look(file: ReportFile, as_reader: Client) -> None:
    ReportFile.objects.filter(pk=file.pk).update(requested_at=clock.now() - timedelta(seconds=61))

    assert "waited longer than usual" in shown(as_reader, file)


def test_a_ready_one_is_offered_and_asks_no_more(file: ReportFile, as_reader: Client) -> None:
    ReportFile.objects.filter(pk=file.pk).update(
        state=State.READY, file="reports/x.pdf", sha256="a" * 64, pages=23, size=189_632
    )

    page = shown(as_reader, file)

    assert f'href="{HARROW_PAGES}files/{"a" * 64}.pdf"' in page
    assert "23 pages, 185.2\xa0KB" in page
    assert 'hx-trigger="every' not in page
    assert 'http-equiv="refresh"' not in page


def test_a_failed_one_says_why_and_can_be_asked_for_again(file: ReportFile, as_reader: Client) -> None:
    ReportFile.objects.filter(pk=file.pk).update(state=State.FAILED, problem="It took too long.")

    page = shown(as_reader, file)

    assert "It took too long." in page
    assert "Make the PDF again" in page


def test_one_whose_worker_is_gone_can_be_asked_for_again(
    file: ReportFile, as_reader: Client, settings: Any
) -> None:
    long_ago = clock.now() - timedelta(seconds=settings.REPORT_SECONDS + 61)
    ReportFile.objects.filter(pk=file.pk).update(state=State.MAKING, started_at=long_ago)

    page = shown(as_reader, file)

    assert "started and never finished" in page
    assert "Make the PDF again" in page
    assert 'http-equiv="refresh"' not in page


def test_another_councils_file_is_not_found(file: ReportFile, as_northmoor_administrator: Client) -> None:
    assert as_northmoor_administrator.get(f"{ADDRESS}{file.pk}/").status_code == 404


def test_signed_out_one_is_asked_to_sign_in(file: ReportFile, signed_out: Client) -> None:
    assert signed_out.get(f"{ADDRESS}{file.pk}/").status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_for_reading(file: ReportFile, as_reader: Client, method: str) -> None:
    assert getattr(as_reader, method)(f"{ADDRESS}{file.pk}/").status_code == 405
