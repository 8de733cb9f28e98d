"""What must be done, by whom, by when, and how it goes."""

from recommendations.models.action import Action, DuePrecision, Phase
from recommendations.models.action_lead import ActionLead
from recommendations.models.challenge import THRESHOLDS, ChallengeSettings, Dismissal
from recommendations.models.due_date_change import Decision, DueDateChange
from recommendations.models.evidence import Evidence, Method, Step
from recommendations.models.handover import Handover
from recommendations.models.index_entry import ChangeKind, IndexEntry
from recommendations.models.intake import Intake, IntakeState, RememberedColumn
from recommendations.models.measure import (
    Better,
    Measure,
    MeasureKind,
    Reading,
    ReadingPrecision,
    Whose,
)
from recommendations.models.progress_update import ProgressUpdate, Stage
from recommendations.models.recommendation import Recommendation, Timescale
from recommendations.models.review import Review
from recommendations.models.rewording import Rewording

__all__ = [
    "THRESHOLDS",
    "Action",
    "ActionLead",
    "Better",
    "ChallengeSettings",
    "ChangeKind",
    "Decision",
    "Dismissal",
    "DueDateChange",
    "DuePrecision",
    "Evidence",
    "Handover",
    "IndexEntry",
    "Intake",
    "IntakeState",
    "Measure",
    "MeasureKind",
    "Method",
    "Phase",
    "ProgressUpdate",
    "Reading",
    "ReadingPrecision",
    "Recommendation",
    "RememberedColumn",
    "Review",
    "Rewording",
    "Stage",
    "Step",
    "Timescale",
    "Whose",
]
