"""The scorecard of a plan."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from recommendations.models import Better, Measure, MeasureKind, Recommendation
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import MeasureFactory, ReadingFactory
from tests.pages import apart_from_reference, heading, links, text

PAGE = f"{HARROW_PAGES}scorecard/"


@pytest.fixture
def visits(harrow: Plan) -> Measure:
    """A percentage with a target and two readings, proving S2."""
    measure = MeasureFactory(
        plan=harrow,
        slug="visits",
        name="Visits on time",
        kind=MeasureKind.PERCENTAGE,
        unit="of visits",
        better=Better.HIGHER,
        target=95,
        recommendation=Recommendation.objects.get(plan=harrow, reference="S2"),
        asked="From the case system.",
        note="Counted anew since June.",
    )
    ReadingFactory(measure=measure, on=date(2012, 9, 1), precision="month", value="71.50")
    ReadingFactory(measure=measure, on=date(2012, 11, 5), value=80, note="After the recount.")
    return measure


@pytest.fixture
def voice(harrow: Plan) -> Measure:
    return MeasureFactory(
        plan=harrow,
        slug="voice",
        name="I know my social worker",
        kind=MeasureKind.STATEMENT,
        unit="of 20 say so",
    )


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(
    request: pytest.FixtureRequest, visits: Measure, voice: Measure, who: str
) -> None:
    response = request.getfixturevalue(who).get(PAGE)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Scorecard")
    assert "80% of visits 8.5 percentage points more than in September 2012: better" in words
    assert "Higher is better. Target: 95%. May prove the outcome of S2. From the case system." in words
    assert "September 2012 71.5% Counted by hand" in words
    assert "5 November 2012 80% Counted by hand After the recount." in words
    assert "Visits on time: 71.5 in September 2012, 80 on 5 November 2012; target 95" in words
    assert "Counted anew since June." in words
    assert "I know my social worker Nobody has reported yet what children say." in words


def test_what_children_say(as_reader: Client, voice: Measure) -> None:
    ReadingFactory(measure=voice, on=date(2012, 10, 1), precision="month", value=12)
    ReadingFactory(measure=voice, on=date(2012, 11, 1), precision="month", value=None, note="Fewer asked")

    early, late = (text(as_reader.get(f"{PAGE}?on={on}")) for on in ("2012-10-31", "2012-11-01"))

    assert "I know my social worker October 2012 : 12 of 20 say so" in early
    assert "I know my social worker November 2012 : Fewer asked" in late


def test_one_reading_is_no_line(as_reader: Client, visits: Measure) -> None:
    response = as_reader.get(f"{PAGE}?on=2012-10-01")

    assert "wm-line" not in response.content.decode()
    assert "5 November 2012" not in text(response)
    assert "71.5% of visits Off target Higher is better." in text(response)


def test_a_measure_without_a_reading(as_reader: Client, harrow: Plan) -> None:
    MeasureFactory(plan=harrow, name="Caseloads")

    assert "Caseloads No number yet" in text(as_reader.get(PAGE))


@pytest.mark.parametrize("on", ["", "?on=2012-09-09"])
def test_with_nothing_to_show_it_says_what_to_do(as_reader: Client, on: str) -> None:
    words = text(as_reader.get(f"{PAGE}{on}"))

    assert "No measure on this day" in words
    assert "Choose a later day, or load measures with the plan." in words
    assert "Download as CSV" not in words


def test_its_links_stay_on_the_day(as_reader: Client, visits: Measure) -> None:
    found = links(as_reader.get(f"{PAGE}?on=2012-10-01"))

    assert f"{HARROW_PAGES}scorecard.csv?on=2012-10-01" in found


def test_the_dashboard_leads_to_it_once_there_is_a_measure(as_reader: Client, harrow: Plan) -> None:
    without = links(as_reader.get(HARROW_PAGES))
    MeasureFactory(plan=harrow)
    with_one = links(as_reader.get(HARROW_PAGES))

    assert (without.count(PAGE), with_one.count(PAGE)) == (0, 1)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    answer = client.get(PAGE)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/scorecard/"))


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(PAGE)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    assert getattr(as_plan_administrator, method)(PAGE).status_code == 405


@pytest.mark.parametrize("day", ["x", "2012-02-30", "9999-12-31"])
def test_bad_input(as_reader: Client, day: str) -> None:
    assert as_reader.get(f"{PAGE}?on={day}").status_code == 400


def test_its_queries_do_not_grow_with_its_rows(as_northmoor_administrator: Client, northmoor: Plan) -> None:
    def add() -> None:
        for kind in (MeasureKind.NUMBER, MeasureKind.STATEMENT):
            measure = MeasureFactory(
                plan=northmoor, kind=kind, recommendation=Recommendation.objects.get(plan=northmoor)
            )
            ReadingFactory(measure=measure, on=date(2012, 10, 1))
            ReadingFactory(measure=measure, on=date(2012, 11, 1))

    add()
    with CaptureQueriesContext(connection) as one:
        as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}scorecard/")
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}scorecard/")

    assert len(three) == len(one)
    assert len(one) <= 6
