"""Adding an inspection: the framework first, then the inspection and its grades."""

from datetime import date

import pytest
from django.test import Client

from improvement.models import Change, Inspection, Plan
from tests.pages import heading, links, text

ADD = "/harrow/inspections/add/"
VISIT = f"{ADD}?framework=protection-of-children-2012"
SAID = {
    "name": "Protection of children, September 2012",
    "inspectorates": "Ofsted",
    "started_on": "2012-09-17",
    "ended_on": "26 September 2012",
    "published_on": "",
    "received_on": "",
    "received_note": "",
    "note": "",
    "judgement-overall-effectiveness": "inadequate",
    "judgement-quality-of-practice": "",
}


def test_first_the_framework_is_chosen_those_in_force_on_the_day_at_the_top(
    as_plan_administrator: Client,
) -> None:
    response = as_plan_administrator.get(ADD)

    offered = [link for link in links(response) if link.startswith("?framework=")]
    assert (len(offered), offered[:2]) == (
        15,
        ["?framework=protection-of-children-2012", "?framework=ilacs-2026"],
    )
    assert "In force on 14 November 2012" in text(response)


def test_then_its_areas_are_asked_for(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(f"{ADD}?framework=jar-progress-review-2009")

    words = text(response)
    assert heading(response) == "Add an inspection"
    assert words.count("Not judged Good Satisfactory Limited") == 6


def test_it_is_saved_and_shown(as_plan_administrator: Client, harrow: Plan) -> None:
    response = as_plan_administrator.post(VISIT, SAID, follow=True)

    added = Inspection.objects.get(slug="protection-of-children-september-2012")
    assert response.redirect_chain == [("/harrow/inspections/protection-of-children-september-2012/", 302)]
    assert "Protection of children, September 2012 added." in text(response)
    assert (added.council, added.started_on, added.ended_on) == (
        harrow.council,
        date(2012, 9, 17),
        date(2012, 9, 26),
    )
    assert [str(judgement) for judgement in added.judgements.all()] == ["Overall effectiveness: Inadequate"]
    assert Change.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Fill in “Name”"),
        ({"ended_on": "2012-09-16"}, "The last day comes after the first."),
        ({"received_on": "2012-09-01"}, "The report is received after the inspection began."),
        ({"started_on": "soon"}, "Write the day as day, month and year, for example 31/12/2012."),
        (
            {"started_on": "2012-11-15", "ended_on": "2012-11-15"},
            "An inspection is recorded once it has begun.",
        ),
        (
            {"judgement-quality-of-practice": "splendid"},
            "Select a valid choice. splendid is not one of the available choices.",
        ),
    ],
)
def test_bad_input_keeps_what_was_typed(
    as_plan_administrator: Client, changed: dict[str, str], sentence: str
) -> None:
    response = as_plan_administrator.post(VISIT, {**SAID, "note": "Typed with care.", **changed})

    assert response.status_code == 422
    assert sentence in text(response)
    assert "Typed with care." in response.content.decode()
    assert (Inspection.objects.count(), Change.objects.count()) == (1, 0)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_framework_that_never_was(as_plan_administrator: Client, method: str) -> None:
    response = getattr(as_plan_administrator, method)(f"{ADD}?framework=neverwas")

    assert response.status_code == 422
    assert "There is no such framework. Choose one of these." in text(response)
