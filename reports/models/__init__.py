"""What is published: layouts, the papers that officers write, their clearance, and what became of them."""

from reports.models.clearance import Clearance, ClearanceMail, ClearanceStep, Happened, Sending
from reports.models.enclosure import Enclosure, EnclosureKind
from reports.models.exemption import Audience, Exemptible, Paragraph
from reports.models.layout import (
    Appendices,
    Layout,
    LayoutPost,
    LayoutRow,
    LayoutSection,
    Numbering,
    Place,
    RowSource,
    SectionSource,
)
from reports.models.public_opening import PublicClosing, PublicOpening
from reports.models.publication import Publication, PublishedFile, Publishing, Withdrawal
from reports.models.report import Report
from reports.models.report_file import Format, ReportFile, State
from reports.models.section import Readiness, ReportRow, ReportSection

__all__ = [
    "Appendices",
    "Audience",
    "Clearance",
    "ClearanceMail",
    "ClearanceStep",
    "Enclosure",
    "EnclosureKind",
    "Exemptible",
    "Format",
    "Happened",
    "Layout",
    "LayoutPost",
    "LayoutRow",
    "LayoutSection",
    "Numbering",
    "Paragraph",
    "Place",
    "PublicClosing",
    "PublicOpening",
    "Publication",
    "PublishedFile",
    "Publishing",
    "Readiness",
    "Report",
    "ReportFile",
    "ReportRow",
    "ReportSection",
    "RowSource",
    "SectionSource",
    "Sending",
    "State",
    "Withdrawal",
]
