"""What a report needs before it is published, and what a correction may be."""

from datetime import date

from django.core.exceptions import ValidationError

from recommendations.workflow.access import require_length
from reports import gaps, notice
from reports.gaps import Gaps
from reports.models import Audience, Publication, Report


class NotReady(ValidationError):
    """Something that the layout requires is missing; carries what."""

    def __init__(self, found: Gaps) -> None:
        super().__init__("Something that this report needs is missing. It cannot be published yet.")
        self.gaps = found


class AlreadyPublished(ValidationError):
    """A published report is corrected, not published again."""


def require_ready(report: Report, corrects: Publication | None, late_because: str, *, on: date) -> None:
    if corrects is None and report.publications.exists():
        raise AlreadyPublished("This report is published already. Publish a correction instead.")
    if found := gaps.of(report):
        raise NotReady(found)
    require_length("late_because", late_because)
    # A correction has its own reason, and cannot come before what it corrects.
    if corrects is None and notice.of(report.meeting_on, on=on).is_past and not late_because.strip():
        raise ValidationError(
            {
                "late_because": "Say why it is published with fewer than five clear working days to the meeting."
            }
        )


def require_news(report: Report, corrects: Publication | None, contents: dict[str, str]) -> None:
    """A correction says something else than what it corrects, and opens nothing that was wholly exempt."""
    if corrects is None:
        return
    said = dict(corrects.files.values_list("audience", "content"))
    if said == contents and not hasattr(corrects, "withdrawal"):
        raise ValidationError(
            f"Nothing was changed since version {corrects.number}, so there is nothing to correct."
        )
    if Audience.OPEN.value in contents and Audience.OPEN.value not in said:
        raise ValidationError(
            "The versions so far are wholly exempt, and an open one would tell of them. Start a new report."
        )
