"""Updating an action: as a page, in the list, and when something stands against it."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from improvement.models import Change, LeadOfficer, Plan, Rating
from recommendations.models import Action, ProgressUpdate
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.factories import ProgressUpdateFactory
from tests.pages import apart_from_reference, heading, links, text

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}actions/S2/1/"
UPDATE = f"{PAGE}update/"
HTMX = {"hx-request": "true"}


def send(
    client: Client, path: str = UPDATE, headers: dict[str, str] | None = None, **changed: Any
) -> HttpResponse:
    fields = {
        "stage": "on-hold",
        "rating": "",
        "narrative": "Signed off by the board.",
        "forecast_on": "",
        "version": "1",
        **changed,
    }
    return client.post(
        path, {name: value for name, value in fields.items() if value is not None}, headers=headers
    )


def said() -> list[tuple[str, str]]:
    """Stage and words of S2 (1)'s updates, the first of them the paper's."""
    rows = ProgressUpdate.objects.filter(action__recommendation__reference="S2", action__number="1")
    return [(row.stage, row.narrative) for row in rows.order_by("sequence")]


def unchanged() -> bool:
    return (ProgressUpdate.objects.count(), Change.objects.count()) == (100, 0)


def own_place(plan: Plan) -> str:
    """An action that SM QA leads."""
    led = Action.objects.for_plan(plan).led_by(
        LeadOfficer.objects.filter(council=plan.council, abbreviation="SM QA"), on=date(2012, 11, 14)
    )
    first = led.with_recommendation().in_plan_order()[0]
    return f"{HARROW_PAGES}actions/{first.recommendation.reference}/{first.number}/update/"


# The form


@pytest.mark.parametrize("who", ["as_board_member", "as_plan_administrator"])
def test_the_form_begins_with_the_last_words_said(
    request: pytest.FixtureRequest, action: Action, who: str
) -> None:
    response = request.getfixturevalue(who).get(UPDATE)

    form = response.context["form"]
    latest = ProgressUpdate.objects.get(action=action)
    assert (response.status_code, heading(response)) == (200, action.original_text)
    assert form.initial == {
        "stage": "awaiting-sign-off",
        "rating": None,
        "narrative": latest.narrative,
        "forecast_on": None,
        "version": 1,
    }
    assert latest.narrative in text(response)


def test_the_key_stands_beside_the_ratings(as_board_member: Client, harrow: Plan) -> None:
    words = text(as_board_member.get(UPDATE))

    meanings = [rating.meaning for rating in harrow.rating_scale.ratings.all()]
    assert [meaning for meaning in meanings if meaning not in words] == []
    assert "Not rated" in words


def test_ratings_of_another_key_are_not_offered(as_board_member: Client, northmoor: Plan) -> None:
    """Case 25."""
    form = as_board_member.get(UPDATE).context["form"]

    assert [str(rating) for rating in form.fields["rating"].queryset] == ["Red", "Amber", "Green"]


# Saving


def test_an_update_is_saved_and_said(as_board_member: Client, cast: Cast) -> None:
    green = Rating.objects.get_by_natural_key("rag", "green")

    response = send(as_board_member, stage="in-progress", rating=str(green.pk), forecast_on="31/12/2012")

    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "Update of S2 (1) saved." in text(as_board_member.get(PAGE))
    update = ProgressUpdate.objects.get(by=cast.board_member)
    assert (
        update.sequence,
        update.on,
        update.stage,
        update.rating,
        update.narrative,
        update.forecast_on,
    ) == (
        2,
        date(2012, 11, 14),
        "in-progress",
        green,
        "Signed off by the board.",
        date(2012, 12, 31),
    )
    assert Change.objects.count() == 1


def test_a_lead_officer_updates_an_action_of_their_post(
    as_lead_officer: Client, harrow: Plan, cast: Cast
) -> None:
    response = send(as_lead_officer, own_place(harrow), back="owe")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert ProgressUpdate.objects.filter(by=cast.lead_officer).count() == 1


@pytest.mark.parametrize("typed", ["31/12/2012", "2012-12-31", "31.12.2012", "31 December 2012"])
def test_a_day_is_read_as_it_is_written_here(as_board_member: Client, typed: str) -> None:
    send(as_board_member, forecast_on=typed)

    assert ProgressUpdate.objects.latest("recorded_at").forecast_on == date(2012, 12, 31)


def test_01_02_is_the_first_of_february(as_board_member: Client) -> None:
    """Case 69."""
    send(as_board_member, forecast_on="01/02/2013")

    assert ProgressUpdate.objects.latest("recorded_at").forecast_on == date(2013, 2, 1)


def test_what_a_form_does_not_ask_for_is_ignored(as_board_member: Client, cast: Cast, action: Action) -> None:
    """Case 27."""
    before = Action.objects.values().get(pk=action.pk)

    send(
        as_board_member,
        by=str(cast.reader.pk),
        on="2001-01-01",
        sequence="99",
        action="1",
        due_on="2030-01-01",
        is_staff="on",
        council="northmoor",
        source="forged",
        recorded_at="2001-01-01",
    )

    update = ProgressUpdate.objects.latest("recorded_at")
    assert (update.by, update.on, update.sequence, update.source) == (
        cast.board_member,
        date(2012, 11, 14),
        2,
        "",
    )
    assert Action.objects.values().get(pk=action.pk) == before


def test_of_a_field_sent_twice_the_last_counts(as_board_member: Client) -> None:
    """Case 27."""
    send(as_board_member, narrative=["First.", "Second."])

    assert said()[-1] == ("on-hold", "Second.")


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/gallery/", "OWE", "owe "])
def test_the_way_back_is_from_a_list(as_board_member: Client, back: str) -> None:
    """Case 49."""
    assert send(as_board_member, back=back)["Location"] == PAGE


# Who


@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_is_refused(request: pytest.FixtureRequest, harrow: Plan, who: str, method: str) -> None:
    client: Client = request.getfixturevalue(who)

    response = client.get(UPDATE) if method == "get" else send(client)

    assert (response.status_code, heading(response)) == (403, "You cannot do that")
    assert unchanged()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_lead_officer_is_refused_the_action_of_another_post(as_lead_officer: Client, method: str) -> None:
    """Case 28."""
    response = as_lead_officer.get(UPDATE) if method == "get" else send(as_lead_officer)

    assert response.status_code == 403
    assert unchanged()


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)
    never = apart_from_reference(client.get("/never/was/actions/S2/1/update/"))

    answers = [client.get(UPDATE), send(client), client.get(UPDATE, headers=HTMX), send(client, headers=HTMX)]

    assert [apart_from_reference(answer) for answer in answers] == [never] * 4
    assert never[0] == 404
    assert unchanged()


def test_an_action_of_the_other_council_cannot_be_reached_through_ones_own(
    as_plan_administrator: Client, as_northmoor_administrator: Client
) -> None:
    """Case 24, both orders."""
    answers = [
        send(as_plan_administrator, f"{HARROW_PAGES}actions/N1/1/update/"),
        send(as_plan_administrator, f"{NORTHMOOR_PAGES}actions/N1/1/update/"),
        send(as_northmoor_administrator, f"{NORTHMOOR_PAGES}actions/S2/1/update/"),
        send(as_northmoor_administrator, UPDATE),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert unchanged()


def test_signed_out(signed_out: Client) -> None:
    answers = [signed_out.get(UPDATE), send(signed_out)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/account/login/?next={UPDATE}")
    ] * 2
    assert unchanged()


@pytest.mark.parametrize("headers", [{}, {"origin": "https://evil.example"}])
def test_without_a_token_or_from_another_site(cast: Cast, headers: dict[str, str]) -> None:
    """Case 41."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.board_member)
    token = client.get(UPDATE).context["csrf_token"] if headers else ""

    response = send(client, headers=headers, csrfmiddlewaretoken=str(token))

    assert response.status_code == 403
    assert unchanged()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_wrong_method(as_board_member: Client, method: str) -> None:
    """Case 40."""
    response = getattr(as_board_member, method)(UPDATE)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")
    assert unchanged()


