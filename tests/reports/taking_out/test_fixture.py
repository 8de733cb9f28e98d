"""A plan as a fixture: taken out, loaded where nothing is, and found to be the same plan."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from improvement.models import Council, LeadOfficer, Plan, User
from improvement.stored_files import open_whole
from recommendations import workflow
from recommendations.models import ActionLead, DueDateChange, Evidence, Review
from reports.taking_out import fixture
from reports.taking_out.fixture import SOMEBODY, SOMEBODY_ELSE, FileGone
from reports.taking_out.plan_table import plan_table
from tests.cast import HARROW, Cast
from tests.conftest import APPEND_ONLY, unprotect
from tests.recommendations.shown import load_action, review, show, show_file

DAY = date(2012, 11, 14)


@pytest.fixture
def lived_in(cast: Cast) -> Plan:
    """Harrow's plan with one of each that an account stands behind."""
    action = load_action("S2", "1")
    change = workflow.request_due_date(
        action=action, new_on=date(2012, 12, 20), reason="The trainer is ill.", by=cast.board_member, on=DAY
    )
    workflow.agree_due_date(change=change, by=cast.plan_administrator, on=DAY)
    workflow.reword_action(
        action=load_action("S2", "1"),
        version=workflow.FIRST_WORDS,
        text="Bring the arrangements up to date.",
        reason="It was too long.",
        by=cast.plan_administrator,
        on=DAY,
    )
    workflow.hand_over(
        action=load_action("S2", "3"),
        version=0,
        leads=list(LeadOfficer.objects.filter(council__slug="harrow", abbreviation__in=("DCS", "HR"))),
        reason="The council reorganised.",
        by=cast.plan_administrator,
        on=DAY,
    )
    workflow.post_update(
        action=load_action("S2", "3"),
        version=1,
        stage="in-progress",
        rating=None,
        narrative="=1+1 is two.",
        forecast_on=date(2012, 12, 1),
        by=cast.board_member,
        on=DAY,
    )
    file = show_file(load_action("S2", "2"), cast.board_member)
    gone = show(load_action("S2", "2"), cast.board_member, shows="Another.")
    workflow.withdraw_evidence(evidence=gone, reason="The wrong one.", by=cast.board_member, on=DAY)
    review(load_action("S2", "2"), cast.board_member, file)
    return Plan.objects.select_related("council", "rating_scale").get_by_natural_key(*HARROW)


def zipped(plan: Plan) -> zipfile.ZipFile:
    kept = io.BytesIO()
    fixture.write(fixture.of(plan), kept)
    return zipfile.ZipFile(kept)


def records(package: zipfile.ZipFile) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(package.read("plan.json"))
    return found


@pytest.mark.django_db(transaction=True)
def test_loaded_where_nothing_is_it_is_the_same_plan(lived_in: Plan, tmp_path: Path) -> None:
    package, before = zipped(lived_in), plan_table(lived_in, DAY)
    package.extractall(tmp_path)
    unprotect(*APPEND_ONLY)
    call_command("flush", interactive=False, verbosity=0)
    for path in (tmp_path / "files" / "evidence").iterdir():
        default_storage.delete(f"evidence/{path.name}")
        default_storage.save(f"evidence/{path.name}", ContentFile(path.read_bytes()))
    assert not Council.objects.exists()

    call_command("loaddata", tmp_path / "plan.json", verbosity=0)
    call_command("loaddata", tmp_path / "plan.json", verbosity=0)

    loaded = Plan.objects.select_related("council", "rating_scale").get_by_natural_key(*HARROW)
    again = zipped(loaded)
    assert plan_table(loaded, DAY) == before
    assert records(again) == records(package)
    assert [again.read(name) for name in again.namelist()] == [
        package.read(name) for name in package.namelist()
    ]
    assert [lead.lead_officer.abbreviation for lead in ActionLead.objects.exclude(handover=None)] == [
        "DCS",
        "HR",
    ]
    assert (DueDateChange.objects.count(), Evidence.objects.count(), Review.objects.count()) == (1, 2, 1)


def test_nobodys_account_goes_along(lived_in: Plan, cast: Cast) -> None:
    package = zipped(lived_in)

    accounts = [one["fields"] for one in records(package) if one["model"] == "improvement.user"]
    words = package.read("plan.json").decode()
    assert {one["email"]: (one["password"], one["is_active"]) for one in accounts} == {
        SOMEBODY: ("!", False),
        SOMEBODY_ELSE: ("!", False),
    }
    assert [user.email for user in User.objects.all() if user.email in words] == []


def test_it_names_nothing_by_its_number_here(lived_in: Plan) -> None:
    assert {tuple(one) for one in records(zipped(lived_in))} == {("model", "fields")}


def test_what_is_named_comes_first(lived_in: Plan) -> None:
    models = list(dict.fromkeys(one["model"].partition(".")[2] for one in records(zipped(lived_in))))

    place = {model: at for at, model in enumerate(models)}
    for earlier, later in (
        ("user", "duedatechange"),
        ("council", "organisation"),
        ("organisation", "leadofficer"),
        ("framework", "inspection"),
        ("inspection", "plan"),
        ("plan", "recommendation"),
        ("recommendation", "action"),
        ("handover", "actionlead"),
        ("action", "progressupdate"),
        ("evidence", "review"),
        ("action", "risk"),
    ):
        assert place[earlier] < place[later]


def test_the_evidences_files_lie_beside_it(lived_in: Plan) -> None:
    package = zipped(lived_in)

    shown = Evidence.objects.exclude(stored_as="").get()
    with open_whole(shown.stored_as, shown.sha256) as stored:
        assert package.read(f"files/{shown.stored_as}") == stored.read()
    assert package.namelist() == ["READ ME.txt", "plan.json", f"files/{shown.stored_as}"]
    assert "Copy what is in files/ (1 file of evidence)" in package.read("READ ME.txt").decode()


def test_a_file_that_is_gone_stops_it(lived_in: Plan) -> None:
    shown = Evidence.objects.exclude(stored_as="").get()
    default_storage.delete(shown.stored_as)

    with pytest.raises(FileGone) as refused:
        zipped(lived_in)

    assert str(refused.value) == (
        "The file “audit.pdf” of S2 (2) is not the one that was brought, or is gone. "
        "Withdraw that evidence or bring the file back, then take the plan out."
    )


def test_evidence_that_the_reader_may_not_see_stays(lived_in: Plan, cast: Cast) -> None:
    show(load_action("S2", "2"), cast.board_member, exempt=True, shows="Exempt.")

    made = fixture.of(lived_in, evidence=Evidence.objects.visible_to(cast.reader))

    told = [one["fields"]["shows"] for one in made.records if one["model"] == "recommendations.evidence"]
    assert "Exempt." not in told
    assert len(told) == 2


def test_the_same_plan_makes_the_same_bytes(lived_in: Plan) -> None:
    first, second = io.BytesIO(), io.BytesIO()

    fixture.write(fixture.of(lived_in), first)
    fixture.write(fixture.of(lived_in), second)

    assert first.getvalue() == second.getvalue()


def test_another_council_is_not_in_it(northmoor: Plan) -> None:
    words = zipped(northmoor).read("plan.json").decode()

    assert "harrow" not in words.lower()
    assert len([one for one in records(zipped(northmoor)) if one["model"] == "recommendations.action"]) == 4
