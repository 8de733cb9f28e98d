"""The PDF: what it holds, that everybody can read it, and that nothing gets into it from outside."""

import json
import os
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from page import validate_pdf_bytes

from recommendations import progress
from reports import document, making, pages, pdf
from reports.making import ReportFailed
from reports.models import Audience, Report
from reports.plan_blocks.index import Index
from reports.plan_blocks.whole_plan import WholePlan
from tests.reports.reading import Paper
from tests.reports.sources import block, plain, source_of

pytestmark = pytest.mark.pdf

HEADINGS = ["Recommendation", "Outcome required", "Lead officers", "Action", "By when", "Progress update"]


# What it holds


def test_it_keeps_to_pdf_ua_1(paper: Paper) -> None:
    found = validate_pdf_bytes(paper.content, profile="ua1")

    assert [(failure.rule_id, failure.message) for failure in found.failures] == []
    assert found.is_compliant


def test_it_says_what_it_is(paper: Paper) -> None:
    root, info = paper.pdf.Root, paper.pdf.docinfo

    assert str(root.Lang) == "en-GB"
    assert str(info.Title) == "How the plan goes: Report for the Scrutiny Committee, 14 November 2012"
    assert str(info.Author) == "Harrow Council"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert "/CreationDate" not in info


def test_bookmarks_lead_to_every_part_and_recommendation(paper: Paper) -> None:
    bookmarks = paper.bookmarks

    assert [title for depth, title in bookmarks if depth == 1] == [
        "How the plan goes",
        "Appendix A: How the plan goes",
        "Appendix B: Index of changes",
    ]
    assert [title for depth, title in bookmarks if depth == 2][:6] == [
        "Section 1 – Summary and Recommendations",
        "Section 2 – Report",
        "Section 3 – Statutory Officer Clearance",
        "Section 4 – Contact Details and Background Papers",
        "Progress in a minute",
        "Questions for the board",
    ]
    assert len([title for depth, title in bookmarks if depth == 3 and re.match(r"(S|LAC)\d", title)]) == 22


def test_headings_skip_no_level(paper: Paper) -> None:
    levels = [int(element.tag[1]) for element in paper.tree.walk() if element.tag in ("H1", "H2", "H3", "H4")]

    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_page_of_the_plan_has_six_columns_under_their_headings(paper: Paper) -> None:
    wide = [number for number, page in enumerate(paper.pages) if page.landscape]
    tables = paper.plan_tables

    # After the page of keys comes the plan, then the index of changes.
    assert sorted({table.page for table in (*tables, *paper.index_tables)}) == wide[1:]
    for table in tables:
        head, *rows = table.all("TR")
        assert [(cell.tag, cell.words, cell.attributes["Scope"]) for cell in head.children] == [
            ("TH", heading, "/Column") for heading in HEADINGS
        ]
        assert {len(row.children) for row in rows} <= {1, 6}


def test_the_index_of_changes_is_printed_whole(paper: Paper, report: Report) -> None:
    rows = [table.all("TR") for table in paper.index_tables]

    assert {tuple(cell.words for cell in table[0].children) for table in rows} == {
        ("Reference", "Action", "Lead officers", "By when", "Stage")
    }
    assert [
        (_without_spaces(row.children[0].words), _without_spaces(row.children[1].words))
        for table in rows
        for row in table[1:]
    ] == [
        (_without_spaces(str(row.standing.action)), _without_spaces(row.standing.text))
        for heading in block(document.of(report), Index).headings
        for row in heading.rows
    ]


def test_the_plan_is_printed_whole(paper: Paper, report: Report) -> None:
    cells = [
        row.children
        for table in paper.plan_tables
        for row in table.all("TR")
        if len(row.children) == 6 and row.children[0].words != "Recommendation"
    ]
    printed = [
        (row[0].words.split()[0], _without_spaces(row[3].words), _without_spaces(row[2].words))
        for row in cells
    ]

    assert printed == [
        (
            recommendation.reference,
            _without_spaces(f"({row.standing.action.number}){row.standing.text}"),
            _without_spaces(row.leads),
        )
        for theme in block(document.of(report), WholePlan).themes
        for recommendation in theme.recommendations
        for phase in recommendation.phases
        for row in phase.rows
    ]


