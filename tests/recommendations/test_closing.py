"""Closing an action takes two people and evidence; reopening and withdrawing take a reason."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import ledger
from improvement.models import LeadOfficer, Plan, Rating
from recommendations import workflow
from recommendations.models import Action, Evidence, ProgressUpdate
from tests.cast import NORTHMOOR, Cast
from tests.factories import HoldingFactory
from tests.recommendations.steps import (
    ON,
    OWN,
    RECORD,
    WHY_KEPT,
    claim,
    claimed,
    completed,
    last_change,
    load,
    reopen,
    return_claim,
    rows,
    said_of,
    seen,
    show,
    sign_off,
    withdraw,
)

NOBODY = ("reader", "scrutiny_officer", "northmoor_administrator", "staff", "stranger")
UPDATERS = ("lead_officer", "board_member", "plan_administrator")
DECIDERS = ("board_member", "plan_administrator")


@pytest.fixture
def own(harrow: Plan) -> Action:
    """S5 (4), which the cast's lead officer leads."""
    return load(*OWN)


@pytest.fixture
def others(harrow: Plan) -> Action:
    """S2 (1), led by two other posts; the paper says that it awaits sign-off."""
    return load("S2", "1")


@pytest.fixture
def green(harrow: Plan) -> Rating:
    return Rating.objects.get_by_natural_key("rag", "green")


Prepare = Callable[[Action, Cast], object]
# Each step: what it is taken with, what has to be there before it, who may take it of S5 (4).
STEPS: dict[str, tuple[Callable[..., ProgressUpdate], Prepare, tuple[str, ...]]] = {
    "claim_complete": (claim, lambda action, cast: show(action, cast.lead_officer), UPDATERS),
    "sign_off": (sign_off, lambda action, cast: claimed(action, cast.lead_officer), DECIDERS),
    "return_claim": (return_claim, lambda action, cast: claimed(action, cast.lead_officer), DECIDERS),
    "reopen": (
        reopen,
        lambda action, cast: completed(action, cast.lead_officer, cast.board_member),
        UPDATERS,
    ),
    "withdraw": (withdraw, lambda action, cast: None, ("plan_administrator",)),
}
LEADS_TO = {
    "claim_complete": "awaiting-sign-off",
    "sign_off": "complete",
    "return_claim": "in-progress",
    "reopen": "in-progress",
    "withdraw": "withdrawn",
}
WITH_REASON = ("return_claim", "reopen", "withdraw")


def words_of(step: str) -> str:
    return "reason" if step in WITH_REASON else "narrative"


# Every step


@pytest.mark.parametrize("step", STEPS)
def test_who_may_take_a_step(own: Action, cast: Cast, step: str) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    before = rows()

    for who in (*NOBODY, *(one for one in UPDATERS if one not in allowed)):
        with pytest.raises(PermissionDenied):
            take(own, getattr(cast, who))
    after = rows()
    update = take(own, getattr(cast, allowed[-1]))

    assert after == before
    assert (update.stage, update.by) == (LEADS_TO[step], getattr(cast, allowed[-1]))


@pytest.mark.parametrize("step", STEPS)
def test_each_who_may_does(own: Action, cast: Cast, step: str) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)

    assert take(own, getattr(cast, allowed[0])).stage == LEADS_TO[step]


@pytest.mark.parametrize("step", ["claim_complete", "reopen"])
def test_a_lead_officer_takes_no_step_of_anothers_action(others: Action, cast: Cast, step: str) -> None:
    show(others, cast.board_member)
    sign_off(others, cast.board_member)
    before = rows()

    with pytest.raises(PermissionDenied, match="You can update only the actions of posts that you hold"):
        STEPS[step][0](others, cast.lead_officer)

    assert rows() == before


@pytest.mark.parametrize("step", STEPS)
def test_a_step_writes_one_update_and_one_change_from_to_and_why(
    own: Action, cast: Cast, green: Rating, step: str
) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    before, earlier = rows(), said_of(own)[-1]
    rated = {} if step == "withdraw" else {"rating": green}

    update = take(own, getattr(cast, allowed[-1]), **{words_of(step): "In these words."}, **rated)

    change = last_change()
    assert rows() == (before[0] + 1, before[1] + 1, *before[2:])
    assert (update.sequence, update.on, update.narrative) == (earlier.sequence + 1, ON, "In these words.")
    assert update.rating == (earlier.rating if step == "withdraw" else green)
    assert (change.verb, change.by, change.on, change.council) == (
        step,
        getattr(cast, allowed[-1]),
        ON,
        own.recommendation.plan.council,
    )
    assert (change.subject, change.subject_id) == ("recommendations.action", own.pk)
    assert (change.before["stage"], change.after["stage"]) == (earlier.stage, LEADS_TO[step])
    assert change.after["narrative"] == "In these words."
    assert change.reason == ("In these words." if step in WITH_REASON else "")
    assert ledger.verify() is None


