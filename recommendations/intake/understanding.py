"""A plan understood from the rows of a file: pure, with the sureness and the cells of every value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from recommendations.intake.above_rows import banners_of
from recommendations.intake.columns import TableMapping, heads_of
from recommendations.intake.finishing import Finish
from recommendations.intake.header_rows import Heads
from recommendations.intake.headings import Meaning
from recommendations.intake.how_it_stands import HowItStands
from recommendations.intake.known import Known
from recommendations.intake.lone_rows import alone_in
from recommendations.intake.marks import band_of, phase_of
from recommendations.intake.own_words import Own, own_words
from recommendations.intake.plan_read import NO_SUCH_TABLE, PlanRead, RecommendationRead, Unplaced
from recommendations.intake.plan_rows import PlanRows
from recommendations.intake.post_keys import is_key, key_lines, key_places
from recommendations.intake.posts import Posts
from recommendations.intake.read_json import are_ours
from recommendations.intake.rows import Notice, Place, Source, Table
from recommendations.intake.standings import Key
from recommendations.intake.status_keys import codes_in, codes_of, is_key_row

# What a plan may be without, but hardly ever is.
MISSED = {
    Meaning.LEADS: "No column was read as who leads: every action is without a lead",
    Meaning.DUE: "No column was read as by when: every action is without a day",
}
__all__ = ["Known", "understand"]


def understand(source: Source, mapping: tuple[TableMapping, ...], known: Known) -> PlanRead:
    """The plan in a file, read by what its columns mean; every filled cell is in it, in its headings, or kept unplaced."""
    own = any(
        Meaning.UPDATE_NUMBER in each.columns
        and are_ours(Heads.at(source.tables[each.table], each.headers).texts)
        for each in mapping
    )
    mapping = mapping if own else tuple(map(_without_numbers, mapping))
    plan_tables = [each for each in mapping if each.columns]
    others = [
        number for number in range(len(source.tables)) if number not in {each.table for each in plan_tables}
    ]
    keys = [
        number
        for number in others
        if is_key(source.tables[number]) and (not own or _is_our_key(source.tables[number]))
    ]
    codes, in_codes = codes_of(source, {each.table: min(each.headers, default=0) for each in plan_tables})
    headings = _headings(source, plan_tables)
    banners = banners_of(source, plan_tables)
    mapped = frozenset(each.table for each in plan_tables)
    rows = PlanRows(
        source,
        own=own,
        many=sum(bool(each.headers) for each in plan_tables) > 1,
        banners=banners,
        mapped=mapped,
    )
    for each in plan_tables:
        rows.read(each)
    dated = any(Meaning.UPDATED_ON in each.columns for each in plan_tables)
    key = Key.of(known, _keys_below(source, plan_tables), codes)
    stands = HowItStands(known, key, own, headings, dated)
    finish = Finish(Posts.of(source, keys, known, own=own), stands, own)
    recommendations = finish.recommendations(rows.groups)
    unplaced = [*rows.unplaced, *finish.unplaced, *stands.unplaced, *rows.themes_without_recommendations()]
    placed = rows.used | key_places(source, keys) | in_codes | {one.place for one in unplaced}
    ours = own_words(source, plan_tables[0].table, plan_tables[0].headers) if own else Own(source.notices)
    unplaced += _left_over(source, mapping, placed)
    title, where = _title(source, plan_tables)
    known_words = {where, *ours.places}
    return PlanRead(
        title,
        tuple(dict.fromkeys(recommendation.theme.value for recommendation in recommendations)),
        recommendations,
        tuple(
            replace(post, organisation=ours.organisations.get(post.abbreviation, ""))
            for post in finish.posts.named()
        ),
        tuple(sorted((one for one in unplaced if one.place not in known_words), key=lambda one: one.place)),
        (
            *ours.notices,
            *_of_columns(source, plan_tables, headings),
            *(() if own else _between_tables(source, recommendations, title)),
        ),
        as_of=ours.as_of,
        covers=ours.covers,
    )


def _without_numbers(each: TableMapping) -> TableMapping:
    """A council's own count of updates is none of ours."""
    columns = (Meaning.KEPT if meaning == Meaning.UPDATE_NUMBER else meaning for meaning in each.columns)
    return replace(each, columns=tuple(columns))


def _keys_below(source: Source, tables: list[TableMapping]) -> Iterator[str]:
    """Keys that stand in rows of the plan's own tables."""
    for each in tables:
        for row in source.tables[each.table].rows:
            if (alone := alone_in(row)) and is_key_row(alone[1]):
                yield alone[1]


