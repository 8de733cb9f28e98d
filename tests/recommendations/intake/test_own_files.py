"""Files that Waymark wrote, filled in by a partner: a rating is a word of the key, a day is what was typed."""

from dataclasses import replace
from datetime import date

import pytest

from recommendations.intake.known import Known
from recommendations.intake.plan_read import Sureness
from recommendations.intake.rows import Kind
from tests.recommendations.intake.sources import ON, read, table

HEAD = (
    *("Theme", "Timescale", "Reference", "Recommendation", "Outcome required", "Number", "Phase", "Lead officers"),
    *("Action", "Due", "Due as printed", "Stage", "Rating", "Latest update", "Updated on", "Expected by", "Update no."),
)  # fmt: skip
WORDS = (
    "Green",
    "Amber/Green",
    "Not started",
    "RAG 1",
    "Level 1",
    "50% done",
    "Green - on track",
    "N/A",
    "-",
)
KEY = tuple((f"slug-{at}", f"L{at}", word, "#ffffff", "on-track") for at, word in enumerate(WORDS))


def action(**said):
    row = {
        "Reference": "S1",
        "Recommendation": "Plan",
        "Number": "1",
        "Lead officers": "PSW",
        "Action": "Train staff",
    }
    row |= {
        "Due": date(2012, 12, 31),
        "Due as printed": "31.12.12",
        "Stage": "In progress",
        "Update no.": "3",
    }
    row |= {"Latest update": "Moving."} | {key.replace("_", " "): value for key, value in said.items()}
    plan = read(
        table(HEAD, tuple(row.get(heading, "") for heading in HEAD)),
        kind=Kind.EXCEL,
        known=replace(Known(on=ON), ratings=KEY),
    )  # fmt: skip
    return plan.recommendations[0].actions[0]


@pytest.mark.parametrize(("word", "slug"), [(word, slug) for slug, _, word, *_ in KEY])
def test_every_rating_of_the_key_comes_back_as_itself(word, slug):
    (said,) = action(Rating=word).standings

    assert (said.value.stage, said.value.rating, said.sure) == ("in-progress", slug, Sureness.CERTAIN)


def test_the_words_of_a_stage_are_no_rating():
    (said,) = action(Stage="Not started").standings

    assert (said.value.stage, said.value.rating) == ("not-started", "")


@pytest.mark.parametrize(("stage", "rating"), [("In progress", "Purple"), ("Nearly there", "Green")])
def test_other_words_are_asked_about(stage, rating):
    (said,) = action(Stage=stage, Rating=rating).standings

    assert said.sure == Sureness.UNSURE


@pytest.mark.parametrize(
    ("typed", "on", "text", "sure"),
    [
        ("31/03/2013", "2013-03-31", "31.12.12", Sureness.CERTAIN),
        ("31/03/2013 moved to 30/06/2013", "2013-06-30", "31/03/2013 moved to 30/06/2013", Sureness.UNSURE),
        ("ASAP", "None", "ASAP", Sureness.UNSURE),
    ],
)
def test_a_day_that_somebody_typed(typed, on, text, sure):
    due = action(Due=typed).due

    assert (str(due.value.on), due.value.text, due.sure) == (on, text, sure)


def test_a_councils_own_count_of_updates_makes_it_no_file_of_ours():
    plan = read(
        table(
            ("Ref", "Recommendation", "Action", "Lead", "Due", "Update", "Update no."),
            ("S1", "Plan", "Train staff", "DCS / HR", "31.12.12", "12/10/12: Begun. 14/10/12: Completed.", "2"),
        )
    )  # fmt: skip

    (found,) = plan.recommendations[0].actions
    assert found.leads.value == ("DCS", "HR")
    assert [said.value.stage for said in found.standings] == ["in-progress", "complete"]
    assert [said.value.number for said in found.standings] == ["", ""]
    assert "2" in [one.text for one in plan.unplaced]
