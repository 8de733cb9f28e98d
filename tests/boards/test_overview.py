"""Several councils beside each other."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES, Cast
from tests.conftest import signed_in
from tests.factories import CouncilFactory, MembershipFactory, PlanFactory
from tests.pages import links, text


def member_of_both(cast: Cast, northmoor: Plan) -> Client:
    MembershipFactory(user=cast.reader, council=northmoor.council)
    return signed_in(cast.reader)


def test_a_row_for_each_plan_in_the_order_of_names(cast: Cast, northmoor: Plan) -> None:
    response = member_of_both(cast, northmoor).get("/")

    rows = response.context["overview"].rows
    assert [row.council.slug for row in rows] == ["harrow", "northmoor"]
    assert [(cell.column, cell.count, cell.of) for cell in rows[0].cells] == [
        ("Actions", 101, 0),
        ("Complete", 22, 101),
        ("Overdue", 40, 62),
        ("Due in 30 days", 4, 101),
        ("Not updated for 30 days", 79, 101),
    ]
    assert {HARROW_PAGES, NORTHMOOR_PAGES, f"{HARROW_PAGES}actions/?overdue=yes"} <= set(links(response))
    assert "40 of 62 actions that should be finished are not, 14 November 2012." in text(response)
    assert "nothing here is ranked" in text(response)


def test_each_figure_opens_its_list(cast: Cast, northmoor: Plan) -> None:
    client = member_of_both(cast, northmoor)

    cells = [cell for row in client.get("/").context["overview"].rows for cell in row.cells if cell.url]

    assert [client.get(cell.url).context["table"].paginator.count for cell in cells] == [
        cell.count for cell in cells
    ]


def test_a_plan_without_actions(cast: Cast, northmoor: Plan, harrow: Plan) -> None:
    PlanFactory(
        council=northmoor.council, rating_scale=harrow.rating_scale, slug="a-new-one", name="A new one"
    )

    assert "A new one No actions on this day" in text(member_of_both(cast, northmoor).get("/"))


def test_queries_do_not_grow_with_plans(cast: Cast, northmoor: Plan, harrow: Plan) -> None:
    client = member_of_both(cast, northmoor)

    def asked() -> int:
        PlanFactory(council=northmoor.council, rating_scale=harrow.rating_scale)
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    assert asked() == asked() == asked()


def test_a_council_that_is_not_theirs_is_not_there(cast: Cast, northmoor: Plan, harrow: Plan) -> None:
    PlanFactory(council=CouncilFactory(slug="westmoor"), rating_scale=harrow.rating_scale)

    rows = member_of_both(cast, northmoor).get("/").context["overview"].rows

    assert [row.council.slug for row in rows] == ["harrow", "northmoor"]
