"""Who holds the plan to account, and what they watch."""

from boards.models.cost import Cost
from boards.models.risk import Funded, Risk, RiskAssessment

__all__ = ["Cost", "Funded", "Risk", "RiskAssessment"]
