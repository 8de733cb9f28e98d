"""Who, what and when: the ground floor that every other app stands on."""

from improvement.models.change import Change, LedgerHead
from improvement.models.council import Council
from improvement.models.duty import DutyMet, DutyOverride
from improvement.models.framework import Area, CountedFrom, Duty, Framework, FrameworkKind, Grade, Unit
from improvement.models.inspection import Inspection, Judgement
from improvement.models.intervention import Intervention, InterventionKind
from improvement.models.lead_officer import Holding, LeadOfficer
from improvement.models.organisation import Organisation
from improvement.models.plan import Plan, PlanVersion, SignOff, Theme
from improvement.models.rating import CountsAs, Rating, RatingScale
from improvement.models.user import Membership, Role, User

__all__ = [
    "Area",
    "Change",
    "Council",
    "CountedFrom",
    "CountsAs",
    "Duty",
    "DutyMet",
    "DutyOverride",
    "Framework",
    "FrameworkKind",
    "Grade",
    "Holding",
    "Inspection",
    "Intervention",
    "InterventionKind",
    "Judgement",
    "LeadOfficer",
    "LedgerHead",
    "Membership",
    "Organisation",
    "Plan",
    "PlanVersion",
    "Rating",
    "RatingScale",
    "Role",
    "SignOff",
    "Theme",
    "Unit",
    "User",
]
