"""A plan as a fixture: taken out, loaded where nothing is, and found to be the same plan."""

import io
from datetime import date

import pytest
from django.core.files.storage import default_storage

from improvement.models import Plan, User
from improvement.stored_files import open_whole
from recommendations.models import Evidence
from reports.taking_out import fixture
from reports.taking_out.fixture import SOMEBODY, SOMEBODY_ELSE, FileGone
from tests.cast import Cast
from tests.recommendations.shown import load_action, show
from tests.reports.taking_out.packages import records, zipped

DAY = date(2012, 11, 14)


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
