"""Figures that stand in a typed text by their names."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from recommendations import progress
from reports import document, text
from reports.live_figures import LIVE_FIGURES, expand, expand_plain, offered, unknown_in
from reports.models import Report
from reports.paper import Words
from reports.plan_blocks import Asked

ON = date(2012, 11, 14)


def test_a_name_stands_for_its_figure_on_the_day(harrow: Plan) -> None:
    typed = "[[overdue]] of [[ Actions ]] are late; [[rated green]] are green, as of [[day]]."

    assert expand(typed, Asked(harrow, ON)) == "40 of 101 are late; 21 are green, as of 14 November 2012."
    early = progress.of_plan(harrow, on=date(2012, 9, 13))
    assert expand("[[overdue]]", Asked(harrow, date(2012, 9, 13))) == str(early.overdue.count)


@pytest.mark.parametrize(
    "typed", ["{{7*7}}", "%s %(x)s", "[[no such]]", r"\[[overdue]]", "[overdue]", "[[]]"]
)
def test_everything_else_stays_as_it_was_typed(harrow: Plan, typed: str) -> None:
    assert expand(typed, Asked(harrow, ON)) == typed


def test_a_value_is_never_markup(harrow: Plan) -> None:
    harrow.name = "**Bold** <b>plan</b> [[overdue]] &amp;"

    html = text.as_html(expand("[[plan]]", Asked(harrow, ON)))

    assert html == "<p>**Bold** &lt;b&gt;plan&lt;/b&gt; [[overdue]] &amp;amp;</p>\n"


def test_a_text_without_a_figure_asks_nothing(harrow: Plan) -> None:
    with CaptureQueriesContext(connection) as asked:
        expand("No figure here. " * 1000, Asked(harrow, ON))

    assert len(asked) == 0


def test_many_figures_cost_no_more_than_one(harrow: Plan) -> None:
    with CaptureQueriesContext(connection) as one:
        expand("[[overdue]]", Asked(harrow, ON))
    with CaptureQueriesContext(connection) as many:
        expand("[[overdue]] [[complete]] [[headline]] [[actions]] " * 20, Asked(harrow, ON))

    assert len(many) == len(one)


def test_unknown_names_are_told_once(harrow: Plan) -> None:
    typed = "[[overdu]] [[Overdu]] [[overdue]] [[rated red]] [[rated pink]]"

    assert unknown_in(typed) == ("overdu",)
    assert unknown_in(typed, progress.ratings_of(harrow)) == ("overdu", "rated pink")


def test_every_name_that_is_offered_has_a_value(harrow: Plan) -> None:
    asked, names = Asked(harrow, ON), [name for name, _ in offered(progress.ratings_of(harrow))]

    assert len(names) == len(set(names)) == len(LIVE_FIGURES) + 3
    assert all("[[" not in expand_plain(f"[[{name}]]", asked) for name in names)


def test_the_figures_of_a_report_are_live(report: Report) -> None:
    report.sections.filter(heading="Background").update(body="Late: [[overdue]].")
    report.rows.filter(label="Responsible officer").update(text="Late: [[overdue]]")

    paper = document.of(Report.objects.with_plan().get(pk=report.pk))

    prose = "".join(block.html for block in paper.parts[0].blocks if isinstance(block, Words))
    assert "Late: 40." in prose
    assert ("Late: 40",) in [row.lines for row in paper.head]
