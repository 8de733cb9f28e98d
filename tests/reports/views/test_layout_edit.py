"""Setting a layout of the council's own out anew."""

from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from improvement.models import Change, Plan
from reports.models import Layout
from reports.workflow import layouts
from tests.cast import Cast
from tests.pages import heading, links, text
from tests.recommendations.views.doors import READERS, assert_methods, assert_signed_out
from tests.reports.layout_words import ON, SMALL, own_layout, typed, wording

pytestmark = pytest.mark.once

PAGE = "/harrow/layouts/harrow-our-report/edit/"


@pytest.fixture
def ours(harrow: Plan, cast: Cast) -> Layout:
    return own_layout(harrow.council, cast.plan_administrator)


def titles(response: HttpResponse, name: str = "sections") -> list[str]:
    return [part.title for part in response.context["form"].lists[name]]


def test_the_form_holds_the_layout_as_it_is(as_plan_administrator: Client, ours: Layout) -> None:
    response = as_plan_administrator.get(PAGE)

    form = response.context["form"]
    assert (response.status_code, heading(response)) == (200, "Change “Our report”")
    assert (form.head["name"].value(), form.head["version"].value()) == ("Our report", 2)
    assert (titles(response, "rows"), titles(response), titles(response, "posts")) == (
        ["For", "Contact"],
        ["Asked", "Told"],
        ["Monitoring Officer"],
    )
    assert form.preview == SMALL
    assert "Reports keep the rows and sections that they were started with." in text(response)


def test_it_is_saved(as_plan_administrator: Client, ours: Layout) -> None:
    response = as_plan_administrator.post(PAGE, typed({"name": "New", "sections-1-heading": "We ask"}))

    assert (response.status_code, response["Location"]) == (302, "/harrow/layouts/harrow-our-report/")
    assert wording(ours) == replace(
        SMALL, name="New", sections=(replace(SMALL.sections[0], heading="We ask"), SMALL.sections[1])
    )
    assert Change.objects.count() == 3


def test_what_the_form_shows_comes_back_unchanged(as_plan_administrator: Client, ours: Layout) -> None:
    as_plan_administrator.post(PAGE, typed())

    assert (wording(ours), Change.objects.count()) == (SMALL, 2)


# Parts


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("sections-1-down", ["Told", "Asked"]),
        ("sections-2-up", ["Told", "Asked"]),
        ("sections-1-up", ["Asked", "Told"]),
        ("sections-2-down", ["Asked", "Told"]),
        ("sections-1-remove", ["Told"]),
        ("sections-add", ["Asked", "Told", ""]),
        ("sections-9-remove", ["Asked", "Told"]),
        ("sections-0-up", ["Asked", "Told"]),
        ("posts-1-remove", ["Asked", "Told"]),
        ("everything-1-remove", ["Asked", "Told"]),
    ],
)
def test_a_button_changes_the_form_and_saves_nothing(
    as_plan_administrator: Client, ours: Layout, asked: str, expected: list[str]
) -> None:
    response = as_plan_administrator.post(PAGE, typed({"do": asked, "about": "Words that took an hour."}))

    if asked != "everything-1-remove":  # what is no button saves like any other
        assert (response.status_code, titles(response)) == (200, expected)
        assert "Words that took an hour." in text(response)
        assert wording(ours) == SMALL
    else:
        assert response.status_code == 302


def test_what_was_moved_keeps_all_that_was_typed(as_plan_administrator: Client, ours: Layout) -> None:
    response = as_plan_administrator.post(
        PAGE,
        typed({"do": "sections-2-up", "sections-2-guidance": "Five lines.", "sections-1-required": None}),
    )

    first, second = response.context["form"].lists["sections"]
    assert (first["guidance"].value(), first["numbers_paragraphs"].value()) == ("Five lines.", True)
    assert (second["heading"].value(), second["required"].value()) == ("Asked", False)


def test_an_added_part_is_open_to_be_filled_in(as_plan_administrator: Client, ours: Layout) -> None:
    response = as_plan_administrator.post(PAGE, typed({"do": "rows-add"}))

    assert [part.is_opened for part in response.context["form"].lists["rows"]] == [False, False, True]
    assert "There is a problem" not in text(response)


# Preview


def test_the_preview_saves_nothing(as_plan_administrator: Client, ours: Layout) -> None:
    response = as_plan_administrator.post(PAGE, typed({"preview": "yes", "sections-1-heading": "We ask"}))

    assert response.status_code == 200
    assert "1. We ask" in text(response)
    assert wording(ours) == SMALL


