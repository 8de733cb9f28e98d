"""Publishing on the page: what is missing, the button, the versions, and taking one back."""

from datetime import date

import pytest
from django.test import Client

from reports import pdf
from reports.models import Format, Publication, Publishing, Report, ReportSection, State
from reports.workflow import publication
from tests.cast import HARROW_PAGES, Cast
from tests.reports.publishing import clear, hide_something, published, run_jobs

pytestmark = pytest.mark.pdf

REPORT = f"{HARROW_PAGES}reports/scrutiny/"
PUBLISH, VERSIONS = f"{REPORT}publish/", f"{REPORT}publications/"
WITHDRAW = f"{VERSIONS}1/withdraw/"
REASON = {"late_because": "The chair agreed that it is urgent."}


@pytest.fixture
def ready(report: Report, monkeypatch: pytest.MonkeyPatch) -> Report:
    """A report with nothing missing, whose PDFs are made at once."""
    monkeypatch.setattr(
        pdf,
        "render",
        lambda source, on_step=None: pdf.Pdf(b"%PDF-1.7 " + pdf.fingerprint(source).encode() + b" %%EOF", 3),
    )
    return clear(report)


@pytest.fixture
def issued(ready: Report, cast: Cast) -> Publication:
    return published(ready, cast.scrutiny_officer)


# The page


def test_what_is_missing_is_listed_and_there_is_no_button(
    report: Report, as_scrutiny_officer: Client
) -> None:
    ReportSection.objects.filter(report=report, heading="Background").update(readiness="not-ready")

    page = as_scrutiny_officer.get(PUBLISH).content.decode()

    assert "The section “Background” is not ready" in page
    assert "Clearance on behalf of the Monitoring Officer</a> was not asked for" in page
    assert 'type="submit">Publish' not in page


def test_both_documents_are_shown(ready: Report, as_scrutiny_officer: Client) -> None:
    hide_something(ready)

    page = as_scrutiny_officer.get(PUBLISH).content.decode()

    opened, exempt = page.split("The exempt document, for the part of the meeting that the public leaves")
    assert "Marmalade" not in opened
    assert "Appendix B: Marmalade terms" in exempt


def test_publishing(ready: Report, as_scrutiny_officer: Client) -> None:
    answer = as_scrutiny_officer.post(PUBLISH, REASON, follow=True)

    assert answer.redirect_chain == [(VERSIONS, 302)]
    assert "Being published" in answer.content.decode()

    run_jobs()
    assert "Version 1, 14 November 2012" in as_scrutiny_officer.get(VERSIONS).content.decode()


def test_late_without_a_reason_is_refused(ready: Report, as_scrutiny_officer: Client) -> None:
    answer = as_scrutiny_officer.post(PUBLISH, {"late_because": " "})

    assert answer.status_code == 422
    assert "Say why it is published with fewer than five clear working days" in answer.content.decode()
    assert not Publishing.objects.exists()


def test_something_missing_is_refused_and_the_reason_kept(
    report: Report, as_scrutiny_officer: Client
) -> None:
    answer = as_scrutiny_officer.post(PUBLISH, REASON)

    assert answer.status_code == 422
    assert answer.context["form"]["late_because"].value() == REASON["late_because"]


def test_a_double_click_is_one_version(ready: Report, as_scrutiny_officer: Client) -> None:
    """Case 106."""
    as_scrutiny_officer.post(PUBLISH, REASON)
    as_scrutiny_officer.post(PUBLISH, REASON)
    run_jobs()
    replayed = as_scrutiny_officer.post(PUBLISH, REASON)

    assert (replayed.status_code, Publication.objects.count()) == (422, 1)


def test_correcting(issued: Publication, as_scrutiny_officer: Client) -> None:
    ReportSection.objects.filter(report=issued.report, heading="Background").update(body="Right.")
    assert "Publish a correction of" in as_scrutiny_officer.get(PUBLISH).content.decode()

    as_scrutiny_officer.post(PUBLISH, {"because": "A figure was wrong.", **REASON})
    run_jobs()

    page = as_scrutiny_officer.get(VERSIONS).content.decode()
    assert "Corrects version 1 of 5 November 2012: A figure was wrong." in page
    assert page.index("Version 2,") < page.index("Version 1,")


# The versions


