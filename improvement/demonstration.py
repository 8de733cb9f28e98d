"""The demonstration: its fixtures and its invented accounts."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from improvement import clock, workflow
from improvement.models import Council, LeadOfficer, Organisation, Plan, Role, User

FIXTURES = ("frameworks_and_scales", "rating_keys", "harrow")


@dataclass(frozen=True)
class Account:
    email: str
    name: str
    role: Role
    posts: tuple[str, ...] = ()
    organisation: str = "harrow-council"


ACCOUNTS = (
    Account("lead.officer@harrow.example", "Lead officer, Quality Assurance", Role.LEAD_OFFICER, ("SM QA",)),
    Account(
        "nurse@harrow.example", "Lead officer, NHS Harrow", Role.LEAD_OFFICER, ("Des Nurse",), "nhs-harrow"
    ),
    Account("board.member@harrow.example", "Board member", Role.BOARD_MEMBER),
    Account("scrutiny.officer@harrow.example", "Scrutiny officer", Role.SCRUTINY_OFFICER),
    Account("plan.administrator@harrow.example", "Plan administrator", Role.PLAN_ADMINISTRATOR),
    Account("reader@harrow.example", "Reader", Role.READER),
)
STAFF = "staff@waymark.example"
STRANGER = "stranger@elsewhere.example"


def prepare() -> None:
    """Load what is not there yet. What was typed since stays as it is."""
    with transaction.atomic():
        if not Plan.objects.exists():
            call_command("loaddata", *FIXTURES, verbosity=0)
        if not User.objects.exists():
            _make_accounts(password())


def password() -> str:
    """The demonstration accounts' shared password: made once for this installation, kept in `var/`."""
    path = Path(settings.VAR_DIR) / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(3) for _ in range(3)))
    return path.read_text().strip()


def _make_accounts(shared: str) -> None:
    council = Council.objects.get(slug="harrow")
    for account in ACCOUNTS:
        workflow.add_member(
            council=council,
            email=account.email,
            name=account.name,
            role=account.role,
            organisation=Organisation.objects.get(council=council, slug=account.organisation),
            posts=[LeadOfficer.objects.get(council=council, abbreviation=post) for post in account.posts],
            password=shared,
            by=None,
            on=clock.day_of(council),
        )
    User.objects.create_user(STAFF, shared, name="Staff", is_staff=True)
    User.objects.create_user(STRANGER, shared, name="Stranger")
