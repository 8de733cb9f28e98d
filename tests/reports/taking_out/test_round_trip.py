"""Out and in again: a plan that nobody filled in changes nothing, and one that somebody did says exactly that."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st

from improvement.models import Organisation, Plan
from recommendations.intake import own_words
from recommendations.intake.columns import propose
from recommendations.intake.comparing import compare, differences
from recommendations.intake.difference import Difference, DifferenceKind
from recommendations.intake.known import Known
from recommendations.intake.plan_read import PlanRead
from recommendations.intake.reading import read
from recommendations.intake.understanding import understand
from recommendations.models import Action, Intake
from recommendations.workflow.intake_known import known_of
from recommendations.workflow.updates import post_update
from reports.taking_out import formats
from reports.taking_out.excel import FIRST_ROW
from reports.taking_out.plan_table import HEADINGS, Only, PlanTable, plan_table
from tests.cast import Cast
from tests.factories import ProgressUpdateFactory
from tests.reports.taking_out.conftest import FILLED_IN, table_of

DAY = date(2012, 11, 14)
ENDINGS = [form.ending for form in formats.FORMS]
# What anybody may type into one line: letters of any script, signs, emoji.
LINE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


def written(table: PlanTable, ending: str) -> bytes:
    form = formats.form_of(ending)
    assert form is not None
    return form.make(table)


def brought_in(content: bytes, ending: str, known: Known) -> PlanRead:
    source = read(ContentFile(content, name=f"plan.{ending}"), f"plan.{ending}")
    return understand(source, propose(source), known)


def said_otherwise(plan: Plan, content: bytes, ending: str) -> tuple[Difference, ...]:
    known = known_of(Intake(council=plan.council, plan=plan), on=DAY)
    return differences(brought_in(content, ending, known), plan, base=None, on=DAY)


@pytest.mark.parametrize("ending", ENDINGS)
def test_harrow_out_and_in_again_changes_nothing(harrow: Plan, ending: str) -> None:
    assert said_otherwise(harrow, written(plan_table(harrow, DAY), ending), ending) == ()


@pytest.mark.parametrize("ending", [ending for ending in ENDINGS if ending != "csv"])
def test_the_key_says_whose_each_post_is(harrow: Plan, ending: str) -> None:
    table = plan_table(harrow, DAY)

    plan = brought_in(written(table, ending), ending, Known(on=DAY))

    assert {post.abbreviation: post.organisation for post in plan.posts if post.in_key} == {
        post.abbreviation: post.organisation for post in table.posts
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_whatever_somebody_wrote_changes_nothing(harrow: Plan, action: Action, ending: str) -> None:
    ProgressUpdateFactory(
        action=action,
        sequence=2,
        on=date(2012, 11, 1),
        narrative="=1+1 was “agreed”; '=2\n- next: £5 – naïve 🐢\nCompleted: not yet.",
        forecast_on=date(2013, 1, 31),
    )

    assert said_otherwise(harrow, written(plan_table(harrow, DAY), ending), ending) == ()


@pytest.mark.parametrize("ending", ENDINGS)
def test_characters_that_no_file_holds_change_nothing(
    harrow: Plan, action: Action, cast: Cast, ending: str
) -> None:
    post_update(
        action=action,
        version=1,
        stage="in-progress",
        rating=None,
        narrative="One\x0btwo\ufffethree\x01four",
        forecast_on=None,
        by=cast.plan_administrator,
        on=DAY,
    )

    assert said_otherwise(harrow, written(plan_table(harrow, DAY), ending), ending) == ()


@pytest.mark.parametrize("ending", ENDINGS)
@given(lines=st.lists(LINE, min_size=12, max_size=12))
@settings(max_examples=5)
def test_any_words_come_back(lines: list[str], ending: str) -> None:
    """The action's own, and what was last said of it, in three lines."""
    words = [(f"Say {lines[at]} aloud", "\n".join(lines[at + 1 : at + 4])) for at in (0, 4, 8)]
    table = table_of(
        *(
            {"Number": str(number), "Action": text, "Latest update": said}
            for number, (text, said) in enumerate(words, start=1)
        )
    )

    plan = brought_in(written(table, ending), ending, Known(on=table.on))

    found = [
        (action.text.value, action.standings[-1].value.narrative)
        for recommendation in plan.recommendations
        for action in recommendation.actions
    ]
    assert found == words


