"""The rows of a plan that begin its actions, or go on with them."""

from dataclasses import dataclass, replace

from recommendations.intake import sharing
from recommendations.intake.drafts import ENDED, Bit, Draft, said
from recommendations.intake.headings import Meaning
from recommendations.intake.marks import lines_of, phase_of
from recommendations.intake.numbers import Piece, clean_number, covered_by, pieces_of, without_continued
from recommendations.intake.plan_read import Said, Sureness
from recommendations.intake.recommendation_rows import Found
from recommendations.intake.rows import Cell, Place
from recommendations.intake.section_rows import SectionRows
from recommendations.models.action import Phase


@dataclass
class ActionRows(SectionRows):
    """What has been gathered so far, with the actions of each recommendation."""

    def _actions(self, found: Found, new: bool) -> list[Draft]:
        """The actions that a row begins; where it goes on with the one before it, none."""
        self._phase_of(found)
        cells = found.get(Meaning.ACTION, [])
        if not cells:
            for place, cell in found.get(Meaning.NUMBER, ()):
                self._keep(place, cell.text, "No action stands beside this number")
            return []
        place, cell = cells[0]
        if not self.own and (phase := phase_of(cell.text)) is not None:
            self.phase, self.next_phase = said(phase, place), self.group is None
            for where, number in found.get(Meaning.NUMBER, ()):
                self._keep(where, number.text, "No action stands beside this number")
            return []
        if self.group is None:
            self._without_recommendation(found)
        if self.group is None:
            self._keep(place, cell.text, "No recommendation stands beside it")
            return []
        pieces = self._pieces(found, cell)
        drafts = self._drafted(pieces, place, cell, found, new)
        lines = lines_of(cell.text)
        if not self.own and lines and (last := phase_of(lines[-1])) is not None:
            self.phase = said(last, place)
        return drafts

    def _told_again(self, found: Found) -> Draft | None:
        """The action that a row prints again, number and words, to say how it went on another day."""
        numbers, cells = found.get(Meaning.NUMBER), found.get(Meaning.ACTION)
        on = [cell.text for _, cell in found.get(Meaning.UPDATED_ON, ())]
        if self.own or self.group is None or not (numbers and cells and on):
            return None
        number, words = clean_number(numbers[0][1].text), cells[0][1].text.strip()
        same = [
            draft
            for draft in self.group.drafts
            if draft.number == number and [bit.text for bit in draft.text] == [words]
        ]
        days = [bit.cell.text for draft in same for bit in draft.bits.get(Meaning.UPDATED_ON, ())]
        return same[0] if len(same) == 1 and days and on[0] not in days else None

    def _phase_of(self, found: Found) -> None:
        """The phase that a column of its own gives; an empty cell of it says that the action has none."""
        for place, cell in found.get(Meaning.PHASE, ()):
            phase = phase_of(cell.text)
            if phase is None:
                self._keep(place, cell.text, "This is none of the phases that a plan has")
            self.phase = said(phase or Phase.NONE.value, place)
        if Meaning.PHASE in self.columns and Meaning.PHASE not in found and found.get(Meaning.ACTION):
            self.phase = Said(Phase.NONE.value)

    def _pieces(self, found: Found, cell: Cell) -> list[Piece]:
        numbers = found.get(Meaning.NUMBER, [])
        pieces = [Piece("", cell.text.strip())] if self.own else pieces_of(cell.text)
        if numbers:
            printed = numbers[0][1].text.strip()
            lines = lines_of(printed)
            if len(lines) > 1 and len(pieces) == 1 and len(parts := lines_of(cell.text)) == len(lines):
                return [Piece(clean_number(number), part) for number, part in zip(lines, parts, strict=True)]
            number = printed if self.own else clean_number(printed)
            if len(pieces) == 1 and pieces[0].number in ("", number):
                return [Piece(number, pieces[0].text, pieces[0].phase)]
            if len(pieces) > 1 and covered_by(number) != (number,) and pieces[0].number:
                return pieces
            return [Piece(number, cell.text.strip())]
        if len(pieces) == 1 and not pieces[0].number and not self.own:
            beside = [(meaning, other) for meaning, cells in found.items() for _, other in cells]
            if parts := sharing.lines_as_actions(pieces[0].text, beside):
                return [Piece("", part, pieces[0].phase) for part in parts]
        return pieces

    def _drafted(self, pieces: list[Piece], place: Place, cell: Cell, found: Found, new: bool) -> list[Draft]:
        if self.group is None:
            return []
        if self._goes_on(pieces[0], found, new, several=len(pieces) > 1) and self.draft is not None:
            self.draft.text.append(
                Bit(place, pieces[0].text, cell, "It runs over several rows", Sureness.LIKELY)
            )
            pieces = pieces[1:]
        elif len(pieces) > 1 and not pieces[0].number and pieces[1].number:
            first, second = pieces[:2]
            pieces = [
                replace(second, text=f"{first.text}\n{second.text}", phase=second.phase or first.phase),
                *pieces[2:],
            ]
        in_column = tuple(one for one, _ in found.get(Meaning.NUMBER, ()))
        drafts: list[Draft] = []
        for piece in pieces:
            if piece.phase is not None:
                self.phase = said(piece.phase, place)
            draft = Draft(piece.number, in_column or (place,) if piece.number else (), self.phase)
            sure = Sureness.CERTAIN if piece.number or len(pieces) == 1 else Sureness.LIKELY
            how = "One of several in its cell" if len(pieces) > 1 else ""
            if len(pieces) == 1 and not self.own and _may_be_several(piece):
                how, sure = "Several lines without numbers, read as one action", Sureness.UNSURE
            if self.doubt:
                how, sure = self.doubt, Sureness.UNSURE
            draft.text.append(Bit(place, piece.text, cell, how, sure))
            drafts.append(draft)
        self.group.drafts += drafts
        self.group.numbers_in_cells |= any(piece.number for piece in pieces) and not in_column
        self.draft = drafts[-1] if drafts else self.draft
        return drafts

    def _goes_on(self, piece: Piece, found: Found, new: bool, *, several: bool) -> bool:
        """Whether the words of an action cell go on from the row above."""
        last = self.draft
        if last is not None and not self.own and self._continues(found, last):
            return True
        if (
            last is None
            or new
            or self.own
            or piece.number
            or piece.phase is not None
            or not piece.text
            or not last.text
        ):
            return False
        if not several and (found.get(Meaning.NUMBER) or self._own_cells(found)):
            return False
        if piece.text[0].islower() or (not several and last.text[-1].text.rstrip().endswith(":")):
            return True
        return bool(last.number) and not several and not ENDED.search(last.text[-1].text)

    @staticmethod
    def _continues(found: Found, last: Draft) -> bool:
        """Whether the number of a row says that it goes on with the action above it."""
        numbers = found.get(Meaning.NUMBER, [])
        return (
            bool(numbers)
            and without_continued(numbers[0][1].text.strip())[1]
            and clean_number(numbers[0][1].text) == last.number
        )

    @staticmethod
    def _own_cells(found: Found) -> bool:
        return bool(found.get(Meaning.LEADS) or found.get(Meaning.DUE))


def _may_be_several(piece: Piece) -> bool:
    """Whether the lines of an action without a number could each be an action."""
    lines = lines_of(piece.text)
    return not piece.number and sum(line[0].isupper() or line[0] in "•-–●▪" for line in lines) > 1
