"""Who may do what. One list of verbs; each role names its own."""

from enum import Enum

from django.core.exceptions import PermissionDenied

from improvement.models import Council, Membership, Role, User


class Verb(Enum):
    READ = "read the plan and its reports"
    UPDATE_OWN = "update actions"
    UPDATE_ANY = "update any action of the council's plans"
    SIGN_OFF = "sign off completed actions"
    DECIDE_DUE_DATE = "agree or refuse a new due date"
    REVIEW = "review what was delivered and what it changed"
    CHALLENGE = "dismiss a question"
    KEEP_PLAN = "change what the plan says and agree its versions"
    MAKE_FILE = "have a report made as a file"
    WRITE_REPORT = "write reports and have them cleared"
    PUBLISH_REPORT = "publish reports, correct and withdraw them"
    OPEN_TO_PUBLIC = "open a plan to the public and close it again"
    KEEP_LAYOUTS = "set out how the council's reports look"
    KEEP_MEMBERS = "decide who may see what"
    KEEP_KEYS = "word rating keys"
    ADD_INSPECTION = "record inspections and interventions"
    KEEP_CLOCK = "record what was met by its statutory deadline"
    KEEP_BOARD = "keep the board's seats, meetings and minutes"
    DECIDE_AT_MEETING = "record what the board decides"
    LINK_OWNERS = "give owners from outside a link"
    KEEP_RISKS = "raise, assess, change and close risks, and state costs"
    KEEP_MEASURES = "add measures and their readings"


READING = frozenset({Verb.READ, Verb.MAKE_FILE})
HOLDING_TO_ACCOUNT = frozenset(
    {
        Verb.UPDATE_OWN,
        Verb.UPDATE_ANY,
        Verb.SIGN_OFF,
        Verb.DECIDE_DUE_DATE,
        Verb.REVIEW,
        Verb.CHALLENGE,
        Verb.DECIDE_AT_MEETING,
        Verb.KEEP_RISKS,
    }
)
MAY: dict[str, frozenset[Verb]] = {
    Role.READER: READING,
    Role.LEAD_OFFICER: READING | {Verb.UPDATE_OWN},
    Role.BOARD_MEMBER: READING | HOLDING_TO_ACCOUNT,
    Role.SCRUTINY_OFFICER: READING | {Verb.WRITE_REPORT, Verb.PUBLISH_REPORT},
    Role.PLAN_ADMINISTRATOR: READING
    | HOLDING_TO_ACCOUNT
    | {
        Verb.KEEP_PLAN,
        Verb.KEEP_KEYS,
        Verb.KEEP_CLOCK,
        Verb.ADD_INSPECTION,
        Verb.LINK_OWNERS,
        Verb.KEEP_MEMBERS,
        Verb.KEEP_MEASURES,
        Verb.WRITE_REPORT,
        Verb.PUBLISH_REPORT,
        Verb.KEEP_LAYOUTS,
        Verb.KEEP_BOARD,
        Verb.OPEN_TO_PUBLIC,
    },
}
# Who sits in the closed part of a meeting, and so reads what is exempt.
CLOSED_PART = (Role.BOARD_MEMBER.value, Role.SCRUTINY_OFFICER.value, Role.PLAN_ADMINISTRATOR.value)


def role_in(user: User, council: Council) -> str | None:
    """The user's role in a council; None for a stranger."""
    # There is one at most, so nothing need be sorted; this is asked many times on every page.
    roles = Membership.objects.filter(user=user, council=council).order_by()
    return next(iter(roles.values_list("role", flat=True)), None)


def reads_exempt(user: User, council: Council) -> bool:
    return role_in(user, council) in CLOSED_PART


def may(user: User, verb: Verb, council: Council) -> bool:
    role = role_in(user, council)
    return role is not None and user.is_active and verb in MAY[role]


def require(user: User, verb: Verb, council: Council) -> None:
    if not may(user, verb, council):
        raise PermissionDenied(f"Your role does not allow you to {verb.value}.")


def require_staff(user: User) -> None:
    """For what belongs to the installation and not to one council: the frameworks."""
    if not (user.is_staff and user.is_active):
        raise PermissionDenied("Only those who look after this installation can change its frameworks.")
