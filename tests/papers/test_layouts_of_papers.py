"""Each of the four papers in its own layout: the order of its headings, its numbers and the rows at its head.

What is expected here was read from the papers themselves. They print the main headings of one paper and the labels of
another in capitals; those letters are the layout's, so the words stand here as they are stored.
"""

import re

import pytest

from improvement.models import Plan
from reports import document
from reports.models import Layout, Report
from reports.paper import Facts, Heading, Words
from reports.paper import Paper as Made

# Of each paper: the rows at its head.
HEAD = {
    "harrow": [
        "Report for",
        "Date of Meeting",
        "Subject",
        "Responsible Officer",
        "Scrutiny Lead Member area",
        "Exempt",
        "Enclosures",
    ],
    "haringey": [
        "Meeting",
        "Date",
        "Report Title",
        "Report of",
        "Purpose",
        "Summary",
        "Recommendations",
        "Financial/Legal Comments",
        "For more information contact",
    ],
    "herefordshire": ["Meeting", "Date", "Title of report", "Report by", "Classification"],
    "hillingdon": [
        "Cabinet Member(s)",
        "Cabinet Portfolio(s)",
        "Officer Contact(s)",
        "Papers with report",
    ],
}
# Its headings in order, with the number before them and the numbers of the paragraphs under them.
HEADINGS = {
    "harrow": [
        ("Section 1 – Summary and Recommendations", []),
        ("Recommendations", []),
        ("Section 2 – Report", []),
        ("Introduction", []),
        ("Background", []),
        ("Current situation", []),
        ("Why a change is needed", []),
        ("Financial Implications", []),
        ("Performance Issues", []),
        ("Environmental Impact", []),
        ("Risk Management Implications", []),
        ("Equalities Implications", []),
        ("Corporate Priorities", []),
        ("Section 3 – Statutory Officer Clearance", []),
        ("Section 4 – Contact Details and Background Papers", []),
        ("Contact", []),
        ("Background Papers", []),
        # Behind the paper's own: a page that it did not have, and one more where the plan raises questions.
        ("Questions for the board", []),
    ],
    "haringey": [
        ("Background", []),
        ("The Progress Review Process", []),
        ("Overall judgement on progress since the inspections of November 2008 and June 2009", []),
        ("Areas for Further Improvement", []),
        ("Conclusion", []),
    ],
    "herefordshire": [
        ("Wards Affected", []),
        ("Purpose", []),
        ("Recommendation(s)", []),
        ("Key Points Summary", []),
        ("Alternative Options", ["7.1"]),
        ("Reasons for Recommendations", ["8.1"]),
        ("Introduction and Background", []),
        ("The Ofsted inspection", ["9.1", "9.2", "9.3", "9.4"]),
        ("Key Considerations", []),
        ("Improvement planning", []),
        ("National arrangements", ["10.1"]),
        ("Improvement Board", ["10.2", "10.3"]),
        ("Improvement Plan", ["10.4", "10.5", "10.6", "10.7", "10.8", "10.9"]),
        ("Monitoring the effectiveness and impact of the Plan", ["10.10", "10.11", "10.12", "10.13"]),
        ("Update on the immediate actions", ["10.14", "10.15", "10.16", "10.17"]),
        ("Staffing issues", ["10.18", "10.19", "10.20"]),
        ("Community Impact", ["11.1"]),
        ("Equality and Human Rights", ["12.1"]),
        ("Financial Implications", ["13.1", "13.2", "13.3", "13.4"]),
        ("Legal Implications", ["14.1"]),
        ("Risk Management", ["15.1", "15.2", "15.3", "15.4", "15.5"]),
        ("Consultees", ["16.1"]),
        ("Appendices", ["17.1"]),
        ("Background Papers", ["18.1", "18.2"]),
    ],
    "hillingdon": [
        ("1. Headline Information", []),
        ("2. Recommendation", []),
        ("Reasons for recommendation", []),
        ("Alternative options considered / risk management", []),
        ("Policy Overview Committee comments", []),
        ("3. Information", []),
        ("Supporting Information", ["3.1", "3.2", "3.3", "3.4", "3.5", "3.6"]),
        ("Financial Implications", []),
        ("4. Effect on Residents, Service Users & Communities", []),
        ("What will be the effect of the recommendation?", []),
        ("Consultation Carried Out or Required", []),
        ("5. Corporate Implications", []),
        ("Corporate Finance", []),
        ("Legal", []),
        ("6. Background Papers", []),
    ],
}
ENCLOSED = {
    "harrow": ["Appendix A: Post-Ofsted Improvement Plan", "Appendix B: Index of changes"],
    "haringey": [],
    "herefordshire": [
        "Appendix 1: Herefordshire Children's Improvement Board – Terms of Reference",
        "Appendix 2: Ofsted current grading criteria",
    ],
    "hillingdon": ["Appendix 1: Ofsted Inspection Report"],
}
IN_LAYOUT = {
    "harrow": "overview-and-scrutiny",
    "haringey": "childrens-trust",
    "herefordshire": "health-and-social-care-scrutiny",
    "hillingdon": "cabinet",
}


# Loaded before the test has its own transaction, which ends with the test.
pytestmark = [pytest.mark.once, pytest.mark.usefixtures("papers")]


