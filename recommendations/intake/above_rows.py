"""What stands above a table's headings, and the rows of it that are no part of a plan."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from recommendations.intake.action_rows import ActionRows
from recommendations.intake.columns import TableMapping
from recommendations.intake.drafts import ENDED, said
from recommendations.intake.headings import Meaning
from recommendations.intake.label_rows import is_label_table, labelled, outcome_in
from recommendations.intake.lone_rows import alone_in
from recommendations.intake.marks import band_of, phase_of
from recommendations.intake.numbers import NAMED, is_number, reference_alone, reference_first
from recommendations.intake.plan_read import Said, Sureness
from recommendations.intake.recommendation_rows import CALLED, OF_TABLE
from recommendations.intake.rows import Cell, Kind, Place, Row, Source, Table
from recommendations.intake.status_keys import codes_in, is_key_row
from recommendations.models.action import Phase

NOTE = re.compile(
    r"\s*(?:nb\b|n\.b\.|notes?\b\s*:|total\b|key\b\s*(?::|$)|signed\b|approved by|last updated|version\b|\*)",
    re.IGNORECASE,
)
# “◆ = milestone”, below a calendar.
EXPLAINS = re.compile(r"[^\w\s]{1,3}\s*[=:–-]\s*\w|[\w ]{1,20}\s=\s")
TOTAL = re.compile(r"\s*(?:grand |sub-?)?totals?\b", re.IGNORECASE)
COUNT = re.compile(r"[\d.,]+\s?%?")
KEY_ROW = re.compile(r"\s*(?:b?rag\s+)?key\s*:?\s*", re.IGNORECASE)
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
ABOVE_TABLE = "It stands above the table"
LONGEST_NUMBER = 6
LONGEST_TITLE = 160
SHORT_TITLE = 60
# What a paper says of itself beneath its title.
OF_PAPER = re.compile(
    r"\bagenda item\b|\bversion \d|\bv\d+\.\d|\bcommittee\b.*\b20\d\d\b|\bas at\b|^\w+ \d+ of \d+$",
    re.IGNORECASE,
)


@dataclass
class AboveRows(ActionRows):
    """What has been gathered so far, with what each table stands under. `in_key` while rows explain letters."""

    in_key: bool = False

    def _begin(self, table: Table, mapping: TableMapping) -> None:
        """What stands above a table's headings names what it is about; a table without it goes on from the last one."""
        self.title = self._title_above(table, mapping)
        self._bands_above(table)
        outcome = self._paragraphs_above(table)
        # Under the theme that the reading is in, as on the next page, it goes on.
        on_its_own = self.source.kind == Kind.EXCEL or (
            self.title is not None and self.title.value != self.theme.value
        )
        if on_its_own and mapping.headers:
            self.group = self.draft = None
            self.phase = Said(Phase.NONE.value)
        self._themed_by(table, named=self.many and on_its_own and bool(mapping.headers))
        if place := self._part_above(table, mapping):
            self.used.add(place)
            self._section(place, table.rows[place.row].cells[place.column].text, None)
        if outcome:
            group = self.group or self._open_titled()
            group.outcome = said(outcome, (), ABOVE_TABLE, Sureness.LIKELY)
        self._table_of_labels(mapping.table - 1)
        for number in range(min(mapping.headers, default=0)):
            self._labels(mapping.table, number, table.rows[number])

    def _title_above(self, table: Table, mapping: TableMapping) -> Said[str] | None:
        """What a row above the headings says of the table: what calls itself a recommendation, else what stands nearest."""
        above = [
            (alone, number)
            for number in range(min(mapping.headers, default=0))
            if (alone := alone_in(table.rows[number]) or _said_of(table.rows[number]))
            and not LABELLED.match(alone[1])
            and alone[1] not in self.banners
        ]
        above = [one for one in above if NAMED.match(one[0][1]) or _said_of(table.rows[one[1]])] or above
        if not above:
            return None
        (column, text, _), number = above[-1]
        return said(
            text, Place(mapping.table, number, column), "It stands above the headings", Sureness.LIKELY
        )

    def _themed_by(self, table: Table, *, named: bool) -> None:
        """The theme that a table's name is, where it is `named` beside others. One that only lists recommendations, which
        other tables answer, is in none."""
        if Meaning.ACTION not in self.columns and Meaning.RECOMMENDATION in self.columns:
            self.theme = said("", ())
        elif named and self.source.kind == Kind.EXCEL:
            self.theme = said(table.name, (), OF_TABLE, Sureness.LIKELY)
        elif named and Meaning.RECOMMENDATION in self.columns:
            name = self.title.value if self.title else ""
            self.theme = said(name, (), OF_TABLE, Sureness.LIKELY)

    def _paragraphs_above(self, table: Table) -> str:
        """Takes the title, and the theme above it, from the paragraphs above a table; returns an outcome that stands there."""
        short = [
            paragraph
            for paragraph in table.before
            if len(paragraph) <= LONGEST_TITLE
            and band_of(paragraph) is None
            and not OF_PAPER.search(paragraph)
            and not is_key_row(paragraph)
        ]
        outcome = "" if self.own or not short else outcome_in(short[-1])
        if outcome:
            short.pop()
        if self.title is not None or not short:
            return outcome
        *before, words = short
        if before and not reference_first(before[-1])[0] and reference_first(f"{before[-1]}: {words}")[0]:
            words = f"{before[-1]}: {words}"
        self.title = said(words, (), ABOVE_TABLE, Sureness.LIKELY)
        called = any((alone := alone_in(row)) and CALLED.match(alone[1]) for row in table.rows)
        if before and CALLED.match(words) and _is_title(before[-1]):
            self.theme = said(before[-1], (), "It stands above the recommendation", Sureness.LIKELY)
        elif called and not CALLED.match(words) and Meaning.RECOMMENDATION not in self.columns:
            # What rows of the table are called recommendations, it is not.
            self.theme = self.title
        return outcome

    def _table_of_labels(self, number: int) -> None:
        """A table right above that says what this one answers."""
        if (
            self.own
            or number < 0
            or number in self.mapped
            or not is_label_table(self.source.tables[number].rows)
        ):
            return
        table = self.source.tables[number]
        named = reference_alone(table.before[-1]) if table.before else ""
        for at, row in enumerate(table.rows):
            self._labels(number, at, row, narrowest=2, named=named)

    def _labels(self, table: int, number: int, row: Row, *, narrowest: int = 3, named: str = "") -> bool:
        """Whether a row says behind labels something of a recommendation, which it begins or belongs to.

        `named` is the reference above it, for a recommendation whose words begin with none.
        """
        found = () if self.own else labelled(row, narrowest=narrowest)
        for each in found:
            place = Place(table, number, each.column)
            if each.meaning == Meaning.RECOMMENDATION:
                reference, words = reference_first(each.text)
                self._open(reference or named, words, (place,))
            elif each.meaning == Meaning.OUTCOME:
                self._outcome({Meaning.OUTCOME: [(place, Cell(each.text))]}, new=False)
            else:
                self._themed(each.text, place)
        if found:
            self.used |= {Place(table, number, at) for at, cell in enumerate(row.cells) if cell.text.strip()}
        return bool(found)

    def _themed(self, name: str, place: Place) -> None:
        """A theme behind a label: of the recommendation that was just begun, and of those that follow."""
        self.theme = said(" ".join(name.split()), place)
        if self.group is not None and not self.group.drafts:
            self.group.theme = self.theme
        else:
            self.group = self.draft = None

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

    def _bands_above(self, table: Table) -> None:
        """A band of time in the paragraph above a table holds for what stands in it."""
        bands = [band for paragraph in table.before if (band := band_of(paragraph)) is not None]
        if bands:
            self.band = self.next_band = said(bands[-1], (), ABOVE_TABLE, Sureness.LIKELY)
            self.group = self.draft = None

    def _is_label(self, row: Row) -> bool:
        """Whether words stand where actions are numbered, one text beside them and nothing else: “Sponsor | Director”."""
        filled = {column: cell.text.strip() for column, cell in enumerate(row.cells) if cell.text.strip()}
        column = next((at for at, meaning in enumerate(self.columns) if meaning == Meaning.NUMBER), -1)
        words = filled.get(column, "")
        return (
            not self.own
            and len(filled) == 2
            and len(words) > LONGEST_NUMBER
            and not any(letter.isdigit() for letter in words)
        )

    def _slides(self, row: Row) -> bool:
        """Whether a row holds more than its table has headings for, so that its cells may stand one too far right."""
        return any(cell.text.strip() for cell in row.cells[self.headed :]) if self.headed else False

    def _is_note(self, column: int, text: str, *, last: bool) -> bool:
        """Whether a row with nothing but one text says something of the plan: a total, a key, who has signed it.

        At the end so does a post alone, and a recommendation with nothing to do where every other has actions.
        """
        if self.own or phase_of(text) is not None or reference_first(text)[0]:
            return False
        meaning = self.columns[column] if column < len(self.columns) else Meaning.KEPT
        self.in_key = bool(KEY_ROW.fullmatch(text)) or (self.in_key and bool(codes_in(text)))
        if meaning != Meaning.ACTION and (self.in_key or NOTE.match(text) or is_key_row(text)):
            return True
        if last and EXPLAINS.match(text):
            return True
        if meaning == Meaning.RECOMMENDATION:
            return last and bool(self.groups) and all(group.drafts for group in self.groups)
        if meaning in (Meaning.REFERENCE, Meaning.NUMBER):
            return last and not is_number(text)
        return last and meaning in (Meaning.LEADS, Meaning.DUE, Meaning.STAGE, Meaning.RATING)


