"""Frameworks: everybody signed in reads them, staff add the next one."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Change, Framework
from tests.factories import AreaFactory, DutyFactory, FrameworkFactory, GradeFactory
from tests.pages import heading, links, text

ADD = "/frameworks/add/"
SAID = {
    "name": "Family hubs, from 2027",
    "kind": "inspection",
    "inspectorates": "Ofsted, Care Quality Commission",
    "from_on": "2027-01-01",
    "until_on": "",
    "areas": "Families: Overall\r\n> Part\r\nLeadership",
    "grades": "Good\r\nBad",
    "duties": "70 working days: Publish a written statement | The council | SI 2007/462, regulation 3",
    "note": "Typed with care.",
}
READERS = ["as_reader", "as_northmoor_administrator", "as_stranger", "as_staff"]


@pytest.mark.parametrize("who", READERS)
def test_everybody_signed_in_reads_the_list(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get("/frameworks/")

    assert (response.status_code, heading(response)) == (200, "Inspection frameworks")
    assert len([link for link in links(response) if re.fullmatch(r"/frameworks/(?!add/)[^/]+/", link)]) == 15
    assert (ADD in links(response)) == (who == "as_staff")


@pytest.mark.parametrize("who", READERS)
def test_everybody_signed_in_reads_each(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get("/frameworks/sif-2013/")

    words = text(response)
    assert heading(response) == "Single inspection framework, 2013 to 2017"
    assert "1 November 2013 to 31 December 2017" in words
    assert (
        "Adoption performance (part of “The experiences and progress of children looked after and achieving permanence”)"
        in words
    )
    assert "Outstanding Good Requires improvement Inadequate" in words
    assert (
        "Publish a written statement of the action to be taken and by when The council Within 70 working days of receiving the report"
        in words
    )


def test_a_framework_with_two_scales_names_them(as_reader: Client) -> None:
    words = text(as_reader.get("/frameworks/jar-progress-review-2009/"))

    assert "Capacity to improve on the scale of capacity" in words
    assert "Progress Good Satisfactory Limited Capacity Good Satisfactory Limited" in words


def test_a_framework_without_grades_says_so(as_reader: Client) -> None:
    words = text(as_reader.get("/frameworks/focused-visit/"))

    assert "This framework gives no grades." in words
    assert "What the visit looked at in words, without a grade" in words


@pytest.mark.parametrize("path", ["/frameworks/", "/frameworks/sif-2013/", ADD])
def test_signed_out(signed_out: Client, path: str) -> None:
    response = signed_out.get(path)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={path}")


@pytest.mark.parametrize("path", ["/frameworks/", "/frameworks/sif-2013/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_staff: Client, method: str, path: str) -> None:
    assert getattr(as_staff, method)(path).status_code == 405


def test_one_that_never_was(as_reader: Client) -> None:
    assert as_reader.get("/frameworks/neverwas/").status_code == 404


def test_more_frameworks_and_areas_cost_the_same_queries(as_reader: Client) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as spent:
            as_reader.get(path)
        return len(spent)

    made = FrameworkFactory(slug="new")
    AreaFactory(framework=made)
    GradeFactory(framework=made)
    DutyFactory(framework=made)
    before = [queries("/frameworks/"), queries("/frameworks/new/")]
    for _ in range(2):
        AreaFactory(framework=made)
        GradeFactory(framework=made)
        DutyFactory(framework=made)
        FrameworkFactory()

    assert [queries("/frameworks/"), queries("/frameworks/new/")] == before


def test_staff_add_the_next_one(as_staff: Client) -> None:
    response = as_staff.post(ADD, SAID, follow=True)

    added = Framework.objects.with_everything().get(slug="family-hubs-from-2027")
    assert response.redirect_chain == [("/frameworks/family-hubs-from-2027/", 302)]
    assert "Family hubs, from 2027 added." in text(response)
    assert [str(area) for area in added.areas.all()] == ["Families: Overall", "Part", "Leadership"]
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    "who", ["as_reader", "as_plan_administrator", "as_northmoor_administrator", "as_stranger"]
)
def test_nobody_else_adds_one(request: pytest.FixtureRequest, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    assert [client.get(ADD).status_code, client.post(ADD, SAID).status_code] == [403, 403]
    assert not Framework.objects.filter(slug="family-hubs-from-2027").exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Fill in “Name”"),
        ({"areas": ""}, "Fill in “Areas, one a line, in the order of the report”"),
        ({"areas": "> Part"}, "Line 1: a sub-judgement needs an area above it."),
        ({"areas": "Overall [pace]"}, "Line 1: no grades stand under “pace:” below."),
        ({"grades": "Good\nGood"}, "Line 2: “Good” stands in this scale already."),
        ({"duties": "70 days: Publish"}, "Line 1: say whether these are working days or calendar days."),
        ({"until_on": "2026-12-31"}, "It ends after it begins."),
        ({"kind": "raid"}, "Select a valid choice. raid is not one of the available choices."),
    ],
)
def test_bad_input_keeps_what_was_typed(as_staff: Client, changed: dict[str, str], sentence: str) -> None:
    before = Framework.objects.count()

    response = as_staff.post(ADD, {**SAID, **changed})

    assert response.status_code == 422
    assert sentence in text(response)
    assert "Typed with care." in response.content.decode()
    assert (Framework.objects.count(), Change.objects.count()) == (before, 0)


def test_the_next_one_starts_from_another(as_staff: Client) -> None:
    source = as_staff.get(f"{ADD}?from=jar-progress-review-2009").content.decode()

    assert "Capacity to improve [capacity]" in source
    assert "Progress:\nGood\nSatisfactory\nLimited\nCapacity:" in source


def test_a_start_that_never_was_is_an_empty_form(as_staff: Client) -> None:
    response = as_staff.get(f"{ADD}?from=neverwas")

    assert response.status_code == 200
    assert "Start from an existing framework" in text(response)


def test_a_start_that_no_database_can_hold(as_staff: Client) -> None:
    assert as_staff.get(f"{ADD}?from=%00").status_code == 404


@pytest.mark.parametrize("field", ["name", "areas", "grades", "duties", "note"])
def test_text_that_no_database_can_hold_is_refused(as_staff: Client, field: str) -> None:
    response = as_staff.post(ADD, {**SAID, field: "70 working days: a\x00b"})

    assert response.status_code == 422
    assert "Null characters are not allowed." in text(response)