def test_htmx_gets_only_the_part_and_then_the_whole_page(ready: Report, as_scrutiny_officer: Client) -> None:
    as_scrutiny_officer.post(PUBLISH, REASON)
    part = as_scrutiny_officer.get(VERSIONS, headers={"HX-Request": "true"})
    run_jobs()
    done = as_scrutiny_officer.get(VERSIONS, headers={"HX-Request": "true"})

    assert part.content.decode().strip().startswith('<div class="wm-progress"')
    assert "HX-Refresh" not in part
    assert done["HX-Refresh"] == "true"


def test_a_failure_says_why_and_offers_to_publish_again(ready: Report, as_scrutiny_officer: Client) -> None:
    as_scrutiny_officer.post(PUBLISH, REASON)
    Publishing.objects.update(state=State.FAILED, problem="It took too long.")

    page = as_scrutiny_officer.get(VERSIONS).content.decode()

    assert "Nothing was published" in page
    assert "It took too long." in page
    assert f'href="{PUBLISH}"' in page


def test_a_reader_sees_the_versions_and_no_buttons(issued: Publication, as_reader: Client) -> None:
    page = as_reader.get(VERSIONS).content.decode()

    for file in issued.files.all():
        assert file.sha256 in page
    assert "Withdraw" not in page
    assert "Publish a correction" not in page


def test_before_it_was_published_it_was_a_draft(issued: Publication, as_reader: Client) -> None:
    assert "Nothing is published yet" in as_reader.get(f"{VERSIONS}?on=2012-11-04").content.decode()


def test_the_list_and_the_report_say_how_it_stands(
    issued: Publication, as_reader: Client, cast: Cast
) -> None:
    listed = as_reader.get(f"{HARROW_PAGES}reports/").content.decode()
    assert "Published on 5 November 2012" in listed
    assert "Draft – Open" not in as_reader.get(REPORT).content.decode()

    publication.withdraw(
        publication=issued, because="Wrong plan.", by=cast.scrutiny_officer, on=date(2012, 11, 14)
    )
    assert "Withdrawn on 14 November 2012" in as_reader.get(f"{HARROW_PAGES}reports/").content.decode()
    assert "Why: Wrong plan." in as_reader.get(REPORT).content.decode()


# Taking back


def test_withdrawing_leaves_a_notice_in_its_place(
    issued: Publication, as_scrutiny_officer: Client, as_reader: Client
) -> None:
    file = issued.files.get(format=Format.PDF)

    answer = as_scrutiny_officer.post(WITHDRAW, {"because": "Wrong plan."}, follow=True)

    assert answer.redirect_chain == [(VERSIONS, 302)]
    page = as_reader.get(VERSIONS).content.decode()
    assert "Withdrawn on 14 November 2012." in page
    assert "Wrong plan." in page
    assert file.sha256 not in page
    gone = as_reader.get(f"{VERSIONS}{file.sha256}.pdf")
    assert gone.status_code == 410
    assert "Version 1 was withdrawn on 14 November 2012" in gone.content.decode()
    assert b"%PDF" not in gone.content


def test_without_a_reason_nothing_is_withdrawn(issued: Publication, as_scrutiny_officer: Client) -> None:
    answer = as_scrutiny_officer.post(WITHDRAW, {"because": ""})

    assert answer.status_code == 422
    assert not hasattr(Publication.objects.get(), "withdrawal")


def test_an_unknown_version_is_not_found(issued: Publication, as_scrutiny_officer: Client) -> None:
    assert as_scrutiny_officer.get(f"{VERSIONS}2/withdraw/").status_code == 404


@pytest.mark.parametrize("address", [PUBLISH, WITHDRAW])
def test_others(
    issued: Publication,
    address: str,
    as_board_member: Client,
    as_northmoor_administrator: Client,
    signed_out: Client,
) -> None:
    clients = (as_board_member, as_northmoor_administrator, signed_out)

    assert [client.post(address, {"because": "No."}).status_code for client in clients] == [403, 404, 302]


def test_nothing_is_published_on_a_day_that_is_past(ready: Report, as_scrutiny_officer: Client) -> None:
    assert as_scrutiny_officer.get(f"{PUBLISH}?on=2012-11-01").status_code == 403


@pytest.mark.parametrize("address", [PUBLISH, WITHDRAW])
def test_other_methods(issued: Publication, address: str, as_scrutiny_officer: Client) -> None:
    assert as_scrutiny_officer.put(address).status_code == 405
