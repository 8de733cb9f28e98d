"""Updating the ticked actions: the form, the preview, saving all or none, and the ticks in the list."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from improvement.models import Change, Plan, Rating
from recommendations import workflow
from recommendations.models import Action, ProgressUpdate
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.pages import apart_from_reference, heading, text
from tests.recommendations.steps import ON, RECORD, WHY_KEPT, load, seen
from tests.recommendations.views.doors import OUTSIDERS, assert_methods, assert_signed_out

PAGE = f"{HARROW_PAGES}actions/update/"
LIST = f"{HARROW_PAGES}actions/"
SAID = {
    "stage": "on-hold",
    "rating": "",
    "narrative": "Paused until the new system is in.",
    "kept_because": "",
}


def send(client: Client, step: str, actions: list[Action], **changed: Any) -> HttpResponse:
    sent = {**SAID, "step": step, "action": [action.pk for action in actions], **changed}
    if step == "save":
        sent.setdefault("seen", [f"{action.pk}.{seen(action)}" for action in actions])
    return client.post(PAGE, sent)


def latest(action: Action) -> tuple[str, str | None, str]:
    said = ProgressUpdate.objects.last_of(action)
    assert said
    return said.stage, said.rating.slug if said.rating else None, said.narrative


def nothing_saved() -> bool:
    return (ProgressUpdate.objects.count(), Change.objects.count()) == (100, 0)


@pytest.fixture
def two(harrow: Plan) -> list[Action]:
    """In progress, both led by SM QA."""
    return [load("S5", "4"), load("LAC9", "1")]


# The list


def test_the_list_offers_ticks_to_those_who_may_update(as_board_member: Client, as_reader: Client) -> None:
    rows = as_board_member.get(LIST).context["rows"]

    source = as_board_member.get(LIST).content.decode()
    assert source.count('class="wm-tick"') == sum(row.editable for row in rows)
    assert f'<form class="wm-ticked" id="ticked" method="get" action="{PAGE}">' in source
    assert 'class="wm-tick"' not in as_reader.get(LIST).content.decode()


def test_all_on_the_page_can_be_ticked_without_script(as_board_member: Client) -> None:
    before = as_board_member.get(f"{LIST}?stage=in-progress&page=2").content.decode()
    after = as_board_member.get(f"{LIST}?stage=in-progress&tick=all").content.decode()

    assert (
        'href="/harrow/children-and-families-2012/actions/?stage=in-progress&amp;tick=all&amp;page=2"'
        in before
    )
    ticks = [len(re.findall(r'class="wm-tick"[^>]* checked>', source)) for source in (before, after)]
    assert ticks == [0, after.count('class="wm-tick"')]
    assert ticks[1] > 0


def test_a_day_in_the_past_offers_no_ticks(as_board_member: Client) -> None:
    assert 'class="wm-tick"' not in as_board_member.get(f"{LIST}?on=2012-10-01").content.decode()


# The form


def test_the_form_names_what_was_ticked(as_board_member: Client, two: list[Action]) -> None:
    response = as_board_member.get(
        PAGE, {"action": [action.pk for action in two], "list": "stage=in-progress"}
    )

    assert (response.status_code, heading(response)) == (200, "Update 2 actions")
    assert sorted(str(standing.action) for standing in response.context["standings"]) == [
        "LAC9 (1)",
        "S5 (4)",
    ]
    assert response.context["back"] == f"{LIST}?stage=in-progress"


@pytest.mark.parametrize("query", ["", "?action=", "?action=x", "?action=0", f"?action={'9' * 30}"])
def test_nothing_ticked_leads_back_to_the_list(as_board_member: Client, query: str) -> None:
    response = as_board_member.get(PAGE + query)

    assert (response.status_code, response["Location"]) == (302, LIST)
    assert "Tick the actions that you want to update" in text(as_board_member.get(LIST))


def test_bad_input_keeps_what_was_typed(as_board_member: Client, two: list[Action]) -> None:
    neither = send(as_board_member, "preview", two, stage="")
    wordless = send(as_board_member, "preview", two, narrative=" ")
    unknown = send(as_board_member, "save", two, stage="complete")

    assert [response.status_code for response in (neither, wordless, unknown)] == [422, 422, 422]
    assert "Choose a stage, a rating or both" in text(neither)
    assert SAID["narrative"] in text(neither)
    assert "Say in a sentence or two how these actions stand." in text(wordless)
    assert nothing_saved()


def test_a_rating_of_another_key_is_not_taken(
    as_board_member: Client, two: list[Action], northmoor: Plan
) -> None:
    theirs = northmoor.rating_scale.ratings.all()[0]

    assert send(as_board_member, "preview", two, rating=theirs.pk).status_code == 422
    assert nothing_saved()


# The preview


def test_the_preview_shows_each_as_it_is_and_will_be_and_saves_nothing(
    as_board_member: Client, two: list[Action]
) -> None:
    response = send(as_board_member, "preview", two)

    shown = [
        (str(line.action), line.stage_now, line.stage, line.refused) for line in response.context["lines"]
    ]
    assert heading(response) == "2 actions will be updated"
    assert sorted(shown) == [
        ("LAC9 (1)", "in-progress", "on-hold", ""),
        ("S5 (4)", "in-progress", "on-hold", ""),
    ]
    assert nothing_saved()


def test_the_preview_says_which_cannot_be_and_why(
    as_lead_officer: Client, harrow: Plan, two: list[Action]
) -> None:
    done = Action.objects.for_plan(harrow).as_of(ON).in_stage("complete").with_recommendation()[0]
    own, others = two[0], load("S2", "1")

    response = send(as_lead_officer, "preview", [own, others])
    by_board = send(as_lead_officer, "preview", [done])

    refused = [(line.action, line.refused) for line in response.context["refused"]]
    assert refused == [(others, "You can update only the actions of posts that you hold.")]
    assert [line.action for line in response.context["possible"]] == [own]
    assert heading(by_board) == "None of these actions can be updated"
    assert "Update this 1 action" not in text(by_board)


def test_a_completed_action_is_refused_as_it_is_one_by_one(as_board_member: Client, harrow: Plan) -> None:
    done = Action.objects.for_plan(harrow).as_of(ON).in_stage("complete").with_recommendation()[0]

    response = send(as_board_member, "preview", [done])

    assert [line.refused for line in response.context["lines"]] == [
        "This action is complete. Reopen it to update it."
    ]


def test_one_can_go_back_and_change_what_is_said(as_board_member: Client, two: list[Action]) -> None:
    response = send(as_board_member, "change", two)

    assert response.status_code == 200
    assert response.context["form"]["narrative"].value() == SAID["narrative"]


# Saving


def test_each_is_updated_with_an_entry_of_its_own(
    as_board_member: Client, two: list[Action], cast: Cast
) -> None:
    amber = Rating.objects.get_by_natural_key("rag", "amber")

    response = send(as_board_member, "save", two, rating=amber.pk, list="stage=in-progress")

    assert (response.status_code, response["Location"]) == (302, f"{LIST}?stage=in-progress")
    assert [latest(action) for action in two] == [("on-hold", "amber", SAID["narrative"])] * 2
    changes = Change.objects.order_by("position")
    assert [(change.verb, change.by) for change in changes] == [("post_update", cast.board_member)] * 2
    assert "2 actions updated." in text(as_board_member.get(LIST))


def test_what_is_left_as_it_is_stays_each_ones_own(
    as_board_member: Client, two: list[Action], cast: Cast
) -> None:
    amber = Rating.objects.get_by_natural_key("rag", "amber")
    workflow.post_update(
        action=two[0],
        version=seen(two[0]),
        stage="not-started",
        rating=None,
        narrative="Not begun.",
        forecast_on=ON,
        by=cast.board_member,
        on=ON,
    )

    send(as_board_member, "save", two, stage="", rating=amber.pk)

    assert [latest(action)[:2] for action in two] == [("not-started", "amber"), ("in-progress", "amber")]
    said = ProgressUpdate.objects.last_of(two[0])
    assert said is not None
    assert said.forecast_on == ON


def test_a_clash_since_the_preview_saves_nothing_and_shows_theirs(
    as_board_member: Client, two: list[Action], cast: Cast
) -> None:
    shown = [f"{action.pk}.{seen(action)}" for action in two]
    workflow.post_update(
        action=two[1],
        version=seen(two[1]),
        stage="in-progress",
        rating=None,
        narrative="Theirs, first.",
        forecast_on=None,
        by=cast.plan_administrator,
        on=ON,
    )

    response = send(as_board_member, "save", two, seen=shown)
    again = send(as_board_member, "save", two)

    assert response.status_code == 409
    assert "Theirs, first." in text(response)
    assert [line.action for line in response.context["lines"] if line.changed] == [two[1]]
    assert again.status_code == 302
    assert Change.objects.count() == 3


def test_one_that_can_no_longer_be_updated_stops_all(as_lead_officer: Client, two: list[Action]) -> None:
    response = send(as_lead_officer, "save", [two[0], load("S2", "1")])

    assert response.status_code == 409
    assert nothing_saved()


def test_a_double_click_saves_once(as_board_member: Client, two: list[Action]) -> None:
    shown = [f"{action.pk}.{seen(action)}" for action in two]

    answers = [send(as_board_member, "save", two, seen=shown).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Change.objects.count() == 2


def test_words_that_look_like_a_childs_record_are_stopped(as_board_member: Client, two: list[Action]) -> None:
    stopped = [send(as_board_member, step, two, narrative=RECORD).status_code for step in ("preview", "save")]
    before = nothing_saved()

    kept = send(as_board_member, "save", two, narrative=RECORD, kept_because=WHY_KEPT)

    assert (stopped, before, kept.status_code) == ([422, 422], True, 302)
    assert [change.reason for change in Change.objects.all()] == [WHY_KEPT, WHY_KEPT]


def test_nothing_that_the_preview_showed_saves_nothing(as_board_member: Client, two: list[Action]) -> None:
    response = send(as_board_member, "save", two, seen=["x.1", "1.x", ""])

    assert response.status_code == 422
    assert nothing_saved()


# Doors


def test_another_councils_actions_are_passed_over(
    as_board_member: Client, as_northmoor_administrator: Client, northmoor: Plan, two: list[Action]
) -> None:
    theirs = Action.objects.for_plan(northmoor).with_recommendation()[0]

    response = send(as_board_member, "preview", [theirs])

    assert (response.status_code, response["Location"]) == (302, LIST)
    assert as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}actions/update/").status_code == 302
    assert nothing_saved()


def test_another_council_is_not_found(request: pytest.FixtureRequest) -> None:
    for who in OUTSIDERS:
        client: Client = request.getfixturevalue(who)
        unknown = apart_from_reference(client.get("/never/was/compare/"))
        assert apart_from_reference(client.get(PAGE)) == unknown, who


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer"])
def test_who_only_reads_is_refused(request: pytest.FixtureRequest, two: list[Action], who: str) -> None:
    client = request.getfixturevalue(who)

    assert [client.get(PAGE).status_code, send(client, "save", two).status_code] == [403, 403]
    assert nothing_saved()


def test_the_past_is_not_changed(as_board_member: Client, two: list[Action]) -> None:
    assert as_board_member.get(f"{PAGE}?on=2012-10-01&action={two[0].pk}").status_code == 403


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
