"""Headings of the authors' own."""

import pytest
from django.test import Client

from reports.models import Report, ReportSection
from tests.pages import links, text
from tests.reports.views.authors import WRITE, assert_doors
from tests.reports.views.test_report_details import opened

pytestmark = pytest.mark.once


@pytest.fixture
def background(report: Report) -> ReportSection:
    return report.sections.get(heading="Background")


def add(client: Client, below: ReportSection, heading: str = "Costs", level: str = "2") -> ReportSection:
    response = client.post(f"{WRITE}{below.pk}/add/", {"heading": heading, "level": level})
    assert response.status_code == 302, text(response)
    return ReportSection.objects.get(heading=heading)


def order(report: Report) -> list[str]:
    return [section.heading for section in report.sections.in_order()][3:6]


def test_added_renamed_moved_and_removed(
    report: Report, as_scrutiny_officer: Client, background: ReportSection
) -> None:
    added = add(as_scrutiny_officer, background)
    page = f"{WRITE}{added.pk}/"

    renamed = as_scrutiny_officer.post(
        f"{page}heading/", {"heading": "What it costs", **opened(as_scrutiny_officer, f"{page}heading/")}
    )
    moved = as_scrutiny_officer.post(f"{page}move/", {"to": "up"})
    at_the_end = text(as_scrutiny_officer.post(f"{page}move/", {"to": "up"}, follow=True))
    then = order(report)
    removed = as_scrutiny_officer.post(f"{page}remove/", {"version": "1"})

    assert (renamed["Location"], moved.status_code, removed["Location"]) == (page, 302, WRITE)
    assert "It is at the end of its part already." in at_the_end
    assert then == ["Report", "What it costs", "Background"]
    assert order(report) == ["Report", "Background", "Statutory Officer Clearance"]


def test_only_own_headings_offer_it(
    report: Report, as_scrutiny_officer: Client, background: ReportSection
) -> None:
    added = add(as_scrutiny_officer, background)

    own = links(as_scrutiny_officer.get(f"{WRITE}{added.pk}/"))
    layouts = links(as_scrutiny_officer.get(f"{WRITE}{background.pk}/"))

    assert {f"{WRITE}{added.pk}/heading/", f"{WRITE}{added.pk}/remove/"} <= set(own)
    assert [link for link in layouts if link.endswith(("/heading/", "/remove/"))] == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"heading": "", "level": "2"}, "Fill in “Heading”"),
        ({"heading": "x" * 161, "level": "2"}, "at most 160 characters"),
        ({"heading": "Costs", "level": "1"}, "Select a valid choice"),
        ({"heading": "Visit of AB (DOB 12/03/2009)", "level": "2"}, "This looks like it is about a child"),
    ],
)
def test_bad_headings_are_asked_for_again(
    as_scrutiny_officer: Client, background: ReportSection, said: dict[str, str], words: str
) -> None:
    response = as_scrutiny_officer.post(f"{WRITE}{background.pk}/add/", said)

    assert (response.status_code, words in text(response)) == (422, True)
    assert f'value="{said["heading"]}"' in response.content.decode() or not said["heading"]


def test_what_goes_is_shown_first_and_what_must_stay_stays(
    report: Report, as_scrutiny_officer: Client, background: ReportSection
) -> None:
    page = f"{WRITE}{background.pk}/remove/"

    shown = text(as_scrutiny_officer.get(page))
    refused = as_scrutiny_officer.post(page, {"version": "1"})

    assert "Its 4 words go with it and cannot be brought back." in shown
    assert (refused.status_code, "The layout asks for this section." in text(refused)) == (422, True)


@pytest.mark.parametrize("version", ["", "0", "one", "²"])
def test_nothing_goes_unseen(
    report: Report, as_scrutiny_officer: Client, background: ReportSection, version: str
) -> None:
    added = add(as_scrutiny_officer, background)

    response = as_scrutiny_officer.post(f"{WRITE}{added.pk}/remove/", {"version": version})

    assert (response.status_code, ReportSection.objects.filter(pk=added.pk).exists()) == (422, True)


@pytest.mark.parametrize("path", ["add/", "heading/", "remove/", "move/"])
def test_the_doors(background: ReportSection, request: pytest.FixtureRequest, path: str) -> None:
    methods = "POST" if path == "move/" else "GET, HEAD, POST"
    assert_doors(request, f"{WRITE}{background.pk}/{path}", methods=methods)
