"""The pages of the three councils, as their members read them."""

import pytest
from django.test import Client

from improvement.models import Plan
from tests.conftest import signed_in
from tests.factories import MembershipFactory
from tests.pages import heading, links, text

# Loaded before the test has its own transaction, which ends with the test.
pytestmark = pytest.mark.usefixtures("papers")


def as_member_of(plan: Plan) -> Client:
    return signed_in(MembershipFactory(council=plan.council).user)


@pytest.mark.parametrize(
    ("name", "banner"),
    [
        (
            "herefordshire",
            "Herefordshire Council stands at 16 November 2012 , the day of the meeting that its paper is for.",
        ),
        ("haringey", "Haringey Council stands at 1 March 2010 , a day chosen because its paper bears none."),
        (
            "hillingdon",
            "Hillingdon Council stands at 20 March 2014 , a day chosen because its paper bears none.",
        ),
    ],
)
def test_every_page_opens_and_says_at_which_day_it_stands(
    request: pytest.FixtureRequest, name: str, banner: str
) -> None:
    plan: Plan = request.getfixturevalue(name)
    client = as_member_of(plan)
    pages = f"/{plan.council.slug}/{plan.slug}/"
    report = plan.reports.get()
    paths = [
        f"/{plan.council.slug}/",
        pages,
        *(f"{pages}{page}/" for page in ("actions", "recommendations", "scorecard", "risks", "reports")),
        *(f"{pages}recommendations/{made.reference}/" for made in plan.recommendations.all()),
    ]

    answers = {path: client.get(path) for path in paths}
    paper = client.get(f"{pages}reports/{report.slug}/")

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(paths, 200)
    assert [path for path, answer in answers.items() if banner not in text(answer)] == []
    assert (paper.status_code, heading(paper)) == (200, report.title)


def test_herefordshires_scorecard(herefordshire: Plan) -> None:
    response = as_member_of(herefordshire).get(
        "/herefordshire/supporting-and-protecting-children-2012/scorecard/"
    )

    words = text(response)
    assert words.count("Nobody has reported yet what children say.") == 5
    assert "I am kept safe from harm" in words
    assert "193 plans 24 more than in September 2012" in words
    assert "September 2012 169 Paper of 16 November 2012, paragraph 13.3" in words
    assert "Child protection plans: 169 in September 2012, 193 in November 2012" in words


def test_herefordshires_scorecard_on_an_earlier_day(herefordshire: Plan) -> None:
    response = as_member_of(herefordshire).get(
        "/herefordshire/supporting-and-protecting-children-2012/scorecard/?on=2012-11-15"
    )

    assert "No measure on this day" in text(response)


def test_herefordshires_risks_and_costs(herefordshire: Plan) -> None:
    response = as_member_of(herefordshire).get(
        "/herefordshire/supporting-and-protecting-children-2012/risks/"
    )

    words = text(response)
    assert "4 risks For 1 of them there is no money. No likelihood and no impact is stated" in words
    assert "2012/13 What As printed Paid from Note Improvement Plan, current" in words
    assert "current financial year £364 Not stated Kept as printed." in words
    assert "2013/14 What As printed Paid from Note Improvement Plan, projected £630k" in words


def test_what_a_plan_lacks_its_dashboard_does_not_offer(herefordshire: Plan, haringey: Plan) -> None:
    with_both = links(as_member_of(herefordshire).get(f"/herefordshire/{herefordshire.slug}/"))
    with_none = links(as_member_of(haringey).get(f"/haringey/{haringey.slug}/"))

    assert [link for link in with_both if link.endswith("/scorecard/")] == [
        "/herefordshire/supporting-and-protecting-children-2012/scorecard/"
    ]
    assert [link for link in with_both if link.endswith("/risks/")] == [
        "/herefordshire/supporting-and-protecting-children-2012/risks/"
    ]
    assert [link for link in with_none if link.endswith(("scorecard/", "risks/"))] == []


def test_a_direction_without_a_day_is_not_called_expected(herefordshire: Plan, haringey: Plan) -> None:
    theirs = text(as_member_of(haringey).get("/haringey/"))
    ours = text(as_member_of(herefordshire).get("/herefordshire/"))

    assert "After June 2009, no day given Direction of the Secretary of State" in theirs
    assert "Expected Improvement notice" in ours
    assert "Expected Direction" not in theirs
