"""A council's layouts: the list, and each with a sample of a report in it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from reports.models import Layout
from tests.cast import Cast
from tests.conftest import signed_in
from tests.factories import CouncilFactory, MembershipFactory
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_members, assert_signed_out
from tests.reports.conftest import write_report
from tests.reports.layout_words import own_layout

pytestmark = pytest.mark.once

LIST = "/harrow/layouts/"
PLAIN = "/harrow/layouts/plain/"
ADD = "/harrow/layouts/add/"


@pytest.fixture
def ours(harrow: Plan, cast: Cast) -> Layout:
    return own_layout(harrow.council, cast.plan_administrator)


@pytest.mark.parametrize("page", [LIST, PLAIN])
def test_it_is_for_members(request: pytest.FixtureRequest, page: str) -> None:
    assert_only_for_members(request, page)
    assert_signed_out(request.getfixturevalue("signed_out"), page)
    assert_methods(request.getfixturevalue("as_plan_administrator"), page, "GET, HEAD")


def test_an_administrator_is_led_to_the_next_thing_to_do(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(LIST)

    assert heading(response) == "Layouts"
    assert "No layout of your own yet" in text(response)
    assert [link for link in links(response) if link.startswith(ADD)] == [
        ADD,
        f"{ADD}?from=cabinet",
        f"{ADD}?from=childrens-trust",
        f"{ADD}?from=health-and-social-care-scrutiny",
        f"{ADD}?from=overview-and-scrutiny",
        f"{ADD}?from=plain",
    ]


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer"])
def test_a_reader_is_led_to_nothing_that_is_refused(
    request: pytest.FixtureRequest, ours: Layout, who: str
) -> None:
    client: Client = request.getfixturevalue(who)

    found = [*links(client.get(LIST)), *links(client.get(PLAIN)), *links(client.get(f"{LIST}{ours.slug}/"))]

    assert [link for link in found if ADD in link or "/edit/" in link] == []


def test_own_layouts_come_first_with_how_many_reports_use_them(as_reader: Client, ours: Layout) -> None:
    response = as_reader.get(LIST)

    assert [(row.slug, used) for row, used in response.context["own"]] == [("harrow-our-report", 0)]
    assert [(row.slug, used) for row, used in response.context["shipped"]] == [
        ("cabinet", 0),
        ("childrens-trust", 0),
        ("health-and-social-care-scrutiny", 0),
        ("overview-and-scrutiny", 1),
        ("plain", 0),
    ]


def test_reports_that_the_reader_may_not_read_are_not_counted(
    as_reader: Client, as_board_member: Client, harrow: Plan, northmoor: Plan, ours: Layout
) -> None:
    write_report(harrow, layout=ours, exempt_paragraph="3", public_interest="A contract is let.")
    write_report(northmoor)

    counts = [client.get(LIST).context["own"][0][1] for client in (as_reader, as_board_member)]

    assert counts == [0, 1]


def test_another_councils_layout_is_not_there(
    as_northmoor_administrator: Client, northmoor: Plan, ours: Layout
) -> None:
    """Case 24."""
    assert "Our report" not in text(as_northmoor_administrator.get("/northmoor/layouts/"))
    assert as_northmoor_administrator.get(f"/northmoor/layouts/{ours.slug}/").status_code == 404


def test_the_page_shows_a_report_about_the_councils_own_plan(as_reader: Client, ours: Layout) -> None:
    response = as_reader.get(f"{LIST}{ours.slug}/")

    words = text(response)
    assert heading(response) == "Our report"
    assert "Progress of the Children and Families Improvement Plan" in words
    assert "Report for the Scrutiny Committee, 14 November 2012" in words
    assert "1. Asked What the committee is asked to decide stands here." in words
    assert "2. Told 2.1 What happened. 2.2 Each paragraph shows whether it is counted." in words


def test_the_sample_is_of_the_day_that_is_asked_for(as_reader: Client) -> None:
    response = as_reader.get("/harrow/layouts/overview-and-scrutiny/?on=2012-10-01")

    assert response.context["paper"].on.isoformat() == "2012-10-01"


def test_a_day_in_the_past_offers_no_change(as_plan_administrator: Client, ours: Layout) -> None:
    found = [
        *links(as_plan_administrator.get(f"{LIST}?on=2012-10-01")),
        *links(as_plan_administrator.get(f"{LIST}{ours.slug}/?on=2012-10-01")),
    ]

    assert [link for link in found if ADD in link or "/edit/" in link] == []


def test_a_council_without_a_plan_sees_the_rest(councils: None) -> None:
    member = MembershipFactory(council=CouncilFactory(slug="eastmoor"))

    response = signed_in(member.user).get("/eastmoor/layouts/plain/")

    assert response.status_code == 200
    assert "A sample needs a plan, and this council has none yet." in text(response)


@pytest.mark.parametrize("slug", ["never", "harrow-our-report"])
def test_a_layout_that_never_was(as_reader: Client, slug: str) -> None:
    assert as_reader.get(f"{LIST}{slug}/").status_code == 404


def test_one_layout_and_three_cost_the_same_queries(as_reader: Client, harrow: Plan, cast: Cast) -> None:
    def make(name: str) -> None:
        Layout.objects.create(council=harrow.council, slug=name, name=name).sections.create(
            heading="A", position=1
        )

    make("one")
    with CaptureQueriesContext(connection) as one:
        as_reader.get(LIST)
    make("two")
    make("three")
    with CaptureQueriesContext(connection) as three:
        as_reader.get(LIST)

    assert Layout.objects.filter(council=harrow.council).count() == 3
    assert len(three) == len(one)


def test_the_reports_lead_to_it(as_reader: Client, harrow: Plan) -> None:
    assert links(as_reader.get(f"/harrow/{harrow.slug}/reports/")).count(LIST) == 1
