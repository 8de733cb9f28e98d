"""What was understood from a file is loaded whole or not at all, by the rules of every change."""

import os
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement import ledger
from improvement.models import Change, Council, LeadOfficer, Plan, Role, User
from recommendations.intake import count_kept
from recommendations.intake.count_kept import Count
from recommendations.intake.plan_read import PostRead, Standing
from recommendations.models import Action, DuePrecision, Intake, IntakeState, ProgressUpdate, Recommendation
from recommendations.workflow.careful import LooksLikeChildRecord
from recommendations.workflow.intake_known import BadRows, ChangedMeanwhile
from recommendations.workflow.intake_loading import load_intake
from recommendations.workflow.intake_reading import load_now
from tests.cast import Cast
from tests.factories import CouncilFactory, MembershipFactory, OrganisationFactory, PlanFactory
from tests.recommendations.intake.plans_read import (
    ON,
    SHA,
    action,
    as_read,
    due,
    intake_of,
    plan,
    recommendation,
)

CHILD = "Speak to AB (DOB 12/03/2009) about the plan."


@pytest.fixture
def council(councils: None) -> Council:
    """A council that has nothing yet."""
    return CouncilFactory(slug="emptyshire", name="Emptyshire Council")


@pytest.fixture
def keeper(council: Council, cast: Cast) -> User:
    MembershipFactory(user=cast.stranger, council=council, role=Role.PLAN_ADMINISTRATOR)
    return cast.stranger


def load(intake: Intake, by: User, version: int = 1, **other: object) -> Plan:
    return load_intake(intake=intake, version=version, chosen=None, by=by, on=ON, **other)  # type: ignore[arg-type]


def rows(plan: Plan) -> list[tuple[object, ...]]:
    """All that a plan's actions say, and what was said of them."""
    return [
        (
            each.recommendation.theme.name,
            each.recommendation.reference,
            each.recommendation.text,
            each.recommendation.outcome,
            each.recommendation.timescale,
            each.number,
            each.phase,
            each.original_text,
            each.original_due_on,
            each.due_precision,
            each.due_text,
            tuple((lead.position, lead.lead_officer.abbreviation) for lead in each.leads.all()),
            tuple(
                (said.sequence, said.on, said.stage, said.rating and said.rating.slug, said.narrative)
                for said in each.updates.order_by("sequence")
            ),
        )
        for each in Action.objects.for_plan(plan).with_recommendation().with_leads().in_plan_order()
    ]


def test_the_plan_of_the_fixture_is_the_same_plan(harrow: Plan, council: Council, keeper: User) -> None:
    loaded = load(intake_of(as_read(harrow), council, keeper), keeper)

    assert rows(loaded) == rows(harrow)
    assert Recommendation.objects.for_plan(loaded).count() == 22
    assert Action.objects.for_plan(loaded).count() == 101
    posts = LeadOfficer.objects.filter(council=council).order_by("abbreviation")
    theirs = LeadOfficer.objects.filter(council=harrow.council).order_by("abbreviation")
    shown = ("abbreviation", "title", "in_key")
    assert list(posts.values_list(*shown)) == list(theirs.values_list(*shown))


def test_each_change_has_its_row_in_the_ledger_with_the_file(
    harrow: Plan, council: Council, keeper: User
) -> None:
    load(intake_of(as_read(harrow), council, keeper), keeper)

    changes = list(Change.objects.all())
    assert Counter(change.verb for change in changes) == {
        "add_plan": 1,
        "add_organisation": 1,
        "add_lead_officer": 34,
        "add_theme": 2,
        "add_recommendation": 22,
        "add_action": 101,
        "take_over_update": 99,
        "load_intake": 1,
    }
    assert {change.after.get("file", change.after.get("sha256")) for change in changes} == {SHA}
    assert {(change.by, change.council, change.on) for change in changes} == {(keeper, council, ON)}
    assert ledger.verify() is None


def test_what_the_paper_says_stands_under_its_name(council: Council, keeper: User) -> None:
    said = Standing("complete", "", "Done and looked at.", date(2012, 9, 14))
    later = Standing("in-progress", "", "Taken up again.")
    read = plan(recommendation("S1", action("1", standings=(said, later))))

    loaded = load(intake_of(read, council, keeper), keeper)

    updates = ProgressUpdate.objects.filter(action__recommendation__plan=loaded).order_by("sequence")
    assert [(each.on, each.stage, each.by, each.source) for each in updates] == [
        (date(2012, 9, 14), "complete", None, "plan.docx"),
        (ON, "in-progress", None, "plan.docx"),
    ]
    assert updates[0].action.added_on == date(2012, 9, 14)


