"""Figures as of a day, against a recount in plain Python; and each against the list behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from improvement.models import Plan
from recommendations import progress
from recommendations.filters import ActionFilter
from recommendations.models import (
    Action,
    ActionLead,
    DueDateChange,
    Handover,
    Phase,
    ProgressUpdate,
    Stage,
    Timescale,
)
from recommendations.progress import Figure, Figures, Part
from tests.factories import (
    CouncilFactory,
    LeadOfficerFactory,
    OrganisationFactory,
    PlanFactory,
    RatingFactory,
    RatingScaleFactory,
    RecommendationFactory,
    ThemeFactory,
    UserFactory,
)
from tests.recommendations.recount import expected, figures_in, recount

FIRST = date(2012, 9, 1)

# Random plans


@dataclass(frozen=True)
class Drawn:
    """An action, with days counted from FIRST.

    Updates are (day, stage, rating's place or None) in the order written; moves of the due date are (day of the
    decision, new day, whether it was agreed); handovers are (day, leads) in the order made.
    """

    recommendation: int
    phase: str
    leads: tuple[int, ...]
    due: int | None
    added: int
    updates: tuple[tuple[int, str, int | None], ...]
    moves: tuple[tuple[int, int, bool], ...]
    handovers: tuple[tuple[int, tuple[int, ...]], ...]


days = st.integers(0, 120)
updates = st.lists(
    st.tuples(days, st.sampled_from(Stage.values), st.sampled_from([None, 0, 1, 2])), max_size=4
)
drawn_actions = st.builds(
    Drawn,
    recommendation=st.integers(0, 3),
    phase=st.sampled_from(Phase.values),
    leads=st.lists(st.integers(0, 3), unique=True, max_size=3).map(tuple),
    due=st.one_of(st.none(), days),
    added=st.integers(0, 60),
    updates=updates.map(lambda said: tuple(sorted(said, key=lambda update: update[0]))),
    moves=st.lists(st.tuples(days, days, st.booleans()), max_size=3).map(tuple),
    handovers=st.lists(
        st.tuples(days, st.lists(st.integers(0, 3), unique=True, min_size=1, max_size=3).map(tuple)),
        max_size=3,
    ).map(lambda made: tuple(sorted(made, key=lambda handover: handover[0]))),
)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def build(actions: list[Drawn]) -> Plan:
    """A plan of two themes, four recommendations and four posts in two organisations."""
    council = CouncilFactory(slug="drawn")
    organisations = [OrganisationFactory(council=council, slug=f"o{n}") for n in range(2)]
    posts = [
        LeadOfficerFactory(council=council, organisation=organisations[n % 2], abbreviation=f"P & {n}")
        for n in range(4)
    ]
    scale = RatingScaleFactory(slug="drawn")
    ratings = [
        RatingFactory(scale=scale, slug=f"r{n}", letter=f"{n}", word=f"R{n}", position=n) for n in range(3)
    ]
    plan = PlanFactory(council=council, rating_scale=scale)
    themes = [ThemeFactory(plan=plan, slug=f"t{n}", position=n) for n in range(2)]
    recommendations = [
        RecommendationFactory(
            theme=themes[n % 2], reference=f"R{n}", position=n, timescale=Timescale.values[n % 3]
        )
        for n in range(4)
    ]
    made = Action.objects.bulk_create(
        Action(
            recommendation=recommendations[drawn.recommendation],
            number=str(n),
            position=n,
            phase=drawn.phase,
            original_text="x",
            original_due_on=None if drawn.due is None else day(drawn.due),
            added_on=day(drawn.added),
        )
        for n, drawn in enumerate(actions)
    )
    ActionLead.objects.bulk_create(
        ActionLead(action=action, lead_officer=posts[post], position=place)
        for action, drawn in zip(made, actions, strict=True)
        for place, post in enumerate(drawn.leads, start=1)
    )
    asker, decider = UserFactory(), UserFactory()
    for action, drawn in zip(made, actions, strict=True):
        for sequence, (on, leads) in enumerate(drawn.handovers, start=1):
            handover = Handover.objects.create(
                action=action, sequence=sequence, on=day(on), reason="x", by=asker
            )
            ActionLead.objects.bulk_create(
                ActionLead(action=action, lead_officer=posts[post], position=place, handover=handover)
                for place, post in enumerate(leads, start=1)
            )
    DueDateChange.objects.bulk_create(
        DueDateChange(
            action=action,
            new_on=day(new),
            requested_on=FIRST,
            requested_by=asker,
            decision="agreed" if agreed else "refused",
            decided_on=day(decided),
            decided_by=decider,
        )
        for action, drawn in zip(made, actions, strict=True)
        for decided, new, agreed in drawn.moves
    )
    ProgressUpdate.objects.bulk_create(
        ProgressUpdate(
            action=action,
            sequence=sequence,
            on=day(on),
            stage=stage,
            rating=None if rating is None else ratings[rating],
            narrative="x",
        )
        for action, drawn in zip(made, actions, strict=True)
        for sequence, (on, stage, rating) in enumerate(drawn.updates, start=1)
    )
    return plan


# The lists behind the figures


def listed(plan: Plan, on: date, query: str) -> list[int]:
    """The rows of the list that a figure links to."""
    actions = Action.objects.for_plan(plan).as_of(on).with_sort_keys(on=on).in_plan_order()
    narrowed = ActionFilter(QueryDict(query), queryset=actions, plan=plan, on=on)
    assert narrowed.form.is_valid(), narrowed.form.errors
    return [action.pk for action in narrowed.qs]


def parts_of(plan: Plan, on: date) -> dict[str, tuple[Part, ...]]:
    """Every part of a plan that has figures, by the parameter of its list."""
    broken = progress.break_down(plan, on=on)
    return {
        "theme": broken.themes,
        "timescale": broken.timescales,
        "phase": broken.phases,
        "recommendation": broken.recommendations,
        "lead": progress.by_lead_officer(plan, on=on),
        "organisation": progress.by_organisation(plan, on=on),
    }


searching = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@contextmanager
def undone() -> Iterator[None]:
    """Takes one example's rows away before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_figure_is_found(harrow: Plan) -> None:
    labels = [figure.label for figure in figures_in(progress.of_plan(harrow, on=date(2012, 11, 14)))]

    assert sorted(labels) == sorted(
        [
            "Actions",
            "Should be finished",
            "Overdue",
            "Due in the next 30 days",
            "Not updated for 30 days",
            "Without a due date",
            "Due date moved",
            "Completed late",
            "Completed on time",
            "Not rated",
            "Red",
            "Amber",
            "Green",
            *Stage.labels,
        ]
    )


