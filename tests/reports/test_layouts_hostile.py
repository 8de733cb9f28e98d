"""Whatever is typed in a field of a layout is words in the report: never markup, an address or an instruction."""

import re
from dataclasses import asdict, replace

import pytest
from django.template.loader import render_to_string
from django.test import Client

from improvement.models import Plan
from reports import document, pages, sample
from reports.models import Layout, ReportRow, ReportSection
from reports.workflow import layouts
from reports.workflow.layouts import PostWording, RowWording, SectionWording, Wording
from tests.cast import Cast
from tests.reports.conftest import write_report
from tests.reports.layout_words import ON, own_layout

pytestmark = pytest.mark.once

HOSTILE = '<img src=x onerror="alert(1)"></p></style><script>{{ request }}{% now %}</script>**[a](javascript:x)** ../../etc/passwd'
EVIL = Wording(
    name=HOSTILE[:120],
    about=HOSTILE,
    head_heading=HOSTILE[:120],
    rows=(RowWording(HOSTILE[:120]), RowWording(HOSTILE[:120], place="headline")),
    sections=(
        SectionWording(HOSTILE, filled_from="recommendations", guidance=HOSTILE),
        SectionWording(HOSTILE, level=2, filled_from="headline"),
        SectionWording(HOSTILE, level=3, guidance=f"# {HOSTILE}\n\n> 1. x\n- y"),
        SectionWording(HOSTILE, filled_from="clearance"),
    ),
    posts=(PostWording(HOSTILE),),
    prints_clearance=True,
)


@pytest.fixture
def evil(harrow: Plan, cast: Cast) -> Layout:
    layout = own_layout(harrow.council, cast.plan_administrator)
    return layouts.reword_layout(layout=layout, version=2, wording=EVIL, by=cast.plan_administrator, on=ON)


def tags(html: str) -> set[str]:
    return {name.lower() for name in re.findall(r"<([a-z0-9]+)", html)}


def assert_words_only(html: str) -> None:
    assert {"script", "img", "a"} & tags(html) == set()
    assert "{{ request }}{% now %}" in html
    assert "onerror=&quot;alert(1)&quot;" in html
    assert re.findall(r"<[^>]*\b(?:onerror|src|href|style)=", html) == []


def test_in_the_sample(harrow: Plan) -> None:
    paper = sample.of(EVIL, harrow, on=ON)

    html = render_to_string("reports/_layout_sample.html", {"paper": paper, "linked": False})

    assert_words_only(html)
    assert tags(html) & {"strong", "blockquote", "ul", "ol"} == set()
    assert "**[a](javascript:x)**" in html


def test_in_a_report_and_in_what_its_file_is_made_from(harrow: Plan, evil: Layout) -> None:
    report = write_report(harrow, layout=Layout.objects.get(pk=evil.pk))
    report.rows.all().delete()
    for row in EVIL.rows:
        ReportRow.objects.create(report=report, position=len(report.rows.all()) + 1, **asdict(row))
    report.sections.all().delete()
    for section in EVIL.sections:
        words = asdict(section)
        ReportSection.objects.create(report=report, position=len(report.sections.all()) + 1, **words)
    report.clearances.update(post=HOSTILE)
    report.enclosures.all().delete()

    source = pages.source_of(document.of(report))

    assert_words_only(source.split("<body>")[1])


def test_on_every_page_of_it(as_plan_administrator: Client, evil: Layout) -> None:
    pages_of = ["/harrow/layouts/", f"/harrow/layouts/{evil.slug}/", f"/harrow/layouts/{evil.slug}/edit/"]

    shown = [as_plan_administrator.get(page).content.decode().split("<main")[1] for page in pages_of]

    assert [("<img" in html, "<script" in html, "javascript:x)</" in html) for html in shown] == [
        (False, False, False)
    ] * 3


def test_an_address_is_made_of_letters_only(evil: Layout, harrow: Plan, cast: Cast) -> None:
    made = layouts.copy_layout(
        council=harrow.council,
        start=evil,
        name="../../etc/passwd <b>",
        about="",
        by=cast.plan_administrator,
        on=ON,
    )

    assert made.slug == "harrow-etcpasswd-b"


def test_guidance_of_many_lines_is_one_paragraph(harrow: Plan) -> None:
    wording = replace(EVIL, sections=(SectionWording("A", guidance="1. one\n2. two\n\n- three  \nfour"),))
    wording = replace(wording, rows=())

    paper = sample.of(wording, harrow, on=ON)

    html = "".join(getattr(block, "html", "") for block in paper.parts[0].blocks)
    assert html.strip() == (
        "<p>1. one 2. two - three four</p>\n<p>Each paragraph shows whether it is counted.</p>"
    )
