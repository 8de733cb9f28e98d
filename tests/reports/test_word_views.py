"""Word beside the PDF on a report's page: each form has a button and a state of its own."""

import re

import pytest
from django.test import Client

from reports import document, word
from reports.models import Format, Report, ReportFile, State
from reports.workflow import files
from tests.cast import HARROW_PAGES

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}reports/scrutiny/"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def shown(client: Client) -> str:
    page = client.get(PAGE).content.decode()
    made = re.search(r'<div class="rp-make">(.*?)</div>', page, re.DOTALL)
    assert made
    return " ".join(re.sub(r"<[^>]+>", " ", made[1]).split())


def make_address(client: Client) -> str:
    page = client.get(PAGE).content.decode()
    found = re.search(r'<div class="rp-make">.*?<form method="post" action="([^"]+)"', page, re.DOTALL)
    assert found
    return found[1]


def test_both_forms_are_offered(report: Report, as_reader: Client) -> None:
    assert shown(as_reader) == "Make the PDF Make the Word document"


def test_asking_for_word_leaves_the_pdf_to_be_asked_for(report: Report, as_reader: Client) -> None:
    as_reader.post(make_address(as_reader), {"format": "docx"})

    assert [file.format for file in ReportFile.objects.all()] == ["docx"]
    assert (
        shown(as_reader) == "Make the PDF The Word document is being made. See how far the Word document is"
    )


def test_a_failure_of_one_form_is_said_beside_it(report: Report, as_reader: Client) -> None:
    as_reader.post(make_address(as_reader), {"format": "docx"})
    ReportFile.objects.update(state=State.FAILED, problem="It took too long.")

    assert (
        shown(as_reader)
        == "Make the PDF Make the Word document again The last try did not work. It took too long."
    )


@pytest.mark.parametrize("form", ["", "html", "json", "nonsense"])
def test_any_other_form_is_the_pdf(report: Report, as_reader: Client, form: str) -> None:
    as_reader.post(make_address(as_reader), {"format": form})

    assert [file.format for file in ReportFile.objects.all()] == ["pdf"]


@pytest.mark.pdf
def test_the_download_is_a_word_document(report: Report, as_reader: Client) -> None:
    as_reader.post(make_address(as_reader), {"format": "docx"})
    file = ReportFile.objects.get()
    files.make_file.call(file.pk)
    file.refresh_from_db()

    link = re.search(
        r'href="([^"]+)" download>Download the Word document<', as_reader.get(PAGE).content.decode()
    )
    assert link
    answer = as_reader.get(link[1])

    assert (answer.status_code, answer["Content-Type"]) == (200, TYPE)
    assert answer["Content-Disposition"] == 'attachment; filename="harrow-scrutiny.docx"'
    assert answer["ETag"] == f'"{file.sha256}"'
    assert answer.content[:4] == b"PK\x03\x04"


def test_an_altered_report_makes_another_document(report: Report) -> None:
    before = word.fingerprint(word.source_of(document.of(report)))
    Report.objects.filter(pk=report.pk).update(title="Another")

    after = files.of_report(Report.objects.with_plan().get(pk=report.pk), form=Format.WORD)

    assert after.fingerprint(after.source) != before
