"""The last look before loading, loading, and what was loaded."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from improvement.models import Plan, RatingScale
from recommendations.intake import count_kept, job
from recommendations.intake.count_kept import Count
from recommendations.intake.plan_read import PlanRead, Said
from recommendations.models import Action, Intake, IntakeState, Recommendation
from recommendations.workflow.intake import load_intake
from tests.cast import Cast
from tests.pages import heading, links, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out
from tests.recommendations.views.intakes import LIST, certain, intake_of, long, read
from tests.reports.publishing import run_jobs


@pytest.fixture
def intake(cast: Cast) -> Intake:
    return intake_of(cast.plan_administrator, certain())


def page_of(intake: Intake) -> str:
    return f"{LIST}{intake.pk}/load/"


def rated(plan: PlanRead, rating: str) -> PlanRead:
    """The same with its first action rated."""
    first, *others = plan.recommendations
    action, *more = first.actions
    said = action.standings[0]
    action = replace(action, standings=(replace(said, value=replace(said.value, rating=rating)),))
    return replace(plan, recommendations=(replace(first, actions=(action, *more)), *others))


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


def test_by_which_key_it_is_rated_is_said_before_and_after(as_plan_administrator: Client, cast: Cast) -> None:
    key = RatingScale.objects.default()
    intake = intake_of(cast.plan_administrator, rated(certain(), key.ratings.first().slug))

    before = as_plan_administrator.get(page_of(intake))
    as_plan_administrator.post(page_of(intake), {"version": 1})
    run_jobs()
    after = as_plan_administrator.get(page_of(intake))

    assert f"Its ratings are read by the key “{key}”." in text(before)
    assert f"It is rated by “{key}”: see what each rating means" in text(after)
    assert "while no action is rated" not in text(after)


def test_a_plan_without_ratings_may_choose_its_key(as_plan_administrator: Client, intake: Intake) -> None:
    before = as_plan_administrator.get(page_of(intake))
    as_plan_administrator.post(page_of(intake), {"version": 1})
    run_jobs()
    after = as_plan_administrator.get(page_of(intake))

    assert before.context["rated_by"] is None
    assert "while no action is rated" in text(after)


def test_htmx_is_led_on_when_it_is_done(as_plan_administrator: Client, intake: Intake) -> None:
    as_plan_administrator.post(page_of(intake), {"version": 1})
    run_jobs()

    part = as_plan_administrator.get(page_of(intake), headers={"HX-Request": "true"})

    assert part["HX-Redirect"] == page_of(intake)


def test_how_much_is_written_is_counted(as_plan_administrator: Client, intake: Intake) -> None:
    as_plan_administrator.post(page_of(intake), {"version": 1})
    count_kept.keep(intake.pk, Count(1500, 10250))

    waiting = as_plan_administrator.get(page_of(intake))
    count_kept.forget(intake.pk)
    without = as_plan_administrator.get(page_of(intake))

    assert "Loading: 1,500 of 10,250 recommendations, actions and updates are written." in text(waiting)
    assert "Loading. You can leave this page" in text(without)


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


@pytest.fixture
def ours(cast: Cast) -> Plan:
    """A plan that came from an earlier file: without S1 (2), with S2 (1) in other words, and with S3."""
    read = certain()
    one, two = read.recommendations
    asked = replace(two.actions[0], text=Said("Ask them and their families every month."))
    three = replace(two, reference=Said("S3"), actions=(replace(asked, text=Said("Tell them.")),))
    two, one = replace(two, actions=(asked,)), replace(one, actions=one.actions[:1])
    intake = intake_of(
        cast.plan_administrator, replace(read, recommendations=(one, two, three)), sha256="7" * 64
    )
    return load_intake(
        intake=intake, version=1, chosen=None, by=cast.plan_administrator, on=date(2012, 11, 14)
    )


def newer(cast: Cast, ours: Plan) -> Intake:
    return intake_of(cast.plan_administrator, certain(), plan=ours)


def groups_of(response: Any) -> dict[str, Any]:
    return {group.kind.value: group for group in response.context["groups"]}


def form_of(response: Any, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The form of a page of differences as a browser sends it; the subjects `without` are cleared."""
    groups = response.context.get("groups") or [response.context["group"]]
    lines = [line for group in groups for line in group.lines if line.difference.may_be_chosen]
    taken = [line.difference for line in lines if line.ticked]
    changes = response.context.get("changes")
    return {
        "version": 1,
        "seen": changes.seen if changes else "",
        "shown": [line.difference.key for line in lines],
        "take": [each.key for each in taken if each.subject not in without],
    }


def test_what_needs_a_decision_is_open_and_the_rest_is_folded(
    as_plan_administrator: Client, cast: Cast, ours: Plan
) -> None:
    intake = newer(cast, ours)

    response = as_plan_administrator.get(page_of(intake))

    groups = groups_of(response)
    added = groups["added-action"].lines
    assert heading(response) == "Choose what is taken over"
    assert [(line.difference.subject, line.ticked) for line in added] == [("S1 (2)", True)]
    assert [(kind, group.label, group.is_open) for kind, group in groups.items()] == [
        ("added-action", "Added action", True),
        ("words", "Other words", True),
        ("gone", "No longer in the file", False),
    ]
    assert "1 of 2 differences that can be taken over is ticked." in text(response)


