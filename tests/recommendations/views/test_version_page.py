"""The frozen words of a version."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Plan, PlanVersion
from recommendations import workflow
from recommendations.models import Action
from tests.cast import HARROW_PAGES, Cast
from tests.conftest import unprotect
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_members, assert_signed_out

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}versions/2.01/"
ON = date(2012, 11, 14)


def test_it_shows_the_words_of_then_not_of_today(as_reader: Client, action: Action, cast: Cast) -> None:
    workflow.reword_action(
        action=action, version=0, text="Words of today.", reason="Clearer.", by=cast.plan_administrator, on=ON
    )

    response = as_reader.get(PAGE)

    words = text(response)
    assert heading(response) == "Version 2.01"
    assert f"(1) {action.original_text} Must do LSCB SP; Des Nurse 27 September 2012 Not started" in words
    assert "Words of today." not in words
    assert "22 recommendations, 101 actions" in words
    assert "Proof that the text was not altered" in words
    assert "The stored words have this digest." in words
    assert "“31.9.12” (no date)" in words
    assert f"{HARROW_PAGES}compare/?from=v2.01" in links(response)


def test_each_recommendation_is_folded_away_under_its_actions_count(as_reader: Client) -> None:
    source = as_reader.get(PAGE).content.decode()

    assert source.count('<details class="wm-fold" id="recommendation-') == 22
    assert '<span class="wm-fold__fact">6 actions</span>' in source
    assert "folds.js" in source


def test_altered_words_are_not_shown_as_agreed(as_reader: Client, harrow: Plan, action: Action) -> None:
    unprotect(PlanVersion)
    version = PlanVersion.objects.get(plan=harrow)
    version.content["actions"][0]["text"] = "Slipped in."
    PlanVersion.objects.filter(pk=version.pk).update(content=version.content)

    response = as_reader.get(PAGE)

    words = text(response)
    assert response.status_code == 200
    assert "This is not the text that was agreed" in words
    assert "Slipped in." not in words
    assert action.original_text not in words
    assert "The stored words have another:" in words


@pytest.mark.parametrize("label", ["2.0", "9", "2.01%00", "v2.01", "%2e%2e"])
def test_a_version_that_never_was_is_a_404(as_reader: Client, label: str) -> None:
    assert as_reader.get(f"{HARROW_PAGES}versions/{label}/").status_code == 404


def test_before_it_was_agreed_it_is_a_404(as_reader: Client) -> None:
    assert as_reader.get(f"{PAGE}?on=2012-09-09").status_code == 404


def test_who_may_read_it(request: pytest.FixtureRequest) -> None:
    assert_only_for_members(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD")
