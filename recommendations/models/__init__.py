"""What must be done, by whom, by when, and how it goes."""

from recommendations.models.action import Action, ActionLead, DuePrecision, Phase
from recommendations.models.measure import Better, Measure, MeasureKind, Reading, ReadingPrecision
from recommendations.models.progress_update import ProgressUpdate, Stage
from recommendations.models.recommendation import Recommendation, Timescale

__all__ = [
    "Action",
    "ActionLead",
    "Better",
    "DuePrecision",
    "Measure",
    "MeasureKind",
    "Phase",
    "ProgressUpdate",
    "Reading",
    "ReadingPrecision",
    "Recommendation",
    "Stage",
    "Timescale",
]
