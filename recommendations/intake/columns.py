"""What the columns of a plan's table mean, whatever they are called and in whatever order they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from recommendations.intake.due_dates import is_date
from recommendations.intake.evidence import Profile, fits, profile_of
from recommendations.intake.header_rows import Heads, find_heads
from recommendations.intake.headings import Meaning, heading_key, meanings_of
from recommendations.intake.plan_read import Sureness
from recommendations.intake.post_keys import is_key
from recommendations.intake.rows import Source, Table

__all__ = ["Meaning", "TableMapping", "examples", "heading_key", "how_sure", "propose"]

# Meanings that several columns may have; of every other the best column has it.
SEVERAL = {Meaning.PROGRESS, Meaning.OUTCOME, Meaning.LEADS, Meaning.KEPT}
OF_ACTIONS = {Meaning.LEADS, Meaning.DUE, Meaning.PROGRESS, Meaning.STAGE, Meaning.RATING}
LEAST = 0.35
EXAMPLES = 3
LONGEST_HEAD = 60


@dataclass(frozen=True)
class TableMapping:
    """How one table is read: its header rows, counted from nought, and what each column means.

    A table that is not part of the plan has no columns. `KEPT` is a column whose words are kept and shown only.
    """

    table: int
    headers: tuple[int, ...]
    columns: tuple[Meaning, ...]


def propose(source: Source, remembered: Mapping[str, Meaning] | None = None) -> tuple[TableMapping, ...]:
    """How every table of a file might be read. `remembered` are headings that the council has confirmed before."""
    known = {heading_key(heading): meaning for heading, meaning in (remembered or {}).items()}
    proposed: list[TableMapping] = []
    before: TableMapping | None = None
    for number, table in enumerate(source.tables):
        mapping = _with_headings(number, table, known) or _going_on(number, table, before, source)
        proposed.append(mapping or TableMapping(number, (), ()))
        before = mapping or before
    proposed = _alike(source, proposed)
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
        replace(each, columns=longest[heads[each.table]].columns) if each.table in heads else each
        for each in proposed
    ]


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
            said = dict(meanings_of(heading_key(heads.heading(column)))).get(meaning, 0.0)
            agrees = fits(meaning, profile_of(table, column, each.headers))
            if said == 1.0 and agrees > -0.3:
                sure[each.table, column] = Sureness.CERTAIN
            elif (said and agrees > -0.5) or (meaning == Meaning.KEPT and not said):
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
    width = _width(table)
    profiles = [profile_of(table, column, heads.rows) for column in range(width)]
    fixed = {
        column: known[heading_key(heads.heading(column))]
        for column in range(width)
        if heading_key(heads.heading(column)) in known
    }
    columns = _chosen([heads.heading(column) for column in range(width)], profiles, fixed)
    if Meaning.ACTION not in columns and not (
        Meaning.RECOMMENDATION in columns and {Meaning.LEADS, Meaning.DUE, Meaning.PROGRESS} & set(columns)
    ):
        return None
    return TableMapping(number, heads.rows, columns)


def _scores(heading: str, profile: Profile) -> dict[Meaning, float]:
    return {
        meaning: weight + fits(meaning, profile) * 0.9
        for meaning, weight in meanings_of(heading_key(heading))
    }


def _chosen(
    headings: list[str], profiles: list[Profile], fixed: Mapping[int, Meaning]
) -> tuple[Meaning, ...]:
    """The meaning of each column: what the council confirmed, then the surest first."""
    chosen = dict(fixed)
    taken = set(fixed.values()) - SEVERAL
    asked = sorted(
        (
            (-score, column, meaning)
            for column, heading in enumerate(headings)
            if column not in fixed
            for meaning, score in _scores(heading, profiles[column]).items()
            if score >= LEAST
        ),
        key=lambda one: (one[0], one[1]),
    )
    for _, column, meaning in asked:
        if column not in chosen and meaning not in taken:
            chosen[column] = meaning
            if meaning not in SEVERAL:
                taken.add(meaning)
    _number_or_reference(chosen, headings, profiles)
    _agencies(chosen, headings, fixed)
    _fill(chosen, headings, profiles)
    return tuple(chosen.get(column, Meaning.KEPT) for column in range(len(headings)))


def _number_or_reference(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """A column of references numbers recommendations, not actions, where the actions carry numbers of their own."""
    of = {meaning: column for column, meaning in chosen.items()}
    self_numbered = of.get(Meaning.REFERENCE)
    if self_numbered is not None and Meaning.NUMBER not in of and Meaning.RECOMMENDATION not in of:
        # Beside actions that nothing else numbers, and under no recommendation of its own row, it is their number.
        either = dict(meanings_of(heading_key(headings[self_numbered]))).get(Meaning.NUMBER)
        profile = profiles[self_numbered]
        if either and profile.different > 0.95 and profile.filled >= profile.rows * 0.7:
            chosen[self_numbered] = Meaning.NUMBER
        return
    column, action = of.get(Meaning.NUMBER), of.get(Meaning.ACTION)
    if column is None or action is None or Meaning.REFERENCE in of or Meaning.RECOMMENDATION not in of:
        return
    either = dict(meanings_of(heading_key(headings[column]))).get(Meaning.REFERENCE)
    one_each = profiles[of[Meaning.RECOMMENDATION]]
    single = (
        one_each.filled >= one_each.rows * 0.95 and one_each.different > 0.95 and not profiles[column].dotted
    )
    if either and (profiles[action].numbered > 0.5 or profiles[column].lettered > 0.5 or single):
        chosen[column] = Meaning.REFERENCE


def _agencies(chosen: dict[int, Meaning], headings: list[str], fixed: Mapping[int, Meaning]) -> None:
    """Beside the posts a column of agencies says where each is, not who else leads."""
    leading = [column for column, meaning in chosen.items() if meaning == Meaning.LEADS]
    agencies = [
        column for column in leading if Meaning.AGENCY in dict(meanings_of(heading_key(headings[column])))
    ]
    if len(agencies) < len(leading):
        chosen.update({column: Meaning.AGENCY for column in agencies if column not in fixed})


def _fill(chosen: dict[int, Meaning], headings: list[str], profiles: list[Profile]) -> None:
    """What a plan cannot do without is looked for among the columns that are left, by what their cells hold."""
    for meaning, instead in (
        (Meaning.ACTION, (Meaning.OUTCOME, Meaning.RECOMMENDATION)),
        (Meaning.RECOMMENDATION, (Meaning.OUTCOME,)),
    ):
        if meaning in chosen.values():
            continue
        free = [
            column
            for column in range(len(headings))
            if column not in chosen
            and profiles[column].filled
            and not dict(meanings_of(heading_key(headings[column]))).get(Meaning.KEPT)
            and fits(meaning, profiles[column]) > 0.2
        ]
        second = [column for column, other in sorted(chosen.items()) if other in instead]
        # Words that nobody heads with anything known are the recommendation only where they lead up to the action.
        free = [
            column
            for column in free
            if not headings[column].strip() or column < _column_of(Meaning.ACTION, chosen)
        ]
        if free:
            chosen[free[0]] = meaning
        elif meaning == Meaning.RECOMMENDATION and len(second) > 1:
            # An outcome-led plan: the first of its outcomes is what it sets out to do.
            chosen[second[0]] = meaning
    if Meaning.ACTION not in chosen.values() and len(OF_ACTIONS & set(chosen.values())) > 1:
        # Who leads, by when and how it goes speak of actions, so the longest words that are left are what is to be done.
        left = [column for column in range(len(headings)) if chosen.get(column, Meaning.KEPT) == Meaning.KEPT]
        longest = max(left, key=lambda column: (profiles[column].length, -column), default=None)
        if longest is not None and fits(Meaning.ACTION, profiles[longest]) > -0.1:
            chosen[longest] = Meaning.ACTION
    for meaning in (Meaning.RATING, Meaning.STAGE):
        # Letters of a rating and words of a status are what they are, whatever heads them.
        looks = [
            column
            for column in range(len(headings))
            if chosen.get(column, Meaning.KEPT) == Meaning.KEPT
            and not dict(meanings_of(heading_key(headings[column]))).get(Meaning.KEPT)
            and profiles[column].filled
            and fits(meaning, profiles[column]) > 0.6
        ]
        if looks and meaning not in chosen.values():
            chosen[looks[0]] = meaning
    if Meaning.LEADS not in chosen.values():
        agency = [column for column, meaning in chosen.items() if meaning == Meaning.AGENCY]
        chosen.update(dict.fromkeys(agency, Meaning.LEADS))
    if Meaning.DUE not in chosen.values() and Meaning.FORECAST in chosen.values():
        forecast = next(column for column, meaning in chosen.items() if meaning == Meaning.FORECAST)
        chosen[forecast] = Meaning.DUE


def _column_of(meaning: Meaning, chosen: Mapping[int, Meaning]) -> int:
    return next((column for column, other in chosen.items() if other == meaning), -1)


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
    return TableMapping(number, (), before.columns) if len(same) > 1 else None


def _by_cells(number: int, table: Table) -> TableMapping:
    """A table in a file where nothing known heads any column: read by what its cells hold alone."""
    width = _width(table)
    heads = _unknown_heads(table)
    profiles = [profile_of(table, column, heads) for column in range(width)]
    if width < 2 or is_key(table) or not any(fits(Meaning.DUE, profile) > 0.1 for profile in profiles):
        return TableMapping(number, (), ())
    return TableMapping(number, heads, tuple(_guessed(profiles)))


def _unknown_heads(table: Table) -> tuple[int, ...]:
    """The first row that fills its columns, where it has no date and later rows have: headings in words not known."""
    dated = [any(cell.day or is_date(cell.text) for cell in row.cells) for row in table.rows]
    for number, row in enumerate(table.rows):
        filled = [cell.text.strip() for cell in row.cells if cell.text.strip()]
        if len(filled) > 2 and len(filled) > len(row.cells) * 0.6:
            short = all(len(text) <= LONGEST_HEAD for text in filled)
            return (number,) if short and not dated[number] and any(dated[number + 1 :]) else ()
    return ()


def _guessed(profiles: list[Profile]) -> Iterator[Meaning]:
    long = sorted(
        (column for column, profile in enumerate(profiles) if profile.length > 25), key=lambda one: one
    )
    # Actions differ from row to row; what is said again and again is what they answer.
    most = max(
        long,
        key=lambda column: (profiles[column].different > 0.9, profiles[column].filled, -column),
        default=-1,
    )
    taken: set[Meaning] = set()
    for column, profile in enumerate(profiles):
        if column == most:
            yield Meaning.ACTION
            continue
        if column in long:
            meaning = Meaning.RECOMMENDATION if column < most else Meaning.PROGRESS
        else:
            first = Meaning.REFERENCE if profile.lettered > 0.5 or profile.repeated > 0.2 else Meaning.NUMBER
            asked = (first, Meaning.DUE, Meaning.RATING, Meaning.STAGE, Meaning.PHASE, Meaning.LEADS)
            meaning = max(asked, key=lambda one: fits(one, profile))
            meaning = meaning if fits(meaning, profile) > 0.2 else Meaning.KEPT
        yield Meaning.KEPT if meaning in taken and meaning not in SEVERAL else meaning
        taken.add(meaning)