def test_words_without_a_day_stand_before_the_dated_ones_that_follow_them(
    council: Council, keeper: User
) -> None:
    looked = Standing("in-progress", "", "We looked for somebody to write it.")
    begun = Standing("in-progress", "", "Begun.", date(2012, 9, 14))
    written = Standing("complete", "", "Written.", date(2012, 10, 12))
    read = plan(recommendation("S1", action("1", standings=(looked, begun, written))))

    loaded = load(intake_of(read, council, keeper), keeper)

    updates = ProgressUpdate.objects.filter(action__recommendation__plan=loaded).order_by("sequence")
    assert [(each.on, each.narrative) for each in updates] == [
        (date(2012, 9, 14), "We looked for somebody to write it."),
        (date(2012, 9, 14), "Begun."),
        (date(2012, 10, 12), "Written."),
    ]


def test_a_stage_without_words_is_said_in_words(council: Council, keeper: User) -> None:
    standings = (Standing("complete", "", ""),)
    untouched = (Standing("not-started", "", ""),)
    read = plan(recommendation("S1", action("1", standings=standings), action("2", standings=untouched)))

    loaded = load(intake_of(read, council, keeper), keeper)

    updates = ProgressUpdate.objects.filter(action__recommendation__plan=loaded)
    assert [each.narrative for each in updates] == ["Given without words."]


@pytest.mark.parametrize(
    ("precision", "on", "text"),
    [
        (DuePrecision.DAY, date(2013, 1, 31), "31.1.13"),
        (DuePrecision.MONTH, date(2012, 10, 31), "End Oct 12"),
        (DuePrecision.QUARTER, date(2012, 9, 30), "Q2 2012/13"),
        (DuePrecision.ONGOING, None, "Ongoing"),
        (DuePrecision.TO_BE_CONFIRMED, None, "31.9.12"),
    ],
)
def test_a_due_date_is_kept_as_exact_as_it_is_and_as_printed(
    council: Council, keeper: User, precision: str, on: date | None, text: str
) -> None:
    read = plan(recommendation("S1", action("1", due=due(on, text, precision))))

    loaded = load(intake_of(read, council, keeper), keeper)

    kept = Action.objects.for_plan(loaded).get()
    assert (kept.original_due_on, kept.due_precision, kept.due_text) == (on, precision, text)


def test_an_action_without_a_lead_is_led_by_a_post_that_says_so(council: Council, keeper: User) -> None:
    loaded = load(intake_of(plan(recommendation("S1", action("1", leads=()))), council, keeper), keeper)

    lead = LeadOfficer.objects.get(council=council)
    assert (lead.abbreviation, lead.title) == ("Not named", "No lead officer named in the plan")
    assert [each.lead_officer for each in Action.objects.for_plan(loaded).get().leads.all()] == [lead]


def test_posts_are_added_under_the_organisation_that_the_file_names_or_the_title_or_the_council(
    council: Council, keeper: User
) -> None:
    OrganisationFactory(council=council, slug="nhs-emptyshire", name="NHS Emptyshire")
    posts = (
        PostRead("DCS", "Director", in_key=True, written=()),
        PostRead("DPH", "Director of Public Health, NHS Emptyshire", in_key=True, written=()),
        PostRead("HR; OD", "Head of Human Resources", in_key=True, written=()),
        PostRead("HO", "Housing Officer", in_key=True, written=(), organisation="Emptyshire Homes"),
    )
    read = replace(plan(recommendation("S1", action("1"))), posts=posts)

    load(intake_of(read, council, keeper), keeper)

    shown = ("abbreviation", "organisation__name", "organisation__slug")
    assert list(LeadOfficer.objects.filter(council=council).order_by("pk").values_list(*shown)) == [
        ("DCS", "Emptyshire Council", "emptyshire-council"),
        ("DPH", "NHS Emptyshire", "nhs-emptyshire"),
        ("HR, OD", "Emptyshire Council", "emptyshire-council"),
        ("HO", "Emptyshire Homes", "emptyshire-homes"),
    ]


def test_a_plan_without_themes_has_one_of_its_own_name(council: Council, keeper: User) -> None:
    loaded = load(intake_of(plan(recommendation("S1", action("1"), theme="")), council, keeper), keeper)

    assert list(loaded.themes.values_list("name", flat=True)) == ["From a file"]


def test_every_bad_row_is_named_and_nothing_is_saved(council: Council, keeper: User) -> None:
    """Security case 62."""
    read = plan(
        recommendation("S1", action("1"), action("one and a half"), action("3", due=due(None, "x" * 61))),
        recommendation("S/2", action("1", text=" ")),
    )
    intake = intake_of(read, council, keeper)

    with pytest.raises(BadRows) as refused:
        load(intake, keeper)

    assert [(each.subject, each.part, each.reason) for each in refused.value.faults] == [
        ("S1 (one and a half)", "number", "Not a short number of digits and letters, such as 12a."),
        ("S1 (3)", "due", "Longer than 60 characters."),
        ("S/2", "reference", "Not a short reference such as S2 or LAC 4."),
        ("S/2 (1)", "text", "It has no words."),
    ]
    assert not council.plans.exists()
    assert not Change.objects.exists()
    intake.refresh_from_db()
    assert (intake.state, intake.version) == (IntakeState.UNDERSTOOD, 1)