def test_the_preview_follows_the_form_as_it_is_typed(as_plan_administrator: Client, ours: Layout) -> None:
    response = as_plan_administrator.post(
        PAGE,
        typed({"preview": "yes", "numbering": "run", "sections-1-heading": "", "first_number": "x"}),
        headers={"HX-Request": "true"},
    )

    words = text(response)
    assert (response.status_code, response.templates[0].name) == (200, "reports/_layout_sample.html")
    assert "<form" not in response.content.decode()
    assert "Told 1. What happened. 2. Each paragraph" in words
    assert "Asked" not in words


# What is refused


@pytest.mark.parametrize(
    ("changed", "href", "sentence"),
    [
        ({"name": ""}, "#id_name", "Give the layout a name"),
        ({"name": "Plain report"}, "#id_name", "There is a layout of that name already"),
        ({"first_number": "0"}, "#id_first_number", "greater than or equal to 1"),
        ({"numbering": "roman"}, "#id_numbering", "Choose the numbers"),
        ({"rows-2-label": ""}, "#id_rows-2-label", "Row 2: Give the row a label"),
        ({"rows-1-place": "headline"}, "#id_rows-1-place", "Row 1: No section is filled with the headline"),
        ({"sections-1-filled_from": "x"}, "#id_sections-1-filled_from", "Section 1: Choose what fills it"),
        ({"sections-2-level": "3"}, "#id_sections-2-level", "Section 2: No heading of level 2 stands above"),
        ({"posts-1-post": ""}, "#id_posts-1-post", "Post 1: Name the post"),
        ({"sections": "0"}, "#id_name", "A layout has at least one section."),
        ({"sections": "many"}, "#id_name", "A layout has at least one section."),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_plan_administrator: Client, ours: Layout, changed: dict[str, Any], href: str, sentence: str
) -> None:
    response = as_plan_administrator.post(PAGE, typed({"about": "Words that took an hour.", **changed}))

    assert response.status_code == 422
    assert [at for _, at in response.context["form"].errors] == [href]
    assert sentence in text(response)
    assert "Words that took an hour." in text(response)
    assert wording(ours) == SMALL


def test_what_another_wrote_meanwhile_is_not_lost_and_nor_is_mine(
    as_plan_administrator: Client, ours: Layout, cast: Cast
) -> None:
    theirs = replace(SMALL, about="Theirs")
    layouts.reword_layout(layout=ours, version=2, wording=theirs, by=cast.plan_administrator, on=ON)

    clash = as_plan_administrator.post(PAGE, typed({"about": "Mine"}))
    kept = wording(ours)
    saved = as_plan_administrator.post(
        PAGE, typed({"about": "Mine", "version": clash.context["form"].head["version"].value()})
    )

    assert clash.status_code == 409
    assert "Somebody else changed this layout while you were at it." in text(clash)
    assert clash.context["form"].head["about"].value() == "Mine"
    assert kept == theirs
    assert (saved.status_code, wording(ours).about) == (302, "Mine")


def test_what_came_with_waymark_says_why_it_stays(as_plan_administrator: Client) -> None:
    page = "/harrow/layouts/plain/edit/"

    shown, sent = as_plan_administrator.get(page), as_plan_administrator.post(page, typed())

    assert (shown.status_code, sent.status_code) == (200, 409)
    assert "it came with Waymark and is the same for every council" in text(shown)
    assert "/harrow/layouts/add/?from=plain" in links(shown)


# Who may


@pytest.mark.parametrize("who", READERS)
def test_whoever_only_reads(request: pytest.FixtureRequest, ours: Layout, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    assert [client.get(PAGE).status_code, client.post(PAGE, typed({"name": "New"})).status_code] == [403, 403]
    assert wording(ours) == SMALL


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_outsiders(request: pytest.FixtureRequest, ours: Layout, who: str) -> None:
    """Cases 23 and 24."""
    client: Client = request.getfixturevalue(who)

    answers = [
        client.post(page, typed({"name": "New"})) for page in (PAGE, PAGE.replace("/harrow/", "/northmoor/"))
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert wording(ours) == SMALL


def test_signed_out_and_other_methods(
    signed_out: Client, as_plan_administrator: Client, ours: Layout
) -> None:
    assert_signed_out(signed_out, PAGE)
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")


def test_nothing_is_changed_from_a_day_in_the_past(as_plan_administrator: Client, ours: Layout) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-10-01", typed({"name": "New"})).status_code == 403
    assert wording(ours) == SMALL
