"""The keys of a document: what its letters, numbers and colours of a status stand for, wherever it says so."""

import re
from collections.abc import Iterator
from functools import lru_cache

from recommendations.intake.colours import hue_of
from recommendations.intake.rows import Cell, Place, Row, Source
from recommendations.intake.status_words import status_first, status_in_key, status_of

LONGEST_CODE, LONGEST_MEANING = 8, 120
COLOUR = r"red|amber|yellow|green|blue|gr[ea]y|purple|white|black|orange"
CODE = rf"(?:\d{{1,2}}|(?-i:[A-Z]{{1,2}})|[✓✔☑✅✗✘×☒]|{COLOUR})"
JOINT = r"\s*(?:[=:–—]|(?<=\d)[-.)](?=\s?[A-Za-z])|\s-\s)\s*"
PAIR = re.compile(
    rf"(?<![\w/&-])(?P<code>{CODE}){JOINT}(?P<words>[^;\n=]{{2,{LONGEST_MEANING}}}?)"
    rf"(?=\s*(?:$|[;\n)\]|]|[,./]?\s*(?:and\s+)?(?<![\w/&-]){CODE}{JOINT}))",
    re.IGNORECASE,
)
# “(1 not started, 2 started, 3 done)”
NUMBERED = re.compile(
    r"(?<![\w/.-])(?P<code>\d)\s+(?P<words>[A-Za-z][^,;)\d]{1,40}?)(?=\s*(?:$|[,;)\]]|\d\s))", re.IGNORECASE
)
LINE = re.compile(
    rf"\s*(?P<code>[A-Z]{{1,2}}|\d|[✓✔☑✅✗✘×☒]|{COLOUR})\s*(?:[=:–—-]|\s-\s)\s*(?P<words>\S[^;\n]{{2,{LONGEST_MEANING}}})",
    re.IGNORECASE,
)
TITLE = re.compile(r"^\s*(?:b?rag\S*|status|rating)?\s*key\s*:?\s*", re.IGNORECASE)

Pairs = tuple[tuple[str, str], ...]
# A code, what it stands for, and the columns that say so.
Explained = tuple[str, str, tuple[int, ...]]


@lru_cache(maxsize=512)
def codes_in(text: str) -> Pairs:
    """The codes that one text explains: `B = complete, G = on track`, or a heading's `(1 – not started, 2 – done)`."""
    text = TITLE.sub("", text)
    line = LINE.fullmatch(text.strip(" ."))
    for pattern in (PAIR, NUMBERED):
        pairs = tuple((match["code"], match["words"].strip(" .,")) for match in pattern.finditer(text))
        # What merely looks like a code, as “I – introduction” does, explains no status.
        known = sum(status_in_key(words) is not None for _, words in pairs)
        if len(pairs) > 1 and known > (0 if "=" in text else 1):
            return pairs
    return ((line["code"], line["words"].strip(" .")),) if line else ()


def is_key_row(text: str) -> bool:
    """Whether a row of its own explains codes: several at once, or one that stands for a status."""
    codes = codes_in(text)
    return len(codes) > 1 or any(status_of(words) or status_first(words) for _, words in codes)


def codes_of(source: Source, above: dict[int, int]) -> tuple[list[tuple[str, str]], set[Place]]:
    """The codes that a document explains, and the cells that do so and nothing else.

    `above` says for each table of the plan how many rows stand over its headings; of every other table all are looked at.
    """
    pairs = [pair for line in _paragraphs(source) for pair in codes_in(line)]
    places: set[Place] = set()
    for number, table in enumerate(source.tables):
        explained = [
            (row, found)
            for row, cells in enumerate(table.rows[: above.get(number, len(table.rows))])
            for found in [_of_row(cells)]
            if found
        ]
        known = sum(status_in_key(words) is not None for _, found in explained for _, words, _ in found)
        if known < 2:
            continue
        for row, found in explained:
            pairs += [(code, words) for code, words, _ in found]
            places |= {Place(number, row, column) for _, _, columns in found for column in columns}
    return pairs, places


def _paragraphs(source: Source) -> Iterator[str]:
    for text in (*(line for table in source.tables for line in table.before), *source.after):
        yield from text.splitlines()


def _of_row(row: Row) -> list[Explained]:
    """What a row explains: a code beside its meaning, or the meaning in a cell of the colour that has it."""
    cells = [(column, cell) for column, cell in enumerate(row.cells) if cell.text.strip() or cell.colour]
    texts = [(column, cell) for column, cell in cells if cell.text.strip()]
    alone: list[Explained] = [
        (code, words, (column,)) for column, cell in texts for code, words in codes_in(cell.text.strip())
    ]
    if alone:
        return alone
    if texts and len(cells) <= 4:
        column, last = texts[-1]
        words = last.text.strip()
        codes: list[Explained] = [
            (code, words, (at, column)) for at, cell in cells if at < column for code in _codes_of_cell(cell)
        ]
        if codes and len(words) <= LONGEST_MEANING:
            return codes
    return [
        (hue, cell.text.strip(), (column,))
        for column, cell in texts
        if (hue := hue_of(cell.colour)) and status_in_key(cell.text)
    ]


def _codes_of_cell(cell: Cell) -> list[str]:
    text = cell.text.strip()
    if not text:
        return [hue] if (hue := hue_of(cell.colour)) else []
    if len(text) > LONGEST_CODE or not LINE.fullmatch(f"{text}: means"):
        return []
    return [text]
