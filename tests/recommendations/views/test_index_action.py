"""Choosing an action's headings in the index of changes."""

from datetime import date

import pytest
from django.test import Client

from recommendations import index_of_changes
from recommendations.models import Action
from tests.cast import HARROW_PAGES
from tests.pages import links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

pytestmark = pytest.mark.once

ACTION = f"{HARROW_PAGES}actions/S2/1/"
PAGE = f"{ACTION}index/"
ON = date(2012, 11, 14)


def kinds(action: Action) -> list[str]:
    return [str(kind.value) for kind in index_of_changes.kinds_of(action, on=ON)]


def test_the_form_has_what_stands_ticked(as_plan_administrator: Client) -> None:
    source = as_plan_administrator.get(PAGE).content.decode()

    assert source.count(" checked") == 1
    assert source.index('value="policy"') < source.index(" checked") < source.index('value="guidance"')


@pytest.mark.parametrize("chosen", [["quality", "workforce"], []])
def test_saved_they_stand_on_the_actions_page(
    as_plan_administrator: Client, action: Action, chosen: list[str]
) -> None:
    response = as_plan_administrator.post(PAGE, {"kinds": chosen})

    assert (response.status_code, response["Location"]) == (302, ACTION)
    assert kinds(action) == chosen
    shown = [path for path in links(as_plan_administrator.get(ACTION)) if "index-of-changes/#" in path]
    assert shown == [f"{HARROW_PAGES}index-of-changes/#{kind}" for kind in chosen]


def test_the_actions_page_offers_it_to_plan_administrators_alone(
    as_plan_administrator: Client, as_board_member: Client
) -> None:
    offered = [PAGE in links(client.get(ACTION)) for client in (as_plan_administrator, as_board_member)]

    assert offered == [True, False]
    assert "Index of changes New or changed policy" in text(as_board_member.get(ACTION))
    assert "Index of changes" not in text(as_board_member.get(f"{HARROW_PAGES}actions/S2/4/"))


def test_bad_input(as_plan_administrator: Client, action: Action) -> None:
    response = as_plan_administrator.post(PAGE, {"kinds": ["budget"]})

    assert (response.status_code, kinds(action)) == (422, ["policy"])


def test_an_action_that_never_was_is_a_404(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.post(f"{HARROW_PAGES}actions/S2/99/index/").status_code == 404


def test_not_on_a_day_in_the_past(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-10-01").status_code == 403


def test_who_may(request: pytest.FixtureRequest) -> None:
    assert_only_for_keepers(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
