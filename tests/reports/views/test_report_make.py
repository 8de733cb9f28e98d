"""Asking for the PDF."""

from typing import Any

import pytest
from django.test import Client

from reports.models import Report, ReportFile
from tests.cast import HARROW_PAGES
from tests.reports.conftest import write_report

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}reports/scrutiny/"
ADDRESS = f"{PAGE}files/"
FILES = f"{HARROW_PAGES}files/"


def test_asking_leads_to_how_far_it_is(report: Report, as_reader: Client) -> None:
    answer = as_reader.post(ADDRESS)

    file = ReportFile.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{FILES}{file.pk}/")


def test_asking_twice_makes_one_file(report: Report, as_reader: Client, as_board_member: Client) -> None:
    answers = [as_reader.post(ADDRESS), as_reader.post(ADDRESS), as_board_member.post(ADDRESS)]

    assert len({answer["Location"] for answer in answers}) == 1
    assert ReportFile.objects.count() == 1


def test_a_fourth_is_refused_in_words(report: Report, as_reader: Client) -> None:
    for number in range(3):
        write_report(report.plan, slug=f"other-{number}")
        as_reader.post(f"{HARROW_PAGES}reports/other-{number}/files/")

    answer = as_reader.post(ADDRESS, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert "You have 3 reports waiting to be made." in answer.content.decode()
    assert ReportFile.objects.count() == 3


def test_who_signed_in_on_the_way_finds_the_report(report: Report, as_reader: Client) -> None:
    answer = as_reader.get(ADDRESS)

    assert (answer.status_code, answer["Location"]) == (302, PAGE)


def test_what_is_exempt_is_not_made_for_a_reader(
    report: Report, as_reader: Client, as_board_member: Client
) -> None:
    report.sections.filter(position=5).update(exempt_paragraph="3", public_interest="A contract is open.")

    refused = as_reader.post(ADDRESS, {"audience": "exempt"})
    made = as_board_member.post(ADDRESS, {"audience": "exempt"})

    assert (refused.status_code, made.status_code) == (404, 302)
    assert [file.audience for file in ReportFile.objects.all()] == ["exempt"]


def test_another_council_is_not_found(report: Report, as_northmoor_administrator: Client) -> None:
    assert as_northmoor_administrator.post(ADDRESS).status_code == 404
    assert not ReportFile.objects.exists()


def test_a_stranger_is_not_let_in(report: Report, as_stranger: Client) -> None:
    assert as_stranger.post(ADDRESS).status_code == 404


def test_signed_out_one_is_asked_to_sign_in(report: Report, signed_out: Client) -> None:
    assert signed_out.post(ADDRESS).status_code == 302
    assert not ReportFile.objects.exists()


def test_a_form_from_elsewhere_is_refused(report: Report, cast: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.reader)

    assert client.post(ADDRESS).status_code == 403


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_no_other_way(report: Report, as_reader: Client, method: str) -> None:
    assert getattr(as_reader, method)(ADDRESS).status_code == 405
