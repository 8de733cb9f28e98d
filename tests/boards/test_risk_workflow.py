"""Raising a risk, scoring it again and closing it; and how it stood on each day."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from boards import register
from boards.models import Risk, RiskAssessment
from boards.workflow import risks as workflow
from improvement import ledger
from improvement.models import Change, LeadOfficer, Plan
from recommendations.models import Action
from tests.cast import HARROW, Cast
from tests.factories import RiskFactory

ON, LATER, LAST = date(2012, 10, 1), date(2012, 11, 1), date(2012, 11, 14)


def raised(plan: Plan, cast: Cast, **more: Any) -> Risk:
    said: dict[str, Any] = {
        "title": "Staff leave",
        "description": "Pay falls behind, so staff leave.",
        "response": "Raise pay.",
        "owner": LeadOfficer.objects.get(council=plan.council, abbreviation="SM QA"),
        "cost_text": "£12,500",
        "funded": "funded",
        "actions": [],
        "likelihood_before": 5,
        "impact_before": 4,
        "likelihood_after": 3,
        "impact_after": 4,
        "by": cast.board_member,
        "on": ON,
    }
    return workflow.raise_risk(plan=plan, **{**said, **more})


def assessed(risk: Risk, cast: Cast, **more: Any) -> RiskAssessment:
    said: dict[str, Any] = {
        "version": workflow.AS_RAISED,
        "likelihood_before": 5,
        "impact_before": 4,
        "likelihood_after": 2,
        "impact_after": 2,
        "note": "Two posts were filled.",
        "by": cast.board_member,
        "on": LATER,
    }
    return workflow.assess_risk(risk=risk, **{**said, **more})


def sizes(plan: Plan, on: date) -> list[tuple[str, int | None]]:
    found = register.standings(Risk.objects.for_plan(plan).filter(slug="staff-leave"), on=on)
    return [(standing.name, standing.counts.size) for standing in found]


def test_a_risk_with_all_that_belongs_to_it(harrow: Plan, cast: Cast) -> None:
    action = Action.objects.get_by_natural_key(*HARROW, "S2", "1")

    risk = raised(harrow, cast, actions=[action])

    assert (risk.slug, risk.position, risk.cost, risk.raised_on) == ("staff-leave", 6, 12500, ON)
    assert (list(risk.actions.all()), risk.owner and risk.owner.abbreviation) == ([action], "SM QA")
    change = Change.objects.get()
    assert (change.verb, change.before, change.after["title"], change.after["actions"]) == (
        "raise_risk",
        {},
        "Staff leave",
        [action.pk],
    )
    assert ledger.verify() is None


def test_sent_twice_it_is_one(harrow: Plan, cast: Cast) -> None:
    assert raised(harrow, cast) == raised(harrow, cast)
    assert Change.objects.count() == 1
    with pytest.raises(ValidationError, match="an open risk of this title"):
        raised(harrow, cast, description="Something else.")


def test_scores_of_each_day(harrow: Plan, cast: Cast) -> None:
    risk = raised(harrow, cast)
    assessed(risk, cast)

    found = [sizes(harrow, on) for on in (date(2012, 9, 30), ON, date(2012, 10, 31), LATER)]

    assert found == [[], [("R6", 12)], [("R6", 12)], [("R6", 4)]]
    (standing,) = register.standings(Risk.objects.filter(pk=risk.pk), on=LATER)
    assert [(line.on, line.counts.size, line.note) for line in standing.history] == [
        (LATER, 4, "Two posts were filled."),
        (ON, 12, ""),
    ]


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2012, 9, 30), "New, likelihood 2, impact 2"),
        (ON, "Down from 12 to 4: likelihood 2, impact 2"),
        (LATER, None),
    ],
)
def test_how_it_moved_since_a_day(harrow: Plan, cast: Cast, since: date, words: str | None) -> None:
    risk = raised(harrow, cast)
    assessed(risk, cast)
    standings = register.standings(Risk.objects.filter(pk=risk.pk), on=LAST)

    moved = register.moved(standings, since=since)

    assert [move.words for move in moved] == ([words] if words else [])


def test_two_at_once_and_nothing_is_lost(harrow: Plan, cast: Cast) -> None:
    risk = raised(harrow, cast)
    first = assessed(risk, cast)

    with pytest.raises(workflow.AssessedMeanwhile) as clash:
        assessed(risk, cast, note="Nobody applied.", by=cast.plan_administrator)

    assert clash.value.theirs == first
    assert assessed(risk, cast) == first
    assert RiskAssessment.objects.count() == 1
    assert assessed(risk, cast, version=1, note="Nobody applied.").sequence == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"likelihood_before": 6}, "Scores run from 1 to 5."),
        ({"impact_before": 0}, "Scores run from 1 to 5."),
        ({"impact_after": None}, "Give both scores"),
        ({"note": " "}, "Say why"),
        ({"on": date(2012, 9, 30)}, "on a later day"),
    ],
)
def test_what_no_assessment_gets_past(harrow: Plan, cast: Cast, more: dict[str, Any], words: str) -> None:
    risk = raised(harrow, cast)

    with pytest.raises(ValidationError, match=words):
        assessed(risk, cast, **more)

    assert RiskAssessment.objects.count() == 0


def test_closing_it(harrow: Plan, cast: Cast) -> None:
    risk = raised(harrow, cast)

    workflow.close_risk(risk=risk, reason="All posts are filled.", by=cast.board_member, on=LATER)

    before, after = (register.of_plan(harrow, on=on, user=cast.reader) for on in (ON, LATER))
    assert [standing.risk.title for standing in before.risks] == ["Staff leave"]
    assert ([standing.risk.title for standing in after.closed], len(after.risks)) == (["Staff leave"], 0)
    workflow.close_risk(risk=risk, reason="All posts are filled.", by=cast.board_member, on=LATER)
    assert Change.objects.filter(verb="close_risk").count() == 1
    with pytest.raises(workflow.RiskClosed):
        assessed(risk, cast, on=LAST)
    with pytest.raises(workflow.RiskClosed):
        workflow.close_risk(risk=risk, reason="Again.", by=cast.board_member, on=LAST)


@pytest.mark.parametrize(
    "who", ["reader", "lead_officer", "scrutiny_officer", "northmoor_administrator", "staff"]
)
def test_who_may_not(harrow: Plan, cast: Cast, who: str) -> None:
    by, risk = getattr(cast, who), RiskFactory(plan=harrow)

    for change in (
        lambda: raised(harrow, cast, by=by),
        lambda: assessed(risk, cast, by=by),
        lambda: workflow.close_risk(risk=risk, reason="No.", by=by, on=LATER),
    ):
        with pytest.raises(PermissionDenied):
            change()

    assert Change.objects.count() == 0


def test_another_plans_post_and_action_are_refused(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    theirs = Action.objects.for_plan(northmoor).in_plan_order()[0]

    with pytest.raises(ValidationError, match="a post of this council"):
        raised(harrow, cast, owner=LeadOfficer.objects.get(council=northmoor.council))
    with pytest.raises(ValidationError, match="actions of this plan"):
        raised(harrow, cast, actions=[theirs])


def test_an_assessment_is_never_altered(harrow: Plan, cast: Cast) -> None:
    assessed(raised(harrow, cast), cast)

    for change in (
        lambda: RiskAssessment.objects.update(impact_after=1),
        lambda: RiskAssessment.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("text", "pounds"),
    [("£12,500", 12500), ("630000", 630000), ("£75-100k", None), ("", None), ("£1,2", None), ("14.8%", None)],
)
def test_pounds_that_can_be_read_in_one_way(text: str, pounds: int | None) -> None:
    assert workflow.pounds(text) == pounds


def test_the_matrix_places_each_where_its_response_leaves_it(harrow: Plan, cast: Cast) -> None:
    raised(harrow, cast)
    RiskFactory(plan=harrow, likelihood_before=5, impact_before=5, position=20)
    RiskFactory(plan=harrow, position=21)

    found = register.of_plan(harrow, on=ON, user=cast.reader)

    placed = {
        (square.likelihood, square.impact, square.weight): [standing.name for standing in square.risks]
        for _, squares in found.matrix
        for square in squares
        if square.risks
    }
    assert placed == {(5, 5, "high"): ["R20"], (3, 4, "middle"): ["R6"]}
    assert [standing.name for standing in found.not_placed] == ["R21"]
    assert [likelihood for likelihood, _ in found.matrix] == [5, 4, 3, 2, 1]
