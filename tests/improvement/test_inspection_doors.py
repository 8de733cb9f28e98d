"""Who comes in where: every page of inspections and interventions, by another council, a reader, nobody, on another day."""

import pytest
from django.test import Client

from improvement.models import Inspection, Plan
from tests.factories import InterventionFactory
from tests.pages import apart_from_reference

pytestmark = pytest.mark.once

PAGE = "/harrow/inspections/safeguarding-and-looked-after-2012/"
FORMS = [
    "/harrow/inspections/add/",
    "/harrow/inspections/add/?framework=sif-2013",
    f"{PAGE}received/",
    f"{PAGE}duties/written-statement/met/",
    f"{PAGE}duties/written-statement/override/",
    "/harrow/interventions/add/",
    "/harrow/interventions/notice/",
]


@pytest.fixture(autouse=True)
def unreceived(harrow: Plan) -> None:
    """An intervention, and a report whose day of receipt nobody has recorded, so that every form is there."""
    InterventionFactory(council=harrow.council, slug="notice")
    Inspection.objects.update(received_on=None)


@pytest.mark.parametrize("path", FORMS)
def test_a_plan_administrator_gets_the_form(as_plan_administrator: Client, path: str) -> None:
    assert as_plan_administrator.get(path).status_code == 200


@pytest.mark.parametrize("path", [PAGE, *FORMS])
@pytest.mark.parametrize("who", ["as_northmoor_administrator", "as_stranger", "as_staff"])
def test_another_councils_is_a_404_like_any_other(
    request: pytest.FixtureRequest, who: str, path: str
) -> None:
    client: Client = request.getfixturevalue(who)

    for method in ("get", "post"):
        answer = getattr(client, method)(path)
        if answer.status_code != 405:
            assert apart_from_reference(answer) == apart_from_reference(client.get("/neverwas/"))


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("who", ["as_reader", "as_scrutiny_officer", "as_lead_officer", "as_board_member"])
def test_other_members_may_not_write(request: pytest.FixtureRequest, who: str, path: str) -> None:
    client: Client = request.getfixturevalue(who)

    assert [client.get(path).status_code, client.post(path).status_code] == [403, 403]


@pytest.mark.parametrize("path", [PAGE, *FORMS])
def test_signed_out(signed_out: Client, path: str) -> None:
    response = signed_out.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/?next=/harrow/in")


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_wrong_method(as_plan_administrator: Client, method: str, path: str) -> None:
    response = getattr(as_plan_administrator, method)(path)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


def test_the_page_is_only_read(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(PAGE)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", FORMS)
def test_nothing_is_changed_on_a_past_day(as_plan_administrator: Client, path: str) -> None:
    past = f"{path}{'&' if '?' in path else '?'}on=2012-11-01"

    answers = [as_plan_administrator.get(past), as_plan_administrator.post(past)]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize(
    "path",
    [
        "/harrow/inspections/neverwas/",
        f"{PAGE}duties/dance/met/",
        f"{PAGE}duties/report-to-department.notice.1/override/",
        "/harrow/interventions/add/?inspection=neverwas",
        "/harrow/interventions/neverwas/",
    ],
)
def test_what_never_was(as_plan_administrator: Client, path: str) -> None:
    assert as_plan_administrator.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/harrow/inspections/add/?framework=%00",
        "/harrow/inspections/add/?framework=%0a",
        "/harrow/interventions/add/?inspection=%00",
        f"{PAGE}duties/%00/met/",
        "/harrow/inspections/%00/",
    ],
)
def test_an_address_that_no_database_can_hold(as_plan_administrator: Client, path: str) -> None:
    assert as_plan_administrator.get(path).status_code == 404
