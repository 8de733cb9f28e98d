"""The numbers that a layout gives, in each of its ways."""

import pytest

from reports.document import Counting
from reports.models import Layout, ReportSection

# Level, whether its heading is counted, whether its paragraphs are.
SECTIONS = [(1, False, True), (1, True, False), (2, True, True), (3, True, True), (1, True, True)]


def counted(numbering: str, first: int = 1) -> list[tuple[str, list[str]]]:
    """Of each section the number before its heading and those of two paragraphs."""
    counting = Counting(Layout(numbering=numbering, first_number=first))
    found = []
    for level, numbered, paragraphs in SECTIONS:
        section = ReportSection(level=level, numbered=numbered, numbers_paragraphs=paragraphs)
        heading, number = counting.heading(section), counting.paragraphs(section)
        found.append((heading, [number(), number()] if number else []))
    return found


@pytest.mark.parametrize(
    ("numbering", "first", "expected"),
    [
        ("none", 1, [("", []), ("", []), ("", []), ("", []), ("", [])]),
        ("parts", 1, [("", []), ("Section 1 –", []), ("", []), ("", []), ("Section 2 –", [])]),
        (
            "headings",
            1,
            [("", []), ("1.", []), ("", ["1.1", "1.2"]), ("", ["1.3", "1.4"]), ("2.", ["2.1", "2.2"])],
        ),
        (
            "paragraphs",
            7,
            [("", []), ("", []), ("", ["7.1", "7.2"]), ("", ["7.3", "7.4"]), ("", ["8.1", "8.2"])],
        ),
        (
            "run",
            1,
            [("", ["1.", "2."]), ("", []), ("", ["3.", "4."]), ("", ["5.", "6."]), ("", ["7.", "8."])],
        ),
    ],
)
def test_each_way_of_counting(numbering: str, first: int, expected: list[tuple[str, list[str]]]) -> None:
    assert counted(numbering, first) == expected
