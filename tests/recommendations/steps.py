"""Steps of an action as people take them, with everything given that a test does not ask about."""

from datetime import date
from typing import Any

from improvement.models import Change, User
from recommendations import workflow
from recommendations.models import Action, DueDateChange, Evidence, ProgressUpdate
from tests.cast import HARROW

ON = date(2012, 11, 14)
# S5 (4) of Harrow: led by SM QA alone, in progress, due on 31 July 2012.
OWN = ("S5", "4")
RECORD = "Child A.B. was seen twice."
WHY_KEPT = "The letters are those of two teams."


def load(reference: str, number: str, plan: tuple[str, str] = HARROW) -> Action:
    return Action.objects.with_recommendation().get_by_natural_key(*plan, reference, number)


def seen(action: Action) -> int:
    """The version that somebody has seen who looks now."""
    latest = ProgressUpdate.objects.last_of(action)
    return latest.sequence if latest else 0


def show(action: Action, by: User, **changed: Any) -> Evidence:
    values: dict[str, Any] = {
        "shows": "The audit found every plan signed.",
        "method": "audit",
        "gathered_on": date(2012, 11, 1),
        "supports": "delivered",
        "exempt": False,
        "link": "https://evidence.example/audit",
        "on": ON,
        **changed,
    }
    return workflow.add_evidence(recommendation=action.recommendation, action=action, by=by, **values)


def claim(action: Action, by: User, **changed: Any) -> ProgressUpdate:
    values: dict[str, Any] = {
        "version": seen(action),
        "rating": None,
        "narrative": "Every team works that way now.",
        "on": ON,
        **changed,
    }
    return workflow.claim_complete(action=action, by=by, **values)


def sign_off(action: Action, by: User, **changed: Any) -> ProgressUpdate:
    values: dict[str, Any] = {
        "version": seen(action),
        "rating": None,
        "narrative": "The board saw the audit.",
        "on": ON,
        **changed,
    }
    return workflow.sign_off(action=action, by=by, **values)


def return_claim(action: Action, by: User, **changed: Any) -> ProgressUpdate:
    values: dict[str, Any] = {
        "version": seen(action),
        "rating": None,
        "reason": "Two teams are missing.",
        "on": ON,
        **changed,
    }
    return workflow.return_claim(action=action, by=by, **values)


def reopen(action: Action, by: User, **changed: Any) -> ProgressUpdate:
    values: dict[str, Any] = {
        "version": seen(action),
        "rating": None,
        "reason": "The next audit found gaps.",
        "on": ON,
        **changed,
    }
    return workflow.reopen(action=action, by=by, **values)


def withdraw(action: Action, by: User, **changed: Any) -> ProgressUpdate:
    values: dict[str, Any] = {
        "version": seen(action),
        "reason": "Another action covers it.",
        "on": ON,
        **changed,
    }
    return workflow.withdraw(action=action, by=by, **values)


def ask(action: Action, by: User, **changed: Any) -> DueDateChange:
    values: dict[str, Any] = {
        "new_on": date(2012, 12, 31),
        "reason": "The tool has to be bought first.",
        "on": ON,
        **changed,
    }
    return workflow.request_due_date(action=action, by=by, **values)


def agree(change: DueDateChange, by: User, **changed: Any) -> DueDateChange:
    values: dict[str, Any] = {"reason": "", "on": ON, **changed}
    return workflow.agree_due_date(change=change, by=by, **values)


def refuse(change: DueDateChange, by: User, **changed: Any) -> DueDateChange:
    values: dict[str, Any] = {"reason": "It can be hired until then.", "on": ON, **changed}
    return workflow.refuse_due_date(change=change, by=by, **values)


def claimed(action: Action, by: User) -> Action:
    """The action with evidence and a claim."""
    show(action, by)
    claim(action, by)
    return action


def completed(action: Action, by: User, signed_off_by: User) -> Action:
    sign_off(claimed(action, by), signed_off_by)
    return action


def said_of(action: Action) -> list[ProgressUpdate]:
    return list(ProgressUpdate.objects.filter(action=action).order_by("sequence"))


def last_change() -> Change:
    return Change.objects.latest("position")


def rows() -> tuple[int, int, int, int]:
    """How many rows there are of everything that a step may write."""
    return (
        Change.objects.count(),
        ProgressUpdate.objects.count(),
        DueDateChange.objects.count(),
        DueDateChange.objects.decided().count(),
    )