@pytest.mark.parametrize("header", ["x-http-method-override", "x-method-override", "x-http-method"])
def test_a_get_that_says_it_is_a_post_changes_nothing(as_board_member: Client, header: str) -> None:
    """Case 40."""
    response = as_board_member.get(
        f"{UPDATE}?stage=complete&narrative=x&version=1&_method=POST", headers={header: "POST"}
    )

    assert response.status_code == 200
    assert unchanged()


# Bad input


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"narrative": ""}, "Say in a sentence or two how the action stands."),
        ({"narrative": "   "}, "Say in a sentence or two how the action stands."),
        ({"narrative": "x" * 5001}, "5000 characters"),
        ({"stage": "finished"}, "finished"),
        ({"stage": None}, "Choose an answer under “Stage”"),
        ({"rating": "999"}, "Select a valid choice"),
        ({"rating": "green"}, "Select a valid choice"),
        ({"rating": "9" * 5000}, "Select a valid choice"),
        ({"forecast_on": "31/09/2012"}, "Write the day as day, month and year, for example 31/12/2012."),
        ({"forecast_on": "TBC"}, "Write the day as day, month and year, for example 31/12/2012."),
        ({"forecast_on": "12/31/2012"}, "Write the day as day, month and year, for example 31/12/2012."),
        ({"narrative": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_board_member: Client, harrow: Plan, changed: dict[str, str], words: str
) -> None:
    """Cases 69, 92 and 124."""
    response = send(as_board_member, **{"narrative": "Words that took an hour.", **changed})

    assert response.status_code == 422
    assert words in text(response)
    assert response.context["form"]["narrative"].value() == changed.get(
        "narrative", "Words that took an hour."
    )
    assert "Words that took an hour." in response.content.decode() or "narrative" in changed
    assert response.content.decode().count("<title>Error: ") == 1
    assert unchanged()


def test_a_post_of_nothing_is_bad_input_too(as_board_member: Client, harrow: Plan) -> None:
    response = as_board_member.post(UPDATE, {})

    assert response.status_code == 422
    assert unchanged()


@pytest.mark.parametrize("version", ["", "x", "1.5", "9" * 5000, str(2**63)])
def test_a_version_that_is_none_is_refused(as_board_member: Client, harrow: Plan, version: str) -> None:
    """Cases 27 and 91."""
    response = send(as_board_member, version=version)

    assert response.status_code in (409, 422)
    assert "Signed off by the board." in text(response)
    assert unchanged()


def test_a_rating_of_another_council_is_refused(as_board_member: Client, harrow: Plan) -> None:
    """Case 25."""
    blue = Rating.objects.get_by_natural_key("northmoor-brag", "blue")

    response = send(as_board_member, rating=str(blue.pk))

    assert response.status_code == 422
    assert unchanged()


def test_text_is_kept_as_it_was_typed(as_board_member: Client) -> None:
    """Cases 42 and 46."""
    typed = "<b>bold</b> {{7*7}} {event.__class__} %s\r\n=1+1 \u202e 🐢 é"

    send(as_board_member, narrative=typed)

    assert said()[-1][1].replace("\r\n", "\n") == typed.replace("\r\n", "\n")
    assert "<b>bold</b>" not in as_board_member.get(PAGE).content.decode()


# The past


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_changed_from_a_day_in_the_past(
    as_board_member: Client, harrow: Plan, method: str
) -> None:
    path = f"{UPDATE}?on=2012-10-01"

    response = as_board_member.get(path) if method == "get" else send(as_board_member, path)

    assert response.status_code == 403
    assert "You are looking at 1 October 2012. Nothing can be changed on that page." in text(response)
    assert unchanged()


def test_nothing_is_changed_from_a_day_to_come(as_board_member: Client, harrow: Plan) -> None:
    response = send(as_board_member, f"{UPDATE}?on=2013-01-01")

    assert response.status_code == 403
    assert unchanged()


def test_the_councils_own_day_is_no_other_day(as_board_member: Client) -> None:
    assert send(as_board_member, f"{UPDATE}?on=2012-11-14").status_code == 302


# Clashes


def test_the_second_of_two_sees_both_versions_and_keeps_their_own(
    as_board_member: Client, as_plan_administrator: Client
) -> None:
    """Case 104."""
    send(as_board_member, narrative="Theirs, first.")

    response = send(
        as_plan_administrator, stage="on-hold", narrative="Mine, second.", forecast_on="31/12/2012"
    )

    words = text(response)
    assert response.status_code == 409
    assert "Somebody else updated this action while you were writing" in words
    assert "Board member, 14 November 2012" in words
    assert "Theirs, first." in words
    assert words.count("Mine, second.") == 2  # beside theirs, and in the form
    assert [entry[1] for entry in said()][1:] == ["Theirs, first."]


def test_sending_again_after_a_clash_saves_after_the_other(
    as_board_member: Client, as_plan_administrator: Client
) -> None:
    """Case 104."""
    send(as_board_member, narrative="Theirs, first.")
    clash = send(as_plan_administrator, narrative="Mine, second.")
    form = clash.context["form"]

    again = send(as_plan_administrator, narrative="Mine, second.", version=form["version"].value())

    assert again.status_code == 302
    assert [entry[1] for entry in said()][1:] == ["Theirs, first.", "Mine, second."]
    assert Change.objects.count() == 2


def test_sending_again_after_a_clash_can_clash_again(
    as_board_member: Client, as_plan_administrator: Client
) -> None:
    """Case 104."""
    send(as_board_member, narrative="One.")
    clash = send(as_plan_administrator, narrative="Mine.")
    send(as_board_member, narrative="Two.", version="2")

    again = send(as_plan_administrator, narrative="Mine.", version=clash.context["form"]["version"].value())

    assert again.status_code == 409
    assert "Two." in text(again)


def test_bad_input_and_a_clash_at_once_are_put_right_one_after_the_other(
    as_board_member: Client, as_plan_administrator: Client
) -> None:
    send(as_board_member, narrative="Theirs.")

    bad = send(as_plan_administrator, narrative="Mine.", forecast_on="x")
    put_right = send(as_plan_administrator, narrative="Mine.", version=bad.context["form"]["version"].value())

    assert (bad.status_code, put_right.status_code) == (422, 409)
    assert "Theirs." in text(put_right)


def test_a_double_click_saves_once(as_board_member: Client) -> None:
    """Case 106."""
    answers = [send(as_board_member) for _ in range(3)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, PAGE)] * 3
    assert len(said()) == 2
    assert Change.objects.count() == 1


