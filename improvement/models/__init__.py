"""Who, what and when: the ground floor that every other app stands on."""

from improvement.models.change import Change, LedgerHead
from improvement.models.council import Council
from improvement.models.inspection import Area, Framework, Grade, Inspection, Judgement
from improvement.models.lead_officer import Holding, LeadOfficer
from improvement.models.organisation import Organisation
from improvement.models.plan import Plan, Theme
from improvement.models.rating import CountsAs, Rating, RatingScale
from improvement.models.user import Membership, Role, User

__all__ = [
    "Area",
    "Change",
    "Council",
    "CountsAs",
    "Framework",
    "Grade",
    "Holding",
    "Inspection",
    "Judgement",
    "LeadOfficer",
    "LedgerHead",
    "Membership",
    "Organisation",
    "Plan",
    "Rating",
    "RatingScale",
    "Role",
    "Theme",
    "User",
]
