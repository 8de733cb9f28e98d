"""Who holds the plan to account, and what they watch."""

from boards.models.calendar_address import CalendarAddress
from boards.models.cost import Cost
from boards.models.following import Follow, Often
from boards.models.guest_link import OwnerLink
from boards.models.notice import CHASER_TIMES, ChaserSettings, Digest, DigestItem, Occasion, Sending
from boards.models.risk import Funded, Risk

__all__ = [
    "CHASER_TIMES",
    "CalendarAddress",
    "ChaserSettings",
    "Cost",
    "Digest",
    "DigestItem",
    "Follow",
    "Funded",
    "Occasion",
    "Often",
    "OwnerLink",
    "Risk",
    "Sending",
]
