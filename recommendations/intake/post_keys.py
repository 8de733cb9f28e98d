"""The key of abbreviations that a document carries: as a table, as a list on a sheet, or in its paragraphs."""

import re
from collections.abc import Iterable, Iterator

from recommendations.intake.rows import Place, Source, Table

ACRONYM = re.compile(r"[A-Z][A-Z0-9&]+")
CAPITALS = re.compile(r"[A-Z].*[A-Z]|\.")
KEY_LINE = re.compile(
    r"\s*(?P<short>[A-Z][\w&.’'() -]{0,22}?)\s*(?:\s[–—-]\s|\s?=\s?|:\s|\t)\s*(?P<long>[A-Z][^=]{3,90})\s*"
)
Spots = tuple[int, int, int]
KEY_WORDS = re.compile(
    r"\b(?:abbreviations?|acronyms?|initials|glossary|key|post|role|job title|title|lead officers?|meaning|full title)\b",
    re.IGNORECASE,
)
SHORT_HEADING = re.compile(r"\b(?:abbreviations?|acronyms?|initials|code|short)\b", re.IGNORECASE)


def fold(text: str) -> str:
    """A spelling without what two people print differently: capitals, full stops, spaces."""
    return " ".join(re.sub(r"[.’'‘]", " ", text).replace("’", "").casefold().replace(" )", ")").split())


def _is_short(text: str) -> bool:
    """Whether a text looks like the abbreviation of a post."""
    return (
        0 < len(text) <= 22
        and "\n" not in text
        and bool(re.match(r"[A-Z(]", text))
        and len(text.split()) <= 5
    )


def headed_entries(table: Table) -> Iterator[tuple[str, str, Spots]]:
    """What a list below the headings “Abbreviation” and “Post” explains, wherever in a table it stands."""
    short = long = -1
    for number, row in enumerate(table.rows):
        texts = [cell.text.strip() for cell in row.cells]
        filled = [text for text in texts if text]
        heads = [at for at, text in enumerate(texts) if text and SHORT_HEADING.fullmatch(text)]
        others = [
            at for at, text in enumerate(texts) if text and KEY_WORDS.fullmatch(text) and at not in heads
        ]
        if len(heads) == 1 and others and len(filled) <= 4:
            short, long = heads[0], others[0]
        elif len(filled) < 2 or max(short, long) >= len(texts):
            short = long = -1
        elif short >= 0 and texts[short] and texts[long]:
            yield texts[short], texts[long], (number, short, long)


def entries_of_key(table: Table) -> Iterator[tuple[str, str, Spots]]:
    """What a table explains: abbreviation, title, and where they stand; else what its pairs of columns look like."""
    headed = list(headed_entries(table))
    yield from headed or _paired(table)


def _paired(table: Table) -> Iterator[tuple[str, str, Spots]]:
    width = max((len(row.cells) for row in table.rows), default=0)
    for left in range(0, width - 1, 2):
        pairs = [
            (number, row.cells[left].text.strip(), row.cells[left + 1].text.strip())
            for number, row in enumerate(table.rows)
            if len(row.cells) > left + 1
        ]
        filled = [pair for pair in pairs if pair[1] and pair[2]]
        first = sum(len(one) for _, one, _ in filled)
        second = sum(len(other) for _, _, other in filled)
        heading = filled[0] if filled else (0, "", "")
        right_is_short = second < first
        if SHORT_HEADING.search(heading[1]) or SHORT_HEADING.search(heading[2]):
            right_is_short = bool(SHORT_HEADING.search(heading[2]))
        for number, one, other in filled:
            short, long = (other, one) if right_is_short else (one, other)
            if not (KEY_WORDS.fullmatch(one) or SHORT_HEADING.fullmatch(other)):
                yield short, long, (number, left, left + 1)


def is_key(table: Table) -> bool:
    """Whether a table explains abbreviations: pairs of something short and something longer, and hardly else."""
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row.cells)]
    width = max((len(row.cells) for row in rows), default=0)
    if width < 2 or width > 8 or not rows:
        return False
    if any(headed_entries(table)):
        return True
    entries = list(_paired(table))
    if len(entries) < 2:
        return False
    good = sum(_is_short(short) and len(long) > len(short) and len(long) < 120 for short, long, _ in entries)
    distinct = len({fold(short) for short, _, _ in entries})
    words = sum(len(cell.text) for row in rows for cell in row.cells)
    told = sum(len(short) + len(long) for short, long, _ in entries)
    return good >= len(entries) * 0.8 and distinct == len(entries) and told > words * 0.7


def key_lines(paragraphs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Abbreviations that paragraphs explain, `DCS = Director of …`, several to a line where semicolons part them."""
    for paragraph in paragraphs:
        for part in re.split(
            r"[;\n]|,\s(?=[A-Z][\w. ()]{0,15}\s?=)",
            re.sub(r"^\s*key[^:=]{0,20}:\s*", "", paragraph, flags=re.IGNORECASE),
        ):
            match = KEY_LINE.fullmatch(part.rstrip(". "))
            if (
                match
                and _is_short(match["short"])
                and CAPITALS.search(match["short"])
                and len(match["long"]) > len(match["short"])
            ):
                yield match["short"].strip(), match["long"].strip()


def key_places(source: Source, tables: Iterable[int]) -> set[Place]:
    """The cells of key tables that are understood as posts, and the headings above them."""
    places: set[Place] = set()
    for table in tables:
        rows = source.tables[table].rows
        for _, _, (row, *columns) in entries_of_key(source.tables[table]):
            places |= {Place(table, row, column) for column in columns}
        for number, line in enumerate(rows):
            for column, cell in enumerate(line.cells):
                if KEY_WORDS.fullmatch(cell.text.strip()):
                    places.add(Place(table, number, column))
    return places