def test_long_words_are_shown_as_what_changed_in_them(
    as_plan_administrator: Client, cast: Cast, ours: Plan
) -> None:
    response = as_plan_administrator.get(page_of(newer(cast, ours)))

    (line,) = groups_of(response)["words"].lines
    assert [(piece.fate.value, piece.text) for piece in line.words.pieces] == [
        ("kept", "Ask them "),
        ("removed", "and their families "),
        ("kept", "every month."),
    ]


def test_a_part_of_the_plan_is_said_in_one_sentence(
    as_plan_administrator: Client, cast: Cast, harrow: Plan
) -> None:
    response = as_plan_administrator.get(page_of(intake_of(cast.plan_administrator, certain(), plan=harrow)))

    assert "gone" not in groups_of(response)
    assert "of the plan’s 101 actions. The other" in text(response)


def test_only_what_is_ticked_is_taken_over(as_plan_administrator: Client, cast: Cast, ours: Plan) -> None:
    intake, before = newer(cast, ours), Action.objects.for_plan(ours).count()
    shown = as_plan_administrator.get(page_of(intake))

    asked = as_plan_administrator.post(page_of(intake), form_of(shown))
    run_jobs()

    intake.refresh_from_db()
    assert (asked.status_code, intake.state) == (302, IntakeState.LOADED)
    assert Action.objects.for_plan(ours).count() == before + 1


def test_ticks_of_another_page_are_kept(
    as_plan_administrator: Client, cast: Cast, harrow: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the actions one a page: what is cleared on the first stays cleared while the second is looked at."""
    monkeypatch.setattr("recommendations.intake_changes.A_PAGE", 1)
    intake = intake_of(cast.plan_administrator, certain(), plan=harrow)
    first = as_plan_administrator.get(f"{page_of(intake)}?kind=added-action")

    moved = as_plan_administrator.post(
        page_of(intake), {**form_of(first, without=("S1 (1)",)), "go": "page added-action 2"}
    )
    second = as_plan_administrator.get(moved["Location"])
    again = as_plan_administrator.get(page_of(intake))

    assert moved["Location"] == f"{page_of(intake)}?kind=added-action&page=2"
    assert [line.difference.subject for line in second.context["group"].lines] == ["S1 (2)"]
    assert [(line.difference.subject, line.ticked) for line in groups_of(again)["added-action"].lines] == [
        ("S1 (1)", False),
        ("S1 (2)", True),
    ]


@pytest.mark.parametrize(("button", "ticked"), [("all", 1), ("none", 0)])
def test_a_whole_kind_is_ticked_or_cleared(
    as_plan_administrator: Client, cast: Cast, ours: Plan, button: str, ticked: int
) -> None:
    intake = newer(cast, ours)

    answer = as_plan_administrator.post(page_of(intake), {"go": f"{button} words"})
    again = as_plan_administrator.get(page_of(intake))

    assert answer["Location"] == f"{page_of(intake)}#kind-words"
    assert groups_of(again)["words"].ticked == ticked


def test_no_more_is_shown_of_a_kind_than_a_few(
    as_plan_administrator: Client, cast: Cast, harrow: Plan
) -> None:
    intake = intake_of(cast.plan_administrator, long(40), plan=harrow)

    whole = as_plan_administrator.get(page_of(intake))
    page = as_plan_administrator.get(f"{page_of(intake)}?kind=added-action&page=2")

    group = groups_of(whole)["added-action"]
    assert (len(group.lines), group.count) == (10, 37)
    assert (page.context["group"].first, page.context["group"].last) == (26, 37)


def test_a_page_that_never_was_is_the_nearest(as_plan_administrator: Client, cast: Cast, ours: Plan) -> None:
    intake = newer(cast, ours)

    far = as_plan_administrator.get(f"{page_of(intake)}?kind=words&page=99")
    empty = as_plan_administrator.get(f"{page_of(intake)}?kind=due")
    other = as_plan_administrator.get(f"{page_of(intake)}?kind=anything")

    assert (far.context["group"].page, heading(other)) == (1, "Choose what is taken over")
    assert "There is none of this kind" in text(empty)


def test_a_tick_that_is_gone_loads_nothing(as_plan_administrator: Client, cast: Cast, ours: Plan) -> None:
    intake = newer(cast, ours)
    form = form_of(as_plan_administrator.get(page_of(intake)))

    response = as_plan_administrator.post(page_of(intake), {**form, "seen": "another"})

    assert response.status_code == 409
    assert "The plan was changed since the differences were shown." in text(response)


def test_signed_out(signed_out: Client, intake: Intake) -> None:
    assert_signed_out(signed_out, page_of(intake))


def test_wrong_method(as_plan_administrator: Client, intake: Intake) -> None:
    """Case 40."""
    assert_methods(as_plan_administrator, page_of(intake), "GET, HEAD, POST")
