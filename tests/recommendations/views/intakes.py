"""An intake of Harrow's as its pages find it: read and understood, with something certain, something likely, something
that somebody has to look at, and something that has no place."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from improvement.models import Plan, User
from improvement.stored_files import store
from recommendations.intake.columns import Meaning, TableMapping
from recommendations.intake.plan_read import (
    ActionRead,
    Due,
    PlanRead,
    PostRead,
    RecommendationRead,
    Said,
    Standing,
    Sureness,
    Unplaced,
)
from recommendations.intake.rows import Cell, Kind, Notice, Place, Row, Source, Table
from recommendations.intake.written import as_json
from recommendations.models import Intake, IntakeState

LIST = "/harrow/intake/"
CONTENT = b"Ref,Recommendation,Action,Lead,By when,Progress\r\n"
HEADINGS = ("Ref", "Recommendation", "Action", "Lead", "By when", "Progress", "Notes")
ROWS = (
    (
        "S1",
        "Plan early.",
        "(1) Train every manager.",
        "DCS / HoS",
        "31.9.12",
        "Completed: all were trained.",
        "See file",
    ),
    ("", "", "(2) Write a policy.", "HoS", "March 2013", "Will be completed in May.", ""),
    ("S2", "Listen to children.", "(1) Ask them every month.", "DCS", "Ongoing", "", ""),
)
SOURCE = Source(
    Kind.WORD,
    (
        Table(
            "Table 1",
            tuple(Row(n, tuple(Cell(text) for text in row)) for n, row in enumerate((HEADINGS, *ROWS), 1)),
        ),
        Table("Table 2", (Row(1, (Cell("Version"), Cell("2.01"))),)),
    ),
    notices=(Notice("A comment is not part of the plan", "Table 1, row 2", "Check this"),),
)
MAPPING = (
    TableMapping(
        0,
        (0,),
        (
            Meaning.REFERENCE,
            Meaning.RECOMMENDATION,
            Meaning.ACTION,
            Meaning.LEADS,
            Meaning.DUE,
            Meaning.PROGRESS,
            Meaning.KEPT,
        ),
    ),
    TableMapping(1, (), ()),
)


def at(row: int, column: int) -> tuple[Place, ...]:
    return (Place(0, row, column),)


def read() -> PlanRead:
    """Two recommendations with three actions. A day that never was and a promise have to be looked at."""
    unsure = Sureness.UNSURE
    first = ActionRead(
        number=Said("1", at(1, 2), "The number before the words", Sureness.LIKELY),
        phase=Said("none"),
        text=Said("Train every manager.", at(1, 2)),
        leads=Said(("DCS", "HoS"), at(1, 3), "Told apart at the stroke", Sureness.LIKELY),
        due=Said(Due(None, "to-be-confirmed", "31.9.12"), at(1, 4), "September has 30 days", unsure),
        standings=(Said(Standing("complete", "", "Completed: all were trained."), at(1, 5)),),
    )
    promised = Standing("in-progress", "", "Will be completed in May.")
    second = ActionRead(
        number=Said("2", at(2, 2), "The number before the words", Sureness.LIKELY),
        phase=Said("none"),
        text=Said("Write a policy.", at(2, 2)),
        leads=Said(("HoS",), at(2, 3)),
        due=Said(
            Due(date(2013, 3, 31), "month", "March 2013"),
            at(2, 4),
            "The last day of the month",
            Sureness.LIKELY,
        ),
        standings=(Said(promised, at(2, 5), "A promise is not a completion", unsure),),
    )
    third = ActionRead(
        number=Said("1", at(3, 2), "The number before the words", Sureness.LIKELY),
        phase=Said("none"),
        text=Said("Ask them every month.", at(3, 2)),
        leads=Said(("DCS",), at(3, 3)),
        due=Said(Due(None, "ongoing", "Ongoing"), at(3, 4)),
    )
    return PlanRead(
        title="",
        themes=(),
        recommendations=(
            RecommendationRead(
                Said("S1", at(1, 0)),
                Said(""),
                Said("none"),
                Said("Plan early.", at(1, 1)),
                Said(""),
                (first, second),
            ),
            RecommendationRead(
                Said("S2", at(3, 0)),
                Said(""),
                Said("none"),
                Said("Listen to children.", at(3, 1)),
                Said(""),
                (third,),
            ),
        ),
        posts=(
            PostRead("DCS", "", in_key=False, written=("DCS",)),
            PostRead("HoS", "", in_key=False, written=("HoS",)),
        ),
        unplaced=(Unplaced(Place(0, 1, 6), "See file", "Its column is kept and shown only"),),
        notices=SOURCE.notices,
    )


def certain() -> PlanRead:
    """The same with nothing that somebody has to look at."""
    plan = read()
    recommendations = tuple(
        replace(each, actions=tuple(_certain(action) for action in each.actions))
        for each in plan.recommendations
    )
    return replace(plan, recommendations=recommendations)


def long(actions: int) -> PlanRead:
    """One recommendation with many actions, each from the same row of the file."""
    plan = certain()
    first = plan.recommendations[0]
    many = tuple(replace(first.actions[0], number=Said(str(number))) for number in range(1, actions + 1))
    return replace(plan, recommendations=(replace(first, actions=many),))


def intake_of(
    user: User, plan_read: PlanRead | None = None, *, plan: Plan | None = None, **other: Any
) -> Intake:
    """Read and understood, of the user's council, for a new plan unless one is named; `other` says otherwise."""
    council = plan.council if plan else user.memberships.get().council
    stored = store(ContentFile(CONTENT), "intake")
    fields: dict[str, Any] = {
        "council": council,
        "plan": plan,
        "plan_slug": plan.slug if plan else "our-plan",
        "plan_name": plan.name if plan else "Our plan",
        "by": user,
        "name": "Plan v2.csv",
        "kind": Kind.WORD.value,
        "size": stored.size,
        "sha256": stored.sha256,
        "file": stored.name,
        "begun_on": date(2012, 11, 14),
        "state": IntakeState.UNDERSTOOD,
        "source": as_json(SOURCE),
        "mapping": as_json(MAPPING),
        "understood": as_json(plan_read or read()),
    }
    return Intake.objects.create(**{**fields, **other})


def _certain(action: ActionRead) -> ActionRead:
    due = replace(action.due, sure=Sureness.LIKELY)
    standings = tuple(replace(said, sure=Sureness.LIKELY) for said in action.standings)
    return replace(action, due=due, standings=standings)
