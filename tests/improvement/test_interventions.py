"""Interventions: added, changed, shown on the council's page."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Change, Intervention, Plan
from tests.factories import InterventionFactory
from tests.pages import links, text

ADD = "/harrow/interventions/add/"
AFTER = f"{ADD}?inspection=safeguarding-and-looked-after-2012"
SAID = {
    "kind": "improvement-notice",
    "by_whom": "Secretary of State",
    "issued_on": "2012-08-06",
    "expected": "",
    "expected_months": "18",
    "report_every": "3",
    "report_unit": "months",
    "note": "Typed with care.",
}


def test_one_is_added_after_an_inspection(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(AFTER, SAID, follow=True)

    added = Intervention.objects.get()
    assert response.redirect_chain == [("/harrow/inspections/safeguarding-and-looked-after-2012/", 302)]
    assert (added.inspection and added.inspection.slug, added.report_every) == (
        "safeguarding-and-looked-after-2012",
        3,
    )
    assert Change.objects.count() == 1


def test_one_after_no_inspection_in_particular(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(ADD, SAID)

    assert (response.status_code, response["Location"]) == (302, "/harrow/")
    assert Intervention.objects.get().inspection is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"issued_on": ""}, "Say when it was issued or, before that, what is expected."),
        ({"by_whom": ""}, "Fill in “By whom”"),
        ({"report_every": "0"}, "Ensure this value is greater than or equal to 1."),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, changed: dict[str, str], sentence: str
) -> None:
    response = as_plan_administrator.post(ADD, {**SAID, **changed})

    assert response.status_code == 422
    assert sentence in text(response)
    assert "Typed with care." in response.content.decode()
    assert Intervention.objects.count() == 0


def test_the_interval_is_changed(as_plan_administrator: Client, harrow: Plan) -> None:
    InterventionFactory(council=harrow.council, slug="notice")
    said = {
        "issued_on": "2012-08-06",
        "expected_months": "",
        "report_every": "6",
        "report_unit": "weeks",
        "ended_on": "",
        "reason": "The department asked.",
        "version": "0",
    }

    response = as_plan_administrator.post("/harrow/interventions/notice/", said)
    clash = as_plan_administrator.post("/harrow/interventions/notice/", {**said, "report_every": "2"})

    assert (response.status_code, clash.status_code) == (302, 409)
    assert [(row.report_every, row.report_unit) for row in Intervention.objects.all()] == [(6, "weeks")]
    assert "The department asked." in clash.content.decode()


def test_the_councils_page_shows_what_was_known_on_a_day(as_reader: Client, harrow: Plan) -> None:
    InterventionFactory(council=harrow.council, slug="notice", ended_on=date(2012, 11, 10), report_every=1)
    expected = {"slug": "direction", "kind": "direction", "issued_on": None, "expected": "Likely in spring."}
    InterventionFactory(council=harrow.council, **expected)

    today, earlier, before = (
        text(as_reader.get(f"/harrow/{on}")) for on in ("", "?on=2012-09-01", "?on=2012-08-05")
    )

    assert "6 August 2012 to 10 November 2012 Improvement notice" in today
    assert "Progress is reported to the department every month." in today
    assert "Expected Direction of the Secretary of State Secretary of State Likely in spring." in today
    assert "6 August 2012 Improvement notice" in earlier
    assert "Improvement notice" not in before


def test_only_who_may_is_led_to_the_forms(
    as_reader: Client, as_plan_administrator: Client, harrow: Plan
) -> None:
    InterventionFactory(council=harrow.council, slug="notice")

    theirs, ours = (set(links(client.get("/harrow/"))) for client in (as_reader, as_plan_administrator))

    inspections = {"/harrow/inspections/add/", ADD, "/harrow/interventions/notice/"}
    assert ours - theirs == {*inspections, "/harrow/intake/", "/harrow/members/"}