@searching
@given(actions=st.lists(drawn_actions, max_size=10), on=st.integers(-1, 160))
def test_figures_of_any_plan_on_any_day_are_a_plain_recount(
    councils: None, actions: list[Drawn], on: int
) -> None:
    with undone():
        plan = build(actions)
        stood = recount(plan, day(on))

        counted = {figure.label: figure.count for figure in figures_in(progress.of_plan(plan, on=day(on)))}
        whole = progress.break_down(plan, on=day(on)).whole
        by_part = {
            (kind, part.key, figure.label): figure.count
            for kind, parts in parts_of(plan, day(on)).items()
            for part in parts
            for figure in figures_in(part.figures)
        }

        assert counted == {label: len(keys) for label, keys in expected(stood, day(on)).items()}
        assert whole == progress.of_plan(plan, on=day(on))
        there = {part for one in stood for part in one.parts}
        assert by_part == {
            (kind, key, label): len(keys)
            for kind, key in there
            for label, keys in expected((one for one in stood if (kind, key) in one.parts), day(on)).items()
        }


@settings(searching, max_examples=12)
@given(actions=st.lists(drawn_actions, min_size=1, max_size=10), on=st.integers(-1, 160), pick=st.data())
def test_the_list_behind_any_figure_has_exactly_its_actions(
    councils: None, actions: list[Drawn], on: int, pick: st.DataObject
) -> None:
    with undone():
        plan = build(actions)
        stood = recount(plan, day(on))
        kind, parts = pick.draw(st.sampled_from(sorted(parts_of(plan, day(on)).items())))
        chosen = pick.draw(st.sampled_from(parts)) if parts else None

        lists = {
            f.label: listed(plan, day(on), f.query) for f in figures_in(progress.of_plan(plan, on=day(on)))
        }
        of_part = (
            {f.label: listed(plan, day(on), f.query) for f in figures_in(chosen.figures)} if chosen else {}
        )

        assert {label: sorted(keys) for label, keys in lists.items()} == {
            label: sorted(keys) for label, keys in expected(stood, day(on)).items()
        }
        if chosen:
            theirs = [one for one in stood if (kind, chosen.key) in one.parts]
            assert {label: sorted(keys) for label, keys in of_part.items()} == {
                label: sorted(keys) for label, keys in expected(theirs, day(on)).items()
            }


