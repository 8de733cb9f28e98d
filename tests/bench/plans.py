"""Plans of any size, for measuring. Written in bulk: what is measured is reading them."""

from datetime import date, timedelta

from improvement.models import (
    Council,
    Holding,
    LeadOfficer,
    Membership,
    Organisation,
    Plan,
    Rating,
    RatingScale,
    Role,
    Theme,
    User,
)
from recommendations.models import Action, ActionLead, Phase, ProgressUpdate, Recommendation, Stage, Timescale

ON = date(2012, 11, 14)
BEGAN = date(2012, 6, 27)
ACTIONS_IN_RECOMMENDATION = 5
POSTS = 30
UPDATES = 3
TEXT = (
    "Agree a protocol between health and social care, train every team in it, and audit how well it is kept. "
)
NARRATIVE = (
    "The protocol went to the board, which asked for two changes; training begins in the new year. " * 2
)


def make_plan(slug: str, count: int, reader: User) -> Plan:
    """A council with one plan of so many actions, three updates each, that the reader may update."""
    council = Council.objects.create(slug=slug, name=f"Council {slug}", stands_at=ON)
    Membership.objects.create(user=reader, council=council, role=Role.BOARD_MEMBER)
    organisation = Organisation.objects.create(council=council, slug="council", name="The council")
    posts = LeadOfficer.objects.bulk_create(
        LeadOfficer(council=council, organisation=organisation, abbreviation=f"P{n}", title=f"Post {n}")
        for n in range(POSTS)
    )
    Holding.objects.create(lead_officer=posts[0], user=reader)
    scale = RatingScale.objects.earliest("pk")
    plan = Plan.objects.create(
        council=council,
        slug="plan",
        name="Improvement plan",
        rating_scale=scale,
    )
    actions = _make_actions(plan, count, posts)
    _make_updates(actions, list(scale.ratings.order_by("position")))
    return plan


def _make_actions(plan: Plan, count: int, posts: list[LeadOfficer]) -> list[Action]:
    themes = [
        Theme.objects.create(plan=plan, slug=slug, name=slug.title(), position=position)
        for position, slug in enumerate(("safeguarding", "care"), 1)
    ]
    recommendations = Recommendation.objects.bulk_create(
        Recommendation(
            plan=plan,
            theme=themes[n % 2],
            reference=f"R{n + 1}",
            position=n,
            title=f"Recommendation {n + 1}",
            text=TEXT,
            timescale=Timescale.values[n % 3],
            raised_on=BEGAN,
        )
        for n in range(-(-count // ACTIONS_IN_RECOMMENDATION))
    )
    actions = Action.objects.bulk_create(
        (
            Action(
                recommendation=recommendations[n // ACTIONS_IN_RECOMMENDATION],
                number=str(n % ACTIONS_IN_RECOMMENDATION + 1),
                position=n % ACTIONS_IN_RECOMMENDATION + 1,
                phase=Phase.values[n % 2],
                original_text=TEXT,
                original_due_on=BEGAN + timedelta(days=n % 365),
                due_text="",
                added_on=BEGAN,
            )
            for n in range(count)
        ),
        batch_size=1000,
    )
    ActionLead.objects.bulk_create(
        (
            ActionLead(action=action, lead_officer=posts[(n + place * 7) % POSTS], position=place + 1)
            for n, action in enumerate(actions)
            for place in range(2)
        ),
        batch_size=1000,
    )
    return actions


def _make_updates(actions: list[Action], ratings: list[Rating]) -> None:
    stages = (Stage.IN_PROGRESS, Stage.COMPLETE, Stage.AWAITING_SIGN_OFF, Stage.ON_HOLD)
    ProgressUpdate.objects.bulk_create(
        (
            ProgressUpdate(
                action=action,
                sequence=sequence + 1,
                on=BEGAN + timedelta(days=30 * sequence + n % 30),
                stage=stages[n % 4] if sequence == UPDATES - 1 else Stage.IN_PROGRESS,
                rating=ratings[n % len(ratings)],
                narrative=NARRATIVE,
                source="Measuring",
            )
            for n, action in enumerate(actions)
            for sequence in range(UPDATES)
        ),
        batch_size=1000,
    )
