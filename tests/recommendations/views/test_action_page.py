"""One action: everything about it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Rating
from recommendations.models import Action, Stage
from tests.cast import HARROW_PAGES, Cast
from tests.factories import ProgressUpdateFactory
from tests.pages import apart_from_reference, heading, links, text

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}actions/S2/1/"
UPDATE = f"{PAGE}update/"


@pytest.mark.parametrize(
    ("who", "editable"),
    [
        ("as_lead_officer", False),
        ("as_board_member", True),
        ("as_scrutiny_officer", False),
        ("as_plan_administrator", True),
        ("as_reader", False),
    ],
)
def test_every_member_reads_it(
    request: pytest.FixtureRequest, action: Action, who: str, editable: bool
) -> None:
    response = request.getfixturevalue(who).get(PAGE)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, action.original_text)
    assert "Due 27 September 2012" in words
    assert "Overdue by 48 days" in words
    assert "printed in the plan as “27.9.12.”" in words
    assert "Stage Awaiting sign-off Rating" in words
    assert (UPDATE in links(response)) == editable


def test_its_history_says_who_when_and_what_changed(as_reader: Client, action: Action, cast: Cast) -> None:
    green = Rating.objects.get_by_natural_key("rag", "green")
    ProgressUpdateFactory(
        action=action,
        sequence=2,
        on=date(2012, 11, 1),
        stage=Stage.IN_PROGRESS,
        rating=green,
        narrative="Back from the printers.",
        forecast_on=date(2012, 12, 31),
        by=cast.board_member,
    )

    words = text(as_reader.get(PAGE))

    assert "1 November 2012 In progress" in words
    assert (
        "Stage: Awaiting sign-off to In progress, Rating: not rated to Green, "
        "Forecast: none to 31 December 2012, New words"
    ) in words
    assert "Board member, written" in words
    assert "From: Improvement plan, version 2.01 · First update" in words
    assert words.index("1 November 2012 In progress") < words.index("14 September 2012 Awaiting sign-off")


def test_an_action_without_a_date_shows_what_is_printed(as_reader: Client, harrow: object) -> None:
    odd = Action.objects.with_recommendation().get(due_text="31.9.12")

    words = text(as_reader.get(f"{HARROW_PAGES}actions/{odd.recommendation.reference}/{odd.number}/"))

    assert "“31.9.12” (no date)" in words
    assert odd.note in words


def test_an_action_without_an_update_says_so(as_reader: Client) -> None:
    assert "Nothing has been said about this action yet" in text(
        as_reader.get(f"{HARROW_PAGES}actions/LAC7/4/")
    )


def test_a_narrative_is_shown_as_it_was_typed(as_reader: Client, action: Action) -> None:
    """Cases 42 and 46."""
    typed = '<img src=x onerror=alert(1)> {{7*7}} {event.__class__} %s </script> "quoted" &amp;'
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), narrative=typed)

    response = as_reader.get(PAGE)

    assert "<img src=x" not in response.content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt; {{7*7}} {event.__class__} %s" in response.content.decode()


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get(PAGE)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/actions/S2/1/"))


@pytest.mark.parametrize(
    "place",
    ["N1/1", "S2/99", "S99/1", "s2/1", "S2/01", "S2/1%00", "S2/" + "9" * 5000, "S2/-1", "%2e%2e/1", "S2/１"],
)
def test_an_action_that_never_was_is_a_404(as_reader: Client, place: str) -> None:
    """Cases 24 and 91."""
    assert as_reader.get(f"{HARROW_PAGES}actions/{place}/").status_code == 404


def test_an_action_under_the_other_councils_plan_is_a_404(
    as_reader: Client, as_northmoor_administrator: Client
) -> None:
    """Case 24, both orders."""
    statuses = [
        client.get(path).status_code
        for client in (as_reader, as_northmoor_administrator)
        for path in (
            "/harrow/children-and-families-2012/actions/N1/1/",
            "/northmoor/improvement-2025/actions/S2/1/",
            "/harrow/improvement-2025/actions/N1/1/",
            "/northmoor/children-and-families-2012/actions/S2/1/",
        )
    ]

    assert statuses == [404] * 8


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(PAGE)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    response = getattr(as_plan_administrator, method)(PAGE)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("day", ["x", "2012-02-30", "%00"])
def test_bad_input(as_reader: Client, day: str) -> None:
    assert as_reader.get(f"{PAGE}?on={day}").status_code == 400


def test_the_past_shows_what_was_known_and_offers_no_change(as_board_member: Client, action: Action) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), narrative="Said in November.")

    response = as_board_member.get(f"{PAGE}?on=2012-10-31")

    words = text(response)
    assert "Harrow Council as it stood on 31 October 2012" in words
    assert "Said in November." not in words
    assert "Overdue by 34 days" in words
    assert [path for path in links(response) if "update" in path] == []
    assert f"{HARROW_PAGES}recommendations/S2/?on=2012-10-31" in links(response)


def test_before_the_plan_had_it_it_is_a_404(as_reader: Client) -> None:
    assert as_reader.get(f"{PAGE}?on=2012-09-09").status_code == 404


def test_every_link_of_a_day_in_the_past_stays_on_it(as_reader: Client) -> None:
    response = as_reader.get(f"{PAGE}?on=2012-10-31")

    away = [
        path
        for path in links(response)
        if path.startswith(HARROW_PAGES) and "on=2012-10-31" not in path and not path.endswith("/reports/")
    ]
    assert away == [PAGE]  # the banner's way back


def test_htmx_gets_the_row_of_the_list(as_board_member: Client, action: Action) -> None:
    response = as_board_member.get(PAGE, headers={"hx-request": "true"})

    source = response.content.decode()
    assert response.status_code == 200
    assert source.strip().startswith(f'<tbody id="action-{action.pk}">')
    assert "<html" not in source
    assert UPDATE in links(response)


def test_one_update_and_three_cost_the_same_queries(
    as_board_member: Client, action: Action, cast: Cast
) -> None:
    with CaptureQueriesContext(connection) as one:
        as_board_member.get(PAGE)
    for sequence in (2, 3):
        ProgressUpdateFactory(
            action=action,
            sequence=sequence,
            on=date(2012, 11, sequence),
            stage=Stage.AWAITING_SIGN_OFF,
            by=cast.plan_administrator,
        )
    with CaptureQueriesContext(connection) as three:
        as_board_member.get(PAGE)

    assert len(three) == len(one)
