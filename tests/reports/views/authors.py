"""What every page of writing answers to those who do not write."""

import pytest
from django.test import Client

from improvement.models import Change
from tests.cast import HARROW_PAGES

WRITE = f"{HARROW_PAGES}reports/scrutiny/write/"
NO_AUTHORS = ["as_lead_officer", "as_board_member", "as_reader"]
OUTSIDERS = ["as_northmoor_administrator", "as_stranger", "as_staff"]


def assert_doors(request: pytest.FixtureRequest, page: str, *, methods: str = "GET, HEAD, POST") -> None:
    """403 to whoever only reads, 404 to outsiders, signing in before anything, no other method, no day of the past."""
    verb = "get" if "GET" in methods else "post"
    for who in NO_AUTHORS:
        assert getattr(request.getfixturevalue(who), verb)(page).status_code == 403, who
    for who in OUTSIDERS:
        assert getattr(request.getfixturevalue(who), verb)(page).status_code == 404, who
    signed_out: Client = request.getfixturevalue("signed_out")
    assert getattr(signed_out, verb)(page).status_code == 302
    author: Client = request.getfixturevalue("as_scrutiny_officer")
    assert getattr(author, verb)(f"{page}?on=2012-10-01").status_code == 403
    wrong = author.put(page)
    assert (wrong.status_code, wrong["Allow"]) == (405, methods)
    assert Change.objects.count() == 0
