"""Steps that tests of boards and meetings begin with."""

from datetime import date

from boards.models import Board, Meeting
from boards.workflow import meetings
from boards.workflow.meetings import When
from recommendations import workflow
from recommendations.models import Action, DueDateChange
from tests.cast import Cast

TODAY = date(2012, 11, 14)
BOARD = "/harrow/boards/improvement-board/"
MEETING = f"{BOARD}meetings/2012-11-14/"
HELD = f"{BOARD}meetings/2012-09-10/"
PLAN_ITEM = f"{MEETING}live/2/"


def board() -> Board:
    return Board.objects.select_related("council").get(council__slug="harrow", slug="improvement-board")


def arranged(cast: Cast) -> Meeting:
    """A meeting of Harrow's board today: the log, the plan, any other business."""
    when = When(TODAY, date(2012, 11, 7), None, "Committee Room 1")
    return meetings.arrange_meetings(board=board(), when=[when], by=cast.plan_administrator, on=TODAY)[0]


def asked(cast: Cast, action: Action) -> DueDateChange:
    """A lead officer asks for the end of January."""
    return workflow.request_due_date(
        action=action,
        new_on=date(2013, 1, 31),
        reason="The tool is still being tried out.",
        by=cast.plan_administrator,
        on=TODAY,
    )
