"""A plan on one page."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import LeadOfficer, Plan
from recommendations.models import Recommendation
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.factories import ActionFactory, PlanFactory
from tests.pages import apart_from_reference, heading, links, text


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_it(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(HARROW_PAGES)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Children and Families Improvement Plan")
    assert "40 of 62 actions that should be finished are not" in words
    assert "22 recommendations , 101 actions ." in words
    assert "Harrow Council stands at 14 November 2012" in words
    assert "Version 2.01, agreed 10 September 2012" in words
    assert "Signed off 10 September 2012, Improvement Board" in words
    assert "Signed off 11 October 2012, Cabinet" in words


def test_what_needs_attention_stands_first(as_reader: Client) -> None:
    tiles = as_reader.get(HARROW_PAGES).context["tiles"]

    assert [(tile.label, tile.value, tile.of) for tile in tiles] == [
        ("Overdue", 40, 101),
        ("Due in the next 30 days", 4, 101),
        ("Not updated for 30 days", 79, 101),
        ("Complete", 22, 101),
        ("Completed late", 9, 101),
    ]


def test_nothing_is_a_plain_0_and_leads_nowhere(as_reader: Client) -> None:
    source = as_reader.get(HARROW_PAGES).content.decode()

    assert re.findall(r"<a [^>]*>0</a>", source) == []
    assert '<td class="wm-num" data-label="Overdue"><span class="wm-zero">0</span>' in source


def test_a_tile_of_nothing_leads_nowhere(as_reader: Client) -> None:
    tiles = as_reader.get(f"{HARROW_PAGES}?on=2012-09-10").context["tiles"]

    assert [(tile.label, tile.url) for tile in tiles if not tile.value] != []
    assert {tile.url for tile in tiles if not tile.value} == {""}


def test_its_key_is_printed(as_reader: Client, harrow: Plan) -> None:
    words = text(as_reader.get(HARROW_PAGES))

    assert [
        rating.meaning for rating in harrow.rating_scale.ratings.all() if rating.meaning not in words
    ] == []


@pytest.mark.once
def test_every_figure_leads_to_a_list_of_as_many_actions(as_reader: Client) -> None:
    """Issue 2, section 3: each tile and each cell of each breakdown that names a number."""
    source = as_reader.get(HARROW_PAGES).content.decode()
    numbers = dict(re.findall(rf'<a [^>]*href="{HARROW_PAGES}actions/\?([^"]+)"[^>]*>(\d+)</a>', source))
    some = [query for query in numbers if "lead=" not in query] + [
        query for query in numbers if "lead=" in query
    ][:4]

    counts = {}
    for query in some:
        response = as_reader.get(f"{HARROW_PAGES}actions/?{query.replace('&amp;', '&')}")
        counts[query] = str(response.context["table"].paginator.count)

    assert len(some) > 60
    assert counts == {query: numbers[query] for query in some}


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(HARROW_PAGES)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/"))


def test_a_plan_under_the_other_councils_name_is_a_404(
    as_reader: Client, as_northmoor_administrator: Client
) -> None:
    """Case 24, both orders."""
    statuses = [
        client.get(path).status_code
        for client in (as_reader, as_northmoor_administrator)
        for path in ("/harrow/improvement-2025/", "/northmoor/children-and-families-2012/")
    ]

    assert statuses == [404, 404, 404, 404]


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(HARROW_PAGES)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={HARROW_PAGES}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_plan_administrator, method)(HARROW_PAGES).status_code == 405


@pytest.mark.parametrize("day", ["x", "14/11/2012", "2012-02-30", "0001-01-01", "9999-12-31", "%00"])
def test_bad_input(as_reader: Client, day: str) -> None:
    """Case 124."""
    assert as_reader.get(f"{HARROW_PAGES}?on={day}").status_code == 400


def test_another_day(as_reader: Client) -> None:
    before = as_reader.get(f"{HARROW_PAGES}?on=2012-09-09")
    early = as_reader.get(f"{HARROW_PAGES}?on=2012-09-13")
    late = as_reader.get(f"{HARROW_PAGES}?on=2013-06-01")

    assert "The plan had no actions on this day" in text(before)
    assert "as it stood on 13 September 2012" in text(early)
    assert "actions that should be finished are not" in text(early)
    assert "as it stood on 1 June 2013" in text(late)


def test_every_link_of_a_day_in_the_past_stays_on_it(as_reader: Client) -> None:
    response = as_reader.get(f"{HARROW_PAGES}?on=2012-10-01")

    stays = [path for path in links(response) if "on=2012-09-30" not in path and "on=2012-09-10" not in path]
    away = [path for path in stays if path.startswith(HARROW_PAGES) and "on=2012-10-01" not in path]
    assert [path for path in away if not path.startswith(f"{HARROW_PAGES}reports/")] == [HARROW_PAGES]


def test_a_plan_of_no_actions_says_so(as_reader: Client, harrow: Plan) -> None:
    empty = PlanFactory(council=harrow.council, rating_scale=harrow.rating_scale, slug="empty")

    response = as_reader.get(f"/harrow/{empty.slug}/")

    assert response.status_code == 200
    assert "The plan had no actions on this day" in text(response)


def test_its_queries_do_not_grow_with_its_actions(
    as_northmoor_administrator: Client, northmoor: Plan
) -> None:
    """Case 95."""
    with CaptureQueriesContext(connection) as few:
        as_northmoor_administrator.get(NORTHMOOR_PAGES)
    only = Recommendation.objects.get(plan=northmoor)
    post = LeadOfficer.objects.get(council=northmoor.council)
    for _ in range(20):
        ActionFactory(recommendation=only, leads=[post])
    with CaptureQueriesContext(connection) as more:
        as_northmoor_administrator.get(NORTHMOOR_PAGES)

    assert len(more) == len(few)
    assert len(few) <= 40


def test_what_the_board_should_ask_first(as_reader: Client) -> None:
    """One question of each of the five weightiest kinds, and how many more there are of it."""
    response = as_reader.get(HARROW_PAGES)

    words = text(response)
    assert "128 questions that the plan asks of itself." in words
    assert [group.rule.slug for group in response.context["questions"].weightiest] == [
        *("on-track-overdue", "complete-work-to-come", "same-words", "complete-no-evidence"),
        "promised-day-passed",
    ]
    assert "LAC3 (6) · and 14 more: Rated as on track, but overdue" in words
    assert f"{HARROW_PAGES}questions/?rule=same-words" in links(response)


def test_what_moved_since_the_plan_was_agreed(as_reader: Client) -> None:
    words = text(as_reader.get(HARROW_PAGES))

    assert "Since 10 September 2012 Better and worse at once" in words
    assert "22 more are complete (22), and 30 more are overdue (40)." in words
    assert "That was the last meeting, of Children and Families Improvement Board ." in words


def test_another_day_to_look_back_to(as_reader: Client) -> None:
    response = as_reader.get(f"{HARROW_PAGES}?since=2012-10-31")

    looked = response.context["since"]
    assert (looked.why, looked.direction) == ("the day that you chose", "Getting worse")
    assert [(row.label, row.then.value, row.now.value) for row in looked.rows][-2:] == [
        ("Overdue", looked.rows[3].then.value, 40),
        ("Due date moved", 0, 0),
    ]


@pytest.mark.parametrize("day", ["x", "2012-11-14", "2013-01-01", "2012-02-30"])
def test_a_day_that_cannot_be_looked_back_to(as_reader: Client, day: str) -> None:
    assert as_reader.get(f"{HARROW_PAGES}?since={day}").status_code == 400


def test_on_its_first_day_there_is_nothing_to_look_back_to(as_reader: Client) -> None:
    response = as_reader.get(f"{HARROW_PAGES}?on=2012-09-10")

    assert (response.context["since"], response.context["completion"]) == (None, None)


def test_shading_says_what_its_figure_says(as_reader: Client) -> None:
    (theme, *_) = as_reader.get(HARROW_PAGES).context["heats"]

    assert [(cell.column, cell.count, cell.shade) for cell in theme.rows[0].cells] == [
        ("Actions", 51, 0),
        ("Complete", 14, 0),
        ("Should be finished", 34, 0),
        ("Overdue", 20, 2),
        ("Due in 30 days", 3, 1),
        ("Not updated for 30 days", 37, 3),
    ]
