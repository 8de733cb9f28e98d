"""The rows of a plan's tables, one after the other, gathered into recommendations and their actions."""

from dataclasses import dataclass

from recommendations.intake import sharing
from recommendations.intake.above_rows import AboveRows, headed_columns, is_total, titles_above
from recommendations.intake.columns import TableMapping
from recommendations.intake.drafts import Bit, Draft, said
from recommendations.intake.headings import Meaning
from recommendations.intake.label_rows import update_below, with_outcome
from recommendations.intake.lone_rows import alone_in
from recommendations.intake.numbers import covered_by, pieces_of
from recommendations.intake.plan_read import NO_SUCH_COLUMN, OF_THE_POST, Said, Sureness, Unplaced
from recommendations.intake.recommendation_rows import Found
from recommendations.intake.rows import Cell, Kind, Place, Reach, Row
from recommendations.intake.trees import branches_of
from recommendations.models.recommendation import Timescale

NO_HEADING = "No heading says that its column holds actions"
SLIDES = "Its row has more cells than there are headings: some may stand one too far to the right"
OF_GROUP = {
    Meaning.THEME,
    Meaning.TIMESCALE,
    Meaning.REFERENCE,
    Meaning.RECOMMENDATION,
    Meaning.OUTCOME,
    Meaning.PHASE,
    Meaning.NUMBER,
    Meaning.ACTION,
}
NO_PLACE = {
    Meaning.KEPT: NO_SUCH_COLUMN,
    Meaning.AGENCY: OF_THE_POST,
}
BY_COLOUR = {Meaning.RATING, Meaning.STAGE, Meaning.MONTH}
OF_BRANCH = {Meaning.NUMBER, Meaning.REFERENCE, Meaning.ACTION}
SUMMED = "It sums up the rows below"
TOTAL = "A total, no part of the plan"
CARRIED = sharing.OF_ALL | {Meaning.PHASE}