@pytest.mark.parametrize("step", STEPS)
def test_a_double_click_is_one_step(own: Action, cast: Cast, step: str) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    version, by = seen(own), getattr(cast, allowed[0])

    first = take(own, by, version=version)
    between = rows()
    again = take(own, by, version=version)

    assert again == first
    assert rows() == between


@pytest.mark.parametrize("step", STEPS)
def test_other_words_on_a_version_that_is_past_are_a_clash(own: Action, cast: Cast, step: str) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    version, by = seen(own), getattr(cast, allowed[-1])
    theirs = take(own, by, version=version)
    before = rows()

    with pytest.raises(workflow.UpdatedMeanwhile) as clash:
        take(own, by, version=version, **{words_of(step): "Other words."})

    assert (clash.value.theirs, clash.value.version) == (theirs, theirs.sequence)
    assert rows() == before


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("version", [0, -1, 99])
def test_a_version_that_is_not_the_last_is_a_clash(own: Action, cast: Cast, step: str, version: int) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    before = rows()

    with pytest.raises(workflow.UpdatedMeanwhile):
        take(own, getattr(cast, allowed[-1]), version=version)

    assert rows() == before


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_changed_in_a_closed_plan(own: Action, cast: Cast, harrow: Plan, step: str) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    workflow.close_plan(plan=harrow, reason="The inspection is over.", by=cast.plan_administrator, on=ON)
    before = rows()

    with pytest.raises(workflow.PlanClosed, match="This plan is closed"):
        take(load(*OWN), getattr(cast, allowed[-1]))

    assert rows() == before


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("words", ["", " \n\t", "x" * 5001])
def test_a_step_needs_words_and_not_too_many(own: Action, cast: Cast, step: str, words: str) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    before = rows()

    with pytest.raises(ValidationError) as refused:
        take(own, getattr(cast, allowed[-1]), **{words_of(step): words})

    assert set(refused.value.message_dict) == {words_of(step)}
    assert rows() == before


@pytest.mark.parametrize("step", STEPS)
def test_a_day_before_what_was_said_last_is_refused(own: Action, cast: Cast, step: str) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    before = rows()

    with pytest.raises(ValidationError):
        take(own, getattr(cast, allowed[-1]), on=date(2012, 9, 9))

    assert rows() == before


@pytest.mark.parametrize("step", [step for step in STEPS if step != "withdraw"])
def test_a_rating_of_another_key_is_refused(own: Action, cast: Cast, northmoor: Plan, step: str) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    blue = Rating.objects.get_by_natural_key("northmoor-brag", "blue")

    with pytest.raises(ValidationError, match="Choose a rating from this plan's own key"):
        take(own, getattr(cast, allowed[-1]), rating=blue)


@pytest.mark.parametrize("step", STEPS)
def test_words_like_a_childs_record_are_saved_only_with_a_reason_that_is_kept(
    own: Action, cast: Cast, step: str
) -> None:
    take, prepare, allowed = STEPS[step]
    prepare(own, cast)
    by, before = getattr(cast, allowed[-1]), rows()

    for because in ("", "  "):
        with pytest.raises(workflow.LooksLikeChildRecord) as warning:
            take(own, by, kept_because=because, **{words_of(step): RECORD})
    nothing_yet = rows()
    take(own, by, kept_because=WHY_KEPT, **{words_of(step): RECORD})

    assert [suspicion.looks_like for suspicion in warning.value.found] == ["initials that stand for a person"]
    assert nothing_yet == before
    change = last_change()
    kept = (change.reason, change.after.get("kept_because"))
    assert kept == ((RECORD, WHY_KEPT) if step in WITH_REASON else (WHY_KEPT, None))


# Claiming


