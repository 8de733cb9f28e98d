"""The papers that a plan makes without an author: one click, and the plan's own figures as of the day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from improvement.models import LeadOfficer, Plan
from reports.paper import Paper
from reports.papers import easy_read, full_plan, highlights, lead_sheet, notice_progress, written_statement
from reports.plan_blocks import Asked

# What a paper without an author calls new: a board meets every month.
LOOKS_BACK = timedelta(days=30)


@dataclass(frozen=True)
class Kind:
    """A paper that a plan can make: what it is called, what it is for, and whether it makes sense for this plan."""

    slug: str
    title: str
    purpose: str
    build: Callable[[Asked], Paper]
    fits: Callable[[Asked], bool] = lambda asked: True


KINDS = (
    Kind(
        "highlights",
        highlights.TITLE,
        "For the board: two pages. What was done, what is late, and what the board has to decide.",
        highlights.of,
    ),
    Kind(
        "full-plan",
        full_plan.TITLE,
        "For the record: how the plan stands, then every recommendation with its actions and what was last said.",
        full_plan.of,
    ),
    Kind(
        "written-statement",
        written_statement.TITLE,
        "For the inspectorate: what the council will do about each recommendation, who leads it and by when.",
        written_statement.of,
    ),
    Kind(
        "notice-progress",
        notice_progress.TITLE,
        "For the department: how far the plan is while the government’s intervention lasts.",
        notice_progress.of,
        notice_progress.fits,
    ),
    Kind(
        "easy-read",
        easy_read.TITLE,
        "For young people and families: one page in short sentences and large type.",
        easy_read.of,
    ),
)


def asked(plan: Plan, on: date) -> Asked:
    """What a paper of this plan is asked to tell. Take the plan with its council and its rating scale."""
    return Asked(plan, on, on - LOOKS_BACK)


def offered(what: Asked) -> tuple[Kind, ...]:
    """The papers that make sense for this plan on this day."""
    return tuple(kind for kind in KINDS if kind.fits(what))


def sheet_of(what: Asked, lead: LeadOfficer) -> Paper:
    return lead_sheet.of(what, lead)


def posts_of(plan: Plan) -> dict[str, LeadOfficer]:
    """The posts that lead an action of the plan, by abbreviation."""
    return lead_sheet.posts_of(plan)
