"""The form for a review, and what the pages of an action and a recommendation show of assurance."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recommendations.models import Action, Evidence, Review
from tests.cast import HARROW_PAGES, NORTHMOOR, Cast
from tests.pages import heading, links, text
from tests.recommendations.shown import DAY, load_action, load_recommendation, review, show

pytestmark = pytest.mark.once

ACTION = f"{HARROW_PAGES}actions/S2/1/"
WHOLE = f"{HARROW_PAGES}recommendations/S2/"


def send(client: Client, *evidence: Evidence, path: str = f"{ACTION}review/", **changed: Any) -> HttpResponse:
    fields = {
        "step": "delivered",
        "holds": "yes",
        "finding": "The board read the audit.",
        "evidence": [shown.pk for shown in evidence],
        "reviewer": "Improvement Board",
        **changed,
    }
    return client.post(path, fields)


def test_the_form_offers_the_steps_and_the_evidence(
    action: Action, cast: Cast, as_board_member: Client
) -> None:
    own, whole = show(action, cast.board_member), show(action.recommendation, cast.board_member)
    show(load_action("S2", "2"), cast.board_member)
    show(load_action("S3", "1"), cast.board_member)

    response = as_board_member.get(f"{ACTION}review/")

    assert (response.status_code, heading(response)) == (200, "Record a review")
    assert set(response.context["form"].fields["evidence"].queryset) == {own, whole}
    assert "Audit, 31 October 2012, of S2 (1)" in text(response)


def test_of_the_whole_the_evidence_of_every_action_is_offered(
    action: Action, cast: Cast, as_board_member: Client
) -> None:
    offered = {show(action, cast.board_member), show(action.recommendation, cast.board_member)}

    response = as_board_member.get(f"{WHOLE}review/")

    assert set(response.context["form"].fields["evidence"].queryset) == offered


def test_without_evidence_the_page_says_what_to_do_first(as_board_member: Client) -> None:
    response = as_board_member.get(f"{ACTION}review/")

    assert "There is no evidence yet." in text(response)
    assert f"{ACTION}evidence/" in links(response)


def test_a_review_is_recorded_and_shown(action: Action, cast: Cast, as_board_member: Client) -> None:
    evidence = show(action, cast.board_member)

    response = send(as_board_member, evidence)

    made = Review.objects.get()
    page = text(as_board_member.get(ACTION))
    assert (response.status_code, response["Location"]) == (302, f"{ACTION}#assurance")
    assert (made.action, made.step, made.holds, list(made.evidence.all()), made.on) == (
        action,
        "delivered",
        True,
        [evidence],
        DAY,
    )
    assert "Review of S2 (1) recorded: delivered." in page
    assert "Proved 14 Nov 2012 1 piece of evidence" in page
    assert "Improvement Board; recorded by Board member" in page


def test_a_review_of_the_whole_is_recorded(action: Action, cast: Cast, as_board_member: Client) -> None:
    evidence = show(action, cast.board_member)

    response = send(as_board_member, evidence, path=f"{WHOLE}review/")

    assert (response["Location"], Review.objects.get().action) == (f"{WHOLE}#assurance", None)
    assert "Assurance of the whole" in text(as_board_member.get(WHOLE))


def test_a_step_that_is_lost_is_shown_as_lost(action: Action, cast: Cast, as_board_member: Client) -> None:
    send(as_board_member, show(action, cast.board_member))

    send(as_board_member, holds="no", finding="It has stopped.")

    page = text(as_board_member.get(ACTION))
    assert "Lost again 14 Nov 2012" in page
    assert "2 reviews, the latest first" in page
    assert page.index("It has stopped.") < page.index("The board read the audit.")


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"step": ""}, "step", "This field is required."),
        (
            {"step": "believed"},
            "step",
            "Select a valid choice. believed is not one of the available choices.",
        ),
        ({"holds": ""}, "holds", "This field is required."),
        ({"evidence": []}, "evidence", "Choose the evidence that shows it."),
        ({"reviewer": ""}, "reviewer", "This field is required."),
        ({"step": "complied-with"}, "step", "First it has to be found that this holds: Delivered."),
        ({"holds": "no"}, "step", "This step does not hold now, so it cannot be lost."),
    ],
)
def test_bad_input_keeps_what_was_typed(
    action: Action, cast: Cast, as_board_member: Client, changed: dict[str, Any], field: str, words: str
) -> None:
    response = send(as_board_member, show(action, cast.board_member), **changed)

    form = response.context["form"]
    assert (response.status_code, {name: list(found) for name, found in form.errors.items()}) == (
        422,
        {field: [words]},
    )
    assert form["finding"].value() == "The board read the audit."
    assert Review.objects.count() == 0


def test_evidence_that_was_not_offered_is_refused(
    action: Action, cast: Cast, as_board_member: Client
) -> None:
    """Case 25."""
    elsewhere = show(load_action("S3", "1"), cast.board_member)
    foreign = show(load_action("N1", "1", NORTHMOOR), cast.northmoor_administrator, gathered_on=DAY, on=DAY)

    answers = [send(as_board_member, evidence).status_code for evidence in (elsewhere, foreign)]

    assert (answers, Review.objects.count()) == ([422, 422], 0)


def test_what_looks_like_a_childs_record_is_asked_about(
    action: Action, cast: Cast, as_board_member: Client
) -> None:
    evidence = show(action, cast.board_member)

    warned = send(as_board_member, evidence, finding="Two children were seen.")
    saved = send(as_board_member, evidence, finding="Two children were seen.", kept_because="In a film.")

    assert "“Two children” (a count of children under five)" in text(warned)
    assert (warned.status_code, saved.status_code, Review.objects.count()) == (422, 302, 1)


# The partials on the pages


def test_the_pages_offer_adding_and_reviewing_to_who_may(as_board_member: Client, as_reader: Client) -> None:
    for place in (ACTION, WHOLE):
        assert {f"{place}evidence/", f"{place}review/"} <= set(links(as_board_member.get(place)))
        assert not {f"{place}evidence/", f"{place}review/"} & set(links(as_reader.get(place)))
        past = links(as_board_member.get(f"{place}?on=2012-10-01"))
        assert not {f"{place}evidence/", f"{place}review/"} & set(past)


def test_a_lead_officer_adds_evidence_of_the_own_action_and_reviews_nothing(as_lead_officer: Client) -> None:
    own = f"{HARROW_PAGES}actions/S5/1/"

    offered = links(as_lead_officer.get(own))

    assert (f"{own}evidence/" in offered, f"{own}review/" in offered) == (True, False)


def test_exempt_evidence_leaves_no_trace_on_the_pages_of_who_may_not_see_it(
    action: Action, cast: Cast, as_reader: Client, as_scrutiny_officer: Client
) -> None:
    """Case 33."""
    before = [text(as_reader.get(place)) for place in (ACTION, WHOLE)]

    show(action, cast.board_member, exempt=True, shows="The closed audit.")

    assert [text(as_reader.get(place)) for place in (ACTION, WHOLE)] == before
    assert "The closed audit. Exempt" in text(as_scrutiny_officer.get(ACTION))


def test_the_pages_show_a_past_day_as_it_stood(action: Action, cast: Cast, as_reader: Client) -> None:
    review(action, cast.board_member, show(action, cast.board_member))

    page = text(as_reader.get(f"{ACTION}?on=2012-11-13"))

    assert "Nothing shows it yet" in page
    assert "Proved" not in page


@pytest.mark.parametrize("place", [ACTION, WHOLE])
def test_the_pages_ask_as_often_with_one_as_with_three(
    action: Action, cast: Cast, as_reader: Client, place: str
) -> None:
    asked = []
    about = action if place == ACTION else load_recommendation("S2")
    for number in range(3):
        evidence = show(about, cast.board_member)
        review(about, cast.board_member, evidence, finding=f"Finding {number}.")
        with CaptureQueriesContext(connection) as queries:
            assert as_reader.get(place).status_code == 200
        asked.append(len(queries))

    assert len(set(asked)) == 1


# Who may


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer"])
@pytest.mark.parametrize("place", [ACTION, WHOLE])
def test_others_of_the_council_may_not(request: pytest.FixtureRequest, who: str, place: str) -> None:
    client = request.getfixturevalue(who)

    answers = (client.get(f"{place}review/").status_code, send(client, path=f"{place}review/").status_code)

    assert (answers, Review.objects.count()) == ((403, 403), 0)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_council_finds_nothing(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client = request.getfixturevalue(who)

    assert (client.get(f"{ACTION}review/").status_code, send(client).status_code) == (404, 404)


def test_signed_out_leads_to_signing_in(signed_out: Client) -> None:
    assert send(signed_out)["Location"].startswith("/account/login/")


def test_nothing_is_reviewed_on_a_past_day(as_board_member: Client) -> None:
    assert as_board_member.get(f"{ACTION}review/?on=2012-11-13").status_code == 403


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(as_board_member: Client, method: str) -> None:
    """Case 40."""
    assert getattr(as_board_member, method)(f"{ACTION}review/").status_code == 405
