"""The cast, the same in every test: two councils and the people who come to them.

Harrow has the plan of the fixtures and stands at 14 November 2012. Northmoor is invented: it lives today, has a plan of
four actions with a rating key of its own, and a post with the same abbreviation as one of Harrow's.
"""

from dataclasses import dataclass
from datetime import date

from django.core.management import call_command

from improvement.demonstration import SHIPPED
from improvement.models import Council, CountsAs, LeadOfficer, Organisation, Plan, Role, User
from recommendations.models import Phase, Stage, Timescale
from tests.factories import (
    ActionFactory,
    CouncilFactory,
    HoldingFactory,
    LeadOfficerFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanFactory,
    ProgressUpdateFactory,
    RatingFactory,
    RatingScaleFactory,
    RecommendationFactory,
    ThemeFactory,
    UserFactory,
)

# The other councils of the demonstration would cost every process of a run a second.
FIXTURES = (*SHIPPED, "harrow")
HARROW = ("harrow", "children-and-families-2012")
NORTHMOOR = ("northmoor", "improvement-2025")
# Addresses of the two plans' pages begin so.
HARROW_PAGES = "/harrow/children-and-families-2012/"
NORTHMOOR_PAGES = "/northmoor/improvement-2025/"


@dataclass(frozen=True)
class Cast:
    """Everybody is of Harrow, except the last three."""

    lead_officer: User  # holds SM QA
    board_member: User
    scrutiny_officer: User
    plan_administrator: User
    reader: User
    northmoor_administrator: User
    staff: User
    stranger: User


def emails() -> dict[str, str]:
    return {name: f"{name.replace('_', '.')}@cast.example" for name in Cast.__dataclass_fields__}


def called() -> Cast:
    """The cast as the database has it."""
    users = User.objects.in_bulk(emails().values(), field_name="email")
    return Cast(**{name: users[email] for name, email in emails().items()})


def stage_everything() -> None:
    """Load the fixtures, build Northmoor, let everybody in."""
    call_command("loaddata", *FIXTURES, verbosity=0)
    northmoor = _build_northmoor()
    harrow = Council.objects.get(slug="harrow")
    users = {name: UserFactory(email=email, name=_name(name)) for name, email in emails().items()}
    people = {
        "lead_officer": Role.LEAD_OFFICER,
        "board_member": Role.BOARD_MEMBER,
        "scrutiny_officer": Role.SCRUTINY_OFFICER,
        "plan_administrator": Role.PLAN_ADMINISTRATOR,
        "reader": Role.READER,
    }
    themselves = Organisation.objects.get(council=harrow, slug="harrow-council")
    for name, role in people.items():
        MembershipFactory(user=users[name], council=harrow, role=role, organisation=themselves)
    HoldingFactory(
        lead_officer=LeadOfficer.objects.get(council=harrow, abbreviation="SM QA"), user=users["lead_officer"]
    )
    MembershipFactory(
        user=users["northmoor_administrator"], council=northmoor.council, role=Role.PLAN_ADMINISTRATOR
    )
    users["staff"].is_staff = True
    users["staff"].save()


def _name(role: str) -> str:
    return role.replace("_", " ").capitalize()


def _build_northmoor() -> Plan:
    """Recommendation N1 with four actions: overdue, due soon after, undated, complete."""
    council = CouncilFactory(slug="northmoor", name="Northmoor Council", colour="#5b2a6e")
    themselves = OrganisationFactory(council=council, slug="northmoor-council", name="Northmoor Council")
    post = LeadOfficerFactory(
        council=council, organisation=themselves, abbreviation="SM QA", title="Quality lead"
    )
    scale = RatingScaleFactory(council=council, slug="northmoor-brag", name="Northmoor's key")
    blue = RatingFactory(
        scale=scale,
        slug="blue",
        letter="B",
        word="Blue",
        colour="#2b5c9e",
        counts_as=CountsAs.DONE,
        position=1,
    )
    RatingFactory(
        scale=scale,
        slug="amber",
        letter="A",
        word="Amber",
        colour="#f0a202",
        counts_as=CountsAs.AT_RISK,
        position=2,
    )
    plan = PlanFactory(
        council=council, slug="improvement-2025", name="Northmoor Improvement Plan", rating_scale=scale
    )
    theme = ThemeFactory(plan=plan, slug="front-door", name="The front door", position=1)
    only = RecommendationFactory(
        theme=theme,
        reference="N1",
        position=1,
        title="Answer every contact within a day",
        text="Answer every contact within one working day.",
        timescale=Timescale.IMMEDIATE,
        raised_on=date(2025, 1, 10),
    )

    def add(number: str, due_on: date | None, text: str) -> object:
        return ActionFactory(
            recommendation=only,
            number=number,
            position=int(number),
            phase=Phase.MUST_DO,
            original_text=text,
            original_due_on=due_on,
            added_on=date(2025, 2, 1),
            leads=[post],
        )

    add("1", date(2025, 6, 30), "Staff the front door at weekends.")
    add("2", date(2025, 7, 31), "Record each contact when it comes in.")
    add("3", None, "Listen in on ten calls a month.")
    done = add("4", date(2025, 3, 31), "Print the thresholds on one page.")
    ProgressUpdateFactory(
        action=done,
        sequence=1,
        on=date(2025, 3, 20),
        stage=Stage.COMPLETE,
        rating=blue,
        narrative="Printed and handed out.",
    )
    return plan
