"""Making Northmoor: its whole story in one transaction, one day after another."""

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Any

from django.db import transaction

from improvement.models import Council, PlanVersion
from reports.northmoor import inspectors
from reports.northmoor.assuring import Assurance
from reports.northmoor.days import DAY, HELD, VERSIONS
from reports.northmoor.ground import AFTER, Event, Ground, lay
from reports.northmoor.meetings import Sittings
from reports.northmoor.playing import Play
from reports.northmoor.story import SEED, Story
from reports.northmoor.watching import Watch
from reports.workflow import opening

# The public sees the plan from its second version on; it is opened anew after these meetings, so that newer words show.
OPENED_AFTER = (VERSIONS["2.0"], VERSIONS["3.0"], HELD)


@transaction.atomic
def make(*, on: date, seed: int = SEED) -> Council:
    """The council as it stands on a day, with all that went before. The same day and seed tell the same story."""
    ground = lay(Story.until(on, seed))
    for event in sorted(_events(ground), key=attrgetter("on", "rank")):
        if event.on <= on:
            event.do()
    return ground.council


def _events(ground: Ground) -> Iterator[Event]:
    play = Play(ground)
    sittings = Sittings(ground, play)
    assurance = Assurance(ground, play)
    yield from inspectors.events(ground)
    yield from sittings.events()
    yield from sittings.cabinet()
    yield from play.taking_in()
    yield from play.rewording()
    yield from play.linking()
    yield from play.saying()
    yield from Watch(ground).events()
    yield from assurance.reviews()
    yield from assurance.dismissals()
    yield from _openings(ground)


def _openings(ground: Ground) -> Iterator[Event]:
    for number in OPENED_AFTER:
        on = ground.story.days.meeting(number) + 2 * DAY
        yield Event(on, AFTER, lambda on=on: _open(ground, on))  # type: ignore[misc]


def _open(ground: Ground, on: date) -> None:
    version = PlanVersion.objects.for_plan(ground.plan).agreed_by(on=on)[0]
    asked: dict[str, Any] = {
        "plan": ground.plan,
        "version": version,
        "words": True,
        "by": ground.administrator,
        "on": on,
    }
    seen = opening.mark(opening.proposed(**asked), on=on)
    opening.open_to_public(**asked, previewed=seen)