def banners_of(source: Source, tables: Iterable[TableMapping]) -> frozenset[str]:
    """What stands above the headings of several tables, and right below them a part of the plan: it names none itself."""
    above: Counter[str] = Counter()
    over_parts: set[str] = set()
    for each in tables:
        rows, first = source.tables[each.table].rows, min(each.headers, default=0)
        after = next((row for at, row in enumerate(rows) if at > first and at not in each.headers), None)
        part = alone_in(after) if after else None
        for row in rows[:first]:
            if alone := alone_in(row):
                above[alone[1]] += 1
                if part and part[2] and band_of(part[1]) is None and phase_of(part[1]) is None:
                    over_parts.add(alone[1])
    return frozenset(text for text in over_parts if above[text] > 1)


def _is_title(text: str) -> bool:
    """Whether a paragraph above a recommendation names the part of the plan that it is in."""
    return len(text) <= SHORT_TITLE and not ENDED.search(text) and "plan" not in text.casefold()


def titles_above(table: Table, mapping: TableMapping) -> set[int]:
    """The rows with one text right above headings that are repeated, where one stands above the first of them too."""
    over = [at - 1 for at in mapping.headers if at - 1 not in mapping.headers]
    if not over or over[0] < 0 or (first := alone_in(table.rows[over[0]])) is None:
        return set()
    return {at for at in over[1:] if (alone := alone_in(table.rows[at])) and alone[0] == first[0]}


def is_total(row: Row) -> bool:
    """Whether a row counts what stands above it: “Total number of actions | 10”."""
    filled = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return bool(filled) and bool(TOTAL.match(filled[0])) and all(COUNT.fullmatch(text) for text in filled[1:])


def headed_columns(table: Table, mapping: TableMapping) -> int:
    """How many columns from the left the headings of a table reach over; nought where it has none."""
    cells = [
        column
        for row in mapping.headers[:1]
        for column, cell in enumerate(table.rows[row].cells)
        if cell.text.strip()
    ]
    return max(cells, default=-1) + 1


def _said_of(row: Row) -> tuple[int, str, bool] | None:
    """The words beside a label that calls them a recommendation: “Finding:” and what was found, in two cells."""
    filled = [(column, cell.text.strip()) for column, cell in enumerate(row.cells) if cell.text.strip()]
    if len(filled) == 2 and filled[0][1].endswith(":") and NAMED.match(filled[0][1]):
        return filled[1][0], filled[1][1], False
    return None
