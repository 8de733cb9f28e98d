"""The demonstration: four councils as their papers have them, one that is invented and lives today, and the accounts."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
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
# Northmoor is no fixture: it is made for the day, by a command of the room downstream that knows how.
LIVING, MAKE_LIVING = "northmoor-borough", "make_northmoor"
LIVING_PLAN = "improvement-plan"


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


def _of_northmoor(
    address: str, name: str, role: Role, posts: tuple[str, ...] = (), organisation: str = ""
) -> Account:
    return Account(LIVING, f"{address}@northmoor.example", name, role, posts, organisation)


NORTHMOOR = (
    _of_northmoor("plan.administrator", "Plan administrator", Role.PLAN_ADMINISTRATOR),
    _of_northmoor("chair", "Independent chair", Role.BOARD_MEMBER),
    _of_northmoor("board.member", "Board member, health", Role.BOARD_MEMBER, (), "northmoor-and-vale-icb"),
    _of_northmoor("scrutiny.officer", "Scrutiny officer", Role.SCRUTINY_OFFICER),
    _of_northmoor("reader", "Reader", Role.READER),
    _of_northmoor("director", "Director's office", Role.LEAD_OFFICER, ("DCS", "AD EI")),
    _of_northmoor(
        "lead.officer",
        "Lead officer, help and protection",
        Role.LEAD_OFFICER,
        ("AD SFH", "HoS FD", "HoS FH", "HoS CPC", "HoL"),
    ),
    _of_northmoor(
        "care",
        "Lead officer, care",
        Role.LEAD_OFFICER,
        ("AD CIC", "HoS CIC", "HoS LC", "HoS FP", "VSH", "StC"),
    ),
    _of_northmoor(
        "quality",
        "Lead officer, quality",
        Role.LEAD_OFFICER,
        ("AD QP", "PSW", "SM IRO", "SM Perf", "WDM", "HR BP", "CSM"),
    ),
    _of_northmoor(
        "nurse",
        "Lead officer, Integrated Care Board",
        Role.LEAD_OFFICER,
        ("Des Nurse", "Des Doctor", "ICB CYP"),
        "northmoor-and-vale-icb",
    ),
    _of_northmoor(
        "community.health",
        "Lead officer, Vale Community Health",
        Role.LEAD_OFFICER,
        ("HV SN", "CAMHS"),
        "vale-community-health",
    ),
    _of_northmoor(
        "police", "Lead officer, Moorland Police", Role.LEAD_OFFICER, ("Det Supt", "DI FD"), "moorland-police"
    ),
    _of_northmoor(
        "partnership",
        "Lead officer, Safeguarding Partnership",
        Role.LEAD_OFFICER,
        ("SCP BM", "SCP IS"),
        "safeguarding-partnership",
    ),
)
STAFF = "staff@waymark.example"
STRANGER = "stranger@elsewhere.example"


def prepare(*, living: bool = True, tell: Callable[[str], None]) -> None:
    """Load or make the councils that are not there yet, with their accounts. What was typed since stays as it is.

    Northmoor is made once, for the day on which it is; from then on it lives by what people do in it. `tell` hears what
    is being done.
    """
    with transaction.atomic():
        present = set(Council.objects.values_list("slug", flat=True))
        missing = [slug for slug in COUNCILS if slug not in present]
        if missing:
            tell("Loading the councils' plans ...")
            call_command("loaddata", *SHIPPED, *missing, verbosity=0)
        if not User.objects.exists():
            let_in(ACCOUNTS)
            _make_outsiders()
        else:
            let_in([account for account in ACCOUNTS if account.council in missing])
        if living and LIVING not in present:
            tell("Living through eighteen months of Northmoor, which takes a minute ...")
            call_command(MAKE_LIVING, verbosity=0)


def accounts_by_council() -> list[tuple[Council, list[Account]]]:
    """The councils that are there, in the order of `COUNCILS` and then Northmoor, each with its accounts."""
    slugs = (*COUNCILS, LIVING)
    councils = Council.objects.in_bulk(slugs, field_name="slug")
    everybody = (*ACCOUNTS, *NORTHMOOR)
    return [
        (councils[slug], [account for account in everybody if account.council == slug])
        for slug in slugs
        if slug in councils
    ]


def password() -> str:
    """The demonstration accounts' shared password: made once for this installation, kept in `var/`."""
    path = Path(settings.VAR_DIR) / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(3) for _ in range(3)))
    return path.read_text().strip()


def let_in(accounts: Sequence[Account], *, on: date | None = None) -> None:
    """Make accounts with their posts and the shared password, on a day or on that of their council."""
    councils = Council.objects.in_bulk({account.council for account in accounts}, field_name="slug")
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
            on=on or clock.day_of(council),
        )
    _share_password(account.email for account in accounts)


def _make_outsiders() -> None:
    User.objects.create_user(STAFF, name="Staff", is_staff=True)
    User.objects.create_user(STRANGER, name="Stranger")
    _share_password((STAFF, STRANGER))


def _share_password(emails: Iterable[str]) -> None:
    """One password, so it is hashed once: hashing is slow on purpose."""
    User.objects.filter(email__in=list(emails)).update(password=make_password(password()))
