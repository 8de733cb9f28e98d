"""Opening a plan to the public on the page: the choice, the preview, and closing it."""

import re

import pytest
from django.test import Client

from improvement.models import Plan
from reports.models import PublicClosing, PublicOpening
from tests.cast import NORTHMOOR_PAGES, Cast
from tests.pages import text
from tests.recommendations.views.doors import (
    assert_methods,
    assert_only_for_keepers,
    assert_only_for_members,
    assert_signed_out,
)
from tests.reports.opening import PAGE, STATUS, opened

pytestmark = pytest.mark.once

PREVIEW = f"{STATUS}preview/"
CHOICE = {"version": "2.01", "words": "without"}


def mark(response: object) -> str:
    found = re.search(r'name="previewed" value="([^"]+)"', response.content.decode())  # type: ignore[attr-defined]
    assert found
    return found[1]


def main(response: object) -> str:
    return response.content.decode().split("<main")[1].split("</main>")[0]  # type: ignore[attr-defined]


def test_a_plan_is_closed_until_somebody_opens_it(as_plan_administrator: Client) -> None:
    words = text(as_plan_administrator.get(STATUS))

    assert "The plan is not open to the public." in words
    assert "Version 2.01, agreed 10 September 2012" in words


def test_a_draft_is_told_to_agree_a_version_first(as_northmoor_administrator: Client) -> None:
    words = text(as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}public/"))

    assert "No version had been agreed by this day" in words


def test_the_preview_is_exactly_what_is_opened(as_plan_administrator: Client, signed_out: Client) -> None:
    preview = as_plan_administrator.get(PREVIEW, CHOICE)
    assert "Preview: only you see this." in text(preview)
    assert signed_out.get(PAGE).status_code == 404

    answer = as_plan_administrator.post(PREVIEW, {**CHOICE, "previewed": mark(preview)})

    assert (answer.status_code, answer["Location"]) == (302, STATUS)
    assert main(signed_out.get(f"{PAGE}?all=yes")) == main(preview)
    assert "The plan is open to the public since 14 November 2012." in text(as_plan_administrator.get(STATUS))


def test_what_changed_since_the_preview_is_looked_at_again(as_plan_administrator: Client) -> None:
    answer = as_plan_administrator.post(PREVIEW, {**CHOICE, "previewed": "1-other"})

    assert answer.status_code == 409
    assert "Something changed since you looked at the preview." in text(answer)
    assert PublicOpening.objects.count() == 0


@pytest.mark.parametrize(
    "choice", [{}, {"version": "9", "words": "without"}, {"version": "2.01", "words": "some"}]
)
def test_a_choice_that_cannot_be_is_asked_again(
    as_plan_administrator: Client, choice: dict[str, str]
) -> None:
    assert as_plan_administrator.get(PREVIEW, choice).status_code == 422
    assert as_plan_administrator.post(PREVIEW, choice).status_code == 422


def test_closing(harrow: Plan, cast: Cast, as_plan_administrator: Client, signed_out: Client) -> None:
    opened(harrow, cast.plan_administrator)
    assert signed_out.get(PAGE).status_code == 200

    answer = as_plan_administrator.post(f"{STATUS}close/", {"because": "Under review."})

    assert (answer.status_code, signed_out.get(PAGE).status_code) == (302, 404)
    assert "14 November 2012 by Plan administrator: Under review." in text(as_plan_administrator.get(STATUS))


def test_closing_needs_a_reason(harrow: Plan, cast: Cast, as_plan_administrator: Client) -> None:
    opened(harrow, cast.plan_administrator)

    answer = as_plan_administrator.post(f"{STATUS}close/", {"because": ""})

    assert (answer.status_code, PublicClosing.objects.count()) == (422, 0)
    assert "Say why it is closed to the public." in text(answer)


def test_on_a_past_day_nothing_is_opened(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.get(PREVIEW, {**CHOICE, "on": "2012-10-01"}).status_code == 403
    assert "See the preview" not in text(as_plan_administrator.get(f"{STATUS}?on=2012-10-01"))


def test_who_may(request: pytest.FixtureRequest) -> None:
    assert_only_for_members(request, STATUS)
    assert_only_for_keepers(request, PREVIEW)
    assert_only_for_keepers(request, f"{STATUS}close/")


def test_signed_out(signed_out: Client) -> None:
    for page in (STATUS, PREVIEW, f"{STATUS}close/"):
        assert_signed_out(signed_out, page)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, STATUS, "GET, HEAD")
    assert_methods(as_plan_administrator, PREVIEW, "GET, HEAD, POST")
