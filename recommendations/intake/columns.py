"""What the columns of a plan's table mean, whatever they are called and in whatever order they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recommendations.intake.by_cells import by_cells
from recommendations.intake.choosing import chosen
from recommendations.intake.evidence import fits, profile_of
from recommendations.intake.header_rows import Heads, find_heads
from recommendations.intake.headings import Meaning, heading_key, meanings_of
from recommendations.intake.numbers import clean_number, reference_first
from recommendations.intake.plan_read import Sureness
from recommendations.intake.post_keys import is_key
from recommendations.intake.read_json import OF_ACTION, OF_RECOMMENDATION, are_ours
from recommendations.intake.rows import Source, Table

__all__ = ["Meaning", "TableMapping", "examples", "heading_key", "heads_of", "how_sure", "propose"]

EXAMPLES = 3
# What the headings of our own files mean, by the names that the schema has for them.
OURS = {
    OF_RECOMMENDATION["theme"]: Meaning.THEME,
    OF_RECOMMENDATION["timescale"]: Meaning.TIMESCALE,
    OF_RECOMMENDATION["reference"]: Meaning.REFERENCE,
    OF_RECOMMENDATION["recommendation"]: Meaning.RECOMMENDATION,
    OF_RECOMMENDATION["outcome_required"]: Meaning.OUTCOME,
    OF_ACTION["number"]: Meaning.NUMBER,
    OF_ACTION["phase"]: Meaning.PHASE,
    OF_ACTION["lead_officers"]: Meaning.LEADS,
    OF_ACTION["action"]: Meaning.ACTION,
    OF_ACTION["due_on"]: Meaning.DUE,
    OF_ACTION["due_as_printed"]: Meaning.DUE_AS_PRINTED,
    OF_ACTION["stage"]: Meaning.STAGE,
    OF_ACTION["rating"]: Meaning.RATING,
    OF_ACTION["latest_update"]: Meaning.PROGRESS,
    OF_ACTION["updated_on"]: Meaning.UPDATED_ON,
    OF_ACTION["expected_by"]: Meaning.FORECAST,
    OF_ACTION["update_number"]: Meaning.UPDATE_NUMBER,
}


@dataclass(frozen=True)
class TableMapping:
    """How one table is read: its header rows, counted from nought, and what each column means.

    A table that is not part of the plan has no columns. `KEPT` is a column whose words are kept and shown only.
    `guessed` are the columns whose meaning no heading says, and that nobody has confirmed.
    """

    table: int
    headers: tuple[int, ...]
    columns: tuple[Meaning, ...]
    guessed: tuple[int, ...] = ()


def propose(source: Source, remembered: Mapping[str, Meaning] | None = None) -> tuple[TableMapping, ...]:
    """How every table of a file might be read. `remembered` are headings that the council has confirmed before."""
    known = {heading_key(heading): meaning for heading, meaning in (remembered or {}).items()}
    proposed: list[TableMapping] = []
    before: TableMapping | None = None
    for number, table in enumerate(source.tables):
        mapping = _with_headings(number, table, known) or _going_on(number, table, before, source)
        proposed.append(mapping or TableMapping(number, (), ()))
        before = mapping or before
    proposed = _with_lists(source, _without_guesses(_alike(source, proposed)), known)
    if not any(mapping.columns for mapping in proposed):
        proposed = [_by_cells(number, table) for number, table in enumerate(source.tables)]
    return tuple(proposed)


def _alike(source: Source, proposed: list[TableMapping]) -> list[TableMapping]:
    """Tables under the same headings are read alike: as the longest of them is."""
    longest: dict[tuple[str, ...], TableMapping] = {}
    heads: dict[int, tuple[str, ...]] = {}
    for each in proposed:
        if not each.headers:
            continue
        table = source.tables[each.table]
        heads[each.table] = tuple(map(heading_key, Heads.at(table, each.headers).texts))
        known = longest.setdefault(heads[each.table], each)
        if len(table.rows) > len(source.tables[known.table].rows):
            longest[heads[each.table]] = each
    return [
        replace(longest[heads[each.table]], table=each.table, headers=each.headers)
        if each.table in heads
        else each
        for each in proposed
    ]


def _without_guesses(proposed: list[TableMapping]) -> list[TableMapping]:
    """Beside tables whose headings name actions, one whose do not, such as a scorecard, is no part of the plan."""

    def named(each: TableMapping) -> bool:
        return any(
            meaning == Meaning.ACTION and column not in each.guessed
            for column, meaning in enumerate(each.columns)
        )

    if not any(named(each) for each in proposed):
        return proposed
    return [
        TableMapping(each.table, (), ())
        if Meaning.ACTION in each.columns and Meaning.RECOMMENDATION not in each.columns and not named(each)
        else each
        for each in proposed
    ]


def _with_lists(
    source: Source, proposed: list[TableMapping], known: Mapping[str, Meaning]
) -> list[TableMapping]:
    """With the tables that only list recommendations, whose references most of the other tables' rows name."""
    asked = {reference for each in proposed for reference in _references(source, each)}
    found = list(proposed)
    for at, each in enumerate(proposed):
        read = None if each.columns else _as_list(source.tables[each.table], each.table, known)
        listed = set(_references(source, read)) if read else set()
        if read and len(listed) > 1 and len(asked & listed) > len(asked) / 2:
            found[at] = read
    return found


