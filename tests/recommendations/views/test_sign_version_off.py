"""Recording that another body signed a version off."""

import pytest
from django.test import Client

from improvement.models import Plan, SignOff
from tests.cast import HARROW_PAGES
from tests.pages import text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out

pytestmark = pytest.mark.once

PAGE = f"{HARROW_PAGES}versions/2.01/sign-off/"


def test_it_is_recorded(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.post(PAGE, {"body": "Council", "signed_on": "2012-11-08"})

    assert (response.status_code, response["Location"]) == (302, f"{HARROW_PAGES}versions/")
    assert [str(one) for one in SignOff.objects.filter(version__plan=harrow)] == [
        "Improvement Board, 10 September 2012",
        "Cabinet, 11 October 2012",
        "Council, 8 November 2012",
    ]


def test_the_page_says_who_has_signed_so_far(as_plan_administrator: Client) -> None:
    words = text(as_plan_administrator.get(PAGE))

    assert (
        "Signed off so far by Improvement Board on 10 September 2012 and Cabinet on 11 October 2012." in words
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"body": "Cabinet", "signed_on": "2012-11-08"}, "Cabinet signed this version off already."),
        ({"body": "Council", "signed_on": "2012-11-15"}, "Choose a day that has come."),
        ({"body": "Council", "signed_on": ""}, "Fill in “Signed off on”"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, said: dict[str, str], words: str
) -> None:
    response = as_plan_administrator.post(PAGE, said)

    assert response.status_code == 422
    assert words in text(response)
    assert f'value="{said["body"]}"' in response.content.decode()


def test_a_version_that_never_was_is_a_404(as_plan_administrator: Client) -> None:
    assert as_plan_administrator.get(f"{HARROW_PAGES}versions/9.9/sign-off/").status_code == 404


def test_who_may(request: pytest.FixtureRequest) -> None:
    assert_only_for_keepers(request, PAGE)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
