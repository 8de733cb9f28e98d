"""What a report's clearance has waiting for somebody, on their home page and in the list that e-mails lead to."""

from collections.abc import Iterable

from django.urls import reverse

from boards import waiting as home
from boards.waiting import Item
from improvement.models import Council, User
from reports.models import Clearance


def clearances_for(user: User, council: Council) -> tuple[Item, ...]:
    """Clearances asked of somebody, then those of theirs that a change took back; in a fixed number of queries."""
    mine = Clearance.objects.visible_to(user).for_council(council).with_report().nearest_meeting_first()
    return (*_asked(mine.asked_of(user)), *_taken_back(mine.taken_back_from(user)))


def _asked(clearances: Iterable[Clearance]) -> Iterable[Item]:
    for clearance in clearances:
        yield Item(
            clearance.report.plan,
            f"Clear “{clearance.report.title}” on behalf of the {clearance}",
            _url(clearance, "answer_clearance", clearance.position),
            f"{clearance.report.committee}, {clearance.report.meeting_on:%-d %B %Y}",
        )


def _taken_back(clearances: Iterable[Clearance]) -> Iterable[Item]:
    for clearance in clearances:
        yield Item(
            clearance.report.plan,
            f"Your clearance of “{clearance.report.title}” no longer holds",
            _url(clearance, "clearance_page"),
            "the report was changed since; you will be asked again if it is needed",
        )


def _url(clearance: Clearance, name: str, *more: int) -> str:
    report = clearance.report
    return reverse(f"reports:{name}", args=[report.council.slug, report.plan.slug, report.slug, *more])


# The rooms above may not import this one, so it tells them; the pages' addresses bring it in.
home.also(clearances_for)
