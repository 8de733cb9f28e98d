"""The four real councils through everything that a plan can say of itself, and through every paper."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from improvement import clock
from improvement.models import Plan
from recommendations import progress
from reports import pages, papers, plan_blocks
from reports.models import Audience
from reports.paper import Part
from reports.papers.dated import paper
from reports.plan_blocks import Asked
from tests.reports.telling import rows

# Loaded before the test has its own transaction, which ends with the test.
pytestmark = [pytest.mark.once, pytest.mark.usefixtures("papers")]

SOURCES = {
    **{f"section {source}": told for source, told in plan_blocks.SECTIONS.items()},
    **{f"enclosure {kind}": told for kind, told in plan_blocks.ENCLOSURES.items()},
}
COUNCILS = ("harrow", "haringey", "herefordshire", "hillingdon")


@pytest.fixture(params=COUNCILS)
def plan(request: pytest.FixtureRequest) -> Plan:
    found: Plan = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("since", [None, timedelta(days=60)])
def test_every_block_is_shown(plan: Plan, since: timedelta | None, audience: Audience) -> None:
    on = clock.day_of(plan.council)
    asked = Asked(plan, on, on - since if since else None, audience)
    parts = [Part(f"part-{at}", name, told(asked)) for at, (name, told) in enumerate(SOURCES.items())]

    shown = render_to_string("reports/report_pdf.html", {"paper": paper(asked, "Everything", parts)})

    assert shown.count('<section class="rp-part"') == len(SOURCES)
    figures = progress.of_plan(plan, on=on)
    told = {row[0]: row[-2] if since else row[-1] for row in rows(parts[0].blocks, "How the plan stands")}
    assert told["Overdue"] == str(figures.overdue.count)


def test_before_there_was_a_plan_every_block_says_something(plan: Plan) -> None:
    asked = Asked(plan, date(2000, 1, 1), date(1999, 1, 1))

    for told in SOURCES.values():
        assert told(asked)


def test_every_paper_is_shown(plan: Plan) -> None:
    asked = papers.asked(plan, clock.day_of(plan.council))

    made = [kind.build(asked) for kind in papers.offered(asked)]
    made += [papers.sheet_of(asked, post) for post in papers.posts_of(plan).values()]

    assert all(pages.source_of(one) for one in made)


@pytest.mark.parametrize(
    ("council", "intervened"),
    [("harrow", False), ("haringey", True), ("herefordshire", True), ("hillingdon", False)],
)
def test_only_an_intervention_is_reported_on(
    request: pytest.FixtureRequest, council: str, *, intervened: bool
) -> None:
    plan = request.getfixturevalue(council)

    offered = papers.offered(papers.asked(plan, clock.day_of(plan.council)))

    assert ("notice-progress" in [kind.slug for kind in offered]) == intervened
