"""Asking for a clearance, and the answer of the person asked."""

from datetime import date

import pytest
from django.test import Client

from reports.models import Clearance, Happened, Report, ReportSection
from reports.workflow import clearance as workflow
from tests.cast import HARROW_PAGES, Cast

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}reports/scrutiny/clearance/"
ASK, ANSWER = f"{PAGE}2/ask/", f"{PAGE}2/answer/"
DAY = date(2012, 11, 14)


@pytest.fixture
def clearance(report: Report) -> Clearance:
    return Clearance.objects.with_report().get(report=report, post="Monitoring Officer")


@pytest.fixture
def asked(clearance: Clearance, cast: Cast) -> Clearance:
    workflow.ask(clearance=clearance, of=cast.board_member, by=cast.scrutiny_officer, on=DAY)
    return clearance


def seen(client: Client) -> str:
    answer = client.get(ANSWER)
    assert answer.status_code == 200
    value: str = answer.context["form"].initial["seen"]
    return value


# Asking


def test_who_may_be_asked_is_offered(clearance: Clearance, as_scrutiny_officer: Client) -> None:
    page = as_scrutiny_officer.get(ASK).content.decode()

    assert "Board member, board.member@cast.example" in page
    assert "Scrutiny officer, scrutiny.officer@cast.example" not in page
    assert "northmoor.administrator@cast.example" not in page


def test_asking(clearance: Clearance, cast: Cast, as_scrutiny_officer: Client) -> None:
    answer = as_scrutiny_officer.post(ASK, {"of": cast.board_member.pk}, follow=True)

    assert answer.redirect_chain == [(PAGE, 302)]
    assert "Board member is asked to clear the report" in answer.content.decode()
    assert clearance.steps.get().asked_of == cast.board_member


@pytest.mark.parametrize("who", ["", "0", "x", "scrutiny_officer", "northmoor_administrator"])
def test_nobody_else_can_be_asked(
    clearance: Clearance, cast: Cast, as_scrutiny_officer: Client, who: str
) -> None:
    """Case 25."""
    of = getattr(cast, who).pk if hasattr(cast, who) else who

    answer = as_scrutiny_officer.post(ASK, {"of": of})

    assert (answer.status_code, clearance.steps.count()) == (422, 0)


def test_asking_for_what_holds_is_refused_in_words(
    clearance: Clearance, cast: Cast, as_scrutiny_officer: Client
) -> None:
    answer = as_scrutiny_officer.post(f"{PAGE}1/ask/", {"of": cast.board_member.pk})

    assert answer.status_code == 422
    assert "cleared on behalf of this post already" in answer.content.decode()


# Answering


def test_clearing(asked: Clearance, as_board_member: Client) -> None:
    answer = as_board_member.post(ANSWER, {"decision": "clear", "seen": seen(as_board_member)}, follow=True)

    assert "Cleared on behalf of the Monitoring Officer." in answer.content.decode()
    assert asked.steps.last().happened == Happened.GIVEN


def test_returning(asked: Clearance, as_board_member: Client) -> None:
    said = {"decision": "return", "comments": "The costs are missing.", "seen": "x"}

    answer = as_board_member.post(ANSWER, said, follow=True)

    assert "The costs are missing." in answer.content.decode()
    assert asked.steps.last().happened == Happened.RETURNED


def test_without_comments_what_was_chosen_is_kept(asked: Clearance, as_board_member: Client) -> None:
    answer = as_board_member.post(ANSWER, {"decision": "return", "seen": "x"})

    assert answer.status_code == 422
    assert "Say what has to be changed before you can clear it." in answer.content.decode()
    assert answer.context["form"]["decision"].value() == "return"


def test_a_report_that_was_changed_meanwhile_is_a_conflict(asked: Clearance, as_board_member: Client) -> None:
    """Case 104."""
    read = seen(as_board_member)
    ReportSection.objects.filter(report=asked.report, heading="Background").update(body="Other words.")

    answer = as_board_member.post(ANSWER, {"decision": "clear", "seen": read})

    assert answer.status_code == 409
    assert "The report was changed while you were reading it" in answer.content.decode()
    assert asked.steps.count() == 1


def test_who_is_not_asked_is_told_how_it_stands(asked: Clearance, as_plan_administrator: Client) -> None:
    answer = as_plan_administrator.post(ANSWER, {"decision": "clear", "seen": "x"})

    assert answer.status_code == 409
    assert "not asked of you" in answer.content.decode()
    assert asked.steps.count() == 1


@pytest.mark.parametrize("address", [ASK, ANSWER])
def test_others(
    asked: Clearance,
    address: str,
    as_reader: Client,
    as_northmoor_administrator: Client,
    signed_out: Client,
) -> None:
    said = {"decision": "clear", "of": "1"}

    answers = [
        client.post(address, said).status_code
        for client in (as_reader, as_northmoor_administrator, signed_out)
    ]

    assert answers == [403, 404, 302]


def test_nothing_is_changed_on_a_day_that_is_past(asked: Clearance, as_board_member: Client) -> None:
    assert as_board_member.get(f"{ANSWER}?on=2012-11-01").status_code == 403


def test_an_unknown_post_is_not_found(asked: Clearance, as_scrutiny_officer: Client) -> None:
    assert as_scrutiny_officer.get(f"{PAGE}9/ask/").status_code == 404
