"""What a plan costs: stating a sum, putting it right, taking it back; the list as it stood on each day."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from boards.models import Cost
from boards.workflow import costs as workflow
from improvement.models import Change, Plan
from tests.cast import HARROW_PAGES, Cast
from tests.factories import CostFactory
from tests.pages import apart_from_reference, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out

LIST = f"{HARROW_PAGES}risks/"
ADD = f"{HARROW_PAGES}costs/add/"
CHANGE = f"{HARROW_PAGES}costs/trainer/change/"
DROP = f"{HARROW_PAGES}costs/trainer/drop/"
SAID = {"what": "A trainer", "year": "2013/14", "amount_text": "£12,500", "funded_by": "Grant", "note": ""}
ON, LATER = date(2012, 10, 1), date(2012, 11, 14)


@pytest.fixture
def trainer(harrow: Plan) -> Cost:
    return CostFactory(plan=harrow, slug="trainer", position=9, amount=12_500, **SAID)


def amounts(plan: Plan, on: date) -> list[str]:
    """Of the sums that these tests state."""
    return [
        cost.amount_text
        for cost in Cost.objects.for_plan(plan).stated_by(on=on).in_order()
        if cost.what == "A trainer"
    ]


def test_it_is_stated_once_with_its_pounds(harrow: Plan, cast: Cast) -> None:
    more: dict[str, Any] = {"plan": harrow, "by": cast.board_member, "on": LATER}

    cost = workflow.state_cost(**SAID, **more)
    again = workflow.state_cost(**SAID, **more)

    assert (cost.pk, cost.amount, cost.slug) == (again.pk, 12_500, "201314-a-trainer")
    assert [change.verb for change in Change.objects.all()] == ["state_cost"]


def test_a_corrected_sum_stays_for_the_days_before(harrow: Plan, trainer: Cost, cast: Cast) -> None:
    said = {**SAID, "amount_text": "£9,000", "reason": "A cheaper offer."}

    made = workflow.correct_cost(cost=trainer, **said, by=cast.board_member, on=LATER)

    assert (amounts(harrow, ON), amounts(harrow, LATER)) == (["£12,500"], ["£9,000"])
    change = Change.objects.get()
    assert (change.verb, change.reason, made.amount) == ("correct_cost", "A cheaper offer.", 9_000)
    with pytest.raises(workflow.AlreadyDropped):
        workflow.drop_cost(cost=trainer, reason="Twice.", by=cast.board_member, on=LATER)


def test_nothing_different_is_no_change(trainer: Cost, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        workflow.correct_cost(cost=trainer, **SAID, reason="None.", by=cast.board_member, on=LATER)

    assert Change.objects.count() == 0


def test_readers_do_not_state_costs(harrow: Plan, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        workflow.state_cost(plan=harrow, **SAID, by=cast.reader, on=LATER)


def test_on_its_pages(as_board_member: Client, harrow: Plan) -> None:
    added = as_board_member.post(ADD, SAID)
    cost = Cost.objects.get(what="A trainer")
    page = f"{HARROW_PAGES}costs/{cost.slug}/"
    changed = as_board_member.post(
        f"{page}change/", {**SAID, "funded_by": "The council", "reason": "No grant."}
    )

    assert [added["Location"], changed["Location"]] == [f"{LIST}#costs"] * 2
    words = text(as_board_member.get(LIST))
    assert "A trainer £12,500 The council Change 2013/14" in words.replace("A trainer, 2013/14", "2013/14")
    assert as_board_member.get(f"{page}change/").status_code == 404


def test_it_is_taken_back(as_board_member: Client, trainer: Cost) -> None:
    response = as_board_member.post(DROP, {"reason": "Not bought."})

    assert (response.status_code, response["Location"]) == (302, f"{LIST}#costs")
    trainer.refresh_from_db()
    assert (trainer.dropped_on, trainer.dropped_because) == (LATER, "Not bought.")
    assert "A trainer" not in text(as_board_member.get(LIST))
    assert "A trainer" in text(as_board_member.get(f"{LIST}?on=2012-10-01"))


@pytest.mark.parametrize(
    ("page", "sent", "words"),
    [
        (ADD, {**SAID, "what": ""}, "Say what it pays for."),
        (CHANGE, {**SAID, "reason": ""}, "Say why it is changed."),
        (DROP, {"reason": ""}, "Say why it is taken back."),
    ],
)
def test_what_was_typed_stays(
    as_board_member: Client, trainer: Cost, page: str, sent: dict[str, str], words: str
) -> None:
    response = as_board_member.post(page, sent)

    assert response.status_code == 422
    assert words in text(response)
    assert Change.objects.count() == 0


@pytest.mark.parametrize("page", [ADD, CHANGE, DROP])
def test_doors(
    as_reader: Client,
    as_stranger: Client,
    as_board_member: Client,
    signed_out: Client,
    trainer: Cost,
    page: str,
) -> None:
    assert [as_reader.get(page).status_code, as_reader.post(page).status_code] == [403, 403]
    unknown = apart_from_reference(as_stranger.get("/never/was/compare/"))
    assert apart_from_reference(as_stranger.get(page)) == unknown
    assert as_board_member.post(f"{page}?on=2012-10-01", SAID).status_code == 403
    assert_signed_out(signed_out, page)
    assert_methods(as_board_member, page, "GET, HEAD, POST")
