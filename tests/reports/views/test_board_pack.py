"""The board pack: choosing papers and their order."""

import json
import re

import pytest
from django.test import Client

from reports.models import Enclosure, Paragraph, Report, ReportFile
from tests.cast import HARROW_PAGES
from tests.pages import text

pytestmark = pytest.mark.once

ADDRESS = f"{HARROW_PAGES}papers/board-pack/"
OWN, OPEN, EXEMPT = "paper-easy-read", "open-scrutiny", "exempt-scrutiny"


@pytest.fixture
def partly_exempt(report: Report) -> Report:
    Enclosure.objects.filter(report=report, position=2).update(
        title="The secret enclosure", exempt_paragraph=Paragraph.FINANCE, public_interest="Talks go on."
    )
    return report


def test_the_papers_stand_in_their_order(report: Report, as_reader: Client) -> None:
    as_reader.post(ADDRESS, {OWN: "2", OPEN: "1"})

    file = ReportFile.objects.get()
    assert (file.title, file.paper, file.audience) == ("Board pack", "board-pack", "open")
    assert [part["key"] for part in json.loads(file.source)["parts"]] == [
        "contents",
        "paper-1-report",
        "paper-1-appendix-a",
        "paper-1-appendix-b",
        "paper-2-easy-read",
    ]


def test_no_anchor_stands_twice(report: Report, as_reader: Client) -> None:
    as_reader.post(ADDRESS, {"paper-highlights": "1", OPEN: "2", "paper-full-plan": "3"})

    anchors = re.findall(r'\bid="([^"]+)"', ReportFile.objects.get().source)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose at least one paper: give it a place, for example 1."),
        (
            {OWN: "1", OPEN: "1"},
            "Place 1 is taken by “Our plan: easy read”. Give “How the plan goes” another.",
        ),
        ({OWN: "first"}, "Give “Our plan: easy read” a whole number as its place, for example 1."),
        ({OWN: "0"}, "The first place is 1: see “Our plan: easy read”."),
    ],
)
def test_what_cannot_be_made_is_told(
    report: Report, as_reader: Client, typed: dict[str, str], words: str
) -> None:
    page = as_reader.post(ADDRESS, typed)

    assert page.status_code == 422
    assert words in text(page)
    assert all(f'value="{value}"' in page.content.decode() for value in typed.values())
    assert not ReportFile.objects.exists()


def test_a_reader_neither_sees_nor_gets_what_is_exempt(partly_exempt: Report, as_reader: Client) -> None:
    assert "exempt" not in as_reader.get(ADDRESS).content.decode().lower()
    assert as_reader.post(ADDRESS, {EXEMPT: "1"}).status_code == 422

    as_reader.post(ADDRESS, {OPEN: "1"})

    assert "The secret enclosure" not in ReportFile.objects.get().source


def test_with_an_exempt_paper_the_pack_is_exempt(partly_exempt: Report, as_scrutiny_officer: Client) -> None:
    as_scrutiny_officer.post(ADDRESS, {OWN: "1", EXEMPT: "2"})

    file = ReportFile.objects.get()
    assert file.audience == "exempt"
    assert "The secret enclosure" in file.source
    assert "Exempt: paragraph 3" in file.source


def test_no_pack_is_made_of_a_past_day(report: Report, as_reader: Client) -> None:
    assert as_reader.post(f"{ADDRESS}?on=2012-10-01", {OWN: "1"}).status_code == 403
