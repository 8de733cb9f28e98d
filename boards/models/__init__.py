"""Who holds the plan to account, and what they watch."""

from boards.models.cost import Cost
from boards.models.risk import Funded, Risk
from boards.models.round import NoChange, Round

__all__ = ["Cost", "Funded", "NoChange", "Risk", "Round"]
