"""The details of a report, the facts at its head, and what in it is exempt."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from reports.models import Report
from reports.workflow import details
from tests.pages import text
from tests.reports.views.authors import WRITE, assert_doors

pytestmark = pytest.mark.once

DETAILS = {
    "title": "Another title",
    "committee": "Cabinet",
    "meeting_on": "2012-11-14",
    "on": "2012-11-01",
    "since": "2012-09-01",
}
EXEMPT = {"paragraph": "3", "public_interest": "It names a price."}


def seen_on(page: HttpResponse) -> str:
    """The mark of what the form showed."""
    found = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert found
    return found[1]


def opened(client: Client, page: str) -> dict[str, str]:
    return {"seen": seen_on(client.get(page))}


def test_details_are_saved(report: Report, as_scrutiny_officer: Client) -> None:
    mark = opened(as_scrutiny_officer, f"{WRITE}details/")

    response = as_scrutiny_officer.post(f"{WRITE}details/", {**DETAILS, **mark})

    assert (response.status_code, response["Location"]) == (302, WRITE)
    words = text(as_scrutiny_officer.get(WRITE))
    assert "The details are saved." in words
    assert (
        "Committee Cabinet Meeting 14 November 2012 Reports on 1 November 2012 Last report 1 September 2012"
        in words
    )
    assert "so clearance has to be asked for again" in words


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Fill in “Title”"),
        ({"on": "2012-11-15"}, "Choose the day of the meeting or one before it."),
        ({"since": "2012-11-01"}, "Choose a day before the one that it reports on."),
        ({"meeting_on": "soon"}, "Write the day as day, month and year"),
    ],
)
def test_bad_details_keep_what_was_typed(
    report: Report, as_scrutiny_officer: Client, wrong: dict[str, str], words: str
) -> None:
    mark = opened(as_scrutiny_officer, f"{WRITE}details/")

    response = as_scrutiny_officer.post(f"{WRITE}details/", {**DETAILS, **mark, **wrong})

    assert (response.status_code, words in text(response)) == (422, True)
    assert 'value="Cabinet"' in response.content.decode()


def test_the_second_to_save_details_sees_the_first_and_keeps_theirs(
    report: Report, as_scrutiny_officer: Client, as_plan_administrator: Client
) -> None:
    mark = opened(as_scrutiny_officer, f"{WRITE}details/")
    as_plan_administrator.post(f"{WRITE}details/", {**DETAILS, **mark, "title": "Theirs"})

    clash = as_scrutiny_officer.post(f"{WRITE}details/", {**DETAILS, **mark})
    after = as_scrutiny_officer.post(f"{WRITE}details/", {**DETAILS, "seen": seen_on(clash)})

    assert (clash.status_code, after.status_code) == (409, 302)
    assert "Theirs, saved Title Theirs Committee Cabinet" in text(clash)
    assert 'value="Another title"' in clash.content.decode()


def test_facts_at_the_head_are_filled(report: Report, as_scrutiny_officer: Client) -> None:
    first = details.typed_rows(report)[0]
    mark = opened(as_scrutiny_officer, f"{WRITE}head/")

    response = as_scrutiny_officer.post(f"{WRITE}head/", {f"row_{first.pk}": "One\nTwo", **mark})
    warned = as_scrutiny_officer.post(f"{WRITE}head/", {f"row_{first.pk}": "DOB 12/03/2009", **mark})

    assert (response.status_code, warned.status_code) == (302, 409)
    assert "Responsible officer One Two" in text(as_scrutiny_officer.get(WRITE))


def test_facts_too_long_are_refused(report: Report, as_scrutiny_officer: Client) -> None:
    first = details.typed_rows(report)[0]
    mark = opened(as_scrutiny_officer, f"{WRITE}head/")

    response = as_scrutiny_officer.post(f"{WRITE}head/", {f"row_{first.pk}": "x" * 2001, **mark})

    assert response.status_code == 422
    assert f"{'x' * 2001}</textarea>" in response.content.decode()


@pytest.mark.parametrize("what", ["report", "section", "enclosure"])
def test_it_is_marked_as_exempt_and_open_again(
    report: Report, as_scrutiny_officer: Client, what: str
) -> None:
    section, enclosure = report.sections.in_order()[1], report.enclosures.in_order()[0]
    place = {"report": "", "section": f"{section.pk}/", "enclosure": f"enclosures/{enclosure.pk}/"}[what]
    page = f"{WRITE}{place}exempt/"
    subject = {"report": report, "section": section, "enclosure": enclosure}[what]

    marked = as_scrutiny_officer.post(page, {**EXEMPT, **opened(as_scrutiny_officer, page)})
    subject.refresh_from_db()
    exempt = (subject.exempt_paragraph, subject.public_interest)
    again = as_scrutiny_officer.post(page, {"paragraph": "open", **opened(as_scrutiny_officer, page)})
    subject.refresh_from_db()

    assert (marked.status_code, again.status_code) == (302, 302)
    assert exempt == ("3", "It names a price.")
    assert (subject.exempt_paragraph, subject.public_interest) == ("", "")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"public_interest": ""}, "Fill in “The public interest”"),
        ({"paragraph": "8"}, "Select a valid choice"),
        ({"paragraph": ""}, "Choose an answer under “Who may read it?”"),
        ({"public_interest": "About AB (DOB 12/03/2009)"}, "This looks like it is about a child"),
    ],
)
def test_bad_reasoning_is_asked_for_again(
    report: Report, as_scrutiny_officer: Client, wrong: dict[str, str], words: str
) -> None:
    mark = opened(as_scrutiny_officer, f"{WRITE}exempt/")

    response = as_scrutiny_officer.post(f"{WRITE}exempt/", {**EXEMPT, **mark, **wrong})

    assert (response.status_code, words in text(response)) == (422, True)
    report.refresh_from_db()
    assert report.exempt_paragraph == ""


def test_each_paragraph_is_explained(report: Report, as_scrutiny_officer: Client) -> None:
    words = text(as_scrutiny_officer.get(f"{WRITE}exempt/"))

    assert [f"Exempt by paragraph {number}:" in words for number in range(1, 8)] == [True] * 7
    assert "It names nobody, but a reader could work out who is meant." in words


@pytest.mark.parametrize("path", ["details/", "head/", "exempt/"])
def test_the_doors(report: Report, request: pytest.FixtureRequest, path: str) -> None:
    assert_doors(request, f"{WRITE}{path}")
