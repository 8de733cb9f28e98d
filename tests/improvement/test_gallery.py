"""The gallery of components, for those who look after the installation."""

import pytest
from django.test import Client

from improvement import gallery
from improvement.models import User
from tests.pages import apart_from_reference, heading


def test_staff_see_every_component(as_staff: Client) -> None:
    response = as_staff.get("/gallery/")

    assert response.status_code == 200
    assert heading(response)


@pytest.mark.parametrize(
    "who",
    ["as_plan_administrator", "as_board_member", "as_reader", "as_northmoor_administrator", "as_stranger"],
)
def test_nobody_else_learns_that_it_is_there(request: pytest.FixtureRequest, who: str) -> None:
    """Case 23."""
    client: Client = request.getfixturevalue(who)

    answer = client.get("/gallery/")

    assert answer.status_code == 404
    assert apart_from_reference(answer) == apart_from_reference(client.get("/nowhere/at-all/"))


def test_signed_out(signed_out: Client) -> None:
    response = signed_out.get("/gallery/")

    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/gallery/")


def test_wrong_method(as_staff: Client) -> None:
    assert as_staff.post("/gallery/").status_code == 405


def test_it_reads_no_record(as_staff: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        as_staff.get("/gallery/")


def test_its_bars_add_up() -> None:
    bar = gallery.bar("All", 1, 1, 1, 1, 1, 5)

    assert (bar.total, sum(segment.width for segment in bar.segments)) == (10, 100)
    assert [segment.x for segment in bar.segments] == [0, 10, 20, 30, 40, 50]


def test_staff_alone_is_no_member(as_staff: Client, cast: object) -> None:
    staff = User.objects.get(email="staff@cast.example")

    assert staff.is_staff
    assert as_staff.get("/harrow/").status_code == 404
