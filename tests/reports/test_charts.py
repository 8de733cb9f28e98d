"""The drawing of a report's chart, beside its words at a desk and below them on a phone."""

import pytest
from django.template.loader import render_to_string

from improvement.models import Plan
from recommendations import progress
from reports import charts
from reports.charts import Chart
from reports.paper import Part
from tests.recommendations.steps import ON


@pytest.fixture
def chart(harrow: Plan) -> Chart:
    parts = progress.break_down(harrow, on=ON)
    return charts.of(parts.whole, parts.themes)


def drawn(chart: Chart, *, linked: bool) -> str:
    return render_to_string(
        "reports/_chart.html", {"chart": chart, "linked": linked, "part": Part("whole", "Plan", ())}
    )


def test_the_drawing_for_a_phone_says_the_same_in_its_own_places(chart: Chart) -> None:
    narrow = chart.narrow

    assert narrow is not None
    assert narrow.description == chart.description
    assert [name.text for name in narrow.names] == ["Whole plan", "Safeguarding", "Looked after children"]
    assert [label.text for label in narrow.due_labels] == [
        "101 actions; 40 of 62 not finished",
        "51 actions; 20 of 34 not finished",
        "50 actions; 20 of 28 not finished",
    ]
    assert {label.x for label in (*narrow.names, *narrow.due_labels)} == {0}
    assert [bars.stage for bars in narrow.stages] == [bars.stage for bars in chart.stages]
    assert narrow.width < chart.width / 2


def test_only_a_page_has_it(chart: Chart) -> None:
    page, file = drawn(chart, linked=True), drawn(chart, linked=False)

    assert page.count('class="rp-chart') == 2
    assert page.count('class="rp-chart rp-chart--narrow"') == 1
    assert file.count('class="rp-chart') == 1
    assert "whole-pnarrow-complete" not in file
