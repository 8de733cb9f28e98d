"""Papers in one click as PDFs: everybody can read them, and two pages are two pages whatever the plan holds."""

from datetime import date

import pytest
from page import validate_pdf_bytes

from improvement.models import Plan
from recommendations.models import Stage
from reports import pages, papers, pdf
from reports.papers import board_pack
from tests.factories import (
    ActionFactory,
    ProgressUpdateFactory,
    RatingFactory,
    RecommendationFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.pdf

LONG = "Every team reviews each child's plan with the family, writes down what was agreed and by when. " * 12
ON = date(2025, 7, 4)


@pytest.fixture
def full(northmoor: Plan) -> Plan:
    """Three long-named themes, each with overdue, due and completed actions of long words; a key of six ratings."""
    for number in range(3, 7):
        RatingFactory(
            scale=northmoor.rating_scale,
            letter=f"X{number}",
            word=f"Word {number}",
            position=number,
            meaning=LONG[:150],
        )
    for at in range(2):
        theme = ThemeFactory(plan=northmoor, name=f"{LONG[:80]} {at}", position=at + 2)
        recommendation = RecommendationFactory(theme=theme, title=LONG[:120], raised_on=date(2025, 1, 10))
        for due_on, stage in (
            (date(2025, 6, 10), Stage.IN_PROGRESS),
            (date(2025, 7, 20), Stage.COMPLETE),
        ) * 5:
            action = ActionFactory(
                recommendation=recommendation,
                original_text=LONG,
                original_due_on=due_on,
                added_on=date(2025, 2, 1),
            )
            ProgressUpdateFactory(action=action, on=date(2025, 6, 20), stage=stage, narrative=LONG)
    return northmoor


@pytest.mark.parametrize(("slug", "count"), [("highlights", 2), ("easy-read", 1)])
def test_it_keeps_to_its_pages(full: Plan, slug: str, count: int) -> None:
    asked = papers.asked(full, ON)
    kind = next(kind for kind in papers.offered(asked) if kind.slug == slug)

    made = pdf.render(pages.source_of(kind.build(asked)))

    assert made.pages == count
    assert validate_pdf_bytes(made.content, profile="ua1").failures == []


def test_a_pack_of_every_paper_keeps_to_pdf_ua_1(northmoor: Plan) -> None:
    asked = papers.asked(northmoor, ON)
    chosen = [kind.build(asked) for kind in papers.offered(asked)]
    chosen += [papers.sheet_of(asked, post) for post in papers.posts_of(northmoor).values()]

    made = pdf.render(pages.source_of(board_pack.of(northmoor, on=ON, papers=chosen)))

    assert validate_pdf_bytes(made.content, profile="ua1").failures == []
