"""A plan's recommendations by theme."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import ActionFactory, RecommendationFactory
from tests.pages import apart_from_reference, heading, links, text

LIST = f"{HARROW_PAGES}recommendations/"


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(LIST)

    assert (response.status_code, heading(response)) == (200, "22 recommendations")
    pages = [path for path in links(response) if re.fullmatch(rf"{LIST}[^/]+/", path)]
    assert [path.split("/")[-2] for path in pages] == [f"S{n}" for n in range(1, 12)] + [
        f"LAC{n}" for n in range(1, 12)
    ]


def test_each_counts_its_actions_and_links_to_them(as_reader: Client) -> None:
    response = as_reader.get(LIST)

    source = response.content.decode()
    counts = re.findall(rf'href="{HARROW_PAGES}actions/\?recommendation=([A-Z0-9]+)">(\d+)<', source)
    assert len(counts) == 22
    assert sum(int(count) for _, count in counts) == 101
    assert dict(counts)["S1"] == "3"
    late = re.findall(r"recommendation=[A-Z0-9]+&amp;overdue=yes\">(\d+)<", source)
    assert sum(map(int, late)) == 40


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(LIST)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/recommendations/"))


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(LIST)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={LIST}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_plan_administrator, method)(LIST).status_code == 405


def test_bad_input(as_reader: Client) -> None:
    assert as_reader.get(f"{LIST}?on=31.9.12").status_code == 400


def test_another_day(as_reader: Client) -> None:
    before = as_reader.get(f"{LIST}?on=2012-06-26")
    between = as_reader.get(f"{LIST}?on=2012-07-01")

    assert "No recommendations on this day" in text(before)
    assert heading(between) == "22 recommendations"
    assert "/?on=2012-07-01" in "".join(links(between))


def test_one_and_three_and_more_cost_the_same_queries(
    as_northmoor_administrator: Client, northmoor: Plan
) -> None:
    path = f"{NORTHMOOR_PAGES}recommendations/"
    with CaptureQueriesContext(connection) as one:
        as_northmoor_administrator.get(path)
    for _ in range(2):
        ActionFactory(recommendation=RecommendationFactory(theme=northmoor.themes.get()))
    with CaptureQueriesContext(connection) as three:
        as_northmoor_administrator.get(path)

    assert len(three) == len(one)


def test_one_is_one(as_northmoor_administrator: Client) -> None:
    assert heading(as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}recommendations/")) == "1 recommendation"


def test_its_part_of_the_plan_is_marked(as_reader: Client) -> None:
    response = as_reader.get(LIST)

    assert 'recommendations/" aria-current="page">Recommendations</a>' in response.content.decode()
