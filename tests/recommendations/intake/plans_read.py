"""Plans as understood from a file, made without one: what loading and comparing are tried on."""

from dataclasses import replace
from datetime import date
from typing import Any

from improvement.models import Council, Plan, User
from recommendations.intake import written
from recommendations.intake.plan_read import (
    ActionRead,
    Due,
    PlanRead,
    PostRead,
    RecommendationRead,
    Said,
    Standing,
)
from recommendations.intake.rows import Place
from recommendations.models import Action, Intake, IntakeState, Recommendation

ON = date(2012, 11, 14)
SHA = "5" * 64


def due(on: date | None = None, text: str = "", precision: str = "") -> Due:
    return Due(
        on, precision or ("day" if on else "to-be-confirmed"), text or (f"{on:%d.%m.%y}" if on else "TBC")
    )


def action(number: str, text: str = "", **other: Any) -> ActionRead:
    """An action led by DCS, due at the end of March 2013, of which nothing is said."""
    values: dict[str, Any] = {
        "phase": "none",
        "leads": ("DCS",),
        "due": due(date(2013, 3, 31)),
        "standings": (),
        **other,
    }
    said = tuple(Said(each) for each in values.pop("standings"))
    return ActionRead(
        number=Said(number),
        text=Said(text or f"Do number {number}.", places=(Place(0, 1, 0),)),
        standings=said,
        **{name: Said(value) for name, value in values.items()},
    )


def recommendation(reference: str, *actions: ActionRead, **other: str) -> RecommendationRead:
    values = {
        "theme": "Safeguarding",
        "timescale": "immediate",
        "text": f"Improve {reference}.",
        "outcome": "",
        **other,
    }
    return RecommendationRead(
        reference=Said(reference), actions=actions, **{name: Said(value) for name, value in values.items()}
    )


def plan(*recommendations: RecommendationRead) -> PlanRead:
    themes = dict.fromkeys(each.theme.value for each in recommendations if each.theme.value)
    leads = dict.fromkeys(
        lead for each in recommendations for one in each.actions for lead in one.leads.value
    )
    posts = tuple(PostRead(lead, "", in_key=False, written=(lead,)) for lead in leads)
    return PlanRead("A plan", tuple(themes), recommendations, posts, (), ())


def as_read(plan: Plan) -> PlanRead:
    """A plan of the database as a file would give it, word for word."""
    posts = plan.council.lead_officers.order_by("abbreviation")
    return PlanRead(
        title=plan.name,
        themes=tuple(plan.themes.values_list("name", flat=True)),
        recommendations=tuple(
            _recommendation(each) for each in Recommendation.objects.for_plan(plan).in_order()
        ),
        posts=tuple(PostRead(post.abbreviation, post.title, post.in_key, ()) for post in posts),
        unplaced=(),
        notices=(),
    )


def _recommendation(ours: Recommendation) -> RecommendationRead:
    actions = Action.objects.for_recommendation(ours).with_leads().in_plan_order()
    return RecommendationRead(
        reference=Said(ours.reference),
        theme=Said(ours.theme.name),
        timescale=Said(ours.timescale),
        text=Said(ours.text),
        outcome=Said(ours.outcome),
        actions=tuple(_action(each) for each in actions),
    )


def _action(ours: Action) -> ActionRead:
    return ActionRead(
        number=Said(ours.number),
        phase=Said(ours.phase),
        text=Said(ours.original_text),
        leads=Said(tuple(lead.lead_officer.abbreviation for lead in ours.leads.all())),
        due=Said(Due(ours.original_due_on, ours.due_precision, ours.due_text)),
        standings=tuple(
            Said(Standing(said.stage, said.rating.slug if said.rating else "", said.narrative, said.on))
            for said in ours.updates.order_by("sequence")
        ),
    )


def changed(read: PlanRead, reference: str, number: str, **fields: Any) -> PlanRead:
    """The plan with other values in one of its actions."""
    recommendations = tuple(
        replace(each, actions=tuple(_with(one, number, fields) for one in each.actions))
        if each.reference.value == reference
        else each
        for each in read.recommendations
    )
    return replace(read, recommendations=recommendations)


def _with(one: ActionRead, number: str, fields: dict[str, Any]) -> ActionRead:
    if one.number.value != number:
        return one
    said = {
        name: replace(getattr(one, name), value=value)
        for name, value in fields.items()
        if name != "standings"
    }
    if "standings" in fields:
        said["standings"] = tuple(Said(each) for each in fields["standings"])
    return replace(one, **said)


def intake_of(
    read: PlanRead,
    council: Council,
    by: User,
    *,
    plan: Plan | None = None,
    slug: str = "from-a-file",
    name: str = "plan.docx",
    sha256: str = SHA,
    on: date = ON,
) -> Intake:
    """An intake that was read, with what was understood."""
    return Intake.objects.create(
        council=council,
        plan=plan,
        plan_slug=plan.slug if plan else slug,
        plan_name=plan.name if plan else "From a file",
        by=by,
        name=name,
        size=1,
        sha256=sha256,
        file="intakes/nowhere",
        begun_on=on,
        state=IntakeState.UNDERSTOOD,
        understood=written.as_json(read),
    )