@pytest.mark.parametrize("stage", ["not-started", "in-progress", "on-hold"])
def test_open_work_is_claimed_from_any_stage(own: Action, cast: Cast, stage: str) -> None:
    workflow.post_update(
        action=own,
        version=seen(own),
        stage=stage,
        rating=None,
        narrative="x",
        forecast_on=None,
        by=cast.lead_officer,
        on=ON,
    )
    show(own, cast.lead_officer)

    assert claim(own, cast.lead_officer).stage == "awaiting-sign-off"


def test_work_of_which_nothing_was_said_is_claimed(harrow: Plan, cast: Cast) -> None:
    silent = load("LAC7", "4")
    show(silent, cast.board_member)

    assert claim(silent, cast.board_member).sequence == 1


def test_nothing_is_claimed_without_evidence(own: Action, cast: Cast) -> None:
    before = rows()

    with pytest.raises(workflow.EvidenceMissing, match="Add at least one piece of evidence first"):
        claim(own, cast.lead_officer)

    assert rows() == before


def test_evidence_of_another_action_or_of_the_recommendation_shows_nothing(own: Action, cast: Cast) -> None:
    show(load("S5", "2"), cast.board_member)
    workflow.add_evidence(
        recommendation=own.recommendation,
        action=None,
        shows="All of it.",
        method="audit",
        gathered_on=ON,
        supports="delivered",
        exempt=False,
        link="https://evidence.example/all",
        by=cast.board_member,
        on=ON,
    )

    with pytest.raises(workflow.EvidenceMissing):
        claim(own, cast.lead_officer)


def test_evidence_that_was_withdrawn_shows_nothing(own: Action, cast: Cast) -> None:
    taken_back = show(own, cast.lead_officer)
    workflow.withdraw_evidence(evidence=taken_back, reason="A wrong file.", by=cast.lead_officer, on=ON)

    with pytest.raises(workflow.EvidenceMissing):
        claim(own, cast.lead_officer)


def test_exempt_evidence_shows_it_too(own: Action, cast: Cast) -> None:
    show(own, cast.lead_officer, exempt=True)

    assert claim(own, cast.lead_officer).stage == "awaiting-sign-off"


def test_a_claim_is_not_made_twice(own: Action, cast: Cast) -> None:
    claimed(own, cast.lead_officer)

    with pytest.raises(workflow.NotInStage, match="This action is already awaiting sign-off"):
        claim(own, cast.board_member)


@pytest.mark.parametrize(("end", "word"), [("complete", "complete"), ("withdrawn", "withdrawn")])
def test_what_has_ended_is_not_claimed(own: Action, cast: Cast, end: str, word: str) -> None:
    if end == "complete":
        completed(own, cast.lead_officer, cast.board_member)
    else:
        show(own, cast.lead_officer)
        withdraw(own, cast.plan_administrator)

    with pytest.raises(workflow.NotInStage, match=f"This action is already {word}"):
        claim(own, cast.lead_officer)


# Signing off and returning


@pytest.mark.parametrize("take", [sign_off, return_claim])
def test_whoever_claimed_never_decides(own: Action, cast: Cast, take: Callable[..., object]) -> None:
    claimed(own, cast.board_member)
    before = rows()

    with pytest.raises(workflow.OwnWork, match="You claimed or lead this action"):
        take(own, cast.board_member)

    assert rows() == before


@pytest.mark.parametrize("take", [sign_off, return_claim])
def test_whoever_leads_it_never_decides(own: Action, cast: Cast, take: Callable[..., object]) -> None:
    """A board member who holds the post, though somebody else made the claim."""
    claimed(own, cast.lead_officer)
    post = LeadOfficer.objects.get(council=own.recommendation.plan.council, abbreviation="SM QA")
    HoldingFactory(lead_officer=post, user=cast.board_member)

    with pytest.raises(workflow.OwnWork):
        take(own, cast.board_member)

    assert take(own, cast.plan_administrator)


def test_whoever_adds_to_a_claim_makes_it_theirs(own: Action, cast: Cast) -> None:
    claimed(own, cast.lead_officer)
    workflow.post_update(
        action=own,
        version=seen(own),
        stage="awaiting-sign-off",
        rating=None,
        narrative="And the last team as well.",
        forecast_on=None,
        by=cast.board_member,
        on=ON,
    )

    with pytest.raises(workflow.OwnWork):
        sign_off(own, cast.board_member)

    assert sign_off(own, cast.plan_administrator).stage == "complete"


