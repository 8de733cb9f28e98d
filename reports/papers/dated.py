from collections.abc import Iterable

from reports.paper import Paper, Part, day, of_plan
from reports.plan_blocks import Asked


def paper(asked: Asked, title: str, parts: Iterable[Part]) -> Paper:
    """A paper of a plan that says of which plan and which day it is."""
    occasion = f"{asked.plan.name}, as of {day(asked.on)}"
    return of_plan(asked.plan, on=asked.on, title=title, parts=parts, occasion=occasion)