@pytest.fixture(params=list(HEAD))
def council(request: pytest.FixtureRequest) -> str:
    request.getfixturevalue("papers")
    request.getfixturevalue(request.param)
    return str(request.param)


def made_of(council: str) -> Made:
    return document.of(Report.objects.with_plan().get(council__slug=council))


def outline(paper: Made) -> list[tuple[str, list[str]]]:
    """The headings of the report itself, each with the numbers of the paragraphs that follow it."""
    found: list[tuple[str, list[str]]] = []
    for block in paper.parts[0].blocks:
        if isinstance(block, Heading):
            found.append((f"{block.number} {block.text}".strip(), []))
        elif isinstance(block, Words):
            found[-1][1].extend(re.findall(r'<span class="rp-count">([^<]*)</span>', block.html))
    return found


def test_the_rows_at_its_head(council: str) -> None:
    assert [row.label for row in made_of(council).head] == HEAD[council]


def test_its_headings_and_numbers_in_order(council: str) -> None:
    assert outline(made_of(council)) == HEADINGS[council]


def test_its_enclosures(council: str) -> None:
    assert [part.title for part in made_of(council).contents] == ENCLOSED[council]


def test_it_is_in_its_own_layout(council: str) -> None:
    report = Report.objects.with_plan().get(council__slug=council)

    assert (report.layout.council, report.layout.slug) == (None, IN_LAYOUT[council])


def test_a_report_has_the_rows_and_sections_of_its_layout(council: str) -> None:
    """In the layout's order, filled as it says; a heading may be worded for the occasion."""
    report = Report.objects.get(council__slug=council)
    row, section = (
        ("place", "label", "filled_from"),
        ("level", "filled_from", "numbered", "numbers_paragraphs"),
    )

    assert list(report.rows.values_list(*row)) == list(report.layout.rows.values_list(*row))
    assert list(report.sections.values_list(*section)) == list(report.layout.sections.values_list(*section))
    assert set(report.sections.values_list("readiness", flat=True)) == {"ready"}


def test_hillingdons_headline_table(papers: None, hillingdon: Plan) -> None:
    (table,) = (block for block in made_of("hillingdon").parts[0].blocks if isinstance(block, Facts))

    assert [row.label for row in table.rows] == [
        "Summary",
        "Contribution to our plans and strategies",
        "Financial Cost",
        "Relevant Policy Overview Committee",
        "Ward(s) affected",
    ]
    assert table.rows[2].lines == ("None that follows directly from the report.",)


def test_hillingdons_chosen_day_is_said_where_no_row_says_it(papers: None, hillingdon: Plan) -> None:
    assert made_of("hillingdon").occasion == (
        "Report for the Cabinet, 20 March 2014. The paper bears no day; this one was chosen."
    )
    assert made_of("haringey").occasion == "Report for the Children's Trust, 1 March 2010"


def test_what_is_in_capitals(papers: None) -> None:
    shown = {
        slug: (made_of(slug).capitals, made_of(slug).head[0].capitals) for slug in HEAD if slug != "harrow"
    }

    assert shown == {
        "haringey": (False, False),
        "herefordshire": (False, True),
        "hillingdon": (True, False),
    }


def test_herefordshires_classification_follows_the_report(papers: None, herefordshire: Plan) -> None:
    assert made_of("herefordshire").head[4].lines == ("Open",)


def test_a_paragraph_of_enclosures_bears_one_number(papers: None, herefordshire: Plan) -> None:
    words = [block.html for block in made_of("herefordshire").parts[0].blocks if isinstance(block, Words)]

    assert words[-2] == (
        '<p class="rp-counted"><span class="rp-count">17.1</span> '
        "Appendix 1: Herefordshire Children&#x27;s Improvement Board – Terms of Reference<br>"
        "Appendix 2: Ofsted current grading criteria</p>"
    )


def test_five_layouts_come_with_waymark(papers: None) -> None:
    assert list(Layout.objects.filter(council=None).order_by("pk").values_list("slug", "numbering")) == [
        ("overview-and-scrutiny", "parts"),
        ("health-and-social-care-scrutiny", "paragraphs"),
        ("childrens-trust", "none"),
        ("cabinet", "headings"),
        ("plain", "run"),
    ]


def test_the_plain_one_follows_good_practice(papers: None) -> None:
    plain = Layout.objects.get_by_natural_key("", "plain")

    assert list(plain.sections.filter(level=1).values_list("heading", "filled_from")) == [
        ("Recommendations", "recommendations"),
        ("Summary", "typed"),
        ("Progress", "progress"),
        ("What changed since the last report", "changes"),
        ("Overdue, and why", "overdue"),
        ("Questions for the board", "questions"),
        ("Risks", "risks"),
        ("Statutory clock", "clock"),
        ("Implications", "heading"),
        ("Clearance", "clearance"),
        ("Enclosures", "enclosures"),
        ("Background papers", "typed"),
    ]
    assert list(plain.posts.values_list("post", flat=True)) == [
        "Chief Financial Officer",
        "Monitoring Officer",
    ]


def test_loaded_twice_they_are_there_once(papers: None) -> None:
    """Another council's papers bring the layouts along again."""
    assert Layout.objects.get_by_natural_key("", "plain").sections.count() == 16
