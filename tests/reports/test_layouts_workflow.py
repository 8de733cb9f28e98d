"""Making a layout from another, and setting it out anew."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from improvement.models import Change, Plan
from reports import document
from reports.models import Layout, Report
from reports.workflow import layouts
from reports.workflow.layouts import RowWording, SectionWording, Wording
from tests.cast import Cast
from tests.reports.conftest import write_report
from tests.reports.layout_words import ON, SMALL, own_layout, wording


@pytest.fixture
def plain(harrow: Plan) -> Layout:
    return Layout.objects.get_by_natural_key("", "plain")


@pytest.fixture
def ours(harrow: Plan, cast: Cast) -> Layout:
    return own_layout(harrow.council, cast.plan_administrator)


# Making one


def test_a_copy_says_all_that_the_other_says(harrow: Plan, plain: Layout, cast: Cast) -> None:
    made = layouts.copy_layout(
        council=harrow.council, start=plain, name="Ours", about="New", by=cast.plan_administrator, on=ON
    )

    assert wording(made) == replace(wording(plain), name="Ours", about="New")
    assert (made.council, made.slug, made.version) == (harrow.council, "harrow-ours", 1)


def test_it_is_one_row_of_the_ledger(harrow: Plan, plain: Layout, cast: Cast) -> None:
    made = layouts.copy_layout(
        council=harrow.council, start=plain, name="Ours", about="", by=cast.plan_administrator, on=ON
    )

    (change,) = Change.objects.all()
    assert (change.verb, change.subject, change.subject_id) == ("copy_layout", "reports.layout", made.pk)
    assert (change.by, change.on, change.council) == (
        cast.plan_administrator,
        date(2012, 11, 14),
        harrow.council,
    )
    assert (change.before, change.after["from"], change.after["name"]) == ({}, "plain", "Ours")


@pytest.mark.parametrize("name", ["Plain report", "plain REPORT", "Our report"])
def test_a_name_is_given_once(harrow: Plan, plain: Layout, ours: Layout, cast: Cast, name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        layouts.copy_layout(
            council=harrow.council, start=plain, name=name, about="", by=cast.plan_administrator, on=ON
        )

    assert refused.value.message_dict == {"name": [layouts.NAME_TAKEN]}


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_name_is_needed(harrow: Plan, plain: Layout, cast: Cast, name: str) -> None:
    with pytest.raises(ValidationError):
        layouts.copy_layout(
            council=harrow.council, start=plain, name=name, about="", by=cast.plan_administrator, on=ON
        )

    assert Layout.objects.exclude(council=None).count() == 0


def test_nobody_begins_with_another_councils(harrow: Plan, northmoor: Plan, ours: Layout, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        layouts.copy_layout(
            council=northmoor.council,
            start=ours,
            name="Theirs",
            about="",
            by=cast.northmoor_administrator,
            on=ON,
        )

    assert Layout.objects.filter(council=northmoor.council).count() == 0


@pytest.mark.parametrize(
    "who", ["reader", "lead_officer", "board_member", "scrutiny_officer", "northmoor_administrator", "staff"]
)
def test_only_plan_administrators(harrow: Plan, plain: Layout, ours: Layout, cast: Cast, who: str) -> None:
    by = getattr(cast, who)

    with pytest.raises(PermissionDenied):
        layouts.copy_layout(council=harrow.council, start=plain, name="Ours too", about="", by=by, on=ON)
    with pytest.raises(PermissionDenied):
        layouts.reword_layout(layout=ours, version=2, wording=replace(SMALL, name="New"), by=by, on=ON)
    assert wording(ours) == SMALL


# Setting one out anew


def test_it_is_set_out_anew(ours: Layout, cast: Cast) -> None:
    wanted = replace(
        SMALL,
        capital_headings=True,
        rows=SMALL.rows[::-1],
        sections=(*SMALL.sections, SectionWording("Under it", level=2)),
    )

    layouts.reword_layout(layout=ours, version=2, wording=wanted, by=cast.plan_administrator, on=ON)

    assert wording(ours) == wanted
    assert Layout.objects.get(pk=ours.pk).version == 3


def test_the_ledger_says_what_differs(ours: Layout, cast: Cast) -> None:
    layouts.reword_layout(
        layout=ours,
        version=2,
        wording=replace(SMALL, numbering="run", posts=()),
        by=cast.plan_administrator,
        on=ON,
    )

    change = Change.objects.latest("position")
    assert Change.objects.count() == 3
    assert change.verb == "reword_layout"
    assert change.before == {
        "numbering": "headings",
        "posts": [{"post": "Monitoring Officer", "required": True}],
    }
    assert change.after == {"numbering": "run", "posts": []}


def test_the_same_words_change_nothing(ours: Layout, cast: Cast) -> None:
    layouts.reword_layout(layout=ours, version=1, wording=SMALL, by=cast.plan_administrator, on=ON)

    assert (Layout.objects.get(pk=ours.pk).version, Change.objects.count()) == (2, 2)


def test_whoever_saw_an_older_one_is_told(ours: Layout, cast: Cast) -> None:
    with pytest.raises(layouts.UpdatedMeanwhile):
        layouts.reword_layout(
            layout=ours, version=1, wording=replace(SMALL, name="Mine"), by=cast.plan_administrator, on=ON
        )

    assert wording(ours) == SMALL


def test_what_came_with_waymark_stays(plain: Layout, cast: Cast) -> None:
    before = wording(plain)

    with pytest.raises(layouts.LayoutIsShipped):
        layouts.reword_layout(layout=plain, version=1, wording=SMALL, by=cast.plan_administrator, on=ON)

    assert wording(plain) == before


def test_the_name_of_another(ours: Layout, cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        layouts.reword_layout(
            layout=ours,
            version=2,
            wording=replace(SMALL, name="Cabinet report"),
            by=cast.plan_administrator,
            on=ON,
        )

    assert refused.value.message_dict == {"name": [layouts.NAME_TAKEN]}


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SMALL, sections=()),
        replace(SMALL, numbering="roman"),
        replace(SMALL, appendices="roman"),
        replace(SMALL, first_number=-1),
        replace(SMALL, rows=(RowWording(""),)),
        replace(SMALL, rows=(RowWording("A", filled_from="the-database"),)),
        replace(SMALL, rows=(RowWording("A", place="headline"),)),
        replace(SMALL, rows=(RowWording("A"),) * 31),
        replace(SMALL, sections=(SectionWording("x" * 161),)),
        replace(SMALL, sections=(SectionWording("A", level=2),)),
        replace(SMALL, sections=(SectionWording("A"), SectionWording("B", level=3))),
        replace(SMALL, sections=(SectionWording("A"), SectionWording("B", level=4))),
        replace(SMALL, sections=(SectionWording("A", filled_from="clearance"),) * 2),
        replace(SMALL, sections=(SectionWording("A"),) * 61),
    ],
)
def test_what_cannot_be_set_out(ours: Layout, cast: Cast, wrong: Wording) -> None:
    with pytest.raises(ValidationError):
        layouts.reword_layout(layout=ours, version=2, wording=wrong, by=cast.plan_administrator, on=ON)

    assert wording(ours) == SMALL


def test_reports_keep_their_sections_and_follow_the_numbers(harrow: Plan, ours: Layout, cast: Cast) -> None:
    report = write_report(harrow, layout=ours)
    before = list(report.sections.values_list("heading", flat=True))

    layouts.reword_layout(
        layout=ours,
        version=2,
        wording=replace(SMALL, numbering="parts", first_number=3, appendices="numbers", has_cover=True),
        by=cast.plan_administrator,
        on=ON,
    )

    again = Report.objects.with_plan().get(pk=report.pk)
    paper = document.of(again)
    numbers = [block.number for block in paper.parts[0].blocks if getattr(block, "number", "")]
    assert list(again.sections.values_list("heading", flat=True)) == before
    assert numbers == ["Section 3 –", "Section 4 –", "Section 5 –"]  # the clearances are not printed
    assert (paper.cover, paper.contents[0].title) == (True, "Appendix 1: How the plan goes")
