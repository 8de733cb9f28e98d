"""Making a layout from another."""

import pytest
from django.test import Client

from improvement.models import Change, Plan
from reports.models import Layout
from tests.cast import Cast
from tests.pages import text
from tests.recommendations.views.doors import assert_methods, assert_only_for_keepers, assert_signed_out
from tests.reports.layout_words import own_layout

pytestmark = pytest.mark.once

PAGE = "/harrow/layouts/add/"
SENT = {"start": "cabinet", "name": "Our Cabinet", "about": "With our headings."}


def test_it_is_for_plan_administrators(request: pytest.FixtureRequest, signed_out: Client) -> None:
    assert_only_for_keepers(request, PAGE)
    assert_signed_out(signed_out, PAGE)
    assert_methods(request.getfixturevalue("as_plan_administrator"), PAGE, "GET, HEAD, POST")


def test_it_begins_with_the_one_that_is_asked_for(as_plan_administrator: Client) -> None:
    form = as_plan_administrator.get(f"{PAGE}?from=cabinet").context["form"]

    assert form["start"].value() == "cabinet"
    assert [str(label) for _, label in form.fields["start"].choices] == [
        "Cabinet report",
        "Children’s Trust report",
        "Health and Social Care scrutiny report",
        "Overview and Scrutiny report",
        "Plain report",
    ]


def test_it_is_made_and_opened_to_be_changed(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.post(PAGE, SENT)

    made = Layout.objects.get(council=harrow.council)
    assert (response.status_code, response["Location"]) == (302, "/harrow/layouts/harrow-our-cabinet/edit/")
    assert (made.name, made.about, made.numbering, made.sections.count()) == (
        "Our Cabinet",
        "With our headings.",
        "headings",
        15,
    )


def test_twice_makes_one(as_plan_administrator: Client, harrow: Plan) -> None:
    as_plan_administrator.post(PAGE, SENT)

    again = as_plan_administrator.post(PAGE, SENT)

    assert again.status_code == 422
    assert Layout.objects.filter(council=harrow.council).count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Give the layout a name"),
        ({"start": "never"}, "Choose one of the layouts offered"),
        ({"name": "Plain report"}, "There is a layout of that name already. Choose another name."),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_plan_administrator: Client, changed: dict[str, str], sentence: str
) -> None:
    response = as_plan_administrator.post(PAGE, {**SENT, **changed})

    assert response.status_code == 422
    assert sentence in text(response)
    assert "With our headings." in text(response)
    assert Change.objects.count() == 0


def test_another_councils_is_not_offered(
    as_northmoor_administrator: Client, northmoor: Plan, harrow: Plan, cast: Cast
) -> None:
    """Case 24."""
    ours = own_layout(harrow.council, cast.plan_administrator)

    asked = as_northmoor_administrator.get(f"/northmoor/layouts/add/?from={ours.slug}")
    sent = as_northmoor_administrator.post("/northmoor/layouts/add/", {**SENT, "start": ours.slug})

    assert (asked.status_code, sent.status_code) == (404, 422)


def test_nothing_is_made_from_a_day_in_the_past(as_plan_administrator: Client, harrow: Plan) -> None:
    assert as_plan_administrator.post(f"{PAGE}?on=2012-10-01", SENT).status_code == 403
    assert Layout.objects.filter(council=harrow.council).count() == 0
