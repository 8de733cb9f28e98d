"""Who holds the plan to account, when they meet and what they decide, and what they watch."""

from boards.models.agenda import AgendaItem, ItemKind, ItemNote
from boards.models.attendance import Attendance, Presence
from boards.models.board import Board, Every, Weekday, WeekOfMonth
from boards.models.board_action import BoardAction, BoardActionEnd, Outcome
from boards.models.calendar_address import CalendarAddress
from boards.models.cost import Cost
from boards.models.decision import Decided, Decision
from boards.models.following import Follow, Often
from boards.models.guest_link import OwnerLink
from boards.models.meeting import Meeting, MeetingMove
from boards.models.minutes import Minutes
from boards.models.notice import CHASER_TIMES, ChaserSettings, Digest, DigestItem, Occasion, Sending
from boards.models.pack import PackPaper, PaperStep, Readiness
from boards.models.risk import Funded, Risk, RiskAssessment, RiskWording
from boards.models.round import NoChange, Round
from boards.models.seat import Seat, SeatRole

__all__ = [
    "CHASER_TIMES",
    "AgendaItem",
    "Attendance",
    "Board",
    "BoardAction",
    "BoardActionEnd",
    "CalendarAddress",
    "ChaserSettings",
    "Cost",
    "Decided",
    "Decision",
    "Digest",
    "DigestItem",
    "Every",
    "Follow",
    "Funded",
    "ItemKind",
    "ItemNote",
    "Meeting",
    "MeetingMove",
    "Minutes",
    "NoChange",
    "Occasion",
    "Often",
    "Outcome",
    "OwnerLink",
    "PackPaper",
    "PaperStep",
    "Presence",
    "Readiness",
    "Risk",
    "RiskAssessment",
    "RiskWording",
    "Round",
    "Seat",
    "SeatRole",
    "Sending",
    "WeekOfMonth",
    "Weekday",
]