def _without_spaces(text: str) -> str:
    """A line may end at a hyphen, where no space was."""
    return "".join(text.split())


def test_a_cell_is_headed_by_its_own_recommendation(paper: Paper) -> None:
    """WeasyPrint gives a cell that heads a group of rows to other groups as well; the program puts that right."""
    bands = [
        cell
        for table in paper.plan_tables
        for cell in table.all("TH")
        if cell.attributes.get("ColSpan") == "6"
    ]
    cells = [cell for table in paper.plan_tables for cell in table.all("TD")]

    assert {cell.attributes["Scope"] for cell in bands} == {"/Row"}
    # Its column, its reference, and where they stand on the page its recommendation and its phase.
    assert {cell.headers for cell in cells} == {2, 3, 4}


def test_its_figures_are_those_of_progress(paper: Paper, report: Report) -> None:
    figures = progress.of_plan(report.plan, on=report.on)
    minute = next(
        section for section in paper.tree.all("Sect") if section.words.startswith("Progress in a minute")
    )
    whole = next(row for row in minute.all("TR") if row.words.startswith("Whole plan"))

    assert f"{figures.headline}." in minute.words
    assert [int(cell.words) for cell in whole.children[1:]] == [
        *(stage.count for stage in figures.stages if stage.count),
        figures.actions.count,
        figures.should_be_finished.count,
        figures.overdue.count,
    ]
    assert "40 of 62" in figures.headline


def test_progress_fits_on_one_page(paper: Paper) -> None:
    minute = next(
        section for section in paper.tree.all("Sect") if section.words.startswith("Progress in a minute")
    )

    assert {element.page for element in minute.walk() if element.text} == {minute.page}


def test_the_rating_key_is_printed(paper: Paper) -> None:
    words = paper.tree.words

    for rating in ("Red", "Amber", "Green"):
        assert f"{rating} " in words
    assert words.count("On track: it is expected to be done by its date.") >= 2


def test_pages_are_numbered_and_say_that_it_is_open(paper: Paper) -> None:
    last = len(paper.pages)

    for number, page in enumerate(paper.pages, start=1):
        assert f"Page {number} of {last}" in page.text
        assert " Open " in f" {page.text} "


def test_an_exempt_one_says_under_which_paragraph_on_every_page(short_report: Report) -> None:
    whole = document.of(short_report)
    exempt = replace(whole, audience=Audience.EXEMPT, exempt_paragraphs=("3",), draft=True)

    made = Paper(pdf.render(pages.source_of(exempt)).content)

    assert {"Draft – Exempt: paragraph 3" in page.text for page in made.pages} == {True}
    assert " Open " not in f" {made.text} "


def test_the_chart_has_words_for_those_who_do_not_see_it(paper: Paper) -> None:
    figures = [figure.alt for figure in paper.tree.all("Figure")]

    assert all(figures)
    assert any("62 should be finished, 40 of them are not" in words for words in figures)


# The same bytes


def test_the_same_page_makes_the_same_bytes(short_report: Report) -> None:
    source = source_of(short_report)

    first, second = pdf.render(source), pdf.render(source)

    assert first.content == second.content
    assert first.pages > 2


def test_another_page_has_another_fingerprint(short_report: Report) -> None:
    source = source_of(short_report)

    assert pdf.fingerprint(source) == pdf.fingerprint(source)
    assert pdf.fingerprint(source) != pdf.fingerprint(source + " ")


# Nothing from outside (cases 76 and 80)


