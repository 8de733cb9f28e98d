"""The demonstration: four councils as their papers have them, and its invented accounts."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction

from improvement import clock, workflow
from improvement.models import Council, LeadOfficer, Organisation, Role, User

# What every council needs, then the councils, each in a file of its own.
SHIPPED = ("frameworks", "rating_keys", "layouts")
COUNCILS = ("harrow", "haringey", "herefordshire", "hillingdon")
FIXTURES = (*SHIPPED, *COUNCILS)


@dataclass(frozen=True)
class Account:
    """Somebody invented, of a council; their organisation is the council itself unless told."""

    council: str
    email: str
    name: str
    role: Role
    posts: tuple[str, ...] = ()
    organisation: str = ""


HARROW = (
    Account(
        "harrow",
        "lead.officer@harrow.example",
        "Lead officer, Quality Assurance",
        Role.LEAD_OFFICER,
        ("SM QA",),
    ),
    Account(
        "harrow",
        "nurse@harrow.example",
        "Lead officer, NHS Harrow",
        Role.LEAD_OFFICER,
        ("Des Nurse",),
        "nhs-harrow",
    ),
    Account("harrow", "board.member@harrow.example", "Board member", Role.BOARD_MEMBER),
    Account("harrow", "scrutiny.officer@harrow.example", "Scrutiny officer", Role.SCRUTINY_OFFICER),
    Account("harrow", "plan.administrator@harrow.example", "Plan administrator", Role.PLAN_ADMINISTRATOR),
    Account("harrow", "reader@harrow.example", "Reader", Role.READER),
)
OTHERS = tuple(
    Account(council, f"{address}@{council}.example", role.label, role)
    for council in COUNCILS[1:]
    for address, role in (("plan.administrator", Role.PLAN_ADMINISTRATOR), ("reader", Role.READER))
)
ACCOUNTS = HARROW + OTHERS
STAFF = "staff@waymark.example"
STRANGER = "stranger@elsewhere.example"


def prepare() -> None:
    """Load the councils that are not there yet, with their accounts. What was typed since stays as it is."""
    with transaction.atomic():
        present = set(Council.objects.values_list("slug", flat=True))
        missing = [slug for slug in COUNCILS if slug not in present]
        if missing:
            call_command("loaddata", *SHIPPED, *missing, verbosity=0)
        if not User.objects.exists():
            _make_accounts(ACCOUNTS)
            _make_outsiders()
        else:
            _make_accounts([account for account in ACCOUNTS if account.council in missing])


def accounts_by_council() -> list[tuple[Council, list[Account]]]:
    """The councils in the order of `COUNCILS`, each with its accounts."""
    councils = Council.objects.in_bulk(COUNCILS, field_name="slug")
    return [
        (councils[slug], [account for account in ACCOUNTS if account.council == slug]) for slug in COUNCILS
    ]


def password() -> str:
    """The demonstration accounts' shared password: made once for this installation, kept in `var/`."""
    path = Path(settings.VAR_DIR) / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(3) for _ in range(3)))
    return path.read_text().strip()


def _make_accounts(accounts: Sequence[Account]) -> None:
    councils = Council.objects.in_bulk(COUNCILS, field_name="slug")
    for account in accounts:
        council = councils[account.council]
        organisation = account.organisation or f"{council.slug}-council"
        workflow.add_member(
            council=council,
            email=account.email,
            name=account.name,
            role=account.role,
            organisation=Organisation.objects.get(council=council, slug=organisation),
            posts=[LeadOfficer.objects.get(council=council, abbreviation=post) for post in account.posts],
            by=None,
            on=clock.day_of(council),
        )
    _share_password(account.email for account in accounts)


def _make_outsiders() -> None:
    User.objects.create_user(STAFF, name="Staff", is_staff=True)
    User.objects.create_user(STRANGER, name="Stranger")
    _share_password((STAFF, STRANGER))


def _share_password(emails: Iterable[str]) -> None:
    """One password, so it is hashed once: hashing is slow on purpose."""
    User.objects.filter(email__in=list(emails)).update(password=make_password(password()))
