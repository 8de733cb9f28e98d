"""How far a report is on its way to the public, as of a day: a draft, published, or withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from improvement.models import User
from reports.models import Publication, Report, Withdrawal


@dataclass(frozen=True)
class Standing:
    """The last version that a reader may know of, and its withdrawal if there was one by the day."""

    publication: Publication | None = None
    withdrawal: Withdrawal | None = None

    @property
    def is_draft(self) -> bool:
        return self.publication is None

    @property
    def is_published(self) -> bool:
        return self.publication is not None and self.withdrawal is None

    @property
    def words(self) -> str:
        if self.publication is None:
            return "Draft"
        if self.withdrawal:
            return f"Withdrawn on {self.withdrawal.on:%-d %B %Y}"
        return f"Published on {self.publication.on:%-d %B %Y}, version {self.publication.number}"


DRAFT = Standing()


def of(report: Report, *, user: User, on: date) -> Standing:
    return of_each([report], user=user, on=on)[report.pk]


def of_each(reports: Iterable[Report], *, user: User, on: date) -> dict[int, Standing]:
    """By the report's number, in one query."""
    reports = list(reports)
    made = Publication.objects.visible_to(user).for_reports(reports).made_by(on=on).latest_first()
    last: dict[int, Standing] = {report.pk: DRAFT for report in reports}
    for publication in made.select_related("withdrawal"):
        if last[publication.report_id].is_draft:
            last[publication.report_id] = Standing(publication, withdrawal_by(publication, on))
    return last


def withdrawal_by(publication: Publication, on: date) -> Withdrawal | None:
    """Its withdrawal, if there was one by the day. Take the publication with its withdrawal."""
    withdrawal: Withdrawal | None = getattr(publication, "withdrawal", None)
    return withdrawal if withdrawal and withdrawal.on <= on else None
