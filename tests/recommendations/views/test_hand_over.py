"""Handing an action over to other lead officers, and its history of who led it."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import LeadOfficer, Plan
from recommendations import workflow
from recommendations.models import Action, Handover
from tests.cast import HARROW_PAGES, Cast
from tests.factories import ProgressUpdateFactory
from tests.pages import links, text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

pytestmark = pytest.mark.once

ACTION = f"{HARROW_PAGES}actions/S2/1/"
PAGE = f"{ACTION}hand-over/"


def number(abbreviation: str) -> str:
    return str(LeadOfficer.objects.get(council__slug="harrow", abbreviation=abbreviation).pk)


@pytest.fixture
def said(harrow: Plan) -> dict[str, str]:
    """HR and then DCS, with an empty place between."""
    leads = {"lead_1": number("HR"), "lead_3": number("DCS")}
    return {**leads, "reason": "The council reorganised.", "version": "0"}


def chosen(source: str) -> list[str]:
    """The posts that stand chosen in the form."""
    posts = {str(post.pk): post.abbreviation for post in LeadOfficer.objects.all()}
    return [name for pk, name in posts.items() if f'<option value="{pk}" selected>' in source]


def test_the_form_starts_with_who_leads_it_today(as_plan_administrator: Client, harrow: Plan) -> None:
    source = as_plan_administrator.get(PAGE).content.decode()

    assert sorted(chosen(source)) == ["Des Nurse", "LSCB SP"]


def test_saved_the_action_has_them_and_its_history_both(
    as_plan_administrator: Client, said: dict[str, str]
) -> None:
    response = as_plan_administrator.post(PAGE, said)

    assert (response.status_code, response["Location"]) == (302, ACTION)
    words = text(as_plan_administrator.get(ACTION))
    assert "S2 (1) is handed over." in words
    # An empty place is closed up.
    assert "Who led it 14 November 2012 Handed over Plan administrator: The council reorganised. HR " in words
    assert "10 September 2012 to 14 November 2012 From the start LSCB SP " in words


def test_a_day_before_shows_the_leads_of_then(
    as_plan_administrator: Client, as_reader: Client, said: dict[str, str]
) -> None:
    as_plan_administrator.post(PAGE, said)

    then, now = (text(as_reader.get(f"{ACTION}{query}")) for query in ("?on=2012-11-13", ""))

    assert ("Who led it" in then, "Who led it" in now) == (False, True)
    assert ("Lead officers LSCB SP " in then, "Lead officers HR " in now) == (True, True)


def test_it_is_in_the_list_of_those_who_lead_it_from_its_day_on(
    as_plan_administrator: Client, as_reader: Client, said: dict[str, str]
) -> None:
    as_plan_administrator.post(PAGE, said)

    found = [
        ACTION in " ".join(links(as_reader.get(f"{HARROW_PAGES}actions/?lead={lead}&on={on}&per_page=100")))
        for lead in ("HR", "LSCB+SP")
        for on in ("2012-11-13", "2012-11-14")
    ]
    assert found == [False, True, True, False]


def test_the_second_of_two_writers_sees_theirs_and_keeps_their_own(
    as_plan_administrator: Client, action: Action, cast: Cast, said: dict[str, str]
) -> None:
    workflow.hand_over(
        action=action,
        version=0,
        leads=[LeadOfficer.objects.get(pk=number("SM QA"))],
        reason="Theirs.",
        by=cast.plan_administrator,
        on=date(2012, 11, 14),
    )

    clash = as_plan_administrator.post(PAGE, said)
    after = as_plan_administrator.post(PAGE, {**said, "version": "1"})

    assert clash.status_code == 409
    assert "Somebody else handed this action over while you were writing" in text(clash)
    assert "Plan administrator, 14 November 2012: Theirs. SM QA " in text(clash)
    assert sorted(chosen(clash.content.decode())) == ["DCS", "HR"]
    assert "The council reorganised.</textarea>" in clash.content.decode()
    assert 'name="version" value="1"' in clash.content.decode()
    assert after.status_code == 302
    assert [one.reason for one in Handover.objects.all()] == ["The council reorganised.", "Theirs."]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"lead_1": ""}, "Choose who is accountable."),
        ({"lead_1": "0"}, "Select a valid choice."),
        ({"reason": ""}, "Fill in “Why others lead it”"),
        ({"lead_1": "LSCB SP", "lead_3": "Des Nurse"}, "These posts lead it already, in this order."),
        ({"lead_3": "HR"}, "Choose each lead officer once."),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, said: dict[str, str], wrong: dict[str, str], words: str
) -> None:
    posts = dict(LeadOfficer.objects.filter(council__slug="harrow").values_list("abbreviation", "pk"))
    typed = {name: str(posts.get(value, value)) for name, value in wrong.items()}

    response = as_plan_administrator.post(PAGE, {**said, **typed})

    source = response.content.decode()
    kept = {**said, **typed}
    assert response.status_code == 422
    assert words in text(response)
    assert f"{kept['reason']}</textarea>" in source
    assert f'<option value="{kept["lead_3"]}" selected>' in source
    assert Handover.objects.count() == 0


def test_a_reason_like_a_childs_record_asks_why(as_plan_administrator: Client, said: dict[str, str]) -> None:
    risky = {**said, "reason": "Knows AB (DOB 12/03/2009)."}

    warned = as_plan_administrator.post(PAGE, risky)
    kept = as_plan_administrator.post(PAGE, {**risky, "kept_because": "An invented example."})

    assert (warned.status_code, kept.status_code) == (422, 302)


def test_as_many_places_as_lead_it(as_plan_administrator: Client, action: Action, cast: Cast) -> None:
    posts = list(LeadOfficer.objects.filter(council__slug="harrow").order_by("pk")[:6])
    workflow.hand_over(
        action=action,
        version=0,
        leads=posts,
        reason="All.",
        by=cast.plan_administrator,
        on=date(2012, 11, 14),
    )

    source = as_plan_administrator.get(PAGE).content.decode()

    assert "Lead officer 6" in source
    assert len(chosen(source)) == 6


def test_what_has_ended_is_not_offered_and_refused(
    as_plan_administrator: Client, action: Action, said: dict[str, str]
) -> None:
    ProgressUpdateFactory(action=action, sequence=2, on=date(2012, 11, 1), stage="complete")

    response = as_plan_administrator.post(PAGE, said)

    assert response.status_code == 422
    assert "This action is complete. Reopen it to hand it over." in text(response)
    assert PAGE not in links(as_plan_administrator.get(ACTION))


def test_markup_in_the_reason_is_shown_as_text(as_plan_administrator: Client, said: dict[str, str]) -> None:
    as_plan_administrator.post(PAGE, {**said, "reason": "<b>Bold</b>"})

    source = as_plan_administrator.get(ACTION).content.decode()
    assert "<b>Bold</b>" not in source
    assert "&lt;b&gt;Bold" in source


def test_the_actions_page_offers_it_to_plan_administrators_alone(
    as_plan_administrator: Client, as_board_member: Client
) -> None:
    offered = [PAGE in links(client.get(ACTION)) for client in (as_plan_administrator, as_board_member)]

    assert offered == [True, False]


def test_not_on_a_day_in_the_past(as_plan_administrator: Client, said: dict[str, str]) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-10-01", said).status_code == 403


def test_who_may(request: pytest.FixtureRequest) -> None:
    assert_only_for_keepers(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
