"""What is proved and what is only said: every figure of the evidence tracker, as of any day and for each reader."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.models import Organisation, Plan, User
from recommendations import assurance, workflow
from recommendations.assurance import Proof, State, Tracked
from recommendations.models import Action, Stage, Step
from tests.cast import NORTHMOOR, Cast
from tests.factories import ActionFactory, ProgressUpdateFactory, RecommendationFactory
from tests.recommendations.shown import DAY, load_action, load_recommendation, review, show


def row(plan: Plan, user: User, reference: str, *, on: date = DAY) -> Tracked:
    (found,) = [
        each
        for each in assurance.track(plan, user=user, on=on).rows
        if each.recommendation.reference == reference
    ]
    return found


def counts(plan: Plan, user: User, **asked: Any) -> dict[str, int]:
    tracker = assurance.track(plan, user=user, **{"on": DAY, **asked})
    return {proof.value: count for proof, count in tracker.counts}


def states(tracked: Tracked) -> list[tuple[State, int]]:
    return [(standing.state, standing.evidence) for standing in tracked.steps]


# Claims


def test_without_evidence_every_claim_of_harrow_is_only_said(harrow: Plan, cast: Cast) -> None:
    tracker = assurance.track(harrow, user=cast.reader, on=DAY)

    assert tracker.headline == "None of the 22 actions reported complete is proved"
    assert {proof.value: count for proof, count in tracker.counts} == {
        "proved": 0,
        "not-reviewed": 0,
        "only-said": 22,
        "not-complete": 79,
    }
    assert [(step.value, count) for step, count in tracker.steps] == [
        ("delivered", 0),
        ("complied-with", 0),
        ("impact-evidenced", 0),
    ]
    assert [each.recommendation.reference for each in tracker.rows][:2] == ["S1", "S2"]
    assert len(tracker.rows) == 22


def test_the_counts_add_up_to_the_actions_as_they_are_counted_elsewhere(harrow: Plan, cast: Cast) -> None:
    for day in (date(2012, 9, 9), date(2012, 9, 10), date(2012, 9, 14), DAY):
        actions = Action.objects.for_plan(harrow).as_of(day)
        counted = counts(harrow, cast.reader, on=day)
        assert sum(counted.values()) == actions.count()
        assert counted["only-said"] == actions.in_stage(Stage.COMPLETE).count()


def test_evidence_makes_a_claim_shown_and_a_review_proves_it(harrow: Plan, cast: Cast) -> None:
    done = load_action("S2", "2")
    evidence = show(done, cast.board_member)

    shown = row(harrow, cast.reader, "S2")
    review(done, cast.board_member, evidence)
    proved = row(harrow, cast.reader, "S2")

    assert [shown.count(proof) for proof in Proof] == [0, 1, 3, 2]
    assert [proved.count(proof) for proof in Proof] == [1, 0, 3, 2]
    assert [
        (proof.value, [claim.action.number for claim in claims]) for proof, claims in proved.by_proof
    ] == [
        ("proved", ["2"]),
        ("only-said", ["4", "5", "6"]),
    ]
    assert (shown.evidence, shown.complete) == (1, 4)
    assert assurance.track(harrow, user=cast.reader, on=DAY).headline == (
        "1 of 22 actions reported complete is proved"
    )


def test_evidence_of_the_whole_shows_no_single_action(harrow: Plan, cast: Cast) -> None:
    show(load_recommendation("S2"), cast.board_member)

    tracked = row(harrow, cast.reader, "S2")

    assert (tracked.evidence, tracked.count(Proof.ONLY_SAID)) == (1, 4)


def test_an_action_that_is_not_complete_is_never_proved(harrow: Plan, cast: Cast) -> None:
    unfinished = load_action("S2", "1")
    review(unfinished, cast.board_member, show(unfinished, cast.board_member))

    assert row(harrow, cast.reader, "S2").count(Proof.PROVED) == 0


def test_a_review_of_the_whole_proves_what_was_complete_by_then(northmoor: Plan, cast: Cast) -> None:
    whole = load_recommendation("N1", NORTHMOOR)
    user = cast.northmoor_administrator
    evidence = show(whole, user, on=date(2025, 3, 21))
    review(whole, user, evidence, on=date(2025, 3, 21))
    later = load_action("N1", "1", NORTHMOOR)
    ProgressUpdateFactory(action=later, on=date(2025, 3, 22), stage=Stage.COMPLETE)

    tracked = row(northmoor, user, "N1", on=date(2025, 7, 4))

    assert {claim.action.number: claim.proof.value for claim in tracked.claims} == {
        "1": "only-said",
        "2": "not-complete",
        "3": "not-complete",
        "4": "proved",
    }


def test_withdrawn_actions_are_not_counted(harrow: Plan, cast: Cast) -> None:
    ProgressUpdateFactory(action=load_action("S2", "1"), sequence=2, on=DAY, stage=Stage.WITHDRAWN)

    assert len(row(harrow, cast.reader, "S2").claims) == 5


# Steps


def test_the_steps_of_the_whole_are_counted_with_their_evidence(harrow: Plan, cast: Cast) -> None:
    whole = load_recommendation("S5")
    first, second = show(whole, cast.board_member), show(load_action("S5", "1"), cast.board_member)
    review(whole, cast.board_member, first, second)
    review(whole, cast.board_member, second, step="complied-with")

    tracked = row(harrow, cast.reader, "S5")

    assert states(tracked) == [(State.PROVED, 2), (State.PROVED, 1), (State.NOT_REVIEWED, 0)]
    assert [count for _, count in assurance.track(harrow, user=cast.reader, on=DAY).steps] == [1, 1, 0]


def test_a_step_whose_evidence_was_all_withdrawn_is_proved_no_more(harrow: Plan, cast: Cast) -> None:
    done = load_action("S2", "2")
    whole = done.recommendation
    kept, gone = show(whole, cast.board_member), show(done, cast.board_member)
    review(whole, cast.board_member, kept, gone)
    review(done, cast.board_member, gone)

    workflow.withdraw_evidence(evidence=gone, reason="Wrong.", by=cast.board_member, on=DAY)
    with_one = row(harrow, cast.reader, "S2")
    workflow.withdraw_evidence(evidence=kept, reason="Wrong.", by=cast.board_member, on=DAY)
    without = row(harrow, cast.reader, "S2")

    assert states(with_one)[0] == (State.PROVED, 1)
    assert states(without)[0] == (State.UNSUPPORTED, 0)
    assert without.count(Proof.PROVED) == 0
    assert without.gap[0] == "The evidence for “Delivered” was withdrawn."


def test_every_day_is_shown_as_it_stood(harrow: Plan, cast: Cast) -> None:
    done = load_action("S2", "2")
    evidence = show(done, cast.board_member, on=date(2012, 10, 1), gathered_on=date(2012, 9, 30))
    review(done, cast.board_member, evidence, on=date(2012, 10, 8))
    review(done, cast.board_member, holds=False, finding="It has stopped.", on=date(2012, 10, 20))
    workflow.withdraw_evidence(evidence=evidence, reason="Wrong.", by=cast.board_member, on=date(2012, 11, 1))

    stood = {
        day: next(
            claim.proof.value
            for claim in row(harrow, cast.reader, "S2", on=date(2012, *day)).claims
            if claim.action.number == "2"
        )
        for day in ((9, 13), (9, 14), (10, 1), (10, 7), (10, 8), (10, 19), (10, 20), (11, 1))
    }

    assert stood == {
        (9, 13): "not-complete",
        (9, 14): "only-said",
        (10, 1): "not-reviewed",
        (10, 7): "not-reviewed",
        (10, 8): "proved",
        (10, 19): "proved",
        (10, 20): "not-reviewed",
        (11, 1): "only-said",
    }


# The gap in words


def test_the_gap_of_each_kind_of_row(harrow: Plan, cast: Cast) -> None:
    tracker = assurance.track(harrow, user=cast.reader, on=DAY)

    gaps = {each.recommendation.reference: each.gap for each in tracker.rows}
    assert gaps["S1"] == ("Nothing is reported complete.",)
    assert gaps["S2"] == ("Nothing shows that 4 actions are complete.", "2 of 6 actions are not complete.")
    assert gaps["S6"] == ("Nothing shows that 1 action is complete.", "2 of 3 actions are not complete.")


def test_the_gap_closes_step_by_step(northmoor: Plan, cast: Cast) -> None:
    user, day = cast.northmoor_administrator, date(2025, 7, 4)
    only = RecommendationFactory(
        theme=northmoor.themes.get(), plan=northmoor, reference="N2", raised_on=date(2025, 1, 10)
    )
    said: list[tuple[str, ...]] = [row(northmoor, user, "N2", on=day).gap]
    done = ActionFactory(recommendation=only, number="1", position=1, added_on=date(2025, 2, 1))
    ProgressUpdateFactory(action=done, on=date(2025, 3, 1), stage=Stage.COMPLETE)
    done = load_action("N2", "1", NORTHMOOR)
    said.append(row(northmoor, user, "N2", on=day).gap)
    evidence = show(done, user, on=day)
    said.append(row(northmoor, user, "N2", on=day).gap)
    review(done, user, evidence, on=day)
    said.append(row(northmoor, user, "N2", on=day).gap)
    for step in Step:
        review(done.recommendation, user, evidence, step=step.value, on=day)
        said.append(row(northmoor, user, "N2", on=day).gap)
    review(done.recommendation, user, holds=False, finding="It has stopped.", step="complied-with", on=day)
    said.append(row(northmoor, user, "N2", on=day).gap)

    assert said == [
        ("No action answers it.",),
        ("Nothing shows that 1 action is complete.",),
        ("Nobody has reviewed the evidence of 1 complete action.",),
        ("Nobody has found yet that the whole of it was delivered.",),
        ("Nobody has found yet that people work that way.",),
        ("Nobody has found yet that children are better off for it.",),
        (),
        ("Complied with was lost again on 4 July 2025.",),
    ]


@pytest.mark.parametrize(
    ("complete", "proved", "headline"),
    [
        (0, 0, "Nothing is reported complete on this day"),
        (1, 0, "The one action reported complete is not proved"),
        (1, 1, "The one action reported complete is proved"),
        (2, 0, "None of the 2 actions reported complete is proved"),
        (3, 2, "2 of 3 actions reported complete are proved"),
        (3, 3, "All 3 actions reported complete are proved"),
    ],
)
def test_the_headline(northmoor: Plan, cast: Cast, complete: int, proved: int, headline: str) -> None:
    user, day = cast.northmoor_administrator, date(2025, 7, 4)
    only = RecommendationFactory(
        theme=northmoor.themes.get(), plan=northmoor, reference="N2", raised_on=date(2025, 1, 10)
    )
    for number in range(1, complete + 1):
        made = ActionFactory(recommendation=only, number=str(number), added_on=date(2025, 2, 1))
        ProgressUpdateFactory(action=made, on=date(2025, 3, 1), stage=Stage.COMPLETE)
        if number <= proved:
            done = load_action("N2", str(number), NORTHMOOR)
            review(done, user, show(done, user, on=day), on=day)

    tracker = assurance.Tracker(day, (row(northmoor, user, "N2", on=day),))

    assert tracker.headline == headline


# Narrowing


def test_the_tracker_can_be_narrowed(harrow: Plan, cast: Cast) -> None:
    theme = harrow.themes.get(slug="safeguarding")
    hospital = Organisation.objects.get(council=harrow.council, slug="nhs-harrow")

    by_theme = assurance.track(harrow, user=cast.reader, on=DAY, theme=theme)
    by_organisation = assurance.track(harrow, user=cast.reader, on=DAY, organisation=hospital)
    only_said = assurance.track(harrow, user=cast.reader, on=DAY, only_said=True)

    assert {each.recommendation.theme for each in by_theme.rows} == {theme}
    assert len(by_theme.rows) == 11
    assert [each.recommendation.reference for each in by_organisation.rows] == [
        item.reference for item in hospital.recommendations.in_order()
    ]
    assert all(each.count(Proof.ONLY_SAID) for each in only_said.rows)
    assert sum(each.count(Proof.ONLY_SAID) for each in only_said.rows) == 22


# Readers


def test_exempt_evidence_is_neither_counted_nor_told_to_who_may_not_see_it(harrow: Plan, cast: Cast) -> None:
    """Case 33."""
    done = load_action("S2", "2")
    before = [counts(harrow, user) for user in (cast.reader, cast.lead_officer)]

    show(done, cast.board_member, exempt=True)

    assert [counts(harrow, user) for user in (cast.reader, cast.lead_officer)] == before
    assert row(harrow, cast.reader, "S2").evidence == 0
    for cleared in (cast.board_member, cast.scrutiny_officer, cast.plan_administrator):
        assert (row(harrow, cleared, "S2").evidence, counts(harrow, cleared)["not-reviewed"]) == (1, 1)


def test_a_review_that_rests_on_exempt_evidence_is_the_same_for_all_but_its_count(
    harrow: Plan, cast: Cast
) -> None:
    """Case 33."""
    done = load_action("S2", "2")
    exempt, open_to_all = show(done, cast.board_member, exempt=True), show(done, cast.board_member)
    review(done.recommendation, cast.board_member, exempt, open_to_all)
    review(done.recommendation, cast.board_member, exempt, step="complied-with")

    assert states(row(harrow, cast.board_member, "S2"))[:2] == [(State.PROVED, 2), (State.PROVED, 1)]
    assert states(row(harrow, cast.reader, "S2"))[:2] == [(State.PROVED, 1), (State.PROVED, 0)]
    seen = assurance.of_recommendation(done.recommendation, user=cast.reader, on=DAY)
    assert [[each.pk for each in made.seen] for made in seen.reviews] == [[], [open_to_all.pk]]
    assert seen.evidence == (open_to_all,)


def test_others_see_nothing(harrow: Plan, cast: Cast) -> None:
    """Case 23."""
    done = load_action("S2", "2")
    review(done, cast.board_member, show(done, cast.board_member))

    for outsider in (cast.northmoor_administrator, cast.stranger, cast.staff):
        assert assurance.track(harrow, user=outsider, on=DAY).rows == ()
        seen = assurance.of_action(done, user=outsider, on=DAY)
        assert (seen.reviews, seen.evidence, seen.withdrawn) == ((), (), ())


# Pages of one action or recommendation


def test_a_recommendation_shows_its_own_evidence_and_that_of_its_actions(harrow: Plan, cast: Cast) -> None:
    done = load_action("S2", "2")
    own = show(done.recommendation, cast.board_member, gathered_on=date(2012, 10, 1))
    of_action = show(done, cast.board_member, gathered_on=date(2012, 10, 2))
    elsewhere = show(load_action("S3", "1"), cast.board_member)
    workflow.withdraw_evidence(evidence=own, reason="Wrong.", by=cast.board_member, on=DAY)

    whole = assurance.of_recommendation(done.recommendation, user=cast.reader, on=DAY)
    single = assurance.of_action(done, user=cast.reader, on=DAY)

    assert (whole.evidence, whole.withdrawn) == ((of_action,), (own,))
    assert (single.evidence, single.withdrawn) == ((of_action,), ())
    assert elsewhere not in whole.evidence


# Queries


def test_the_tracker_asks_as_often_with_one_review_as_with_three(harrow: Plan, cast: Cast) -> None:
    asked = []
    for number in ("2", "4", "5"):
        done = load_action("S2", number)
        review(done, cast.board_member, show(done, cast.board_member))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            tracker = assurance.track(harrow, user=cast.reader, on=DAY)
            assert [each.gap for each in tracker.rows]
        asked.append(len(queries))

    assert asked == [4, 4, 4]
