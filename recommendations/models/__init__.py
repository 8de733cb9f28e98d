"""What must be done, by whom, by when, and how it goes."""

from recommendations.models.action import Action, ActionLead, DuePrecision, Phase
from recommendations.models.progress_update import ProgressUpdate, Stage
from recommendations.models.recommendation import Recommendation, Timescale

__all__ = [
    "Action",
    "ActionLead",
    "DuePrecision",
    "Phase",
    "ProgressUpdate",
    "Recommendation",
    "Stage",
    "Timescale",
]