@searching
@given(
    said=updates.map(tuple),
    on=days,
)
def test_a_word_for_an_earlier_day_said_later_counts_on_its_own_day(
    councils: None, said: tuple[tuple[int, str, int | None], ...], on: int
) -> None:
    """Updates need not have been written in the order of their days."""
    with undone():
        plan = build([Drawn(0, "none", (), 60, 0, said, (), ())])

        counted = {figure.label: figure.count for figure in figures_in(progress.of_plan(plan, on=day(on)))}

        assert counted == {
            label: len(keys) for label, keys in expected(recount(plan, day(on)), day(on)).items()
        }


# Harrow's own


def test_every_figure_of_harrow_and_of_each_of_its_parts_is_a_plain_recount(harrow: Plan) -> None:
    on = date(2012, 11, 14)
    stood = recount(harrow, on)

    for kind, parts in parts_of(harrow, on).items():
        for part in parts:
            theirs = expected((one for one in stood if (kind, part.key) in one.parts), on)
            for figure in figures_in(part.figures):
                if figure.label not in ("Red", "Amber", "Green"):
                    assert (kind, part.key, figure.label, figure.count) == (
                        kind,
                        part.key,
                        figure.label,
                        len(theirs[figure.label]),
                    )


def test_the_lists_behind_harrows_figures_have_as_many_rows(harrow: Plan) -> None:
    on = date(2012, 11, 14)
    figures = figures_in(progress.of_plan(harrow, on=on))
    figures += [
        f
        for part in progress.by_lead_officer(harrow, on=on)
        for f in (part.figures.actions, part.figures.overdue)
    ]

    counts = {figure.query: len(listed(harrow, on, figure.query)) for figure in figures}

    assert counts == {figure.query: figure.count for figure in figures}


# Words and order


def test_headlines() -> None:
    def headline(actions: int, due: int, late: int) -> str:
        none = Figure("", 0, "")
        return Figures(
            on=FIRST,
            actions=Figure("", actions, ""),
            stages=(),
            ratings=(),
            should_be_finished=Figure("", due, ""),
            overdue=Figure("", late, ""),
            due_soon=none,
            silent=none,
            undated=none,
            moved=none,
            completed_late=none,
            completed_on_time=none,
        ).headline

    assert headline(101, 62, 40) == "40 of 62 actions that should be finished are not"
    assert headline(101, 62, 1) == "1 of 62 actions that should be finished is not"
    assert headline(5, 1, 1) == "1 of 1 action that should be finished is not"
    assert headline(101, 62, 0) == "All 62 actions that should be finished are"
    assert headline(5, 1, 0) == "The one action that should be finished is"
    assert headline(101, 0, 0) == "None of the 101 actions was due to be finished yet"
    assert headline(1, 0, 0) == "The one action was not due to be finished yet"
    assert headline(0, 0, 0) == "The plan had no actions on this day"


def test_longest_overdue_first(harrow: Plan) -> None:
    standings = progress.longest_overdue(harrow, on=date(2012, 11, 14), at_most=8)

    overdue = [standing.days_overdue for standing in standings]
    assert len(overdue) == 8
    assert overdue == sorted(overdue, reverse=True)


def test_posts_with_most_overdue_come_first(harrow: Plan) -> None:
    parts = progress.by_lead_officer(harrow, on=date(2012, 11, 14))

    counts = [part.figures.overdue.count for part in parts]
    assert counts == sorted(counts, reverse=True)


def test_figures_cost_the_same_queries_however_many_actions(
    councils: None, harrow: Plan, northmoor: Plan, django_assert_num_queries: Any
) -> None:
    for plan in (northmoor, harrow):
        with django_assert_num_queries(2):
            progress.of_plan(plan, on=date(2025, 7, 1))
        with django_assert_num_queries(2):
            progress.by_lead_officer(plan, on=date(2025, 7, 1))
        with django_assert_num_queries(2):
            progress.break_down(plan, on=date(2025, 7, 1))
