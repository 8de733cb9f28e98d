"""Risks and costs of a plan."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards.models import Cost, Funded, Risk, RiskAssessment
from improvement.models import Plan
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.conftest import signed_in
from tests.factories import CostFactory, MembershipFactory, RiskFactory
from tests.pages import apart_from_reference, heading, links, text

PAGE = f"{HARROW_PAGES}risks/"


@pytest.mark.parametrize(
    "who", ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_plan_administrator", "as_reader"]
)
def test_every_member_reads_harrows(request: pytest.FixtureRequest, who: str) -> None:
    response = request.getfixturevalue(who).get(PAGE)

    words = text(response)
    assert (response.status_code, heading(response)) == (200, "Risks and costs")
    assert (
        "5 risks For 2 of them there is no money. No likelihood and no impact is stated, so none is shown."
        in words
    )
    assert "More children come into care" in words
    assert (
        "What is done about it Nothing is stated. Money for it Not stated Known since 14 November 2012"
        in words
    )
    keeps = who in ("as_board_member", "as_plan_administrator")
    change = " Change it" if keeps else ""
    assert (
        f"No year given What As printed Paid from Note{change} Immediate improvements no figure The directorate"
        in words
    )


def test_a_risk_in_full(as_reader: Client, harrow: Plan) -> None:
    RiskFactory(
        plan=harrow,
        reference="R9",
        title="Staff leave",
        description="Pay falls behind, so staff leave.",
        response="Raise pay.",
        funded=Funded.FUNDED,
        likelihood_before=5,
        impact_before=4,
        likelihood_after=2,
        note="From the register.",
    )

    words = text(as_reader.get(PAGE))

    assert "6 risks" in words
    assert "No likelihood and no impact is stated" not in words
    assert (
        "R9 Staff leave Pay falls behind, so staff leave. What is done about it Raise pay. Money for it Funded "
        "Before likelihood 5, impact 4 After likelihood 2, impact not given Known since 10 September 2012 "
        "Note: From the register."
    ) in words


def test_how_many_are_grave_and_which_have_grown_stands_first(as_reader: Client, harrow: Plan) -> None:
    def raised(reference: str, likelihood: int, impact: int) -> Risk:
        return RiskFactory(
            plan=harrow, reference=reference, likelihood_before=likelihood, impact_before=impact
        )

    def assess(risk: Risk, likelihood: int, impact: int) -> None:
        RiskAssessment.objects.create(
            risk=risk,
            sequence=1,
            on=date(2012, 11, 1),
            likelihood_before=likelihood,
            impact_before=impact,
            note="Looked at again.",
        )

    raised("G1", 5, 3)
    assess(raised("G2", 4, 3), 4, 4)
    assess(raised("G3", 4, 5), 2, 5)
    before, now = text(as_reader.get(f"{PAGE}?on=2012-10-31")), text(as_reader.get(PAGE))

    assert "2 of 3 risks score 15 or more" in before
    assert "grown" not in before
    assert "2 of 8 risks score 15 or more 1 has grown since it was raised: G2 . For 2 of them" in now
    assert "Likelihood times impact 16 , up from 12 when it was raised Before likelihood 4, impact 4" in now
    assert "Likelihood times impact 10 , down from 20 when it was raised" in now
    assert "Likelihood times impact 15 Before likelihood 5, impact 3" in now


def test_a_cost_in_full(as_reader: Client, harrow: Plan) -> None:
    CostFactory(
        plan=harrow,
        year="2013/14",
        what="More staff",
        amount_text="£630k",
        amount=630_000,
        funded_by="A grant",
        note="Projected.",
    )

    words = text(as_reader.get(PAGE))
    assert "2013/14 What As printed Paid from Note More staff £630k A grant Projected." in words
    assert "£630,000 where pounds are printed plainly." in words


def test_what_was_not_known_on_the_day_is_not_shown(as_reader: Client, harrow: Plan) -> None:
    RiskFactory(plan=harrow, title="A first risk", raised_on=date(2012, 10, 1))

    before, since = (text(as_reader.get(f"{PAGE}?on={on}")) for on in ("2012-09-30", "2012-10-01"))

    assert "No risks or costs yet" in before
    assert "1 risk No likelihood" in since
    assert "A first risk" in since
    assert "Costs and budgets" not in since


def test_its_links_stay_on_the_day(as_reader: Client) -> None:
    found = links(as_reader.get(f"{PAGE}?on=2013-01-01"))

    assert f"{HARROW_PAGES}risks.csv?on=2013-01-01" in found


def test_the_dashboard_leads_to_it_once_there_is_a_cost(
    as_northmoor_administrator: Client, northmoor: Plan, cast: Cast
) -> None:
    """A plan administrator is led there at once, to add the first risk."""
    MembershipFactory(user=cast.stranger, council=northmoor.council)
    page, reader = f"{NORTHMOOR_PAGES}risks/", signed_in(cast.stranger)

    for_keeper = links(as_northmoor_administrator.get(NORTHMOOR_PAGES)).count(page)
    without = links(reader.get(NORTHMOOR_PAGES)).count(page)
    CostFactory(plan=northmoor)
    with_one = links(reader.get(NORTHMOOR_PAGES)).count(page)

    assert for_keeper == 1
    assert (without, with_one) == (0, 1)


@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(request: pytest.FixtureRequest, who: str) -> None:
    client: Client = request.getfixturevalue(who)

    answer = client.get(PAGE)

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/never/was/risks/"))


def test_each_sees_those_of_their_councils(northmoor: Plan, cast: Cast) -> None:
    RiskFactory(plan=northmoor)
    CostFactory(plan=northmoor)

    counts = {
        name: (Risk.objects.visible_to(user).count(), Cost.objects.visible_to(user).count())
        for name, user in vars(cast).items()
    }

    assert counts == {
        **dict.fromkeys(
            ("lead_officer", "board_member", "scrutiny_officer", "plan_administrator", "reader"), (5, 2)
        ),
        "northmoor_administrator": (1, 1),
        "staff": (0, 0),
        "stranger": (0, 0),
    }


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get(PAGE)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={PAGE}")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str) -> None:
    assert getattr(as_plan_administrator, method)(PAGE).status_code == 405


@pytest.mark.parametrize("day", ["x", "2012-02-30", "9999-12-31"])
def test_bad_input(as_reader: Client, day: str) -> None:
    assert as_reader.get(f"{PAGE}?on={day}").status_code == 400


def test_its_queries_do_not_grow_with_its_rows(as_northmoor_administrator: Client, northmoor: Plan) -> None:
    def add() -> None:
        RiskFactory(plan=northmoor)
        CostFactory(plan=northmoor)

    add()
    with CaptureQueriesContext(connection) as one:
        as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}risks/")
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        as_northmoor_administrator.get(f"{NORTHMOOR_PAGES}risks/")

    assert len(three) == len(one)
    assert len(one) <= 8


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (Risk, {"funded": "perhaps"}),
        (Risk, {"likelihood_before": 0}),
        (Risk, {"impact_before": 6}),
        (Risk, {"likelihood_after": 6}),
        (Risk, {"impact_after": 0}),
        (Cost, {"amount": 364, "amount_text": ""}),
    ],
)
def test_a_value_that_makes_no_sense(harrow: Plan, model: type, changed: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**changed)  # type: ignore[attr-defined]


def test_natural_keys_find_their_rows(northmoor: Plan) -> None:
    risk, cost = RiskFactory(plan=northmoor), CostFactory(plan=northmoor)

    assert Risk.objects.get_by_natural_key(*risk.natural_key()) == risk
    assert Cost.objects.get_by_natural_key(*cost.natural_key()) == cost
