"""The rows of a plan's tables, one after the other, gathered into recommendations and their actions."""

import re
from dataclasses import dataclass, field, replace

from recommendations.intake import sharing
from recommendations.intake.columns import TableMapping
from recommendations.intake.drafts import ENDED, Bit, Draft, Group, joined, said
from recommendations.intake.headings import Meaning
from recommendations.intake.marks import band_of, lines_of, phase_of, without_bands
from recommendations.intake.numbers import (
    Piece,
    clean_number,
    covered_by,
    is_number,
    pieces_of,
    reference_first,
)
from recommendations.intake.plan_read import Said, Sureness, Unplaced
from recommendations.intake.rows import Cell, Kind, Place, Reach, Row, Source, Table
from recommendations.models.action import Phase
from recommendations.models.recommendation import Timescale

Found = dict[Meaning, list[tuple[Place, Cell]]]

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
    Meaning.KEPT: "A plan has no place for this column",
    Meaning.AGENCY: "A post's organisation is chosen when the post is added",
}
CARRIED = sharing.OF_ALL | {Meaning.PHASE}


@dataclass
class PlanRows:
    """What has been gathered so far, and where in the plan the reading stands.

    `band` and `phase` hold for what follows; `next_band` for the next recommendation alone. A file that this program
    wrote (`own`) is taken word for word.
    """

    source: Source
    own: bool = False
    many: bool = False
    groups: list[Group] = field(default_factory=list)
    by_reference: dict[str, list[Group]] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)
    theme: Said[str] = field(default_factory=lambda: Said(""))
    band: Said[str] = field(default_factory=lambda: Said(Timescale.NONE.value))
    next_band: Said[str] | None = None
    phase: Said[str] = field(default_factory=lambda: Said(Phase.NONE.value))
    next_phase: bool = False
    group: Group | None = None
    draft: Draft | None = None
    # Of the table that is read.
    columns: tuple[Meaning, ...] = ()
    title: Said[str] | None = None
    above: dict[int, tuple[Place, Cell]] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)

    # A table

    def read(self, mapping: TableMapping) -> None:
        table = self.source.tables[mapping.table]
        self.columns = mapping.columns
        self.above = {}
        self._begin(table, mapping)
        first = min(mapping.headers, default=0)
        rows = [number for number in range(first, len(table.rows)) if number not in mapping.headers]
        filled = [number for number in rows if any(cell.text.strip() for cell in table.rows[number].cells)]
        for at, number in enumerate(filled):
            following = table.rows[filled[at + 1]] if at + 1 < len(filled) else None
            self._row(mapping.table, number, table.rows[number], following)

    def _begin(self, table: Table, mapping: TableMapping) -> None:
        """What stands above a table's headings names what it is about; a table without it goes on from the last one."""
        self.title = None
        for number in range(min(mapping.headers, default=0)):
            if alone := _alone(table.rows[number]):
                self.title = said(
                    alone[1],
                    Place(mapping.table, number, alone[0]),
                    "It stands above the headings",
                    Sureness.LIKELY,
                )
        short = [paragraph for paragraph in table.before if len(paragraph) <= 160]
        if self.title is None and short:
            self.title = said(short[-1], (), "It stands above the table", Sureness.LIKELY)
        on_its_own = self.source.kind == Kind.EXCEL or self.title is not None
        if on_its_own and mapping.headers:
            self.group = self.draft = None
            self.phase = Said(Phase.NONE.value)
        if self.many and on_its_own and mapping.headers:
            name = table.name if self.source.kind == Kind.EXCEL else self.title.value if self.title else ""
            self.theme = said(name, (), "The name of its table", Sureness.LIKELY)

    # A row

    def _row(self, table: int, number: int, row: Row, following: Row | None) -> None:
        alone = _alone(row)
        if alone and self._is_section(*alone, following):
            place = Place(table, number, alone[0])
            self.used |= {
                Place(table, number, column) for column, cell in enumerate(row.cells) if cell.text.strip()
            }
            self._section(place, alone[1], following)
            return
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

    def _record(self, found: Found, here: set[Place]) -> None:
        new = self._recommendation(found)
        drafts = self._actions(found, new)
        for meaning, cells in found.items():
            for place, cell in cells:
                if meaning in NO_PLACE:
                    self._keep(place, cell.text, NO_PLACE[meaning])
                elif meaning not in OF_GROUP:
                    self._beside(meaning, place, cell, drafts, new, merged=place not in here)

    def _keep(self, place: Place, text: str, why: str) -> None:
        if text.strip():
            self.unplaced.append(Unplaced(place, text.strip(), why))

    # Sections

    def _is_section(self, column: int, text: str, spans: bool, following: Row | None) -> bool:
        meaning = self.columns[column] if column < len(self.columns) else Meaning.KEPT
        if self.own:
            return False
        if spans or (phase_of(text) is not None and meaning != Meaning.PHASE):
            return True
        if meaning == Meaning.RECOMMENDATION:
            if band_of(text) is not None:
                return True
            looks = text.isupper() or (
                len(text.split()) <= 6 and not text[0].islower() and not ENDED.search(text)
            )
            return looks and not reference_first(text)[0] and self._has_recommendation(following)
        if meaning in (Meaning.REFERENCE, Meaning.NUMBER, Meaning.KEPT):
            return column == 0 and not is_number(text)
        return meaning == Meaning.THEME and Meaning.RECOMMENDATION not in self.columns

    def _has_recommendation(self, row: Row | None) -> bool:
        column = self.columns.index(Meaning.RECOMMENDATION)
        return row is not None and column < len(row.cells) and bool(row.cells[column].text.strip())

    def _section(self, place: Place, text: str, following: Row | None) -> None:
        if (band := band_of(text)) is not None:
            self.band = self.next_band = said(band, place)
            self.group = self.draft = None
        elif (phase := phase_of(text)) is not None:
            self.phase, self.next_phase = said(phase, place), self.group is None
            self.draft = None
        elif Meaning.RECOMMENDATION in self.columns or self._names_theme(text, following):
            self.theme = said(" ".join(text.split()), place)
            self.shapes["theme"] = _shape(text)
            self.band, self.next_band = Said(Timescale.NONE.value), None
            self.group = self.draft = None
        else:
            self.shapes["recommendation"] = _shape(text)
            self._open(*reference_first(" ".join(text.split())), (place,))

    def _names_theme(self, text: str, following: Row | None) -> bool:
        """Where recommendations are rows of their own too, a theme is followed by another such row."""
        alone = _alone(following) if following else None
        is_above = (
            alone is not None
            and self._is_section(*alone, None)
            and phase_of(alone[1]) is None
            and band_of(alone[1]) is None
        )
        if is_above:
            return alone is not None and (_shape(alone[1]) != _shape(text) or not self.groups)
        return (
            _shape(text)
            == self.shapes.get("theme")
            != self.shapes.get("recommendation", self.shapes.get("theme"))
        )

    # Recommendations

    def _open(
        self,
        reference: str,
        text: str,
        places: tuple[Place, ...],
        how: str = "",
        sure: Sureness = Sureness.CERTAIN,
    ) -> None:
        band = self.next_band or self.band
        self.group = Group(said(reference, places), self.theme, band, said(text, places, how, sure))
        self.groups.append(self.group)
        if reference:
            self.by_reference.setdefault(reference, []).append(self.group)
        self.draft, self.next_band = None, None
        if not self.next_phase:
            self.phase = Said(Phase.NONE.value)
        self.next_phase = False

    def _recommendation(self, found: Found) -> bool:
        """Whether a row begins another recommendation than the one before it."""
        self._theme_of(found)
        for place, cell in found.get(Meaning.TIMESCALE, ()):
            if (band := band_of(cell.text)) is not None:
                self.next_band = said(band, place)
            else:
                self._keep(place, cell.text, "This is none of the bands of time that a plan has")
        cells, references = found.get(Meaning.RECOMMENDATION, []), found.get(Meaning.REFERENCE, [])
        text, places = "\n".join(cell.text.strip() for _, cell in cells), tuple(place for place, _ in cells)
        if not self.own:
            band, phase, text = without_bands(text)
            if band is not None:
                self.next_band = said(band, places)
                if not text and not references:
                    self.group = self.draft = None
                    self.next_phase = False
            if phase is not None:
                self.phase, self.next_phase = said(phase, places), True
        reference = (
            clean_number(references[0][1].text)
            if references and not self.own
            else references[0][1].text.strip()
            if references
            else ""
        )
        if text and not reference and not self.own:
            reference, text = reference_first(text)
        places += tuple(place for place, _ in references[:1])
        new = bool(text or reference) and self._begins(reference, text, places)
        self._outcome(found, new)
        return new

    def _theme_of(self, found: Found) -> None:
        for place, cell in found.get(Meaning.THEME, [])[:1]:
            name = " ".join(cell.text.split())
            if name != self.theme.value:
                self.theme, self.group, self.draft = said(name, place), None, None
                self.band, self.next_band = Said(Timescale.NONE.value), None

    def _begins(self, reference: str, text: str, places: tuple[Place, ...]) -> bool:
        current = self.group
        if (
            current is not None
            and (reference or current.reference.value) in ("", current.reference.value)
            and (not text or text == current.text.value)
        ):
            return False
        if current is not None and text and not reference and text[0].islower():
            current.text = joined(current.text, said(text, places), "It runs over several rows")
            return False
        earlier = [
            group
            for group in self.by_reference.get(reference, ())
            if text in ("", group.text.value) and group.theme.value == self.theme.value
        ]
        if earlier:
            self.group, self.draft = earlier[0], None
            return True
        self._open(reference, text, places)
        return True

    def _outcome(self, found: Found, new: bool) -> None:
        cells = found.get(Meaning.OUTCOME, [])
        if not cells:
            return
        if self.group is None:
            self._without_recommendation(found)
        if self.group is None:
            for place, cell in cells:
                self._keep(place, cell.text, "No recommendation stands beside it")
            return
        known = self.group.outcome.value.split("\n\n")
        for place, cell in cells:
            text = cell.text.strip()
            if text and text not in known:
                more = said(text, place)
                how = "All that is printed beside its actions"
                outcome = self.group.outcome
                self.group.outcome = (
                    Said(f"{outcome.value}\n\n{text}", (*outcome.places, place), how, Sureness.LIKELY)
                    if outcome.value
                    else more
                )
                known.append(text)
            else:
                self.group.outcome = replace(self.group.outcome, places=(*self.group.outcome.places, place))

    def _without_recommendation(self, found: Found) -> None:
        """A row that no recommendation stands above: what the table is called stands for it."""
        if not (found.get(Meaning.ACTION) or found.get(Meaning.OUTCOME)) or (
            all(phase_of(cell.text) for _, cell in found.get(Meaning.ACTION, ()))
            and Meaning.OUTCOME not in found
        ):
            return
        title = self.title or said(self.theme.value, self.theme.places)
        reference, text = reference_first(" ".join(title.value.split()))
        how = "No recommendation is printed above it; what it stands under was taken"
        self.used |= set(title.places)
        self._open(reference, text, title.places, how, Sureness.UNSURE)

    # Actions

    def _actions(self, found: Found, new: bool) -> list[Draft]:
        """The actions that a row begins; where it goes on with the one before it, none."""
        for place, cell in found.get(Meaning.PHASE, ()):
            phase = phase_of(cell.text)
            if phase is None:
                self._keep(place, cell.text, "This is none of the phases that a plan has")
            self.phase = said(phase or Phase.NONE.value, place)
        if Meaning.PHASE in self.columns and Meaning.PHASE not in found and found.get(Meaning.ACTION):
            self.phase = Said(Phase.NONE.value)
        cells = found.get(Meaning.ACTION, [])
        if not cells:
            for place, cell in found.get(Meaning.NUMBER, ()):
                self._keep(place, cell.text, "No action stands beside this number")
            return []
        place, cell = cells[0]
        if not self.own and (phase := phase_of(cell.text)) is not None:
            self.phase, self.next_phase = said(phase, place), self.group is None
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
        assert self.group is not None
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
            draft.text.append(
                Bit(place, piece.text, cell, "" if len(pieces) == 1 else "One of several in its cell", sure)
            )
            drafts.append(draft)
        self.group.drafts += drafts
        self.group.numbers_in_cells |= any(piece.number for piece in pieces) and not in_column
        self.draft = drafts[-1] if drafts else self.draft
        return drafts

    def _goes_on(self, piece: Piece, found: Found, new: bool, *, several: bool) -> bool:
        """Whether the words of an action cell go on from the row above."""
        last = self.draft
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
        if piece.text[0].islower():
            return True
        return bool(last.number) and not several and not ENDED.search(last.text[-1].text)

    @staticmethod
    def _own_cells(found: Found) -> bool:
        return bool(found.get(Meaning.LEADS) or found.get(Meaning.DUE))

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
        assert self.group is not None
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


def _alone(row: Row) -> tuple[int, str, bool] | None:
    """The text of a row that holds one only: its column, and whether it lies over the whole width."""
    filled = [(column, cell) for column, cell in enumerate(row.cells) if cell.text.strip()]
    if (
        not filled
        or len({cell.text.strip() for _, cell in filled}) > 1
        or any(cell.day for _, cell in filled)
    ):
        return None
    column, cell = filled[0]
    covered = sum(other.covered == Reach.LEFT for other in row.cells[column + 1 :])
    spans = len(row.cells) == 1 or len(filled) == len(row.cells) > 2 or covered >= max(len(row.cells) - 2, 1)
    if len(filled) > 1 and not spans:
        return None
    return column, cell.text.strip(), spans


def _shape(text: str) -> str:
    """What rows of the same kind have in common: capitals, a reference, or the word that they begin with."""
    if text.isupper():
        return "capitals"
    if reference := reference_first(text)[0]:
        begins = re.sub(r"\W.*", "", text.split(maxsplit=1)[0]).rstrip("0123456789").lower()
        return f"{begins}#{reference.count('.')}"
    return "words"