def test_a_claim_that_was_returned_is_no_longer_anybodys(own: Action, cast: Cast) -> None:
    claimed(own, cast.board_member)
    return_claim(own, cast.plan_administrator)
    claim(own, cast.lead_officer)

    assert sign_off(own, cast.board_member).stage == "complete"


def test_a_claim_of_the_paper_is_signed_off_with_evidence_only(others: Action, cast: Cast) -> None:
    """S2 (1): nobody here made the claim, and nothing shows it."""
    with pytest.raises(workflow.EvidenceMissing):
        sign_off(others, cast.board_member)
    show(others, cast.plan_administrator)

    assert sign_off(others, cast.board_member).stage == "complete"


def test_a_claim_whose_evidence_was_withdrawn_is_not_signed_off_but_returned(own: Action, cast: Cast) -> None:
    claimed(own, cast.lead_officer)
    workflow.withdraw_evidence(
        evidence=Evidence.objects.get(), reason="A wrong file.", by=cast.lead_officer, on=ON
    )

    with pytest.raises(workflow.EvidenceMissing):
        sign_off(own, cast.board_member)

    assert return_claim(own, cast.board_member).stage == "in-progress"


@pytest.mark.parametrize("take", [sign_off, return_claim])
def test_only_a_claim_is_decided(own: Action, cast: Cast, take: Callable[..., object]) -> None:
    show(own, cast.lead_officer)

    with pytest.raises(workflow.NotInStage, match="Nobody claims that this is complete"):
        take(own, cast.board_member)


def test_of_two_who_decide_at_once_the_second_sees_the_first(own: Action, cast: Cast) -> None:
    claimed(own, cast.lead_officer)
    version = seen(own)
    theirs = sign_off(own, cast.board_member, version=version)

    with pytest.raises(workflow.UpdatedMeanwhile) as clash:
        return_claim(own, cast.plan_administrator, version=version)

    assert clash.value.theirs == theirs
    assert said_of(own)[-1] == theirs


def test_the_last_day_of_a_claim_is_the_day_of_completion(own: Action, cast: Cast) -> None:
    show(own, cast.lead_officer, on=date(2012, 11, 10))
    claim(own, cast.lead_officer, on=date(2012, 11, 10))
    sign_off(own, cast.board_member, on=date(2012, 11, 12))

    days = [
        Action.objects.as_of(day).values_list("stage", "completed_on").get(pk=own.pk)
        for day in (date(2012, 11, 11), date(2012, 11, 12))
    ]
    assert days == [("awaiting-sign-off", None), ("complete", date(2012, 11, 12))]


# Reopening and withdrawing


def test_only_what_has_ended_is_reopened(own: Action, cast: Cast) -> None:
    with pytest.raises(workflow.NotInStage, match="This action is not complete or withdrawn"):
        reopen(own, cast.lead_officer)


def test_what_was_withdrawn_comes_back_by_those_who_withdraw(own: Action, cast: Cast) -> None:
    withdraw(own, cast.plan_administrator)
    before = rows()

    for who in (cast.lead_officer, cast.board_member):
        with pytest.raises(PermissionDenied):
            reopen(own, who)
    between = rows()

    assert between == before
    assert reopen(own, cast.plan_administrator).stage == "in-progress"


def test_a_reopened_action_is_closed_by_two_people_again(own: Action, cast: Cast) -> None:
    completed(own, cast.lead_officer, cast.board_member)
    reopen(own, cast.board_member)
    claim(own, cast.lead_officer)

    assert sign_off(own, cast.plan_administrator).stage == "complete"
    assert [update.stage for update in said_of(own)][-4:] == [
        "complete",
        "in-progress",
        "awaiting-sign-off",
        "complete",
    ]


@pytest.mark.parametrize("from_stage", ["in-progress", "awaiting-sign-off"])
def test_open_work_is_withdrawn_and_keeps_its_rating(
    own: Action, cast: Cast, green: Rating, from_stage: str
) -> None:
    show(own, cast.lead_officer)
    claim(own, cast.lead_officer, rating=green)
    if from_stage == "in-progress":
        return_claim(own, cast.board_member, rating=green)

    update = withdraw(own, cast.plan_administrator)

    assert (update.stage, update.rating) == ("withdrawn", green)


