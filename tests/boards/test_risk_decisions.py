"""What a board decides about a risk sets the risk, and each leads to the other."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from boards import register
from boards.models import Decision, Risk, RiskAssessment
from boards.workflow import decisions
from boards.workflow.risks import AssessedMeanwhile, assess_risk
from improvement.models import Change, Plan
from recommendations.models import Action
from tests.boards.meetings import MEETING, PLAN_ITEM, TODAY, arranged, asked
from tests.cast import HARROW_PAGES, Cast
from tests.factories import RiskFactory
from tests.pages import links, text
from tests.recommendations.steps import load, seen

SCORES = {"likelihood_before": 4, "impact_before": 5, "likelihood_after": 2, "impact_after": 4}


@pytest.fixture
def risk(harrow: Plan) -> Risk:
    return RiskFactory(plan=harrow, slug="agency-staff", title="Agency staff leave", reference="R7", **SCORES)


def decided(risk: Risk, cast: Cast, **changed: Any) -> Decision:
    values: dict[str, Any] = {
        "version": 0,
        **SCORES,
        "likelihood_after": 4,
        "note": "Three left in October.",
        "by": cast.board_member,
        "on": TODAY,
        **changed,
    }
    meeting = values.pop("meeting", None) or arranged(cast)
    return decisions.decide_risk(item=meeting.items.get(position=2), risk=risk, **values)


def test_a_decision_scores_the_risk(risk: Risk, cast: Cast) -> None:
    decision = decided(risk, cast)

    (standing,) = register.standings(Risk.objects.filter(pk=risk.pk), on=TODAY)
    assert standing.after.words == "likelihood 4, impact 4"
    assert (standing.history[0].decision, decision.risk) == (decision, risk)
    assert (decision.decided, decision.changed) == ("risk-set", risk)
    assert decision.words == (
        "Risk “Agency staff leave”: likelihood 4, impact 5; after the response likelihood 4, impact 4. "
        "Three left in October."
    )
    verbs = [change.verb for change in Change.objects.order_by("position")]
    assert verbs == ["arrange_meeting", "assess_risk", "decide"]


def test_sent_twice_it_is_decided_once(risk: Risk, cast: Cast) -> None:
    meeting = arranged(cast)

    first, again = decided(risk, cast, meeting=meeting), decided(risk, cast, meeting=meeting)

    assert (again, Decision.objects.filter(risk=risk).count()) == (first, 1)
    assert RiskAssessment.objects.filter(risk=risk).count() == 1


def test_where_it_is_refused_nothing_is_decided(risk: Risk, cast: Cast) -> None:
    meeting = arranged(cast)
    assess_risk(risk=risk, version=0, **SCORES, note="As before.", by=cast.plan_administrator, on=TODAY)

    with pytest.raises(AssessedMeanwhile):
        decided(risk, cast, meeting=meeting)
    with pytest.raises(ValidationError):
        decided(risk, cast, meeting=meeting, version=1, note=" ")
    with pytest.raises(PermissionDenied):
        decided(risk, cast, meeting=meeting, version=1, by=cast.reader)

    assert Decision.objects.filter(risk=risk).count() == 0


def test_a_board_decides_about_risks_of_its_own_plans(northmoor: Plan, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="its own plans only"):
        decided(RiskFactory(plan=northmoor), cast)


def test_the_chair_decides_on_the_live_page_and_both_pages_lead_to_each_other(
    as_board_member: Client, as_reader: Client, risk: Risk, cast: Cast
) -> None:
    arranged(cast)
    page = f"{HARROW_PAGES}risks/agency-staff/"
    sent = {"deed": f"risk-{risk.pk}", "version": "0", "note": "Three left in October.", **SCORES}

    refused = as_board_member.post(PLAN_ITEM, {**sent, "note": ""})
    saved = as_board_member.post(PLAN_ITEM, sent)

    decision = Decision.objects.get(risk=risk)
    found = as_reader.get(page)
    assert (refused.status_code, "Say why it is scored so." in text(refused)) == (422, True)
    assert (saved.status_code, saved["Location"]) == (302, PLAN_ITEM)
    assert f"{MEETING}#decision-{decision.pk}" in links(found)
    assert "Children and Families Improvement Board on 14 November 2012, decision 1" in text(found)
    assert page in links(as_reader.get(MEETING))


def test_somebody_elses_score_in_between_is_shown_and_nothing_lost(
    as_board_member: Client, risk: Risk, cast: Cast
) -> None:
    arranged(cast)
    assess_risk(risk=risk, version=0, **SCORES, note="As before.", by=cast.plan_administrator, on=TODAY)

    response = as_board_member.post(
        PLAN_ITEM, {"deed": f"risk-{risk.pk}", "version": "0", "note": "Three left in October.", **SCORES}
    )

    assert response.status_code == 422
    assert "Somebody else assessed this risk while you were writing." in text(response)
    assert "Three left in October." in response.content.decode()


def test_a_decision_closes_the_risk(
    as_board_member: Client, as_reader: Client, risk: Risk, cast: Cast
) -> None:
    arranged(cast)
    sent = {"deed": f"close-risk-{risk.pk}", "reason": "Every post is filled."}

    refused = as_board_member.post(PLAN_ITEM, {**sent, "reason": ""})
    saved = as_board_member.post(PLAN_ITEM, sent)
    again = as_board_member.post(PLAN_ITEM, sent, follow=True)

    decision = Decision.objects.get(risk=risk)
    risk.refresh_from_db()
    assert (refused.status_code, "Say why it is a risk no longer." in text(refused)) == (422, True)
    assert (saved.status_code, risk.closed_on, risk.closed_because) == (302, TODAY, "Every post is filled.")
    assert decision.words == "Risk “Agency staff leave” is closed. Every post is filled."
    assert "This has been decided already" in text(again)
    assert f"{MEETING}#decision-{decision.pk}" in links(as_reader.get(f"{HARROW_PAGES}risks/agency-staff/"))


def test_before_the_decision_the_risk_shows_none(as_reader: Client, risk: Risk, cast: Cast) -> None:
    decided(risk, cast)

    words = text(as_reader.get(f"{HARROW_PAGES}risks/agency-staff/?on=2012-11-13"))

    assert "What the board decided" not in words
    assert "Three left in October." not in words


def test_a_date_that_moved_names_the_decision(as_reader: Client, cast: Cast, action: Action) -> None:
    meeting, change = arranged(cast), asked(cast, action)
    decision = decisions.decide_due_date(
        item=meeting.items.get(position=2), change=change, agree=True, by=cast.board_member, on=TODAY
    )

    page = as_reader.get(f"{HARROW_PAGES}actions/S2/1/")

    assert f"{MEETING}#decision-{decision.pk}" in links(page)


def test_a_completion_that_was_returned_names_the_decision(as_reader: Client, cast: Cast) -> None:
    claimed = load("S8", "1")
    decision = decisions.decide_claim(
        item=arranged(cast).items.get(position=2),
        action=claimed,
        version=seen(claimed),
        rating=None,
        sign_off=False,
        words="Show the audit first.",
        by=cast.board_member,
        on=TODAY,
    )

    page = as_reader.get(f"{HARROW_PAGES}actions/S8/1/")

    assert f"{MEETING}#decision-{decision.pk}" in links(page)


def test_a_version_names_the_decision(as_reader: Client, cast: Cast, harrow: Plan) -> None:
    meeting = arranged(cast)
    decision = decisions.decide_version(
        item=meeting.items.get(position=2), plan=harrow, label="9.0", by=cast.plan_administrator, on=TODAY
    )

    page = as_reader.get(f"{HARROW_PAGES}versions/9.0/")

    assert f"{MEETING}#decision-{decision.pk}" in links(page)
    assert decision.on == date(2012, 11, 14)
