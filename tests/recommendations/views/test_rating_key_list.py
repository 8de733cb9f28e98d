"""A council's rating keys and those that come with Waymark."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan, RatingScale
from tests.factories import PlanFactory, RatingFactory, RatingScaleFactory
from tests.pages import apart_from_reference, heading, links, text

pytestmark = pytest.mark.once

PAGE = "/harrow/rating-keys/"
ADD = "/harrow/rating-keys/add/"


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(PAGE)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Rating keys")
    assert "Red, amber, green R Red Off track: it will miss its date" in words
    assert "Gy Grey It is not due to begin yet. Counts as not due or not started" in words
    assert words.count("Used by Children and Families Improvement Plan") == 1
    assert words.count("For a new plan") == 1
    assert words.count("No plan uses it.") == 3


def test_the_default_stands_first(as_reader: Client) -> None:
    keys = as_reader.get(PAGE).context["shipped"]

    assert [key.scale.slug for key in keys] == ["brag", "rag", "red-amber-yellow-green", "one-to-four"]


def test_an_administrator_is_led_to_the_next_thing_to_do(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(PAGE)

    assert "No key of your own yet" in text(response)
    assert "rated already, so it keeps this key" in text(response)
    assert [link for link in links(response) if link.startswith(ADD)] == [
        ADD,
        f"{ADD}?from=brag",
        f"{ADD}?from=rag",
        f"{ADD}?from=red-amber-yellow-green",
        f"{ADD}?from=one-to-four",
    ]


@pytest.mark.parametrize("who", ["as_reader", "as_board_member"])
def test_a_reader_is_led_to_nothing_that_is_refused(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(PAGE)

    assert "A plan administrator can word one." in text(response)
    assert [link for link in links(response) if ADD in link or "/edit/" in link] == []


def test_a_key_that_was_used_says_that_it_stays(as_northmoor_administrator: Client) -> None:
    response = as_northmoor_administrator.get("/northmoor/rating-keys/")

    assert "Updates are rated by it, so its words stay as they are." in text(response)
    assert [link for link in links(response) if "/edit/" in link] == []
    assert "Used by Northmoor Improvement Plan · rated already" in text(response)


def test_a_plan_that_nobody_rated_is_led_to_its_choice(as_plan_administrator: Client, harrow: Plan) -> None:
    scale = RatingScaleFactory(council=harrow.council, slug="ours")
    PlanFactory(council=harrow.council, slug="next", rating_scale=scale)

    response = as_plan_administrator.get(PAGE)

    assert "/harrow/next/rating-key/" in links(response)
    assert "/harrow/rating-keys/ours/edit/" in links(response)


def test_a_key_of_another_council_is_not_there(as_reader: Client, northmoor: Plan) -> None:
    """Case 25."""
    assert "Northmoor" not in text(as_reader.get(PAGE))


def test_a_day_in_the_past_offers_no_change(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(f"{PAGE}?on=2012-10-01")

    assert response.status_code == 200
    assert [link for link in links(response) if ADD in link] == []
    assert "/harrow/children-and-families-2012/?on=2012-10-01" in links(response)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    assert apart_from_reference(client.get(PAGE)) == apart_from_reference(client.get("/never/rating-keys/"))


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(PAGE)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    response = getattr(as_plan_administrator, method)(PAGE)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_bad_input(as_reader: Client) -> None:
    assert as_reader.get(f"{PAGE}?on=yesterday").status_code == 400


def test_one_key_and_three_cost_the_same_queries(as_plan_administrator: Client, harrow: Plan) -> None:
    def make(slug: str) -> None:
        scale = RatingScaleFactory(council=harrow.council, slug=slug)
        RatingFactory(scale=scale, letter="A")
        RatingFactory(scale=scale, letter="B")
        PlanFactory(council=harrow.council, rating_scale=scale)

    make("one")
    with CaptureQueriesContext(connection) as one:
        as_plan_administrator.get(PAGE)
    make("two")
    make("three")
    with CaptureQueriesContext(connection) as three:
        as_plan_administrator.get(PAGE)

    assert RatingScale.objects.filter(council=harrow.council).count() == 3
    assert len(three) == len(one)


def test_the_council_page_and_every_printed_key_lead_to_it(as_reader: Client, harrow: Plan) -> None:
    pages = ["/harrow/", f"/harrow/{harrow.slug}/", f"/harrow/{harrow.slug}/actions/"]

    assert [links(as_reader.get(page)).count(PAGE) for page in pages] == [1, 1, 1]
    assert links(as_reader.get("/harrow/?on=2012-10-01")).count(f"{PAGE}?on=2012-10-01") == 1
