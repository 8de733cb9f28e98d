"""The thresholds of a plan's questions."""

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations.models import ChallengeSettings
from tests.cast import HARROW_PAGES
from tests.pages import heading, text

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}questions/settings/"
SENT = {
    "silence_days": "90",
    "times_moved": "3",
    "same_day_actions": "8",
    "same_day_percent": "15",
    "open_per_post": "10",
    "overdue_per_post": "5",
    "immediate_days": "28",
    "version": "0",
}


def test_its_page_begins_with_waymarks_own(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.get(PAGE)

    assert (response.status_code, heading(response)) == (200, "When to ask")
    assert "Nobody has set them for this plan yet." in text(response)
    assert 'name="silence_days" class="govuk-input" value="42"' in response.content.decode()


def test_saved_and_asked_by(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.post(PAGE, SENT)

    assert (response.status_code, response["Location"]) == (302, f"{HARROW_PAGES}questions/")
    page = text(as_plan_administrator.get(f"{HARROW_PAGES}questions/"))
    assert "105 questions" in page
    assert "Last set by Plan administrator on 14 November 2012." in text(as_plan_administrator.get(PAGE))


@pytest.mark.parametrize(
    "wrong", [{"silence_days": "6"}, {"same_day_percent": "101"}, {"times_moved": ""}, {"open_per_post": "x"}]
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, harrow: Plan, wrong: dict[str, str]
) -> None:
    response = as_plan_administrator.post(PAGE, {**SENT, **wrong})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert 'name="immediate_days" class="govuk-input" value="28"' in response.content.decode()
    assert ChallengeSettings.objects.count() == 0


def test_the_second_of_two_keeps_what_was_typed_and_may_send_it_again(
    as_plan_administrator: Client, harrow: Plan
) -> None:
    as_plan_administrator.post(PAGE, {**SENT, "silence_days": "60"})

    clash = as_plan_administrator.post(PAGE, SENT)
    again = as_plan_administrator.post(PAGE, {**SENT, "version": "1"})

    assert clash.status_code == 422
    assert "Somebody else set them while you were writing." in text(clash)
    assert 'name="silence_days" class="govuk-input" value="90"' in clash.content.decode()
    assert 'name="version" value="1"' in clash.content.decode()
    assert again.status_code == 302
    assert [row.silence_days for row in ChallengeSettings.objects.order_by("sequence")] == [60, 90]


@pytest.mark.parametrize("who", ["as_reader", "as_lead_officer", "as_scrutiny_officer", "as_board_member"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_may_not_is_refused(
    request: pytest.FixtureRequest, harrow: Plan, who: str, method: str
) -> None:
    assert getattr(request.getfixturevalue(who), method)(PAGE, SENT).status_code == 403
    assert ChallengeSettings.objects.count() == 0


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404(request: pytest.FixtureRequest, harrow: Plan, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    assert [client.get(PAGE).status_code, client.post(PAGE, SENT).status_code] == [404, 404]


def test_another_day_is_read_only(as_plan_administrator: Client, harrow: Plan) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-11-01", SENT).status_code == 403


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(PAGE)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_plan_administrator, method)(PAGE).status_code == 405
