"""What is published about a plan: the paper, its words, who cleared it, and the files made of it."""

from reports.models.report import Clearance, Report, ReportSection
from reports.models.report_file import ReportFile, State

__all__ = ["Clearance", "Report", "ReportFile", "ReportSection", "State"]
