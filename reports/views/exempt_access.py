"""Who read what is exempt, and who was refused it, goes into the log: by number, never by a title."""

import structlog

from improvement.models import User
from reports.models import Report

log = structlog.get_logger(__name__)


def note_read(user: User, report: Report | None, what: str) -> None:
    log.info("exempt_read", user=user.pk, report=report.pk if report else None, what=what)


def note_refused(user: User, report: Report | None, what: str) -> None:
    """To the person it is a 404 as if it never was."""
    log.warning("exempt_refused", user=user.pk, report=report.pk if report else None, what=what)
