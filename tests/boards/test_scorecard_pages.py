"""Adding a measure and a reading, and correcting one, on their pages."""

from typing import Any

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations.models import Measure, Reading
from tests.cast import HARROW_PAGES
from tests.factories import MeasureFactory, ReadingFactory
from tests.pages import text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

CARD = f"{HARROW_PAGES}scorecard/"
SAID = {
    "kind": "percentage",
    "name": "Visits on time",
    "asked": "From the case system.",
    "unit": "of visits",
    "better": "higher",
    "target": "95",
    "tolerance": "2.5",
}
READ = {
    "whose": "council",
    "precision": "month",
    "taken_on": "31/10/2012",
    "value": "93",
    "source": "Weekly return",
    "note": "",
}


@pytest.fixture
def reading(harrow: Plan) -> Reading:
    return ReadingFactory(measure=MeasureFactory(plan=harrow, slug="visits", name="Visits"), value=80)


def test_a_measure_and_its_first_readings(as_plan_administrator: Client) -> None:
    added = as_plan_administrator.post(f"{CARD}add/", SAID)
    read = as_plan_administrator.post(f"{CARD}visits-on-time/readings/add/", READ)
    as_plan_administrator.post(
        f"{CARD}visits-on-time/readings/add/", {**READ, "whose": "england", "value": "79"}
    )

    assert [added["Location"], read["Location"]] == [f"{CARD}#measure-visits-on-time"] * 2
    words = text(as_plan_administrator.get(CARD))
    assert (
        "93% of visits Within tolerance of its target Higher is better. Target: 95%, near enough within 2.5%."
        in words
    )
    assert "England 79% , October 2012 (Weekly return)" in words


def test_readings_from_elsewhere_stand_in_the_table_and_are_corrected_there(
    as_plan_administrator: Client, reading: Reading
) -> None:
    page = f"{CARD}visits/readings/add/"
    as_plan_administrator.post(page, {**READ, "whose": "england", "value": "79"})

    england = Reading.objects.get(whose="england")
    words = text(as_plan_administrator.get(CARD))
    assert "October 2012 England 79" in words
    assert "This council 80" in words
    assert as_plan_administrator.get(f"{CARD}visits/readings/{england.pk}/correct/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Say what is counted, or the statement itself."),
        ({"target": "many"}, "Write a number, for example 71.5."),
        ({"target": ""}, "A tolerance needs a target."),
    ],
)
def test_a_bad_measure_keeps_what_was_typed(
    as_plan_administrator: Client, wrong: dict[str, Any], words: str
) -> None:
    response = as_plan_administrator.post(f"{CARD}add/", {**SAID, **wrong})

    assert (response.status_code, Measure.objects.filter(plan__council__slug="harrow").count()) == (422, 0)
    assert words in text(response)
    assert "From the case system." in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"taken_on": "31/12/2012"}, "This day is still to come."),
        ({"value": "many"}, "Write a number, for example 71.5."),
        ({"source": ""}, "Say where it comes from."),
    ],
)
def test_a_bad_reading_keeps_what_was_typed(
    as_plan_administrator: Client, reading: Reading, wrong: dict[str, Any], words: str
) -> None:
    response = as_plan_administrator.post(
        f"{CARD}visits/readings/add/", {**READ, "note": "By hand.", **wrong}
    )

    assert (response.status_code, Reading.objects.count()) == (422, 1)
    assert words in text(response)
    assert "By hand." in response.content.decode()


def test_a_correction(as_plan_administrator: Client, reading: Reading) -> None:
    page = f"{CARD}visits/readings/{reading.pk}/correct/"
    said = {"value": "71", "source": "Weekly return", "note": "", "reason": "Counted twice."}

    first = as_plan_administrator.post(page, said)
    second = as_plan_administrator.post(page, {**said, "value": "70", "reason": "Counted thrice."})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "It now says 71" in text(second)
    assert "1 October 2012 71 Weekly return Corrected: Counted twice." in text(
        as_plan_administrator.get(CARD)
    )
    assert "80" in text(as_plan_administrator.get(f"{CARD}?on=2012-11-13"))


@pytest.mark.parametrize("page", ["add/", "visits/readings/add/", "visits/readings/{}/correct/"])
def test_doors(
    request: pytest.FixtureRequest,
    reading: Reading,
    signed_out: Client,
    as_plan_administrator: Client,
    page: str,
) -> None:
    address = f"{CARD}{page.format(reading.pk)}"

    assert_only_for_keepers(request, address)
    assert_signed_out(signed_out, address)
    assert_methods(as_plan_administrator, address, "GET, HEAD, POST")
    assert as_plan_administrator.get(f"{address}?on=2012-11-01").status_code == 403


def test_another_measures_reading_is_not_found(
    as_plan_administrator: Client, reading: Reading, harrow: Plan
) -> None:
    MeasureFactory(plan=harrow, slug="other")

    assert as_plan_administrator.get(f"{CARD}other/readings/{reading.pk}/correct/").status_code == 404