@dataclass
class PlanRows(AboveRows):
    """Reads the tables of a plan, row by row; afterwards `groups` are its recommendations."""

    def themes_without_recommendations(self) -> list[Unplaced]:
        """Rows of their own that named a theme, and nothing stands below them."""
        themes = {group.theme.value for group in self.groups}
        why = "A row of its own with nothing under it"
        return [Unplaced(place, text, why) for text, place in self.sections if text not in themes]

    # A table

    def read(self, mapping: TableMapping) -> None:
        table = self.source.tables[mapping.table]
        self.columns = mapping.columns
        self.guessed = any(mapping.columns[column] == Meaning.ACTION for column in mapping.guessed)
        self.above = {}
        self._begin(table, mapping)
        self.branches = branches_of(table, mapping)
        self.headed = headed_columns(table, mapping) if self.source.kind == Kind.CSV else 0
        first = min(mapping.headers, default=0)
        rows = [number for number in range(first, len(table.rows)) if number not in mapping.headers]
        filled = [number for number in rows if any(cell.text.strip() for cell in table.rows[number].cells)]
        titles = set() if self.own else titles_above(table, mapping)
        for at, number in enumerate(filled):
            following = table.rows[filled[at + 1]] if at + 1 < len(filled) else None
            self._row(mapping.table, number, table.rows[number], following, is_title=number in titles)

    # A row

    def _row(self, table: int, number: int, row: Row, following: Row | None, *, is_title: bool) -> None:
        if (
            self._labels(table, number, row)
            or self._told_below(table, number, row)
            or self._kept_whole(table, number, row, last=following is None)
        ):
            return
        if number in self.branches:
            self._branch(table, number, row)
            return
        alone = alone_in(row)
        if alone and (is_title or self._is_section(*alone, following)):
            place = Place(table, number, alone[0])
            self.used |= {
                Place(table, number, column) for column, cell in enumerate(row.cells) if cell.text.strip()
            }
            self._section(place, alone[1], following)
            return
        self.doubt = SLIDES if self._slides(row) else NO_HEADING if self.guessed else ""
        found: Found = {}
        for column, cell in enumerate(row.cells):
            place = Place(table, number, column)
            meaning = self.columns[column] if column < len(self.columns) else Meaning.KEPT
            if cell.text.strip() or cell.day or (cell.colour and meaning in BY_COLOUR):
                self.above[column] = (place, cell)
                found.setdefault(meaning, []).append((place, cell))
                self.used.add(place)
            elif cell.covered == Reach.ABOVE and column in self.above:
                if meaning in CARRIED:
                    found.setdefault(meaning, []).append(self.above[column])
            else:
                self.above.pop(column, None)
        self._record(found, {place for cells in found.values() for place, _ in cells if place.row == number})

    def _kept_whole(self, table: int, number: int, row: Row, *, last: bool) -> bool:
        """Whether a row says something beside the plan: a note, or a label that no plan has."""
        alone = alone_in(row)
        if alone and self._is_note(*alone[:2], last=last):
            place = Place(table, number, alone[0])
            self._keep(place, alone[1], "A row of its own that is no part of the plan")
            return True
        why = TOTAL if not self.own and is_total(row) else "A label where a number would stand"
        if why != TOTAL and not self._is_label(row):
            return False
        for column, cell in enumerate(row.cells):
            self._keep(Place(table, number, column), cell.text, why)
        return True

    def _told_below(self, table: int, number: int, row: Row) -> bool:
        """Whether a row says behind a label how the action above it goes."""
        told = update_below(row) if self.draft is not None and not self.own else None
        if told is None or self.draft is None:
            return False
        place = Place(table, number, told.column)
        if told.text:
            cell = row.cells[told.column]
            self.draft.add(
                Meaning.PROGRESS, Bit(place, told.text, cell, "From the row below", Sureness.LIKELY)
            )
        self.used |= {Place(table, number, at) for at, cell in enumerate(row.cells) if cell.text.strip()}
        return True

    def _branch(self, table: int, number: int, row: Row) -> None:
        """A row whose number those below it begin with is what they stand under, and nothing that is to be done."""
        places: list[Place] = []
        beside: Found = {}
        for column, cell in enumerate(row.cells):
            place = Place(table, number, column)
            meaning = self.columns[column] if column < len(self.columns) else Meaning.KEPT
            if meaning in (Meaning.THEME, Meaning.OUTCOME) and cell.text.strip():
                beside[meaning] = [(place, cell)]
                self.used.add(place)
            elif meaning not in OF_BRANCH:
                self._keep(place, cell.text, NO_PLACE.get(meaning, SUMMED))
            elif cell.text.strip():
                places.append(place)
        self.used |= {*places}
        name, words = self.branches[number]
        if name:
            words, outcome = with_outcome(words)
            self._theme_of(beside)
            self._open(name, words, tuple(places), outcome=outcome)
            self._outcome(beside, new=True)
            return
        where = next((place for place in places if self.columns[place.column] == Meaning.ACTION), places[0])
        self.theme = said(words, where)
        self.sections.append((words, where))
        self.band, self.next_band = Said(Timescale.NONE.value), None
        self.group = self.draft = None

    def _record(self, found: Found, here: set[Place]) -> None:
        new = self._recommendation(found)
        if again := self._told_again(found):
            self._told_of(again, found)
            return
        drafts = self._actions(found, new)
        for meaning, cells in found.items():
            for place, cell in cells:
                if meaning in NO_PLACE:
                    self._keep(place, cell.text, NO_PLACE[meaning])
                elif meaning not in OF_GROUP:
                    self._beside(meaning, place, cell, drafts, new, merged=place not in here)

    def _told_of(self, draft: Draft, found: Found) -> None:
        """Another row of an action that says how it went on another day."""
        for meaning, cells in found.items():
            for place, cell in cells:
                bit = Bit(place, cell.text.strip(), cell, "Printed again for another update", Sureness.LIKELY)
                if meaning in (Meaning.PROGRESS, Meaning.UPDATED_ON):
                    draft.add(meaning, bit)
                elif meaning not in OF_GROUP and bit.text not in [
                    one.text for one in draft.bits.get(meaning, ())
                ]:
                    self._keep(place, cell.text, "The action has one in another row")

    # What stands beside actions

    def _beside(
        self, meaning: Meaning, place: Place, cell: Cell, drafts: list[Draft], new: bool, *, merged: bool
    ) -> None:
        if not drafts:
            if not merged:
                self._below(meaning, place, cell, new)
            return
        if (
            meaning == Meaning.PROGRESS
            and not self.own
            and self._by_number(place, cell, drafts, merged=merged)
        ):
            return
        if len(drafts) == 1:
            how = "One merged cell beside several actions" if merged else ""
            drafts[0].add(
                meaning,
                Bit(place, cell.text.strip(), cell, how, Sureness.LIKELY if merged else Sureness.CERTAIN),
            )
            return
        bits = sharing.share(meaning, place, cell, [draft.number for draft in drafts])
        if bits is None:
            self._keep(
                place,
                cell.text,
                f"It could not be told which of the {len(drafts)} actions beside it each part belongs to",
            )
            for draft in drafts:
                draft.add(
                    meaning,
                    Bit(
                        place, "", Cell(), "Its cell could not be divided among the actions", Sureness.UNSURE
                    ),
                )
            return
        for draft, bit in zip(drafts, bits, strict=True):
            if bit is not None:
                draft.add(meaning, bit)

    def _by_number(self, place: Place, cell: Cell, drafts: list[Draft], *, merged: bool) -> bool:
        """Whether an update says by numbers of its own which actions its parts belong to."""
        if self.group is None:
            return False
        pieces = pieces_of(cell.text, ordered=False)
        numbered = [piece for piece in pieces if piece.number]
        # “(2-3)” names actions by their numbers even where those stand in a column of their own.
        several = len(numbered) == len(pieces) and any(
            covered_by(piece.number) != (piece.number,) for piece in numbered
        )
        if not numbered or not (self.group.numbers_in_cells or several):
            return False
        if merged:
            return True
        for piece in pieces:
            if not piece.number:
                if len(drafts) == 1:
                    drafts[0].add(Meaning.PROGRESS, Bit(place, piece.text, cell))
                else:
                    self._keep(place, piece.text, "It names no action by its number")
                continue
            own = [
                draft
                for draft in drafts
                if {draft.number, *covered_by(draft.number)} & {piece.number, *covered_by(piece.number)}
            ]
            how = f"Matched by its number, {piece.number}"
            for draft in own:
                draft.add(Meaning.PROGRESS, Bit(place, piece.text, cell, how))
            met = {one for draft in own for one in (draft.number, *covered_by(draft.number))}
            self.group.waiting += [
                (one, Bit(place, piece.text, cell, how, Sureness.LIKELY))
                for one in covered_by(piece.number)
                if one not in met
            ]
        return True

    def _below(self, meaning: Meaning, place: Place, cell: Cell, new: bool) -> None:
        """A cell of a row without an action belongs to the action above it, unless a recommendation has begun since."""
        if self.group is not None and meaning == Meaning.PROGRESS and not self.own:
            numbered = [piece for piece in pieces_of(cell.text, ordered=False) if piece.number]
            if (
                numbered
                and (self.group.numbers_in_cells or self.draft is None)
                and len(numbered) == len(pieces_of(cell.text, ordered=False))
            ):
                for piece in numbered:
                    self.group.waiting += [
                        (
                            one,
                            Bit(
                                place,
                                piece.text,
                                cell,
                                f"Matched by its number, {piece.number}",
                                Sureness.LIKELY,
                            ),
                        )
                        for one in covered_by(piece.number)
                    ]
                return
        single = meaning in (
            Meaning.DUE,
            Meaning.STAGE,
            Meaning.RATING,
            Meaning.FORECAST,
            Meaning.UPDATED_ON,
            Meaning.DUE_AS_PRINTED,
        )
        if self.draft is None or new or self.own:
            self._keep(place, cell.text, "No action stands beside it")
        elif single and self.draft.has(meaning):
            self._keep(place, cell.text, "The action above it has one already")
        else:
            self.draft.add(
                meaning,
                Bit(place, cell.text.strip(), cell, "From the row below", Sureness.LIKELY, below=True),
            )
