"""A plan taken out as a fixture, and loaded where nothing is."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from improvement.models import Council, Plan
from recommendations.models import ActionLead, DueDateChange, Evidence, Review
from reports.taking_out.plan_table import plan_table
from tests.cast import HARROW
from tests.conftest import APPEND_ONLY, unprotect
from tests.reports.taking_out.packages import records, zipped

DAY = date(2012, 11, 14)
# A file of its own: it leaves the database empty, so that every test after it has to load the councils again. Files of
# such tests alone run last.
pytestmark = pytest.mark.django_db(transaction=True)


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
