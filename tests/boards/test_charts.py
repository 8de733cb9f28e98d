"""Figures laid out as tiles and bars."""

from datetime import date

from boards import charts
from improvement.models import Plan
from recommendations import progress
from recommendations.models import Action, Stage

ON = date(2012, 11, 14)


def link(query: str) -> str:
    return f"/list?{query}"


def test_every_stage_has_a_letter_and_a_colour_of_its_own() -> None:
    assert set(charts.STAGE_LETTERS) == set(Stage) == set(charts.STAGE_COLOURS)
    assert len(set(charts.STAGE_LETTERS.values())) == len(set(charts.STAGE_COLOURS.values())) == len(Stage)


def test_a_bar_has_the_figures_and_their_lists(harrow: Plan) -> None:
    figures = progress.of_plan(harrow, on=ON)

    (row,) = charts.stages(figures, link).rows

    assert (row.total, row.url) == (101, "/list?")
    assert [(s.label, s.count, s.url) for s in row.segments] == [
        (figure.label, figure.count, f"/list?{figure.query}") for figure in figures.stages
    ]


def test_a_bar_is_filled_from_end_to_end(harrow: Plan) -> None:
    figures = progress.of_plan(harrow, on=ON)

    for chart in (charts.stages(figures, link), charts.ratings(figures, link)):
        segments = chart.rows[0].segments
        assert round(sum(segment.width for segment in segments), 1) == 100
        assert segments[0].x == 0
        ends = [segment.x + segment.width for segment in segments]
        assert [round(end, 1) for end in ends[:-1]] == [round(segment.x, 1) for segment in segments[1:]]


def test_words_say_what_a_bar_shows(harrow: Plan) -> None:
    chart = charts.ratings(progress.of_plan(harrow, on=ON), link)

    assert chart.description == "21 green, 80 not rated."


def test_a_plan_of_nothing_has_an_empty_bar(harrow: Plan) -> None:
    figures = progress.of(Action.objects.none(), plan=harrow, on=ON)

    (row,) = charts.stages(figures, link).rows

    assert row.total == 0
    assert {segment.width for segment in row.segments} == {0.0}


def test_a_bar_for_each_part(harrow: Plan) -> None:
    parts = progress.break_down(harrow, on=ON).themes

    chart = charts.stages_by_part("How far each theme is", parts, link)

    assert [(row.label, row.total) for row in chart.rows] == [
        (part.label, part.figures.actions.count) for part in parts
    ]
