"""Opening a plan to everybody, what they then see, and closing it again."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from improvement.models import Change, Plan, PlanVersion, Rating
from recommendations.models import Action, ProgressUpdate, Stage
from recommendations.workflow import hand_over
from reports.models import PublicClosing, PublicOpening
from reports.public import data, seen
from reports.workflow import opening as workflow
from tests.cast import Cast
from tests.factories import ProgressUpdateFactory
from tests.reports.opening import DAY, opened


def say(action: Action, words: str, *, stage: Stage = Stage.IN_PROGRESS, on: date = DAY) -> ProgressUpdate:
    last = ProgressUpdate.objects.last_of(action)
    return ProgressUpdateFactory(
        action=action, sequence=last.sequence + 1 if last else 1, on=on, stage=stage, narrative=words
    )


def shown_of(opening: PublicOpening, *, on: date = DAY) -> seen.PublicPlan:
    return seen.of(PublicOpening.objects.with_plan().get(pk=opening.pk), on=on)


def test_opening_is_in_the_ledger_and_stands(harrow: Plan, cast: Cast) -> None:
    opening = opened(harrow, cast.plan_administrator)

    assert list(PublicOpening.objects.standing()) == [opening]
    change = Change.objects.get()
    assert (change.verb, change.by, change.after) == (
        "open_to_public",
        cast.plan_administrator,
        {"plan": harrow.slug, "opening": 1, "version": "2.01", "words": False},
    )


@pytest.mark.parametrize("who", ["reader", "lead_officer", "board_member", "scrutiny_officer", "stranger"])
def test_others_may_not(harrow: Plan, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        opened(harrow, getattr(cast, who))

    assert (PublicOpening.objects.count(), Change.objects.count()) == (0, 0)


def test_only_what_was_previewed_is_opened(harrow: Plan, cast: Cast, action: Action) -> None:
    by, version = cast.plan_administrator, PlanVersion.objects.get(plan=harrow)
    proposed = workflow.proposed(plan=harrow, version=version, words=False, by=by, on=DAY)
    mark = workflow.mark(proposed, on=DAY)
    say(action, "On hold now.", stage=Stage.ON_HOLD)

    with pytest.raises(workflow.NotAsPreviewed):
        workflow.open_to_public(plan=harrow, version=version, words=False, previewed=mark, by=by, on=DAY)

    assert PublicOpening.objects.count() == 0


def test_pressed_twice_it_is_opened_once(harrow: Plan, cast: Cast) -> None:
    by, version = cast.plan_administrator, PlanVersion.objects.get(plan=harrow)
    mark = workflow.mark(workflow.proposed(plan=harrow, version=version, words=False, by=by, on=DAY), on=DAY)
    workflow.open_to_public(plan=harrow, version=version, words=False, previewed=mark, by=by, on=DAY)

    with pytest.raises(workflow.NotAsPreviewed):
        workflow.open_to_public(plan=harrow, version=version, words=False, previewed=mark, by=by, on=DAY)

    assert PublicOpening.objects.count() == 1


def test_a_version_of_another_plan_or_of_later_is_refused(harrow: Plan, northmoor: Plan, cast: Cast) -> None:
    version = PlanVersion.objects.get(plan=harrow)
    values = {"version": version, "words": False, "previewed": "", "on": date(2012, 9, 9)}

    with pytest.raises(ValidationError, match="agreed by this day"):
        workflow.open_to_public(plan=harrow, by=cast.plan_administrator, **values)
    with pytest.raises(ValidationError, match="agreed by this day"):
        workflow.open_to_public(plan=northmoor, by=cast.northmoor_administrator, **values)


def test_closing_says_why_and_once_is_enough(harrow: Plan, cast: Cast) -> None:
    opening = opened(harrow, cast.plan_administrator)
    said = {"opening": opening, "because": "Under review.", "by": cast.plan_administrator, "on": DAY}

    first, second = workflow.close_to_public(**said), workflow.close_to_public(**said)

    assert first == second
    assert list(PublicOpening.objects.standing()) == []
    assert [change.verb for change in Change.objects.order_by("position")] == [
        "open_to_public",
        "close_to_public",
    ]


def test_closing_without_a_reason_is_refused(harrow: Plan, cast: Cast) -> None:
    opening = opened(harrow, cast.plan_administrator)

    with pytest.raises(ValidationError):
        workflow.close_to_public(opening=opening, because=" ", by=cast.plan_administrator, on=DAY)

    assert PublicClosing.objects.count() == 0


def test_the_last_opening_counts_and_closing_it_leaves_none(harrow: Plan, cast: Cast) -> None:
    opened(harrow, cast.plan_administrator)
    second = opened(harrow, cast.plan_administrator, words=True)
    assert list(PublicOpening.objects.standing()) == [second]

    workflow.close_to_public(opening=second, because="Enough.", by=cast.plan_administrator, on=DAY)

    assert list(PublicOpening.objects.standing()) == []


def test_the_database_keeps_openings_as_they_were(harrow: Plan, cast: Cast) -> None:
    opening = opened(harrow, cast.plan_administrator)

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicOpening.objects.filter(pk=opening.pk).update(words=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicOpening.objects.filter(pk=opening.pk).delete()


def test_everything_of_the_plan_is_shown(harrow: Plan, cast: Cast) -> None:
    shown = shown_of(opened(harrow, cast.plan_administrator))

    assert (len(shown.recommendations), sum(len(one.actions) for one in shown.recommendations)) == (22, 101)
    assert shown.figures.headline == "40 of 62 actions that should be finished are not"
    assert sum(action.overdue for one in shown.recommendations for action in one.actions) == 40
    assert {action.words for one in shown.recommendations for action in one.actions} == {""}


def test_words_are_those_of_the_opening(harrow: Plan, cast: Cast, action: Action) -> None:
    say(action, "Before the opening.")
    opening = opened(harrow, cast.plan_administrator, words=True)
    say(action, "After the opening.", stage=Stage.ON_HOLD)

    shown = shown_of(opening)

    found = next(one for one in shown.recommendations if one.reference == "S2").actions[0]
    assert (found.words, found.said_on, found.stage) == ("Before the opening.", DAY, Stage.ON_HOLD)


def test_words_of_a_later_day_are_not_shown_on_an_earlier_one(
    harrow: Plan, cast: Cast, action: Action
) -> None:
    say(action, "Said on the 14th.")
    opening = opened(harrow, cast.plan_administrator, words=True)

    words = [
        one.words
        for theme in shown_of(opening, on=date(2012, 11, 13)).recommendations
        for one in theme.actions
    ]

    assert "Said on the 14th." not in words


def test_what_changed_is_told_with_its_day(harrow: Plan, cast: Cast, action: Action) -> None:
    red = Rating.objects.get(scale=harrow.rating_scale, word="Red")
    last = ProgressUpdate.objects.last_of(action)
    assert last
    ProgressUpdateFactory(
        action=action, sequence=last.sequence + 1, on=DAY, stage=Stage.ON_HOLD, rating=red, narrative="Stuck."
    )
    shown = shown_of(opened(harrow, cast.plan_administrator))

    told = [(one.kind.value, one.words) for one in shown.news if (one.subject, one.on) == ("S2 (1)", DAY)]

    assert told == [
        ("stage", f"{Stage(last.stage).label} to On hold"),
        ("rating", f"{last.rating.word if last.rating else 'not rated'} to Red"),
    ]


def test_who_leads_an_action_now_is_told_and_not_why(harrow: Plan, cast: Cast, action: Action) -> None:
    posts = list(
        harrow.council.lead_officers.filter(abbreviation__in=("DCS", "HR")).order_by("-abbreviation")
    )
    hand_over(action=action, version=0, leads=posts, reason="Moved.", by=cast.plan_administrator, on=DAY)
    shown = shown_of(opened(harrow, cast.plan_administrator))

    told = [(one.kind.value, one.words) for one in shown.news if (one.subject, one.on) == ("S2 (1)", DAY)]
    led = next(one for one in shown.recommendations if one.reference == "S2").actions[0].leads

    assert told == [("handed-over", f"to {posts[0].title}; {posts[1].title}")]
    assert [post.title for post in led] == [post.title for post in posts]


def test_an_update_that_changes_nothing_is_no_news(harrow: Plan, cast: Cast, action: Action) -> None:
    last = ProgressUpdate.objects.last_of(action)
    assert last
    before = data.of(shown_of(opened(harrow, cast.plan_administrator)))["changes"]
    ProgressUpdateFactory(
        action=action, sequence=last.sequence + 1, on=DAY, stage=last.stage, rating=last.rating
    )

    assert data.of(shown_of(PublicOpening.objects.get()))["changes"] == before


def test_two_that_show_the_same_have_the_same_fingerprint(harrow: Plan, cast: Cast) -> None:
    opening = opened(harrow, cast.plan_administrator)
    later = PublicOpening(
        plan=opening.plan,
        number=2,
        version=opening.version,
        words=False,
        on=DAY,
        by=cast.board_member,
        recorded_at=datetime(2012, 11, 14, 12, tzinfo=UTC),
    )

    assert data.fingerprint(shown_of(opening)) == data.fingerprint(seen.of(later, on=DAY))
