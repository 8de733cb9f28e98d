"""What the inspectorate and the department do after Northmoor's inspection, and how the statutory clock is met."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from improvement import duties, inspection_workflow
from improvement.workflow import record_duty_met
from reports.northmoor import texts
from reports.northmoor.days import DAY, VERSIONS, working
from reports.northmoor.ground import SET_UP, Event, Ground, framework_of, notice

NOTICE_AFTER = timedelta(days=40)
# Reports go to the department some days before they are due; the second was late.
EARLY, LATE, LATE_ONE = 6 * DAY, 9 * DAY, 2
QUARTER = 91 * DAY


def events(ground: Ground) -> Iterator[Event]:
    days, said = ground.story.days, texts.read("board")["inspection"]
    yield _met(ground, "publish-report", working(days.published + DAY), said["published"])
    agreed = days.meeting(VERSIONS["1.0"])
    yield _met(ground, "written-statement", working(agreed + 15 * DAY), said["statement"])
    issued = working(days.published + NOTICE_AFTER)
    yield Event(issued, SET_UP, lambda: notice(ground, issued))
    for place in range(1, (days.today - issued).days // QUARTER.days + 1):
        on = working(issued + place * QUARTER + (LATE if place == LATE_ONE else -EARLY))
        yield _met(ground, f"report-to-department.improvement-notice.{place}", on, said["reported"])
    for visit in said["visit"]:
        on = working(days.meeting(visit["month"]) + 8 * DAY)
        yield Event(on + 14 * DAY, SET_UP, lambda visit=visit, on=on: _visit(ground, visit, on))  # type: ignore[misc]


def _met(ground: Ground, duty: str, on: date, what: str) -> Event:
    def record() -> None:
        clock = duties.clock_of(ground.inspection, on=on)
        record_duty_met(
            inspection=ground.inspection,
            duty=duty,
            met_on=on,
            what=what,
            version=clock.version,
            by=ground.administrator,
            on=on,
        )

    return Event(on, SET_UP, record)


def _visit(ground: Ground, visit: dict[str, Any], on: date) -> None:
    """A monitoring visit of two days gives no grades; it is recorded when its letter comes."""
    ended = working(on + DAY)
    inspection_workflow.add_inspection(
        council=ground.council,
        judgements={},
        by=ground.administrator,
        on=on + 14 * DAY,
        framework=framework_of("monitoring-visit", on),
        name=visit["name"],
        inspectorates="Ofsted",
        started_on=on,
        ended_on=ended,
        published_on=None,
        received_on=None,
        received_note="",
        note="",
    )
