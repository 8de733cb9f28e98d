"""Plans with keys of four to six ratings: on the list, on the dashboard, and in the PDF, letters and words each time."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import CountsAs, Plan, RatingScale
from reports import document, pages, pdf
from tests.factories import (
    ActionFactory,
    PlanFactory,
    ProgressUpdateFactory,
    RatingFactory,
    RatingScaleFactory,
    RecommendationFactory,
    ThemeFactory,
)
from tests.pages import text
from tests.reports.conftest import write_report
from tests.reports.reading import Paper

SIX = ("Stopped", "Late", "Shaky", "Going", "Waiting", "Done")
KEYS = {
    "brag": ["R Red", "A Amber", "G Green", "B Blue", "Gy Grey"],
    "red-amber-yellow-green": ["R Red", "A Amber", "Y Yellow", "G Green"],
    "one-to-four": ["4 Not achieved", "3 Slipped", "2 On track", "1 Achieved"],
    "six": ["S1 Stopped", "S2 Late", "S3 Shaky", "S4 Going", "S5 Waiting", "S6 Done"],
}


def rated_plan(harrow: Plan, slug: str) -> Plan:
    """A plan of Harrow's with one action for each rating of a key, and one that nobody has rated."""
    if slug == "six":
        scale = RatingScaleFactory(council=harrow.council, slug="six", name="Six", note="The board decides.")
        for n, word in enumerate(SIX, start=1):
            RatingFactory(
                scale=scale,
                slug=word.lower(),
                letter=f"S{n}",
                word=word,
                colour=f"#{n * 30:02x}7060",
                meaning=f"It is {word.lower()}.",
                counts_as=CountsAs.AT_RISK,
                position=n,
            )
    scale = RatingScale.objects.get(slug=slug)
    plan = PlanFactory(council=harrow.council, slug="rated", name="Rated plan", rating_scale=scale)
    only = RecommendationFactory(theme=ThemeFactory(plan=plan), reference="X1")
    ratings = list(scale.ratings.order_by("position"))
    for position, rating in enumerate([*ratings, None], start=1):
        action = ActionFactory(recommendation=only, number=str(position), position=position)
        ProgressUpdateFactory(action=action, rating=rating)
    return Plan.objects.select_related("council", "rating_scale").get(pk=plan.pk)


@pytest.mark.parametrize("slug", KEYS)
def test_the_list_shows_each_rating_and_the_key(as_reader: Client, harrow: Plan, slug: str) -> None:
    plan = rated_plan(harrow, slug)

    words = text(as_reader.get("/harrow/rated/actions/"))

    key = words.split("What the ratings mean in this plan")[1]
    assert [rating for rating in KEYS[slug] if f"In progress {rating} 14 Sep 2012" not in words] == []
    assert [rating.meaning for rating in plan.rating_scale.ratings.all() if rating.meaning not in key] == []
    assert ("The board decides." in key) == (slug == "six")


@pytest.mark.parametrize("slug", KEYS)
def test_the_dashboard_counts_each_rating_once(as_reader: Client, harrow: Plan, slug: str) -> None:
    rated_plan(harrow, slug)

    response = as_reader.get("/harrow/rated/")

    segments = response.context["rating_chart"].rows[0].segments
    assert [(f"{part.letter} {part.label}", part.count) for part in segments] == [
        *((rating, 1) for rating in KEYS[slug]),
        ("– Not rated", 1),
    ]


@pytest.mark.pdf
@pytest.mark.parametrize("slug", KEYS)
def test_the_paper_prints_letter_word_and_meaning_of_each(harrow: Plan, slug: str) -> None:
    plan = rated_plan(harrow, slug)
    report = write_report(plan, on=date(2012, 11, 14))

    paper = Paper(pdf.render(pages.source_of(document.of(report))).content)

    tables = [table for table in paper.tree.all("Table") if table.words.startswith("Rating Meaning Actions")]
    rows = [[cell.words for cell in row.children] for row in tables[0].all("TR")[1:]]
    assert rows == [
        *(
            [rating, meaning, "1"]
            for rating, meaning in zip(
                KEYS[slug],
                plan.rating_scale.ratings.order_by("position").values_list("meaning", flat=True),
                strict=True,
            )
        ),
        ["Not rated", "Nobody has given it a rating.", "1"],
    ]
