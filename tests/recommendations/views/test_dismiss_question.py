"""Dismissing a question, and asking one again that was dismissed."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Plan
from recommendations import challenge, workflow
from recommendations.models import Dismissal
from tests.cast import HARROW_PAGES, Cast
from tests.pages import heading, text

pytestmark = pytest.mark.once

ON = date(2012, 11, 14)
LIST = f"{HARROW_PAGES}questions/"
ACTION = f"{HARROW_PAGES}actions/LAC3/6/"


@pytest.fixture
def question(harrow: Plan) -> challenge.Question:
    """About LAC3 (6), Green and overdue."""
    return challenge.of_plan(harrow, on=ON).asked[0]


@pytest.fixture
def address(question: challenge.Question) -> str:
    return f"{LIST}{question.fingerprint}/dismiss/"


@pytest.fixture
def again(harrow: Plan, question: challenge.Question, cast: Cast) -> str:
    """Where a dismissed question is asked again."""
    workflow.dismiss_question(
        plan=harrow, fingerprint=question.fingerprint, reason="It went live.", by=cast.board_member, on=ON
    )
    return f"{LIST}{question.fingerprint}/take-back/"


def test_its_page(as_board_member: Client, question: challenge.Question, address: str) -> None:
    response = as_board_member.get(address)

    assert (response.status_code, heading(response)) == (200, "Dismiss this question")
    assert question.sentence in text(response)
    assert question.reason in text(response)


@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("", LIST),
        ("action", ACTION),
        ("recommendation", f"{HARROW_PAGES}recommendations/LAC3/"),
        ("https://elsewhere.example", LIST),
    ],
)
def test_dismissed_and_back(as_board_member: Client, address: str, back: str, to: str) -> None:
    response = as_board_member.post(address, {"reason": "It went live.", "back": back})

    assert (response.status_code, response["Location"]) == (302, to)
    assert [(row.subject, row.reason, row.dismissed) for row in Dismissal.objects.all()] == [
        ("LAC3 (6)", "It went live.", True)
    ]
    page = as_board_member.get(to)
    assert "Question dismissed." in text(page)


def test_without_a_reason_nothing_is_saved(as_board_member: Client, address: str) -> None:
    response = as_board_member.post(address, {"reason": " "})

    assert response.status_code == 422
    assert "Say why the board need not ask this." in text(response)
    assert Dismissal.objects.count() == 0


def test_what_looks_like_a_childs_record_is_asked_about_and_kept_in_the_form(
    as_board_member: Client, address: str
) -> None:
    reason = "Waits for the child born on 3 May 2009."

    warned = as_board_member.post(address, {"reason": reason})
    kept = as_board_member.post(address, {"reason": reason, "kept_because": "An invented child."})

    assert warned.status_code == 422
    assert reason in text(warned)
    assert "Why these words may be kept" in text(warned)
    assert kept.status_code == 302


def test_a_question_that_changed_meanwhile_keeps_what_was_typed(as_board_member: Client, again: str) -> None:
    """Somebody else dismissed it first."""
    response = as_board_member.post(again.replace("take-back", "dismiss"), {"reason": "Mine <b>."})

    assert response.status_code == 409
    assert heading(response) == "This question changed while you were writing"
    assert "Mine <b>." in text(response)
    assert Dismissal.objects.count() == 1


@pytest.mark.parametrize("fingerprint", ["0" * 64, "x", "9" * 5000, "%00"])
def test_a_question_that_is_not_asked_is_a_404(
    as_board_member: Client, harrow: Plan, fingerprint: str
) -> None:
    assert as_board_member.get(f"{LIST}{fingerprint}/dismiss/").status_code == 404
    assert as_board_member.get(f"{LIST}{fingerprint}/take-back/").status_code == 404


def test_asked_again(as_plan_administrator: Client, again: str, question: challenge.Question) -> None:
    page = as_plan_administrator.get(again)
    response = as_plan_administrator.post(again, {"reason": "It went down."})

    assert heading(page) == "Ask this question again"
    assert "It went live." in text(page)
    assert (response.status_code, response["Location"]) == (302, LIST)
    assert question.sentence in text(as_plan_administrator.get(LIST))


def test_asked_again_needs_a_reason(as_plan_administrator: Client, again: str) -> None:
    response = as_plan_administrator.post(again, {"reason": ""})

    assert response.status_code == 422
    assert "Say why the question is asked again." in text(response)


@pytest.mark.parametrize("who", ["as_reader", "as_lead_officer", "as_scrutiny_officer"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_may_not_is_refused(
    request: pytest.FixtureRequest, address: str, who: str, method: str
) -> None:
    response = getattr(request.getfixturevalue(who), method)(address, {"reason": "No."})

    assert response.status_code == 403
    assert Dismissal.objects.count() == 0


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404(request: pytest.FixtureRequest, address: str, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    assert [client.get(address).status_code, client.post(address, {"reason": "No."}).status_code] == [
        404,
        404,
    ]


def test_another_day_is_read_only(as_board_member: Client, address: str) -> None:
    assert as_board_member.post(f"{address}?on=2012-11-01", {"reason": "No."}).status_code == 403


def test_signed_out(signed_out: Client, address: str) -> None:
    response = signed_out.post(address, {"reason": "No."})

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={address}")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, address: str, again: str, method: str) -> None:
    """Case 40."""
    statuses = [getattr(as_plan_administrator, method)(path).status_code for path in (address, again)]

    assert statuses == [405, 405]


def test_on_the_action_it_is_dismissed_without_leaving_it(as_board_member: Client, question: object) -> None:
    page = as_board_member.get(ACTION)

    assert "3 questions for the board" in text(page)
    assert page.content.decode().count('name="back" value="action"') == 3


def test_a_reader_of_the_action_sees_the_questions_alone(as_reader: Client, harrow: Plan) -> None:
    page = as_reader.get(ACTION)

    assert "LAC3 (6) is rated Green and is 60 days overdue: what makes it Green?" in text(page)
    assert "/dismiss/" not in page.content.decode()