def test_what_has_ended_is_not_withdrawn(own: Action, cast: Cast) -> None:
    completed(own, cast.lead_officer, cast.board_member)

    with pytest.raises(workflow.NotInStage, match="This action is already complete"):
        withdraw(own, cast.plan_administrator)


def test_an_update_does_not_touch_what_has_ended_whoever_sends_it(own: Action, cast: Cast) -> None:
    """Not even the words of the sign-off, sent as an update by the person who signed off."""
    completed(own, cast.lead_officer, cast.board_member)
    last, before = said_of(own)[-1], rows()

    with pytest.raises(ValidationError, match="Reopen it to update it"):
        workflow.post_update(
            action=own,
            version=seen(own),
            stage="complete",
            rating=None,
            narrative=last.narrative,
            forecast_on=None,
            by=cast.board_member,
            on=ON,
        )

    assert rows() == before


# What is offered


def offered(action: Action, who: Any) -> set[str]:
    stage = Action.objects.as_of(ON).values_list("stage", flat=True).get(pk=action.pk)
    return {
        name for name, open_ in vars(workflow.offers_to(who, action, stage=stage, on=ON)).items() if open_
    }


def test_offers_of_open_work(own: Action, cast: Cast) -> None:
    assert offered(own, cast.lead_officer) == {"update", "claim", "move_due_date"}
    assert offered(own, cast.board_member) == {
        "update",
        "claim",
        "move_due_date",
        "decide_due_date",
        "review",
        "challenge",
    }
    assert offered(own, cast.plan_administrator) == {
        "update",
        "claim",
        "withdraw",
        "move_due_date",
        "decide_due_date",
        "review",
        "challenge",
        "keep_plan",
    }
    assert [offered(own, getattr(cast, who)) for who in NOBODY] == [set()] * 5


def test_offers_of_a_claim(own: Action, cast: Cast) -> None:
    claimed(own, cast.lead_officer)

    assert {"sign_off", "claim"} & offered(own, cast.lead_officer) == set()
    assert {"sign_off", "claim"} & offered(own, cast.board_member) == {"sign_off"}


def test_offers_of_what_has_ended(own: Action, cast: Cast) -> None:
    completed(own, cast.lead_officer, cast.board_member)
    assert offered(own, cast.lead_officer) == {"reopen"}

    reopen(own, cast.lead_officer)
    withdraw(own, cast.plan_administrator)

    assert offered(own, cast.lead_officer) == set()
    assert "reopen" not in offered(own, cast.board_member)
    assert "reopen" in offered(own, cast.plan_administrator)


def test_a_closed_plan_offers_nothing(own: Action, cast: Cast, harrow: Plan) -> None:
    workflow.close_plan(plan=harrow, reason="Over.", by=cast.plan_administrator, on=ON)

    assert offered(load(*OWN), cast.plan_administrator) == set()


def test_nothing_is_offered_of_another_council(northmoor: Plan, cast: Cast) -> None:
    theirs = load("N1", "4", NORTHMOOR)

    assert workflow.offers_to(cast.plan_administrator, theirs, stage="complete", on=date(2025, 7, 1)) == (
        workflow.Offers()
    )


def test_each_claim_is_somebodys_own_or_not_as_the_rule_for_one_says(harrow: Plan, cast: Cast) -> None:
    """The list's word for many actions and the rule for one agree, for everybody who may sign off."""
    claimed(load(*OWN), cast.lead_officer)
    claimed(load("S7", "1"), cast.board_member)
    claimed(load("LAC9", "1"), cast.plan_administrator)
    returned = claimed(load("LAC9", "2"), cast.board_member)
    return_claim(returned, cast.plan_administrator)
    claim(returned, cast.lead_officer)
    HoldingFactory(
        user=cast.plan_administrator,
        lead_officer=LeadOfficer.objects.get(council=harrow.council, abbreviation="Des Nurse"),
    )
    waiting = Action.objects.for_plan(harrow).as_of(ON).in_stage("awaiting-sign-off")

    for who in (cast.board_member, cast.plan_administrator):
        posts = list(LeadOfficer.objects.held_by(who, on=ON))
        by_rule = {action.pk for action in waiting if not workflow.may_sign_off(who, action, on=ON)}
        assert {action.pk for action in waiting.own_claims_of(who, posts, on=ON)} == by_rule != set()
