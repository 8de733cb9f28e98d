"""Parts joined into one PDF: structure, contents, page numbers, what runs on, and PDFs that were brought."""

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from page import validate_pdf_bytes

from improvement.models import Plan
from improvement.stored_files import Stored, store
from reports import document, pages, pdf
from reports.making import ReportFailed
from reports.models import Report
from reports.paper import Uploaded
from reports.plan_blocks.whole_plan import WholePlan
from tests.reports.reading import Element, Paper
from tests.reports.sources import block, of_parts, source_of
from tests.reports.test_uploaded_pdf import written

pytestmark = pytest.mark.pdf

PAGE = "<html lang='en-GB'><head><title>x</title></head><body>{}</body></html>"
FIRST = PAGE.format(
    "<h1>First</h1><ul style='list-style:none'><li><a href='contents:second'>The second</a></li>"
    "<li><a href='contents:third.far'>Far on</a></li></ul><p id='same'>Alpha</p>"
)
SECOND = PAGE.format("<h2>Second</h2><p id='same'>Beta</p><p><a href='#same'>Up</a></p>" + "<p>word</p>" * 60)
THIRD = PAGE.format(
    "<h2>Third</h2><table><tr><th scope='col'>Head</th></tr><tr><td>Cell</td></tr></table>"
    "<p id='far' style='break-before:page'>Gamma</p>"
)


def joined(**more: object) -> Paper:
    titles = {"second": "The second", "third.far": "Far on"}
    return Paper(
        pdf.render(
            of_parts({"first": FIRST, "second": SECOND, "third": THIRD}, titles=titles, **more)
        ).content
    )


def target(paper: Paper, place: Any) -> int:
    return paper.numbers[place[0].objgen]


def links(paper: Paper) -> list[tuple[int, Any]]:
    return [
        (number, annotation)
        for number, page in enumerate(paper.pdf.pages)
        for annotation in page.obj.get("/Annots", ())
    ]


def test_the_tags_of_all_parts_are_one_tree_in_order() -> None:
    paper = joined()

    (top,) = paper.tree.children
    headings = [each.words for each in top.walk() if each.tag in ("H1", "H2")]
    assert top.tag == "Document"
    assert headings == ["First", "Second", "Third"]
    assert [paper.tree.words.index(word) for word in ("Alpha", "Beta", "Gamma")] == sorted(
        paper.tree.words.index(word) for word in ("Alpha", "Beta", "Gamma")
    )
    assert validate_pdf_bytes(paper.content, profile="ua1").is_compliant


def test_every_page_and_link_finds_its_own_element() -> None:
    paper = joined()
    root = paper.pdf.Root.StructTreeRoot
    numbers = root.ParentTree.Nums
    entries = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}

    for page in paper.pdf.pages:
        elements = entries[int(page.obj.StructParents)]
        assert {element.Pg.objgen for element in elements} == {page.obj.objgen}
    for _, annotation in links(paper):
        element = entries[int(annotation.StructParent)]
        assert annotation.objgen in [
            kid.Obj.objgen for kid in element.K if isinstance(kid, pikepdf.Dictionary)
        ]
    assert sorted(entries) == list(range(int(root.ParentTreeNextKey)))


def test_contents_lead_to_other_parts_and_say_on_which_page() -> None:
    paper = joined()

    found = [
        (annotation, target(paper, annotation.Dest)) for number, annotation in links(paper) if number == 0
    ]
    contents = paper.tree.all("TOC")
    assert ["/A" in annotation for annotation, _ in found] == [False, False]
    assert [at for _, at in found] == [1, len(paper.pages) - 1]
    assert [each.words for each in contents[0].all("TOCI")] == ["The second 2", f"Far on {len(paper.pages)}"]
    assert [str(annotation.Contents) for annotation, _ in found] == [
        "The second, page 2",
        f"Far on, page {len(paper.pages)}",
    ]


def test_a_name_in_two_parts_leads_to_the_place_in_its_own() -> None:
    paper = joined()

    (link,) = [(number, annotation) for number, annotation in links(paper) if number > 0]

    assert target(paper, link[1].Dest) == 1


def test_cells_of_all_parts_have_names_that_can_be_looked_up() -> None:
    paper = Paper(pdf.render(of_parts({"one": THIRD, "two": THIRD})).content)

    names = paper.pdf.Root.StructTreeRoot.IDTree.Names
    keys = [str(names[at]) for at in range(0, len(names), 2)]
    cells = [names[at + 1] for at in range(0, len(names), 2)]
    assert len(set(keys)) == 2
    assert [str(cell.ID) for cell in cells] == keys


def test_bookmarks_begin_with_the_parts() -> None:
    paper = joined()

    assert paper.bookmarks == [(1, "First"), (1, "Second"), (1, "Third")]


def test_the_pieces_of_a_part_are_one_part() -> None:
    """Each begins a page; bookmarks, tags and names are as if it had been printed at once."""
    theme = "<h3>{0}</h3><table><tr><th scope='col'>Head</th></tr><tr><td id='{0}'>{0}</td></tr></table>"
    titles = {"second": "The second", "third.far": "Far on"}
    asked = json.loads(of_parts({"first": FIRST, "second": SECOND, "third": THIRD}, titles=titles))
    asked["parts"][1]["pieces"] += [PAGE.format(theme.format(name)) for name in ("North", "South")]

    made = Paper(pdf.render(json.dumps(asked)).content)

    names = made.pdf.Root.StructTreeRoot.IDTree.Names
    keys = {str(names[at]) for at in range(0, len(names), 2)}
    headings = [element.words for element in made.tree.all("H3")]
    assert made.bookmarks == [(1, "First"), (1, "Second"), (2, "North"), (2, "South"), (1, "Third")]
    assert headings == ["North", "South"]
    assert len(keys) == len(names) // 2 == 3
    assert validate_pdf_bytes(made.content, profile="ua1").is_compliant