VECTORS = [
    '<img src="{url}">',
    '<img srcset="{url} 2x">',
    '<link rel="stylesheet" href="{url}">',
    "<style>@import url({url});</style>",
    "<style>@font-face{{font-family:x;src:url({url})}}p{{font-family:x}}</style><p>x</p>",
    '<p style="background:url({url})">x</p>',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><image href="{url}" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><use href="{url}#a"/></svg>',
    "<img alt=x src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{url}'/%3E%3C/svg%3E\">",
    '<base href="{url}"><img src="x.png">',
    '<ul style="list-style-image:url({url})"><li>x</li></ul>',
    '<p style="content:url({url})">x</p>',
    '<meta http-equiv="refresh" content="0;url={url}">',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><style>@import url({url});</style><rect width="9" height="9"/></svg>',
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address of this machine, and who has come to it."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    came: list[object] = []
    done = threading.Event()

    def listen() -> None:
        while not done.is_set():
            try:
                connection, address = server.accept()
            except TimeoutError:
                continue
            came.append(address)
            connection.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/x", came
    done.set()
    thread.join()
    server.close()


@pytest.mark.parametrize("number", range(len(VECTORS)))
def test_no_markup_reaches_the_network(number: int, listener: tuple[str, list[object]]) -> None:
    """Even if a page held such markup, which no user's text can put there."""
    url, came = listener

    content = _rendered_or_refused(plain(VECTORS[number].format(url=url)))

    assert came == []
    assert b"EmbeddedFile" not in content


@pytest.mark.parametrize("number", [0, 3, 6, 7, 11, 14])
def test_no_markup_reaches_a_file(number: int, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="9">canary</text></svg>')

    content = _rendered_or_refused(plain(VECTORS[number].format(url=secret.as_uri())))

    assert b"EmbeddedFile" not in content
    assert not content or "canary" not in Paper(content).text.replace(" ", "")


def _rendered_or_refused(html: str) -> bytes:
    try:
        return pdf.render(html).content
    except ReportFailed as failure:
        if failure.problem not in ("refused", "incomplete"):
            raise
        return b""


def test_a_refused_address_fails_and_says_so() -> None:
    with pytest.raises(ReportFailed, match="asked for something outside Waymark"):
        pdf.render(plain('<img alt="x" src="https://evil.example/x.png">'))


def test_a_font_that_cannot_be_read_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.woff2"
    broken.write_bytes(b"wOF2 not a font")
    monkeypatch.setattr(making, "FONTS", dict.fromkeys(making.FONTS, broken))

    with pytest.raises(ReportFailed, match="not given out"):
        pdf.render(plain(""))


def test_a_style_that_cannot_be_used_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "style", lambda: "p { no-such-property: 1 }")

    with pytest.raises(ReportFailed, match="not given out"):
        pdf.render(plain(""))


def test_characters_that_the_font_lacks_are_spelled_out() -> None:
    paper = Paper(
        pdf.render(plain("<p>Done ✓ by \U0001f600\ufe0f, ﬁnished\u200b in a cafe\u0301 \u202e</p>")).content
    )

    assert paper.tree.all("P")[0].words == "Done [check mark] by [grinning face], finished in a café"


# Limits


def test_too_long_is_stopped_in_words(settings: Any) -> None:
    settings.REPORT_SECONDS = 1

    with pytest.raises(ReportFailed, match=r"longer than it may \(1 seconds\)"):
        pdf.render(plain("<p>word </p>" * 20_000))


def test_too_large_is_stopped_in_words(settings: Any) -> None:
    settings.REPORT_MEMORY_MB = 256

    with pytest.raises(ReportFailed, match=r"more memory than it may use \(256 MB\)"):
        pdf.render(plain("<p>word </p>" * 60_000))


def test_nothing_is_left_behind(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path

    pdf.render(plain(""))

    assert list((tmp_path / "work").iterdir()) == []


def test_what_a_killed_worker_left_is_swept(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    old = tmp_path / "work" / "report-old"
    old.mkdir(parents=True)
    os.utime(old, (0, 0))

    pdf.render(plain(""))

    assert not old.exists()


def test_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making.libraries, "missing", lambda: ["libpango-1.0-0", "libharfbuzz-subset0"])

    with pytest.raises(ReportFailed, match=r"must install: libpango-1\.0-0\.$"):
        pdf.render(plain(""))


def test_it_says_how_far_it_is() -> None:
    steps: list[tuple[str, int]] = []

    pdf.render(plain(""), lambda words, percent: steps.append((words, percent)))

    assert steps[0] == ("Reading part 1 of 1", 5)
    assert steps[-1] == ("Writing the file", 95)
    assert [percent for _, percent in steps] == sorted(percent for _, percent in steps)
    assert json.dumps(steps)
