"""When an action is due, as lists say it: the cells of a spreadsheet that `_due.html` and `_overdue.html` are on a page."""

from improvement.spreadsheet import day
from recommendations.progress import Standing

DUE = ("due_on", "due_without_date", "due_moved", "another_date", "days_overdue")


def due(standing: Standing) -> list[str]:
    """Under `DUE`: the day, or what is printed instead; how it moved; whether another is asked for; days late."""
    return [
        day(standing.due_on),
        "" if standing.due_on else standing.action.due_text,
        standing.slipped,
        "asked for" if standing.move_waits else "",
        str(standing.days_overdue or ""),
    ]
