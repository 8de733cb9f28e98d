"""Beginning: the file and the plan."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from improvement.models import Plan
from recommendations.models import Intake, IntakeState
from tests.pages import heading, text
from tests.recommendations.views.doors import assert_methods, assert_signed_out
from tests.recommendations.views.intakes import CONTENT, LIST

PAGE = f"{LIST}begin/"
HARROW = "children-and-families-2012"


def sent(**other: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("Plan v2.csv", CONTENT)
    return {"file": file, "plan": "new", "name": "Improvement plan 2026", **other}


def test_it_says_that_nothing_is_loaded_and_what_comes_next(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.get(PAGE)

    assert (response.status_code, heading(response)) == (200, "Bring a plan in")
    assert "Nothing is loaded yet." in text(response)
    assert [value for value, _ in response.context["form"].fields["plan"].choices] == [HARROW, "new"]


def test_a_plan_can_be_chosen_in_the_address(as_plan_administrator: Client) -> None:
    form = as_plan_administrator.get(f"{PAGE}?plan={HARROW}").context["form"]

    assert form["plan"].value() == HARROW


def test_a_new_plan_is_begun(as_plan_administrator: Client) -> None:
    response = as_plan_administrator.post(PAGE, sent())

    intake = Intake.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{LIST}{intake.pk}/")
    assert (intake.plan, intake.plan_slug, intake.plan_name) == (
        None,
        "improvement-plan-2026",
        "Improvement plan 2026",
    )
    assert (intake.name, intake.size, intake.state) == ("Plan v2.csv", len(CONTENT), IntakeState.READING)


def test_a_newer_version_is_begun(as_plan_administrator: Client, harrow: Plan) -> None:
    as_plan_administrator.post(PAGE, sent(plan=HARROW, name=""))

    assert Intake.objects.get().plan == harrow


def test_the_same_file_twice_is_one(as_plan_administrator: Client) -> None:
    """Case 106."""
    answers = [as_plan_administrator.post(PAGE, sent())["Location"] for _ in range(2)]

    assert (len(set(answers)), Intake.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"file": ""}, "Choose the file that the plan is in."),
        ({"plan": ""}, "Choose a plan, or a new one."),
        ({"plan": "never-was"}, "Select a valid choice."),
        ({"plan": "improvement-2025"}, "Select a valid choice."),
        ({"name": "Children and families 2012"}, "There is a plan of nearly that name"),
        ({"name": "x" * 161}, "Ensure this value has at most 160 characters"),
        ({"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7")}, "It is a PDF"),
        ({"file": SimpleUploadedFile("plan.csv", b"")}, "It is empty."),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    as_plan_administrator: Client, other: dict[str, Any], sentence: str
) -> None:
    typed = sent(**other)

    response = as_plan_administrator.post(PAGE, typed)

    form = response.context["form"]
    assert response.status_code == 422
    assert sentence in text(response)
    assert [form[name].value() for name in ("plan", "name")] == [typed["plan"], typed["name"]]
    assert Intake.objects.count() == 0


def test_a_name_that_is_an_address_of_the_council_gets_another(as_plan_administrator: Client) -> None:
    as_plan_administrator.post(PAGE, sent(name="Intake"))

    assert Intake.objects.get().plan_slug == "intake-2"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("harrow-plan.docx", "Harrow plan"),
        ("CSIP_Action_Plan_2026-27 v3.xlsx", "CSIP Action Plan 2026-27 v3"),
        ("children-and-families-2012.csv", "Children and families 2012 (2)"),
        ("__.csv", "Plan"),
    ],
)
def test_a_plan_without_a_name_is_named_after_its_file(
    as_plan_administrator: Client, file: str, name: str
) -> None:
    response = as_plan_administrator.post(PAGE, sent(file=SimpleUploadedFile(file, CONTENT), name="  "))

    assert (response.status_code, Intake.objects.get().plan_name) == (302, name)


def test_signed_out(signed_out: Client) -> None:
    assert_signed_out(signed_out, PAGE)


def test_wrong_method(as_plan_administrator: Client) -> None:
    """Case 40."""
    assert_methods(as_plan_administrator, PAGE, "GET, HEAD, POST")
