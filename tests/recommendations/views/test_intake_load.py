"""The last look before loading, loading, and what was loaded."""

from typing import Any

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations.intake import job
from recommendations.models import Action, Intake, IntakeState, Recommendation
from tests.cast import Cast
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out
from tests.recommendations.views.intakes import LIST, certain, intake_of, read
from tests.reports.publishing import run_jobs


@pytest.fixture
def intake(cast: Cast) -> Intake:
    return intake_of(cast.plan_administrator, certain())


def page_of(intake: Intake) -> str:
    return f"{LIST}{intake.pk}/load/"


def test_before_it_says_what_will_happen(as_plan_administrator: Client, intake: Intake) -> None:
    response = as_plan_administrator.get(page_of(intake))

    assert (response.status_code, heading(response)) == (200, "Load the plan")
    assert "Nothing is loaded yet. All of this is loaded, or nothing." in text(response)
    assert [figure["value"] for figure in response.context["figures"]] == [2, 3, 2, 0]


def test_it_is_loaded_as_a_job_and_then_says_what_was_done(
    as_plan_administrator: Client, intake: Intake
) -> None:
    asked = as_plan_administrator.post(page_of(intake), {"version": 1})
    waiting = as_plan_administrator.get(page_of(intake))
    run_jobs()
    done = as_plan_administrator.get(page_of(intake))

    plan = Plan.objects.get(slug="our-plan")
    assert (asked.status_code, asked["Location"]) == (302, page_of(intake))
    assert "The plan is being loaded" in text(waiting)
    assert heading(done) == "Our plan is loaded"
    assert "/harrow/our-plan/actions/" in links(done)
    assert [Recommendation.objects.for_plan(plan).count(), Action.objects.for_plan(plan).count()] == [2, 3]


def test_htmx_is_led_on_when_it_is_done(as_plan_administrator: Client, intake: Intake) -> None:
    as_plan_administrator.post(page_of(intake), {"version": 1})
    run_jobs()

    part = as_plan_administrator.get(page_of(intake), headers={"HX-Request": "true"})

    assert part["HX-Redirect"] == page_of(intake)


def test_a_double_click_loads_once(as_plan_administrator: Client, intake: Intake) -> None:
    """Case 106."""
    answers = [as_plan_administrator.post(page_of(intake), {"version": 1}).status_code for _ in range(2)]
    run_jobs()

    assert answers == [302, 200]
    assert Plan.objects.filter(slug="our-plan").count() == 1


def test_what_nobody_looked_at_is_loaded_only_if_somebody_says_so(
    as_plan_administrator: Client, cast: Cast
) -> None:
    unsure = intake_of(cast.plan_administrator, read())

    refused = as_plan_administrator.post(page_of(unsure), {"version": 1})
    asked = as_plan_administrator.post(page_of(unsure), {"version": 1, "as_shown": "on"})

    assert (refused.status_code, asked.status_code) == (422, 302)
    assert "Look at these values first, or say that they may be loaded as they are shown." in text(refused)


def test_somebody_else_was_quicker(as_plan_administrator: Client, intake: Intake) -> None:
    Intake.objects.filter(pk=intake.pk).update(version=2)

    response = as_plan_administrator.post(page_of(intake), {"version": 1})

    assert response.status_code == 409
    assert "Somebody changed this while you were looking at it." in text(response)


def test_what_went_wrong_is_said_and_can_be_tried_again(
    as_plan_administrator: Client, intake: Intake
) -> None:
    Intake.objects.filter(pk=intake.pk).update(problem="Nothing was loaded. The plan was changed.")

    assert "It was not loaded Nothing was loaded. The plan was changed." in text(
        as_plan_administrator.get(page_of(intake))
    )


def test_a_job_of_nobody_does_nothing(intake: Intake, cast: Cast) -> None:
    job.read_file.func(0)
    job.load_file.func(0, version=1, chosen=None, kept_because="", by=cast.reader.pk, on="2012-11-14")

    intake.refresh_from_db()
    assert intake.state == IntakeState.UNDERSTOOD


# A plan that is there


def newer(cast: Cast, harrow: Plan, **other: Any) -> Intake:
    return intake_of(cast.plan_administrator, certain(), plan=harrow, **other)


def test_differences_are_ticked_one_by_one(as_plan_administrator: Client, cast: Cast, harrow: Plan) -> None:
    intake = newer(cast, harrow)

    response = as_plan_administrator.get(page_of(intake))

    groups = {group.kind.value: group for group in response.context["groups"]}
    added = groups["added-action"].lines
    assert heading(response) == "Choose what is taken over"
    assert [(line.difference.subject, line.ticked) for line in added] == [("S1 (1)", True), ("S1 (2)", True)]
    assert groups["gone"].may_be_chosen is False
    assert [groups[kind].label for kind in ("added-action", "gone")] == [
        "Added actions",
        "No longer in the file",
    ]


def test_only_what_is_ticked_is_taken_over(as_plan_administrator: Client, cast: Cast, harrow: Plan) -> None:
    intake, before = newer(cast, harrow), Action.objects.for_plan(harrow).count()
    groups = as_plan_administrator.get(page_of(intake)).context["groups"]
    keys = [
        line.difference.key for group in groups for line in group.lines if line.difference.subject == "S1 (2)"
    ]

    asked = as_plan_administrator.post(page_of(intake), {"version": 1, "take": keys})
    run_jobs()

    intake.refresh_from_db()
    assert (asked.status_code, intake.state) == (302, IntakeState.LOADED)
    assert Action.objects.for_plan(harrow).count() == before + 1


def test_a_tick_that_is_gone_loads_nothing(as_plan_administrator: Client, cast: Cast, harrow: Plan) -> None:
    intake = newer(cast, harrow)

    response = as_plan_administrator.post(
        page_of(intake), {"version": 1, "take": ["S1 (2)/added/000000000000"]}
    )

    assert response.status_code == 409
    assert "The plan was changed since the differences were shown." in text(response)


def test_kinds_are_ticked_where_there_are_too_many(
    as_plan_administrator: Client, cast: Cast, harrow: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommendations.intake_changes.MOST_TICKED", 1)
    intake, before = newer(cast, harrow), Action.objects.for_plan(harrow).count()

    shown = as_plan_administrator.get(page_of(intake))
    as_plan_administrator.post(page_of(intake), {"version": 1, "take-kind": ["added-action"]})
    run_jobs()

    assert "Take over all 2" in text(shown)
    assert Action.objects.for_plan(harrow).count() == before + 2


def test_signed_out(signed_out: Client, intake: Intake) -> None:
    assert_signed_out(signed_out, page_of(intake))


def test_wrong_method(as_plan_administrator: Client, intake: Intake) -> None:
    """Case 40."""
    assert_methods(as_plan_administrator, page_of(intake), "GET, HEAD, POST")
