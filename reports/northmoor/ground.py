"""What Northmoor's story stands on: council, partners, posts, accounts, the inspection, and the plan before its actions.

These are the rows that other councils have from their fixtures; whatever has a function of a workflow is made by it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from boards.models import Cost
from improvement import demonstration, inspection_workflow
from improvement.models import (
    Council,
    Framework,
    Inspection,
    InterventionKind,
    LeadOfficer,
    Organisation,
    Plan,
    Rating,
    RatingScale,
    Theme,
    Unit,
    User,
)
from recommendations.models import Action, Recommendation
from reports.northmoor import texts
from reports.northmoor.story import Story

NAME, PLAN, COLOUR = "Northmoor Borough Council", "Northmoor Improvement Plan", "#3a3f7a"
DOMAIN = "northmoor.example"


@dataclass(frozen=True)
class Event:
    """Something that is done on a day; of a day's events the lower rank comes first, then the one planned first."""

    on: date
    rank: int
    do: Callable[[], object]


# Within a day: what is set up, what is opened and closed, what is said, what is read, and the meeting.
SET_UP, OPEN, SAY, READ, MEET, AFTER = range(6)


@dataclass
class Ground:
    """The rows that the story plays on. `actions` are known by what their updates call them."""

    story: Story
    council: Council
    posts: dict[str, LeadOfficer]
    accounts: dict[str, User]
    inspection: Inspection
    plan: Plan
    recommendations: dict[str, Recommendation]
    ratings: dict[str, Rating]
    actions: dict[str, Action] = field(default_factory=dict)

    @property
    def administrator(self) -> User:
        return self.accounts["plan.administrator"]

    @property
    def chair(self) -> User:
        return self.accounts["chair"]

    def holder(self, post: str) -> User | None:
        """The account that holds a post; None for a post of an organisation that has none."""
        holders = [each for each in demonstration.NORTHMOOR if post in each.posts]
        return self.accounts[_local(holders[0].email)] if holders else None


def lay(story: Story) -> Ground:
    council = Council.objects.create(slug=demonstration.LIVING, name=NAME, colour=COLOUR)
    organisations, posts = _partners(council)
    demonstration.let_in(demonstration.NORTHMOOR, on=story.days.begun)
    emails = [account.email for account in demonstration.NORTHMOOR]
    accounts = {_local(user.email): user for user in User.objects.filter(email__in=emails)}
    inspection = _inspection(story, council, accounts["plan.administrator"])
    scale = RatingScale.objects.default()
    plan = Plan.objects.create(council=council, slug=demonstration.LIVING_PLAN, name=PLAN, rating_scale=scale)
    plan.inspections.add(inspection)
    _costs(plan, story)
    return Ground(
        story=story,
        council=council,
        posts=posts,
        accounts=accounts,
        inspection=inspection,
        plan=plan,
        recommendations=_recommendations(plan, inspection, organisations, story.days.published),
        ratings={rating.slug: rating for rating in scale.ratings.all()},
    )


def _partners(council: Council) -> tuple[dict[str, Organisation], dict[str, LeadOfficer]]:
    organisations, posts = {}, {}
    for row in texts.read("plan")["organisation"]:
        partner = Organisation.objects.create(council=council, slug=row["slug"], name=row["name"])
        organisations[partner.slug] = partner
        for abbreviation, title in row["posts"]:
            posts[abbreviation] = LeadOfficer.objects.create(
                council=council, organisation=partner, abbreviation=abbreviation, title=title
            )
    return organisations, posts


def _inspection(story: Story, council: Council, by: User) -> Inspection:
    said, (started, ended) = texts.read("board")["inspection"], story.days.inspected
    framework = framework_of("ilacs", started)
    grades = {grade.slug: grade for grade in framework.grades.all()}
    judged = {
        area: grades[said["grades"][area.slug]]
        for area in framework.areas.all()
        if area.slug in said["grades"]
    }
    return inspection_workflow.add_inspection(
        council=council,
        judgements=judged,
        by=by,
        on=story.days.published,
        framework=framework,
        name=f"{said['name']}, {started:%B %Y}",
        inspectorates=said["inspectorates"],
        started_on=started,
        ended_on=ended,
        published_on=story.days.published,
        received_on=story.days.received,
        received_note=said["received"],
        note=said["note"],
    )


def framework_of(name: str, on: date) -> Framework:
    """The framework of that name which was in force on a day."""
    found = Framework.objects.filter(slug__startswith=name, from_on__lte=on).order_by("-from_on", "pk")
    return found[0]


def notice(ground: Ground, on: date) -> None:
    """The department issues an improvement notice and asks for a report every three months."""
    said = texts.read("board")["inspection"]["notice"]
    inspection_workflow.add_intervention(
        council=ground.council,
        inspection=ground.inspection,
        by=ground.administrator,
        on=on,
        kind=InterventionKind.NOTICE,
        by_whom=said["by_whom"],
        issued_on=on,
        expected_months=24,
        report_every=3,
        report_unit=Unit.MONTHS,
        note=said["note"],
    )


def _recommendations(
    plan: Plan, inspection: Inspection, organisations: dict[str, Organisation], on: date
) -> dict[str, Recommendation]:
    made: dict[str, Recommendation] = {}
    for place, row in enumerate(texts.read("plan")["theme"], start=1):
        theme = Theme.objects.create(plan=plan, slug=row["slug"], name=row["name"], position=place)
        for position, asked in enumerate(row["recommendation"], start=1):
            made[asked["reference"]] = _recommendation(theme, asked, position, inspection, on)
            made[asked["reference"]].organisations.set(organisations[slug] for slug in asked["organisations"])
    return made


def _recommendation(
    theme: Theme, asked: dict[str, Any], position: int, inspection: Inspection, on: date
) -> Recommendation:
    copied = ("reference", "title", "text", "outcome", "timescale")
    return Recommendation.objects.create(
        plan=theme.plan,
        theme=theme,
        position=position,
        raised_on=on,
        inspection=inspection,
        **{name: asked[name] for name in copied},
    )


def _costs(plan: Plan, story: Story) -> None:
    first = story.days.meeting(1).year
    for place, row in enumerate(texts.read("board")["cost"], start=1):
        Cost.objects.create(
            plan=plan,
            slug=f"cost-{place}",
            position=place,
            year=f"{first}/{(first + 1) % 100:02}",
            what=row["what"],
            amount_text=row["amount"],
            amount=int(row["amount"].strip("£").replace(",", "")),
            funded_by=row["funded_by"],
            stated_on=story.days.meeting(2),
        )


def _local(email: str) -> str:
    return email.removesuffix(f"@{DOMAIN}")
