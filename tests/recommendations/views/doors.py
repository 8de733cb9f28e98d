"""What every page that only plan administrators may use answers to everybody else."""

import pytest
from django.test import Client

from improvement.models import Change
from tests.pages import apart_from_reference

READERS = ["as_lead_officer", "as_board_member", "as_scrutiny_officer", "as_reader"]
OUTSIDERS = ["as_northmoor_administrator", "as_stranger", "as_staff"]


def assert_only_for_keepers(request: pytest.FixtureRequest, page: str) -> None:
    """403 to whoever may only read, 404 like any other to outsiders, and nothing is written."""
    for who in READERS:
        client: Client = request.getfixturevalue(who)
        assert [client.get(page).status_code, client.post(page).status_code] == [403, 403], who
    for who in OUTSIDERS:
        client = request.getfixturevalue(who)
        unknown = apart_from_reference(client.get("/never/was/compare/"))
        assert apart_from_reference(client.get(page)) == unknown, who
        assert client.post(page).status_code == 404, who
    assert Change.objects.count() == 0


def assert_only_for_members(request: pytest.FixtureRequest, page: str) -> None:
    """Read by every member, a 404 like any other to outsiders."""
    for who in [*READERS, "as_plan_administrator"]:
        assert request.getfixturevalue(who).get(page).status_code == 200, who
    for who in OUTSIDERS:
        client: Client = request.getfixturevalue(who)
        unknown = apart_from_reference(client.get("/never/was/compare/"))
        assert apart_from_reference(client.get(page)) == unknown, who


def assert_signed_out(client: Client, page: str) -> None:
    response = client.get(page)

    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={page}")


def assert_methods(client: Client, page: str, allowed: str) -> None:
    methods = {"post", "put", "patch", "delete"} - {name.strip().lower() for name in allowed.split(",")}
    for method in sorted(methods):
        response = getattr(client, method)(page)
        assert (response.status_code, response["Allow"]) == (405, allowed), method
