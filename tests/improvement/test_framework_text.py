"""A framework as an administrator types it."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from improvement.framework_text import (
    AreaLine,
    DutyLine,
    GradeLine,
    read_areas,
    read_duties,
    read_grades,
    written,
)
from improvement.models import Framework

pytestmark = pytest.mark.once


def test_areas_in_groups_with_parts() -> None:
    areas = read_areas(
        "Overall\n\nSafeguarding services: Overall\n> Adoption performance\n  Care leavers\nLeadership",
        ("grades",),
    )

    assert areas == (
        AreaLine("overall", "", "Overall", "", "grades"),
        AreaLine("safeguarding-services-overall", "Safeguarding services", "Overall", "", "grades"),
        AreaLine(
            "adoption-performance", "", "Adoption performance", "safeguarding-services-overall", "grades"
        ),
        AreaLine("care-leavers", "", "Care leavers", "safeguarding-services-overall", "grades"),
        AreaLine("leadership", "", "Leadership", "", "grades"),
    )


def test_areas_on_a_scale_of_their_own_or_on_none() -> None:
    areas = read_areas(
        "Progress\nCapacity to improve [Capacity]\nFindings [no grade]", ("progress", "capacity")
    )

    assert [area.scale for area in areas] == ["progress", "capacity", ""]


def test_without_grades_areas_have_no_scale() -> None:
    assert [area.scale for area in read_areas("Findings", ())] == [""]


def test_grades_best_first_on_two_scales() -> None:
    grades = read_grades("Progress:\nGood\nLimited\nCapacity:\nGood\nLimited")

    assert grades == (
        GradeLine("good", "Good", "progress"),
        GradeLine("limited", "Limited", "progress"),
        GradeLine("capacity-good", "Good", "capacity"),
        GradeLine("capacity-limited", "Limited", "capacity"),
    )


def test_a_grade_may_hold_a_colon() -> None:
    assert [grade.name for grade in read_grades("4: Outstanding\n3: Good")] == ["4: Outstanding", "3: Good"]


def test_duties_with_time_and_more() -> None:
    duties = read_duties(
        "70 working days: Publish a written statement\n"
        "30 Calendar Days from publication: Write to partners | The board | SI 1 | Only if asked\n"
        "1 month from the end: Say thank you\n"
        "At an interval: Report"
    )

    assert duties == (
        DutyLine(
            "publish-a-written-statement",
            "Publish a written statement",
            "The council",
            70,
            "working-days",
            "received",
            "",
            "",
        ),
        DutyLine(
            "write-to-partners",
            "Write to partners",
            "The board",
            30,
            "calendar-days",
            "published",
            "Only if asked",
            "SI 1",
        ),
        DutyLine("say-thank-you", "Say thank you", "The council", 1, "months", "ended", "", ""),
        DutyLine("report", "Report", "The council", None, "working-days", "intervention", "", ""),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("> Adoption", "Line 1: a sub-judgement needs an area above it."),
        ("Overall\nOverall", "Line 2: “Overall” stands here already."),
        ("Group: ", "Line 1: write the name of the area."),
        ("Overall [pace]", "Line 1: no grades stand under “pace:” below."),
        ("x" * 161, "Line 1: an area has at most 160 characters, and its group 120."),
    ],
)
def test_what_is_wrong_with_an_area_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_areas(text, ("grades",))

    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Good\ngood", "Line 2: “good” stands in this scale already."),
        ("::", "Line 1: name the scale before the colon, for example “Capacity:”."),
        ("x" * 241, "Line 1: a grade has at most 240 characters."),
    ],
)
def test_what_is_wrong_with_a_grade_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_grades(text)

    assert refused.value.messages == [sentence]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("70 days: Publish", "Line 1: say whether these are working days or calendar days."),
        (
            "Publish soon",
            "Line 1: begin with the time and a colon, for example “70 working days: Publish a written statement”.",
        ),
        ("0 working days: Publish", "Line 1: a deadline is at least one day away."),
        (
            "70 working days: a | b | c | d | e",
            "Line 1: after the colon come what must be done, who, the regulation and the condition, with | between them.",
        ),
    ],
)
def test_what_is_wrong_with_a_duty_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_duties(text)

    assert refused.value.messages == [sentence]


def test_every_wrong_line_is_named_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        read_duties("Soon\n70 working days: Fine\n3 days: Not fine")

    assert [message.partition(":")[0] for message in refused.value.messages] == ["Line 1", "Line 3"]


def test_a_book_is_refused() -> None:
    with pytest.raises(ValidationError, match="Keep to 80 lines"):
        read_areas("Area\n" * 81, ())


@pytest.mark.parametrize(
    "slug", ["jar-progress-review-2009", "sif-2013", "focused-visit", "cqc-local-authority-2023", "jtai"]
)
def test_what_is_written_out_is_read_back(councils: None, slug: str) -> None:
    framework = Framework.objects.with_everything().get(slug=slug)

    text = written(framework)

    grades = read_grades(text["grades"])
    areas = read_areas(text["areas"], tuple(dict.fromkeys(grade.scale for grade in grades)))
    duties = read_duties(text["duties"])
    assert [(g.name, g.scale) for g in grades] == [
        (grade.name, scale) for scale, of_scale in framework.scales for grade in of_scale
    ]
    assert [(a.group, a.name, a.scale, bool(a.part_of)) for a in areas] == [
        (area.group, area.name, area.scale, bool(area.part_of_id)) for area in framework.areas.all()
    ]
    assert [(d.name, d.who, d.amount, d.unit, d.counted_from, d.condition, d.source) for d in duties] == [
        (d.name, d.who, d.amount, d.unit, d.counted_from, d.condition, d.source)
        for d in framework.duties.all()
    ]


SCRAPS = st.sampled_from(
    ["70 working days", ":", " | ", "\n", "> ", "[", "]", "no grade", "grades", "Overall", " ", "1"]
)
TYPED = st.lists(SCRAPS | st.text(max_size=6), max_size=30).map("".join)


@given(TYPED)
def test_whatever_is_typed_is_understood_or_refused_in_words(typed: str) -> None:
    for read in (read_grades, read_duties, lambda text: read_areas(text, ("grades",))):
        try:
            found = read(typed)
        except ValidationError:
            continue
        assert len({each.slug for each in found}) == len(found)
        assert all(0 < len(each.slug) <= 50 and each.name for each in found)
