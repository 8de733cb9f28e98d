"""The rows of a plan's tables, one after the other, gathered into recommendations and their actions."""

import re
from dataclasses import dataclass

from recommendations.intake import sharing
from recommendations.intake.action_rows import ActionRows
from recommendations.intake.columns import TableMapping
from recommendations.intake.drafts import Bit, Draft, said
from recommendations.intake.headings import Meaning
from recommendations.intake.marks import phase_of
from recommendations.intake.numbers import NAMED, covered_by, pieces_of, reference_first
from recommendations.intake.plan_read import NO_SUCH_COLUMN, Said, Sureness, Unplaced
from recommendations.intake.recommendation_rows import Found, alone_in
from recommendations.intake.rows import Cell, Kind, Place, Reach, Row, Table
from recommendations.models.action import Phase

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
    Meaning.AGENCY: "A post's organisation is chosen when the post is added",
}
CARRIED = sharing.OF_ALL | {Meaning.PHASE}
# “Senior responsible officer: Director” says something of the plan, and names no part of it.
LABELLED = re.compile(
    r"(?!\s*(?:recommendation|rec|priority|area|finding|objective|requirement|theme|aim|goal)\b)[A-Z][\w /()’'-]{2,40}:(?:\s|$)",
    re.IGNORECASE,
)
# “Priority 1: Leadership” names a part of a plan.
PART = re.compile(
    r"\s*(?:priority|theme|objective|area|work ?stream|section|part|strand|aim|goal)(?: area)?\s*(?:\d|[A-H]\b|[ivx]+\b|one|two|three)",
    re.IGNORECASE,
)


@dataclass
class PlanRows(ActionRows):
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
        self.headed = _headed(table, mapping) if self.source.kind == Kind.CSV else 0
        first = min(mapping.headers, default=0)
        rows = [number for number in range(first, len(table.rows)) if number not in mapping.headers]
        filled = [number for number in rows if any(cell.text.strip() for cell in table.rows[number].cells)]
        for at, number in enumerate(filled):
            following = table.rows[filled[at + 1]] if at + 1 < len(filled) else None
            self._row(mapping.table, number, table.rows[number], following)

    def _begin(self, table: Table, mapping: TableMapping) -> None:
        """What stands above a table's headings names what it is about; a table without it goes on from the last one."""
        self.title = None
        above = [
            (alone, number)
            for number in range(min(mapping.headers, default=0))
            if (alone := alone_in(table.rows[number])) and not LABELLED.match(alone[1])
        ]
        # What calls itself a recommendation is it; else what stands nearest.
        above = [one for one in above if NAMED.match(one[0][1])] or above
        if above:
            (column, text, _), number = above[-1]
            where = Place(mapping.table, number, column)
            self.title = said(text, where, "It stands above the headings", Sureness.LIKELY)
        short = [paragraph for paragraph in table.before if len(paragraph) <= 160]
        if self.title is None and short:
            words = short[-1]
            if (
                len(short) > 1
                and not reference_first(short[-2])[0]
                and reference_first(f"{short[-2]}: {words}")[0]
            ):
                words = f"{short[-2]}: {words}"
            self.title = said(words, (), "It stands above the table", Sureness.LIKELY)
        on_its_own = self.source.kind == Kind.EXCEL or self.title is not None
        if on_its_own and mapping.headers:
            self.group = self.draft = None
            self.phase = Said(Phase.NONE.value)
        excel = self.source.kind == Kind.EXCEL
        if self.many and on_its_own and mapping.headers and (excel or Meaning.RECOMMENDATION in self.columns):
            name = table.name if excel else self.title.value if self.title else ""
            self.theme = said(name, (), "The name of its table", Sureness.LIKELY)
        if place := self._part_above(table, mapping):
            self.used.add(place)
            self._section(place, table.rows[place.row].cells[place.column].text, None)

    def _part_above(self, table: Table, mapping: TableMapping) -> Place | None:
        """The row right above the first headings, where it names a part of the plan and not the plan: it is called so, or
        where the headings are repeated further down such a row stands above them too."""
        if not mapping.headers or not mapping.headers[0] or Meaning.RECOMMENDATION not in self.columns:
            return None
        first = mapping.headers[0]
        alone = alone_in(table.rows[first - 1])
        repeated = [number for number in mapping.headers if number - 1 not in (*mapping.headers, first - 1)]
        if alone and (PART.match(alone[1]) or any(alone_in(table.rows[at - 1]) for at in repeated)):
            return Place(mapping.table, first - 1, alone[0])
        return None

    # A row

    def _slides(self, row: Row) -> bool:
        """Whether a row holds more than its table has headings for, so that its cells may stand one too far right."""
        return any(cell.text.strip() for cell in row.cells[self.headed :]) if self.headed else False

    def _row(self, table: int, number: int, row: Row, following: Row | None) -> None:
        alone = alone_in(row)
        if alone and following is None and self._is_note(*alone[:2]):
            self._keep(Place(table, number, alone[0]), alone[1], "A row of its own at the end")
            return
        if alone and self._is_section(*alone, following):
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
            if cell.text.strip() or cell.day or (cell.colour and meaning in (Meaning.RATING, Meaning.STAGE)):
                self.above[column] = (place, cell)
                found.setdefault(meaning, []).append((place, cell))
                self.used.add(place)
            elif cell.covered == Reach.ABOVE and column in self.above:
                if meaning in CARRIED:
                    found.setdefault(meaning, []).append(self.above[column])
            else:
                self.above.pop(column, None)
        self._record(found, {place for cells in found.values() for place, _ in cells if place.row == number})

    def _is_note(self, column: int, text: str) -> bool:
        """Whether the last row holds a recommendation without anything to do, where every other has actions."""
        return (
            not self.own
            and self.columns[column : column + 1] == (Meaning.RECOMMENDATION,)
            and not reference_first(text)[0]
            and bool(self.groups)
            and all(group.drafts for group in self.groups)
            and phase_of(text) is None
        )

    def _record(self, found: Found, here: set[Place]) -> None:
        new = self._recommendation(found)
        drafts = self._actions(found, new)
        for meaning, cells in found.items():
            for place, cell in cells:
                if meaning in NO_PLACE:
                    self._keep(place, cell.text, NO_PLACE[meaning])
                elif meaning not in OF_GROUP:
                    self._beside(meaning, place, cell, drafts, new, merged=place not in here)

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
        if not numbered or not self.group.numbers_in_cells:
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


def _headed(table: Table, mapping: TableMapping) -> int:
    """How many columns from the left the headings of a table reach over; nought where it has none."""
    cells = [
        column
        for row in mapping.headers[:1]
        for column, cell in enumerate(table.rows[row].cells)
        if cell.text.strip()
    ]
    return max(cells, default=-1) + 1