def test_a_replay_after_another_update_is_a_clash(as_board_member: Client, action: Action) -> None:
    """Case 106."""
    send(as_board_member)
    send(as_board_member, narrative="Later.", version="2")

    assert send(as_board_member).status_code == 409
    assert len(said()) == 3


def test_the_form_opened_after_a_clash_begins_with_theirs(as_board_member: Client, action: Action) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), narrative="The latest words.")

    assert as_board_member.get(UPDATE).context["form"].initial["narrative"] == "The latest words."


# In the list


def test_htmx_gets_the_form_in_the_place_of_the_row(as_board_member: Client, action: Action) -> None:
    response = as_board_member.get(UPDATE, headers=HTMX)

    source = response.content.decode()
    assert response.status_code == 200
    assert source.strip().startswith(f'<tbody id="action-{action.pk}">')
    assert f'hx-post="{UPDATE}"' in source
    assert f'action="{UPDATE}"' in source
    assert "<html" not in source


def test_htmx_gets_the_row_back_when_it_is_saved(as_board_member: Client, action: Action) -> None:
    response = send(as_board_member, headers=HTMX)

    source = response.content.decode()
    assert response.status_code == 200
    assert source.strip().startswith(f'<tbody id="action-{action.pk}">')
    assert "Update of S2 (1) saved." in text(response)
    assert "Signed off by the board." in text(response)
    assert UPDATE in links(response)


def test_htmx_gets_the_form_again_with_what_was_typed(as_board_member: Client, action: Action) -> None:
    response = send(as_board_member, headers=HTMX, forecast_on="soon", narrative="Words that took an hour.")

    assert response.status_code == 422
    assert response.content.decode().strip().startswith(f'<tbody id="action-{action.pk}">')
    assert "Words that took an hour." in text(response)


def test_htmx_gets_both_versions_on_a_clash(as_board_member: Client, as_plan_administrator: Client) -> None:
    """Case 104."""
    send(as_board_member, narrative="Theirs, first.")

    response = send(as_plan_administrator, headers=HTMX, narrative="Mine, second.")

    assert response.status_code == 409
    assert "Theirs, first." in text(response)
    assert "Mine, second." in text(response)
    assert "<html" not in response.content.decode()
