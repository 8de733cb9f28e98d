"""Months laid out as columns and lines."""

from datetime import date

from boards import trends
from recommendations.months import Moment, Stood

SEPTEMBER, OCTOBER = date(2012, 9, 30), date(2012, 10, 31)


def stood(stage: str, *, due: date | None = None, first: date | None = None) -> Stood:
    return Stood(1, "S1", "1", stage, None, due, first, 0, is_overdue=False)


def link(query: str, on: date) -> str:
    return f"{query}@{on:%b}"


def test_a_column_for_each_month_as_high_as_its_actions() -> None:
    course = [
        Moment(SEPTEMBER, (stood("in-progress"),)),
        Moment(
            OCTOBER, (stood("complete"), stood("in-progress"), stood("in-progress"), stood("in-progress"))
        ),
    ]

    chart = trends.stages(course, link)

    assert chart
    assert [head.label for head in chart.heads] == ["Complete", "In progress"]
    assert [(column.name, column.total) for column in chart.columns] == [("Sep", 1), ("Oct", 4)]
    assert [[(block.height, block.letter) for block in column.blocks] for column in chart.columns] == [
        [(43.0, "P")],
        [(43.0, "C"), (129.0, "P")],
    ]
    assert [sum(block.height for block in column.blocks) for column in chart.columns] == [43.0, 172.0]
    assert chart.description == (
        "From 30 September 2012 to 31 October 2012: complete 0, then 1; in progress 1, then 3."
    )


def test_each_figure_of_its_table_opens_the_list_of_its_day() -> None:
    course = [
        Moment(SEPTEMBER, (stood("in-progress"),)),
        Moment(OCTOBER, (stood("complete"),)),
    ]

    chart = trends.stages(course, link)

    assert chart
    assert [(line.label, [(cell.value, cell.url) for cell in line.cells]) for line in chart.lines] == [
        ("30 September 2012", [(0, ""), (1, "stage=in-progress@Sep"), (1, "@Sep")]),
        ("31 October 2012", [(1, "stage=complete@Oct"), (0, ""), (1, "@Oct")]),
    ]


def test_many_months_are_crowded() -> None:
    days = [date(2012, month, 1) for month in range(1, 11)]

    nine, ten = (
        trends.stages([Moment(day, (stood("complete"),)) for day in days[:count]], link) for count in (9, 10)
    )

    assert nine
    assert ten
    assert (nine.is_crowded, ten.is_crowded) == (False, True)


def test_one_month_is_no_trend() -> None:
    course = [Moment(OCTOBER, (stood("complete"),))]

    assert (
        trends.stages(course, link),
        trends.ratings(course, [], link),
        trends.completion(course, link),
    ) == (
        None,
        None,
        None,
    )


def test_finished_against_promised() -> None:
    due = date(2012, 10, 15)
    course = [
        Moment(SEPTEMBER, (stood("in-progress", due=due, first=date(2012, 9, 1)),)),
        Moment(OCTOBER, (stood("complete", due=due, first=date(2012, 9, 1)),)),
    ]

    chart = trends.completion(course, link)

    assert chart
    assert [(line.label, line.last) for line in chart.courses] == [
        ("Promised at first", 1),
        ("Should be finished", 1),
        ("Complete", 1),
    ]
    assert len({line.kind for line in chart.courses}) == 3
    assert [[cell.value for cell in line.cells] for line in chart.lines] == [
        [1, 0, 0, 0, 0, 44],
        [1, 1, 1, 0, 0, 44],
    ]
    assert chart.lines[1].cells[0].url == "due=first-passed@Oct"


def test_while_no_date_has_moved_what_was_promised_is_no_line_of_its_own() -> None:
    first = date(2012, 10, 15)
    course = [Moment(on, (stood("in-progress", due=first, first=first),)) for on in (SEPTEMBER, OCTOBER)]

    chart = trends.completion(course, link)

    assert chart
    assert [line.label for line in chart.courses] == ["Should be finished", "Complete"]
    assert chart.heads[:3] == ("Promised at first", "Should be finished", "Complete")


def test_a_long_course_names_few_months_and_always_the_last() -> None:
    days = [date(2011 + at // 12, at % 12 + 1, 28) for at in range(18)]
    course = [Moment(day, (stood("complete"),)) for day in days]

    chart = trends.stages(course, link)

    assert chart
    assert [column.name for column in chart.columns if column.name] == [
        "Mar",
        "Jun",
        "Sep",
        "Dec",
        "Mar",
        "Jun",
    ]
    assert chart.columns[-1].name == "Jun"