def _of_columns(
    source: Source, tables: list[TableMapping], headings: Mapping[tuple[int, int], str]
) -> Iterator[Notice]:
    """Which columns were read by what they hold, since no heading says it, and which are missing: told once for each."""
    for each in tables:
        there = {Meaning.DUE if meaning == Meaning.MONTH else meaning for meaning in each.columns}
        # A table that only lists recommendations has no actions to lack it.
        if there & {Meaning.ACTION, Meaning.PROGRESS, *MISSED}:
            missed = (said for meaning, said in MISSED.items() if meaning not in there)
            yield from (Notice(said, source.tables[each.table].name) for said in missed)
        for column in each.guessed:
            heading = " ".join(headings[each.table, column].split()) or f"Column {column + 1}"
            guess = each.columns[column]
            if guess != Meaning.KEPT:
                said = f"Read as {guess.value.replace('-', ' ')} by what it holds"
                yield Notice(said, source.tables[each.table].name, heading)


def _between_tables(
    source: Source, recommendations: Iterable[RecommendationRead], title: str
) -> Iterator[Notice]:
    """The paragraphs outside tables that nothing of the plan was taken from, together as they stand together."""
    taken = {title} | {said.value for each in recommendations for said in (each.theme, each.text)}
    blocks = [(f"before {table.name}", table.before) for table in source.tables]
    for where, paragraphs in (*blocks, ("at the end", source.after)):
        left = [
            words
            for words in paragraphs
            if not any(text and text in words for text in taken)
            and not any(key_lines([words]))
            and not codes_in(words)
            and band_of(words) is None
            and phase_of(words) is None
        ]
        if left:
            yield Notice("Words outside the tables, not in the plan", where, "\n".join(left))


def _is_our_key(table: Table) -> bool:
    """Whether the key of lead officers is in it, in a file that Waymark wrote: on a sheet with the other keys, or alone."""
    return any(row.cells and row.cells[0].text == "Abbreviation" for row in table.rows)


def _headings(source: Source, tables: list[TableMapping]) -> dict[tuple[int, int], str]:
    heads = heads_of(source, tables)
    return {
        (each.table, column): heads[each.table].heading(column)
        for each in tables
        for column in range(len(each.columns))
    }


def _left_over(
    source: Source,
    mapping: tuple[TableMapping, ...],
    placed: set[Place],
) -> list[Unplaced]:
    """Filled cells that nothing else has taken: what stands above headings, other tables, sections without actions."""
    heads = {each.table: set(each.headers) if each.columns else set() for each in mapping}
    of_plan = {each.table for each in mapping if each.columns}
    left: list[Unplaced] = []
    for number, table in enumerate(source.tables):
        for at, row in enumerate(table.rows):
            if at in heads.get(number, set()):
                continue
            for column, cell in enumerate(row.cells):
                place = Place(number, at, column)
                if cell.text.strip() and place not in placed:
                    above = at < min(heads.get(number) or {0})
                    why = "It stands above the headings" if above else "No place was found for it"
                    left.append(
                        Unplaced(
                            place,
                            cell.text.strip(),
                            why if number in of_plan else NO_SUCH_TABLE,
                        )
                    )
    return left


def _title(source: Source, tables: list[TableMapping]) -> tuple[str, Place | None]:
    """What the file calls itself: the first of its first lines that says “plan”, else the first of them."""
    lines: list[tuple[str, Place | None]] = []
    for number, table in enumerate(source.tables):
        lines += [(text, None) for text in table.before]
        ends = next((min(each.headers, default=0) for each in tables if each.table == number), 1)
        for at, row in enumerate(table.rows[:ends]):
            filled = {cell.text.strip(): column for column, cell in enumerate(row.cells) if cell.text.strip()}
            if len(filled) == 1:
                text, column = next(iter(filled.items()))
                lines.append((text, Place(number, at, column)))
        if tables and number >= tables[0].table:
            break
    lines = lines or [(text, None) for text in source.after]
    lines = [(first, place) for text, place in lines if (first := text.splitlines()[0].strip())]
    named = [one for one in lines if "plan" in one[0].lower()]
    title, place = next(iter(named or lines), ("", None))
    whole = (
        place is not None
        and source.tables[place.table].rows[place.row].cells[place.column].text.strip() == title
    )
    return title[:200], place if whole else None