def _as_list(table: Table, number: int, known: Mapping[str, Meaning]) -> TableMapping | None:
    heads = find_heads(table, known)
    if heads is None:
        return None
    mapping = _under(heads, number, table, {})
    listed = {Meaning.REFERENCE, Meaning.RECOMMENDATION} <= set(mapping.columns)
    return mapping if listed and Meaning.ACTION not in mapping.columns else None


def _references(source: Source, mapping: TableMapping) -> Iterator[str]:
    """The recommendations that a table's rows name, by a column of references or at the head of their words."""
    for number, row in enumerate(source.tables[mapping.table].rows):
        if number in mapping.headers:
            continue
        for meaning, cell in zip(mapping.columns, row.cells, strict=False):
            if meaning == Meaning.REFERENCE and cell.text.strip():
                yield clean_number(cell.text)
            elif meaning == Meaning.RECOMMENDATION and (reference := reference_first(cell.text)[0]):
                yield reference


def heads_of(source: Source, mapping: Sequence[TableMapping]) -> dict[int, Heads]:
    """The headings of each table by its number; a table without any goes on under those of the one before it."""
    found: dict[int, Heads] = {}
    last = Heads((), ())
    for each in mapping:
        if each.headers:
            found[each.table] = last = Heads.at(source.tables[each.table], each.headers)
        elif each.columns:
            found[each.table] = replace(last, rows=())
    return found


def examples(source: Source, mapping: TableMapping) -> tuple[tuple[str, ...], ...]:
    """The first few different texts of each column."""
    table = source.tables[mapping.table]
    found: list[tuple[str, ...]] = []
    for column in range(_width(table)):
        texts = dict.fromkeys(
            row.cells[column].text.strip()
            for number, row in enumerate(table.rows)
            if number not in mapping.headers and column < len(row.cells) and row.cells[column].text.strip()
        )
        found.append(tuple(texts)[:EXAMPLES])
    return tuple(found)


def how_sure(source: Source, mapping: tuple[TableMapping, ...]) -> dict[tuple[int, int], Sureness]:
    """How sure each column's meaning is, by table and column: certain where its heading says so and its cells agree."""
    sure: dict[tuple[int, int], Sureness] = {}
    for each in mapping:
        table = source.tables[each.table]
        heads = Heads.at(table, each.headers)
        for column, meaning in enumerate(each.columns):
            said = meanings_of(heads.telling(column)).get(meaning, 0.0)
            agrees = fits(meaning, profile_of(table, column, each.headers))
            if said == 1.0 and agrees > -0.3:
                sure[each.table, column] = Sureness.CERTAIN
            elif (said and agrees > -0.5) or (meaning in (Meaning.KEPT, Meaning.MONTH) and not said):
                sure[each.table, column] = Sureness.LIKELY
            else:
                sure[each.table, column] = Sureness.UNSURE
    return sure


def _width(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def _with_headings(number: int, table: Table, known: Mapping[str, Meaning]) -> TableMapping | None:
    heads = find_heads(table, known)
    if heads is None:
        return None
    if are_ours(heads.texts):
        # By our own headings alone, whatever was typed below them.
        return TableMapping(number, heads.rows, tuple(OURS.get(text, Meaning.KEPT) for text in heads.texts))
    fixed = {
        column: known[key]
        for column in range(_width(table))
        if (key := heading_key(heads.heading(column))) in known
    }
    mapping = _under(heads, number, table, fixed)
    found = set(mapping.columns)
    of_plan = Meaning.ACTION in found or (
        Meaning.RECOMMENDATION in found and {Meaning.LEADS, Meaning.DUE, Meaning.PROGRESS} & found
    )
    return mapping if of_plan else None


def _under(heads: Heads, number: int, table: Table, fixed: Mapping[int, Meaning]) -> TableMapping:
    """The columns of a table as its headings and cells say, but for those that are `fixed`."""
    width = _width(table)
    profiles = [profile_of(table, column, heads.rows) for column in range(width)]
    columns = chosen([heads.telling(column) for column in range(width)], profiles, fixed)
    return TableMapping(number, heads.rows, columns, _guesses(heads, columns, fixed))


def _guesses(heads: Heads, columns: tuple[Meaning, ...], fixed: Mapping[int, Meaning]) -> tuple[int, ...]:
    """The columns that were taken for something of which their headings say nothing."""
    return tuple(
        column
        for column, meaning in enumerate(columns)
        if meaning not in (Meaning.KEPT, Meaning.MONTH)
        and column not in fixed
        and meaning not in meanings_of(heads.telling(column))
        # An agency leads and a forecast is due where there is nothing else, by their own headings.
        and not (
            {Meaning.AGENCY, Meaning.FORECAST, Meaning.OUTCOME, Meaning.RECOMMENDATION}
            & set(meanings_of(heads.telling(column)))
        )
    )


def _by_cells(number: int, table: Table) -> TableMapping:
    headers, columns = by_cells(table)
    return TableMapping(number, headers, columns, guessed=tuple(range(len(columns))))


def _going_on(number: int, table: Table, before: TableMapping | None, source: Source) -> TableMapping | None:
    """A table without headings that goes on from the one before it, as after a page break."""
    if before is None or is_key(table) or _width(table) != len(before.columns) or not table.rows:
        return None
    last = source.tables[before.table]
    same = [
        column
        for column, meaning in enumerate(before.columns)
        if meaning in (Meaning.ACTION, Meaning.DUE, Meaning.LEADS)
        and profile_of(table, column, ()).filled
        and fits(meaning, profile_of(table, column, ())) > -0.3
        and profile_of(last, column, before.headers).filled
    ]
    return replace(before, table=number, headers=()) if len(same) > 1 else None
