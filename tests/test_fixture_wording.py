"""The fixtures are worded afresh: they name nobody and repeat no sentence of the papers they come from."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.once

FIXTURES = sorted((ROOT / "fixtures").glob("*.json"))
LONGEST = 8
# Titles and names have to be repeated as they are; a run of words is counted without them.
NAMES = [
    "north west london hospitals nhs trust",
    "north west london hospital nhs trust",
    "north west london hospitals",
    "ealing integrated care organisation",
    "harrow clinical commissioning group",
    "local safeguarding children board",
    "child death overview panel",
    "overview and scrutiny committee",
    "care quality commission",
    "common assessment framework",
    "strengths and difficulties questionnaire",
    "children and families",
    "multi agency safeguarding hub",
    "looked after children",
    "children looked after",
    "corporate parenting panel",
    "improvement board",
    "youth offending team",
    "nhs harrow",
    "nhs london",
    "morning lane associates",
    "supporting and protecting people who are most in need",  # the name of a corporate priority
    "children young people and learning policy overview committee",
    "health and social care overview and scrutiny committee",
    "education and inspections act 2006",
    "inspection of local authorities regulations 2007",
    "local safeguarding children boards regulations 2013",
    "children act 2004",
]
# What is a name as a whole: a council's own title and headings stand as they are.
TITLES = [
    "reports.report title",
    "reports.layoutsection heading",
    "reports.reportrow label",
    "reports.reportsection heading",
]
# Labels of inspection frameworks and titles of regulations are names too, and only right as they are.
NAMING = {"improvement.area name", "improvement.grade name", "improvement.duty source", *TITLES}


def texts(path: Path) -> Iterator[tuple[str, str]]:
    for row in json.loads(path.read_text()):
        for name, value in row["fields"].items():
            if isinstance(value, str):
                yield f"{row['model']} {name}", value


def words(text: str) -> list[str]:
    flat = " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", "")))
    for name in NAMES:
        flat = flat.replace(name, " | ")
    return flat.split()


def runs(text: str) -> Iterator[str]:
    """Every run of one word more than may be shared, in which no name stands."""
    found = words(text)
    for start in range(len(found) - LONGEST):
        run = found[start : start + LONGEST + 1]
        if "|" not in run:
            yield " ".join(run)


@pytest.mark.shared
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_no_sentence_repeats_the_papers(shared: Path, path: Path) -> None:
    papers = [*shared.glob("seeds/*.txt"), shared / "data" / "harrow-plan.csv"]
    sources = " ".join(" ".join(words(paper.read_text(encoding="utf-8-sig"))) for paper in papers)

    shared_runs = [
        (where, run)
        for where, text in texts(path)
        if where not in NAMING
        for sentence in re.split(r"(?<=[.;:?!])\s", text)
        for run in runs(sentence)
        if run in sources
    ]

    assert shared_runs == []


NAME = r"([A-Z][a-z]+ [A-Z][a-z]+)"
BEFORE_A_NAME = ("Councillor", "Name:", "Chair,", "Minister,", "Contact:", "Officer:", r"Contact\(s\)")


@pytest.mark.shared
def test_nobody_whom_the_papers_name_is_in_the_fixtures(shared: Path) -> None:
    papers = "\n".join(paper.read_text(encoding="utf-8-sig") for paper in shared.glob("seeds/*.txt"))
    spoken = re.sub(r"[*_]|<[^>]*>", " ", papers)
    people = {name for word in BEFORE_A_NAME for name in re.findall(rf"{word}\s+{NAME}", spoken)}

    ours = " ".join(text for path in FIXTURES for _, text in texts(path))
    assert len(people) == 11
    assert sorted(name for name in people if name in ours) == []


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_nobody_is_named_or_can_be_called(path: Path) -> None:
    found = [
        (where, text)
        for where, text in texts(path)
        if re.search(
            r"@|\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor)\.? [A-Z][a-z]+|(?:\+44|\b0)[\d ]{9,}|\b020\b", text
        )
    ]

    assert found == []
