"""An action of a newer file laid beside the action of the plan."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from recommendations.intake.as_it_stands import ActionStands, PlanStands, plain
from recommendations.intake.difference import LEFT_OUT, UNCLEAR, Difference, DifferenceKind, Step, key_of
from recommendations.intake.plan_read import ActionRead, Said, Sureness

BOTH = "Both the file and Waymark have changed this. Waymark's stays unless you choose the file's."
# More digits are no number of an update, and cost much to read.
MOST_DIGITS = 9


@dataclass(frozen=True)
class SideBySide:
    """An action of the file, the same one of the plan, and as the file before had it, loaded at a moment.

    `reference` is its recommendation's as the file writes it. `is_ours` where Waymark wrote the file: its rows say after
    which update they were written, and `as_of` is the day of the rest where it says so. `says_forecasts` where some row of the file says by when something is expected.
    """

    reference: str
    read: ActionRead
    stands: ActionStands
    was: ActionRead | None
    at: datetime | None
    plan: PlanStands
    on: date
    is_ours: bool
    as_of: date | None
    says_forecasts: bool

    @property
    def subject(self) -> str:
        return str(self.stands.action)

    @property
    def started_from(self) -> int:
        """The update after which a row of Waymark's own file was written, nought for none."""
        numbers = [each.value.number.strip() for each in self.read.standings]
        return max((int(one) for one in numbers if one.isdecimal() and len(one) <= MOST_DIGITS), default=0)

    @property
    def same_words(self) -> bool:
        return plain(self.read.text.value) in {plain(text) for text in self.stands.texts.values}

    def difference(
        self,
        kind: DifferenceKind,
        what: str,
        said: Said[Any],
        before: str,
        after: str,
        *,
        step: Step | None = None,
        clash: bool = False,
        left_out: bool = False,
        chosen: bool = False,
        note: str = "",
    ) -> Difference:
        """`left_out` where the file before said the same already and it was not taken over."""
        clash = clash and not left_out
        chosen = chosen and step is not None and not (clash or left_out)
        unclear = chosen and said.sure == Sureness.UNSURE
        notes = (
            note or (BOTH if clash else ""),
            LEFT_OUT if left_out else "",
            UNCLEAR.format(said.how) if unclear else "",
        )
        return Difference(
            key=key_of(self.subject, what, self.stands.version, before, after),
            kind=DifferenceKind.CLASH if clash else kind,
            subject=self.subject,
            before=before,
            after=after,
            read_subject=f"{self.reference} ({self.read.number.value})",
            places=said.places,
            step=step,
            chosen=chosen and not unclear,
            unclear=unclear,
            note=" ".join(each for each in notes if each),
        )
