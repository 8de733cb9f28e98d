"""Starting a report."""

import pytest
from django.test import Client

from improvement.models import Plan
from reports.models import Layout, Report
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.pages import links, text
from tests.reports.views.authors import assert_doors

pytestmark = pytest.mark.once

LIST = f"{HARROW_PAGES}reports/"
PAGE = f"{LIST}add/"
SAID = {
    "title": "How it goes",
    "committee": "Cabinet",
    "meeting_on": "20/12/2012",
    "on": "2012-11-14",
    "since": "",
}


@pytest.fixture
def said(harrow: Plan) -> dict[str, str]:
    layout = Layout.objects.get_by_natural_key("", "overview-and-scrutiny")
    return {**SAID, "layout": str(layout.pk)}


def test_it_starts_from_the_last_one(as_scrutiny_officer: Client) -> None:
    source = as_scrutiny_officer.get(PAGE).content.decode()

    assert 'value="Overview and Scrutiny Committee"' in source
    assert 'name="on" class="govuk-input wm-input--date" value="2012-11-14"' in source


def test_started_its_sections_wait(as_scrutiny_officer: Client, said: dict[str, str]) -> None:
    response = as_scrutiny_officer.post(PAGE, said)

    assert (response.status_code, response["Location"]) == (302, f"{LIST}cabinet-2012-12-20/write/")
    page = text(as_scrutiny_officer.get(response["Location"]))
    assert "The report is started." in page
    assert "Summary and Recommendations is not written" in page
    assert "Clearance on behalf of the Chief Financial Officer" in page
    assert "Filled from the plan: progress in a minute, a page of its own." in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Fill in “Title”"),
        ({"title": "Visit of AB (DOB 12/03/2009)"}, "This looks like it is about a child"),
        ({"meeting_on": "soon"}, "Write the day as day, month and year"),
        ({"on": "2012-12-21"}, "Choose the day of the meeting or one before it."),
        ({"layout": "0"}, "Select a valid choice"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_scrutiny_officer: Client, said: dict[str, str], wrong: dict[str, str], words: str
) -> None:
    before = Report.objects.count()

    response = as_scrutiny_officer.post(PAGE, {**said, **wrong})

    assert response.status_code == 422
    assert words in text(response)
    assert 'value="Cabinet"' in response.content.decode()
    assert Report.objects.count() == before


def test_the_list_offers_it_to_authors(
    as_scrutiny_officer: Client, as_reader: Client, as_northmoor_administrator: Client
) -> None:
    offered = [PAGE in links(client.get(LIST)) for client in (as_scrutiny_officer, as_reader)]
    past = links(as_scrutiny_officer.get(f"{LIST}?on=2012-10-01"))
    empty = links(as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}reports/"))

    assert (offered, PAGE in past) == ([True, False], False)
    assert f"{NORTHMOOR_PAGES}reports/add/" in empty


def test_the_doors(request: pytest.FixtureRequest) -> None:
    assert_doors(request, PAGE)
