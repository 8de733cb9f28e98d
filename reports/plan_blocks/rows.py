"""An action as a paper prints it."""

from dataclasses import dataclass

from recommendations.progress import Standing
from reports.paper import day

SHORT, SHORT_LINES = 900, 12


@dataclass(frozen=True)
class ActionRow:
    standing: Standing
    leads: str
    due: str

    @property
    def is_short(self) -> bool:
        """Whether it fits on a page with certainty, so that no page needs to break inside it."""
        return is_short(self.standing.text, self.standing.narrative)


def row(standing: Standing) -> ActionRow:
    return ActionRow(
        standing=standing,
        leads=" / ".join(officer.abbreviation for officer in standing.leads),
        due=due(standing),
    )


def due(standing: Standing) -> str:
    """When it is due: as the plan prints it, until the date is moved."""
    printed = day(standing.due_on) if standing.due_on else ""
    if standing.moves:
        return printed
    return standing.action.due_text or printed or standing.action.get_due_precision_display()


def is_short(*texts: str) -> bool:
    return all(len(text) <= SHORT and text.count("\n") <= SHORT_LINES for text in texts)
