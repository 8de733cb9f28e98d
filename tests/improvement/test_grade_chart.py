"""Grades over time: geometry, and that scales that differ are never one line."""

from datetime import date

import pytest

from improvement import grade_chart
from improvement.models import Area, Framework, Grade, Inspection, Plan
from tests.factories import (
    AreaFactory,
    FrameworkFactory,
    GradeFactory,
    InspectionFactory,
    JudgementFactory,
)


def framework(*words: str, inspectorates: str = "Ofsted", scale: str = "grades") -> Framework:
    made = FrameworkFactory(inspectorates=inspectorates)
    for position, word in enumerate(words, start=1):
        GradeFactory(framework=made, name=word, position=position, scale=scale)
    AreaFactory(framework=made, name="Overall effectiveness", scale=scale, position=1)
    AreaFactory(framework=made, name="Leadership", scale=scale, position=2)
    return made


def judged(of: Framework, day: date, **grades: str) -> Inspection:
    inspection = InspectionFactory(framework=of, started_on=day, ended_on=day, published_on=day)
    for name, word in grades.items():
        area = Area.objects.get(framework=of, name__istartswith=name)
        JudgementFactory(inspection=inspection, area=area, grade=Grade.objects.get(framework=of, name=word))
    return Inspection.objects.with_judgements().get(pk=inspection.pk)


OGAI = ("Outstanding", "Good", "Adequate", "Inadequate")


def test_an_area_is_one_line_across_inspections_on_one_scale(db: None) -> None:
    regime = framework(*OGAI)
    first = judged(regime, date(2009, 10, 5), overall="Inadequate")
    second = judged(regime, date(2012, 5, 8), overall="Adequate", leadership="Good")

    (panel,) = grade_chart.panels([second, first])

    overall, leadership = panel.rows
    assert panel.title == "Outstanding, good, adequate, inadequate"
    assert [(step.letter, step.y) for step in panel.steps] == [("O", 13), ("G", 28), ("A", 43), ("I", 58)]
    assert (panel.columns, panel.height) == ((25.0, 75.0), 71)
    assert [(mark.x, mark.step.name, mark.latest) for mark in overall.marks] == [
        (25.0, "Inadequate", False),
        (75.0, "Adequate", True),
    ]
    assert overall.lines == (grade_chart.Line(25.0, 58, 75.0, 43),)
    assert overall.in_words == "October 2009 Inadequate, May 2012 Adequate"
    assert (leadership.lines, [cell.step.name if cell.step else None for cell in leadership.cells]) == (
        (),
        [None, "Good"],
    )


@pytest.mark.parametrize(
    "other",
    [
        ("Outstanding", "Good", "Requires improvement", "Inadequate"),
        ("Outstanding", "Good", "Adequate"),
        ("Inadequate", "Adequate", "Good", "Outstanding"),
    ],
)
def test_other_words_are_another_panel(db: None, other: tuple[str, ...]) -> None:
    old = judged(framework(*OGAI), date(2009, 10, 5), overall="Good")
    new = judged(framework(*other), date(2014, 5, 8), overall="Good")

    panels = grade_chart.panels([old, new])

    assert [panel.inspections for panel in panels] == [(new,), (old,)]
    assert all(row.lines == () for panel in panels for row in panel.rows)


def test_the_same_words_in_another_regime_of_the_same_inspectorate_are_one_line(db: None) -> None:
    old = judged(
        framework(*OGAI, inspectorates="Ofsted, Care Quality Commission"), date(2009, 10, 5), overall="Good"
    )
    new = judged(framework(*OGAI), date(2012, 10, 5), overall="Inadequate")

    (panel,) = grade_chart.panels([old, new])

    assert [len(row.lines) for row in panel.rows] == [1]


def test_the_same_words_of_another_inspectorate_are_another_scale(db: None) -> None:
    ofsted = judged(framework(*OGAI), date(2009, 10, 5), overall="Good")
    probation = judged(
        framework(*OGAI, inspectorates="HM Inspectorate of Probation"), date(2012, 5, 8), overall="Good"
    )

    panels = grade_chart.panels([ofsted, probation])

    assert [panel.inspectorate for panel in panels] == ["HM Inspectorate of Probation", "Ofsted"]


def test_progress_and_capacity_are_two_panels(councils: None) -> None:
    regime = Framework.objects.get(slug="jar-progress-review-2009")
    review = InspectionFactory(framework=regime, started_on=date(2010, 1, 25), ended_on=date(2010, 1, 29))
    for area, grade in (("progress-overall", "good"), ("capacity-to-improve", "capacity-good")):
        JudgementFactory(
            inspection=review,
            area=Area.objects.get(framework=regime, slug=area),
            grade=Grade.objects.get(framework=regime, slug=grade),
        )

    panels = grade_chart.panels(Inspection.objects.with_judgements().filter(pk=review.pk))

    assert sorted((panel.title, [row.title for row in panel.rows]) for panel in panels) == [
        ("Capacity", ["Capacity to improve"]),
        ("Progress", ["Progress overall"]),
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (OGAI, ("O", "G", "A", "I")),
        (("4: Outstanding", "3: Good"), ("4", "3")),
        (("Arrangements lead", "Arrangements fail"), ("1", "2")),
    ],
)
def test_each_grade_has_a_letter_of_its_own(names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert grade_chart.letters(names) == expected


def test_harrows_judgements_by_group(harrow: Plan) -> None:
    inspection = Inspection.objects.with_judgements().get(council=harrow.council)

    groups = grade_chart.grouped(inspection)

    assert [(group.name, [(area.name, step.name) for area, step in group.judged]) for group in groups] == [
        (
            "Safeguarding services",
            [("Overall effectiveness", "Adequate"), ("Capacity for improvement", "Adequate")],
        ),
        (
            "Services for looked after children",
            [
                ("Overall effectiveness", "Adequate"),
                ("Capacity for improvement", "Good"),
                ("Being healthy", "Inadequate"),
            ],
        ),
    ]


def test_judgements_are_known_once_they_are_reported(harrow: Plan) -> None:
    inspection = Inspection.objects.get(council=harrow.council)

    known = [grade_chart.reported([inspection], on=date(2012, 6, day)) for day in (26, 27)]

    assert known == [[], [inspection]]