def test_what_a_partner_fills_in_is_exactly_what_comes_back(harrow: Plan) -> None:
    partner = Organisation.objects.get(council=harrow.council, slug="nhs-harrow")
    sent = written(plan_table(harrow, DAY, only=Only(organisation=partner)), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sent))
    sheet = book["Plan"]
    row = next(
        row
        for row in range(FIRST_ROW, sheet.max_row + 1)
        if [sheet.cell(row, HEADINGS.index(name) + 1).value for name in ("Reference", "Number")]
        == ["S2", "4"]
    )
    sheet.cell(row, HEADINGS.index("Stage") + 1).value = "On hold"
    sheet.cell(row, HEADINGS.index("Latest update") + 1).value = "=The meetings stopped."
    sheet.cell(row, HEADINGS.index("Latest update") + 1).data_type = "s"
    filled_in = io.BytesIO()
    book.save(filled_in)

    found = said_otherwise(harrow, filled_in.getvalue(), "xlsx")

    # What a part of the plan was never meant to hold is not gone from it.
    assert [(each.kind, each.subject) for each in found] == [(DifferenceKind.UPDATE, "S2 (4)")]


@pytest.mark.parametrize("ending", ["xlsx", "docx", "json"])
def test_a_partners_part_says_whose_it_is(harrow: Plan, ending: str) -> None:
    partner = Organisation.objects.get(council=harrow.council, slug="nhs-harrow")
    table = plan_table(harrow, DAY, only=Only(organisation=partner))
    known = known_of(Intake(council=harrow.council, plan=harrow), on=DAY)

    compared = compare(brought_in(written(table, ending), ending, known), harrow, base=None, on=DAY)

    assert compared.differences == ()
    assert compared.part == (
        "The file holds only actions of NHS Harrow, as it says itself. The plan’s other actions are not compared and "
        "stay as they are."
    )


def test_what_a_part_should_hold_and_does_not_is_gone(harrow: Plan) -> None:
    """The first of a post's actions is taken out of its part."""
    post = harrow.council.lead_officers.get(abbreviation="SM QA")
    table = plan_table(harrow, DAY, only=Only(post=post))
    known = known_of(Intake(council=harrow.council, plan=harrow), on=DAY)
    less = replace(table, rows=table.rows[1:])

    found = differences(brought_in(written(less, "xlsx"), "xlsx", known), harrow, base=None, on=DAY)

    first = f"{table.rows[0][HEADINGS.index('Reference')]} ({table.rows[0][HEADINGS.index('Number')]})"
    assert [(each.kind, each.subject) for each in found] == [(DifferenceKind.GONE, first)]


def test_a_part_that_does_not_say_so_is_told_in_one_sentence(harrow: Plan) -> None:
    table = plan_table(harrow, DAY)
    known = known_of(Intake(council=harrow.council, plan=harrow), on=DAY)
    ten = replace(table, rows=table.rows[:10])

    compared = compare(brought_in(written(ten, "csv"), "csv", known), harrow, base=None, on=DAY)

    assert compared.differences == ()
    assert compared.part == (
        "The file holds 10 of the plan’s 101 actions. The other 91 are taken to have been left out of it on purpose: they "
        "are not listed and stay as they are."
    )


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("only", ["", "NHS Northmoor"])
def test_nothing_of_our_own_is_left_without_a_place(ending: str, only: str) -> None:
    table = table_of({}, {"Number": "2"}, {"Reference": "N2", "Recommendation": "Do more."}, only=only)

    plan = brought_in(written(table, ending), ending, Known(on=table.on))

    assert (plan.unplaced, plan.notices) == ((), ())
    assert (plan.as_of, plan.covers) == ((None, "") if ending == "csv" else (table.on, only))


def test_what_somebody_adds_beside_our_words_is_kept(harrow: Plan) -> None:
    """Above the headings, in the title's place, and in and below the key."""
    book = openpyxl.load_workbook(io.BytesIO(written(table_of({}), "xlsx")))
    plan, key = book["Plan"], book["Key"]
    plan["C2"], key["A5"].value, key["D8"] = "Call me", "Officers who lead", "Ask Ann’s team"
    below = key.max_row + 1
    key.cell(below, 1).value = "These are wrong"
    filled_in = io.BytesIO()
    book.save(filled_in)

    read_again = brought_in(filled_in.getvalue(), "xlsx", Known(on=DAY))

    words = {one.text for one in read_again.unplaced}
    assert {"Call me", "Ask Ann’s team", "These are wrong"} <= words
    assert "Northmoor Council: Northmoor Improvement Plan" not in words


def test_what_is_to_be_filled_in_is_called_by_its_headings() -> None:
    assert own_words.FILL_IN.startswith(f"To fill in: {', '.join(FILLED_IN)}. ")


def test_a_partner_whom_nobody_knows_by_that_name_leaves_nothing_gone(harrow: Plan) -> None:
    table = replace(plan_table(harrow, DAY), only="The old trust")
    known = known_of(Intake(council=harrow.council, plan=harrow), on=DAY)
    ten = replace(table, rows=table.rows[:10])

    compared = compare(brought_in(written(ten, "xlsx"), "xlsx", known), harrow, base=None, on=DAY)

    assert compared.differences == ()
    assert compared.part == (
        "The file holds only actions of The old trust, as it says itself, but nobody who leads an action of the plan is "
        "called so now. What it does not hold is not compared and stays as it is."
    )
