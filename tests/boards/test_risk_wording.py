"""Saying a risk otherwise: from this day on, with what was said before kept for the days before."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from boards import register
from boards.models import Risk, RiskWording
from boards.workflow import risk_wording as workflow
from improvement.models import Change, LeadOfficer, Plan
from recommendations.models import Action
from tests.cast import HARROW_PAGES, Cast
from tests.factories import RiskFactory
from tests.pages import apart_from_reference, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out

LIST = f"{HARROW_PAGES}risks/"
RISK = f"{LIST}staff-leave/"
CHANGE = f"{RISK}change/"
BEFORE, ON = date(2012, 10, 1), date(2012, 11, 14)
SAID = {
    "version": "0",
    "title": "Staff leave sooner",
    "description": "Pay falls behind elsewhere.",
    "response": "Raise pay.",
    "cost_text": "£9,000",
    "funded": "funded",
    "reason": "New figures.",
}


@pytest.fixture
def risk(harrow: Plan) -> Risk:
    risk = RiskFactory(plan=harrow, slug="staff-leave", title="Staff leave", description="Pay is low.")
    risk.actions.set(Action.objects.for_plan(harrow).in_plan_order()[:1])
    return risk


def changed(risk: Risk, cast: Cast, **more: Any) -> Risk:
    said: dict[str, Any] = {
        **SAID,
        "version": workflow.AS_RAISED,
        "owner": LeadOfficer.objects.get(council=risk.plan.council, abbreviation="SM QA"),
        "actions": [],
        "by": cast.board_member,
        "on": ON,
    }
    return workflow.change_risk(risk=risk, **{**said, **more})


def told(risk: Risk, on: date) -> tuple[str, str, int | None, str, int]:
    found = register.standings(Risk.objects.filter(pk=risk.pk), on=on)[0]
    owner = found.risk.owner
    return (
        found.risk.title,
        found.risk.description,
        found.risk.cost,
        owner.abbreviation if owner else "",
        len(found.actions),
    )


def test_each_day_has_its_own_words(risk: Risk, cast: Cast) -> None:
    changed(risk, cast)

    assert told(risk, BEFORE) == ("Staff leave", "Pay is low.", None, "", 1)
    assert told(risk, ON) == ("Staff leave sooner", "Pay falls behind elsewhere.", 9_000, "SM QA", 0)
    change = Change.objects.get()
    assert (change.verb, change.reason) == ("change_risk", "New figures.")


def test_two_changes_on_one_day(risk: Risk, cast: Cast) -> None:
    changed(risk, cast)
    changed(risk, cast, version=1, title="Staff leave at once")

    assert told(risk, BEFORE)[0] == "Staff leave"
    assert told(risk, ON)[0] == "Staff leave at once"
    assert [(one.sequence, one.title) for one in RiskWording.objects.order_by("sequence")] == [
        (1, "Staff leave"),
        (2, "Staff leave sooner"),
    ]


def test_a_double_click_is_one_change_and_a_late_writer_is_told(risk: Risk, cast: Cast) -> None:
    changed(risk, cast)
    changed(risk, cast)

    with pytest.raises(workflow.ChangedMeanwhile) as clash:
        changed(risk, cast, title="Mine")

    assert (clash.value.version, RiskWording.objects.count(), Change.objects.count()) == (1, 1, 1)


def test_nothing_different_and_a_title_that_is_taken_are_refused(
    risk: Risk, harrow: Plan, cast: Cast
) -> None:
    RiskFactory(plan=harrow, slug="other", title="Another")
    changed(risk, cast)

    with pytest.raises(ValidationError):
        changed(risk, cast, version=1, reason="Nothing new.")
    with pytest.raises(ValidationError):
        changed(risk, cast, version=1, title="another")

    assert Change.objects.count() == 1


def test_an_owner_has_the_risk_from_the_day_of_the_change(
    risk: Risk, cast: Cast, as_board_member: Client
) -> None:
    changed(risk, cast)
    page = f"{HARROW_PAGES}lead-officer/?lead=SM+QA"

    assert "Staff leave sooner" in text(as_board_member.get(page))
    assert "Staff leave" not in text(as_board_member.get(f"{page}&on=2012-10-01"))


def test_on_its_pages(risk: Risk, as_board_member: Client) -> None:
    form = text(as_board_member.get(CHANGE))
    saved = as_board_member.post(CHANGE, SAID)
    clash = as_board_member.post(CHANGE, {**SAID, "title": "Mine"})

    assert "Why it is changed" in form
    assert (saved.status_code, saved["Location"]) == (302, RISK)
    assert clash.status_code == 409
    assert "Somebody else changed this risk while you were writing." in text(clash)
    assert b'value="Mine"' in clash.content
    words = text(as_board_member.get(RISK))
    assert "Until 14 November 2012: Staff leave Board member Changed because: New figures." in words
    assert "Staff leave sooner" not in text(as_board_member.get(f"{RISK}?on=2012-10-01"))


def test_what_was_typed_stays(risk: Risk, as_board_member: Client) -> None:
    response = as_board_member.post(CHANGE, {**SAID, "reason": ""})

    assert response.status_code == 422
    assert "Say why it is changed." in text(response)
    assert b'value="Staff leave sooner"' in response.content


def test_doors(
    risk: Risk, as_reader: Client, as_stranger: Client, as_board_member: Client, signed_out: Client
) -> None:
    assert [as_reader.get(CHANGE).status_code, as_reader.post(CHANGE).status_code] == [403, 403]
    unknown = apart_from_reference(as_stranger.get("/never/was/compare/"))
    assert apart_from_reference(as_stranger.get(CHANGE)) == unknown
    assert as_board_member.post(f"{CHANGE}?on=2012-10-01", SAID).status_code == 403
    assert_signed_out(signed_out, CHANGE)
    assert_methods(as_board_member, CHANGE, "GET, HEAD, POST")