def test_contents_that_lead_nowhere_fail() -> None:
    with pytest.raises(ReportFailed, match="not given out"):
        pdf.render(of_parts({"first": FIRST}))


def test_a_papers_contents_name_its_headings_and_enclosures(paper: Paper, report: Report) -> None:
    (contents,) = paper.tree.all("TOC")

    plan = next(
        number for number, page in enumerate(paper.pages, start=1) if "Key to lead officers" in page.text
    )
    lines = [each.words for each in contents.all("TOCI")]
    assert lines[0] == "Section 1 – Summary and Recommendations 1"
    assert lines[4].startswith("Progress in a minute ")
    assert lines[-2] == f"Appendix A: How the plan goes {plan}"
    assert len(lines) == 8


def test_a_cover_stands_alone(short_report: Report) -> None:
    paper = Paper(pdf.render(pages.source_of(replace(document.of(short_report), cover=True))).content)

    assert "Contents" not in paper.pages[0].text
    assert "Northmoor's plan" in paper.pages[0].text
    assert "Contents" in paper.pages[1].text
    assert validate_pdf_bytes(paper.content, profile="ua1").is_compliant


def test_a_recommendation_that_runs_over_a_page_says_so_on_the_next(paper: Paper, report: Report) -> None:
    references = [
        recommendation.reference
        for theme in block(document.of(report), WholePlan).themes
        for recommendation in theme.recommendations
    ]

    said, expected = [], []
    for table in paper.plan_tables:
        rows = table.all("TR")[1:]
        first = rows[0]
        begins = len(first.children) == 1 and first.words.split()[0] in references
        row = next(row for row in rows if len(row.children) == 6)
        expected.append("" if begins else row.children[0].words.split()[0])
        said.append(continued_on(paper, table, references))
    assert said == expected
    assert {"", *said} > {""}


def continued_on(paper: Paper, table: Element, references: list[str]) -> str:
    return next((each for each in references if f"{each} continued" in paper.pages[table.page].text), "")


# PDFs that were brought


def brought(content: bytes) -> Stored:
    return store(ContentFile(content), "reports", ".pdf")


def with_enclosure(report: Report, content: bytes) -> str:
    stored = brought(content)
    whole = document.of(report)
    part = Uploaded(
        "appendix-c", "Appendix C: Terms", (), key_of_file=stored.name, sha256=stored.sha256, pages=1
    )
    return pages.source_of(replace(whole, parts=(*whole.parts, part)))


def test_a_tagged_one_is_joined_with_its_tags(short_report: Report) -> None:
    tagged = pdf.render(
        of_parts({"terms": PAGE.format("<h1>Terms of the board</h1><p>It meets.</p>")})
    ).content

    paper = Paper(pdf.render(with_enclosure(short_report, tagged)).content)

    (part,) = paper.tree.all("Part")
    assert part.words == "Terms of the board It meets."
    assert {child.page for child in part.children} == {len(paper.pages) - 1}
    assert "Its pages follow." in paper.pages[-2].text
    assert paper.bookmarks[-2:] == [(1, "Appendix C: Terms"), (2, "Terms of the board")]
    assert validate_pdf_bytes(paper.content, profile="ua1").is_compliant


def test_one_without_tags_is_sent_apart(short_report: Report) -> None:
    paper = Paper(pdf.render(with_enclosure(short_report, written())).content)

    assert "It is sent as a file of its own" in paper.pages[-1].text
    assert validate_pdf_bytes(paper.content, profile="ua1").is_compliant


def test_one_that_was_altered_fails_by_name(short_report: Report) -> None:
    source = with_enclosure(short_report, written())
    stored = Path(default_storage.path(json.loads(source)["parts"][-1]["file"]))
    stored.write_bytes(stored.read_bytes() + b" ")

    with pytest.raises(ReportFailed, match="“Appendix C: Terms” is not the one that was brought"):
        pdf.render(source)


def test_one_that_claims_nothing_takes_the_claim_from_the_whole(short_report: Report) -> None:
    content = pdf.render(of_parts({"terms": PAGE.format("<h1>Terms</h1>")})).content
    with pikepdf.open(io.BytesIO(content)) as file:
        del file.Root.Metadata
        unclaimed = io.BytesIO()
        file.save(unclaimed)

    made = pdf.render(with_enclosure(short_report, unclaimed.getvalue()))

    assert b"pdfuaid" not in Paper(made.content).pdf.Root.Metadata.read_bytes()
    assert source_of(short_report)


def test_the_day_is_in_the_files_subject(short_report: Report, northmoor: Plan) -> None:
    paper = Paper(pdf.render(source_of(short_report)).content)

    assert short_report.on == date(2025, 7, 4)
    assert str(paper.pdf.docinfo.Subject).endswith("as of 4 July 2025")
