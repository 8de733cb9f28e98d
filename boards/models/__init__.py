"""Who holds the plan to account, when they meet and what they decide, and what they watch."""

from boards.models.agenda import AgendaItem, ItemKind, ItemNote
from boards.models.attendance import Attendance, Presence
from boards.models.board import Board, Every, WeekOfMonth, Weekday
from boards.models.board_action import BoardAction, BoardActionEnd, Outcome
from boards.models.cost import Cost
from boards.models.decision import Decided, Decision
from boards.models.meeting import Meeting
from boards.models.minutes import Minutes
from boards.models.pack import PackPaper, PaperStep, Readiness
from boards.models.risk import Funded, Risk
from boards.models.round import NoChange, Round
from boards.models.seat import Seat, SeatRole

__all__ = [
    "AgendaItem",
    "Attendance",
    "Board",
    "BoardAction",
    "BoardActionEnd",
    "Cost",
    "Decided",
    "Decision",
    "Every",
    "Funded",
    "ItemKind",
    "ItemNote",
    "Meeting",
    "Minutes",
    "NoChange",
    "Outcome",
    "PackPaper",
    "PaperStep",
    "Presence",
    "Readiness",
    "Risk",
    "Round",
    "Seat",
    "SeatRole",
    "WeekOfMonth",
    "Weekday",
]