def test_words_about_a_child_want_a_reason_which_is_kept(council: Council, keeper: User) -> None:
    intake = intake_of(plan(recommendation("S1", action("1", CHILD))), council, keeper)

    with pytest.raises(LooksLikeChildRecord):
        load(intake, keeper)
    assert not council.plans.exists()
    load(intake, keeper, kept_because="An invented example.")

    change = Change.objects.get(verb="add_action")
    assert change.reason == "An invented example."


@pytest.mark.parametrize("role", ["reader", "lead_officer", "board_member", "scrutiny_officer"])
def test_only_those_who_keep_the_plan_load_one(harrow: Plan, cast: Cast, role: str) -> None:
    intake = intake_of(plan(recommendation("S1", action("1"))), harrow.council, cast.plan_administrator)

    with pytest.raises(PermissionDenied):
        load(intake, getattr(cast, role))

    assert not Change.objects.exists()


def test_loaded_twice_it_is_loaded_once(council: Council, keeper: User) -> None:
    """Security case 63."""
    intake = intake_of(plan(recommendation("S1", action("1"))), council, keeper)

    first = load(intake, keeper)
    count = Change.objects.count()
    again = load(Intake.objects.get(pk=intake.pk), keeper)

    assert again == first
    assert Change.objects.count() == count
    intake.refresh_from_db()
    assert (intake.state, intake.plan, intake.loaded_by, intake.loaded_on) == (
        IntakeState.LOADED,
        first,
        keeper,
        ON,
    )


def test_what_was_changed_since_the_preview_is_not_loaded(council: Council, keeper: User) -> None:
    intake = intake_of(plan(recommendation("S1", action("1"))), council, keeper)
    Intake.objects.filter(pk=intake.pk).update(version=2)

    with pytest.raises(ChangedMeanwhile):
        load(intake, keeper)

    assert not council.plans.exists()


def test_a_plan_that_was_made_at_its_address_meanwhile_is_left_alone(council: Council, keeper: User) -> None:
    intake = intake_of(plan(recommendation("S1", action("1"))), council, keeper)
    PlanFactory(council=council, slug="from-a-file")

    with pytest.raises(ChangedMeanwhile):
        load(intake, keeper)

    assert not Action.objects.filter(recommendation__plan__council=council).exists()


def test_a_rating_that_the_key_does_not_have_is_refused(council: Council, keeper: User) -> None:
    read = plan(recommendation("S1", action("1", standings=(Standing("in-progress", "mauve", "Begun."),))))

    with pytest.raises(ValidationError):
        load(intake_of(read, council, keeper), keeper)


def test_it_is_counted_while_it_is_written(council: Council, keeper: User) -> None:
    """Two recommendations, then three actions, then the one thing that the file says of them."""
    begun = Standing("in-progress", "", "Begun.", date(2012, 9, 14))
    read = plan(
        recommendation("S1", action("1", standings=(begun,)), action("2")), recommendation("S2", action("1"))
    )
    counted: list[tuple[int, int]] = []

    load(intake_of(read, council, keeper), keeper, on_count=lambda done, of: counted.append((done, of)))

    assert counted == [(2, 6), (5, 6), (6, 6)]


def test_the_count_is_gone_when_loading_has_ended(council: Council, keeper: User) -> None:
    intake = intake_of(plan(recommendation("S1", action("1"))), council, keeper)
    count_kept.keep(intake.pk, Count(1, 2))

    load_now(intake, version=1, chosen=None, kept_because="", by=keeper, on=ON)

    assert (intake.state, count_kept.kept(intake.pk)) == (IntakeState.LOADED, None)


def test_a_plan_is_loaded_where_no_count_can_be_kept(
    council: Council, keeper: User, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "loading").write_text("No folder.")
    settings.VAR_DIR = tmp_path
    intake = intake_of(plan(recommendation("S1", action("1"))), council, keeper)

    load_now(intake, version=1, chosen=None, kept_because="", by=keeper, on=ON)

    assert intake.state == IntakeState.LOADED


def test_a_count_that_no_longer_moves_is_not_shown(settings: Any, tmp_path: Path) -> None:
    """As of a worker that was killed."""
    settings.VAR_DIR = tmp_path
    count_kept.keep(7, Count(1500, 10250))
    now = str(count_kept.kept(7))
    os.utime(tmp_path / "loading" / "7", (0, 0))

    assert (now, count_kept.kept(7)) == ("1,500 of 10,250", None)
